"""The names that an anonymised output replaces, as far as an audience may know them."""

from collections.abc import Collection, Mapping, Sequence
from datetime import date

from fieldvisit.actions.looking import Look, looking, today
from fieldvisit.actions.references import all_cities
from fieldvisit.fieldwork.anonymity.names import Names
from fieldvisit.fieldwork.city import City
from fieldvisit.fieldwork.name_alias import NameAlias
from fieldvisit.fieldwork.visit import day_of_last_visit
from fieldvisit.settings import Settings
from fieldvisit.storage import queries


def known_names(look: Look, also: Collection[str] = ()) -> Names:
    """Return the names of the cities that were visited, have notes, facts or an alias, or are ours.

    ``also`` are codes of more. Which these are rests on nothing that the look's audience may not
    see.
    """
    visits = look.every_visit
    aliases = queries.name_aliases(look.connection)
    known = {city.code: city for city in all_cities(look)}
    codes = {visit.city_code for visit in visits} | {note.city_code for note in look.notes}
    codes |= (
        set(also)
        | set(look.facts)
        | {alias.stands_for for alias in aliases if alias.kind == "city"}
    )
    codes |= {city.code for city in look.cities.values() if city.is_ours}
    cities = tuple(known[code] for code in sorted(codes & set(known)))
    others = tuple(city.name for code, city in known.items() if code not in codes)
    kinds = {city.code: city.kind_on(_last_day(look, city)) for city in cities}
    return Names(cities, visits, aliases, others, kinds)


def _last_day(look: Look, city: City) -> date:
    visits = (visit for visit in look.taking_place if visit.city_code == city.code)
    return day_of_last_visit(visits) or today()


def aliases(given: Settings, audience: str) -> tuple[Sequence[NameAlias], Mapping[str, City]]:
    """Return the names entered, and the cities by code; no names of people for the public."""
    with looking(given, audience) as look:
        found = queries.name_aliases(look.connection)
        cities = {city.code: city for city in all_cities(look)}
        return [a for a in found if audience != "public" or a.kind != "person"], cities
