"""What cities were asked about notes and what they said, for an audience."""

import sqlite3

from fieldvisit.fieldwork.confirmation import Confirmation
from fieldvisit.fieldwork.disclosure import confirmation_for
from fieldvisit.storage.gate.of_notes import note, notes
from fieldvisit.storage.kinds import CONFIRMATION
from fieldvisit.storage.rows import read


def confirmations(
    connection: sqlite3.Connection, audience: str, *, study_group: str = "", deleted: bool = False
) -> tuple[Confirmation, ...]:
    """Return the confirmations of notes that ``audience`` may see, in the order of their entry.

    With ``deleted`` also those taken back, and those of notes that were deleted.
    """
    seen = {
        note.id for note in notes(connection, audience, study_group=study_group, deleted=deleted)
    }
    found = read(connection, CONFIRMATION, "deleted <= ?", (int(deleted),))
    return tuple(confirmation_for(one, audience) for one in found if one.note_id in seen)


def confirmation(
    connection: sqlite3.Connection, audience: str, note_id: str
) -> Confirmation | None:
    """Return what was asked and said about one note, deleted or not, if ``audience`` may see it."""
    if note(connection, audience, note_id) is None:
        return None
    found = read(connection, CONFIRMATION, "deleted = 0 AND note_id = ?", (note_id,))
    return next((confirmation_for(one, audience) for one in found), None)
