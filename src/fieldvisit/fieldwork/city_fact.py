"""A fact of a city (population, staff, area …): a value with its date and its source."""

import re
from collections.abc import Iterable, Mapping
from math import prod

from msgspec import Struct

from fieldvisit.dates import days_of, first_day
from fieldvisit.errors import NotFound
from fieldvisit.fieldwork.terms import FACTS
from fieldvisit.language import _, enumerated
from fieldvisit.text import checked, key, normal

_UNITS = {
    "百": 10**2, "千": 10**3, "万": 10**4, "億": 10**8, "兆": 10**12,
    "thousand": 10**3, "million": 10**6, "billion": 10**9,
}  # fmt: skip
_UNIT = "|".join(_UNITS)
_PART = rf"[0-9][0-9,]*(?:\.[0-9]+)?(?: ?(?:{_UNIT}))*"
_AMOUNT = rf"(?P<minus>[-−▲△] ?)?(?P<parts>(?:{_PART})+)(?P<date>[年月日])?"


class CityFact(Struct, frozen=True):
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
        """Return the first number in the value, for sorting; None if it holds none.

        `21万3千人` is 213000, `12百万円` 12000000, `▲5` -5.
        """
        numbers = list(re.finditer(_AMOUNT, normal(self.value)))
        if not numbers:
            return None
        # A year or a day may stand before the value.
        found = next((one for one in numbers if not one["date"]), numbers[0])
        amount = sum(map(_amount, re.findall(_PART, found["parts"])))
        return -amount if found["minus"] else amount


def _amount(part: str) -> float:
    """Return what a number and the units right behind it come to."""
    number = re.match("[0-9,.]+", part)
    digits = number.group() if number else ""
    factors = (_UNITS[unit] for unit in re.findall(_UNIT, part[len(digits) :]))
    return float(digits.replace(",", "")) * prod(factors)


def fact_key(typed: str, used: Iterable[str] = ()) -> str:
    """Return the key that ``typed`` means.

    That is a common one by its English or Japanese name, one that the study has ``used`` before
    in whatever width, else what was typed. Raises BadText for what is no name.
    """
    name = " ".join(checked(typed, _("name of the fact")).split())
    common = FACTS.exactly(name)
    return common or next((known for known in used if key(known) == key(name)), name)


def existing_key(typed: str, used: Iterable[str], also: Iterable[str] = ()) -> str:
    """Return the key among those ``used`` that ``typed`` means; NotFound lists what there is.

    ``also`` are other words that could have been typed.
    """
    used = tuple(dict.fromkeys(used))
    name = fact_key(typed, used)
    if name not in used:
        raise NotFound(
            _("No city has a fact “{typed}”.").format(typed=typed),
            _("There are: {names}").format(
                names=enumerated([*also, *map(FACTS.word, used)]) or "-"
            ),
        )
    return name


def keys_used(facts: Mapping[str, Iterable[CityFact]]) -> tuple[str, ...]:
    """Return the keys of the facts of cities (by code), each once, as they were entered."""
    return tuple(dict.fromkeys(fact.key for here in facts.values() for fact in here))


def on_the_same_date(facts: Iterable[CityFact], name: str, as_of: str) -> CityFact | None:
    """Return the fact of that key and date, in whatever form the date was typed."""
    wanted = days_of(as_of)
    here = (fact for fact in facts if fact.key == name)
    return next((fact for fact in here if days_of(fact.as_of) == wanted), None)


def in_order(facts: Iterable[CityFact]) -> tuple[CityFact, ...]:
    """Return facts by key, the common ones first and then as entered, the latest date first."""
    facts = tuple(facts)
    keys = tuple(dict.fromkeys([*FACTS, *(fact.key for fact in facts)]))
    newest_first = sorted(facts, key=lambda fact: first_day(fact.as_of), reverse=True)
    return tuple(sorted(newest_first, key=lambda fact: keys.index(fact.key)))


def latest(facts: Iterable[CityFact]) -> dict[str, CityFact]:
    """Return the latest fact of each key, in the order in which the keys were first entered."""
    found: dict[str, CityFact] = {}
    for fact in facts:
        known = found.get(fact.key)
        if known is None or first_day(known.as_of) <= first_day(fact.as_of):
            found[fact.key] = fact
    return found
