"""Notes that contradict each other, for an audience that may see both."""

import sqlite3

from fieldvisit.fieldwork.disclosure import conflict_for
from fieldvisit.fieldwork.note import NoteConflict
from fieldvisit.storage.gate.of_notes import notes


def conflicts(
    connection: sqlite3.Connection,
    audience: str,
    *,
    study_group: str = "",
    anonymised: bool = False,
    deleted: bool = False,
) -> tuple[NoteConflict, ...]:
    """Return the pairs of notes that contradict each other, in the order of their entry.

    With ``deleted`` also those taken back, and those of notes that were deleted. What was said
    while one of the two was off the record is for `all` only.
    """
    rows = connection.execute(
        "SELECT first, second, why, c.by, deleted, c.seq, revision, number, r.at"
        " FROM note_conflict c JOIN revision r ON r.id = revision"
        " WHERE deleted <= ? ORDER BY c.seq",
        (int(deleted),),
    ).fetchall()
    if not rows:
        return ()
    known = notes(
        connection, audience, study_group=study_group, anonymised=anonymised, deleted=deleted
    )
    seen = {note.id for note in known}
    if audience == "public":  # of notes by now public, which are none that was opened since
        known = notes(connection, "group", study_group=study_group, deleted=deleted)
    since = {note.id: note.created_at for note in known}
    return tuple(
        conflict_for(NoteConflict(first, second, why, by, bool(gone), *rest), audience)
        for first, second, why, by, gone, *rest, at in rows
        if first in seen and second in seen and at >= max(since[first], since[second])
    )
