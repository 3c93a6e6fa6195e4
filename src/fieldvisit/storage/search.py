"""Search in the text of notes. A scan for now; an index goes behind the same function."""

import sqlite3
from collections.abc import Sequence

from fieldvisit.fieldwork.note import Note
from fieldvisit.storage import gate
from fieldvisit.text import normal


def find_notes(
    connection: sqlite3.Connection, audience: str, phrases: Sequence[str], *, study_group: str = ""
) -> tuple[Note, ...]:
    """Return the notes whose body holds every phrase in the normal form, newest first.

    With ``study_group`` only those that this group may use.
    """
    wanted = [normal(phrase) for phrase in phrases]
    known = gate.notes(connection, audience, study_group=study_group)
    found = [note for note in known if _holds(note, wanted)]
    return tuple(sorted(found, key=lambda note: (note.created_at, note.seq), reverse=True))


def holds(note: Note, phrases: Sequence[str]) -> bool:
    """Tell whether the body of a note holds every phrase in the normal form."""
    return _holds(note, [normal(phrase) for phrase in phrases])


def _holds(note: Note, wanted: Sequence[str]) -> bool:
    body = normal(note.body)
    return all(phrase in body for phrase in wanted)
