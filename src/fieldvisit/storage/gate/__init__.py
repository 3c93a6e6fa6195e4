"""The gate: the one place that reads notes, what was once in them, and what rests on them.

Every reader names an audience, and `fieldwork.disclosure` says what it may see. No other module
selects from these tables or from the bodies of revisions; a test walks the code.
"""

from fieldvisit.storage.gate.past import (
    note_at,
    revision,
    revisions,
    revisions_of_change,
    stands,
)
from fieldvisit.storage.gate.present import (
    EVERYTHING,
    NotesAsked,
    Occasion,
    cities_on_record,
    handle_taken,
    handles,
    held_back,
    materials,
    note,
    notes,
    occasions,
    places_filed,
    places_seen,
    search,
)
from fieldvisit.storage.gate.resting import (
    confirmation,
    confirmations,
    conflicts,
    requests,
    summaries,
    summary_at,
    summary_revisions,
)

__all__ = [
    "EVERYTHING",
    "NotesAsked",
    "Occasion",
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
    "occasions",
    "places_filed",
    "places_seen",
    "requests",
    "revision",
    "revisions",
    "revisions_of_change",
    "search",
    "stands",
    "summaries",
    "summary_at",
    "summary_revisions",
]
