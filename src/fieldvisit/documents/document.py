"""What an output is made of, before a format is chosen: a page, a grid of plain values, a shape."""

from collections.abc import Callable, Iterator, Mapping
from typing import Any

from msgspec import Struct

from fieldvisit.documents.page import Page
from fieldvisit.review.carriers import checked_tag

Value = str | int | None


class Column(Struct, frozen=True):
    """A column: ``key`` is fixed English, ``title`` in the reader's language.

    ``width`` is in half-width characters (0 = by what stands in it), ``choices`` are what may be
    filled in. ``use`` is `tag` (for the program: narrow), `entry` (to be filled in) or
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

    def checked(self) -> Iterator[tuple[Value, ...]]:
        """Yield the rows, the tag of each with checks of the cells that nobody is to fill in."""
        at = next((at for at, column in enumerate(self.columns) if column.use == "tag"), None)
        for row in self.rows:
            if at is None:
                yield row
                continue
            cells = zip(self.columns, row, strict=True)
            printed = {column.key: str(cell) for column, cell in cells if cell and not column.use}
            yield (*row[:at], checked_tag(str(row[at] or ""), printed), *row[at + 1 :])


class Document(Struct, frozen=True):
    """One output: as a page (terminal, Markdown), as a grid (CSV), as a shape (JSON).

    ``name`` is the NAME of the JSON schema `fieldvisit.NAME/1`. The three are made only when
    a format asks for them. ``grid`` or ``shape`` is None where the thing has no such form.
    A ``sheet`` is printed, filled in and comes back: it alone goes into Word, Excel and HTML yet.
    """

    name: str
    page: Callable[[], Page]
    grid: Callable[[], Grid] | None = None
    shape: Callable[[], dict[str, Any]] | None = None
    sheet: bool = False


def texts(content: object) -> Iterator[str]:
    """Yield every text in a page, a grid or a shape, or in whatever else is made of such values."""
    if isinstance(content, str):
        yield content
        return
    if isinstance(content, Struct):
        content = tuple(getattr(content, name) for name in content.__struct_fields__)
    elif isinstance(content, Mapping):
        content = tuple(content.values())
    for below in content if isinstance(content, tuple | list) else ():
        yield from texts(below)
