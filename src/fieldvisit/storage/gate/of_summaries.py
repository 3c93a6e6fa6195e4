"""Summaries, for an audience that may see every note on which they rest."""

import sqlite3
from collections.abc import Iterator, Mapping

from msgspec.structs import replace

from fieldvisit.fieldwork.disclosure import OFF_RECORD, level, summary_for
from fieldvisit.fieldwork.note import Note
from fieldvisit.fieldwork.study import Revision
from fieldvisit.fieldwork.summary import SeenNote, Summary
from fieldvisit.storage.gate.of_notes import notes
from fieldvisit.storage.gate.of_revisions import (
    numbered,
    open_revisions,
    read_revisions,
    says_still,
)
from fieldvisit.storage.kinds import SUMMARY
from fieldvisit.storage.rows import read


def summaries(
    connection: sqlite3.Connection,
    audience: str,
    *,
    study_group: str = "",
    anonymised: bool = False,
    deleted: bool = False,
) -> tuple[Summary, ...]:
    """Return the summaries that ``audience`` may see, in the order of their entry.

    Each has the level that its notes have by now, and knows of no note that is not for the
    audience. One of what a note held before it went off the record stays so, as that does. A note
    that says by now what its author saw counts as not changed.
    """
    known = _known(connection, audience, study_group, anonymised=anonymised)
    stored = _stored(connection, deleted=deleted)
    if study_group:
        stored = [one for one in stored if one.rests_on <= known.keys()]
    as_of_now = (_as_of_now(connection, one, known) for one in stored)
    return tuple(seen for one in as_of_now if (seen := summary_for(one, known, audience)))


def summary_revisions(
    connection: sqlite3.Connection, audience: str, summary_id: str
) -> tuple[tuple[Revision, Summary], ...]:
    """Return the revisions of a summary, oldest first, each with the summary as it then stood.

    What it held while it was off the record is for `all` only, and all that came before. One that
    rested on a note that is off the record is passed over as if it had never been. Numbers count
    what the audience sees.
    """
    heads = {one.id: one for one in summaries(connection, audience, deleted=True)}
    if summary_id not in heads:
        return ()
    known = _known(connection, audience)
    kept: list[tuple[Revision, Summary]] = []
    for stored, written in _as_written(connection, audience, summary_id):
        revision = numbered(stored, audience, len(kept))
        then = replace(written, number=revision.number)
        seen = summary_for(_with_what_closed(connection, then, known), known, audience)
        if audience != "all" and (level(then.disclosure) == OFF_RECORD or _was_closed(then)):
            kept.clear()
        elif seen:
            kept.append((revision, seen))
    return tuple(kept)


def _as_written(
    connection: sqlite3.Connection, audience: str, summary_id: str
) -> Iterator[tuple[Revision, Summary]]:
    everything = _known(connection, "all").values()
    closed = {note.id for note in everything if note.disclosure == OFF_RECORD}
    for revision in read_revisions(connection, "object = ? AND kind = 'summary'", summary_id):
        then = SUMMARY.from_body(revision.body)
        if audience != "all" and then.rests_on & closed:
            continue
        yield revision, replace(then, revision=revision.id, updated_at=revision.at)


def _was_closed(then: Summary) -> bool:
    return any(level(one.disclosure) == OFF_RECORD for one in then.seen if one.rests)


def summary_at(connection: sqlite3.Connection, summary_id: str, revision: str) -> Summary | None:
    """Return a summary as it stood at the revision whose id begins so; None if it never did."""
    for found in read_revisions(connection, "object = ? AND kind = 'summary'", summary_id):
        then = SUMMARY.from_body(found.body)
        if revision and found.id.startswith(revision):
            return replace(then, revision=found.id, number=found.number)
    return None


def _as_of_now(
    connection: sqlite3.Connection, summary: Summary, known: Mapping[str, Note]
) -> Summary:
    def now(one: SeenNote) -> SeenNote:
        note = known.get(one.note_id)
        if note is None or note.revision == one.revision:
            return one
        same = says_still(connection, note.id, one.revision)
        return replace(one, revision=note.revision) if same else one

    return replace(
        _with_what_closed(connection, summary, known), seen=tuple(map(now, summary.seen))
    )


def _with_what_closed(
    connection: sqlite3.Connection, summary: Summary, known: Mapping[str, Note]
) -> Summary:
    """Return a summary, off the record if it rests on what a note held before it went so."""
    for one in summary.seen:
        note = known.get(one.note_id) if one.rests else None
        was_open = note is None or note.revision == one.revision
        if not was_open and one.revision not in open_revisions(connection, one.note_id):
            return replace(summary, disclosure=OFF_RECORD)
    return summary


def _known(
    connection: sqlite3.Connection,
    audience: str,
    study_group: str = "",
    *,
    anonymised: bool = False,
) -> Mapping[str, Note]:
    found = notes(
        connection, audience, study_group=study_group, anonymised=anonymised, deleted=True
    )
    return {note.id: note for note in found}


def _stored(connection: sqlite3.Connection, *, deleted: bool) -> list[Summary]:
    return list(read(connection, SUMMARY, "deleted <= ?", (int(deleted),)))
