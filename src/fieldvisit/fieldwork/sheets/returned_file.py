"""A file that came back, as its reader found it: lines of a page, or rows of a table.

Nothing in it is understood yet; every text has the place where it stands, so that whatever
cannot be recognised can be named.
"""

from collections.abc import Mapping

from msgspec import Struct

from fieldvisit.language import _

# Why a text is not read as an answer; it is named and kept all the same.
APART = (
    "struck", "deleted", "comment", "instruction", "hidden", "formula", "above", "drawn", "margin"
)  # fmt: skip


class Where(Struct, frozen=True):
    """A place in a file: ``unit`` is `line`, `paragraph` or `row`, ``number`` counts from 1.

    ``part`` is the sheet of a workbook, empty elsewhere.
    """

    file: str
    unit: str
    number: int
    part: str = ""

    def __str__(self) -> str:
        """Return the place in the reader's language."""
        unit = {
            "line": _("line {n}"),
            "paragraph": _("paragraph {n}"),
            "row": _("row {n}"),
        }[self.unit].format(n=self.number)
        sheet = _("sheet {name}").format(name=self.part) if self.part else ""
        return ", ".join(part for part in (self.file, sheet, unit) if part)


class Line(Struct, frozen=True):
    """One line or paragraph; ``box`` is the tag of the box in which it stands, empty outside.

    ``apart`` is one of APART where it is not to be read as text, ``style`` is `heading` or `item`
    (of a list) where the file says so; ``mark`` is the sign that says it in a file of plain text.
    """

    text: str
    where: Where
    box: str = ""
    apart: str = ""
    style: str = ""
    mark: str = ""


class ReturnedPage(Struct, frozen=True):
    """A page (Markdown, Word): its lines in order, empty ones too. ``sheet`` is its tag, if any."""

    lines: tuple[Line, ...]
    sheet: str = ""


class Row(Struct, frozen=True):
    """One row; ``cells`` by the key of their column (see ``documents.answer_grid``).

    A column whose head is not ours keeps its head as key; ``where`` names the row.
    """

    where: Where
    cells: Mapping[str, str]


class ReturnedTable(Struct, frozen=True):
    """A table (Excel, CSV): its rows, and texts that stand in no row (comments, other sheets)."""

    rows: tuple[Row, ...]
    sheet: str = ""
    apart: tuple[Line, ...] = ()
