"""The cells of the matrix as a person names them, and what stands in them."""

from collections.abc import Collection, Iterator, Mapping
from contextlib import suppress

from msgspec.structs import replace

from fieldvisit.actions.looking import Look
from fieldvisit.actions.references import find_address, find_any_city
from fieldvisit.errors import BadGuide, WrongUsage
from fieldvisit.fieldwork.guide import Address
from fieldvisit.fieldwork.lineup import Lineup, forgotten
from fieldvisit.fieldwork.matrix import Cell, StandingSummary, filled_cells, standing_summaries
from fieldvisit.fieldwork.note import Note
from fieldvisit.fieldwork.summary import ACROSS, Summary
from fieldvisit.language import _


def find_cell(look: Look, place: str, city: str, *, across: bool) -> Cell:
    """Return the cell of a topic or question, of one city or across them."""
    if bool(city) == across:
        raise WrongUsage(
            _("A summary is of one city, or across the cities."), _("Give --city CITY or --across.")
        )
    address = find_address(look, place)
    code = ACROSS if across else find_any_city(look, city).code
    return code, matrix_lineup(look).now(address)


def whole_lineup(look: Look, filed: Collection[Address]) -> Lineup:
    """Return the guides in use, and whatever else is needed so that nothing is left out.

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


def matrix_lineup(look: Look) -> Lineup:
    """Return the guides in use, then what notes or summaries speak of all the same."""
    filed = {place for note in look.notes for place in note.places}
    return whole_lineup(look, filed | {one.address for one in look.every_summary})


def notes_by_cell(look: Look) -> Mapping[Cell, tuple[Note, ...]]:
    """Return the notes that stand in each cell, in order."""
    return filled_cells(matrix_notes(look).values(), matrix_lineup(look))


def summaries_by_cell(look: Look, lineup: Lineup | None = None) -> dict[Cell, StandingSummary]:
    """Return the summaries of the study as they stand, by cell."""
    return standing_summaries(look.summaries, matrix_notes(look), lineup or matrix_lineup(look))


def matrix_notes(look: Look) -> Mapping[str, Note]:
    """Return all notes by id; those of a cancelled visit are gone from the matrix, as deleted."""
    held = {None, *(visit.id for visit in look.taking_place)}
    return {
        note.id: note if note.visit_id in held else replace(note, deleted=True)
        for note in look.every_note.values()
    }


def kept_summaries(look: Look) -> Mapping[Cell, tuple[Summary, ...]]:
    """Return the summaries ever kept for each cell; renamed questions may bring several together.

    First comes the one that counts: of those not deleted, else of all, the one written last.
    """
    lineup = matrix_lineup(look)
    found: dict[Cell, tuple[Summary, ...]] = {}
    for one in sorted(look.every_summary, key=lambda one: (not one.deleted, one.updated_at)):
        cell = (one.city_code or ACROSS, lineup.now(one.address))
        found[cell] = (one, *found.get(cell, ()))
    return found


def all_cells(look: Look) -> Iterator[Cell]:
    """Yield every cell of the matrix: of the study's cities and across them, topic by topic."""
    cities = (*sorted(look.cities), ACROSS)
    for topic in matrix_lineup(look).topics:
        yield from ((city, place) for place in topic.places for city in cities)
