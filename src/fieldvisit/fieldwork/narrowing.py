"""Which notes and cities a comparison takes, and in what order the cities come."""

import re
from collections.abc import Iterable, Mapping, Sequence
from datetime import date

from msgspec import Struct
from msgspec.structs import replace

from fieldvisit.dates import days_of
from fieldvisit.fieldwork.city import City, CityFact, existing_key, keys_used, latest
from fieldvisit.fieldwork.comparison import ComparedCell, ComparedCity, ComparedTopic, Comparison
from fieldvisit.fieldwork.note import Note
from fieldvisit.fieldwork.terms import CLASSES, ORDERS
from fieldvisit.fieldwork.visit import Visit
from fieldvisit.text import key


class Narrowing(Struct, frozen=True):
    """Narrows a comparison; what is empty narrows nothing.

    Visits and desk notes outside of the period (both days belong to it) count for nothing. Kinds
    and tags (any of them) only say which notes are shown: states stay those of all notes.
    """

    prefecture: str = ""
    since: date | None = None
    until: date | None = None
    kinds: tuple[str, ...] = ()
    tags: tuple[str, ...] = ()

    @property
    def period(self) -> tuple[str, str]:
        """Return the first and the last day as ISO text, empty where the period is open."""
        since, until = (day.isoformat() if day else "" for day in (self.since, self.until))
        return since, until

    @property
    def hides_notes(self) -> bool:
        """Tell whether only some of the notes that count are shown."""
        return bool(self.kinds or self.tags)

    def takes_city(self, city: City) -> bool:
        """Tell whether a city is compared."""
        return not self.prefecture or lies_in(city, self.prefecture)

    def takes_visit(self, visit: Visit) -> bool:
        """Tell whether any day of a visit lies in the period."""
        return self._takes(visit.days)

    def takes_desk_note(self, as_of: str) -> bool:
        """Tell whether a note of the city itself held, as of that date, on a day of the period."""
        return self._takes(days_of(as_of) if as_of else None)

    def shows(self, note: Note) -> bool:
        """Tell whether a note that counts is shown."""
        tagged = not self.tags or not set(self.tags).isdisjoint(note.tags)
        return tagged and (not self.kinds or note.kind in self.kinds)

    def _takes(self, days: tuple[date, date] | None) -> bool:
        if self.since is None and self.until is None:
            return True
        if days is None:
            return False
        first, last = days
        return first <= (self.until or date.max) and last >= (self.since or date.min)


EVERYTHING = Narrowing()


def lies_in(city: City, prefecture: str) -> bool:
    """Tell whether a city lies in the prefecture, named in either language, 県 or not."""
    names = (city.prefecture, city.prefecture_en, re.sub("[都道府県]$", "", city.prefecture))
    return key(prefecture) in {key(name) for name in names}


def only_shown(found: Comparison, narrowing: Narrowing) -> Comparison:
    """Return a comparison with the notes that are shown, without questions that have none."""
    if not narrowing.hides_notes:
        return found
    topics = (_topic(topic, narrowing) for topic in found.topics)
    return replace(found, topics=tuple(topic for topic in topics if topic.cities[:1]))


def _topic(topic: ComparedTopic, narrowing: Narrowing) -> ComparedTopic:
    cities = [_with_shown(city, narrowing) for city in topic.cities]
    left = {cell.question for city in cities for cell in city.cells if cell.notes}
    kept = tuple(
        replace(city, cells=tuple(cell for cell in city.cells if cell.question in left))
        for city in cities
    )
    return replace(topic, cities=kept if left else ())


def _with_shown(city: ComparedCity, narrowing: Narrowing) -> ComparedCity:
    def only(cell: ComparedCell) -> ComparedCell:
        return replace(cell, notes=tuple(filter(narrowing.shows, cell.notes)))

    return replace(city, cells=tuple(map(only, city.cells)), whole=only(city.whole))


Facts = Mapping[str, Sequence[CityFact]]
"""The facts of cities by code."""


class Listed(Struct, frozen=True):
    """A city as it is sorted: its class, and the day of its last visit, if there was one."""

    city: City
    city_class: str | None
    day: date | None


def sorted_cities(
    cities: Iterable[Listed], facts: Facts, by: str = "", *, grouped: bool = False
) -> list[City]:
    """Return cities by code, or by what ``by`` names; ``grouped`` ones by class first.

    ``by`` is one of ``terms.ORDERS``, or a fact: then the highest value comes first and cities
    without it last. NotFound for what is neither.
    """
    found = sorted(cities, key=lambda one: one.city.code)
    order = (ORDERS.exactly(by) or "") if by else "code"
    if order == "kana":
        found.sort(key=lambda one: (not one.city.kana, key(one.city.kana)))
    elif order == "date":
        found.sort(key=lambda one: one.day or date.max)
    elif not order:
        amounts = _amounts(facts, by)
        found.sort(key=lambda one: -amounts.get(one.city.code, -float("inf")))
    if grouped:
        found.sort(key=lambda one: class_rank(one.city_class))
    return [one.city for one in found]


def class_rank(city_class: str | None) -> int:
    """Return where a class stands among the classes; an unknown one is last."""
    ranks = {name: rank for rank, name in enumerate(CLASSES)}
    return ranks.get(city_class or "", len(ranks))


def _amounts(facts: Facts, by: str) -> dict[str, float]:
    name = existing_key(by, keys_used(facts), ORDERS)
    newest = ((code, latest(here).get(name)) for code, here in facts.items())
    return {code: fact.amount for code, fact in newest if fact and fact.amount is not None}
