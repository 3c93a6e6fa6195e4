"""A letter with passages that came back, as its reader found it; nothing is understood yet."""

from msgspec import Struct

from fieldvisit.fieldwork.sheets.returned_file import Line, Where


class ReturnedCell(Struct, frozen=True):
    """The text of one cell, with changes as if they were accepted; ``apart`` is what is none."""

    text: str = ""
    apart: tuple[Line, ...] = ()


class ReturnedRow(Struct, frozen=True):
    """One row of any table in the file; ``tag`` is what our rows carry."""

    where: Where
    cells: tuple[ReturnedCell, ...]
    tag: str = ""


class ReturnedLetter(Struct, frozen=True):
    """Its rows, and the lines outside of tables; ``sheet`` is the tag of the whole, if any."""

    rows: tuple[ReturnedRow, ...]
    lines: tuple[Line, ...]
    sheet: str = ""
