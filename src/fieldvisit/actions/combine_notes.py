"""`note combine`, `note conflicts`: notes that say the same, or that cannot both be right."""

from collections.abc import Iterator, Sequence

from msgspec import Struct
from msgspec.structs import replace

from fieldvisit.actions.write_note import changed_meanwhile, marked, refuse_edit, save_note
from fieldvisit.errors import NotFound, Refused, WrongUsage
from fieldvisit.fieldwork.disclosure import strictest
from fieldvisit.fieldwork.note import Note, NoteConflict, between
from fieldvisit.fieldwork.study import with_reason
from fieldvisit.fieldwork.terms import ANSWERING_KINDS, KINDS
from fieldvisit.language import _
from fieldvisit.settings import Settings
from fieldvisit.storage import gate, records
from fieldvisit.storage.connection import Change
from fieldvisit.study.change import changing
from fieldvisit.study.references import find_note, find_standing_note
from fieldvisit.study.view import StudyView, viewing
from fieldvisit.text import checked, settled, storable


class Together(Struct, frozen=True):
    """Notes that are to be one, the first of which stays, and what their text would be.

    ``differ`` tells that as-of, source or material of the others stand in the history alone.
    """

    notes: tuple[Note, ...]
    text: str
    differ: bool


def notes_together(given: Settings, typed: Sequence[str]) -> Together:
    """Return the notes as they stand; raises what combining them would raise."""
    with viewing(given, "all") as view:
        notes = _named(view, typed)
    text = joined(notes)
    combined(notes, text)
    return Together(notes, text, len({note.origin for note in notes}) > 1)


def combine_notes(given: Settings, notes: Sequence[Note], text: str, reason: str = "") -> Note:
    """Make one note of ``notes``, as they were seen, and return it.

    The first keeps its handle, the others are deleted; all of them are parents of what it says
    now. Raises Conflict if one was changed since it was seen, Refused if words that are another's
    would be edited without a reason.
    """
    checked(text, _("note"))
    with changing(given, "note combine") as (view, change):
        first, *others = (_as_seen(view, note) for note in notes)
        fresh = marked(first, combined((first, *others), text))
        refuse_edit(first, fresh, reason)
        if reason:
            change.command = with_reason(change.command, storable(reason))
        carry_over(view, change, first, others)
        gone: dict[str, Note] = {}
        for other in others:
            gone |= {note.id: note for note in _with_replaced(view, other) if note.id != first.id}
        for note in gone.values():
            records.save(change, replace(note, deleted=True))
        return save_note(view, change, fresh, [other.revision for other in others])


def _with_replaced(view: StudyView, note: Note) -> Iterator[Note]:
    """Yield a note and those in whose place it stands: their words do not come back."""
    yield note
    before = gate.note(view.connection, "all", note.replaces) if note.replaces else None
    if before and before.replaced_by == note.id and not before.deleted:
        yield from _with_replaced(view, before)


def _as_seen(view: StudyView, seen: Note) -> Note:
    """Return a note as it stands; Conflict if that is not what was seen."""
    found = gate.note(view.connection, view.audience, seen.id)
    if found is None or found.deleted or found.revision != seen.revision:
        raise changed_meanwhile(seen)
    return found


def _named(view: StudyView, typed: Sequence[str]) -> tuple[Note, ...]:
    found = {note.id: note for note in (find_note(view, name) for name in typed)}
    if len(found) == 1:
        raise WrongUsage(
            _("Only one note is named."), _("Name at least two; the first one keeps its handle.")
        )
    return tuple(found.values())


def set_conflict(given: Settings, one: str, other: str, why: str) -> tuple[Note, Note]:
    """Say that two notes contradict each other, or say so with another reason; return them."""
    reason = checked(why, _("reason")).strip()
    with changing(given, "note conflicts") as (view, change):
        notes = _pair(view, one, other)
        fresh = between(*notes, reason, change.by)
        known = _stored(view, fresh)
        if known is None or known.deleted or known.why != reason:
            records.save_over(change, fresh, known)
        return notes


def clear_conflict(given: Settings, one: str, other: str) -> tuple[Note, Note]:
    """Take back that two notes contradict each other; return them."""
    with changing(given, "note conflicts") as (view, change):
        notes = _pair(view, one, other)
        known = _stored(view, between(*notes, "", ""))
        if known is None or known.deleted:
            raise NotFound(
                _("Nothing says that {one} and {other} contradict each other.").format(
                    one=notes[0].handle, other=notes[1].handle
                ),
                _("Nothing was changed."),
            )
        records.save(change, replace(known, deleted=True))
        return notes


def carry_over(view: StudyView, change: Change, first: Note, others: Sequence[Note]) -> None:
    """Let ``first`` contradict what ``others`` did, which become one with it."""
    gone = {note.id for note in others}
    group = replace(view, audience="group")
    told, seen = {one.id for one in group.conflicts}, {note.id for note in group.notes}
    # What was said while one of the two was off the record would be told anew.
    off_record = {
        one.id for one in view.conflicts if one.id not in told and {one.first, one.second} <= seen
    }
    known = {
        one.id: one
        for one in gate.conflicts(view.connection, view.audience, gate.NotesAsked(deleted=True))
    }
    for conflict in view.conflicts:
        ends = {first.id if end in gone else end for end in (conflict.first, conflict.second)}
        if gone.isdisjoint({conflict.first, conflict.second}) or conflict.id in off_record:
            continue
        records.save(change, replace(conflict, deleted=True))
        if len(ends) == 1:
            continue
        before = known.get(":".join(sorted(ends)))
        said = [before.why] if before and not before.deleted else []
        why = " / ".join(dict.fromkeys((*said, conflict.why)))
        fresh = NoteConflict(min(ends), max(ends), why, conflict.by)
        known[fresh.id] = records.save_over(change, fresh, before)


def _pair(view: StudyView, one: str, other: str) -> tuple[Note, Note]:
    first, second = (find_standing_note(view, typed) for typed in (one, other))
    if first.id == second.id:
        raise WrongUsage(
            _("Both words name the note {handle}.").format(handle=first.handle),
            _("Name two notes that contradict each other."),
        )
    return first, second


def _stored(view: StudyView, wanted: NoteConflict) -> NoteConflict | None:
    stored = gate.conflicts(view.connection, view.audience, gate.NotesAsked(deleted=True))
    return next((one for one in stored if one.id == wanted.id), None)


def joined(notes: Sequence[Note]) -> str:
    """Return the texts one under the other, equal ones once."""
    different: dict[str, str] = {}
    for note in notes:
        different.setdefault(settled(note.body), note.body)
    return "\n".join(different.values())


def combined(notes: Sequence[Note], text: str) -> Note:
    """Return the first note as it stands once all of them are one, with ``text`` as its text.

    It has every place and tag, the strictest level, the speaker if all agree, named as the city
    alone where they differ in that; of the rest, what the first one has. Raises Refused for notes
    of different occasions, or of kinds that tell different things.
    """
    first = notes[0]
    speakers = {note.speaker.person_id if note.speaker else "" for note in notes}
    attributions = {note.attribution for note in notes}
    _check_together(notes)
    return replace(
        first,
        body=text,
        kind=_kind(notes),
        disclosure=strictest(note.disclosure for note in notes),
        places=tuple(dict.fromkeys(place for note in notes for place in note.places)),
        tags=tuple(dict.fromkeys(tag for note in notes for tag in note.tags)),
        only_for=_only_for(notes),
        speaker=first.speaker if len(speakers) == 1 else None,
        attribution=first.attribution if len(attributions) == 1 else "city",
    )


def _check_together(notes: Sequence[Note]) -> None:
    if len({(note.city_code, note.visit_id) for note in notes}) > 1:
        raise Refused(
            _("These notes are of different cities or visits."),
            _("Nothing was changed. What several cities say in common is a matter for `compare`."),
        )
    known = {"", *(note.id for note in notes)}
    for note in notes:
        if note.replaced_by not in known:
            raise Refused(
                _("Another note stands in the place of note {handle} by now.").format(
                    handle=note.handle
                ),
                _("Nothing was changed. See them with: fieldvisit note show NOTE"),
            )


def _kind(notes: Sequence[Note]) -> str:
    """Return the kind of all, else of the first; words of a quotation are kept by quotes alone."""
    kinds = list(dict.fromkeys(note.kind for note in notes))
    if len(kinds) > 1 and not ANSWERING_KINDS.issuperset(kinds):
        raise Refused(
            _("These notes are of kinds that are kept apart: {kinds}.").format(
                kinds=", ".join(KINDS.word(kind) for kind in kinds)
            ),
            _("Nothing was changed. Change the kind first: fieldvisit note edit NOTE -k KIND"),
        )
    return "statement" if len(kinds) > 1 and kinds[0] == "quote" else kinds[0]


def _only_for(notes: Sequence[Note]) -> tuple[str, ...]:
    """Return the study groups that may use every one of the notes; empty = all of the visit."""
    limits = [note.only_for for note in notes if note.only_for]
    first = limits[0] if limits else ()
    common = tuple(short for short in first if all(short in others for others in limits))
    if limits and not common:
        raise Refused(
            _("No study group may use all of these notes."),
            _("Nothing was changed. See them with: fieldvisit note show NOTE"),
        )
    return common
