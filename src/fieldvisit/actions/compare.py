"""`compare`: what the cities say, topic by topic."""

from collections.abc import Callable, Collection
from functools import cached_property

from msgspec import Struct
from msgspec.structs import replace

from fieldvisit.actions.coverage import cover_visit, known_attributes
from fieldvisit.actions.show import register
from fieldvisit.actions.summaries import matrix_notes, whole_crosswalk
from fieldvisit.errors import NotFound, WrongUsage
from fieldvisit.fieldwork.city import City
from fieldvisit.fieldwork.comparison import CityInputs, Comparison, Summaries
from fieldvisit.fieldwork.comparison import compare as compare_columns
from fieldvisit.fieldwork.crosswalk import Crosswalk
from fieldvisit.fieldwork.guide import Address, Topic
from fieldvisit.fieldwork.note import Note, Register
from fieldvisit.fieldwork.summary import standing_summaries
from fieldvisit.fieldwork.visit import Visit, day_of_last_visit
from fieldvisit.language import _, enumerated
from fieldvisit.settings import Settings
from fieldvisit.storage import gate
from fieldvisit.study.references import find_address, find_any_city
from fieldvisit.study.view import StudyView, grouped, today, viewing


class Choice(Struct, frozen=True):
    """What to compare; empty = everything. Cities and topics as typed, ``city_class`` fixed."""

    topics: tuple[str, ...] = ()
    cities: tuple[str, ...] = ()
    city_class: str = ""
    prefecture: str = ""
    study_group: str = ""


def compare(given: Settings, choice: Choice, audience: str) -> tuple[Comparison, Register, int]:
    """Return the comparison, its register, and how many notes of it were held back."""
    with viewing(given, audience, choice.study_group) as view:
        found, held_back = compared(view, choice)
        return found, register(view), held_back


def compared(view: StudyView, choice: Choice) -> tuple[Comparison, int]:
    """Return the comparison for the view's audience, and how many notes were held back."""
    _check_prefecture(view, choice.prefecture)
    inputs = _Inputs(view, choice)
    cities = [inputs.of_city(city) for city in inputs.cities]
    summaries = _summaries(inputs, {city.city.code for city in cities})
    found = compare_columns(inputs.topics, cities, inputs.crosswalk, view.audience, summaries)
    found = replace(
        found,
        facts={c.city.code: own for c in cities if (own := view.facts.get(c.city.code))},
        study_group=next((g.name for g in view.groups if g.short == view.study_group), ""),
    )
    return found, view.held_back(inputs.asked, inputs.fits())


class _Inputs:
    """What a comparison rests on: the notes asked for and the visits that have a say, by city."""

    def __init__(self, view: StudyView, choice: Choice) -> None:
        self.view, self.choice = view, choice
        self._ids = {visit.id for visit in view.taking_place}
        self._occasions = [one for one in view.occasions if self.counts(one)]
        self._keys = [_find_topic(view, typed) for typed in choice.topics]
        self.visits = self._having_a_say()
        self._visits_by_city = grouped(self.visits, lambda visit: visit.city_code)
        notes = view.some_notes(self.asked) if self._keys else view.notes
        self._notes = grouped(filter(self.counts, notes), lambda note: note.city_code)

    @cached_property
    def crosswalk(self) -> Crosswalk:
        """All guides in use and whatever else notes, summaries or the topics asked for need."""
        filed = set(map(Address, self._keys)) | {one.address for one in self.view.summaries}
        if self._keys:
            filed |= self.view.places_seen
        else:
            filed |= {p for notes in self._notes.values() for note in notes for p in note.places}
        return whole_crosswalk(self.view, filed)

    @cached_property
    def asked(self) -> gate.NotesAsked:
        """The notes that are read: those under the topics asked for."""
        if not self._keys:
            return gate.EVERYTHING
        places = self.view.places_under(list(map(Address, self._keys)), self.crosswalk)
        return gate.NotesAsked(places=places)

    @property
    def topics(self) -> list[Topic]:
        """The topics compared."""
        keys = self._keys
        known = [self.crosswalk.topic(key) for key in keys]
        return [topic for topic in self.crosswalk.topics if not keys or topic in known]

    @cached_property
    def topics_asked(self) -> frozenset[str] | None:
        """The keys of the topics asked for, None if all are."""
        return frozenset(topic.key for topic in self.topics) if self._keys else None

    @cached_property
    def cities(self) -> list[City]:
        """The cities named, else those visited or of which the audience may see a note."""
        view, choice = self.view, self.choice
        named = {city.code: city for one in choice.cities for city in [find_any_city(view, one)]}
        codes = {visit.city_code for visit in self.visits}
        codes |= {one.city_code for one in self._occasions}
        known = named or {code: view.cities[code] for code in codes}
        return [city for _code, city in sorted(known.items()) if self._is_chosen(city)]

    def of_city(self, city: City) -> CityInputs:
        """Return what one city's column rests on."""
        own = self._notes.get(city.code, ())
        visits = self._visits_by_city.get(city.code, ())
        asked = self.topics_asked
        covered = tuple(cover_visit(self.view, one, own, "all", asked) for one in visits)
        return CityInputs(city, covered, known_attributes(city, today()), tuple(own))

    def fits(self) -> Callable[[Note], bool]:
        """Return what tells whether a note that was asked for would stand in the comparison."""
        view, choice = self.view, self.choice
        codes = {find_any_city(view, one).code for one in choice.cities} or set(view.cities)
        codes = {code for code in codes if self._is_chosen(view.cities.get(code))}

        def fits(note: Note) -> bool:
            return bool(note.places) and self.counts(note) and note.city_code in codes

        return fits

    def counts(self, one: Note | gate.Occasion) -> bool:
        """Tell whether a note is the city's own, or comes from a visit that takes place."""
        return one.visit_id is None or one.visit_id in self._ids

    def _having_a_say(self) -> tuple[Visit, ...]:
        """Return the visits but those to come where the city has had one: nothing opens again."""
        visits = self.view.taking_place
        told = {one.visit_id for one in self._occasions} | set(self.view.marks_by_visit)
        begun = {one.id for one in visits if one.id in told or one.took_place(today())}
        cities = {visit.city_code for visit in visits if visit.id in begun}
        return tuple(v for v in visits if v.id in begun or v.city_code not in cities)

    def _is_chosen(self, city: City | None) -> bool:
        choice = self.choice
        if city is None or (choice.prefecture and not city.lies_in(choice.prefecture)):
            return False
        # The class of the day of the last visit, today's without one.
        last = day_of_last_visit(self._visits_by_city.get(city.code, ()))
        return choice.city_class in ("", city.class_on(last or today()))


def _check_prefecture(view: StudyView, typed: str) -> None:
    if not typed:
        return
    cities = view.cities_on_record.values()
    known = dict.fromkeys(city.prefecture for city in cities if city.prefecture)
    if not any(city.lies_in(typed) for city in cities):
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


def _summaries(inputs: _Inputs, cities: Collection[str]) -> Summaries:
    """Return the summaries on the topics that rest on nothing but what is compared."""
    view = inputs.view
    now, asked = inputs.crosswalk.now, inputs.topics_asked
    summaries = [s for s in view.summaries if asked is None or now(s.address).topic in asked]
    if not summaries:
        return {}
    if inputs.asked is gate.EVERYTHING:
        known = matrix_notes(view)
    else:
        ids = {one.note_id for summary in summaries for one in summary.seen}
        here = view.some_notes(replace(inputs.asked, deleted=True))
        wanted = gate.NotesAsked(ids | {note.id for note in here}, deleted=True)
        known = matrix_notes(view, view.some_notes(wanted))
    found = standing_summaries(summaries, known, inputs.crosswalk)
    stand = (note for note in known.values() if not (note.deleted or note.replaced_by))
    ids = {note.id for note in stand if inputs.counts(note) and note.city_code in cities}
    return {cell: one for cell, one in found.items() if one.rests_within(ids)}
