"""A consistent view of a study, for one audience."""

from collections.abc import Callable, Collection, Hashable, Iterable, Iterator, Mapping, Sequence
from contextlib import contextmanager
from datetime import date
from functools import cached_property
from typing import TypeVar

from msgspec import Struct
from msgspec.structs import replace

from fieldvisit import settings
from fieldvisit.fieldwork.city import City, CityFact
from fieldvisit.fieldwork.confirmation import Confirmation
from fieldvisit.fieldwork.crosswalk import Crosswalk, extra_questions
from fieldvisit.fieldwork.disclosure import strictest, visit_for
from fieldvisit.fieldwork.guide import Address, Guide
from fieldvisit.fieldwork.note import Note, NoteConflict, is_for_visit
from fieldvisit.fieldwork.states import Mark
from fieldvisit.fieldwork.study import Study, StudyGroup, check_groups
from fieldvisit.fieldwork.summary import Summary
from fieldvisit.fieldwork.visit import Visit
from fieldvisit.review.item import Item
from fieldvisit.shipped_cities import shipped
from fieldvisit.storage import gate, queries
from fieldvisit.storage.connection import Connection, reading
from fieldvisit.study.guides import StudyGuides

K = TypeVar("K", bound=Hashable)
T = TypeVar("T")


class StudyView(Struct, frozen=True, dict=True):
    """What stands in the study, read when asked for. Notes come for ``audience`` only.

    With ``study_group`` visits, notes and what rests on them are those that this group may use;
    ``anonymised`` tells that no name will stand in the output.
    """

    place: settings.Study
    connection: Connection
    audience: str
    study_group: str = ""
    anonymised: bool = False

    @cached_property
    def study(self) -> Study:
        """The study itself."""
        return queries.study(self.connection)

    @cached_property
    def groups(self) -> tuple[StudyGroup, ...]:
        """The study groups."""
        return queries.study_groups(self.connection)

    @cached_property
    def cities(self) -> Mapping[str, City]:
        """The study's cities by code."""
        return {code: city for code, city in self.every_city.items() if not city.deleted}

    @cached_property
    def every_city(self) -> Mapping[str, City]:
        """These and those that were taken out."""
        return {city.code: city for city in queries.cities(self.connection, deleted=True)}

    @cached_property
    def cities_on_record(self) -> Mapping[str, City]:
        """The cities that may be listed: without those that only hidden notes brought in."""
        if self.audience == "all":
            return self.cities
        aliases = queries.name_aliases(self.connection)
        codes = {visit.city_code for visit in self.every_visit} | set(self.facts)
        codes |= gate.cities_on_record(self.connection)
        codes |= {summary.city_code for summary in self.every_summary if summary.city_code}
        codes |= {alias.stands_for for alias in aliases if alias.kind == "city"}
        known = {city.code for city in shipped()} if self.cities.keys() - codes else set()
        return {c: city for c, city in self.cities.items() if c in codes or c not in known}

    @cached_property
    def visits(self) -> tuple[Visit, ...]:
        """The visits by date, as the audience may see them."""
        everything = self.audience == "all"
        seen = frozenset() if everything else self._seen_to_keep_guides
        return tuple(
            visit_for(v, self.audience, keeps_guides=everything or v.id in seen)
            for v in self.every_visit
            if not v.deleted and (not self.study_group or self.study_group in v.study_groups)
        )

    @cached_property
    def _seen_to_keep_guides(self) -> frozenset[str]:
        """The visits of which the audience may see that something rests on their guides."""
        asked = gate.NotesAsked(study_group=self.study_group, deleted=True)
        # Named or not is all one here: nothing that a note says is told.
        notes = gate.occasions(self.connection, self.audience, asked)
        marks = queries.marks(self.connection, deleted=True)
        return frozenset({note.visit_id or "" for note in notes} | {m.visit_id for m in marks})

    @cached_property
    def every_visit(self) -> tuple[Visit, ...]:
        """The visits ever made, also those taken out, for names that are given once."""
        return queries.visits(self.connection, deleted=True)

    @property
    def taking_place(self) -> tuple[Visit, ...]:
        """The same but for those that were cancelled."""
        return tuple(visit for visit in self.visits if visit.status != "cancelled")

    @cached_property
    def visits_by_id(self) -> Mapping[str, Visit]:
        """The same visits by id."""
        return {visit.id: visit for visit in self.visits}

    @cached_property
    def notes(self) -> tuple[Note, ...]:
        """The notes that the audience may see, in order."""
        every = self.every_note.values()
        return tuple(note for note in every if not (note.deleted or note.replaced_by))

    def some_notes(self, asked: gate.NotesAsked) -> tuple[Note, ...]:
        """Return those asked for of the notes that the audience may see, in order."""
        return gate.notes(self.connection, self.audience, self._ours(asked))

    def _ours(self, asked: gate.NotesAsked = gate.EVERYTHING) -> gate.NotesAsked:
        return replace(asked, study_group=self.study_group, anonymised=self.anonymised)

    @cached_property
    def occasions(self) -> frozenset[gate.Occasion]:
        """Where the notes come from that stand and that the audience may see."""
        return gate.occasions(self.connection, self.audience, self._ours())

    @cached_property
    def places_seen(self) -> frozenset[Address]:
        """The places under which the notes are filed that stand and that the audience may see."""
        return gate.places_seen(self.connection, self.audience, self._ours())

    def places_under(
        self, addresses: Collection[Address], crosswalk: Crosswalk | None = None
    ) -> frozenset[Address]:
        """Return the places, as notes were filed, that lie under one of ``addresses`` today."""
        now = (crosswalk or self.crosswalk).now
        return frozenset(
            place
            for place in gate.places_filed(self.connection)
            if any(now(address).covers(now(place)) for address in addresses)
        )

    @cached_property
    def every_note(self) -> Mapping[str, Note]:
        """These, those that were deleted and those that others replace, by id, in order."""
        return {note.id: note for note in self.some_notes(gate.NotesAsked(deleted=True))}

    @property
    def summaries(self) -> tuple[Summary, ...]:
        """The summaries that the audience may see."""
        return tuple(summary for summary in self.every_summary if not summary.deleted)

    @cached_property
    def every_summary(self) -> tuple[Summary, ...]:
        """The same and those that were deleted."""
        asked = self._ours(gate.NotesAsked(deleted=True))
        return gate.summaries(self.connection, self.audience, asked)

    @cached_property
    def confirmations(self) -> Mapping[str, Confirmation]:
        """What cities said to notes that the audience may see, by the id of the note."""
        found = gate.confirmations(self.connection, self.audience, self._ours())
        return {one.note_id: one for one in found}

    @cached_property
    def conflicts(self) -> tuple[NoteConflict, ...]:
        """The pairs of notes that contradict each other, as far as the audience may see both."""
        return gate.conflicts(self.connection, self.audience, self._ours())

    @cached_property
    def facts(self) -> Mapping[str, tuple[CityFact, ...]]:
        """The facts of the cities by code, in the order of their entry."""
        return grouped(queries.city_facts(self.connection), lambda fact: fact.city_code)

    @cached_property
    def notes_by_city(self) -> Mapping[str, tuple[Note, ...]]:
        """Those that were not deleted by the code of their city."""
        return grouped(self.notes, lambda note: note.city_code)

    def notes_for(self, visit: Visit) -> tuple[Note, ...]:
        """Return the notes of a visit's city that may stand on the visit's sheets."""
        notes = self.notes_by_city.get(visit.city_code, ())
        return tuple(note for note in notes if is_for_visit(note, visit))

    @cached_property
    def items(self) -> tuple[Item, ...]:
        """The items that wait for a decision; none but for `all`."""
        return queries.items(self.connection, state="waiting") if self.audience == "all" else ()

    @cached_property
    def marks(self) -> tuple[Mark, ...]:
        """All marks that stand."""
        return queries.marks(self.connection)

    @cached_property
    def marks_by_visit(self) -> Mapping[str, tuple[Mark, ...]]:
        """The same by the id of their visit."""
        return grouped(self.marks, lambda mark: mark.visit_id)

    @cached_property
    def guides(self) -> StudyGuides:
        """The guides."""
        return StudyGuides(self.place.guides, queries.snapshots(self.connection))

    @cached_property
    def guides_in_use(self) -> tuple[Guide, ...]:
        """The guides of the study, then those of visits, each newest first."""
        return self.guides.in_use(self.study, self.visits)

    @cached_property
    def crosswalk(self) -> Crosswalk:
        """All guides in use, lined up; last the questions that only single visits have."""
        return Crosswalk((*self.guides_in_use, extra_questions(self.visits)))

    def usual_level(self, places: Sequence[Address], visit: Visit | None) -> str:
        """Return the strictest level that the guides say for places, by today's names.

        Without places it is that of the visit's guides; of a guide that says none, `confirm`.
        """
        own = self.guides.of(visit) if visit else ()
        guides = (*own, *self.guides_in_use)
        found = [self.crosswalk.level_at(guides, place) for place in places]
        levels = found or [guide.disclosure for guide in own]
        return strictest(level or "confirm" for level in levels or [""])

    def anew(self) -> "StudyView":
        """Return a view that sees what was stored since this one was taken."""
        return replace(self)

    def held_back(
        self,
        asked: gate.NotesAsked = gate.EVERYTHING,
        fits: Callable[[Note], bool] | None = None,
        *,
        phrases: Sequence[str] = (),
    ) -> int:
        """Return how many notes asked for, that fit and hold ``phrases``, are not to be seen."""
        ours = self._ours(asked)
        return gate.held_back(self.connection, self.audience, ours, fits, phrases=phrases)

    def held_back_at(self, visits: Collection[Visit]) -> int:
        """Return the same of the notes from visits and of those of their cities themselves."""
        ids = {visit.id for visit in visits}
        codes = {visit.city_code for visit in visits}
        return self.held_back(
            fits=lambda note: note.visit_id in ids or (note.at_desk and note.city_code in codes)
        )


@contextmanager
def viewing(
    given: settings.Settings, audience: str, study_group: str = "", *, anonymised: bool = False
) -> Iterator[StudyView]:
    """Open the study for one view; NotFound if it has no such study group."""
    place = given.study()
    with reading(place.database) as connection:
        view = StudyView(place, connection, audience, study_group, anonymised)
        check_groups(view.groups, [study_group] if study_group else [])
        yield view


def grouped(found: Iterable[T], name: Callable[[T], K]) -> dict[K, tuple[T, ...]]:
    """Return things by what ``name`` says of each, in order."""
    groups: dict[K, list[T]] = {}
    for one in found:
        groups.setdefault(name(one), []).append(one)
    return {key: tuple(here) for key, here in groups.items()}


def today() -> date:
    """Return today's local date."""
    return date.today()  # noqa: DTZ011 - the contract's dates are local calendar dates
