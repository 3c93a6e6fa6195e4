"""`compare`: what the cities say, topic by topic."""

from collections.abc import Callable, Collection, Sequence

from msgspec import Struct
from msgspec.structs import replace

from fieldvisit.actions.coverage import cover_visit, known_attributes
from fieldvisit.actions.show import register
from fieldvisit.actions.summarising.summaries import summaries_by_cell, whole_lineup
from fieldvisit.errors import NotFound, WrongUsage
from fieldvisit.fieldwork.city import City
from fieldvisit.fieldwork.city_fact import CityFact, existing_key, keys_used
from fieldvisit.fieldwork.comparison import CityInputs, Comparison, Summaries, other_words
from fieldvisit.fieldwork.comparison import compare as compare_grounds
from fieldvisit.fieldwork.crosswalk import Crosswalk
from fieldvisit.fieldwork.guide import Address
from fieldvisit.fieldwork.narrowing import (
    EVERYTHING,
    Listed,
    Narrowing,
    lies_in,
    only_shown,
    sorted_cities,
)
from fieldvisit.fieldwork.note import Note
from fieldvisit.fieldwork.register import Register
from fieldvisit.fieldwork.visit import Visit, day_of_last_visit
from fieldvisit.language import _, enumerated
from fieldvisit.settings import Settings
from fieldvisit.study.references import find_address, find_any_city
from fieldvisit.study.view import StudyView, today, viewing


class Choice(Struct, frozen=True):
    """What to compare; empty = everything. Cities and topics as typed, ``city_class`` fixed.

    ``sort`` is what the cities are sorted by, ``grouped`` puts those of a class together,
    ``facts`` are those of the profiles.
    """

    topics: tuple[str, ...] = ()
    cities: tuple[str, ...] = ()
    city_class: str = ""
    study_group: str = ""
    narrowing: Narrowing = EVERYTHING
    sort: str = ""
    grouped: bool = False
    facts: tuple[str, ...] = ()


def compare(given: Settings, choice: Choice, audience: str) -> tuple[Comparison, Register, int]:
    """Return the comparison, its register, and how many notes of it were held back."""
    with viewing(given, audience, choice.study_group) as view:
        found, held_back = compared(view, choice)
        return found, register(view), held_back


def compared(view: StudyView, choice: Choice) -> tuple[Comparison, int]:
    """Return the comparison for the look's audience, and how many notes were held back."""
    within, notes = _material(view, choice.narrowing)
    visits = _having_a_say(view, within, notes)
    _check_prefecture(view, choice.narrowing.prefecture)
    keys = [_find_topic(view, typed) for typed in choice.topics]
    filed = {place for note in notes for place in note.places} | set(map(Address, keys))
    filed |= {one.address for one in view.summaries}
    crosswalk = whole_lineup(view, filed)
    topics = [t for t in crosswalk.topics if not keys or t in map(crosswalk.topic, keys)]
    grounds = [_ground(view, city, visits, notes) for city in _cities(view, choice, visits, notes)]
    summaries = _summaries(view, grounds, crosswalk)
    found = compare_grounds(topics, grounds, crosswalk, view.audience, summaries)
    found = only_shown(found, choice.narrowing)
    found = _with_words_of_visits(view, found, grounds, crosswalk)
    group = next((g.name for g in view.groups if g.short == view.study_group), "")
    found = replace(found, facts=_profiles(view, choice, grounds), study_group=group)
    return found, view.held_back(_asked_for(view, choice, within, keys, crosswalk))


def _check_prefecture(view: StudyView, typed: str) -> None:
    if not typed:
        return
    cities = view.cities_on_record.values()
    known = dict.fromkeys(city.prefecture for city in cities if city.prefecture)
    if not any(lies_in(city, typed) for city in cities):
        raise NotFound(
            _("No city of the study lies in “{prefecture}”.").format(prefecture=typed),
            _("There are: {names}").format(names=enumerated(known) or "-"),
        )


def _find_topic(view: StudyView, typed: str) -> str:
    address = find_address(view, typed)
    if address.question:
        raise WrongUsage(
            _("Topics are compared, and “{typed}” is a question.").format(typed=typed),
            _("Its topic: fieldvisit compare {topic}. Its notes: fieldvisit note list "
              "--topic {place}").format(topic=address.topic, place=address),
        )  # fmt: skip
    return address.topic


def _material(view: StudyView, narrowing: Narrowing) -> tuple[tuple[Visit, ...], tuple[Note, ...]]:
    """Return the visits of the period that take place, and what counts of the notes.

    These are the notes from the visits, and those of the cities themselves.
    """
    visits = tuple(filter(narrowing.takes_visit, view.taking_place))
    ids = {visit.id for visit in visits}
    return visits, tuple(note for note in view.notes if _counts(note, ids, narrowing))


def _having_a_say(
    view: StudyView, visits: Sequence[Visit], notes: Sequence[Note]
) -> tuple[Visit, ...]:
    """Return the visits without those still to come, where the city has had another.

    What was said or marked before is not open again because one more visit is planned.
    """
    told = {note.visit_id for note in notes} | {mark.visit_id for mark in view.marks}
    begun = {visit.id for visit in visits if visit.id in told or visit.took_place(today())}
    cities = {visit.city_code for visit in visits if visit.id in begun}
    return tuple(v for v in visits if v.id in begun or v.city_code not in cities)


def _counts(note: Note, visit_ids: Collection[str], narrowing: Narrowing) -> bool:
    if note.at_desk:
        return narrowing.takes_desk_note(note)
    return note.visit_id in visit_ids


def _summaries(view: StudyView, grounds: Sequence[CityInputs], crosswalk: Crosswalk) -> Summaries:
    """Return the summaries that rest on nothing but what is compared."""
    ids = {note.id for inputs in grounds for note in inputs.notes}
    found = summaries_by_cell(view, crosswalk)
    return {cell: one for cell, one in found.items() if one.rests_within(ids)}


def _with_words_of_visits(
    view: StudyView, found: Comparison, grounds: Sequence[CityInputs], crosswalk: Crosswalk
) -> Comparison:
    """Return a comparison that tells where visits asked in other words."""
    visits = [covered.visit for inputs in grounds for covered in inputs.visits]
    versions = view.guides.versions(visits)
    topics = (
        replace(topic, other_words=other_words(topic.topic, versions, crosswalk))
        for topic in found.topics
    )
    return replace(found, topics=tuple(topics))


def _profiles(
    view: StudyView, choice: Choice, grounds: Sequence[CityInputs]
) -> dict[str, tuple[CityFact, ...]]:
    """Return the facts of the cities compared by code, those asked for or all."""
    used = keys_used(view.facts)
    wanted = [existing_key(typed, used) for typed in choice.facts] or used
    own = ((inputs.city.code, view.facts.get(inputs.city.code, ())) for inputs in grounds)
    found = {code: tuple(f for f in facts if f.key in wanted) for code, facts in own}
    return {code: facts for code, facts in found.items() if facts}


def _asked_for(
    view: StudyView,
    choice: Choice,
    visits: Sequence[Visit],
    topics: Sequence[str],
    crosswalk: Crosswalk,
) -> Callable[[Note], bool]:
    """Return what tells whether a note would stand in the comparison of ``topics`` (none = all)."""
    codes = {find_any_city(view, typed).code for typed in choice.cities} or set(view.cities)
    codes = {code for code in codes if _is_chosen(choice, view.cities.get(code), visits)}
    ids = {visit.id for visit in visits}
    wanted = {crosswalk.now(Address(topic)).topic for topic in topics}

    def fits(note: Note) -> bool:
        now = {crosswalk.now(place).topic for place in note.places}
        return (
            _counts(note, ids, choice.narrowing)
            and choice.narrowing.shows(note)
            and note.city_code in codes
            and bool(now & wanted if topics else now)
        )

    return fits


def _cities(
    view: StudyView, choice: Choice, visits: Sequence[Visit], notes: Sequence[Note]
) -> list[City]:
    """Return the cities named, else those visited or of which the audience may see a note."""
    named = {city.code: city for typed in choice.cities for city in [find_any_city(view, typed)]}
    codes = {visit.city_code for visit in visits} | {note.city_code for note in notes}
    known = named or {code: view.cities[code] for code in codes}
    chosen = (city for city in known.values() if _is_chosen(choice, city, visits))
    listed = (_listed(city, visits) for city in chosen)
    return sorted_cities(listed, view.facts, choice.sort, grouped=choice.grouped)


def _is_chosen(choice: Choice, city: City | None, visits: Sequence[Visit]) -> bool:
    if city is None or not choice.narrowing.takes_city(city):
        return False
    return not choice.city_class or _listed(city, visits).city_class == choice.city_class


def _listed(city: City, visits: Sequence[Visit]) -> Listed:
    """Return a city with its class on the day of the last visit, today's without one."""
    last = day_of_last_visit(visit for visit in visits if visit.city_code == city.code)
    return Listed(city, city.class_on(last or today()), last)


def _ground(
    view: StudyView, city: City, visits: Sequence[Visit], notes: Sequence[Note]
) -> CityInputs:
    own = tuple(note for note in notes if note.city_code == city.code)
    return CityInputs(
        city,
        tuple(cover_visit(view, v, own, "all") for v in visits if v.city_code == city.code),
        known_attributes(city, today()),
        own,
    )
