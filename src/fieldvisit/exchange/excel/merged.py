"""Cells that lie under merged ones: nobody sees their text."""

from bisect import bisect_left, bisect_right
from collections.abc import Iterable, Iterator, Mapping

from fieldvisit.exchange.excel.names import place
from fieldvisit.exchange.table_limits import TooMuch
from fieldvisit.language import _

_MOST_VISITED = 2_000_000  # rows with text under merged cells, all together


def covered(
    merged: Iterable[str], rows: Mapping[int, Mapping[int, str]]
) -> Iterator[tuple[int, int]]:
    """Yield row and column of each text that lies under one of the ranges ``merged``, once.

    The text at the top left belongs to all of the range. Raises TooMuch and ValueError.
    """
    known, found, left = sorted(rows), set[tuple[int, int]](), _MOST_VISITED
    for reference in merged:
        start, _colon, end = reference.partition(":")
        (top, first), (bottom, last) = place(start), place(end or start)
        under = known[bisect_left(known, top) : bisect_right(known, bottom)]
        left -= len(under) + 1
        if left < 0:
            raise TooMuch(_("it has too many merged cells."))
        found.update(
            (row, column)
            for row in under
            for column in rows[row]
            if first <= column <= last and (row, column) != (top, first)
        )
    yield from sorted(found)
