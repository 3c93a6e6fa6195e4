"""Search in the text of notes. A scan for now; an index goes behind the same function."""

import sqlite3
from collections.abc import Sequence

from fieldvisit.fieldwork.note import Note
from fieldvisit.storage import gate
from fieldvisit.text import normal


def find_notes(
    connection: sqlite3.Connection, audience: str, phrases: Sequence[str]
) -> tuple[Note, ...]:
    """Return the notes whose body holds every phrase in the normal form, newest first."""
    wanted = [normal(phrase) for phrase in phrases]
    found = [
        note
        for note in gate.notes(connection, audience)
        if all(phrase in body for body in [normal(note.body)] for phrase in wanted)
    ]
    return tuple(sorted(found, key=lambda note: note.seq, reverse=True))
