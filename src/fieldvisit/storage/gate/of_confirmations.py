"""What cities were asked about notes and what they said, for an audience."""

import sqlite3

from fieldvisit.fieldwork.confirmation import Confirmation
from fieldvisit.fieldwork.disclosure import confirmation_for
from fieldvisit.storage.gate.of_notes import notes


def confirmations(
    connection: sqlite3.Connection, audience: str, *, study_group: str = "", deleted: bool = False
) -> tuple[Confirmation, ...]:
    """Return the confirmations of notes that ``audience`` may see, in the order of their entry.

    With ``deleted`` also those taken back, and those of notes that were deleted.
    """
    seen = {
        note.id for note in notes(connection, audience, study_group=study_group, deleted=deleted)
    }
    rows = connection.execute(
        "SELECT note_id, visit_id, state, note_revision, department, sent_on, due, answered_on,"
        " who, comment, by, deleted, seq, revision, number FROM confirmation WHERE deleted <= ?"
        " ORDER BY seq",
        (int(deleted),),
    )
    names = [column[0] for column in rows.description]
    found = (dict(zip(names, row, strict=True)) for row in rows)
    return tuple(
        confirmation_for(Confirmation(**{**row, "deleted": bool(row["deleted"])}), audience)
        for row in found
        if row["note_id"] in seen
    )
