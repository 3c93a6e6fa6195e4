"""A table as it was found, row by row and column by column, and what its rows are to us."""

from collections.abc import Callable, Iterator

from fieldvisit.exchange.column_heads import LAST_ROW, Texts, column_key, find_heads
from fieldvisit.exchange.unreadable import UnreadableSheet
from fieldvisit.fieldwork.sheets.columns import SHEET_COLUMNS
from fieldvisit.fieldwork.sheets.long_cells import joined
from fieldvisit.fieldwork.sheets.returned_file import Line, Row, Where
from fieldvisit.fieldwork.vocabulary import Vocabulary
from fieldvisit.language import _


def read_rows(
    texts: Texts, where: Callable[[int], Where], columns: Vocabulary = SHEET_COLUMNS
) -> tuple[tuple[Row, ...], tuple[Line, ...]] | None:
    """Return the rows below our heads, and what stands above them; None if no row is of heads.

    Rows without any text are left out, long cells are joined again.
    """
    found = find_heads(texts, columns)
    if found is None:
        return None
    head, heads = found
    rows = (
        Row(where(number), {column_key(heads, at): text for at, text in sorted(cells.items())})
        for number, cells in sorted(texts.items())
        if number > head and any(text.strip() for text in cells.values())
    )
    return joined(rows), tuple(_above(texts, head, where))


def _above(texts: Texts, head: int, where: Callable[[int], Where]) -> Iterator[Line]:
    for number, cells in sorted(texts.items()):
        if number < head:
            for _column, text in sorted(cells.items()):
                if text.strip():
                    yield Line(text, where(number), apart="above")


def no_heads(file: str, columns: Vocabulary = SHEET_COLUMNS) -> UnreadableSheet:
    """Return the refusal of a table in which our heads are nowhere to be found."""
    needed = ("question", "answer") if columns is SHEET_COLUMNS else ("tag", "summary")
    heads = ", ".join(map(columns.word, needed))
    return UnreadableSheet(
        _("“{file}” has no row with the heads of our sheet.").format(file=file),
        _("One of the first {n} rows must name at least two columns, such as: {heads}").format(
            n=LAST_ROW, heads=heads
        ),
    )
