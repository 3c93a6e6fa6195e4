"""A sheet that came back as an Excel workbook, as people really return it.

What a sheet says of its own size is not believed.
"""

from bisect import bisect_left, bisect_right
from collections.abc import Callable, Iterable, Iterator, Mapping, Sequence
from pathlib import Path
from xml.etree.ElementTree import Element

from msgspec import Struct, field
from msgspec.structs import replace

from fieldvisit.exchange.excel.numbers import seen
from fieldvisit.exchange.excel.parts import (
    ApartCell,
    Book,
    CellStyle,
    Runs,
    Sheet,
    elements,
    open_book,
    parted,
    place,
    remarks,
    runs,
)
from fieldvisit.exchange.office.file import OfficeFile, office_parts
from fieldvisit.exchange.office.hostile import HostileFile, damaged
from fieldvisit.exchange.office.xml import ForbiddenXml
from fieldvisit.exchange.tables import TooMuch, check_size, find_heads, no_heads, read_rows
from fieldvisit.fieldwork.sheets.excel_carriers import is_own
from fieldvisit.fieldwork.sheets.returned_file import Line, ReturnedTable, Row, Where
from fieldvisit.fieldwork.sheets.tags import read_sheet_tag
from fieldvisit.language import _

_TRUTHS = {"1": "TRUE", "0": "FALSE"}
_MIDNIGHT = "T00:00:00"
_MOST_VISITED = 2_000_000  # rows with text under merged cells, all together
_PLAIN = CellStyle()


class SheetCells(Struct):
    """Texts by row and column, both counted from 1, and what is set apart of them."""

    rows: dict[int, dict[int, str]] = field(default_factory=dict)
    apart: list[ApartCell] = field(default_factory=list)

    def put(self, at: tuple[int, int], text: str) -> None:
        """Put a text in its place; raises ValueError where one stands already, and TooMuch."""
        row = self.rows.setdefault(at[0], {})
        check_size(len(self.rows), *at)
        if at[1] in row:
            raise ValueError("two cells in one place")
        row[at[1]] = text

    def texts(self) -> Iterator[tuple[int, int, str]]:
        """Yield every text that is more than blanks with its row and column."""
        for row, cells in self.rows.items():
            for column, text in cells.items():
                if text.strip():
                    yield row, column, text


class _Filled(Struct, frozen=True):
    """A sheet with what was found on it; ``rows`` is None if it has no heads of ours."""

    sheet: Sheet
    cells: SheetCells
    apart: tuple[ApartCell, ...]
    rows: tuple[Row, ...] | None = None
    above: tuple[Line, ...] = ()


def read(path: Path) -> ReturnedTable:
    """Return the rows of every sheet that has our heads, and whatever else stands in the file.

    Raises HostileFile for a file that is not read at all, UnreadableSheet where no sheet has
    the heads.
    """
    file = office_parts(path)
    try:
        book = open_book(file)
        filled = [_filled(file, sheet, book) for sheet in book.sheets]
    except TooMuch as error:
        raise HostileFile(file.name, str(error), error.way) from error
    except (ForbiddenXml, ValueError, IndexError, OverflowError) as error:
        raise damaged(file.name) from error
    if all(one.rows is None for one in filled):
        raise no_heads(file.name)
    return ReturnedTable(
        tuple(_rows(filled)),
        book.tag or _tag(filled),
        tuple(line for one in filled for line in _apart(file.name, one, book)),
    )


def _filled(file: OfficeFile, sheet: Sheet, book: Book) -> _Filled:
    data = file.part(sheet.part)
    if data is None:
        raise damaged(file.name)
    cells = _read_cells(data, book)
    apart = [*remarks(file, sheet.part)]
    known = find_heads(cells.rows)
    tags = [column for column, key in known[1].items() if key == "tag"] if known else []
    for cell in cells.apart:
        # A row that was struck as a whole is still the row of its question.
        if cell.apart == "struck" and cell.column in tags:
            cells.rows.setdefault(cell.row, {})[cell.column] = cell.text
        else:
            apart.append(cell)
    apart.sort(key=lambda cell: (cell.row, cell.column))
    filled = _Filled(sheet, cells, tuple(apart))
    rows = None if sheet.hidden else read_rows(cells.rows, _where(file.name, sheet))
    return filled if rows is None else replace(filled, rows=rows[0], above=rows[1])


def _where(file: str, sheet: Sheet) -> Callable[[int], Where]:
    return lambda row: Where(file, "row", row, sheet.name)


def _rows(filled: Sequence[_Filled]) -> Iterator[Row]:
    """Yield the rows of all sheets; a sheet may be a copy of another, to be shared among sections.

    What a copy has no different is not said twice.
    """
    seen: set[tuple[tuple[str, str], ...]] = set()
    for one in filled:
        rows = [(tuple(sorted(row.cells.items())), row) for row in one.rows or ()]
        yield from (row for said, row in rows if said not in seen)
        seen.update(said for said, row in rows if row.cells.get("tag"))


def _tag(filled: Sequence[_Filled]) -> str:
    texts = (text for one in filled for _row, _column, text in one.cells.texts())
    return next((text.strip() for text in texts if read_sheet_tag(text)), "")


def _apart(file: str, one: _Filled, book: Book) -> Iterator[Line]:
    where = _where(file, one.sheet)
    lines = [Line(cell.text, where(cell.row), apart=cell.apart) for cell in one.apart]
    if one.rows is None:
        why = "hidden" if one.sheet.hidden else "instruction"
        lines += [Line(text, where(row), apart=why) for row, _column, text in one.cells.texts()]
    for line in (*one.above, *lines):
        if not read_sheet_tag(line.text) and not is_own(line.text, book.own):
            yield line


def _read_cells(data: bytes, book: Book) -> SheetCells:
    """Return what stands in a sheet.

    Raises ForbiddenXml or ValueError for a damaged one, TooMuch beyond the limits.
    """
    found, merged, row = SheetCells(), list[str](), 0
    for one in elements(data, "row", "mergeCell"):
        if one.tag == "mergeCell":
            book.left.take_cell()
            merged.append(one.get("ref", ""))
            continue
        row, column = int(one.get("r", row + 1)), 0
        for cell in one.iter("c"):
            reference = cell.get("r")
            column = place(reference)[1] if reference else column + 1
            _take(cell, (row, column), book, found)
    for row, column in _covered(merged, found.rows):
        if (text := found.rows[row].pop(column)).strip():
            found.apart.append(ApartCell(row, column, text, "hidden"))
    return found


def _take(cell: Element, at: tuple[int, int], book: Book, found: SheetCells) -> None:
    kind, value = cell.get("t", "n"), cell.findtext("v")
    number = int(cell.get("s", 0))
    style = book.styles[number] if 0 <= number < len(book.styles) else _PLAIN
    inside = cell.find("is")
    said = [] if inside is None else runs(inside)
    said = said or _runs(value or "", kind, style, book)
    book.left.take_cell()
    book.left.take_text(sum(len(text) for text, _own in said), *at)
    text, struck = parted(said, struck=style.struck)
    if text:
        found.put(at, text)
    if struck.strip():
        found.apart.append(ApartCell(*at, struck, "struck"))
    has_result = value or (kind == "str" and value is not None)
    if (formula := cell.findtext("f")) is not None and not has_result:
        found.apart.append(ApartCell(*at, f"={formula}", "formula"))


def _runs(value: str, kind: str, style: CellStyle, book: Book) -> Runs:
    if kind == "s":
        return book.texts[int(value)] if value.strip() else ()
    if kind == "b":
        value = _TRUTHS.get(value, value)
    elif kind == "d":
        value = value.removesuffix(_MIDNIGHT)
    elif kind == "n" and value:
        value = seen(value.strip(), style.code, since_1904=book.since_1904)
    return [(value, None)]


def _covered(
    merged: Iterable[str], rows: Mapping[int, Mapping[int, str]]
) -> Iterator[tuple[int, int]]:
    """Yield row and column of each text that lies under one of the ranges ``merged``, once.

    The text at the top left belongs to all of the range. Raises TooMuch and ValueError.
    """
    known, found, left = sorted(rows), set[tuple[int, int]](), _MOST_VISITED
    for reference in merged:
        start, _colon, end = reference.partition(":")
        (top, first), (bottom, last) = place(start), place(end or start)
        under = known[bisect_left(known, top) : bisect_right(known, bottom)]
        left -= len(under) + 1
        if left < 0:
            raise TooMuch(_("it has too many merged cells."))
        found.update(
            (row, column)
            for row in under
            for column in rows[row]
            if first <= column <= last and (row, column) != (top, first)
        )
    yield from sorted(found)
