"""What is taken of items about summaries, of a sheet or of a table of the comparison."""

from collections.abc import Iterator

from msgspec.structs import replace

from fieldvisit.actions.summarising.summaries import (
    all_cells,
    chosen_before,
    kept_summaries,
    matrix_crosswalk,
    notes_by_cell,
    out_of_sight,
)
from fieldvisit.actions.summarising.write_summary import Wording, write_summary
from fieldvisit.errors import Refused, WrongUsage
from fieldvisit.fieldwork.note import Note
from fieldvisit.fieldwork.sheets.cell_tags import CellTag, read_cell_tag
from fieldvisit.fieldwork.summary import ACROSS, Cell, Summary
from fieldvisit.language import _
from fieldvisit.review.item import Item
from fieldvisit.storage import gate
from fieldvisit.storage.connection import Change
from fieldvisit.study.view import StudyView


def take_summary(view: StudyView, change: Change, item: Item, text: str) -> str:
    """Store the summary of a cell as its author had it before the eyes; return its id.

    The slot of the item is the tag of the cell, which names the notes that stood beside it.
    """
    tag = read_cell_tag(item.slot)
    if item.place is None or tag is None:
        raise WrongUsage(_("Item {name} belongs to no cell.").format(name=item.handle), "")
    cell = item.city_code or ACROSS, matrix_crosswalk(view).now(item.place)
    if cell not in set(all_cells(view)):
        raise Refused(_("The study has no such cell any more."), _("Nothing was stored."))
    before = next(iter(kept_summaries(view).get(cell, ())), None)
    said = wording(view, cell, before, tag, text, item.disclosure)
    return write_summary(change, cell, before, said).id


def wording(
    view: StudyView, cell: Cell, before: Summary | None, tag: CellTag, text: str, level: str = ""
) -> Wording:
    """Return a text with the notes on which it rests: those that its tag says were in sight."""
    shown = tuple(_shown(view, tag))
    chosen = chosen_before(view, before)
    unseen = out_of_sight(before, notes_by_cell(view).get(cell, ()), shown, chosen)
    return Wording(text, shown, chosen, level, unseen)


def _shown(view: StudyView, tag: CellTag) -> Iterator[Note]:
    """Yield the notes of a tag as they then stood, as far as that matters to a summary."""
    notes = {note.handle: note for note in view.every_note.values()}
    for handle, revision in tag.seen:
        if note := notes.get(handle):
            same = note.revision.startswith(revision)
            yield note if same else _as_shown(view, note, revision)


def _as_shown(view: StudyView, note: Note, revision: str) -> Note:
    then = gate.note_at(view.connection, note.id, revision)
    if then is None:
        return replace(note, revision=revision, deleted=False)
    return replace(then, deleted=False)
