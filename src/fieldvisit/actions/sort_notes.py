"""`note sort`: files, splits, joins and drops notes without a topic; each step is a change."""

from collections.abc import Callable, Iterable

from msgspec import Struct
from msgspec.structs import replace

from fieldvisit.actions.combine_notes import as_seen, merge
from fieldvisit.actions.write_note import new_handle
from fieldvisit.errors import WrongUsage
from fieldvisit.fieldwork.combining import joined
from fieldvisit.fieldwork.disclosure import strictest
from fieldvisit.fieldwork.guide import Address, Guide
from fieldvisit.fieldwork.note import Note, default_disclosure
from fieldvisit.fieldwork.splitting import parts
from fieldvisit.fieldwork.suggestion import Suggester
from fieldvisit.fieldwork.visit import Visit
from fieldvisit.language import _
from fieldvisit.settings import Settings
from fieldvisit.storage import gate, ids, queries, records
from fieldvisit.storage.connection import Change
from fieldvisit.study.change import changing
from fieldvisit.study.disclosure_levels import usual_level
from fieldvisit.study.references import find_visit
from fieldvisit.study.view import StudyView, viewing
from fieldvisit.text import storable

COMMAND = "note sort"


class Desk(Struct, frozen=True):
    """What is needed to sort a visit's notes: its guides, and what knows where words belong."""

    visit: Visit
    guides: tuple[Guide, ...]
    suggester: Suggester


class Step(Struct, frozen=True):
    """One change: the notes as they stand after it, the first being the one that was worked on.

    ``change_id`` is empty if nothing had to be changed.
    """

    change_id: str
    notes: tuple[Note, ...]


def open_desk(given: Settings, visit: str, audience: str) -> Desk:
    """Return the desk for a visit; it learns from the notes that the audience may see."""
    with viewing(given, audience) as view:
        found = find_visit(view, visit)
        guides = view.guides.of(found)
        suggester = Suggester(guides)
        own = {view.crosswalk.now(place): place for place in _places(guides)}
        for note in view.notes:
            now = (view.crosswalk.now(place) for place in note.places)
            suggester.learn(note.body, [own[place] for place in now if place in own])
        return Desk(found, guides, suggester)


def unsorted(given: Settings, desk: Desk, audience: str) -> tuple[tuple[Note, ...], int]:
    """Return the visit's notes without a topic, oldest first, and how many are held back."""
    with viewing(given, audience) as view:
        found = _unsorted(view, desk.visit, audience)
        everything = found if audience == "all" else _unsorted(view, desk.visit, "all")
    return found, len(everything) - len(found)


def note_now(given: Settings, note: Note, audience: str) -> Note | None:
    """Return a note as it stands, None if it was deleted."""
    with viewing(given, audience) as view:
        found = gate.note(view.connection, audience, note.id)
    return found if found and not found.deleted else None


def file_note(given: Settings, note: Note, place: Address) -> Step:
    """File a note under one more place.

    A note whose level nobody chose becomes as closed as the guide has it there.
    """

    def filed(view: StudyView, change: Change, found: Note) -> list[Note]:
        places = tuple(dict.fromkeys((*found.places, place)))
        fresh = replace(found, places=places, disclosure=_level_there(view, found, place))
        return [records.save(change, fresh) if fresh != found else found]

    return _step(given, note, COMMAND, filed)


def split_note(given: Settings, note: Note, cut: tuple[int, int]) -> Step:
    """Cut a note in two at one of its ``cuts``; the second is a new note with all it has."""

    def split(view: StudyView, change: Change, found: Note) -> list[Note]:
        before, after = parts(found.body, cut)
        second = replace(
            found,
            id=ids.new_id(),
            handle=new_handle(view),
            body=after,
            created_at="",
            seq=0,
            revision="",
            number=0,
        )
        first = records.save(change, replace(found, body=before))
        return [first, records.save(change, second)]

    return _step(given, note, f"{COMMAND}: split", split)


def join_notes(given: Settings, note: Note, other: Note) -> Step:
    """Join two notes in the first, their texts one under the other."""
    if note.id == other.id:
        raise WrongUsage(_("A note cannot be joined with itself."))

    def join(view: StudyView, change: Change, found: Note) -> list[Note]:
        return [merge(view, change, (found, other), joined((found, other)))]

    return _step(given, note, f"{COMMAND}: join", join)


def drop_note(given: Settings, note: Note, reason: str) -> Step:
    """Delete a note and say why; it can be restored."""
    if not reason.strip():
        raise WrongUsage(_("A note is dropped for a reason."), _("Nothing was changed."))
    reason = " ".join(storable(reason, _("reason")).split())

    def drop(_look: StudyView, change: Change, found: Note) -> list[Note]:
        return [records.save(change, replace(found, deleted=True))]

    return _step(given, note, f"note delete: {reason}", drop)


def _step(
    given: Settings, note: Note, command: str, work: Callable[[StudyView, Change, Note], list[Note]]
) -> Step:
    with changing(given, command) as (view, change):
        notes = work(view, change, as_seen(view, note))
        return Step(change.id, tuple(notes))


def _unsorted(view: StudyView, visit: Visit, audience: str) -> tuple[Note, ...]:
    notes = gate.notes(view.connection, audience, gate.NotesAsked(visit_id=visit.id))
    return tuple(note for note in notes if not note.places)


def _level_there(view: StudyView, note: Note, place: Address) -> str:
    visits = queries.visits(view.connection)
    visit = next((visit for visit in visits if visit.id == note.visit_id), None)
    usual = default_disclosure(note.kind, usual_level(view, (), visit))
    there = default_disclosure(note.kind, usual_level(view, (place,), visit))
    return strictest((usual, there)) if note.disclosure == usual else note.disclosure


def _places(guides: Iterable[Guide]) -> Iterable[Address]:
    for guide in guides:
        for topic in guide.topics:
            yield Address(topic.key)
        yield from guide.addresses()
