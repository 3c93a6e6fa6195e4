"""A sheet that came back as an Excel workbook, as people really return it.

The workbook is read here and not by a library: what libraries pass over (struck text, formulas
without a result, rows beyond the size that a sheet claims) would be lost without a word.
"""

from collections.abc import Callable, Iterator, Sequence
from pathlib import Path

from msgspec import Struct
from msgspec.structs import replace

from fieldvisit.exchange.column_heads import find_heads
from fieldvisit.exchange.excel.book import Book, Sheet, open_book
from fieldvisit.exchange.excel.cells import ApartCell, SheetCells, read_cells
from fieldvisit.exchange.excel.remarks import remarks
from fieldvisit.exchange.office.file import OfficeFile, office_parts
from fieldvisit.exchange.office.hostile import HostileFile, damaged
from fieldvisit.exchange.office.xml import ForbiddenXml
from fieldvisit.exchange.table_limits import TooMuch
from fieldvisit.exchange.table_rows import no_heads, read_rows
from fieldvisit.fieldwork.sheets.excel_carriers import is_own
from fieldvisit.fieldwork.sheets.returned_file import Line, ReturnedTable, Row, Where
from fieldvisit.fieldwork.sheets.tags import read_sheet_tag


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
    cells = read_cells(data, book.known)
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
