"""`prepare`: what a sheet rests on, for the interviewer and for the city."""

from collections.abc import Mapping, Sequence

from msgspec.structs import replace

from fieldvisit.actions.coverage import cover_visit, known_attributes
from fieldvisit.fieldwork.coverage import AskedBefore, asked_before
from fieldvisit.fieldwork.guide import Address
from fieldvisit.fieldwork.note import Note
from fieldvisit.fieldwork.preparation import Preparation
from fieldvisit.fieldwork.visit import Visit
from fieldvisit.settings import Settings
from fieldvisit.study.references import find_visit
from fieldvisit.study.view import StudyView, today, viewing


def visits_asked_before(
    given: Settings, visits: Sequence[str], audience: str, study_group: str = ""
) -> tuple[tuple[AskedBefore, ...], Mapping[str, str]]:
    """Return what was asked before of what these visits ask, as ``audience`` may see it.

    The second value names the study groups by their short names.
    """
    with viewing(given, audience, study_group) as view:
        found = dict.fromkeys(find_visit(view, typed) for typed in visits)
        names = {group.short: group.name for group in view.groups}
        return tuple(one for visit in found for one in _asked_before(view, visit)), names


def _asked_before(view: StudyView, visit: Visit) -> tuple[AskedBefore, ...]:
    others = [other for other in view.taking_place if other.city_code == visit.city_code]
    if not any(other.id != visit.id for other in others):
        return ()
    usable = view.notes_for(visit)
    return asked_before(
        cover_visit(view, visit),
        [cover_visit(view, other, usable) for other in others],
        usable,
        view.crosswalk,
    )


def prepare(
    given: Settings,
    visits: Sequence[str],
    audience: str,
    reply_by: str = "",
    study_group: str = "",
) -> tuple[tuple[Preparation, ...], int]:
    """Return what the sheets of these visits rest on, and how many of their notes are held back.

    With ``study_group`` they rest on what this group may use.
    """
    with viewing(given, audience, study_group) as view:
        found = dict.fromkeys(find_visit(view, typed) for typed in visits)
        prepared = (replace(preparation(view, visit), reply_by=reply_by) for visit in found)
        return tuple(prepared), view.held_back_at(found)


def preparation(view: StudyView, visit: Visit) -> Preparation:
    """Return what the sheets of one visit rest on."""
    city, day = view.cities[visit.city_code], visit.day or today()
    notes = view.notes_for(visit)
    placed: dict[Address, tuple[Note, ...]] = {}
    for note in notes:
        for address in dict.fromkeys(view.crosswalk.now(place) for place in note.places):
            placed[address] = (*placed.get(address, ()), note)
    return Preparation(
        view.study,
        view.groups,
        cover_visit(view, visit),
        day,
        known_attributes(city, day),
        placed,
        tuple(note for note in notes if not note.places),
        view.audience,
        elsewhere=view.visits_by_id,
    )
