"""What notes once said and what rests on them, for an audience that may see these."""

import sqlite3
from collections.abc import Iterable, Mapping

from msgspec.structs import replace

from fieldvisit.fieldwork.confirmation import CONFIRMED, Confirmation
from fieldvisit.fieldwork.disclosure import (
    OFF_RECORD,
    confirmation_for,
    conflict_for,
    level,
    note_for,
    summary_for,
)
from fieldvisit.fieldwork.note import Note, NoteConflict
from fieldvisit.fieldwork.study import Revision
from fieldvisit.fieldwork.summary import SeenNote, Summary
from fieldvisit.storage.gate.past import (
    numbered,
    read_revisions,
    says_still,
    stood_at,
)
from fieldvisit.storage.gate.present import EVERYTHING, NotesAsked, note, notes, seen_ids
from fieldvisit.storage.kinds import CONFIRMATION, NOTE, NOTE_CONFLICT, SUMMARY
from fieldvisit.storage.rows import read, read_more

_SAID_AT = "(SELECT r.at FROM revision r WHERE r.id = note_conflict.revision)"


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


def open_revisions(connection: sqlite3.Connection, note_id: str) -> frozenset[str]:
    """Return the ids of what a note held since it was last off the record, which the group sees."""
    return frozenset(found.id for found, _then in _own_revisions(connection, "group", note_id))


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


def summaries(
    connection: sqlite3.Connection, audience: str, asked: NotesAsked = EVERYTHING
) -> tuple[Summary, ...]:
    """Return the summaries that ``audience`` may see, in the order of their entry.

    Each has the level that its notes have by now, and knows of no note that is not for the
    audience. One of what a note held before it went off the record stays so, as that does. A note
    that says by now what its author saw counts as not changed.
    """
    stored = read(connection, SUMMARY, "deleted <= ?", (int(asked.deleted),))
    known = _known(connection, audience, stored, asked)
    if asked.study_group:
        stored = tuple(one for one in stored if one.rests_on <= known.keys())
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
    heads = {one.id: one for one in summaries(connection, audience, NotesAsked(deleted=True))}
    if summary_id not in heads:
        return ()
    written = _as_written(connection, audience, summary_id)
    known = _known(connection, audience, [then for _revision, then in written])
    kept: list[tuple[Revision, Summary]] = []
    for stored, as_written in written:
        revision = numbered(stored, audience, len(kept))
        then = replace(as_written, number=revision.number)
        seen = summary_for(_with_what_closed(connection, then, known), known, audience)
        held = (then.disclosure, *(one.disclosure for one in then.seen if one.rests))
        if audience != "all" and OFF_RECORD in map(level, held):
            kept.clear()
        elif seen:
            kept.append((revision, seen))
    return tuple(kept)


def _as_written(
    connection: sqlite3.Connection, audience: str, summary_id: str
) -> list[tuple[Revision, Summary]]:
    stored = read_revisions(connection, "object = ? AND kind = 'summary'", summary_id)
    written = [
        (one, replace(SUMMARY.from_body(one.body), revision=one.id, updated_at=one.at))
        for one in stored
    ]
    if audience == "all":
        return written
    everything = _known(connection, "all", [then for _revision, then in written]).values()
    closed = {note.id for note in everything if note.disclosure == OFF_RECORD}
    return [(revision, then) for revision, then in written if not then.rests_on & closed]


def summary_at(connection: sqlite3.Connection, summary_id: str, revision: str) -> Summary | None:
    """Return a summary as it stood at the revision whose id begins so; None if it never did."""
    return stood_at(connection, SUMMARY, summary_id, revision)


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
    summaries: Iterable[Summary],
    asked: NotesAsked = EVERYTHING,
) -> Mapping[str, Note]:
    """Return the notes that summaries speak of by id, as far as the audience may see them."""
    ids = {one.note_id for summary in summaries for one in summary.seen}
    asked = replace(asked, ids=ids, deleted=True)
    return {note.id: note for note in notes(connection, audience, asked)}


def confirmations(
    connection: sqlite3.Connection, audience: str, asked: NotesAsked = EVERYTHING
) -> tuple[Confirmation, ...]:
    """Return the confirmations of notes that ``audience`` may see, in the order of their entry.

    With ``deleted`` also those taken back, and those of notes that were deleted. What a city was
    asked about a note before it was opened from off the record is for `all` only.
    """
    found = read(connection, CONFIRMATION, "deleted <= ?", (int(asked.deleted),))
    asked = replace(asked, ids=[one.note_id for one in found], anonymised=False)
    seen = {note.id: note for note in notes(connection, audience, asked)}
    return tuple(
        confirmation_for(one, audience)
        for one in found
        if one.note_id in seen and _is_open(connection, one, seen[one.note_id], audience)
    )


def confirmation(
    connection: sqlite3.Connection, audience: str, note_id: str
) -> Confirmation | None:
    """Return what was asked and said about one note, deleted or not, if ``audience`` may see it."""
    known = note(connection, audience, note_id)
    if known is None:
        return None
    found = read(connection, CONFIRMATION, "deleted = 0 AND note_id = ?", (note_id,))
    seen = (one for one in found if _is_open(connection, one, known, audience))
    return next((confirmation_for(one, audience) for one in seen), None)


def requests(connection: sqlite3.Connection, visit_id: str) -> tuple[Confirmation, ...]:
    """Return what a city was asked by any letter about a visit, for the keyboard alone.

    Those of letters whose sending was undone are left out.
    """
    heads = read(connection, CONFIRMATION, "deleted = 0 AND visit_id = ?", (visit_id,))
    last = {one.note_id: one.sent_on for one in heads}
    asked = (
        CONFIRMATION.from_body(stored.body)
        for head in heads
        for stored in read_revisions(connection, "object = ? AND kind = 'confirmation'", head.id)
    )
    earlier = (one for one in asked if one.sent_on < last[one.note_id])
    return tuple(one for one in (*earlier, *heads) if one.letter_number)


def _is_open(
    connection: sqlite3.Connection, asked: Confirmation, known: Note, audience: str
) -> bool:
    """Tell whether what the city was asked about is no past that is off the record.

    While something waits on the note, an agreement is for `all` only: it holds no more.
    """
    if audience != "all" and known.waits and asked.state in CONFIRMED:
        return False
    if audience == "all" or asked.note_revision == known.revision:
        return True
    return asked.note_revision in open_revisions(connection, known.id)


def conflicts(
    connection: sqlite3.Connection, audience: str, asked: NotesAsked = EVERYTHING
) -> tuple[NoteConflict, ...]:
    """Return the pairs of notes that contradict each other, in the order of their entry.

    With ``deleted`` also those taken back, and those of notes that were deleted. What was said
    while one of the two was off the record is for `all` only.
    """
    where = ("deleted <= ?", (int(asked.deleted),))
    stored = read_more(connection, NOTE_CONFLICT, (_SAID_AT,), *where)
    ids = [id_ for one, _at in stored for id_ in (one.first, one.second)]
    asked = replace(asked, ids=ids)
    seen = seen_ids(connection, audience, asked)
    # The public sees less of a past than the group; since when a note is open, the group knows.
    past = () if audience == "all" else notes(connection, "group", replace(asked, anonymised=False))
    since = {note.id: note.created_at for note in past}

    def is_open(one: NoteConflict, at: str) -> bool:
        opened = max(since.get(one.first, ""), since.get(one.second, ""))
        return at >= opened and not (opened and _was_said_before(connection, one, opened))

    return tuple(
        conflict_for(one, audience)
        for one, (at,) in stored
        if {one.first, one.second} <= seen and is_open(one, at)
    )


def _was_said_before(connection: sqlite3.Connection, one: NoteConflict, opened: str) -> bool:
    """Tell whether a reason that came back, with an undo, was said before the notes were opened."""
    if one.number == 1:
        return False
    past = read_revisions(connection, "object = ? AND kind = 'note-conflict'", one.id)
    earlier = (NOTE_CONFLICT.from_body(then.body) for then in past if then.at < opened)
    return one.why in {then.why for then in earlier}
