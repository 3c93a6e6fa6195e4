"""`confirm list`: what each note still waits for, and which agreements a change made void."""

from collections.abc import Iterable, Mapping

from msgspec.structs import replace

from fieldvisit.documents import wordings
from fieldvisit.fieldwork.city import City
from fieldvisit.fieldwork.confirmation import CONFIRMED, says_as_seen
from fieldvisit.fieldwork.coverage import CoverageInputs, lined_up
from fieldvisit.fieldwork.guide import Address, Topic
from fieldvisit.fieldwork.letter import ConfirmationStanding, Passage, standings
from fieldvisit.fieldwork.note import Note
from fieldvisit.fieldwork.visit import Visit
from fieldvisit.settings import Settings
from fieldvisit.storage import gate, queries, records
from fieldvisit.storage.connection import Change
from fieldvisit.study.references import find_visit
from fieldvisit.study.view import StudyView, today, viewing


def confirmations(
    given: Settings, typed: str, audience: str, study_group: str = ""
) -> tuple[tuple[ConfirmationStanding, ...], Mapping[str, City], int]:
    """Return how the notes of a visit (empty = of all) stand, overdue ones first.

    The others are the cities by code, and how many notes were held back from ``audience``.
    """
    with viewing(given, audience, study_group) as view:
        visits = [find_visit(view, typed)] if typed else view.visits
        found = standings(visits, view.notes, view.confirmations, today().isoformat())
        held_back = view.held_back_at(visits) if typed else view.held_back()
        return found, view.cities, held_back


def voided_by_last_change(
    given: Settings, names: Iterable[str], *, changes: int = 1
) -> tuple[tuple[Note, str], ...]:
    """Return the notes whose last ``changes`` made a city's agreement void, each with its visit.

    ``names`` are handles or ids.
    """
    found = []
    with viewing(given, "all") as view:
        handles = {visit.id: visit.handle for visit in queries.visits(view.connection)}
        ids = {handle: note_id for note_id, handle in gate.handles(view.connection).items()}
        for note_id in dict.fromkeys(ids.get(name, name) for name in names):
            note = gate.note(view.connection, "all", note_id)
            asked = gate.confirmation(view.connection, "all", note_id)
            if note is None or asked is None or asked.state not in CONFIRMED:
                continue
            before = [note.revision]
            for _step in range(changes):
                before = [
                    up for one in before for up in gate.revision(view.connection, one).parents
                ]
            if asked.note_revision in before:
                found.append((note, handles.get(note.visit_id or "", "")))
    return tuple(found)


def follow_words(view: StudyView, change: Change, note_ids: Iterable[str]) -> None:
    """Let confirmations of these notes name the revision that stands, if it says the same.

    A confirmation is kept under the id of its note, so that the objects of a change serve as ids.
    """
    for note_id in sorted(note_ids):
        note = gate.note(view.connection, "all", note_id)
        asked = gate.confirmation(view.connection, "all", note_id)
        if note is None or asked is None or asked.note_revision == note.revision:
            continue
        if says_as_seen(note, gate.note_at(view.connection, note_id, asked.note_revision)):
            records.save(change, replace(asked, note_revision=note.revision))


def passages(view: StudyView, visit: Visit, notes: Iterable[Note]) -> tuple[Passage, ...]:
    """Return the notes as they are numbered in a letter; those without a topic come last."""
    order = view.crosswalk.order
    last = len(order)
    placed = sorted(
        notes, key=lambda note: order.get(_place(view, note), last) if note.places else last + 1
    )
    asked = _asked(view, visit) if placed else {}
    return tuple(
        Passage(number, _topic_of(view, visit, asked, note), note)
        for number, note in enumerate(placed, 1)
    )


def _asked(view: StudyView, visit: Visit) -> Mapping[str, Topic]:
    """Return the topics of the visit's own guides, which hold what the city was asked, by key."""
    city = view.cities[visit.city_code]
    inputs = CoverageInputs(visit, city, view.guides.of(visit), frozenset(), (), ())
    return {topic.key: topic for topic in lined_up(inputs, view.crosswalk)}


def _topic_of(view: StudyView, visit: Visit, asked: Mapping[str, Topic], note: Note) -> str:
    """Return topic and question of a note in the words that the city was or would be sent.

    A question that is sensitive, then or by now, is not repeated.
    """
    if not note.places:
        return ""
    place = _place(view, note)
    known = view.crosswalk.topic(place.topic)
    topic = asked.get(place.topic, known)
    if topic is None:
        return ""
    now = known.question(place.question or "") if known else None
    question = topic.question(place.question or "") or now
    if question is None or question.sensitive or (now and now.sensitive):
        return str(topic.label)
    words = wordings.addressed(
        question.written or question.ask, view.cities[visit.city_code], visit.day or today()
    )
    return wordings.labelled(str(topic.label), words)


def _place(view: StudyView, note: Note) -> Address:
    return view.crosswalk.now(note.places[0])
