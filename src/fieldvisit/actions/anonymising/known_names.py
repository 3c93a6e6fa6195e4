"""The names that an anonymised output replaces, as far as an audience may know them."""

from collections.abc import Collection, Mapping, Sequence
from datetime import date

from fieldvisit.fieldwork.anonymity.names import Names
from fieldvisit.fieldwork.city import City
from fieldvisit.fieldwork.name_alias import NameAlias
from fieldvisit.fieldwork.visit import day_of_last_visit
from fieldvisit.settings import Settings
from fieldvisit.storage import queries
from fieldvisit.study.references import all_cities
from fieldvisit.study.view import StudyView, today, viewing


def known_names(view: StudyView, also: Collection[str] = ()) -> Names:
    """Return the names of the cities that were visited, have notes, facts or an alias, or are ours.

    ``also`` are codes of more. Which these are rests on nothing that the look's audience may not
    see.
    """
    visits = view.every_visit
    aliases = queries.name_aliases(view.connection)
    known = {city.code: city for city in all_cities(view)}
    codes = {visit.city_code for visit in visits} | {note.city_code for note in view.notes}
    codes |= (
        set(also)
        | set(view.facts)
        | {alias.stands_for for alias in aliases if alias.kind == "city"}
    )
    codes |= {city.code for city in view.cities.values() if city.is_ours}
    cities = tuple(known[code] for code in sorted(codes & set(known)))
    others = tuple(city.name for code, city in known.items() if code not in codes)
    kinds = {city.code: city.kind_on(_last_day(view, city)) for city in cities}
    return Names(cities, visits, aliases, others, kinds)


def _last_day(view: StudyView, city: City) -> date:
    visits = (visit for visit in view.taking_place if visit.city_code == city.code)
    return day_of_last_visit(visits) or today()


def aliases(given: Settings, audience: str) -> tuple[Sequence[NameAlias], Mapping[str, City]]:
    """Return the names entered, and the cities by code; no names of people for the public."""
    with viewing(given, audience) as view:
        found = queries.name_aliases(view.connection)
        cities = {city.code: city for city in all_cities(view)}
        return [a for a in found if audience != "public" or a.kind != "person"], cities
