"""Notes as passages of a letter: in the order of the guide, each with what it is about."""

from collections.abc import Iterable

from fieldvisit.actions.looking import Look, today
from fieldvisit.documents import wordings
from fieldvisit.fieldwork.confirming.letter import Passage
from fieldvisit.fieldwork.guide import Address
from fieldvisit.fieldwork.note import Note
from fieldvisit.fieldwork.visit import Visit


def passages(look: Look, visit: Visit, notes: Iterable[Note]) -> tuple[Passage, ...]:
    """Return the notes as they are numbered in a letter; those without a topic come last."""
    order = look.lineup.order
    last = len(order)
    placed = sorted(
        notes, key=lambda note: order.get(_place(look, note), last) if note.places else last + 1
    )
    return tuple(
        Passage(number, _topic_of(look, visit, note), note) for number, note in enumerate(placed, 1)
    )


def _topic_of(look: Look, visit: Visit, note: Note) -> str:
    """Return topic and question of a note in the words that the city was or would be sent.

    A sensitive question is not repeated.
    """
    if not note.places:
        return ""
    place = _place(look, note)
    topic = look.lineup.topic(place.topic)
    if topic is None:
        return ""
    question = topic.question(place.question or "")
    if question is None or question.sensitive:
        return str(topic.label)
    words = wordings.addressed(
        question.written or question.ask, look.cities[visit.city_code], visit.day or today()
    )
    return wordings.labelled(str(topic.label), words)


def _place(look: Look, note: Note) -> Address:
    return look.lineup.now(note.places[0])
