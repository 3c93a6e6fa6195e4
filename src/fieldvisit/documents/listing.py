"""Plain lists: one thing a row. Each list says what its columns are; page and grid follow."""

from collections.abc import Callable, Collection, Iterable, Sequence
from typing import Any

from fieldvisit.documents.document import Document
from fieldvisit.documents.grid import Column, Grid, Value
from fieldvisit.documents.page import Block, Heading, Page, Paragraph, Table


def listing(
    name: str,
    title: str,
    columns: Sequence[Column],
    rows: Iterable[Sequence[Value]],
    shape: Callable[[], dict[str, Any]],
    *,
    head: Sequence[str] = (),
    empty: str = "",
    in_files: Collection[str] = (),
) -> Document:
    """Return a list as a document.

    ``head`` are lines above the table, ``empty`` is said where there are no rows. The page
    leaves out columns in which no row has a value, and those that ``in_files`` names.
    """
    found = tuple(tuple(row) for row in rows)

    def page() -> Page:
        blocks: list[Block] = [Heading(1, title), *(Paragraph(line, quiet=True) for line in head)]
        if found:
            used = [
                at
                for at, column in enumerate(columns)
                if column.key not in in_files and any(row[at] is not None for row in found)
            ]
            cells = [["" if row[at] is None else str(row[at]) for at in used] for row in found]
            blocks.append(Table.of([columns[at].title for at in used], cells))
        else:
            blocks.append(Paragraph(empty))
        return Page(tuple(blocks))

    return Document(name, page, lambda: Grid(tuple(columns), found), shape)
