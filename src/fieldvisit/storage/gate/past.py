"""What once stood in notes, as it was stored; and how much of it an audience sees."""

import json
import sqlite3
from collections import defaultdict
from collections.abc import Sequence
from typing import TypeVar

import msgspec
from msgspec.structs import replace

from fieldvisit.fieldwork.disclosure import OFF_RECORD, level, may_see
from fieldvisit.fieldwork.note import Note, says_the_same
from fieldvisit.fieldwork.study import Kept, Revision, reason_in
from fieldvisit.storage.kinds import KINDS, NOTE
from fieldvisit.storage.layout import Kind
from fieldvisit.storage.rows import in_lots, read

Thing = TypeVar("Thing", bound=Kept)


def note_at(connection: sqlite3.Connection, note_id: str, revision: str) -> Note | None:
    """Return a note as it stood at the revision whose id begins so; None if it never did."""
    return stood_at(connection, NOTE, note_id, revision)


def stood_at(
    connection: sqlite3.Connection, kind: Kind[Thing], name: str, revision: str
) -> Thing | None:
    """Return what stood at the revision whose id begins so; None if nothing did."""
    for found in read_revisions(connection, f"object = ? AND kind = '{kind.name}'", name):
        if revision and found.id.startswith(revision):
            then = kind.from_body(found.body)
            return replace(then, revision=found.id, number=found.number)
    return None


def says_still(connection: sqlite3.Connection, note_id: str, revision: str) -> bool:
    """Tell whether a note that was changed since a revision says by now what it said then."""
    found = read_revisions(connection, "object = ? AND kind = 'note'", note_id)
    bodies = {one.id: NOTE.from_body(one.body) for one in found}
    then, now = bodies.get(revision), bodies[found[-1].id]
    return then is not None and says_the_same(then, now)


def revisions_of_change(connection: sqlite3.Connection, change_id: str) -> tuple[Revision, ...]:
    """Return what a change did, in order. Its bodies serve `undo` alone and are never printed."""
    return read_revisions(connection, "change_id = ?", change_id)


def revision(connection: sqlite3.Connection, revision_id: str) -> Revision:
    """Return one revision, for `undo`."""
    return read_revisions(connection, "r.id = ?", revision_id)[0]


def stands(connection: sqlite3.Connection, kind: str, name: str) -> Kept:
    """Return how an object stands, deleted or not, for `undo`; KeyError if there is none."""
    of = KINDS[kind]
    begins = name if len(of.key) == 1 else name.partition(":")[0]
    found = read(connection, of, f"{of.table}.{of.key[0]} = ?", (begins,))
    by_name: dict[str, Kept] = {thing.id: thing for thing in found}
    return by_name[name]


def numbered(revision: Revision, audience: str, before: int) -> Revision:
    """Return a revision without its body, its number counting what the audience saw ``before``.

    The public learns neither author nor reason.
    """
    if audience != "all":
        revision = replace(revision, number=before + 1)
    if audience == "public":
        return replace(revision, body="", by="", reason="")
    return replace(revision, body="")


def read_revisions(connection: sqlite3.Connection, where: str, value: str) -> tuple[Revision, ...]:
    """Return revisions with their bodies, in order. For the gate alone."""
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
        said = (at, by, body or "{}", depth[id_], reason_in(command or ""))
        found.append(Revision(id_, kind, name, parents, change_id, *said))
    return tuple(found)


class _Held(msgspec.Struct):
    """Of the body of a revision: the level on which the note then stood."""

    disclosure: object = None


class _Revision(msgspec.Struct):
    id: str
    at: str
    disclosure: str | None


def with_seen_past(
    connection: sqlite3.Connection, audience: str, notes: Sequence[Note]
) -> list[Note]:
    """Return the notes, each numbered and dated as if what ``audience`` may not see had never been.

    One that was off the record counts from the day on which it was opened: neither a number nor
    a date tells that there was something before.
    """
    if audience == "all":
        return list(notes)
    pasts = _pasts(connection, [note.id for note in notes if note.number > 1])
    return [_dated(note, pasts[note.id], audience) for note in notes]


def _dated(note: Note, past: Sequence[_Revision], audience: str) -> Note:
    seen: list[_Revision] = []
    for revision in past:
        last = revision.id == note.revision
        if level(revision.disclosure) == OFF_RECORD:
            seen.clear()
        elif may_see(revision.disclosure, audience, confirmed=note.confirmed and last):
            seen.append(revision)
    if len(seen) == len(past):
        return note
    return replace(note, number=max(len(seen), 1), created_at=seen[0].at if seen else "")


def _pasts(connection: sqlite3.Connection, ids: Sequence[str]) -> dict[str, list[_Revision]]:
    found: dict[str, list[_Revision]] = defaultdict(list)
    for places, lot in in_lots(ids):
        for object_, id_, at, body in connection.execute(
            "SELECT object, id, at, body FROM revision"  # noqa: S608 - question marks
            f" WHERE kind = 'note' AND object IN ({places}) ORDER BY seq",
            lot,
        ):
            held = msgspec.json.decode(body or "{}", type=_Held).disclosure
            found[object_].append(_Revision(id_, at, held if isinstance(held, str) else None))
    return found
