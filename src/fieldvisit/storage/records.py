"""The writes: how an object comes to stand, and the revision that says how it came to stand so."""

import hashlib
import json
from collections.abc import Mapping, Sequence
from typing import Any, TypeVar

from msgspec.structs import replace

from fieldvisit.errors import Conflict
from fieldvisit.fieldwork.note import Note
from fieldvisit.fieldwork.study import Kept
from fieldvisit.fieldwork.summary import Summary
from fieldvisit.fieldwork.visit import Visit
from fieldvisit.language import _
from fieldvisit.storage import ids
from fieldvisit.storage.connection import Change
from fieldvisit.storage.kinds import kind_of
from fieldvisit.storage.layout import Kind, inserting

Thing = TypeVar("Thing", bound=Kept)
_REVISION = inserting(
    "revision",
    ("id", "kind", "object", "parents", "change_id", "at", "by", "salt", "body_hash", "body"),
)
_INTRODUCE = inserting("person", ("id", "name")) + " ON CONFLICT (id) DO NOTHING"
_KEEP_GUIDE = (
    inserting("guide_snapshot", ("sha256", "slug", "version", "yaml", "json"))
    + " ON CONFLICT (sha256) DO NOTHING"
)
_KEEP_OUTPUT = inserting("anonymised_output", ("at", "by", "lines", "names")) + " RETURNING seq"


def save(change: Change, thing: Thing, *, parents: Sequence[str] = ()) -> Thing:
    """Store ``thing`` and its revision; return it with the new revision's id and number.

    ``thing.revision`` is the revision that the caller saw (empty = a new object). Raises
    Conflict if somebody stored another one meanwhile. ``parents`` are revisions of other objects
    that went into this one; a new object has none.
    """
    kind, seen = kind_of(thing), thing.revision
    thing = _dated(change, thing)
    change.enter()
    _introduce(change, thing)
    revision, *rest = _revision(change, kind, thing, parents)
    stored = replace(thing, revision=revision, number=thing.number + 1)
    _write(change, kind, stored, seen)
    _write_parts(change, kind, stored, seen)
    change.connection.execute(_REVISION, (revision, *rest))
    return stored


def save_over(change: Change, fresh: Thing, before: Thing | None) -> Thing:
    """Store ``fresh`` in the place of what was there, also of what was deleted; None = nothing."""
    if before is None:
        return save(change, fresh)
    if isinstance(fresh, Note | Summary) and isinstance(before, Note | Summary):
        fresh = replace(fresh, created_at=before.created_at)
    return save(change, replace(fresh, revision=before.revision, number=before.number))


def keep_guide(
    change: Change, sha256: str, slug: str, version: str, yaml: str, json_text: str
) -> None:
    """Keep a guide as its file stood, once; the same bytes are the same snapshot."""
    change.connection.execute(_KEEP_GUIDE, (sha256, slug, version, yaml, json_text))


def next_output(change: Change) -> int:
    """Return the number that the next anonymised output gets."""
    rows = change.connection.execute("SELECT coalesce(max(seq), 0) + 1 FROM anonymised_output")
    return int(rows.fetchone()[0])


def keep_output(change: Change, lines: Sequence[str], names: Mapping[str, tuple[str, str]]) -> int:
    """Keep the key of an anonymised output for ever, and return the number that it gets."""
    key = (json.dumps(one, ensure_ascii=False) for one in (lines, names))
    rows = change.connection.execute(_KEEP_OUTPUT, (change.at, change.by, *key))
    return int(rows.fetchone()[0])


def mark_undone(change: Change, change_id: str) -> None:
    """Note on a change that the present one took it back."""
    values = (change.enter(), change_id)
    change.connection.execute("UPDATE change SET undone_by = ? WHERE id = ?", values)


def _revision(
    change: Change, kind: Kind[Any], thing: Kept, parents: Sequence[str]
) -> tuple[str, ...]:
    """Return the columns of a revision. Its id is the SHA-256 of the rest, the body as a hash."""
    body, salt = kind.to_body(thing), ids.new_salt()
    before = [thing.revision, *parents] if thing.revision else []
    said = (change.enter(), change.at, change.by, salt, _sha256(salt + body))
    whole = json.dumps(
        [kind.name, thing.id, before, *said], ensure_ascii=False, separators=(",", ":")
    )
    return _sha256(whole), kind.name, thing.id, json.dumps(before), *said, body


def _sha256(text: str) -> str:
    return hashlib.sha256(text.encode("utf-8")).hexdigest()


def _dated(change: Change, thing: Thing) -> Thing:
    if isinstance(thing, Note | Summary):
        return replace(thing, created_at=thing.created_at or change.at, updated_at=change.at)
    return thing


def _introduce(change: Change, thing: Kept) -> None:
    """Store the people of a visit who are not known yet; nobody is renamed by it."""
    if isinstance(thing, Visit):
        people = [(person.person_id, person.name) for person in thing.participants]
        change.connection.executemany(_INTRODUCE, people)


def _write(change: Change, kind: Kind[Any], thing: Kept, seen: str) -> None:
    if not seen:
        change.connection.execute(kind.insert, kind.put(thing))
    elif change.connection.execute(kind.update, {**kind.row(thing), "seen": seen}).rowcount != 1:
        raise Conflict(
            _("Somebody else changed this meanwhile."),
            _("Nothing was changed. Look at it again and repeat what you still want."),
        )


def _write_parts(change: Change, kind: Kind[Any], thing: Kept, seen: str) -> None:
    """Store the parts anew, in their order."""
    owner = kind.row(thing)[kind.key[0]] if kind.parts else ""
    for field, part in kind.parts.items():
        if seen:
            gone = f"DELETE FROM {part.table} WHERE {part.owner} = ?"  # noqa: S608 - ours
            change.connection.execute(gone, (owner,))
        rows = [(owner, *part.put(value)) for value in getattr(thing, field)]
        change.connection.executemany(part.insert, rows)
