"""The comparison: topics, cities and cells as values, and how far apart in time a row lies."""

from collections.abc import Iterable, Mapping, Sequence
from datetime import date
from itertools import islice

from msgspec import Struct, field
from msgspec.structs import replace

from fieldvisit.dates import days_of
from fieldvisit.fieldwork import states
from fieldvisit.fieldwork.city import City, CityFact, in_order
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

    def facts_of(self, city: City) -> tuple[CityFact, ...]:
        """Return the facts of a city, by key and the latest first."""
        return in_order(self.facts.get(city.code, ()))


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


def _column(
    topic: Topic,
    inputs: CityInputs,
    here: Mapping[Address, Sequence[Note]],
    audience: str,
    summaries: Summaries,
) -> ComparedCity:
    covered = [found for visit in inputs.visits if (found := visit.topic(topic.key))]

    def best(address: Address, found: Iterable[Standing], *, meant: bool = True) -> Standing:
        """Return the best standing over the visits, or that of the city's own notes."""
        if known := min(found, key=_rank, default=None):
            return known
        kinds = {note.kind for note in here.get(address, ())}
        stands = states.standing(address, kinds, None, meant=meant)
        if stands.state != "open" or not inputs.visits:
            return stands
        why = _("not in the guides of the visit")
        return replace(stands, state="not-asked", in_scope=False, reason=why)

    asked = [standing for at in covered for standing in at.questions]
    own = best(topic.places[0], (at.own for at in covered))
    questions = tuple(
        best(
            place,
            (one for one in asked if one.address == place),
            meant=states.in_scope(question, inputs.attributes),
        )
        for place, question in zip(topic.places[1:], topic.questions, strict=True)
    )

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


MONTHS = 12


class Dated(Struct, frozen=True):
    """A statement of a city and when it held: from a first to a last day."""

    city: City
    note: Note
    first: date
    last: date


class FarApart(Struct, frozen=True):
    """The row of a question (empty = of the topic as such) with its oldest and newest statement."""

    question: str
    oldest: Dated
    newest: Dated


def far_apart(topic: ComparedTopic, months: int) -> tuple[FarApart, ...]:
    """Return the rows in which statements of two cities lie more than ``months`` apart.

    A statement holds as of its date, else on the day on which it came, else on those of its
    visit; a period counts as a whole. Remarks and what has no date are left out.
    """
    rows: dict[str, list[Dated]] = {}
    for city in topic.cities:
        visits = {visit.id: visit for visit in city.visits}
        for cell in city.cells:
            rows.setdefault(cell.key, []).extend(_dated(city.city, cell.notes, visits))
    order = ("", *(question.key for question in topic.topic.questions))
    found = (_furthest(key, rows.get(key, ())) for key in order)
    return tuple(row for row in found if row and is_more_than(months, row.oldest, row.newest))


def is_more_than(months: int, oldest: Dated, newest: Dated) -> bool:
    """Tell whether more than so many months lie between the end of one and the begin of another."""
    then, now = oldest.last, newest.first
    return (now.year * 12 + now.month, now.day) > (then.year * 12 + then.month + months, then.day)


def _dated(city: City, notes: Iterable[Note], visits: Mapping[str, Visit]) -> Iterable[Dated]:
    for note in notes:
        days = None if note.kind == "remark" else _days(note, visits.get(note.visit_id or ""))
        if days:
            yield Dated(city, note, *days)


def _days(note: Note, visit: Visit | None) -> tuple[date, date] | None:
    if note.as_of or note.on_day:
        return days_of(note.as_of or note.on_day)
    return visit.days if visit else None


def _furthest(key: str, row: Iterable[Dated]) -> FarApart | None:
    """Return the statements of two cities that lie furthest apart, None if there are no two."""
    row = tuple(row)
    oldest = _of_two_cities(sorted(row, key=lambda one: one.last))
    newest = _of_two_cities(sorted(row, key=lambda one: one.first, reverse=True))
    pairs = [(a, b) for a in oldest for b in newest if a.city.code != b.city.code]
    best = max(pairs, key=lambda pair: pair[1].first - pair[0].last, default=None)
    return FarApart(key, *best) if best else None


def _of_two_cities(row: Sequence[Dated]) -> Sequence[Dated]:
    """Return the first statement, and the first of another city."""
    others = (one for one in row if one.city.code != row[0].city.code)
    return [*row[:1], *islice(others, 1)]
