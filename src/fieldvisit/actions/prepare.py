"""`prepare`: what a sheet rests on, for the interviewer and for the city."""

from collections.abc import Sequence

from msgspec.structs import replace

from fieldvisit.actions.coverage import cover_visit, known_attributes
from fieldvisit.actions.looking import Look, looking, today
from fieldvisit.actions.references import find_visit
from fieldvisit.fieldwork.guide import Address
from fieldvisit.fieldwork.note import Note
from fieldvisit.fieldwork.preparation import Preparation
from fieldvisit.fieldwork.visit import Visit
from fieldvisit.settings import Settings


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
    with looking(given, audience, study_group) as look:
        found = dict.fromkeys(find_visit(look, typed) for typed in visits)
        prepared = (replace(preparation(look, visit), reply_by=reply_by) for visit in found)
        return tuple(prepared), look.held_back_at(found)


def preparation(look: Look, visit: Visit) -> Preparation:
    """Return what the sheets of one visit rest on."""
    city, day = look.cities[visit.city_code], visit.day or today()
    notes = look.notes_for(visit)
    placed: dict[Address, tuple[Note, ...]] = {}
    for note in notes:
        for address in dict.fromkeys(look.lineup.now(place) for place in note.places):
            placed[address] = (*placed.get(address, ()), note)
    return Preparation(
        look.study,
        look.groups,
        cover_visit(look, visit),
        day,
        known_attributes(city, day),
        placed,
        tuple(note for note in notes if not note.places),
        look.audience,
        elsewhere=look.visits_by_id,
    )
