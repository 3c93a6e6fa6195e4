"""Excel: a table that can be filled in, sent round and read again.

The same grid gives the same bytes. No text of a grid acts: cells hold text or numbers, never
formulas, and what a spreadsheet could take for one when it is edited is marked as text.
"""

import re
from collections.abc import Iterator
from typing import TYPE_CHECKING

from fieldvisit.documents.excel.answers import fill
from fieldvisit.documents.excel.choices import add_choices
from fieldvisit.documents.excel.instructions import explain, hide
from fieldvisit.documents.excel.package import add_properties, whole
from fieldvisit.documents.grid import Grid
from fieldvisit.fieldwork.sheets.excel_carriers import SHEET_PROPERTY, own_properties
from fieldvisit.harmless import one_line, visible
from fieldvisit.language import _
from fieldvisit.optional import missing_library

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
    yield from own_properties(map(visible, (*grid.instructions, *hidden)))


def _title(text: str) -> str:
    title = _NOT_IN_TITLES.sub(" ", one_line(text)).strip(" '")
    while len(title.encode("utf-16-le")) // 2 > _LONGEST_TITLE:
        title = title[:-1].rstrip(" '")
    return title
