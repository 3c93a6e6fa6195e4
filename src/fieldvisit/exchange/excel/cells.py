"""The cells of one sheet of an Excel file: their texts as a person sees them.

What the sheet says of its own size is not believed.
"""

from collections.abc import Iterator, Sequence

from msgspec import Struct, field

from fieldvisit.exchange.excel.merged import covered
from fieldvisit.exchange.excel.names import Attributes, place
from fieldvisit.exchange.excel.numbers import seen
from fieldvisit.exchange.excel.styles import PLAIN, CellStyle
from fieldvisit.exchange.excel.texts import Styled, TextReader, plain, walk
from fieldvisit.exchange.table_limits import Left, check_size

_TRUTHS = {"1": "TRUE", "0": "FALSE"}
_MIDNIGHT = "T00:00:00"


class Known(Struct, frozen=True):
    """What the cells of a file refer to, and how much of them there may still be."""

    texts: Sequence[Styled] = ()
    styles: Sequence[CellStyle] = ()
    since_1904: bool = False
    left: Left = field(default_factory=Left)


class ApartCell(Struct, frozen=True):
    """A text that is not to be read as that of its cell, and why (one of APART)."""

    row: int
    column: int
    text: str
    apart: str


class SheetCells(Struct):
    """Texts by row and column, both counted from 1, and what is set apart of them."""

    rows: dict[int, dict[int, str]] = field(default_factory=dict)
    apart: list[ApartCell] = field(default_factory=list)

    def texts(self) -> Iterator[tuple[int, int, str]]:
        """Yield every text that is more than blanks with its row and column."""
        for row, cells in self.rows.items():
            for column, text in cells.items():
                if text.strip():
                    yield row, column, text


def read_cells(data: bytes, known: Known) -> SheetCells:
    """Return what stands in a sheet.

    Raises ForbiddenXml or ValueError for a damaged one, TooMuch beyond the limits.
    """
    reader = _Reader(known)
    walk(data, reader.start, reader.end, reader.characters)
    found = reader.found
    for row, column in covered(reader.merged, found.rows):
        text = found.rows[row].pop(column)
        if text.strip():
            found.apart.append(ApartCell(row, column, text, "hidden"))
    return found


class _Reader:
    def __init__(self, known: Known) -> None:
        self.found = SheetCells()
        self.merged: list[str] = []
        self._known = known
        self._inline = TextReader()
        self._row = self._column = 0
        self._kind, self._style = "n", PLAIN
        self._value: list[str] | None = None
        self._formula: list[str] | None = None
        self._taking: list[str] | None = None
        self._inside: Styled | None = None

    def start(self, name: str, attributes: Attributes) -> None:
        if name == "c":
            self._start_cell(attributes)
        elif name == "v":
            self._taking = self._value = []
        elif name == "f":
            self._taking = self._formula = []
        elif name == "row":
            self._row = int(attributes.get("r", self._row + 1))
            self._column = 0
        elif name == "mergeCell":
            self.merged.append(attributes.get("ref", ""))
        else:
            self._inline.start(name, attributes)

    def end(self, name: str) -> None:
        if name == "c":
            self._end_cell()
        elif name in ("v", "f"):
            self._taking = None
        elif name == "is":
            self._inside = self._inline.taken()
        else:
            self._inline.end(name)

    def characters(self, text: str) -> None:
        if self._taking is None:
            self._inline.characters(text)
        else:
            self._taking.append(text)

    def _start_cell(self, attributes: Attributes) -> None:
        self._known.left.take_cell()
        reference = attributes.get("r")
        self._column = place(reference)[1] if reference else self._column + 1
        self._kind = attributes.get("t", "n")
        number = int(attributes.get("s", 0))
        styles = self._known.styles
        self._style = styles[number] if 0 <= number < len(styles) else PLAIN
        self._value = self._formula = self._inside = None

    def _end_cell(self) -> None:
        value = "".join(self._value) if self._value else ""
        if self._inside or value:
            self._take(self._inside or self._styled(value))
        if self._formula is not None and not self._has_result(value):
            self._set_apart("=" + "".join(self._formula), "formula")

    def _take(self, styled: Styled) -> None:
        self._known.left.take_text(len(styled), self._row, self._column)
        text, struck = styled.parted(struck=self._style.struck)
        if text:
            self._put(text)
        if struck.strip():
            self._set_apart(struck, "struck")

    def _has_result(self, value: str) -> bool:
        return bool(value) or (self._kind == "str" and self._value is not None)

    def _styled(self, value: str) -> Styled:
        if self._kind == "s":
            return self._known.texts[int(value)] if value.strip() else plain("")
        if self._kind == "b":
            return plain(_TRUTHS.get(value, value))
        if self._kind == "d":
            return plain(value.removesuffix(_MIDNIGHT))
        if self._kind == "n" and value:
            code, since_1904 = self._style.code, self._known.since_1904
            return plain(seen(value.strip(), code, since_1904=since_1904))
        return plain(value)

    def _put(self, text: str) -> None:
        row = self.found.rows.setdefault(self._row, {})
        check_size(len(self.found.rows), self._row, self._column)
        if self._column in row:
            raise ValueError("two cells in one place")
        row[self._column] = text

    def _set_apart(self, text: str, apart: str) -> None:
        self.found.apart.append(ApartCell(self._row, self._column, text, apart))
