"""`list`, `show`, `search`, `history`, `log`: what stands in the study, as an audience may see."""

from collections.abc import Callable, Iterable, Mapping, Sequence

from fieldvisit.errors import BadText
from fieldvisit.fieldwork.city import City, CityFact, find_city
from fieldvisit.fieldwork.confirmation import Confirmation
from fieldvisit.fieldwork.disclosure import visit_for
from fieldvisit.fieldwork.guide import Guide
from fieldvisit.fieldwork.note import Note, Register, contradictions
from fieldvisit.fieldwork.study import LoggedChange, Revision, Study, StudyGroup
from fieldvisit.fieldwork.visit import Visit
from fieldvisit.language import _
from fieldvisit.settings import Settings
from fieldvisit.shipped_cities import shipped
from fieldvisit.storage import gate, queries
from fieldvisit.study import references
from fieldvisit.study.fields import NoteFilter
from fieldvisit.study.view import StudyView, today, viewing


def study(given: Settings) -> tuple[Study, tuple[StudyGroup, ...]]:
    """Return the study and its groups."""
    with viewing(given, "all") as view:
        return view.study, view.groups


def visits(
    given: Settings, audience: str, study_group: str = ""
) -> tuple[tuple[Visit, ...], Mapping[str, City], Callable[[Visit], Sequence[Guide]]]:
    """Return the visits by date, the cities by code, and what tells the guides of a visit."""
    with viewing(given, audience, study_group) as view:
        guides = {visit.id: view.guides.of(visit) for visit in view.visits}
        return view.visits, view.cities, lambda visit: guides[visit.id]


def cities(given: Settings, city_class: str = "", prefecture: str = "") -> tuple[City, ...]:
    """Return the study's and the shipped cities by code, of one class or prefecture if asked."""
    known: Iterable[City] = shipped()
    if given.find_study():
        with viewing(given, "group") as view:
            known = references.all_cities(view)
    known = (c for c in known if not city_class or c.class_on(today()) == city_class)
    return tuple(city for city in known if not prefecture or city.lies_in(prefecture))


def city_and_facts(given: Settings, typed: str) -> tuple[City, tuple[CityFact, ...]]:
    """Return the one city that ``typed`` names and what the study knows of it."""
    if given.find_study() is None:
        return find_city(typed, shipped()), ()
    with viewing(given, "group") as view:
        city = references.find_any_city(view, typed)
        return city, view.facts.get(city.code, ())


def notes(
    given: Settings, wanted: NoteFilter, audience: str
) -> tuple[tuple[Note, ...], Register, int]:
    """Return notes in order, the register they need, and how many such were held back."""
    with viewing(given, audience, wanted.study_group) as view:
        asked = _asked(view, wanted)

        def fits(note: Note) -> bool:
            return (
                wanted.kind in ("", note.kind)
                and (not wanted.tag or wanted.tag in note.tags)
                and wanted.written_by in ("", note.by)
                and not (wanted.unsorted and note.places)
            )

        found = tuple(filter(fits, view.some_notes(asked)))
        return found, register(view), view.held_back(asked, fits)


def _asked(view: StudyView, wanted: NoteFilter) -> gate.NotesAsked:
    visit = references.find_visit(view, wanted.visit) if wanted.visit else None
    return gate.NotesAsked(
        visit_id=visit.id if visit else None,
        city_code=references.find_any_city(view, wanted.city).code if wanted.city else None,
        places=view.places_under([references.find_address(view, wanted.topic, visit)])
        if wanted.topic
        else None,
        study_group=wanted.study_group,
        replaced=wanted.replaced,
    )


def search(
    given: Settings, words: Sequence[str], wanted: NoteFilter, audience: str, limit: int = 0
) -> tuple[tuple[Note, ...], Register, int]:
    """Return the notes with every phrase, newest first, their register, the number held back."""
    if not words or not all(words):
        raise BadText(_("There is nothing to search for."), _("Give at least one character."))
    with viewing(given, audience, wanted.study_group) as view:
        asked = _asked(view, wanted)
        found = gate.search(view.connection, audience, words, asked, limit=limit)
        return found, register(view), view.held_back(asked, phrases=words)


def note(given: Settings, typed: str, audience: str) -> tuple[Note, Register, Confirmation | None]:
    """Return a note, and what its city was asked and said, of which the public learns nothing."""
    with viewing(given, audience) as view:
        found = references.find_note(view, typed, deleted=True)
        seen = audience != "public"
        asked = gate.confirmation(view.connection, audience, found.id) if seen else None
        return found, register(view), asked


def history(
    given: Settings, typed: str, audience: str
) -> tuple[tuple[tuple[Revision, Note], ...], Register]:
    """Return the revisions of a note that the audience may see, oldest first."""
    with viewing(given, audience) as view:
        found = references.find_note(view, typed, deleted=True)
        return gate.revisions(view.connection, audience, found.id), register(view)


def changes(given: Settings) -> tuple[tuple[LoggedChange, ...], Mapping[str, str]]:
    """Return all changes, newest first, and the handles of what they touched by id."""
    with viewing(given, "all") as view:
        return queries.changes(view.connection), _handles(view)


def handles(given: Settings) -> Mapping[str, str]:
    """Return the handles of visits and notes and the names of cities, by id or code."""
    with viewing(given, "all") as view:
        return _handles(view)


def _handles(view: StudyView) -> Mapping[str, str]:
    visits = {visit.id: visit.handle for visit in view.every_visit}
    cities = {city.code: city.name for city in view.every_city.values()}
    return visits | cities | gate.handles(view.connection)


def register(view: StudyView) -> Register:
    """Return cities and visits, also those taken out: deleted notes rest on them; conflicts."""
    conflicts = view.conflicts
    ids = {id_ for one in conflicts for id_ in (one.first, one.second)}
    known = {note.id: note for note in view.some_notes(gate.NotesAsked(ids))}
    return Register(
        view.every_city,
        {visit.id: visit_for(visit, view.audience) for visit in view.every_visit},
        contradictions(conflicts, known),
    )
