"""The cells of a comparison that came back: what was shown in them, and what stands there now."""

from collections.abc import Iterator

from msgspec.structs import replace

from fieldvisit.actions.summarising.summaries import (
    all_cells,
    chosen_before,
    kept_summaries,
    notes_by_cell,
    out_of_sight,
)
from fieldvisit.actions.summarising.write_summary import Wording
from fieldvisit.fieldwork.note import Note
from fieldvisit.fieldwork.summary import Cell, Summary
from fieldvisit.review.tags import CellTag, cell_name
from fieldvisit.storage import gate
from fieldvisit.study.view import StudyView


class ShownCells:
    """Looks up what the tags of a file name."""

    def __init__(self, view: StudyView) -> None:
        self._view = view
        self._cells = {cell_name(cell): cell for cell in all_cells(view)}
        self._notes = {note.handle: note for note in view.every_note.values()}
        self._kept = kept_summaries(view)
        self._filled = notes_by_cell(view)

    def cell(self, tag: CellTag) -> Cell | None:
        """Return the cell of a tag, None if the study has it no more."""
        return self._cells.get(tag.name)

    def before(self, tag: CellTag) -> Summary | None:
        """Return the summary that counts of those ever kept for it, None if there is none."""
        cell = self.cell(tag)
        return next(iter(self._kept.get(cell, ())), None) if cell else None

    def known(self, tag: CellTag) -> list[str]:
        """Return what stands in the cell, and what was printed of it."""
        before = self.before(tag)
        if before is None:
            return []
        known = [] if before.deleted else [before.body]
        printed = gate.summary_at(self._view.connection, before.id, tag.revision)
        return [*known, printed.body] if printed else known

    def has_changed(self, tag: CellTag) -> bool:
        """Tell whether the summary or a note that was shown is another by now."""
        before = self.before(tag)
        stands = before.revision if before and not before.deleted else ""
        if not stands.startswith(tag.revision) or bool(stands) != bool(tag.revision):
            return True
        now = ((self._notes.get(handle), seen) for handle, seen in tag.seen)
        return any(note is None or not note.revision.startswith(seen) for note, seen in now)

    def wording(self, tag: CellTag, text: str, level: str) -> Wording:
        """Return a text for the cell with the notes as its author had them before the eyes."""
        before, cell = self.before(tag), self.cell(tag)
        shown, chosen = tuple(self._shown(tag)), chosen_before(self._view, before)
        here = self._filled.get(cell, ()) if cell else ()
        unseen = out_of_sight(before, here, shown, chosen)
        return Wording(text, shown, chosen, level, unseen)

    def _shown(self, tag: CellTag) -> Iterator[Note]:
        """Yield the notes of a tag as they then stood, as far as that matters to a summary."""
        for handle, revision in tag.seen:
            note = self._notes.get(handle)
            if note:
                same = note.revision.startswith(revision)
                yield note if same else self._as_shown(note, revision)

    def _as_shown(self, note: Note, revision: str) -> Note:
        then = gate.note_at(self._view.connection, note.id, revision)
        if then is None:
            return replace(note, revision=revision, deleted=False)
        return replace(then, deleted=False)
