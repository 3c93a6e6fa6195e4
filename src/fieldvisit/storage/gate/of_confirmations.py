"""What cities were asked about notes and what they said, for an audience."""

import sqlite3
from typing import Any

from fieldvisit.fieldwork.confirmation import Confirmation
from fieldvisit.fieldwork.disclosure import confirmation_for
from fieldvisit.fieldwork.note import Note
from fieldvisit.storage.gate.of_notes import note, notes
from fieldvisit.storage.gate.of_revisions import open_revisions

_COLUMNS = (
    "note_id, visit_id, state, note_revision, department, sent_on, due, answered_on,"
    " who, comment, by, deleted, seq, revision, number"
)
_SELECT = f"SELECT {_COLUMNS} FROM confirmation"  # noqa: S608 - fixed names


def confirmations(
    connection: sqlite3.Connection, audience: str, *, study_group: str = "", deleted: bool = False
) -> tuple[Confirmation, ...]:
    """Return the confirmations of notes that ``audience`` may see, in the order of their entry.

    With ``deleted`` also those taken back, and those of notes that were deleted. What a city was
    asked about a note before it was opened from off the record is for `all` only.
    """
    known = notes(connection, audience, study_group=study_group, deleted=deleted)
    seen = {note.id: note for note in known}
    rows = connection.execute(f"{_SELECT} WHERE deleted <= ? ORDER BY seq", (int(deleted),))
    return tuple(
        confirmation_for(one, audience)
        for one in map(_whole, rows)
        if one.note_id in seen and _is_open(connection, one, seen[one.note_id], audience)
    )


def confirmation(
    connection: sqlite3.Connection, audience: str, note_id: str
) -> Confirmation | None:
    """Return what was asked and said about one note, deleted or not, if ``audience`` may see it."""
    known = note(connection, audience, note_id)
    if known is None:
        return None
    rows = connection.execute(f"{_SELECT} WHERE deleted = 0 AND note_id = ?", (note_id,))
    found = (one for one in map(_whole, rows) if _is_open(connection, one, known, audience))
    return next((confirmation_for(one, audience) for one in found), None)


def _is_open(
    connection: sqlite3.Connection, asked: Confirmation, known: Note, audience: str
) -> bool:
    """Tell whether what the city was asked about is no past that is off the record."""
    if audience == "all" or asked.note_revision == known.revision:
        return True
    return asked.note_revision in open_revisions(connection, known.id)


def _whole(row: tuple[Any, ...]) -> Confirmation:
    values = dict(zip(_COLUMNS.split(", "), row, strict=True))
    return Confirmation(**{**values, "deleted": bool(values["deleted"])})
