"""How much past a note has for an audience that does not see all of it."""

import sqlite3
from collections import defaultdict
from collections.abc import Iterable, Iterator, Sequence

import msgspec
from msgspec.structs import replace

from fieldvisit.fieldwork.disclosure import OFF_RECORD, level, may_see
from fieldvisit.fieldwork.note import Note
from fieldvisit.storage.rows import in_lots


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
        for object_, revision in _revisions(connection, places, lot):
            found[object_].append(revision)
    return found


def _revisions(
    connection: sqlite3.Connection, places: str, ids: Sequence[str]
) -> Iterator[tuple[str, _Revision]]:
    rows: Iterable[tuple[str, str, str, str | None]] = connection.execute(
        "SELECT object, id, at, body FROM revision"  # noqa: S608 - question marks
        f" WHERE kind = 'note' AND object IN ({places}) ORDER BY seq",
        tuple(ids),
    )
    for object_, id_, at, body in rows:
        held = msgspec.json.decode(body or "{}", type=_Held).disclosure
        yield object_, _Revision(id_, at, held if isinstance(held, str) else None)
