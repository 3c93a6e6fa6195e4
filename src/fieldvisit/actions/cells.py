"""The cells of the matrix as a person names them, and what stands in them."""

from collections.abc import Iterator

from fieldvisit.actions.looking import Look
from fieldvisit.actions.references import find_address, find_any_city
from fieldvisit.errors import WrongUsage
from fieldvisit.fieldwork.guide import Address
from fieldvisit.fieldwork.lineup import Lineup, forgotten
from fieldvisit.fieldwork.matrix import Cell, StandingSummary, notes_in, standing_summaries
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
    return (ACROSS if across else find_any_city(look, city).code), address


def notes_of(look: Look, cell: Cell) -> tuple[Note, ...]:
    """Return the notes that stand in a cell, in order."""
    return notes_in(cell, look.notes, look.lineup)


def standing(look: Look) -> dict[Cell, StandingSummary]:
    """Return the summaries of the study as they stand, by cell."""
    return standing_summaries(look.summaries, look.every_note, look.lineup)


def stored_summary(look: Look, cell: Cell) -> Summary | None:
    """Return the summary kept for a cell, deleted or not, None if there never was one.

    Of several that renamed questions brought together it is the one written last.
    """
    found = [
        one
        for one in look.every_summary
        if (one.city_code or ACROSS, look.lineup.now(one.address)) == cell
    ]
    return max(found, key=lambda one: (not one.deleted, one.updated_at), default=None)


def all_cells(look: Look) -> Iterator[Cell]:
    """Yield every cell of the matrix: of the study's cities and across them, topic by topic."""
    filed = {place for note in look.notes for place in note.places}
    filed |= {one.address for one in look.every_summary}
    lineup = Lineup(
        [*look.shelf.to_line_up(look.study, look.visits), forgotten(filed, look.lineup)]
    )
    for topic in lineup.topics:
        for key in (None, *(question.key for question in topic.questions)):
            for city in (*sorted(look.cities), ACROSS):
                yield city, Address(topic.key, key)
