"""What is taken of items about summaries."""

from fieldvisit.actions.summarising.shown_cells import ShownCells
from fieldvisit.actions.summarising.write_summary import write_summary
from fieldvisit.errors import Conflict
from fieldvisit.language import _
from fieldvisit.review.item import Item
from fieldvisit.review.tags import read_cell_tag
from fieldvisit.storage.connection import Change
from fieldvisit.study.view import StudyView


def take_summary(view: StudyView, change: Change, item: Item, text: str) -> str:
    """Store the summary of the cell that the item's slot names; return its id."""
    cells, tag = ShownCells(view), read_cell_tag(item.slot)
    cell = cells.cell(tag) if tag else None
    if tag is None or cell is None:
        raise Conflict(
            _("The study has no such cell any more."),
            _("Store it with: fieldvisit summary set. Nothing was changed."),
        )
    wording = cells.wording(tag, text, item.disclosure)
    return write_summary(change, cell, cells.before(tag), wording).id
