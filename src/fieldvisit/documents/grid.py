"""A grid: typed columns and rows of plain values, for CSV and later Excel."""

from dataclasses import dataclass

Value = str | int | None


@dataclass(frozen=True, slots=True)
class Column:
    """A column: ``key`` is fixed English, ``title`` in the reader's language."""

    key: str
    title: str


@dataclass(frozen=True, slots=True)
class Grid:
    """Columns, and rows with one value a column; None is an empty cell."""

    columns: tuple[Column, ...]
    rows: tuple[tuple[Value, ...], ...]
