"""Notes as passages of a letter: in the order of the guide, each with what it is about."""

from collections.abc import Iterable, Mapping

from fieldvisit.documents import wordings
from fieldvisit.fieldwork.confirming.letter import Passage
from fieldvisit.fieldwork.coverage import CoverageInputs, lined_up
from fieldvisit.fieldwork.guide import Address, Topic
from fieldvisit.fieldwork.note import Note
from fieldvisit.fieldwork.visit import Visit
from fieldvisit.study.view import StudyView, today


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
