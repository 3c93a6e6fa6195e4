"""In which order cities stand in a comparison."""

from collections.abc import Iterable, Mapping, Sequence
from datetime import date

from msgspec import Struct

from fieldvisit.fieldwork.city import City
from fieldvisit.fieldwork.city_fact import CityFact, existing_key, keys_used, latest
from fieldvisit.fieldwork.terms import CLASSES, ORDERS
from fieldvisit.text import key

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
