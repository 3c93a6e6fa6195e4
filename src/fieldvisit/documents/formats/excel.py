"""Excel: a table that can be filled in, sent round and read again.

The same grid gives the same bytes. No text of a grid acts: cells hold text or numbers, never
formulas, and what a spreadsheet could take for one when it is edited is marked as text.
"""

import io
import re
import zipfile
from collections.abc import Callable, Iterator, Sequence
from itertools import chain
from typing import Any

from openpyxl import Workbook
from openpyxl.cell import Cell
from openpyxl.packaging.custom import StringProperty
from openpyxl.utils import get_column_letter
from openpyxl.worksheet.datavalidation import DataValidation
from openpyxl.worksheet.filters import FilterColumn
from openpyxl.worksheet.worksheet import Worksheet
from openpyxl.writer.excel import ExcelWriter

from fieldvisit.documents import excel_looks as looks
from fieldvisit.documents.document import Column, Grid, Value
from fieldvisit.documents.packed import undated
from fieldvisit.harmless import one_line, visible
from fieldvisit.language import _
from fieldvisit.review.carriers import (
    SHEET_PROPERTY,
    listed,
    own_properties,
    parts,
)

_ROWS_BELOW = 200  # that somebody may add
_WIDTH = 68  # LibreOffice does not shrink a single column to the page
_NOBODY = (
    b'<?xml version="1.0" encoding="UTF-8" standalone="yes"?>\n<cp:coreProperties xmlns:cp='
    b'"http://schemas.openxmlformats.org/package/2006/metadata/core-properties"/>'
)
# The library fixes every height that it is given; a row must grow with what is written into it.
_FIXED_HEIGHT = re.compile(rb'(<row [^<>]*?) customHeight="1"')
_LONGEST_TITLE = 31
_NOT_IN_TITLES = re.compile(r"[\[\]:*?/\\\s]+")


def write(grid: Grid) -> bytes:
    """Return the grid as an .xlsx file that says nothing of who wrote it, when or where."""
    workbook = Workbook()
    sheet = workbook.worksheets[0]
    sheet.title = _title(grid.title) or _("Table")
    rows = _fill(sheet, grid)
    if grid.instructions or grid.sheet:
        _explain(workbook.create_sheet(_title(_("How to fill in"))), grid)
    _add_choices(sheet, grid, rows + _ROWS_BELOW)
    known: Any = workbook  # its types leave these properties out
    for name, value in _properties(grid):
        known.custom_doc_props.append(StringProperty(name=name, value=visible(value)))
    made = io.BytesIO()
    with zipfile.ZipFile(made, "w") as out:
        ExcelWriter(workbook, out).save()
    return undated(made.getvalue(), _mended)


def _mended(name: str, data: bytes) -> bytes:
    return _NOBODY if name == "docProps/core.xml" else _FIXED_HEIGHT.sub(rb"\1", data)


def _add_choices(sheet: Worksheet, grid: Grid, last: int) -> None:
    """Let the columns with choices offer them down to the row ``last``."""
    for number, column in enumerate(grid.columns, start=1):
        if column.choices:
            words = f'"{",".join(column.choices)}"'  # they are ours, few and without a comma
            offered = DataValidation("list", formula1=words, allow_blank=True)
            letter = get_column_letter(number)
            offered.add(f"{letter}2:{letter}{last}")
            sheet.add_data_validation(offered)


def _explain(sheet: Worksheet, grid: Grid) -> None:
    """Write one instruction a row, the tag of the sheet last."""
    make, make_small = looks.maker(sheet, looks.LINE), looks.maker(sheet, looks.SMALL_LINE)
    for number, line in enumerate(grid.instructions, start=1):
        text = visible(line)
        sheet.append([make(text)])
        sheet.row_dimensions[number].height = looks.height_of(looks.lines_of(text, _WIDTH))
    if grid.sheet:
        sheet.append([make_small(visible(grid.sheet))])
    sheet.column_dimensions["A"].width = _WIDTH
    looks.set_up_printing(sheet, grid.title, landscape=False)


def _properties(grid: Grid) -> Iterator[tuple[str, str]]:
    """Yield what the file carries: the tag of the sheet, the list of what nobody is to fill in."""
    if grid.sheet:
        yield SHEET_PROPERTY, grid.sheet
    lines = ((line, "") for line in grid.instructions)
    yield from own_properties(listed(chain(lines, _printed(grid))))


def _printed(grid: Grid) -> Iterator[tuple[str, str]]:
    """Yield what nobody is to fill in; of rows without a tag every text, and its column."""
    tags = [at for at, column in enumerate(grid.columns) if column.use == "tag"]
    for row in _records(grid):
        is_whole = all(row[at] for at in tags)
        for column, value in zip(grid.columns, row, strict=True):
            if value is not None and not (is_whole and column.use):
                yield str(value), "" if is_whole else column.key


def _title(text: str) -> str:
    title = _NOT_IN_TITLES.sub(" ", one_line(text)).strip(" '")
    while len(title.encode("utf-16-le")) // 2 > _LONGEST_TITLE:
        title = title[:-1].rstrip(" '")
    return title


# Above, Excel rounds numbers.
_LARGEST_NUMBER = 10**15


def _records(grid: Grid) -> Iterator[tuple[Value, ...]]:
    """Yield the rows; one with a text too long for a cell becomes several, which have no tag."""
    for row in grid.checked():
        values = tuple(map(_shown, row))
        split = [parts(value) if isinstance(value, str) else (value,) for value in values]
        of = max(map(len, split), default=1)
        for number in range(of):
            part = [own[number] if number < len(own) else None for own in split]
            yield values if of == 1 else tuple(_numbered(grid.columns, values, part, number, of))


def _shown(value: Value) -> Value:
    if isinstance(value, str):
        return visible(value)
    return str(value) if value is not None and abs(value) >= _LARGEST_NUMBER else value


def _numbered(
    columns: Sequence[Column], values: Sequence[Value], part: Sequence[Value], number: int, of: int
) -> Iterator[Value]:
    """Yield a part of a row with its number; by its tag or question it would be taken as whole."""
    keys = [column.key for column in columns]
    naming = keys.index("number") if "number" in keys else 0
    for at, (column, value) in enumerate(zip(columns, part, strict=True)):
        if column.use == "tag" or (column.key == "question" and "tag" in keys):
            yield None
        elif at == naming and number and part[at] is None:
            yield f"{values[at] or ''} ({number + 1}/{of})".lstrip()
        else:
            yield value


def _fill(sheet: Worksheet, grid: Grid) -> int:
    """Put the rows of ``grid`` into ``sheet`` and return how many there are, head and all."""
    rows = list(_records(grid))
    columns = grid.columns
    widths = looks.column_widths(columns, rows)
    heads = {"tag": looks.SMALL_HEAD}
    sheet.append(
        [
            looks.maker(sheet, heads.get(column.use, looks.HEAD))(visible(column.title))
            for column in columns
        ]
    )
    makers = [_maker(sheet, column) for column in columns]
    for number, row in enumerate(rows, start=2):
        sheet.append([make(value) for make, value in zip(makers, row, strict=True)])
        sheet.row_dimensions[number].height = looks.row_height(columns, widths, row)
    _columns(sheet, grid, widths)
    _head(sheet, grid)
    looks.set_up_printing(sheet, grid.title, landscape=True)
    return len(rows) + 1


def _maker(sheet: Worksheet, column: Column) -> Callable[[Value], Cell | None]:
    make = looks.maker(sheet, looks.LOOKS.get(column.use, looks.PLAIN))
    if column.use != "entry":
        return make
    # One that is empty looks as its column does, and need not stand in the file.
    return lambda value: None if value in (None, "") else make(value)


def _columns(sheet: Worksheet, grid: Grid, widths: Sequence[int]) -> None:
    for number, (column, width) in enumerate(zip(grid.columns, widths, strict=True), start=1):
        dimension = sheet.column_dimensions[get_column_letter(number)]
        dimension.width = width
        if column.use == "entry":
            # Rows that somebody adds below can be filled in too.
            looks.dress(dimension, looks.ENTRY)


def _head(sheet: Worksheet, grid: Grid) -> None:
    if not grid.columns:
        return
    sheet.row_dimensions[1].height = looks.height_of(2)
    sheet.freeze_panes = "A2"
    sheet.print_title_rows = "1:1"
    sheet.auto_filter.ref = sheet.dimensions
    for at, column in enumerate(grid.columns):
        if column.use == "tag":
            sheet.auto_filter.filterColumn.append(FilterColumn(colId=at, hiddenButton=True))
