"""Excel: a table that can be filled in, sent round and read again.

The same grid gives the same bytes. No text of a grid acts: cells hold text or numbers, never
formulas, and what a spreadsheet could take for one when it is edited is marked as text.
"""

import io
import re
import zipfile
from collections.abc import Callable, Iterable, Iterator
from pathlib import Path
from typing import TYPE_CHECKING, Any

from fieldvisit.documents.document import Column, Grid
from fieldvisit.documents.excel.answers import fill
from fieldvisit.documents.excel.looks import (
    LINE,
    SMALL_LINE,
    height_of,
    lines_of,
    maker,
    set_up_printing,
)
from fieldvisit.doors.inputs import LARGEST_FILE, bytes_of
from fieldvisit.harmless import one_line, visible
from fieldvisit.language import _
from fieldvisit.optional import missing_library
from fieldvisit.review.carriers import SHEET_PROPERTY, listed, own_properties, spelled

if TYPE_CHECKING:
    from openpyxl.worksheet.worksheet import Worksheet

_LONGEST_LIST = 255  # units of UTF-16 that Excel takes in a list written out
_ROWS_BELOW = 200  # that somebody may add

Hide = Callable[[tuple[str, ...]], str]


def add_choices(sheet: "Worksheet", grid: Grid, rows: int, hide: Hide) -> None:
    """Add the lists to a sheet of so many ``rows``; ``hide`` keeps one too long to write out."""
    from openpyxl.utils import get_column_letter
    from openpyxl.worksheet.datavalidation import DataValidation

    for number, column in enumerate(grid.columns, start=1):
        if not column.choices:
            continue
        letter = get_column_letter(number)
        source = _written_out(column) or hide(column.choices)
        known = DataValidation("list", formula1=source, allow_blank=True, showErrorMessage=False)
        known.add(f"{letter}2:{letter}{rows + _ROWS_BELOW}")
        sheet.add_data_validation(known)


def _written_out(column: Column) -> str:
    """Return the list as Excel writes it, empty where it cannot be written out."""
    choices = [one_line(choice) for choice in column.choices]
    listed = ",".join(choices)
    if any("," in choice or choice != choice.strip() for choice in choices):
        return ""
    if len(listed.encode("utf-16-le")) // 2 > _LONGEST_LIST:
        return ""
    quoted = listed.replace('"', '""')
    return f'"{quoted}"'


if TYPE_CHECKING:
    from openpyxl.worksheet.worksheet import Worksheet

_WIDTH = 68  # LibreOffice does not shrink a single column to the page
_FIRST_HIDDEN = 3


def explain(sheet: "Worksheet", grid: Grid) -> None:
    """Write one instruction a row, and the tag of the sheet last."""
    make, make_small = maker(sheet, LINE), maker(sheet, SMALL_LINE)
    for number, line in enumerate(grid.instructions, start=1):
        text = visible(line)
        sheet.append([make(text)])
        sheet.row_dimensions[number].height = height_of(lines_of(text, _WIDTH))
    if grid.sheet:
        sheet.append([make_small(visible(grid.sheet))])
    sheet.column_dimensions["A"].width = _WIDTH
    set_up_printing(sheet, grid.title, landscape=False)


def hide(sheet: "Worksheet", choices: tuple[str, ...], number: int) -> str:
    """Keep the choices of one column hidden, the ``number``-th list; return where they stand."""
    from openpyxl.utils import get_column_letter, quote_sheetname

    letter = get_column_letter(_FIRST_HIDDEN + number)
    for row, choice in enumerate(choices, start=1):
        cell = sheet[f"{letter}{row}"]
        cell.value = spelled(visible(choice))
        cell.data_type = "s"
    sheet.column_dimensions[letter].hidden = True
    return f"{quote_sheetname(sheet.title)}!${letter}$1:${letter}${len(choices)}"


if TYPE_CHECKING:
    from openpyxl import Workbook

_NOBODY = (
    b'<?xml version="1.0" encoding="UTF-8" standalone="yes"?>\n<cp:coreProperties xmlns:cp='
    b'"http://schemas.openxmlformats.org/package/2006/metadata/core-properties"/>'
)
_FIRST_DAY = (1980, 1, 1, 0, 0, 0)
# The library fixes every height that it is given; a row must grow with what is written into it.
_FIXED_HEIGHT = re.compile(rb'(<row [^<>]*?) customHeight="1"')


def add_properties(workbook: "Workbook", values: Iterable[tuple[str, str]]) -> None:
    """Put ``values`` into the file's properties, where other programs keep them."""
    from openpyxl.packaging.custom import StringProperty

    known: Any = workbook  # its types leave these properties out
    for name, value in values:
        known.custom_doc_props.append(StringProperty(name=name, value=visible(value)))


def whole(workbook: "Workbook") -> bytes:
    """Return the workbook as a file that says nothing of who wrote it, when or where."""
    from openpyxl.writer.excel import ExcelWriter

    made = io.BytesIO()
    with zipfile.ZipFile(made, "w", zipfile.ZIP_DEFLATED) as out:
        ExcelWriter(workbook, _Archive(out)).save()  # type: ignore[arg-type]  # it writes no more
    return made.getvalue()


class _Archive:
    """What the library takes for a zip file: each part goes through our hands."""

    def __init__(self, out: zipfile.ZipFile) -> None:
        self._out = out
        self.namelist = out.namelist

    def writestr(self, name: str, data: bytes | str) -> None:
        entry = zipfile.ZipInfo(name, _FIRST_DAY)
        entry.compress_type, entry.create_system = zipfile.ZIP_DEFLATED, 0
        self._out.writestr(entry, _NOBODY if name == "docProps/core.xml" else data)

    def write(self, path: str, name: str) -> None:
        self.writestr(name, _FIXED_HEIGHT.sub(rb"\1", bytes_of(Path(path), LARGEST_FILE)))

    def close(self) -> None:
        """Leave that to whoever opened it."""


if TYPE_CHECKING:
    from openpyxl import Workbook

_LONGEST_TITLE = 31
_NOT_IN_TITLES = re.compile(r"[\[\]:*?/\\\s]+")


def write(grid: Grid) -> bytes:
    """Return the grid as an .xlsx file; raises MissingLibrary where openpyxl is absent."""
    try:
        from openpyxl import Workbook
    except ImportError as error:
        raise missing_library("xlsx") from error
    workbook = Workbook()
    sheet = workbook.worksheets[0]
    sheet.title = _title(grid.title) or _("Table")
    rows = fill(sheet, grid)
    hidden = _Hidden(workbook, grid)
    add_choices(sheet, grid, rows, hidden.hide)
    add_properties(workbook, _properties(grid, hidden.choices))
    return whole(workbook)


class _Hidden:
    """The sheet of instructions, made when there is something to put on it."""

    def __init__(self, workbook: "Workbook", grid: Grid) -> None:
        self.choices: list[tuple[str, ...]] = []
        self._workbook = workbook
        if grid.instructions or grid.sheet:
            explain(workbook.create_sheet(_title(_("How to fill in"))), grid)

    def hide(self, choices: tuple[str, ...]) -> str:
        """Keep ``choices`` where nobody sees them and return the place."""
        if len(self._workbook.worksheets) == 1:
            self._workbook.create_sheet(_title(_("How to fill in")))
        self.choices.append(choices)
        return hide(self._workbook.worksheets[1], choices, len(self.choices) - 1)


def _properties(grid: Grid, choices: list[tuple[str, ...]]) -> Iterator[tuple[str, str]]:
    if grid.sheet:
        yield SHEET_PROPERTY, grid.sheet
    hidden = (choice for listed in choices for choice in listed)
    rows = (value for row in _printed(grid) for value in row)
    yield from own_properties(listed((line, "") for line in (*grid.instructions, *hidden, *rows)))


def _printed(grid: Grid) -> Iterator[list[str]]:
    """Yield what stands in each row that nobody is to fill in."""
    for row in grid.rows:
        cells = zip(grid.columns, row, strict=True)
        yield [str(value) for column, value in cells if not column.use and value is not None]


def _title(text: str) -> str:
    title = _NOT_IN_TITLES.sub(" ", one_line(text)).strip(" '")
    while len(title.encode("utf-16-le")) // 2 > _LONGEST_TITLE:
        title = title[:-1].rstrip(" '")
    return title
