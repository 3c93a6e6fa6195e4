"""The rows of tables in a colleague's Word file: each becomes one line.

A value alone in its cell says nothing, and what stands beside it may close it.
"""

from collections.abc import Iterator, Mapping, Sequence
from itertools import groupby

from msgspec import Struct
from msgspec.structs import replace

from fieldvisit.exchange.word.paragraphs import Place, Row
from fieldvisit.fieldwork.memo.kept import off_record_mark
from fieldvisit.fieldwork.memo.signs import CLOSED_ROW, ROW, joined
from fieldvisit.fieldwork.off_record_words import mentions_off_record
from fieldvisit.fieldwork.sheets.returned_file import Line

# A cell of more paragraphs holds a memo of its own, in a frame or a form.
_MOST_PARAGRAPHS = 6
_LONGEST_LABEL = 200  # characters


class _Settled(Struct, eq=False):
    """What a row comes to: whether it is one line, whether it says off the record."""

    cells: tuple[str, ...]
    is_one: bool
    closes: bool
    is_closed: bool  # by the first row of its table


_Texts = Mapping[int, Sequence[str]]


def _settle(row: Row, texts: _Texts, known: Mapping[Row, _Settled]) -> _Settled:
    """Settle a row; those above it are settled already."""
    above = known[row.above].cells if row.above else ()
    cells = tuple(_text(row, cell, texts, above) for cell in range(1, max(1, row.cell) + 1))
    is_closed = row.head is not None and known[row.head].closes
    filled = [cell for cell in cells if cell]
    is_short = max(map(len, texts.values()), default=0) <= _MOST_PARAGRAPHS
    is_row = len(filled) > 1 and (is_short or mentions_off_record(filled[0]))
    closes = row.head is None and mentions_off_record("\n".join(cells))
    return _Settled(cells, is_closed or is_row, closes, is_closed)


def _text(row: Row, cell: int, texts: _Texts, above: Sequence[str]) -> str:
    own = "\n".join(texts.get(cell, ()))
    if own or cell not in row.merged or cell > len(above):
        return own
    return _label(above[cell - 1])


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
    texts: dict[Row, dict[int, list[str]]] = {row: {} for row in rows}
    for line in lines:
        if line.text.strip() and not line.apart:
            for row, cell in places.get(line.where.number, ()):
                texts[row].setdefault(max(1, cell), []).append(line.text.strip())
    known: dict[Row, _Settled] = {}
    for row in rows:
        known[row] = _settle(row, texts[row], known)
    placed = [(_row_of(places.get(line.where.number, ()), known), line) for line in lines]
    for one, group in groupby(placed, key=lambda pair: pair[0]):
        own = [line for _row, line in group]
        yield from _as_one(one, own) if one else own


def _row_of(place: Place, known: Mapping[Row, _Settled]) -> _Settled | None:
    """Return the outermost row around a line that is one line itself."""
    return next((known[row] for row, _cell in place if known[row].is_one), None)


def _as_one(row: _Settled, lines: Sequence[Line]) -> Iterator[Line]:
    where = lines[0].where
    if any(line.text.strip() and not line.apart for line in lines):
        yield Line(joined(row.cells), where, style=CLOSED_ROW if row.is_closed else ROW)
    for line in lines:
        if line.apart:
            yield replace(line, where=where)
