"""`summary edit`: the cells of the comparison on one sheet in the editor, stored in one change."""

from collections.abc import Generator, Iterator, Sequence
from contextlib import contextmanager

from msgspec.structs import replace

from fieldvisit.actions.editor_sheets import OpenSheet, Shown, kept_sheets, open_sheet
from fieldvisit.actions.read_files import ReadFile, propose, store_reading
from fieldvisit.actions.summarising.summaries import (
    matrix_crosswalk,
    notes_by_cell,
    summaries_by_cell,
)
from fieldvisit.documents import wordings
from fieldvisit.documents.formats import markdown
from fieldvisit.documents.summaries import SheetCell, page
from fieldvisit.errors import NotFound
from fieldvisit.fieldwork.draft import Purpose
from fieldvisit.fieldwork.guide import Address, Topic
from fieldvisit.fieldwork.summary import ACROSS, Cell, StandingSummary
from fieldvisit.language import _
from fieldvisit.review.item import Arrival
from fieldvisit.review.pieces import Piece, ReturnedFile
from fieldvisit.review.tags import cell_tag
from fieldvisit.settings import Settings
from fieldvisit.study.references import find_address, find_any_city
from fieldvisit.study.view import StudyView, today, viewing

_SEVERAL = 2


def kept_summary_sheets(
    given: Settings, topics: Sequence[str], cities: Sequence[str], audience: str
) -> Generator[OpenSheet, None, None]:
    """Yield the sheets of the same cells that were not stored, newest first."""
    with viewing(given, audience) as view:
        purpose = _purpose(view, topics, cities)
    yield from kept_sheets(given, purpose, audience)


@contextmanager
def open_summary_sheet(
    given: Settings, topics: Sequence[str], cities: Sequence[str], audience: str
) -> Iterator[OpenSheet]:
    """Write the cells of topics and cities (none = all with notes) into a new draft, held."""
    with viewing(given, audience) as view:
        cells = tuple(_cells(view, topics, cities))
        purpose = _purpose(view, topics, cities)
    if not cells:
        raise NotFound(
            _("There are no notes there that could be summarised."),
            _("Enter notes first: fieldvisit record VISIT"),
        )
    tags = {one.box: cell_tag(one.cell, one.notes, one.summary) for one in cells}
    shown = Shown(audience, markdown.write(page(audience, cells)), tags)
    with open_sheet(given, purpose, shown) as opened:
        yield opened


def store_summary_sheet(given: Settings, opened: OpenSheet) -> ReadFile:
    """Store what is plain on the sheet, and let the rest wait, in one change."""
    arrival = Arrival(kind="comparison")
    reading = propose(given, summaries_on(opened), arrival)
    return store_reading(given, reading, arrival, command="summary edit")


def summaries_on(opened: OpenSheet) -> ReturnedFile:
    """Return what stands in the boxes, as in rows of a table, and what stands beside them."""
    file, tags = opened.file(), opened.shown.slots
    boxes = (replace(one, slot=tags[one.slot], column="summary") for one in file.pieces if one.slot)
    strays = (replace(one, look=_look(one)) for one in file.pieces if one.look and not one.slot)
    return replace(file, pieces=(*boxes, *strays))


def _look(piece: Piece) -> str:
    return "" if piece.look == "aside" else piece.look


def _purpose(view: StudyView, topics: Sequence[str], cities: Sequence[str]) -> Purpose:
    """Return what a sheet belongs to: the topics and cities that were asked for, if any."""
    places = sorted(str(find_address(view, typed)) for typed in topics)
    names = sorted(find_any_city(view, typed).code for typed in cities)
    return Purpose("summary edit", " ".join((*places, *names)))


def _cells(view: StudyView, topics: Sequence[str], cities: Sequence[str]) -> Iterator[SheetCell]:
    named = [find_address(view, typed) for typed in topics]
    codes = [find_any_city(view, typed).code for typed in cities] or sorted(view.cities)
    known, notes = summaries_by_cell(view), notes_by_cell(view)
    for topic in matrix_crosswalk(view).topics:
        for address in _addresses(topic, named, known):
            found = [(code, address) for code in codes if (code, address) in notes]
            across = (ACROSS, address)
            if not cities and (len(found) >= _SEVERAL or across in known):
                found.append(across)
            for cell in found:
                heads = _heads(view, topic, cell)
                yield SheetCell(cell, *heads, notes.get(cell, ()), known.get(cell))


def _addresses(
    topic: Topic, named: Sequence[Address], known: dict[Cell, StandingSummary]
) -> list[Address]:
    """Return the topic, and its questions that were named or have a summary."""
    whole = Address(topic.key)
    summarised = {address for _city, address in known}
    found = [] if named and whole not in named else [whole]
    for question in topic.questions:
        address = Address(topic.key, question.key)
        if address in named or (address in summarised and found):
            found.append(address)
    return found


def _heads(view: StudyView, topic: Topic, cell: Cell) -> tuple[str, str]:
    """Return the heads of a cell: of its topic, and of the city or question."""
    code, address = cell
    name = _("Across the cities")
    if code != ACROSS:
        name = wordings.city(view.cities[code], today())
    if address.question and (question := topic.question(address.question)):
        name = f"{name} {topic.number}/{question.number} {question.ask}"
    return f"{topic.number} {topic.title}", name
