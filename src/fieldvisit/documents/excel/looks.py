"""How cells look, and what a spreadsheet may do with them."""

from collections.abc import Callable
from typing import TYPE_CHECKING, Any

from msgspec import Struct
from msgspec.structs import replace

from fieldvisit.documents.grid import Value
from fieldvisit.fieldwork.sheets.excel_carriers import spelled
from fieldvisit.harmless import is_formula_like

if TYPE_CHECKING:
    from openpyxl.cell import Cell
    from openpyxl.styles.cell_style import StyleArray
    from openpyxl.worksheet.dimensions import ColumnDimension
    from openpyxl.worksheet.worksheet import Worksheet

FONT = "Yu Gothic"
_SIZE, _TAG_SIZE = 10, 6
_GREY, _HEAD_FILL, _ENTRY_FILL, _LINE = "7F7F7F", "DDE6F0", "FFFBE6", "B7B7B7"
_AS_TEXT = "@"
_JAPANESE, _ANY = 128, 3  # by these another program finds a font that can stand in


class Look(Struct, frozen=True):
    """What a cell looks like.

    ``open`` ones can be filled in on a protected sheet, a ``quoted`` text is none but a text also
    when it is edited.
    """

    bold: bool = False
    small: bool = False
    fill: str = ""
    open: bool = False
    framed: bool = True
    quoted: bool = False


HEAD = Look(bold=True, fill=_HEAD_FILL)
SMALL_HEAD = Look(small=True, fill=_HEAD_FILL)
TAG = Look(small=True)
ENTRY = Look(fill=_ENTRY_FILL, open=True)
PLAIN = Look()
LINE = Look(framed=False)
SMALL_LINE = Look(small=True, framed=False)
LOOKS = {"tag": TAG, "entry": ENTRY}


def maker(sheet: "Worksheet", look: Look) -> Callable[[Value], "Cell"]:
    """Return what makes cells that look so; their texts are texts, never formulas.

    They get their places when they are appended to ``sheet``.
    """
    from openpyxl.cell import Cell

    plain, quoted = _style(sheet, look), _style(sheet, replace(look, quoted=True))

    def make(value: Value) -> "Cell":
        if not isinstance(value, str):
            return Cell(sheet, 1, 1, value, plain)
        if not value:
            return Cell(sheet, 1, 1, None, plain)
        style = quoted if is_formula_like(value) else plain
        cell = Cell(sheet, 1, 1, spelled(value), style)
        cell.data_type = "s"
        return cell

    return make


def _style(sheet: "Worksheet", look: Look) -> "StyleArray":
    from openpyxl.cell import Cell

    cell: Any = Cell(sheet, 1, 1)
    dress(cell, look)
    style: StyleArray = cell._style  # noqa: SLF001 - anew for each cell it takes ten times as long
    return style


def dress(cell: "Cell | ColumnDimension", look: Look) -> None:
    """Give the look to a cell, or to a whole column."""
    from openpyxl.styles import Alignment, Border, Font, PatternFill, Protection, Side

    side = Side("thin", color=_LINE)
    size, colour = (_TAG_SIZE, _GREY) if look.small else (_SIZE, "000000")
    cell.font = Font(FONT, size, look.bold, charset=_JAPANESE, family=_ANY, color=colour)
    cell.alignment = Alignment(vertical="top", wrap_text=not look.small, shrink_to_fit=look.small)
    cell.protection = Protection(locked=not look.open)
    cell.number_format = _AS_TEXT
    if look.fill:
        cell.fill = PatternFill("solid", start_color=look.fill)
    if look.framed:
        cell.border = Border(side, side, side, side)
    cell.quotePrefix = look.quoted
