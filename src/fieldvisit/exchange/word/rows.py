"""The rows of tables in a colleague's Word file: each becomes one line.

A value alone in its cell says nothing, and what stands beside it may close it.
"""

from collections.abc import Iterator, Mapping, Sequence
from itertools import groupby

from msgspec import Struct, field
from msgspec.structs import replace

from fieldvisit.fieldwork.memo.kept import off_record_mark
from fieldvisit.fieldwork.memo.signs import CLOSED_ROW, ROW, joined
from fieldvisit.fieldwork.off_record_words import mentions_off_record
from fieldvisit.fieldwork.sheets.returned_file import Line

# A cell of more paragraphs holds a memo of its own, in a frame or a form.
_MOST_PARAGRAPHS = 6
_LONGEST_LABEL = 200  # characters


class Row(Struct, eq=False):
    """A row of a table below ``above``, its first one being ``head``; ``cell`` counts from 1.

    ``merged`` are cells that go on from the row above, ``tag`` is that of a bookmark in it. Once
    the row is settled, ``cells`` are its texts, ``is_one`` tells whether it is one line, and no
    frame around a text, and ``closes`` whether it says off the record.
    """

    above: "Row | None" = None
    head: "Row | None" = None
    cell: int = 0
    merged: set[int] = field(default_factory=set)
    tag: str = ""
    texts: dict[int, list[str]] = field(default_factory=dict)
    cells: tuple[str, ...] = ()
    is_one: bool = False
    closes: bool = False

    @property
    def is_closed(self) -> bool:
        """Tell whether the first row of its table closes it."""
        return self.head is not None and self.head.closes

    def settle(self) -> None:
        """Fill the cells; the row above is settled already."""
        self.cells = tuple(self._text(cell) for cell in range(1, max(1, self.cell) + 1))
        self.closes = self.head is None and mentions_off_record("\n".join(self.cells))
        filled = [cell for cell in self.cells if cell]
        longest = max((len(texts) for texts in self.texts.values()), default=0)
        is_short = longest <= _MOST_PARAGRAPHS
        is_row = len(filled) > 1 and (is_short or mentions_off_record(filled[0]))
        self.is_one = self.is_closed or is_row

    def _text(self, cell: int) -> str:
        own = "\n".join(self.texts.get(cell, ()))
        if own or cell not in self.merged or not self.above or cell > len(self.above.cells):
            return own
        return _label(self.above.cells[cell - 1])


Place = tuple[tuple[Row, int], ...]  # the rows and cells around a text, the outermost first


def _label(text: str) -> str:
    """Return what is repeated of a cell that goes on below: a label, or that it closes."""
    if len(text) <= _LONGEST_LABEL:
        return text
    return off_record_mark() if mentions_off_record(text) else ""


def row_by_row(
    lines: Sequence[Line], rows: Sequence[Row], places: Mapping[int, Place]
) -> Iterator[Line]:
    """Yield the lines of a file, those of one row as one; what stands apart in it comes after.

    ``rows`` are all in their order, ``places`` those of the paragraphs by number.
    """
    for line in lines:
        if line.text.strip() and not line.apart:
            for row, cell in places.get(line.where.number, ()):
                row.texts.setdefault(max(1, cell), []).append(line.text.strip())
    for row in rows:
        row.settle()
    placed = [(_row_of(places.get(line.where.number, ())), line) for line in lines]
    for one, group in groupby(placed, key=lambda pair: pair[0]):
        own = [line for _row, line in group]
        yield from _as_one(one, own) if one else own


def _row_of(place: Place) -> Row | None:
    """Return the outermost row around a line that is one line itself."""
    return next((row for row, _cell in place if row.is_one), None)


def _as_one(row: Row, lines: Sequence[Line]) -> Iterator[Line]:
    where = lines[0].where
    if any(line.text.strip() and not line.apart for line in lines):
        yield Line(joined(row.cells), where, style=CLOSED_ROW if row.is_closed else ROW)
    for line in lines:
        if line.apart:
            yield replace(line, where=where)
