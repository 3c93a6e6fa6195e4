"""How cells of our Excel files look, how wide and high they are, and how they print."""

from collections.abc import Callable, Iterable, Sequence
from typing import Any

from msgspec import Struct
from msgspec.structs import replace
from openpyxl.cell import Cell
from openpyxl.styles import Alignment, Border, Font, PatternFill, Side
from openpyxl.styles.cell_style import StyleArray
from openpyxl.worksheet.dimensions import ColumnDimension
from openpyxl.worksheet.properties import PageSetupProperties
from openpyxl.worksheet.worksheet import Worksheet

from fieldvisit.documents.document import Column, Value
from fieldvisit.harmless import is_formula_like, one_line
from fieldvisit.review.carriers import spelled

FONT = "Yu Gothic"
_SIZE, _TAG_SIZE = 10, 6
_GREY, _HEAD_FILL, _ENTRY_FILL, _LINE = "7F7F7F", "DDE6F0", "FFFBE6", "B7B7B7"
_AS_TEXT = "@"
_JAPANESE, _ANY = 128, 3  # by these another program finds a font that can stand in


class Look(Struct, frozen=True):
    """What a cell looks like.

    A ``quoted`` text is none but a text also when it is edited.
    """

    bold: bool = False
    small: bool = False
    fill: str = ""
    framed: bool = True
    quoted: bool = False


HEAD = Look(bold=True, fill=_HEAD_FILL)
SMALL_HEAD = Look(small=True, fill=_HEAD_FILL)
TAG = Look(small=True)
ENTRY = Look(fill=_ENTRY_FILL)
PLAIN = Look()
LINE = Look(framed=False)
SMALL_LINE = Look(small=True, framed=False)
LOOKS = {"tag": TAG, "entry": ENTRY}


def maker(sheet: Worksheet, look: Look) -> Callable[[Value], Cell]:
    """Return what makes cells that look so; their texts are texts, never formulas.

    They get their places when they are appended to ``sheet``.
    """
    plain, quoted = _style(sheet, look), _style(sheet, replace(look, quoted=True))

    def make(value: Value) -> Cell:
        if not isinstance(value, str):
            return Cell(sheet, 1, 1, value, plain)
        if not value:
            return Cell(sheet, 1, 1, None, plain)
        style = quoted if is_formula_like(value) else plain
        cell = Cell(sheet, 1, 1, spelled(value), style)
        cell.data_type = "s"
        return cell

    return make


def _style(sheet: Worksheet, look: Look) -> StyleArray:
    cell: Any = Cell(sheet, 1, 1)
    dress(cell, look)
    style: StyleArray = cell._style  # noqa: SLF001 - anew for each cell it takes ten times as long
    return style


def dress(cell: Cell | ColumnDimension, look: Look) -> None:
    """Give the look to a cell, or to a whole column."""
    side = Side("thin", color=_LINE)
    size, colour = (_TAG_SIZE, _GREY) if look.small else (_SIZE, "000000")
    cell.font = Font(FONT, size, look.bold, charset=_JAPANESE, family=_ANY, color=colour)
    cell.alignment = Alignment(vertical="top", wrap_text=not look.small, shrink_to_fit=look.small)
    cell.number_format = _AS_TEXT
    if look.fill:
        cell.fill = PatternFill("solid", start_color=look.fill)
    if look.framed:
        cell.border = Border(side, side, side, side)
    cell.quotePrefix = look.quoted


POINTS_A_LINE = 17  # of Yu Gothic in 10 points
_AROUND = 4
HIGHEST = 409  # points; Excel has no higher rows

_NARROW, _WIDEST = 6, 60
_TAG_WIDTH = 3
_FEWEST_LINES = 2  # where somebody is to write


def text_width(text: str) -> int:
    """Return the width of one line in half-width characters, rather too much than too little."""
    return 2 * len(text) - len(text.encode("ascii", "ignore"))


def column_widths(columns: Sequence[Column], rows: Iterable[Sequence[Value]]) -> tuple[int, ...]:
    """Return the width of each column in half-width characters: as asked, or by its texts."""
    widest = [text_width(column.title) + 4 for column in columns]
    free = [at for at, column in enumerate(columns) if not column.width and column.use != "tag"]
    for row in rows if free else ():
        for at in free:
            lines = "" if row[at] is None else str(row[at])
            widest[at] = max(widest[at], *(text_width(line) + 2 for line in lines.split("\n")))
    fitting = (min(max(wide, _NARROW), _WIDEST) for wide in widest)
    return tuple(
        column.width or (_TAG_WIDTH if column.use == "tag" else wide)
        for column, wide in zip(columns, fitting, strict=True)
    )


def row_height(columns: Sequence[Column], widths: Sequence[int], row: Sequence[Value]) -> int:
    """Return the height in points at which all of a row is seen, where Excel allows it."""
    return height_of(max(map(_lines_in, columns, widths, row), default=1))


def _lines_in(column: Column, width: int, value: Value) -> int:
    if column.use == "tag":
        return 1
    lines = lines_of(value, width) if isinstance(value, str) else 1
    return max(lines, _FEWEST_LINES) if column.use == "entry" else lines


def height_of(lines: int) -> int:
    """Return the height in points of so many lines."""
    return min(lines * POINTS_A_LINE + _AROUND, HIGHEST)


def lines_of(text: str, width: int) -> int:
    """Return how many lines ``text`` takes in a column of ``width``."""
    # Words are not broken, and a full-width character may not fit into the last place.
    usable = max(width - 2, 2)
    if 2 * len(text) <= usable and "\n" not in text:
        return 1
    return sum(-(-max(text_width(line), 1) // usable) for line in text.split("\n"))


_A4 = 9
_LONGEST_HEAD = 120  # characters; Excel takes 255 with all signs
_BESIDE, _ABOVE, _TO_THE_EDGE = 0.4, 0.7, 0.3  # inches


def set_up_printing(sheet: Worksheet, title: str, *, landscape: bool) -> None:
    """Have a sheet print on A4, one page wide, with the title above and the page number below."""
    setup, margins = sheet.page_setup, sheet.page_margins
    setup.orientation = "landscape" if landscape else "portrait"
    setup.paperSize = _A4
    setup.fitToWidth, setup.fitToHeight = 1, 0
    sheet.sheet_properties.pageSetUpPr = PageSetupProperties(fitToPage=True)
    margins.left = margins.right = _BESIDE
    margins.top = margins.bottom = _ABOVE
    margins.header = margins.footer = _TO_THE_EDGE
    head = one_line(title)[:_LONGEST_HEAD].replace("&", "&&")
    for margin, text in ((sheet.oddHeader, head), (sheet.oddFooter, "&P / &N")):
        if margin is not None and margin.center is not None:
            margin.center.text = text or None
