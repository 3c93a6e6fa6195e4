"""The comparison (比較表): topic by topic, what stands on each question for each city."""

from collections.abc import Iterable, Mapping, Sequence
from datetime import date

from msgspec import Struct, field
from msgspec.structs import replace

from fieldvisit.fieldwork.city import City
from fieldvisit.fieldwork.city_fact import CityFact
from fieldvisit.fieldwork.coverage import TopicCoverage, VisitCoverage, readable
from fieldvisit.fieldwork.crosswalk import Crosswalk
from fieldvisit.fieldwork.disclosure import state_for
from fieldvisit.fieldwork.guide import Address, Question, Topic
from fieldvisit.fieldwork.matrix import Cell, StandingSummary
from fieldvisit.fieldwork.note import Note
from fieldvisit.fieldwork.other_words import OtherWords
from fieldvisit.fieldwork.states import (
    TOPIC_ORDER,
    Counts,
    Standing,
    in_scope,
    owed_as_such,
    standing,
    topic_state,
)
from fieldvisit.fieldwork.summary import ACROSS
from fieldvisit.fieldwork.visit import Visit, day_of_last_visit
from fieldvisit.language import _

Summaries = Mapping[Cell, StandingSummary]


class ComparedCell(Struct, frozen=True):
    """What stands on one question (None = on the topic as such) for one city."""

    question: Question | None
    standing: Standing
    notes: tuple[Note, ...]
    summary: StandingSummary | None = None


class ComparedCity(Struct, frozen=True):
    """One city under one topic: state and counts over all its visits, and a cell a question.

    ``whole`` is the topic as such, with the summary of the topic; it is among ``cells`` where
    something stands on it.
    """

    city: City
    visits: tuple[Visit, ...]
    state: str
    counts: Counts
    cells: tuple[ComparedCell, ...]
    whole: ComparedCell

    def class_on_visit(self, today: date) -> str | None:
        """Return its class on the day of the last visit, on ``today`` without one."""
        return self.city.class_on(day_of_last_visit(self.visits) or today)

    @property
    def says_something(self) -> bool:
        """Tell whether the city was visited or has a note here: else every cell is open."""
        return bool(self.visits) or any(
            cell.notes or cell.summary for cell in (self.whole, *self.cells)
        )


class ComparedTopic(Struct, frozen=True):
    """One topic across cities, which stand in the order asked for.

    ``across`` are the summaries across the cities by question; that of the topic itself by "".
    ``other_words`` tell where visits asked in other words than those of ``topic``.
    """

    topic: Topic
    cities: tuple[ComparedCity, ...]
    across: Mapping[str, StandingSummary] = field(default_factory=dict)
    other_words: tuple[OtherWords, ...] = ()


class Comparison(Struct, frozen=True):
    """Topics in the guides' order; ``facts`` are those of the cities by code.

    ``anonymised`` tells that names were replaced, and that what seem handles are marks;
    ``study_group`` is the name of the group that may use it all, empty if it is not for one.
    """

    audience: str
    topics: tuple[ComparedTopic, ...]
    anonymised: bool = False
    facts: Mapping[str, tuple[CityFact, ...]] = field(default_factory=dict)
    study_group: str = ""

    @property
    def says_something(self) -> bool:
        """Tell whether there is anything to compare: else no city has more than open cells."""
        return any(city.says_something for topic in self.topics for city in topic.cities)


class CityInputs(Struct, frozen=True):
    """What one city's column rests on. ``attributes`` are today's, for a city without a visit."""

    city: City
    visits: tuple[VisitCoverage, ...]
    attributes: frozenset[str]
    notes: tuple[Note, ...]


def compare(
    topics: Iterable[Topic],
    cities: Sequence[CityInputs],
    crosswalk: Crosswalk,
    audience: str,
    summaries: Summaries | None = None,
) -> Comparison:
    """Compare ``cities`` on ``topics``, as ``audience`` may read it."""
    summaries = summaries or {}
    return Comparison(
        audience,
        tuple(
            ComparedTopic(
                topic,
                tuple(_column(topic, city, crosswalk, audience, summaries) for city in cities),
                _across(topic, summaries),
            )
            for topic in topics
        ),
    )


def _across(topic: Topic, summaries: Summaries) -> dict[str, StandingSummary]:
    cells = {place.question or "": (ACROSS, place) for place in topic.places}
    return {key: summaries[cell] for key, cell in cells.items() if cell in summaries}


def _column(
    topic: Topic, inputs: CityInputs, crosswalk: Crosswalk, audience: str, summaries: Summaries
) -> ComparedCity:
    covered = [found for visit in inputs.visits if (found := visit.topic(topic.key))]
    here = _by_address(inputs.notes, crosswalk)
    questions = tuple(
        _standing_of(topic, question, inputs, covered, here) for question in topic.questions
    )
    own = _own_standing(topic, covered, here)

    def cell(question: Question | None, found: Standing) -> ComparedCell:
        at = Address(topic.key, question.key if question else None)
        shown, summary = readable(found, audience), summaries.get((inputs.city.code, at))
        return ComparedCell(question, shown, tuple(here.get(at, ())), summary)

    cells = tuple(map(cell, topic.questions, questions))
    whole = cell(None, own)
    owed = owed_as_such(own, questions)
    as_such = bool(whole.notes or owed or not topic.questions)
    return ComparedCity(
        inputs.city,
        tuple(visit.visit for visit in inputs.visits),
        state_for(_state(inputs, covered, own, questions), audience),
        Counts.of([one.standing for one in cells], owed),
        (whole, *cells) if as_such else cells,
        whole,
    )


def _state(
    inputs: CityInputs,
    covered: Sequence[TopicCoverage],
    own: Standing,
    questions: Sequence[Standing],
) -> str:
    """A city that nobody has visited yet is not `open` where its desk notes say something."""
    if not inputs.visits and own.state == "desk-only":
        return "desk-only"
    if inputs.visits and not covered and not own.answered:
        return own.state if own.state == "desk-only" else "not-asked"
    return topic_state(own, questions)


def _by_address(notes: Iterable[Note], crosswalk: Crosswalk) -> dict[Address, list[Note]]:
    found: dict[Address, list[Note]] = {}
    for note in notes:
        for address in dict.fromkeys(crosswalk.now(place) for place in note.places):
            found.setdefault(address, []).append(note)
    return found


def _standing_of(
    topic: Topic,
    question: Question,
    inputs: CityInputs,
    covered: Sequence[TopicCoverage],
    here: dict[Address, list[Note]],
) -> Standing:
    """Return the best standing of a question over the visits, or of the city's own notes."""
    address = Address(topic.key, question.key)
    found = [s for topic_ in covered for s in topic_.questions if s.address == address]
    if found:
        return min(found, key=_rank)
    kinds = {note.kind for note in here.get(address, ())}
    stands = standing(address, kinds, None, meant=in_scope(question, inputs.attributes))
    return _not_asked(stands) if inputs.visits and not covered else stands


def _not_asked(found: Standing) -> Standing:
    """Return the standing where the city was visited without this topic in the guides."""
    if found.state != "open":
        return found
    return replace(found, state="not-asked", reason=_("not in the guides of the visit"))


def _own_standing(
    topic: Topic, covered: Sequence[TopicCoverage], here: dict[Address, list[Note]]
) -> Standing:
    if covered:
        return min((topic_.own for topic_ in covered), key=_rank)
    address = Address(topic.key)
    return standing(address, {note.kind for note in here.get(address, ())}, None)


def _rank(found: Standing) -> int:
    order = ("answered", *TOPIC_ORDER)
    return 0 if found.answered and found.state == "answered" else order.index(found.state)
