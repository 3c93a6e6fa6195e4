"""A letter with passages that came back as a Word file: the rows of its tables, cell by cell.

Changes that were tracked count as accepted: what was put in is text, what was taken out is not.
"""

from collections.abc import Mapping, Sequence
from pathlib import Path

from fieldvisit.exchange.office.file import office_parts
from fieldvisit.exchange.word import sheet
from fieldvisit.exchange.word.around import Around
from fieldvisit.exchange.word.names import Attributes, value
from fieldvisit.exchange.word.paragraphs import Paragraphs
from fieldvisit.exchange.word.properties import read_properties
from fieldvisit.exchange.word.signs import Signs
from fieldvisit.exchange.word.styles import read_styles
from fieldvisit.exchange.word.walk import Walk
from fieldvisit.fieldwork.confirming.returned_letter import (
    ReturnedCell,
    ReturnedLetter,
    ReturnedRow,
)
from fieldvisit.fieldwork.sheets.returned_file import Line, Where
from fieldvisit.fieldwork.sheets.tags import read_passage_tag
from fieldvisit.fieldwork.sheets.word_carriers import box_number, box_property


def read(path: Path) -> ReturnedLetter:
    """Return rows and other lines; raises HostileFile, or Refused where it cannot be opened."""
    page = sheet.read(path)
    table = _table(path)
    cells: dict[int, dict[int, list[Line]]] = {}
    lines = []
    for line in page.lines:
        place = table.places.get(line.where.number)
        if place and line.apart != "margin":
            row, cell = place
            cells.setdefault(row, {}).setdefault(cell, []).append(line)
        else:
            lines.append(line)
    rows = tuple(_row(found, table.tags.get(number, "")) for number, found in cells.items())
    return ReturnedLetter(rows, tuple(lines), page.sheet)


def _row(cells: Mapping[int, Sequence[Line]], bookmarked: str) -> ReturnedRow:
    lines = [line for cell in cells.values() for line in cell]
    tags = (line.box for line in lines)
    tag = next(filter(read_passage_tag, tags), "") or bookmarked
    found = tuple(_cell(cells.get(at, ())) for at in range(1, max(cells) + 1))
    where, number = lines[0].where, found[0].text.strip()
    if tag and number.isascii() and number.isdecimal():
        where = Where(where.file, "row", int(number))
    return ReturnedRow(where, found, tag)


def _cell(lines: Sequence[Line]) -> ReturnedCell:
    text = "\n".join(line.text for line in lines if not line.apart)
    return ReturnedCell(text, tuple(line for line in lines if line.apart))


def _table(path: Path) -> "_Places":
    """Return where the paragraphs of a file stand that ``sheet.read`` has read already."""
    file = office_parts(path)
    main = next(iter(file.related("", "officeDocument")), "")
    styles, properties = (
        file.part(next(iter(file.related(part, kind)), ""))
        for part, kind in ((main, "styles"), ("", "custom-properties"))
    )
    walk = Walk()
    paragraphs = Paragraphs(walk, Around(walk, read_styles(styles), {}))
    Signs(walk, paragraphs)  # text outside of paragraphs counts as one
    found = _Places(walk, paragraphs, read_properties(properties))
    walk.read(file.part(main) or b"")
    return found


class _Places:
    """In which row and cell each paragraph stands, the outermost ones, and the tags of rows.

    Rows count through the file, cells within their row from 1.
    """

    def __init__(self, walk: Walk, paragraphs: Paragraphs, properties: Mapping[str, str]) -> None:
        self.places: dict[int, tuple[int, int]] = {}
        self.tags: dict[int, str] = {}
        self._paragraphs, self._properties = paragraphs, properties
        self._depth = self._row = self._cell = 0
        walk.on("tr", self._row_begins, self._row_ends)
        walk.on("tc", self._cell_begins)
        walk.on("p", self._paragraph)
        walk.on("bookmarkStart", self._bookmark)

    def _row_begins(self, _attributes: Attributes) -> None:
        self._depth += 1
        if self._depth == 1:
            self._row, self._cell = self._row + 1, 0

    def _row_ends(self) -> None:
        self._depth -= 1

    def _cell_begins(self, _attributes: Attributes) -> None:
        self._cell += self._depth == 1

    def _paragraph(self, _attributes: Attributes) -> None:
        if self._depth and self._cell:
            place = (self._row, self._cell)
            self.places.setdefault(len(self._paragraphs.all), place)

    def _bookmark(self, attributes: Attributes) -> None:
        number = box_number(value(attributes, "name")) if self._depth else 0
        if tag := self._properties.get(box_property(number)):
            self.tags.setdefault(self._row, tag)
