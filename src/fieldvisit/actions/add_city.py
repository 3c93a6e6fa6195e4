"""`city add`, `city import`: municipalities and bodies that do not come with the program."""

from collections.abc import Iterable
from pathlib import Path

from msgspec.structs import replace

from fieldvisit.errors import Refused
from fieldvisit.exchange.csv_rows import csv_rows, speaking_of
from fieldvisit.fieldwork.city import City, CityAttribute, next_own_code
from fieldvisit.fieldwork.new_city import check_new_city
from fieldvisit.language import _
from fieldvisit.settings import Settings
from fieldvisit.storage import queries, records
from fieldvisit.study.change import changing
from fieldvisit.study.references import all_cities
from fieldvisit.text import key

COLUMNS = frozenset({"code", "prefecture", "name", "kana", "romaji", "class"})


def add_city(given: Settings, city: City) -> City:
    """Enter a city as somebody typed it; without a code it gets the next one of ours.

    Raises Refused if the code, or the name within its prefecture, is known already.
    """
    with changing(given, "city add") as (view, ledger):
        gone = {c.code: c for c in queries.cities(view.connection, deleted=True) if c.deleted}
        known = all_cities(view)
        code = city.code or next_own_code([*gone, *(other.code for other in known)])
        fresh = check_new_city(replace(city, code=code))
        _refuse_known(fresh, known)
        return records.save_over(ledger, fresh, gone.get(fresh.code))


def _refuse_known(fresh: City, known: Iterable[City]) -> None:
    for city in known:
        same_name = key(city.prefecture + city.name) == key(fresh.prefecture + fresh.name)
        if same_name or city.code == fresh.code:
            name = f"{city.prefecture}{city.name}"
            raise Refused(
                _("There is {city} already.").format(
                    city=f"{name} ({city.printed_code})" if city.printed_code else name
                ),
                _("See it with: fieldvisit city show {name}. Nothing was changed.").format(
                    name=name
                ),
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
    rows = tuple(csv_rows(file, COLUMNS))
    with changing(given, "city import") as (view, ledger):
        known = {city.code: city for city in all_cities(view)}
        gone = {city.code: city for city in queries.cities(view.connection, deleted=True)}
        added = 0
        for line, row in rows:
            with speaking_of(file, line):
                fresh = check_new_city(_city(row))
                if standing := known.get(fresh.code):
                    _refuse_another(fresh, standing)
                    continue
                _refuse_known(fresh, known.values())
            known[fresh.code] = records.save_over(ledger, fresh, gone.get(fresh.code))
            added += 1
    return added, len(rows) - added


def _city(row: dict[str, str]) -> City:
    attribute = CityAttribute(row["class"], row.get("since") or None)
    return City(
        row["code"],
        row["prefecture"],
        row["name"],
        row["kana"],
        row["romaji"],
        row.get("prefecture_en", ""),
        attributes=(attribute,),
    )
