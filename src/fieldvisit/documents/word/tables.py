"""Tables of a Word page: with borders for what is compared, without for facts."""

from collections.abc import Iterable, Iterator
from typing import TYPE_CHECKING

from fieldvisit.documents.page import Cell, Facts, Table
from fieldvisit.documents.word.styles import (
    BORDERED,
    TABLE_HEAD,
    TABLE_TEXT,
    TEXT_WIDTH,
    control,
    element,
    inside,
)
from fieldvisit.documents.word.texts import add_frame, mark_place, put_texts
from fieldvisit.harmless import visible
from fieldvisit.text import width

if TYPE_CHECKING:
    from docx.document import Document
    from docx.table import _Row

_NAMES = 35  # millimetres for the names of facts
_NARROWEST, _WIDEST = 6, 60  # half-width characters that a column counts for


def add_facts(document: "Document", facts: Facts) -> None:
    """Add names in bold beside what they stand for."""
    table = add_frame(document, len(facts.items), (_NAMES, TEXT_WIDTH - _NAMES))
    for row, (name, value) in zip(table.rows, facts.items, strict=True):
        _keep_whole(row)
        left, right = row.cells
        put_texts(left, (name,), TABLE_HEAD)
        put_texts(right, (value,), TABLE_TEXT)


def add_table(document: "Document", table: Table, number: int = 0) -> None:
    """Add a table with borders; its head comes again on each page.

    The rows of one with tags get bookmarks, those after ``number``.
    """
    made = add_frame(document, 1 + len(table.rows), tuple(_widths(table)), BORDERED)
    rows = iter(made.rows)
    _head(next(rows), table.head)
    for row, cells in zip(rows, table.rows, strict=True):
        _keep_whole(row)
        for place, cell in zip(row.cells, cells, strict=True):
            put_texts(place, cell.paragraphs, TABLE_TEXT)
    for row, tag in zip(made.rows[1:], table.tags, strict=False):
        number += 1
        _tag(row, tag, number)


def _tag(row: "_Row", tag: str, number: int) -> None:
    """Let the tag of a row travel: in a control around its first words, and by a bookmark."""
    paragraph = inside(row.cells[0].paragraphs[0])
    made, content = control(visible(tag))
    words = paragraph.r_lst
    mark_place(paragraph, number)
    if words:
        words[0].addprevious(made)
        content.extend(words)


def _head(row: "_Row", head: Iterable[str]) -> None:
    _keep_whole(row)
    inside(row).trPr.append(element("tblHeader"))
    for place, text in zip(row.cells, head, strict=True):
        put_texts(place, (text,), TABLE_HEAD)
        shade = element("shd", val="clear", color="auto", fill="EDEDED")
        inside(place).get_or_add_tcPr().append(shade)


def _keep_whole(row: "_Row") -> None:
    inside(row).get_or_add_trPr().append(element("cantSplit"))


def _widths(table: Table) -> Iterator[float]:
    """Yield millimetres for each column: as said, else by the longest line within bounds."""
    columns = zip(map(Cell.of, table.head), *table.rows, strict=True)
    counts = [
        min(_WIDEST, max(_NARROWEST, *(_longest(cell) for cell in column))) for column in columns
    ]
    counts = list(table.widths) or counts
    for count in counts:
        yield TEXT_WIDTH * count / sum(counts)


def _longest(cell: Cell) -> int:
    # Beyond the widest column nothing changes: long notes are not counted to their end.
    lines = [line[:_WIDEST] for text in cell.paragraphs for line in text.split("\n")]
    return max(map(width, lines), default=0)
