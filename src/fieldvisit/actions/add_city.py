"""`city add`, `city import`: municipalities and bodies that do not come with the program."""

import csv
import io
from collections.abc import Iterable, Iterator
from contextlib import contextmanager
from dataclasses import replace
from pathlib import Path

from fieldvisit.actions.changing import changing
from fieldvisit.actions.references import all_cities
from fieldvisit.errors import Refused
from fieldvisit.fieldwork.city import City, CityAttribute, next_own_code
from fieldvisit.fieldwork.new_city import check_new_city
from fieldvisit.language import _, enumerated
from fieldvisit.settings import Settings
from fieldvisit.storage import queries, records
from fieldvisit.system_words import reason as why
from fieldvisit.text import key, storable

COLUMNS = frozenset({"code", "prefecture", "name", "kana", "romaji", "class"})


def add_city(given: Settings, city: City) -> City:
    """Enter a city as somebody typed it; without a code it gets the next one of ours.

    Raises Refused if the code, or the name within its prefecture, is known already.
    """
    with changing(given, "city add") as (look, ledger):
        gone = {c.code: c for c in queries.cities(look.connection, deleted=True) if c.deleted}
        known = all_cities(look)
        code = city.code or next_own_code([*gone, *(other.code for other in known)])
        fresh = check_new_city(replace(city, code=code))
        _refuse_known(fresh, known)
        before = gone.get(fresh.code, fresh)
        return records.save(ledger, replace(fresh, revision=before.revision, number=before.number))


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

    The file is UTF-8 with a head row: code, prefecture, name, kana, romaji, class, and if known
    prefecture_en and since. A row that cannot be read is refused with its line, and nothing is
    added.
    """
    rows = tuple(_rows(file))
    with changing(given, "city import") as (look, ledger):
        known = {city.code: city for city in all_cities(look)}
        gone = {city.code: city for city in queries.cities(look.connection, deleted=True)}
        added = 0
        for line, row in rows:
            with _speaking_of(file, line):
                fresh = check_new_city(_city(row))
                if standing := known.get(fresh.code):
                    _refuse_another(fresh, standing)
                    continue
                _refuse_known(fresh, known.values())
            before = gone.get(fresh.code, fresh)
            stored = replace(fresh, revision=before.revision, number=before.number)
            known[fresh.code] = records.save(ledger, stored)
            added += 1
    return added, len(rows) - added


def _rows(file: Path) -> Iterator[tuple[int, dict[str, str]]]:
    try:
        text = storable(file.read_bytes().decode("utf-8-sig"), str(file))
    except (OSError, UnicodeDecodeError) as error:
        raise Refused(
            _("{path} cannot be read: {reason}").format(
                path=file, reason=why(error) if isinstance(error, OSError) else "UTF-8"
            ),
            _("Save it as CSV in UTF-8. Nothing was changed."),
        ) from error
    reader = csv.DictReader(io.StringIO(text, newline=""))
    try:
        yield from _cells(reader, file)
    except csv.Error as error:
        raise Refused(
            _("{path}:{line} cannot be read as CSV: {reason}").format(
                path=file, line=reader.line_num, reason=error
            ),
            _("Nothing was changed."),
        ) from error


def _cells(reader: "csv.DictReader[str]", file: Path) -> Iterator[tuple[int, dict[str, str]]]:
    missing = sorted(COLUMNS - {name.strip() for name in reader.fieldnames or ()})
    if missing:
        raise Refused(
            _("{path} lacks the columns: {names}").format(path=file, names=enumerated(missing)),
            _("The first row names them. Nothing was changed."),
        )
    for row in reader:
        yield reader.line_num, {name.strip(): value or "" for name, value in row.items() if name}


@contextmanager
def _speaking_of(file: Path, line: int) -> Iterator[None]:
    try:
        yield
    except Refused as error:
        error.sentence = f"{file}:{line}: {error.sentence}"
        raise


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
