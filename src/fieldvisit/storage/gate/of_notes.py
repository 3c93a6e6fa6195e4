"""Notes as they stand, for an audience."""

import sqlite3
from collections.abc import Callable, Sequence
from typing import Any

from msgspec.structs import replace

from fieldvisit.dates import first_day
from fieldvisit.fieldwork.disclosure import OFF_RECORD, level, may_see, note_for
from fieldvisit.fieldwork.note import Note
from fieldvisit.storage.gate.seen_past import with_seen_past
from fieldvisit.storage.kinds import NOTE
from fieldvisit.storage.rows import read_more

# A visit that does not serve the study group brings none of its notes.
_FOR_GROUP = """ (note.visit_id IS NULL OR note.visit_id IN
 (SELECT visit_id FROM visit_group WHERE short = ?))"""
_UNDATED = "9999"


def notes(
    connection: sqlite3.Connection,
    audience: str,
    *,
    visit_id: str | None = None,
    city_code: str | None = None,
    study_group: str = "",
    anonymised: bool = False,
    deleted: bool = False,
) -> tuple[Note, ...]:
    """Return the notes that ``audience`` may see, by date of the visit (else as-of), then entry.

    With ``study_group`` only those that this group may use, with ``deleted`` also those that were
    deleted. ``anonymised`` tells that no name will stand in the output.
    """
    where, values = [], []
    for column, value in (("visit_id", visit_id), ("city_code", city_code)):
        if value is not None:
            where.append(f"note.{column} = ?")
            values.append(value)
    if study_group:
        where.append(_FOR_GROUP)
        values.append(study_group)
    if not deleted:
        where.append("note.deleted = 0")
    clause = " AND ".join(where)
    found = _read(connection, clause, values, audience, study_group, anonymised=anonymised)
    when = {note.id: visited for visited, note in found}
    seen = with_seen_past(connection, audience, [note for _when, note in found])
    return tuple(sorted(seen, key=lambda note: (when[note.id], note.created_at, note.seq)))


def note(connection: sqlite3.Connection, audience: str, note_id: str) -> Note | None:
    """Return one note, deleted or not, if ``audience`` may see it."""
    found = _read(connection, "note.id = ?", (note_id,), audience)
    return with_seen_past(connection, audience, [found[0][1]])[0] if found else None


def cities_on_record(connection: sqlite3.Connection) -> frozenset[str]:
    """Return the codes of the cities of which any note tells that is not off the record."""
    rows = connection.execute("SELECT DISTINCT city_code, disclosure FROM note")
    return frozenset(code for code, disclosure in rows if level(disclosure) != OFF_RECORD)


def held_back(
    connection: sqlite3.Connection,
    audience: str,
    fits: Callable[[Note], bool] | None = None,
    *,
    study_group: str = "",
    anonymised: bool = False,
) -> int:
    """Return how many notes that stand ``audience`` may not see. For the person at the keyboard.

    ``fits`` tells which notes were asked for, if not all; with ``study_group`` only those count
    that this group may use.
    """
    if audience == "all":
        return 0
    return sum(
        note_for(note, audience, anonymised=anonymised) is None and (fits is None or fits(note))
        for note in notes(connection, "all", study_group=study_group)
    )


def handles(connection: sqlite3.Connection) -> dict[str, str]:
    """Return the handle of every note by its id, for the log that the keyboard reads."""
    return dict(connection.execute("SELECT id, handle FROM note"))


def handle_taken(connection: sqlite3.Connection, handle: str) -> bool:
    """Tell whether a note, seen or not, has that handle."""
    return bool(connection.execute("SELECT 1 FROM note WHERE handle = ?", (handle,)).fetchone())


def _read(
    connection: sqlite3.Connection,
    where: str,
    values: Sequence[Any],
    audience: str,
    study_group: str = "",
    *,
    anonymised: bool = False,
) -> list[tuple[str, Note]]:
    found = []
    more = ("material.disclosure", "visit.first_day")
    for stored, (of_material, visited) in read_more(connection, NOTE, more, where, values):
        told = not stored.material or may_see(of_material, audience)
        # Else it would tell that there is a material.
        whole = stored if told else replace(stored, material=0, page="")
        if study_group and whole.only_for and study_group not in whole.only_for:
            continue
        if seen := note_for(whole, audience, anonymised=anonymised):
            found.append((_when(visited, seen), seen))
    return found


def _when(visited: str | None, note: Note) -> str:
    if visited:
        return visited
    return first_day(note.as_of).isoformat() if note.as_of else _UNDATED
