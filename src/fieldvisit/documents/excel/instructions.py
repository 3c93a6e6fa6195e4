"""The sheet that says how to fill in; in a hidden column it keeps long lists of choices."""

from typing import TYPE_CHECKING

from fieldvisit.documents.excel.looks import LINE, SMALL_LINE, maker
from fieldvisit.documents.excel.printing import set_up_printing
from fieldvisit.documents.excel.sizes import height_of, lines_of
from fieldvisit.documents.grid import Grid
from fieldvisit.fieldwork.sheets.excel_carriers import spelled
from fieldvisit.harmless import visible

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
