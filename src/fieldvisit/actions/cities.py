"""Cities and their facts: entered by hand or from a file."""

from pathlib import Path

from msgspec import Struct
from msgspec.structs import replace

from fieldvisit.dates import read_as_of
from fieldvisit.errors import Ambiguous, NotFound, Refused
from fieldvisit.exchange.csv_files import csv_rows, speaking_of
from fieldvisit.fieldwork.city import (
    City,
    CityAttribute,
    CityFact,
    check_new_city,
    fact_key,
    next_own_code,
    on_the_same_date,
)
from fieldvisit.fieldwork.terms import FACTS
from fieldvisit.language import _, enumerated
from fieldvisit.settings import Settings
from fieldvisit.storage import queries, records
from fieldvisit.study.change import adopt_city, changing
from fieldvisit.study.references import all_cities, find_any_city
from fieldvisit.text import checked, key

_CITY_COLUMNS = frozenset({"code", "prefecture", "name", "kana", "romaji", "class"})


def add_city(given: Settings, city: City) -> City:
    """Enter a city; without a code it gets the next one of ours. Refused if it is known already."""
    with changing(given, "city add") as (view, change):
        gone = {c.code: c for c in queries.cities(view.connection, deleted=True) if c.deleted}
        known = all_cities(view)
        code = city.code or next_own_code([*gone, *(other.code for other in known)])
        fresh = check_new_city(replace(city, code=code))
        same = (c for c in known if c.code == fresh.code or _whole_name(c) == _whole_name(fresh))
        _refuse_known(next(same, None))
        return records.save_over(change, fresh, gone.get(fresh.code))


def _whole_name(city: City) -> str:
    return key(city.prefecture + city.name)


def _refuse_known(city: City | None) -> None:
    if city is None:
        return
    name = f"{city.prefecture}{city.name}"
    raise Refused(
        _("There is {city} already.").format(
            city=f"{name} ({city.printed_code})" if city.printed_code else name
        ),
        _("See it with: fieldvisit city show {name}. Nothing was changed.").format(name=name),
    )


def _refuse_another(fresh: City, standing: City) -> None:
    """Refuse a row that gives a code which is known to another city."""
    if (key(fresh.name), key(fresh.prefecture)) != (key(standing.name), key(standing.prefecture)):
        raise Refused(
            _("{code} is {city}, {prefecture}.").format(
                code=fresh.code, city=standing.name, prefecture=standing.prefecture
            ),
            _("Nothing was changed."),
        )


def import_cities(given: Settings, file: Path) -> tuple[int, int]:
    """Add the cities of a CSV file in one change; return how many were added and were known.

    The file has a head row: code, prefecture, name, kana, romaji, class, and if known
    prefecture_en and since. A row that cannot be read is refused with its line, and nothing is
    added.
    """
    rows = tuple(csv_rows(file, _CITY_COLUMNS))
    with changing(given, "city import") as (view, change):
        known = {city.code: city for city in all_cities(view)}
        gone = view.every_city
        names = {_whole_name(city): city for city in reversed(list(known.values()))}
        added = 0
        for line, row in rows:
            with speaking_of(file, line):
                core = CityAttribute(row["class"], row.get("since") or None)
                fresh = check_new_city(City(
                    row["code"], row["prefecture"], row["name"], row["kana"], row["romaji"],
                    row.get("prefecture_en", ""), attributes=(core,),
                ))  # fmt: skip
                if standing := known.get(fresh.code):
                    _refuse_another(fresh, standing)
                    continue
                _refuse_known(names.get(_whole_name(fresh)))
            known[fresh.code] = records.save_over(change, fresh, gone.get(fresh.code))
            names[_whole_name(fresh)] = fresh
            added += 1
    return added, len(rows) - added


class EnteredFact(Struct, frozen=True):
    """A fact as it now stands and its city; ``before`` is what stood, None if it is new."""

    city: City
    fact: CityFact
    before: CityFact | None = None

    @property
    def is_known(self) -> bool:
        """Tell whether it stood so already, so that nothing was stored."""
        return self.before == self.fact


def set_fact(given: Settings, typed: str, fact: CityFact) -> EnteredFact:
    """Enter a fact of the city that ``typed`` names; one of the same key and date is revised."""
    with changing(given, "city fact") as (view, change):
        city = adopt_city(view, change, find_any_city(view, typed))
        every = queries.city_facts(view.connection, deleted=True)
        fresh = replace(
            fact,
            city_code=city.code,
            key=fact_key(fact.key, [one.key for one in every]),
            value=checked(fact.value, _("value")).strip(),
            as_of=read_as_of(checked(fact.as_of, _("as-of date"))),
            source=checked(fact.source, _("source")).strip(),
            by=change.by,
        )
        here = [one for one in every if one.city_code == city.code]
        known = on_the_same_date(here, fresh.key, fresh.as_of)
        standing = known if known and not known.deleted else None
        if standing and (standing.value, standing.source) == (fresh.value, fresh.source):
            return EnteredFact(city, standing, standing)
        fresh = replace(fresh, as_of=known.as_of) if known else fresh
        return EnteredFact(city, records.save_over(change, fresh, known), standing)


def remove_fact(given: Settings, typed: str, key: str, as_of: str) -> EnteredFact:
    """Take a fact away; without ``as_of`` there must be only one under its key."""
    with changing(given, "city fact") as (view, change):
        city = find_any_city(view, typed)
        known = view.facts.get(city.code, ())
        name = fact_key(key, (fact.key for fact in known))
        here = [fact for fact in known if fact.key == name]
        on_it = on_the_same_date(here, name, as_of) if as_of else None
        found = [on_it] if on_it else [] if as_of else here
        if len(found) == 1:
            gone = records.save(change, replace(found[0], deleted=True))
            return EnteredFact(city, gone, found[0])
    words = {"city": city.name, "fact": FACTS.word(name)}
    dates = enumerated(fact.as_of for fact in here)
    if found:
        raise Ambiguous(
            _("{city} has several facts “{fact}”.").format(**words),
            _("Name one by its date with --as-of: {dates}").format(dates=dates),
        )
    raise NotFound(
        _("{city} has no such fact: {fact}").format(**words),
        _("There are of these dates: {dates}").format(dates=dates)
        if here
        else _("See what there is: fieldvisit city show {city}").format(city=city.name),
    )
