"""What once stood in notes, for an audience; and the revisions that `undo` takes back."""

import json
import sqlite3

from msgspec.structs import replace

from fieldvisit.fieldwork.disclosure import OFF_RECORD, level, note_for
from fieldvisit.fieldwork.note import Note, says_the_same
from fieldvisit.fieldwork.study import Revision, reason_in
from fieldvisit.storage.gate.present import note
from fieldvisit.storage.kinds import KINDS, NOTE, Kept
from fieldvisit.storage.rows import read


def revisions(
    connection: sqlite3.Connection, audience: str, note_id: str
) -> tuple[tuple[Revision, Note], ...]:
    """Return the revisions of a note, oldest first, each with the note as it then stood.

    Before one that was made of several notes come the last revisions of the others. What a note
    held until it was last opened from off the record is for `all` only, and so is why it was
    opened; others count from there.
    """
    found: list[tuple[Revision, Note]] = []
    for revision, then in _own_revisions(connection, audience, note_id):
        for parent in revision.parents[1:]:
            for source in read_revisions(connection, "r.id = ? AND kind = 'note'", parent):
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
    closed = False
    for stored in read_revisions(connection, "object = ? AND kind = 'note'", note_id):
        then = NOTE.from_body(stored.body)
        if audience != "all" and level(then.disclosure) == OFF_RECORD:
            kept.clear()
            closed = True
            continue
        revision = numbered(stored, audience, len(kept))
        if seen := note_for(_as_then(then, revision, head), audience):
            kept.append((replace(revision, reason="") if closed else revision, seen))
            closed = False
    return tuple(kept)


def note_at(connection: sqlite3.Connection, note_id: str, revision: str) -> Note | None:
    """Return a note as it stood at the revision whose id begins so; None if it never did."""
    for found in read_revisions(connection, "object = ? AND kind = 'note'", note_id):
        then = NOTE.from_body(found.body)
        if revision and found.id.startswith(revision):
            return replace(then, revision=found.id, number=found.number)
    return None


def says_still(connection: sqlite3.Connection, note_id: str, revision: str) -> bool:
    """Tell whether a note that was changed since a revision says by now what it said then."""
    found = read_revisions(connection, "object = ? AND kind = 'note'", note_id)
    bodies = {one.id: NOTE.from_body(one.body) for one in found}
    then, now = bodies.get(revision), bodies[found[-1].id]
    return then is not None and says_the_same(then, now)


def open_revisions(connection: sqlite3.Connection, note_id: str) -> frozenset[str]:
    """Return the ids of what a note held since it was last off the record, which the group sees."""
    return frozenset(found.id for found, _then in _own_revisions(connection, "group", note_id))


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


def _as_then(then: Note, revision: Revision, head: Note) -> Note:
    stands = revision.id == head.revision
    return replace(
        then,
        seq=head.seq,
        revision=revision.id,
        number=revision.number,
        confirmed=head.confirmed and stands,
        waits=head.waits and stands,
        replaced_by=head.replaced_by,
        city_name=head.city_name,
        attributed=head.attributed,
        created_at=head.created_at,
        updated_at=revision.at,
    )
