"""The writes: how an object comes to stand, and the revision that says how it came to stand so."""

import hashlib
import json
from collections.abc import Sequence
from typing import TypeVar

from msgspec.structs import replace
from sqlalchemy import delete, update
from sqlmodel import SQLModel

from fieldvisit.errors import Conflict
from fieldvisit.fieldwork.note import Note
from fieldvisit.fieldwork.summary import Summary
from fieldvisit.fieldwork.visit import Visit
from fieldvisit.language import _
from fieldvisit.storage import ids, queries
from fieldvisit.storage.bodies import Kept, kind_of, name_of, to_body
from fieldvisit.storage.heads import Head, Values, head_of
from fieldvisit.storage.tables import (
    ChangeRow,
    GuideSnapshotRow,
    PersonRow,
    PseudonymRow,
    RevisionRow,
)
from fieldvisit.storage.writing import Ledger

Thing = TypeVar("Thing", bound=Kept)


def save(ledger: Ledger, thing: Thing, *, parents: Sequence[str] = ()) -> Thing:
    """Store ``thing`` and its revision; return it with the new revision's id and number.

    ``thing.revision`` is the revision that the caller saw (empty = a new object). Raises
    Conflict if somebody stored another one meanwhile. ``parents`` are revisions of other objects
    that went into this one; a new object has none.
    """
    thing = _dated(ledger, thing)
    ledger.change()
    _introduce(ledger, thing)
    revision = _revision(ledger, thing, parents)
    number = thing.number + 1
    head = head_of(thing)
    _write(ledger, head, thing.revision, {"revision": revision.id, "number": number})
    _write_parts(ledger, head)
    ledger.session.add(revision)
    ledger.session.flush()
    return replace(thing, revision=revision.id, number=number)


def save_over(ledger: Ledger, fresh: Thing, before: Thing | None) -> Thing:
    """Store ``fresh`` in the place of what was there, also of what was deleted; None = nothing."""
    if before is None:
        return save(ledger, fresh)
    if isinstance(fresh, Note | Summary) and isinstance(before, Note | Summary):
        fresh = replace(fresh, created_at=before.created_at)
    return save(ledger, replace(fresh, revision=before.revision, number=before.number))


def keep_guide(ledger: Ledger, snapshot: GuideSnapshotRow) -> None:
    """Keep a guide as its file stood, once; the same bytes are the same snapshot."""
    if snapshot.sha256 not in queries.snapshots(ledger.connection):
        ledger.session.add(snapshot)
        ledger.session.flush()


def snapshot(sha256: str, slug: str, version: str, yaml: str, json_text: str) -> GuideSnapshotRow:
    """Return a guide in the form in which it is kept."""
    return GuideSnapshotRow(sha256=sha256, slug=slug, version=version, yaml=yaml, json_=json_text)


def keep_pseudonym(ledger: Ledger, kind: str, subject: str, label: str) -> None:
    """Keep what stands for a subject in anonymised outputs, for ever."""
    ledger.session.add(PseudonymRow(kind=kind, subject=subject, label=label))
    ledger.session.flush()


def mark_undone(ledger: Ledger, change_id: str) -> None:
    """Note on a change that the present one took it back."""
    _set(ledger, ChangeRow, {"id": change_id}, {"undone_by": ledger.change()})


def content_id(revision: RevisionRow) -> str:
    """Return the SHA-256 of a revision: of all but its body, which stands in it as a hash."""
    parts = [
        revision.kind,
        revision.object,
        json.loads(revision.parents),
        revision.change_id,
        revision.at,
        revision.by,
        revision.salt,
        revision.body_hash,
    ]
    return _sha256(json.dumps(parts, ensure_ascii=False, separators=(",", ":")))


def _revision(ledger: Ledger, thing: Kept, parents: Sequence[str]) -> RevisionRow:
    body, salt = to_body(thing), ids.new_salt()
    row = RevisionRow(
        id="",
        kind=kind_of(thing),
        object=name_of(thing),
        parents=json.dumps([thing.revision, *parents] if thing.revision else []),
        change_id=ledger.change(),
        at=ledger.at,
        by=ledger.by,
        salt=salt,
        body_hash=_sha256(salt + body),
        body=body,
    )
    row.id = content_id(row)
    return row


def _sha256(text: str) -> str:
    return hashlib.sha256(text.encode("utf-8")).hexdigest()


def _dated(ledger: Ledger, thing: Thing) -> Thing:
    if isinstance(thing, Note | Summary):
        return replace(thing, created_at=thing.created_at or ledger.at, updated_at=ledger.at)
    return thing


def _introduce(ledger: Ledger, thing: Kept) -> None:
    if not isinstance(thing, Visit):
        return
    known = queries.people(ledger.connection)
    for person in thing.participants:
        if person.person_id not in known:
            ledger.session.add(PersonRow(id=person.person_id, name=person.name))
            known[person.person_id] = person.name
    ledger.session.flush()


def _write(ledger: Ledger, head: Head, seen: str, stamp: Values) -> None:
    if not seen:
        ledger.session.add(head.table(**head.identity, **head.values, **stamp))
        ledger.session.flush()
    elif _set(ledger, head.table, {**head.identity, "revision": seen}, head.values | stamp) != 1:
        raise Conflict(
            _("Somebody else changed this meanwhile."),
            _("Nothing was changed. Look at it again and repeat what you still want."),
        )


def _write_parts(ledger: Ledger, head: Head) -> None:
    for table, rows in head.parts:
        owner = {head.owner: next(iter(head.identity.values()))}
        columns = table.__table__.c  # type: ignore[attr-defined] # SQLModel adds it at run time
        ledger.session.execute(delete(table).where(columns[head.owner] == owner[head.owner]))
        ledger.session.add_all([table(**owner, **row) for row in rows])
    ledger.session.flush()


def _set(ledger: Ledger, table: type[SQLModel], where: Values, values: Values) -> int:
    columns = table.__table__.c  # type: ignore[attr-defined] # SQLModel adds it at run time
    conditions = [columns[name] == value for name, value in where.items()]
    result = ledger.session.execute(
        update(table).where(*conditions).values(values),
        execution_options={"synchronize_session": False},
    )
    return int(getattr(result, "rowcount", 0))
