"""`summary edit`: the cells of the comparison on one sheet in the editor, stored in one change."""

from collections.abc import Generator, Iterator, Sequence
from contextlib import contextmanager

from msgspec import Struct
from msgspec.structs import replace

from fieldvisit.actions.decide import Decision, settle
from fieldvisit.actions.editor_sheets import OpenSheet, Shown, kept_sheets, open_sheet
from fieldvisit.actions.summarising.summaries import (
    all_cells,
    kept_summaries,
    matrix_crosswalk,
    notes_by_cell,
    summaries_by_cell,
)
from fieldvisit.documents import wordings
from fieldvisit.documents.formats import markdown
from fieldvisit.documents.summaries import BOX, SheetCell, page
from fieldvisit.errors import BadText, NotFound, Refused
from fieldvisit.fieldwork.disclosure import strictest
from fieldvisit.fieldwork.draft import Purpose
from fieldvisit.fieldwork.guide import Address, Topic
from fieldvisit.fieldwork.sheets.cell_tags import cell_name, cell_tag, read_cell_tag
from fieldvisit.fieldwork.summary import ACROSS, Cell, StandingSummary, is_taken_unasked
from fieldvisit.language import _
from fieldvisit.review.hints import hints_in
from fieldvisit.review.item import Item
from fieldvisit.review.marks import read_marks
from fieldvisit.review.pieces import Piece
from fieldvisit.settings import Settings
from fieldvisit.storage import queries, records
from fieldvisit.storage.connection import Change
from fieldvisit.study.change import changing
from fieldvisit.study.references import find_address, find_any_city
from fieldvisit.study.view import StudyView, today, viewing
from fieldvisit.text import settled

_SEVERAL = 2


class StoredSummaries(Struct, frozen=True):
    """What became of a sheet: the summaries stored, as they stand, and what waits.

    ``cities`` are the names of the study's cities by code; ``emptied`` counts the boxes that came
    back empty, whose summaries stay.
    """

    stored: tuple[StandingSummary, ...]
    unchanged: int
    waiting: tuple[Item, ...]
    emptied: int
    cities: dict[str, str]


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
    tags = {one.box: cell_tag(one.cell, one.notes, one.summary, {}) for one in cells}
    shown = Shown(audience, markdown.write(page(audience, cells)), tags)
    with open_sheet(given, purpose, shown) as opened:
        yield opened


def store_summary_sheet(given: Settings, opened: OpenSheet) -> StoredSummaries:
    """Store what is plain on the sheet, and let the rest wait, in one change."""
    with changing(given, "summary edit") as (view, change):
        if queries.has_change(view.connection, opened.change_id):
            raise Refused(_("This sheet is stored already."), _("Nothing was changed."))
        reading = _Reading(view, opened)
        for piece in opened.pieces():
            reading.take(piece)
        if reading.items:
            change.enter(opened.change_id)
        items = [_stored(view, change, item) for item in reading.items]
        after = summaries_by_cell(view.anew())
        standing = {one.summary.id: one for one in after.values()}
        return StoredSummaries(
            tuple(standing[item.stored] for item in items if item.state == "taken"),
            reading.unchanged,
            tuple(item for item in items if item.state == "waiting"),
            reading.emptied,
            {code: city.name for code, city in view.cities.items()},
        )


def _stored(view: StudyView, change: Change, item: Item) -> Item:
    """Store a summary, or let it wait; so does one that has nothing to rest on by now."""
    if item.is_plain:
        try:
            return settle(view, change, item, Decision("take"))
        except BadText:
            raise
        except Refused:
            item = replace(item, reasons=("changed",))
    return records.save(change, item)


class _Reading:
    """Goes through a sheet, box by box."""

    def __init__(self, view: StudyView, opened: OpenSheet) -> None:
        self._view, self._opened = view, opened
        self._cells = {BOX + cell_name(cell): cell for cell in all_cells(view)}
        self._before = {piece.slot: piece.text for piece in opened.pieces_shown()}
        self._kept = kept_summaries(view)
        self._said: dict[str, str] = {}
        self.items: list[Item] = []
        self.unchanged = self.emptied = 0

    def take(self, piece: Piece) -> None:
        """Take the next piece."""
        text = settled(piece.text)
        if not piece.slot:
            self.items += [self._opened.remark(piece)] if piece.look else []
        elif text in (settled(self._before[piece.slot]), self._said.get(piece.slot)):
            self.unchanged += bool(text)
        elif not text:
            self.emptied += 1
        else:
            self.items.append(self._item(piece))
            self._said[piece.slot] = text

    def _item(self, piece: Piece) -> Item:
        found, tag = read_marks(piece.text), self._opened.shown.slots[piece.slot]
        known = read_cell_tag(tag)
        revision = known.revision if known else ""
        cell = self._cells.get(piece.slot)
        doubts = {
            "unknown-mark": bool(found.kind or found.speaker),
            "hint": bool(hints_in(found.text)) and not found.disclosure,
            "changed": cell is None or not self._stands(cell, revision),
            "second": piece.slot in self._said,
            "opens": cell is not None and self._opens(cell, found.disclosure),
        }
        reasons = (reason for reason, holds in doubts.items() if holds)
        code, place = cell or ("", None)
        return replace(
            self._opened.item("summary", piece, found.text),
            slot=tag,
            city_code="" if code == ACROSS else code,
            place=place,
            shown=revision,
            disclosure=found.disclosure,
            reasons=tuple(dict.fromkeys((*found.reasons, *reasons))),
        )

    def _stands(self, cell: Cell, revision: str) -> bool:
        """Tell whether the summary of a cell is still the one that was shown."""
        before = next(iter(self._kept.get(cell, ())), None)
        stands = before.revision if before and not before.deleted else ""
        return stands.startswith(revision) and bool(stands) == bool(revision)

    def _opens(self, cell: Cell, level: str) -> bool:
        """Tell whether a level is more open than the notes of a cell, or the summary before."""
        under = filter(is_taken_unasked, notes_by_cell(self._view).get(cell, ()))
        levels = [note.disclosure for note in under]
        levels += [one.disclosure for one in self._kept.get(cell, ()) if not one.deleted]
        return bool(level and levels) and strictest((level, *levels)) != level


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
