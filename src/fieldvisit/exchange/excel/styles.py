"""What the styles of an Excel file say of a cell: how its number is shown, whether it is struck."""

from collections.abc import Sequence

from msgspec import Struct

from fieldvisit.exchange.excel.names import Attributes, is_on
from fieldvisit.exchange.excel.numbers import GENERAL, KNOWN_FORMATS
from fieldvisit.exchange.excel.texts import walk

_LISTS = ("numFmts", "fonts", "cellXfs", "cellStyleXfs", "dxfs")


class CellStyle(Struct, frozen=True):
    """A style: the code of its number format, and whether text in it is struck through."""

    code: str = GENERAL
    struck: bool = False


PLAIN = CellStyle()


def read_styles(data: bytes | None) -> Sequence[CellStyle]:
    """Return the styles of cells in the order of their numbers."""
    reader = _Reader()
    if data is not None:
        walk(data, reader.start, lambda _name: None, lambda _text: None)
    return reader.styles()


class _Reader:
    def __init__(self) -> None:
        self._list = ""
        self._codes = dict(KNOWN_FORMATS)
        self._fonts: list[bool] = []
        self._cells: list[tuple[int, int]] = []

    def start(self, name: str, attributes: Attributes) -> None:
        if name in _LISTS:
            self._list = name
        elif (self._list, name) == ("numFmts", "numFmt"):
            self._codes[_number(attributes, "numFmtId")] = attributes.get("formatCode", GENERAL)
        elif (self._list, name) == ("fonts", "font"):
            self._fonts.append(False)
        elif (self._list, name) == ("fonts", "strike") and self._fonts:
            self._fonts[-1] = is_on(attributes, "val", usual=True)
        elif (self._list, name) == ("cellXfs", "xf"):
            self._cells.append((_number(attributes, "numFmtId"), _number(attributes, "fontId")))

    def styles(self) -> list[CellStyle]:
        return [
            CellStyle(
                self._codes.get(code, GENERAL),
                self._fonts[font] if 0 <= font < len(self._fonts) else False,
            )
            for code, font in self._cells
        ]


def _number(attributes: Attributes, name: str) -> int:
    said = attributes.get(name, "")
    return int(said) if said.isascii() and said.isdigit() else 0
