"""`list`, `show`, `history`, `log`: what stands in the study, as an audience may see it."""

from collections.abc import Callable, Mapping, Sequence

from fieldvisit.actions.looking import Look, looking, today
from fieldvisit.actions.references import (
    all_cities,
    find_address,
    find_any_city,
    find_note,
    find_visit,
)
from fieldvisit.actions.wanted import Wanted
from fieldvisit.fieldwork.city import City, find_city
from fieldvisit.fieldwork.city_fact import CityFact
from fieldvisit.fieldwork.confirmation import Confirmation
from fieldvisit.fieldwork.disclosure import visit_for
from fieldvisit.fieldwork.guide import Guide
from fieldvisit.fieldwork.narrowing import lies_in
from fieldvisit.fieldwork.note import Note
from fieldvisit.fieldwork.note_conflict import contradictions
from fieldvisit.fieldwork.register import Register
from fieldvisit.fieldwork.study import Change, Revision, Study, StudyGroup
from fieldvisit.fieldwork.visit import Visit
from fieldvisit.settings import Settings
from fieldvisit.shipped_cities import shipped
from fieldvisit.storage import gate, queries


def study(given: Settings) -> tuple[Study, tuple[StudyGroup, ...]]:
    """Return the study and its groups."""
    with looking(given, "all") as look:
        return look.study, look.groups


def visits(
    given: Settings, audience: str, study_group: str = ""
) -> tuple[tuple[Visit, ...], Mapping[str, City], Callable[[Visit], Sequence[Guide]]]:
    """Return the visits by date, the cities by code, and what tells the guides of a visit.

    With ``study_group`` only those that serve it.
    """
    with looking(given, audience, study_group) as look:
        guides = {visit.id: look.shelf.of(visit) for visit in look.visits}
        return look.visits, look.cities, lambda visit: guides[visit.id]


def cities(given: Settings, city_class: str = "", prefecture: str = "") -> tuple[City, ...]:
    """Return the study's and the shipped cities by code, of one class or prefecture if asked."""
    place = given.find_study()
    if place is None:
        known = shipped()
    else:
        with looking(given, "all") as look:
            known = all_cities(look)
    return tuple(
        city
        for city in known
        if (not city_class or city.class_on(today()) == city_class)
        and (not prefecture or lies_in(city, prefecture))
    )


def city_and_facts(given: Settings, typed: str) -> tuple[City, tuple[CityFact, ...]]:
    """Return the one city that ``typed`` names and what the study knows of it."""
    if given.find_study() is None:
        return find_city(typed, shipped()), ()
    with looking(given, "all") as look:
        city = find_any_city(look, typed)
        return city, look.facts.get(city.code, ())


def notes(given: Settings, wanted: Wanted, audience: str) -> tuple[tuple[Note, ...], Register, int]:
    """Return notes in order, the register they need, and how many such were held back."""
    with looking(given, audience, wanted.study_group) as look:
        fits = _fitting(look, wanted)
        return tuple(filter(fits, look.notes)), register(look), look.held_back(fits)


def _fitting(look: Look, wanted: Wanted) -> Callable[[Note], bool]:
    visit = find_visit(look, wanted.visit) if wanted.visit else None
    city_code = find_any_city(look, wanted.city).code if wanted.city else ""
    address = look.lineup.now(find_address(look, wanted.topic, visit)) if wanted.topic else None

    def fits(note: Note) -> bool:
        places = [look.lineup.now(place) for place in note.places]
        return (
            (visit is None or note.visit_id == visit.id)
            and (not city_code or note.city_code == city_code)
            and (address is None or any(address.covers(place) for place in places))
            and wanted.kind in ("", note.kind)
            and (not wanted.tag or wanted.tag in note.tags)
            and wanted.written_by in ("", note.by)
            and not (wanted.unsorted and note.places)
        )

    return fits


def note(given: Settings, typed: str, audience: str) -> tuple[Note, Register, Confirmation | None]:
    """Return one note, if the audience may see it, and what its city was asked and said of it.

    The public learns nothing of that but what it may read.
    """
    with looking(given, audience) as look:
        found = find_note(look, typed, deleted=True)
        seen = audience != "public"
        asked = gate.confirmation(look.connection, audience, found.id) if seen else None
        return found, register(look), asked


def history(
    given: Settings, typed: str, audience: str
) -> tuple[tuple[tuple[Revision, Note], ...], Register]:
    """Return the revisions of a note that the audience may see, oldest first."""
    with looking(given, audience) as look:
        found = find_note(look, typed, deleted=True)
        return gate.revisions(look.connection, audience, found.id), register(look)


def changes(given: Settings) -> tuple[tuple[Change, ...], Mapping[str, str]]:
    """Return all changes, newest first, and the handles of what they touched by id."""
    with looking(given, "all") as look:
        return queries.changes(look.connection), _handles(look)


def handles(given: Settings) -> Mapping[str, str]:
    """Return the handles of visits and notes and the names of cities, by id or code."""
    with looking(given, "all") as look:
        return _handles(look)


def _handles(look: Look) -> Mapping[str, str]:
    visits = {v.id: v.handle for v in queries.visits(look.connection, deleted=True)}
    cities = {c.code: c.name for c in queries.cities(look.connection, deleted=True)}
    return visits | cities | gate.handles(look.connection)


def register(look: Look) -> Register:
    """Return the cities, visits and conflicts as the look's audience may see them.

    Cities and visits that were taken out are there too: a deleted note may rest on one of them.
    """
    cities = {city.code: city for city in queries.cities(look.connection, deleted=True)}
    visits = queries.visits(look.connection, deleted=True)
    return Register(
        cities,
        {visit.id: visit_for(visit, look.audience) for visit in visits},
        contradictions(look.conflicts, look.notes_by_id) if look.conflicts else {},
    )
