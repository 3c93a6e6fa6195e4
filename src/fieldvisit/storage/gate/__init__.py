"""The gate: the one place that reads notes, what was once in them, and what rests on them.

Every reader names an audience, and `fieldwork.disclosure` says what it may see. No other module
selects from these tables or from the bodies of revisions; a test walks the code.
"""

from fieldvisit.storage.gate.of_confirmations import confirmation, confirmations
from fieldvisit.storage.gate.of_conflicts import conflicts
from fieldvisit.storage.gate.of_materials import materials
from fieldvisit.storage.gate.of_notes import (
    cities_on_record,
    handle_taken,
    handles,
    held_back,
    note,
    notes,
)
from fieldvisit.storage.gate.of_revisions import (
    note_at,
    revision,
    revisions,
    revisions_of_change,
    stands,
)
from fieldvisit.storage.gate.of_summaries import summaries, summary_at, summary_revisions

__all__ = [
    "cities_on_record",
    "confirmation",
    "confirmations",
    "conflicts",
    "handle_taken",
    "handles",
    "held_back",
    "materials",
    "note",
    "note_at",
    "notes",
    "revision",
    "revisions",
    "revisions_of_change",
    "stands",
    "summaries",
    "summary_at",
    "summary_revisions",
]
