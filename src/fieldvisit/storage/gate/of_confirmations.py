"""What cities were asked about notes and what they said, for an audience."""

import sqlite3
from typing import Any

from fieldvisit.fieldwork.confirmation import Confirmation
from fieldvisit.fieldwork.disclosure import confirmation_for
from fieldvisit.storage.gate.of_notes import note, notes

_COLUMNS = (
    "note_id, visit_id, state, note_revision, department, sent_on, due, answered_on,"
    " who, comment, by, deleted, seq, revision, number"
)
_SELECT = f"SELECT {_COLUMNS} FROM confirmation"  # noqa: S608 - fixed names


def confirmations(
    connection: sqlite3.Connection, audience: str, *, study_group: str = "", deleted: bool = False
) -> tuple[Confirmation, ...]:
    """Return the confirmations of notes that ``audience`` may see, in the order of their entry.

    With ``deleted`` also those taken back, and those of notes that were deleted.
    """
    seen = {
        note.id for note in notes(connection, audience, study_group=study_group, deleted=deleted)
    }
    rows = connection.execute(f"{_SELECT} WHERE deleted <= ? ORDER BY seq", (int(deleted),))
    found = map(_whole, rows)
    return tuple(confirmation_for(one, audience) for one in found if one.note_id in seen)


def confirmation(
    connection: sqlite3.Connection, audience: str, note_id: str
) -> Confirmation | None:
    """Return what was asked and said about one note, deleted or not, if ``audience`` may see it."""
    if note(connection, audience, note_id) is None:
        return None
    rows = connection.execute(f"{_SELECT} WHERE deleted = 0 AND note_id = ?", (note_id,))
    return next((confirmation_for(_whole(row), audience) for row in rows), None)


def _whole(row: tuple[Any, ...]) -> Confirmation:
    values = dict(zip(_COLUMNS.split(", "), row, strict=True))
    return Confirmation(**{**values, "deleted": bool(values["deleted"])})
