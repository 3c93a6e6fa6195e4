"""The cells of the matrix as a person names them, and what stands in them."""

from collections.abc import Collection, Iterator, Mapping
from contextlib import suppress

from msgspec.structs import replace

from fieldvisit.errors import BadGuide, WrongUsage
from fieldvisit.fieldwork.crosswalk import Crosswalk, forgotten
from fieldvisit.fieldwork.guide import Address
from fieldvisit.fieldwork.matrix import Cell, StandingSummary, filled_cells, standing_summaries
from fieldvisit.fieldwork.note import Note
from fieldvisit.fieldwork.summary import ACROSS, Summary
from fieldvisit.language import _
from fieldvisit.study.references import find_address, find_any_city
from fieldvisit.study.view import StudyView


def find_cell(view: StudyView, place: str, city: str, *, across: bool) -> Cell:
    """Return the cell of a topic or question, of one city or across them."""
    if bool(city) == across:
        raise WrongUsage(
            _("A summary is of one city, or across the cities."), _("Give --city CITY or --across.")
        )
    address = find_address(view, place)
    code = ACROSS if across else find_any_city(view, city).code
    return code, matrix_lineup(view).now(address)


def whole_lineup(view: StudyView, filed: Collection[Address]) -> Crosswalk:
    """Return the guides in use, and whatever else is needed so that nothing is left out.

    Any other guide that holds a topic of ``filed`` comes next, then topics and questions that no
    guide has any more, under their bare keys.
    """
    guides = list(view.guides.to_line_up(view.study, view.visits))
    known = Crosswalk(guides)
    strange = {address.topic for address in filed if known.topic(address.topic) is None}
    for slug in view.guides.names() if strange else ():
        with suppress(BadGuide):
            guide = view.guides.current(slug)
            if any(guide.topic(topic) for topic in strange):
                guides.append(guide)
    return Crosswalk([*guides, forgotten(filed, Crosswalk(guides))])


def matrix_lineup(view: StudyView) -> Crosswalk:
    """Return the guides in use, then what notes or summaries speak of all the same."""
    filed = {place for note in view.notes for place in note.places}
    return whole_lineup(view, filed | {one.address for one in view.every_summary})


def notes_by_cell(view: StudyView) -> Mapping[Cell, tuple[Note, ...]]:
    """Return the notes that stand in each cell, in order."""
    return filled_cells(matrix_notes(view).values(), matrix_lineup(view))


def summaries_by_cell(
    view: StudyView, crosswalk: Crosswalk | None = None
) -> dict[Cell, StandingSummary]:
    """Return the summaries of the study as they stand, by cell."""
    return standing_summaries(view.summaries, matrix_notes(view), crosswalk or matrix_lineup(view))


def matrix_notes(view: StudyView) -> Mapping[str, Note]:
    """Return all notes by id; those of a cancelled visit are gone from the matrix, as deleted."""
    held = {None, *(visit.id for visit in view.taking_place)}
    return {
        note.id: note if note.visit_id in held else replace(note, deleted=True)
        for note in view.every_note.values()
    }


def kept_summaries(view: StudyView) -> Mapping[Cell, tuple[Summary, ...]]:
    """Return the summaries ever kept for each cell; renamed questions may bring several together.

    First comes the one that counts: of those not deleted, else of all, the one written last.
    """
    crosswalk = matrix_lineup(view)
    found: dict[Cell, tuple[Summary, ...]] = {}
    for one in sorted(view.every_summary, key=lambda one: (not one.deleted, one.updated_at)):
        cell = (one.city_code or ACROSS, crosswalk.now(one.address))
        found[cell] = (one, *found.get(cell, ()))
    return found


def all_cells(view: StudyView) -> Iterator[Cell]:
    """Yield every cell of the matrix: of the study's cities and across them, topic by topic."""
    cities = (*sorted(view.cities), ACROSS)
    for topic in matrix_lineup(view).topics:
        yield from ((city, place) for place in topic.places for city in cities)
