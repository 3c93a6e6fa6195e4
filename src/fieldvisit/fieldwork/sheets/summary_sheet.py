"""The sheet on which summaries are written in an editor, and what stands in it afterwards."""

import json
from collections.abc import Collection, Mapping

from msgspec import Struct

from fieldvisit.fieldwork.note import Note
from fieldvisit.fieldwork.sheets.cell_tags import cell_name, cell_tag, read_cell_tag
from fieldvisit.fieldwork.sheets.filled import Stray
from fieldvisit.fieldwork.sheets.returned_file import ReturnedPage, Where
from fieldvisit.fieldwork.sheets.returned_matrix import CellText
from fieldvisit.fieldwork.summary import Cell, StandingSummary
from fieldvisit.language import _

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


def read_summary_sheet(
    page: ReturnedPage, kept: str, ours: Collection[str]
) -> tuple[tuple[CellText, ...], tuple[Stray, ...]]:
    """Return what stands in the boxes, and texts outside of them that are none of ``ours``."""
    tags: Mapping[str, str] = json.loads(kept)["tags"]
    boxes: dict[str, list[str]] = {}
    places: dict[str, Where] = {}
    strays = []
    for line in page.lines:
        if line.box in tags:
            boxes.setdefault(line.box, []).append(line.text)
            places.setdefault(line.box, line.where)
        elif line.text.strip() and line.text not in ours:
            strays.append(Stray(line.text, line.where, _("It stands outside of the boxes.")))
    texts = []
    for box, lines in boxes.items():
        tag = read_cell_tag(tags[box])
        text = "\n".join(lines).strip()
        if tag:
            texts.append(CellText(tag, text, places[box]))
    return tuple(texts), tuple(strays)
