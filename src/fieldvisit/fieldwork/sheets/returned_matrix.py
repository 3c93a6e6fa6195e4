"""A comparison that came back as a table: the summaries in it, and whatever else was written."""

from collections.abc import Iterator

from msgspec import Struct

from fieldvisit.fieldwork.sheets.cell_tags import CellTag, read_cell_tag
from fieldvisit.fieldwork.sheets.columns import MATRIX_COLUMNS
from fieldvisit.fieldwork.sheets.filled import Stray
from fieldvisit.fieldwork.sheets.returned_file import ReturnedTable, Row, Where
from fieldvisit.fieldwork.sheets.returned_page import why_apart
from fieldvisit.harmless import visible
from fieldvisit.language import _
from fieldvisit.text import settled

_LAST_IN_ONE_PART = "\uffff"


class CellText(Struct, frozen=True):
    """A summary as it came back, where it stands, and what its tag says; empty = emptied."""

    tag: CellTag
    text: str
    where: Where


def comes_back_as(body: str, text: str) -> bool:
    """Tell whether ``text`` is what a file may have left of a body that nobody touched.

    A file keeps no hidden characters as such, and one in CP932 a question mark for each that it
    has not, or two.
    """
    return bare(text) in left_of(body)


def left_of(body: str) -> frozenset[str]:
    """Return what a file may have left of a body that nobody touched, each as ``bare``."""
    return frozenset({bare(body), bare(_in_cp932(body, "?")), bare(_in_cp932(body, "??"))})


def bare(text: str) -> str:
    """Return a text as it is compared: without blanks at the ends of lines, nothing hidden."""
    return settled(visible(text))


def _in_cp932(text: str, beyond: str) -> str:
    """Return ``text`` as Excel may save it; ``beyond`` stands for what UTF-16 has in two parts.

    Blanks at the ends of lines are still there: some are beyond CP932 and become visible.
    """
    shown = visible(text)
    parted = "".join(beyond if character > _LAST_IN_ONE_PART else character for character in shown)
    return parted.encode("cp932", "replace").decode("cp932")


def read_matrix(table: ReturnedTable) -> tuple[tuple[CellText, ...], tuple[Stray, ...]]:
    """Return the summaries of a table and what is none, each with its place."""
    found = [one for row in table.rows for one in _row(row)]
    apart = [
        Stray(line.text, line.where, why_apart(line.apart))
        for line in table.apart
        if line.text.strip()
    ]
    texts = tuple(one for one in found if isinstance(one, CellText))
    return texts, (*(one for one in found if isinstance(one, Stray)), *apart)


def bears_tags(table: ReturnedTable) -> bool:
    """Tell whether any row says to which cell it belongs; in one of another kind none does."""
    return any(read_cell_tag(row.cells.get("tag", "")) for row in table.rows)


def _row(row: Row) -> Iterator[CellText | Stray]:
    text = row.cells.get("summary", "").strip()
    tag = read_cell_tag(row.cells.get("tag", ""))
    if tag is None:
        everything = " ".join(cell.strip() for cell in row.cells.values() if cell.strip())
        yield Stray(everything, row.where, _("The row has no sign of its cell any more."))
        return
    yield CellText(tag, text, row.where)
    for column in tag.written_over(row.cells):
        why = _("It stands in a cell that holds our own words.")
        yield Stray(row.cells[column].strip(), row.where, why)
    for name, other in row.cells.items():
        if other.strip() and name not in MATRIX_COLUMNS:
            yield Stray(f"{name}: {other}", row.where, _("The column is not one of the sheet."))
