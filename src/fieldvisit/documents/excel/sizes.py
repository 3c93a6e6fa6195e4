"""How wide columns and how high rows must be for Japanese to be read in them."""

from collections.abc import Iterable, Sequence

from fieldvisit.documents.grid import Column, Value

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
            widest[at] = max(widest[at], _widest_line(row[at]) + 2)
    return tuple(map(_column_width, columns, widest))


def _column_width(column: Column, widest: int) -> int:
    if column.use == "tag":
        return column.width or _TAG_WIDTH
    return column.width or min(max(widest, _NARROW), _WIDEST)


def _widest_line(value: Value) -> int:
    text = "" if value is None else str(value)
    return max(map(text_width, text.split("\n")))


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
