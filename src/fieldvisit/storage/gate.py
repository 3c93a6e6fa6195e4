"""The gate: the one place that reads notes and what was once in them.

Every reader names an audience, and `fieldwork.disclosure` says what it may see. No other module
selects from the tables of notes or from the bodies of revisions; a test walks the code.
"""

import json
import sqlite3
from collections import defaultdict
from collections.abc import Callable, Iterable
from dataclasses import replace
from typing import Any

from fieldvisit.dates import first_day
from fieldvisit.fieldwork.disclosure import OFF_RECORD, level, material_for, may_see, note_for
from fieldvisit.fieldwork.guide import Address
from fieldvisit.fieldwork.material import Material
from fieldvisit.fieldwork.note import Note
from fieldvisit.fieldwork.study import Revision
from fieldvisit.storage.bodies import from_body
from fieldvisit.storage.note_rows import note_of

_NOTES = """
SELECT n.id, n.handle, n.city_code, n.visit_id, n.kind, n.body, n.disclosure, n.by, n.as_of,
       n.source_title, n.source_url, n.source_date, n.mode, n.on_day, n.material, n.page,
       n.deleted, n.created_at, n.updated_at, n.seq, n.revision, n.number, n.said_by,
       p.name, a.side, a.department, a.position,
       m.disclosure, v.first_day
FROM note n
LEFT JOIN visit v ON v.id = n.visit_id
LEFT JOIN person p ON p.id = n.said_by
LEFT JOIN material m ON m.visit_id = n.visit_id AND m.label = n.material
LEFT JOIN person_at_visit a ON a.person_id = n.said_by AND a.visit_id = n.visit_id
"""
_ON_ONE_NOTE = " WHERE n.id = :id"
_UNDATED = "9999"
WITH_REASON = "note edit: "  # what the command of a change begins with where a reason was given


def notes(
    connection: sqlite3.Connection,
    audience: str,
    *,
    visit_id: str | None = None,
    city_code: str | None = None,
    study_group: str = "",
    deleted: bool = False,
) -> tuple[Note, ...]:
    """Return the notes that ``audience`` may see, by date of the visit (else as-of), then entry.

    With ``study_group`` only those that this group may use, with ``deleted`` also those that were
    deleted.
    """
    where, values = [], {}
    for column, value in (("visit_id", visit_id), ("city_code", city_code)):
        if value is not None:
            where.append(f"n.{column} = :{column}")
            values[column] = value
    if not deleted:
        where.append("n.deleted = 0")
    clause = f" WHERE {' AND '.join(where)}" if where else ""
    found = _read(connection, _NOTES + clause, values, audience, study_group)
    return tuple(note for _when, note in sorted(found, key=lambda pair: (pair[0], pair[1].seq)))


def note(connection: sqlite3.Connection, audience: str, note_id: str) -> Note | None:
    """Return one note, deleted or not, if ``audience`` may see it."""
    found = _read(connection, _NOTES + _ON_ONE_NOTE, {"id": note_id}, audience)
    return found[0][1] if found else None


def held_back(
    connection: sqlite3.Connection, audience: str, fits: Callable[[Note], bool] | None = None
) -> int:
    """Return how many notes that stand ``audience`` may not see. For the person at the keyboard.

    ``fits`` tells which notes were asked for, if not all.
    """
    rows = connection.execute("SELECT disclosure FROM note WHERE deleted = 0")
    hidden = sum(not may_see(disclosure, audience) for (disclosure,) in rows)
    if not hidden or fits is None:
        return hidden
    return sum(
        fits(found) for found in notes(connection, "all") if not may_see(found.disclosure, audience)
    )


def revisions(
    connection: sqlite3.Connection, audience: str, note_id: str
) -> tuple[tuple[Revision, Note], ...]:
    """Return the revisions of a note, oldest first, each with the note as it then stood.

    Before one that was made of several notes come the last revisions of the others. What a note
    held until it was last opened from off the record is for `all` only.
    """
    found: list[tuple[Revision, Note]] = []
    for revision, then in _own_revisions(connection, audience, note_id):
        for parent in revision.parents[1:]:
            for source in _revisions(connection, "r.id = ? AND kind = 'note'", parent):
                known = _own_revisions(connection, audience, source.object)
                found += [pair for pair in known if pair[0].id == parent]
        found.append((revision, then))
    return tuple(found)


def _own_revisions(
    connection: sqlite3.Connection, audience: str, note_id: str
) -> tuple[tuple[Revision, Note], ...]:
    head = note(connection, audience, note_id)
    if head is None:
        return ()
    kept: list[tuple[Revision, Note]] = []
    for revision in _revisions(connection, "object = ? AND kind = 'note'", note_id):
        then = from_body("note", revision.body)
        if not isinstance(then, Note):
            raise TypeError
        if audience != "all" and level(then.disclosure) == OFF_RECORD:
            kept.clear()
        elif seen := note_for(_as_then(then, revision, head), audience):
            kept.append((_without_body(revision, audience), seen))
    return tuple(kept)


def note_at(connection: sqlite3.Connection, note_id: str, revision: str) -> Note | None:
    """Return a note as it stood at the revision whose id begins so; None if it never did."""
    for found in _revisions(connection, "object = ? AND kind = 'note'", note_id):
        then = from_body("note", found.body)
        if revision and found.id.startswith(revision) and isinstance(then, Note):
            return then
    return None


def _without_body(revision: Revision, audience: str) -> Revision:
    """Return a revision without its body; the public learns neither author nor reason."""
    if audience == "public":
        return replace(revision, body="", by="", reason="")
    return replace(revision, body="")


def revisions_of_change(connection: sqlite3.Connection, change_id: str) -> tuple[Revision, ...]:
    """Return what a change did, in order. Its bodies serve `undo` alone and are never printed."""
    return _revisions(connection, "change_id = ?", change_id)


def revision(connection: sqlite3.Connection, revision_id: str) -> Revision:
    """Return one revision, for `undo`."""
    return _revisions(connection, "r.id = ?", revision_id)[0]


def materials(
    connection: sqlite3.Connection, audience: str, *, deleted: bool = False
) -> tuple[Material, ...]:
    """Return the materials that ``audience`` may see, by visit and number."""
    rows = connection.execute(
        "SELECT visit_id, label, title, pages, received_on, disclosure, file, named, sha256, by,"
        " deleted, seq, revision, number FROM material WHERE deleted <= ? ORDER BY visit_id, label",
        (int(deleted),),
    )
    names = [column[0] for column in rows.description]
    found = (Material(**dict(zip(names, row, strict=True))) for row in rows)
    found = (replace(material, deleted=bool(material.deleted)) for material in found)
    return tuple(seen for material in found if (seen := material_for(material, audience)))


def handles(connection: sqlite3.Connection) -> dict[str, str]:
    """Return the handle of every note by its id, for the log that the keyboard reads."""
    return dict(connection.execute("SELECT id, handle FROM note"))


def handle_taken(connection: sqlite3.Connection, handle: str) -> bool:
    """Tell whether a note, seen or not, has that handle."""
    return bool(connection.execute("SELECT 1 FROM note WHERE handle = ?", (handle,)).fetchone())


def _revisions(connection: sqlite3.Connection, where: str, value: str) -> tuple[Revision, ...]:
    rows = connection.execute(
        "SELECT r.id, kind, object, parents, change_id, r.at, r.by, body, command"  # noqa: S608 - ours
        " FROM revision r LEFT JOIN change c ON c.id = change_id"
        f" WHERE {where} ORDER BY r.seq",
        (value,),
    ).fetchall()
    depth: dict[str, int] = {}
    found = []
    for id_, kind, name, parents_text, change_id, at, by, body, command in rows:
        parents = tuple(json.loads(parents_text))
        depth[id_] = 1 + max((depth.get(parent, 0) for parent in parents), default=0)
        said = (at, by, body or "{}", depth[id_], (command or "").partition(WITH_REASON)[2])
        found.append(Revision(id_, kind, name, parents, change_id, *said))
    return tuple(found)


def _as_then(then: Note, revision: Revision, head: Note) -> Note:
    return replace(
        then,
        seq=head.seq,
        revision=revision.id,
        number=revision.number,
        created_at=head.created_at,
        updated_at=revision.at,
    )


def _read(
    connection: sqlite3.Connection,
    sql: str,
    values: dict[str, Any],
    audience: str,
    study_group: str = "",
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
        if seen := note_for(whole, audience):
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
