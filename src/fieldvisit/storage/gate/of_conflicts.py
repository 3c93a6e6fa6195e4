"""Notes that contradict each other, for an audience that may see both."""

import sqlite3

from fieldvisit.fieldwork.disclosure import conflict_for
from fieldvisit.fieldwork.note import NoteConflict
from fieldvisit.storage.gate.of_notes import notes
from fieldvisit.storage.kinds import NOTE_CONFLICT
from fieldvisit.storage.rows import read


def conflicts(
    connection: sqlite3.Connection,
    audience: str,
    *,
    study_group: str = "",
    anonymised: bool = False,
    deleted: bool = False,
) -> tuple[NoteConflict, ...]:
    """Return the pairs of notes that contradict each other, in the order of their entry.

    With ``deleted`` also those taken back, and those of notes that were deleted.
    """
    found = read(connection, NOTE_CONFLICT, "deleted <= ?", (int(deleted),))
    if not found:
        return ()
    known = notes(
        connection, audience, study_group=study_group, anonymised=anonymised, deleted=deleted
    )
    seen = {note.id for note in known}
    return tuple(
        conflict_for(one, audience) for one in found if one.first in seen and one.second in seen
    )
