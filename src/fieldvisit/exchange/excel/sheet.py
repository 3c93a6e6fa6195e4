"""A sheet that came back as an Excel workbook, as people really return it.

What a sheet says of its own size is not believed.
"""

import re
from bisect import bisect_left, bisect_right
from collections.abc import Callable, Iterable, Iterator, Sequence
from xml.etree.ElementTree import Element

from msgspec.structs import replace

from fieldvisit.exchange.excel.numbers import seen
from fieldvisit.exchange.excel.parts import (
    Book,
    CellStyle,
    Runs,
    Sheet,
    anchored,
    elements,
    is_on,
    open_book,
    parted,
    place,
    remarks,
    runs,
)
from fieldvisit.exchange.heads import no_heads
from fieldvisit.exchange.office import OfficeFile, office_parts, refusing, seen_alone
from fieldvisit.exchange.refusals import TooMuch
from fieldvisit.exchange.tables import (
    MOST_COLUMNS,
    PRINTED,
    ApartCell,
    Cells,
    Range,
    Table,
    read_table,
)
from fieldvisit.language import _
from fieldvisit.review.pieces import OWN, Piece, Where, bare
from fieldvisit.review.tags import is_of_a_sheet

_TRUTHS = {"1": "TRUE", "0": "FALSE"}
_MIDNIGHT = "T00:00:00"
_LAST_ROW = 1_048_576
_MOST_VISITED = 2_000_000  # rows with text under merged cells, all together
_PLAIN = CellStyle()
_PLACELESS = re.compile(rb'<c(?:[/>]|\s(?![^<>]*\br="))')
_EMPTY_CELL = re.compile(rb'<c r="[A-Z]{1,3}[0-9]{1,7}"[^<>]*/>')


def read(name: str, data: bytes) -> tuple[str, tuple[Piece, ...]]:
    """Return the tag of the sheet and every text of the workbook, sheet after sheet.

    Raises HostileFile for a file that is not read at all, UnreadableSheet where no sheet has
    our heads.
    """
    file = office_parts(name, data)
    with refusing(name):
        book = open_book(file)
        sheets = [(sheet, _read_cells(file, sheet, book)) for sheet in book.sheets]
        tables = [
            None if sheet.hidden else read_table(cells, _where(file, sheet))
            for sheet, cells in sheets
        ]
        pieces = list(file.ignored(Where(file.name, "row", 1)))
    if not any(tables):
        raise no_heads(file.name)
    texts = (text for _sheet, cells in sheets for _row, text in cells.texts())
    tag = book.tag or next(filter(is_of_a_sheet, map(str.strip, texts)), "")
    copies: set[tuple[str, ...]] = set()
    for (sheet, cells), table in zip(sheets, tables, strict=True):
        found = _others(file, sheet, cells) if table is None else _of_table(table, copies)
        pieces += (_own(piece, book) for piece in found if not is_of_a_sheet(piece.text))
    return tag, tuple(pieces)


def _where(file: OfficeFile, sheet: Sheet) -> Callable[[int], Where]:
    return lambda row: Where(file.name, "row", row, sheet.name)


def _of_table(table: Table, copies: set[tuple[str, ...]]) -> Sequence[Piece]:
    """Return the pieces of a sheet, which may be a copy of another, shared among sections.

    What a copy has no different is not said twice.
    """
    said = {row: tuple(f"{p.slot} {p.column} {p.look} {p.text}" for p in row) for row in table.rows}
    fresh = [piece for row in table.rows if said[row] not in copies for piece in row]
    copies.update(said[row] for row in table.rows if row and row[0].slot)
    return sorted((*fresh, *table.others), key=lambda piece: piece.where.at)


def _others(file: OfficeFile, sheet: Sheet, cells: Cells) -> Iterator[Piece]:
    """Yield the texts of a sheet that is no table of ours."""
    where, look = _where(file, sheet), "hidden" if sheet.hidden else "aside"
    yield from (Piece(bare(cell.text), where(cell.row), look=cell.look) for cell in cells.apart)
    yield from (Piece(bare(text), where(row), look=look) for row, text in cells.texts())


def _own(piece: Piece, book: Book) -> Piece:
    """Flag what we wrote on the sheet of instructions, and in rows without a tag."""
    if piece.slot:
        return piece
    where_ours_may_be = piece.column in PRINTED or piece.look in ("aside", "hidden")
    is_own = where_ours_may_be and book.own.take(piece.text)
    is_untouched = not (is_own or piece.look) and book.own.take(piece.text, piece.column)
    return replace(piece, look=OWN) if is_own or is_untouched else piece


def _read_cells(file: OfficeFile, sheet: Sheet, book: Book) -> Cells:
    """Return what stands in a sheet.

    Raises SyntaxError or ValueError for a damaged one, TooMuch beyond the limits.
    """
    if (data := file.part(sheet.part)) is None:
        raise ValueError(sheet.part)
    found, merged, objects, row = Cells(), list[str](), dict[str, ApartCell](), 0
    for one in elements(_without_empty_cells(data), "col", "row", "mergeCell", "oleObject"):
        if one.tag == "col":
            first, last = (int(one.get(name, "0")) for name in ("min", "max"))
            found.hidden += _unseen(one, (1, first, _LAST_ROW, last))
        elif one.tag == "mergeCell":
            book.left.take(0, 0, 0)
            merged.append(one.get("ref", ""))
        elif one.tag == "oleObject":
            known = one.get("shapeId", "")
            objects[known] = ApartCell(*anchored(one), seen_alone("embedded"), "embedded")
        else:
            row = int(one.get("r", row + 1))
            found.hidden += _unseen(one, (row, 1, row, MOST_COLUMNS))
            _take_row(one, row, book, found)
    for row, column in _covered(merged, found):
        if (text := found.rows[row].pop(column)).strip():
            found.apart.append(ApartCell(row, column, text, "hidden"))
    found.apart += [*objects.values(), *remarks(file, sheet.part)]
    found.apart.sort(key=lambda cell: (cell.row, cell.column))
    return found


def _unseen(one: Element, where: Range) -> list[Range]:
    return [where] if is_on(one.get("hidden", "")) else []


def _take_row(one: Element, row: int, book: Book, found: Cells) -> None:
    column = 0
    for cell in one.iter("c"):
        reference = cell.get("r")
        column = place(reference)[1] if reference else column + 1
        if len(cell):
            _take(cell, (row, column), book, found)


def _without_empty_cells(data: bytes) -> bytes:
    """Take out cells that are there for their borders alone, where each says its place itself."""
    if b"<![CDATA[" in data or _PLACELESS.search(data):
        return data
    return _EMPTY_CELL.sub(b"", data)


def _take(cell: Element, at: tuple[int, int], book: Book, found: Cells) -> None:
    kind, value = cell.get("t", "n"), cell.findtext("v")
    number = int(cell.get("s", 0))
    style = book.styles[number] if 0 <= number < len(book.styles) else _PLAIN
    inside = cell.find("is")
    said = [] if inside is None else runs(inside)
    look = "error" if kind == "e" else ""
    if kind == "n" and value:
        value, look = seen(value.strip(), style.code, since_1904=book.since_1904)
    said = said or _runs(value or "", kind, book)
    book.left.take(*at, sum(len(text) for text, _own in said))
    text, struck = parted(said, struck=style.struck)
    if text:
        found.put(at, text)
        if look:
            found.looks[at] = look
    if struck.strip():
        found.apart.append(ApartCell(*at, struck, "struck"))
    has_result = value or (kind == "str" and value is not None)
    if (formula := cell.findtext("f")) is not None and not has_result:
        found.apart.append(ApartCell(*at, f"={formula}", "formula"))


def _runs(value: str, kind: str, book: Book) -> Runs:
    if kind == "s":
        return book.texts[int(value)] if value.strip() else ()
    if kind == "b":
        value = _TRUTHS.get(value, value)
    elif kind == "d":
        value = value.removesuffix(_MIDNIGHT)
    return [(value, None)]


def _covered(merged: Iterable[str], found: Cells) -> Iterator[tuple[int, int]]:
    """Yield row and column of each text that lies under one of the ranges ``merged``, once.

    The text at the top left belongs to all of the range. Raises TooMuch and ValueError.
    """
    rows = found.rows
    known, under_one, left = sorted(rows), set[tuple[int, int]](), _MOST_VISITED
    for reference in merged:
        start, _colon, end = reference.partition(":")
        (top, first), (bottom, last) = place(start), place(end or start)
        under = known[bisect_left(known, top) : bisect_right(known, bottom)]
        left -= len(under) + 1
        if left < 0:
            raise TooMuch(_("it has too many merged cells."))
        found.merged.append((top, first, bottom, last))
        under_one.update(
            (row, column)
            for row in under
            for column in rows[row]
            if first <= column <= last and (row, column) != (top, first)
        )
    yield from sorted(under_one)
