"""The gate: the one place that reads notes, what was once in them, and what rests on them.

Every reader names an audience, and `fieldwork.disclosure` says what it may see. No other module
selects from these tables or from the bodies of revisions; a test walks the code.
"""

from fieldvisit.storage.gate.past import note_at as note_at
from fieldvisit.storage.gate.past import revision as revision
from fieldvisit.storage.gate.past import revisions_of_change as revisions_of_change
from fieldvisit.storage.gate.past import stands as stands
from fieldvisit.storage.gate.present import EVERYTHING as EVERYTHING
from fieldvisit.storage.gate.present import NotesAsked as NotesAsked
from fieldvisit.storage.gate.present import Occasion as Occasion
from fieldvisit.storage.gate.present import cities_on_record as cities_on_record
from fieldvisit.storage.gate.present import handle_taken as handle_taken
from fieldvisit.storage.gate.present import handles as handles
from fieldvisit.storage.gate.present import held_back as held_back
from fieldvisit.storage.gate.present import materials as materials
from fieldvisit.storage.gate.present import note as note
from fieldvisit.storage.gate.present import notes as notes
from fieldvisit.storage.gate.present import occasions as occasions
from fieldvisit.storage.gate.present import places_filed as places_filed
from fieldvisit.storage.gate.present import places_seen as places_seen
from fieldvisit.storage.gate.present import search as search
from fieldvisit.storage.gate.resting import confirmation as confirmation
from fieldvisit.storage.gate.resting import confirmations as confirmations
from fieldvisit.storage.gate.resting import conflicts as conflicts
from fieldvisit.storage.gate.resting import requests as requests
from fieldvisit.storage.gate.resting import revisions as revisions
from fieldvisit.storage.gate.resting import summaries as summaries
from fieldvisit.storage.gate.resting import summary_at as summary_at
from fieldvisit.storage.gate.resting import summary_revisions as summary_revisions
