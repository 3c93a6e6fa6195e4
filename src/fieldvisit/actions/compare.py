"""`compare`: what the cities say, topic by topic."""

from collections.abc import Callable, Collection, Sequence
from contextlib import suppress
from dataclasses import dataclass

from fieldvisit.actions.coverage import cover_visit, known_attributes
from fieldvisit.actions.looking import Look, looking, today
from fieldvisit.actions.references import find_address, find_any_city
from fieldvisit.actions.show import register
from fieldvisit.errors import BadGuide
from fieldvisit.fieldwork.city import City
from fieldvisit.fieldwork.comparison import CityGround, Comparison, Summaries
from fieldvisit.fieldwork.comparison import compare as compare_grounds
from fieldvisit.fieldwork.guide import Address
from fieldvisit.fieldwork.lineup import Lineup, forgotten
from fieldvisit.fieldwork.matrix import standing_summaries
from fieldvisit.fieldwork.note import Note
from fieldvisit.fieldwork.register import Register
from fieldvisit.fieldwork.visit import Visit
from fieldvisit.settings import Settings


@dataclass(frozen=True, slots=True)
class Choice:
    """What to compare; empty = everything. Cities and topics as typed, ``city_class`` fixed."""

    topics: tuple[str, ...] = ()
    cities: tuple[str, ...] = ()
    city_class: str = ""
    study_group: str = ""


def compare(given: Settings, choice: Choice, audience: str) -> tuple[Comparison, Register, int]:
    """Return the comparison, its register, and how many notes of it were held back."""
    with looking(given, audience, choice.study_group) as look:
        visits, notes = _material(look)
        keys = [find_address(look, typed).topic for typed in choice.topics]
        filed = {place for note in notes for place in note.places} | set(map(Address, keys))
        lineup = _whole_lineup(look, filed)
        topics = [t for t in lineup.topics if not keys or t in map(lineup.topic, keys)]
        grounds = [
            _ground(look, city, visits, notes) for city in _cities(look, choice, visits, notes)
        ]
        summaries = _summaries(look, grounds, lineup)
        found = compare_grounds(topics, grounds, lineup, audience, summaries)
        return found, register(look), look.held_back(_asked_for(look, choice, visits, lineup))


def _material(look: Look) -> tuple[tuple[Visit, ...], tuple[Note, ...]]:
    """Return the visits that take place, and the notes of these and of the cities themselves."""
    ids = {visit.id for visit in look.taking_place}
    notes = (note for note in look.notes if note.visit_id is None or note.visit_id in ids)
    return look.taking_place, tuple(notes)


def _whole_lineup(look: Look, filed: Collection[Address]) -> Lineup:
    """Return the guides in use, and whatever else is needed so that no note is left out.

    Any other guide that holds a topic of ``filed`` comes next, then topics and questions that no
    guide has any more, under their bare keys.
    """
    guides = list(look.shelf.to_line_up(look.study, look.visits))
    known = Lineup(guides)
    strange = {address.topic for address in filed if known.topic(address.topic) is None}
    for slug in look.shelf.names() if strange else ():
        with suppress(BadGuide):
            guide = look.shelf.current(slug)
            if any(guide.topic(topic) for topic in strange):
                guides.append(guide)
    return Lineup([*guides, forgotten(filed, Lineup(guides))])


def _summaries(look: Look, grounds: Sequence[CityGround], lineup: Lineup) -> Summaries:
    """Return the summaries that rest on nothing but what is compared."""
    ids = {note.id for ground in grounds for note in ground.notes}
    found = standing_summaries(look.summaries, look.every_note, lineup)
    return {cell: one for cell, one in found.items() if one.rests_within(ids)}


def _asked_for(
    look: Look, choice: Choice, visits: Sequence[Visit], lineup: Lineup
) -> Callable[[Note], bool]:
    """Return what tells whether a note would stand in the comparison."""
    codes = {find_any_city(look, typed).code for typed in choice.cities} or set(look.cities)
    codes = {code for code in codes if _is_of_class(choice, look.cities.get(code), visits)}
    ids = {None, *(visit.id for visit in visits)}
    asked = [find_address(look, typed).topic for typed in choice.topics]
    keys = {lineup.now(Address(topic)).topic for topic in asked}

    def fits(note: Note) -> bool:
        groups = note.only_for if choice.study_group else ()
        now = {lineup.now(place).topic for place in note.places}
        return (
            note.visit_id in ids
            and note.city_code in codes
            and (not groups or choice.study_group in groups)
            and bool(now & keys if choice.topics else now)
        )

    return fits


def _cities(
    look: Look, choice: Choice, visits: Sequence[Visit], notes: Sequence[Note]
) -> list[City]:
    """Return the cities named, else those visited or of which the audience may see a note."""
    named = {city.code: city for typed in choice.cities for city in [find_any_city(look, typed)]}
    codes = {visit.city_code for visit in visits} | {note.city_code for note in notes}
    known = named or {code: look.cities[code] for code in codes}
    chosen = (known[code] for code in sorted(known))
    return [city for city in chosen if _is_of_class(choice, city, visits)]


def _is_of_class(choice: Choice, city: City | None, visits: Sequence[Visit]) -> bool:
    if not choice.city_class:
        return True
    return city is not None and _class_of(city, visits) == choice.city_class


def _class_of(city: City, visits: Sequence[Visit]) -> str | None:
    """Return the class on the day of the last visit, today's without one."""
    days = [visit.day for visit in visits if visit.city_code == city.code and visit.day]
    return city.class_on(max(days, default=today()))


def _ground(look: Look, city: City, visits: Sequence[Visit], notes: Sequence[Note]) -> CityGround:
    own = tuple(note for note in notes if note.city_code == city.code)
    return CityGround(
        city,
        tuple(cover_visit(look, v, own, "all") for v in visits if v.city_code == city.code),
        known_attributes(city, today()),
        own,
    )
