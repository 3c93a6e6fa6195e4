"""How far apart in time the statements of one row lie."""

from collections.abc import Iterable, Mapping, Sequence
from datetime import date
from itertools import islice

from msgspec import Struct

from fieldvisit.dates import days_of
from fieldvisit.fieldwork.city import City
from fieldvisit.fieldwork.comparison import ComparedTopic
from fieldvisit.fieldwork.note import Note
from fieldvisit.fieldwork.visit import Visit

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
            key = cell.question.key if cell.question else ""
            rows.setdefault(key, []).extend(_dated(city.city, cell.notes, visits))
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
