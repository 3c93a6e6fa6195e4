"""The sheet on which summaries are written in an editor, and what stands in it afterwards."""

import json
from collections.abc import Collection, Iterator, Mapping

from msgspec import Struct

from fieldvisit.fieldwork.note import Note
from fieldvisit.fieldwork.sheets.returned_file import ReturnedPage
from fieldvisit.fieldwork.summary import Cell, StandingSummary
from fieldvisit.review.cell_tags import cell_name, cell_tag
from fieldvisit.review.pieces import Piece, Where

_BOX = "cell-"


class SheetCell(Struct, frozen=True):
    """A cell of the sheet: its heads, the notes in it, and the summary that is there."""

    cell: Cell
    topic: str
    name: str
    notes: tuple[Note, ...]
    summary: StandingSummary | None

    @property
    def box(self) -> str:
        """Return the tag of its box."""
        return _BOX + cell_name(self.cell)


class SummarySheet(Struct, frozen=True):
    """The cells in their order, as ``audience`` may see them."""

    audience: str
    cells: tuple[SheetCell, ...]

    def kept(self) -> str:
        """Return as JSON what was shown in each box: what the program needs to know later."""
        tags = {one.box: cell_tag(one.cell, one.notes, one.summary, {}) for one in self.cells}
        return json.dumps({"audience": self.audience, "tags": tags})


def audience_of(kept: str) -> str:
    """Return for which audience a sheet was made."""
    return str(json.loads(kept)["audience"])


def pieces_of(page: ReturnedPage, kept: str, ours: Collection[str]) -> Iterator[Piece]:
    """Yield what stands in each box with its cell, and texts outside that are not ``ours``."""
    tags: Mapping[str, str] = json.loads(kept)["tags"]
    boxes: dict[str, list[str]] = {}
    places: dict[str, Where] = {}
    for line in page.lines:
        where = Where(line.where.file, "line", line.where.number)
        if line.box in tags:
            boxes.setdefault(line.box, []).append(line.text)
            places.setdefault(line.box, where)
        elif line.text.strip() and line.text not in ours:
            yield Piece(line.text, where)
    for box, lines in boxes.items():
        yield Piece("\n".join(lines).strip(), places[box], tags[box], "summary")
