"""Boxes with text that are drawn on a sheet of an Excel file."""

from collections.abc import Iterator

from fieldvisit.exchange.excel.cells import ApartCell
from fieldvisit.exchange.excel.names import Attributes
from fieldvisit.exchange.excel.texts import walk


def drawn_texts(data: bytes | None) -> Iterator[ApartCell]:
    """Yield the text of each box with the row of its upper edge; raises ForbiddenXml."""
    reader = _Reader()
    if data is not None:
        walk(data, reader.start, reader.end, reader.characters)
    for row, texts in reader.found:
        if text := "".join(texts).strip():
            yield ApartCell(row, 1, text, "drawn")


class _Reader:
    def __init__(self) -> None:
        self.found: list[tuple[int, list[str]]] = [(1, [])]
        self._takes = False
        self._row: list[str] | None = None

    def start(self, name: str, _attributes: Attributes) -> None:
        if name.endswith("Anchor"):
            self.found.append((0, []))
        elif name == "drawn-row" and not self.found[-1][0]:
            self._row = []
        elif name == "drawn-br":
            self.found[-1][1].append("\n")
        self._takes = name == "drawn-t"

    def end(self, name: str) -> None:
        if name == "drawn-row" and self._row is not None:
            said = "".join(self._row).strip()
            self.found[-1] = (int(said) + 1 if said.isdecimal() else 1, self.found[-1][1])
            self._row = None
        elif name == "drawn-p":
            self.found[-1][1].append("\n")
        self._takes = False

    def characters(self, text: str) -> None:
        if self._row is not None:
            self._row.append(text)
        elif self._takes:
            self.found[-1][1].append(text)
