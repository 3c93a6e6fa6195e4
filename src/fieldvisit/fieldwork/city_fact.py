"""A fact of a city (population, staff, area …): a value with its date and its source."""

import re
from collections.abc import Iterable
from dataclasses import dataclass

from fieldvisit.dates import first_day
from fieldvisit.text import normal

_NUMBER = re.compile(r"-?[0-9][0-9,]*(?:\.[0-9]+)?")


@dataclass(frozen=True, slots=True)
class CityFact:
    """One fact as it was published; another date is another fact, and both are kept.

    ``key`` is what the study calls it (`population`), ``value`` as typed with its unit, ``as_of``
    an as-of date as typed.
    """

    city_code: str
    key: str
    value: str
    as_of: str
    source: str
    by: str = ""
    deleted: bool = False
    seq: int = 0
    revision: str = ""
    number: int = 0

    @property
    def id(self) -> str:
        """Return the name under which its revisions are kept."""
        return f"{self.city_code}:{self.key}:{self.as_of}"

    @property
    def amount(self) -> float | None:
        """Return the first number in the value, for sorting; None if it holds none."""
        found = _NUMBER.search(normal(self.value))
        return float(found.group().replace(",", "")) if found else None


def latest(facts: Iterable[CityFact]) -> dict[str, CityFact]:
    """Return the latest fact of each key, in the order in which the keys were first entered."""
    found: dict[str, CityFact] = {}
    for fact in facts:
        known = found.get(fact.key)
        if known is None or first_day(known.as_of) <= first_day(fact.as_of):
            found[fact.key] = fact
    return found
