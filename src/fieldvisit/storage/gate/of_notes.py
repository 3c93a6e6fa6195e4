"""Notes as they stand, for an audience."""

import sqlite3
from collections import defaultdict
from collections.abc import Callable, Iterable
from typing import Any

from msgspec.structs import replace

from fieldvisit.dates import first_day
from fieldvisit.fieldwork.disclosure import OFF_RECORD, level, may_see, note_for
from fieldvisit.fieldwork.guide import Address
from fieldvisit.fieldwork.note import Note
from fieldvisit.storage.gate.note_rows import note_of
from fieldvisit.storage.gate.seen_past import with_seen_past

_NOTES = """
SELECT n.id, n.handle, n.city_code, n.visit_id, n.kind, n.body, n.disclosure, n.by, n.as_of,
       n.source_title, n.source_url, n.source_date, n.mode, n.on_day, n.material, n.page,
       n.deleted, n.created_at, n.updated_at, n.seq, n.revision, n.number, n.said_by,
       p.name, a.side, a.department, a.position,
       c.state, m.disclosure, v.first_day
FROM note n
LEFT JOIN visit v ON v.id = n.visit_id
LEFT JOIN person p ON p.id = n.said_by
LEFT JOIN material m ON m.visit_id = n.visit_id AND m.label = n.material
LEFT JOIN person_at_visit a ON a.person_id = n.said_by AND a.visit_id = n.visit_id
LEFT JOIN confirmation c ON c.note_id = n.id AND c.note_revision = n.revision AND c.deleted = 0
"""
_ON_ONE_NOTE = " WHERE n.id = :id"
# A visit that does not serve the study group brings none of its notes.
_FOR_GROUP = """ (n.visit_id IS NULL OR n.visit_id IN
 (SELECT visit_id FROM visit_group WHERE short = :study_group))"""
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
    where, values = [], {}
    for column, value in (("visit_id", visit_id), ("city_code", city_code)):
        if value is not None:
            where.append(f"n.{column} = :{column}")
            values[column] = value
    if study_group:
        where.append(_FOR_GROUP)
        values["study_group"] = study_group
    if not deleted:
        where.append("n.deleted = 0")
    clause = f" WHERE {' AND '.join(where)}" if where else ""
    found = _read(connection, _NOTES + clause, values, audience, study_group, anonymised=anonymised)
    when = {note.id: visited for visited, note in found}
    seen = with_seen_past(connection, audience, [note for _when, note in found])
    return tuple(sorted(seen, key=lambda note: (when[note.id], note.created_at, note.seq)))


def note(connection: sqlite3.Connection, audience: str, note_id: str) -> Note | None:
    """Return one note, deleted or not, if ``audience`` may see it."""
    found = _read(connection, _NOTES + _ON_ONE_NOTE, {"id": note_id}, audience)
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
    sql: str,
    values: dict[str, Any],
    audience: str,
    study_group: str = "",
    *,
    anonymised: bool = False,
) -> list[tuple[str, Note]]:
    rows = connection.execute(sql, values).fetchall()
    only = rows[0][0] if len(rows) == 1 else None
    places = _parts(connection, "note_place", "topic, question", only)
    tags = _parts(connection, "note_tag", "tag", only)
    groups = _parts(connection, "note_group", "short", only)
    found = []
    for row in rows:
        whole = replace(
            note_of(row),
            places=tuple(Address(topic, question) for topic, question in places[row[0]]),
            tags=tuple(tag for (tag,) in tags[row[0]]),
            only_for=tuple(short for (short,) in groups[row[0]]),
        )
        if whole.material and not may_see(row[-2], audience):
            whole = replace(whole, material=0, page="")  # it would tell that there is a material
        if study_group and whole.only_for and study_group not in whole.only_for:
            continue
        if seen := note_for(whole, audience, anonymised=anonymised):
            found.append((_when(row[-1], seen), seen))
    return found


def _parts(
    connection: sqlite3.Connection, table: str, columns: str, only: str | None
) -> dict[str, list[Any]]:
    found: dict[str, list[Any]] = defaultdict(list)
    where, values = (" WHERE note_id = ?", (only,)) if only else ("", ())
    rows: Iterable[Any] = connection.execute(
        f"SELECT note_id, {columns} FROM {table}{where} ORDER BY seq",  # noqa: S608 - fixed names
        values,
    )
    for note_id, *rest in rows:
        found[note_id].append(rest)
    return found


def _when(visited: str | None, note: Note) -> str:
    if visited:
        return visited
    return first_day(note.as_of).isoformat() if note.as_of else _UNDATED
