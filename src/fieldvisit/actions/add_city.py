"""`city add`: a municipality or other body that does not come with the program."""

from collections.abc import Iterable
from dataclasses import replace

from fieldvisit.actions.changing import changing
from fieldvisit.actions.references import all_cities
from fieldvisit.errors import Refused
from fieldvisit.fieldwork.city import City, next_own_code
from fieldvisit.fieldwork.new_city import check_new_city
from fieldvisit.language import _
from fieldvisit.settings import Settings
from fieldvisit.storage import queries, records
from fieldvisit.text import key


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
