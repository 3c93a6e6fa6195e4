"""The comparison: topics, cities and cells as values, and how far apart in time a row lies."""

from collections.abc import Iterable, Iterator, Mapping, Sequence
from datetime import date, timedelta
from operator import attrgetter

from msgspec import Struct, field
from msgspec.structs import replace

from fieldvisit.dates import first_day
from fieldvisit.fieldwork import states
from fieldvisit.fieldwork.city import City, CityFact
from fieldvisit.fieldwork.coverage import VisitCoverage, readable
from fieldvisit.fieldwork.crosswalk import Crosswalk
from fieldvisit.fieldwork.disclosure import state_for
from fieldvisit.fieldwork.guide import Address, Question, Topic
from fieldvisit.fieldwork.note import Note
from fieldvisit.fieldwork.states import Counts, Standing
from fieldvisit.fieldwork.summary import ACROSS, Cell, StandingSummary
from fieldvisit.fieldwork.visit import Visit, day_of_last_visit
from fieldvisit.language import _

Summaries = Mapping[Cell, StandingSummary]
_A_YEAR = timedelta(days=366)
_day = attrgetter("day")


class ComparedCell(Struct, frozen=True):
    """What stands on one question (None = on the topic as such) for one city."""

    question: Question | None
    standing: Standing
    notes: tuple[Note, ...]
    summary: StandingSummary | None = None

    @property
    def key(self) -> str:
        """Return the key of its question, empty for the topic as such."""
        return self.question.key if self.question else ""


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
    """

    topic: Topic
    cities: tuple[ComparedCity, ...]
    across: Mapping[str, StandingSummary] = field(default_factory=dict)


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
    here = {one.city.code: _by_address(one.notes, crosswalk) for one in cities}
    return Comparison(
        audience,
        tuple(
            ComparedTopic(
                topic,
                tuple(
                    _column(topic, one, here[one.city.code], audience, summaries) for one in cities
                ),
                _across(topic, summaries),
            )
            for topic in topics
        ),
    )


def _across(topic: Topic, summaries: Summaries) -> dict[str, StandingSummary]:
    cells = {place.question or "": (ACROSS, place) for place in topic.places}
    return {key: summaries[cell] for key, cell in cells.items() if cell in summaries}


def _standings(
    topic: Topic, inputs: CityInputs, here: Mapping[Address, Sequence[Note]]
) -> Iterator[Standing]:
    """Yield how the topic as such stands, then each of its questions."""
    covered = [found for visit in inputs.visits if (found := visit.topic(topic.key))]
    asked = [standing for at in covered for standing in at.questions]
    yield _best(topic.places[0], [at.own for at in covered], inputs, here)
    for place, question in zip(topic.places[1:], topic.questions, strict=True):
        same = [one for one in asked if one.address == place]
        meant = states.in_scope(question, inputs.attributes)
        yield _best(place, same, inputs, here, meant=meant)


def _best(
    address: Address,
    found: Iterable[Standing],
    inputs: CityInputs,
    here: Mapping[Address, Sequence[Note]],
    *,
    meant: bool = True,
) -> Standing:
    """Return the best standing over the visits, or that of the city's own notes."""
    if known := min(found, key=_rank, default=None):
        return known
    kinds = {note.kind for note in here.get(address, ())}
    stands = states.standing(address, kinds, None, meant=meant)
    if stands.state != "open" or not inputs.visits:
        return stands
    why = _("not in the guides of the visit")
    return replace(stands, state="not-asked", in_scope=False, reason=why)


def _column(
    topic: Topic,
    inputs: CityInputs,
    here: Mapping[Address, Sequence[Note]],
    audience: str,
    summaries: Summaries,
) -> ComparedCity:
    own, *questions = _standings(topic, inputs, here)

    def cell(question: Question | None, found: Standing) -> ComparedCell:
        at = Address(topic.key, question.key if question else None)
        shown, summary = readable(found, audience), summaries.get((inputs.city.code, at))
        return ComparedCell(question, shown, tuple(here.get(at, ())), summary)

    cells = tuple(map(cell, topic.questions, questions))
    whole = cell(None, own)
    owed = states.owed_as_such(own, questions)
    as_such = bool(whole.notes or owed or not topic.questions)
    return ComparedCity(
        inputs.city,
        tuple(visit.visit for visit in inputs.visits),
        state_for(states.topic_state(own, questions, visited=bool(inputs.visits)), audience),
        Counts.of([one.standing for one in cells], owed),
        (whole, *cells) if as_such else cells,
        whole,
    )


def _by_address(notes: Iterable[Note], crosswalk: Crosswalk) -> dict[Address, list[Note]]:
    found: dict[Address, list[Note]] = {}
    for note in notes:
        for address in crosswalk.places(note):
            found.setdefault(address, []).append(note)
    return found


def _rank(found: Standing) -> int:
    order = ("answered", *states.TOPIC_ORDER)
    return 0 if found.answered and found.state == "answered" else order.index(found.state)


class Dated(Struct, frozen=True):
    """A statement of a city, and from which day on it held."""

    day: date
    city: City
    note: Note


def far_apart(topic: ComparedTopic) -> Iterator[tuple[str, Dated, Dated]]:
    """Yield by question the cities' oldest and newest cell, where these lie over a year apart.

    A cell is as old as its newest statement. That holds from its own date on, else from the day on
    which it came, else from its visit; one without any is left out, and so are remarks. The key of
    the question is empty for the topic as such.
    """
    rows: dict[str, list[Dated]] = {}
    for city in topic.cities:
        for cell in city.cells:
            if newest := max(_dated(city, cell.notes), key=_day, default=None):
                rows.setdefault(cell.key, []).append(newest)
    for key in ("", *(question.key for question in topic.topic.questions)):
        row = sorted(rows.get(key, ()), key=_day)
        if row and row[-1].day - row[0].day > _A_YEAR:
            yield key, row[0], row[-1]


def _dated(city: ComparedCity, notes: Iterable[Note]) -> Iterator[Dated]:
    days = {visit.id: visit.first_day for visit in city.visits}
    for note in notes:
        when = note.as_of or note.on_day or days.get(note.visit_id or "", "")
        if when and note.kind != "remark":
            yield Dated(first_day(when), city.city, note)
