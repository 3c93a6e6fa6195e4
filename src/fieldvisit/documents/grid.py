"""A grid: typed columns and rows of plain values, for CSV and Excel."""

from msgspec import Struct

Value = str | int | None


class Column(Struct, frozen=True):
    """A column: ``key`` is fixed English, ``title`` in the reader's language.

    ``width`` is in half-width characters (0 = by what stands in it), ``choices`` are what may be
    filled in. ``use`` is `tag` (for the program: narrow and locked), `entry` (to be filled in) or
    empty.
    """

    key: str
    title: str
    width: int = 0
    choices: tuple[str, ...] = ()
    use: str = ""


class Grid(Struct, frozen=True):
    """Columns, and rows with one value a column; None is an empty cell.

    A grid to be filled in has a ``title``, ``instructions`` on how, and the tag of its ``sheet``.
    """

    columns: tuple[Column, ...]
    rows: tuple[tuple[Value, ...], ...]
    title: str = ""
    instructions: tuple[str, ...] = ()
    sheet: str = ""
