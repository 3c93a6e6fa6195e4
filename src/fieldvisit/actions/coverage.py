"""`coverage`: what was answered where, and what is still to ask or to follow."""

from collections.abc import Collection, Sequence
from datetime import date

from msgspec.structs import replace

from fieldvisit.documents.status import Status
from fieldvisit.fieldwork.city import City
from fieldvisit.fieldwork.confirmation import SentPassage
from fieldvisit.fieldwork.coverage import CoverageInputs, VisitCoverage, cover
from fieldvisit.fieldwork.guide import Guide
from fieldvisit.fieldwork.letter import waits_for_word
from fieldvisit.fieldwork.note import Note
from fieldvisit.fieldwork.states import Mark
from fieldvisit.fieldwork.visit import Visit
from fieldvisit.language import _
from fieldvisit.settings import Settings
from fieldvisit.study.drafts import drafts
from fieldvisit.study.references import find_visit
from fieldvisit.study.view import StudyView, today, viewing


def coverage(
    given: Settings, visits: Sequence[str], audience: str, study_group: str = ""
) -> tuple[tuple[VisitCoverage, ...], int]:
    """Return the coverage of the visits named (none = all but cancelled ones), by date.

    The second value is how many of their notes were held back from ``audience``. With
    ``study_group`` everything rests on what this group may use.
    """
    with viewing(given, audience, study_group) as view:
        chosen = [find_visit(view, typed) for typed in visits] or view.taking_place
        return tuple(cover_whole(view, visit) for visit in chosen), view.held_back_at(chosen)


def visit_and_coverage(
    given: Settings, typed: str, audience: str, study_group: str = ""
) -> tuple[VisitCoverage, tuple[Guide, ...], int]:
    """Return how one visit stands, its guides, and how many of its notes were held back."""
    with viewing(given, audience, study_group) as view:
        visit = find_visit(view, typed)
        return cover_visit(view, visit), view.guides.of(visit), view.held_back_at([visit])


def cover_visit(
    view: StudyView,
    visit: Visit,
    notes: Sequence[Note] | None = None,
    audience: str = "",
    topics: Collection[str] | None = None,
) -> VisitCoverage:
    """Return how one visit stands in ``view``, as ``audience`` (the view's own) may read it.

    ``notes`` are those of the city that count, if not all that the view shows.
    """
    return cover(_ground(view, visit, notes), view.crosswalk, audience or view.audience, topics)


def cover_whole(view: StudyView, visit: Visit) -> VisitCoverage:
    """Return the same with the passages on which the city was asked for its word."""
    sent = tuple(
        SentPassage(note, request)
        for note in view.notes_by_city.get(visit.city_code, ())
        if (request := view.confirmations.get(note.id))
        and (request.visit_id, request.state) == (visit.id, "sent")
    )
    return replace(cover_visit(view, visit), unconfirmed=sent)


def known_attributes(city: City, day: date) -> frozenset[str]:
    """Return class and attributes on a day; none where the class is not known.

    Then no question may be left out for it.
    """
    return city.attributes_on(day) if city.class_on(day) else frozenset()


def _ground(view: StudyView, visit: Visit, notes: Sequence[Note] | None) -> CoverageInputs:
    city = view.cities[visit.city_code]
    own = view.notes_for(visit) if notes is None else notes
    return CoverageInputs(
        visit,
        city,
        view.guides.of(visit),
        known_attributes(city, visit.day or today()),
        tuple(note for note in own if note.visit_id in (None, visit.id)),
        _marks(view, visit),
    )


def _marks(view: StudyView, visit: Visit) -> tuple[Mark, ...]:
    """Return the marks of a visit; what was left out beforehand counts as not asked."""
    marks = view.marks_by_visit.get(visit.id, ())
    marked = {mark.address for mark in marks}
    left_out = (
        Mark(visit.id, one.address, "not-asked", _("left out beforehand"))
        for one in visit.questions
        if one.choice == "skip" and one.address not in marked
    )
    return (*marks, *left_out)


def status(given: Settings, audience: str, study_group: str = "") -> tuple[Status, int]:
    """Return how the study stands today, and how many notes were held back.

    With ``study_group`` as far as this group may use it; drafts are of no group.
    """
    with viewing(given, audience, study_group) as view:
        found = Status(
            view.study,
            tuple(cover_whole(view, visit) for visit in view.taking_place),
            tuple(filter(waits_for_word, view.notes)),
            sum(not note.places for note in view.notes),
            0 if study_group else len(view.items),
            () if study_group else _drafts(view),
            today(),
        )
        return found, view.held_back()


def _drafts(view: StudyView) -> tuple[str, ...]:
    """Return the names of drafts that the audience may know of."""
    known = (draft for draft in drafts(view.place) if draft.purpose.may_be_told(view.audience))
    return tuple(draft.name for draft in known)
