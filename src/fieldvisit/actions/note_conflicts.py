"""`note conflicts`: two statements that cannot both be right; both stay."""

from collections.abc import Sequence

from msgspec.structs import replace

from fieldvisit.errors import NotFound, WrongUsage
from fieldvisit.fieldwork.note import Note, NoteConflict, between
from fieldvisit.language import _
from fieldvisit.settings import Settings
from fieldvisit.storage import gate, records
from fieldvisit.storage.connection import Change
from fieldvisit.study.change import changing
from fieldvisit.study.references import find_standing_note
from fieldvisit.study.view import StudyView
from fieldvisit.text import checked


def set_conflict(given: Settings, one: str, other: str, why: str) -> tuple[Note, Note]:
    """Say that two notes contradict each other, of one city or of two; return them.

    Said again with another reason, the reason is revised.
    """
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
    known = {
        one.id: one
        for one in gate.conflicts(view.connection, view.audience, gate.NotesAsked(deleted=True))
    }
    for conflict in view.conflicts:
        ends = {first.id if end in gone else end for end in (conflict.first, conflict.second)}
        if gone.isdisjoint({conflict.first, conflict.second}):
            continue
        records.save(change, replace(conflict, deleted=True))
        fresh = NoteConflict(min(ends), max(ends), conflict.why, conflict.by)
        before = known.get(fresh.id)
        if len(ends) == 1 or (before and not before.deleted):
            continue
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
