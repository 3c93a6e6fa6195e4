"""`note combine`, `note conflicts`: notes that say the same, or that cannot both be right."""

from collections.abc import Sequence

from msgspec.structs import replace

from fieldvisit.actions.write_note import marked, refuse_edit, save_note
from fieldvisit.errors import NotFound, Refused, WrongUsage
from fieldvisit.fieldwork.disclosure import strictest
from fieldvisit.fieldwork.note import Note, NoteConflict, between
from fieldvisit.fieldwork.study import with_reason
from fieldvisit.language import _, enumerated
from fieldvisit.settings import Settings
from fieldvisit.storage import gate, records
from fieldvisit.study.change import changing
from fieldvisit.study.references import find_note, find_standing_note
from fieldvisit.study.view import StudyView
from fieldvisit.text import checked, settled, storable


def combine_notes(given: Settings, typed: Sequence[str], reason: str = "") -> tuple[Note, ...]:
    """Make one note of several and return it, and behind it the others, which are deleted.

    The first keeps its handle; it has every text, place and tag and the strictest level. Raises
    Refused where something of another would be lost with it, or where they differ in what is told
    of them, and if words that are another's would be edited without a reason.
    """
    with changing(given, "note combine") as (view, change):
        first, *others = notes = _named(view, typed)
        _refuse_lost(view, first, others)
        _refuse_different(notes)
        fresh = marked(first, combined(notes))
        refuse_edit(first, fresh, reason)
        if reason:
            change.command = with_reason(change.command, storable(reason))
        for other in others:
            records.save(change, replace(other, deleted=True))
        made = save_note(view, change, fresh, [other.revision for other in others])
        return made, *others


def _named(view: StudyView, typed: Sequence[str]) -> tuple[Note, ...]:
    found = {note.id: note for note in (find_note(view, name) for name in typed)}
    if len(found) == 1:
        raise WrongUsage(
            _("Only one note is named."), _("Name at least two; the first one keeps its handle.")
        )
    return tuple(found.values())


def _refuse_lost(view: StudyView, first: Note, others: Sequence[Note]) -> None:
    """Refuse where others are tied to what would be lost with them."""
    disputed = {end for one in view.conflicts for end in (one.first, one.second)}
    for note in (first, *others):
        goes = note is not first
        ties = {
            _("contradicted by"): goes and note.id in disputed,
            _("something waits"): goes and note.waits,
            _("corrects"): goes and note.replaces,
            _("replaced by"): note.replaced_by,
        }
        if any(ties.values()):
            words = enumerated(word for word, holds in ties.items() if holds)
            raise Refused(
                _("Note {handle} cannot become part of another: {ties}.").format(
                    handle=note.handle, ties=words
                ),
                _("Nothing was changed. See it with: fieldvisit note show {handle}").format(
                    handle=note.handle
                ),
            )


def _refuse_different(notes: Sequence[Note]) -> None:
    """Refuse notes of different occasions, and those of which different things are told."""
    if len({(note.city_code, note.visit_id) for note in notes}) > 1:
        raise Refused(
            _("These notes are of different cities or visits."),
            _("Nothing was changed. What several cities say in common is a matter for `compare`."),
        )
    told = {
        _("kind"): "kind",
        _("said by"): "speaker",
        _("attribution"): "attribution",
        _("study groups"): "only_for",
        _("as of, source or material"): "origin",
    }
    differ = [word for word, name in told.items() if len({getattr(n, name) for n in notes}) > 1]
    if differ:
        raise Refused(
            _("These notes differ in: {words}.").format(words=enumerated(differ)),
            _("Nothing was changed. Make them alike first: fieldvisit note edit NOTE"),
        )


def combined(notes: Sequence[Note]) -> Note:
    """Return the first note with each text once, every place and tag, and the strictest level."""
    texts: dict[str, str] = {}
    for note in notes:
        texts.setdefault(settled(note.body), note.body)
    return replace(
        notes[0],
        body=checked("\n".join(texts.values()), _("note")),
        disclosure=strictest(note.disclosure for note in notes),
        places=tuple(dict.fromkeys(place for note in notes for place in note.places)),
        tags=tuple(dict.fromkeys(tag for note in notes for tag in note.tags)),
    )


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
