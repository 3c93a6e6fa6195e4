"""A comparison that came back with summaries, or the sheet on which they were written."""

from collections.abc import Iterable, Iterator, Sequence
from itertools import product

from msgspec.structs import replace

from fieldvisit.actions import summaries
from fieldvisit.errors import Conflict, Refused
from fieldvisit.fieldwork.disclosure import strictest
from fieldvisit.fieldwork.note import Note
from fieldvisit.fieldwork.summary import ACROSS, Cell, Summary
from fieldvisit.language import _
from fieldvisit.review.columns import MATRIX_COLUMNS
from fieldvisit.review.item import Arrival, Item, Items, Proposed
from fieldvisit.review.marks import hints_in, read_marks
from fieldvisit.review.pieces import IGNORED, OWN, Piece, ReturnedFile
from fieldvisit.review.stored_texts import bare, left_of
from fieldvisit.review.tags import Tag, cell_id, read_tag
from fieldvisit.storage import gate, queries
from fieldvisit.storage.connection import Change
from fieldvisit.study.view import StudyView

Row = Sequence[Piece]


def propose_comparison(view: StudyView, file: ReturnedFile, arrival: Arrival) -> Proposed:
    """Return which summaries a comparison would change; Refused if no row names its cell."""
    rows: dict[tuple[str, str, int], list[Piece]] = {}
    for piece in file.pieces:
        rows.setdefault((piece.where.part, piece.where.unit, piece.where.at), []).append(piece)
    if not any(read_tag(piece.slot).what == "cell" for piece in file.pieces):
        raise Refused(
            _(
                "{path} is no comparison that can be read back: no row has the sign of its cell."
            ).format(path=file.path),
            _("Write one with: fieldvisit compare --cells both -o FILE.csv"),
        )
    found = _Comparison(view, file, arrival)
    found.take(rows.values())
    ignored = tuple(piece for piece in file.pieces if piece.look in IGNORED)
    return Proposed("comparison", "", tuple(found.items.items), found.unchanged, ignored)


class _ShownCells:
    """Looks up what the tags of a file name: what was shown in a cell, and what stands there."""

    def __init__(self, view: StudyView) -> None:
        self._view = view
        topics = summaries.matrix_crosswalk(view).topics
        places = [place for topic in topics for place in topic.places]
        cells = product((*view.cities, ACROSS), places)
        self._cells = {cell_id(cell): cell for cell in cells}
        self._notes = view.every_note
        self._kept = summaries.kept_summaries(view)
        self._filled = summaries.notes_by_cell(view)

    def cell(self, tag: Tag) -> Cell | None:
        """Return the cell of a tag, None if the study has it no more."""
        return self._cells.get(tag.owner)

    def before(self, tag: Tag) -> Summary | None:
        """Return the summary that counts of those ever kept for it, None if there is none."""
        cell = self.cell(tag)
        return next(iter(self._kept.get(cell, ())), None) if cell else None

    def known(self, tag: Tag) -> list[str]:
        """Return what stands in the cell, and what was printed of it."""
        before = self.before(tag)
        if before is None:
            return []
        printed = gate.summary_at(self._view.connection, before.id, tag.revision)
        known = (None if before.deleted else before, printed)
        return [one.body for one in known if one]

    def has_changed(self, tag: Tag) -> bool:
        """Tell whether the summary or a note that was shown is another by now."""
        before = self.before(tag)
        stands = before.revision if before and not before.deleted else ""
        if not stands.startswith(tag.revision) or bool(stands) != bool(tag.revision):
            return True
        now = ((self._notes.get(note), seen) for note, seen in tag.seen)
        return any(note is None or not note.revision.startswith(seen) for note, seen in now)

    def wording(self, tag: Tag, text: str, level: str) -> summaries.Wording:
        """Return a text for the cell with the notes as its author had them before the eyes."""
        before, cell = self.before(tag), self.cell(tag)
        shown, chosen = tuple(self._shown(tag)), summaries.chosen_before(self._view, before)
        here = self._filled.get(cell, ()) if cell else ()
        unseen = summaries.out_of_sight(before, here, shown, chosen)
        return summaries.Wording(text, shown, chosen, level, unseen)

    def _shown(self, tag: Tag) -> Iterator[Note]:
        """Yield the notes of a tag as they then stood, as far as that matters to a summary."""
        for known, revision in tag.seen:
            note = self._notes.get(known)
            if note and not note.revision.startswith(revision):
                then = gate.note_at(self._view.connection, note.id, revision)
                note = replace(then or replace(note, revision=revision), deleted=False)
            if note:
                yield note


class _Comparison:
    def __init__(self, view: StudyView, file: ReturnedFile, arrival: Arrival) -> None:
        self._cells = _ShownCells(view)
        self._others = [one for one in queries.items(view.connection) if one.sha256 != file.sha256]
        self._said: set[tuple[str, str]] = set()
        self.items = Items(file, None, arrival)
        self.unchanged = 0

    def take(self, rows: Iterable[Row]) -> None:
        """Take all rows: what one cell says may tell what happened to another."""
        texts: list[tuple[Tag, Piece]] = []
        for row in rows:
            tag = _cell_tag(next((piece.slot for piece in row if piece.slot), ""))
            for piece in _beside(row, tag):
                self.items.leave(piece, piece.look or ("own-cell" if tag else "no-place"))
            if tag:
                here = (one for one in row if one.column == "summary" and not one.look)
                texts.append((tag, next(here, Piece("", row[0].where))))
        doubts = _Doubts(texts, self._cells)
        for tag, piece in texts:
            said = tag.owner, bare(piece.text)
            if piece.text.strip() and said not in self._said:  # a copy of it counts once
                self._said.add(said)
                self._take_text(tag, piece, doubts.why(tag, piece.text))

    def _take_text(self, tag: Tag, piece: Piece, doubt: str) -> None:
        cell = self._cells.cell(tag)
        if cell is None:
            self.items.leave(piece, "no-place")
            return
        city, place = "" if cell[0] == ACROSS else cell[0], cell[1]
        stands = any(bare(piece.text) in left_of(body) for body in self._cells.known(tag))
        if stands or any(_is_same(one, city, piece, tag) for one in self._others):
            self.unchanged += 1
            return
        marked = read_marks(piece.text)
        wording = self._cells.wording(tag, marked.text, marked.disclosure)
        under = [one.disclosure for one in summaries.resting_notes(wording)]
        doubts = {
            doubt: doubt,
            "changed": self._cells.has_changed(tag),
            "unknown-mark": marked.kind or marked.speaker,
            "hint": not marked.disclosure and hints_in(marked.text),
            "no-notes": not under,
            "opens": marked.disclosure
            and under
            and strictest((marked.disclosure, *under)) != marked.disclosure,
        }
        reasons = (*marked.reasons, *(why for why, holds in doubts.items() if holds))
        self.items.add(
            "summary", Piece(marked.text, piece.where, piece.slot), place, city_code=city,
            disclosure=marked.disclosure, shown=tag.revision, reasons=reasons,
        )  # fmt: skip


class _Doubts:
    """The texts of one file, set against each other."""

    def __init__(self, texts: Sequence[tuple[Tag, Piece]], cells: _ShownCells) -> None:
        printed = {tag.owner: tag for tag, _piece in texts if tag.revision}
        left = {
            name: frozenset().union(*map(left_of, cells.known(tag)))
            for name, tag in printed.items()
        }
        self._said: dict[str, set[str]] = {}
        untouched = set()
        for tag, piece in texts:
            text = bare(piece.text)
            if text in left.get(tag.owner, ()):
                untouched.add(tag.owner)
            elif text:
                self._said.setdefault(tag.owner, set()).add(text)
        self._gone: dict[str, set[str]] = {}
        for name in left.keys() - untouched:
            for text in left[name]:
                self._gone.setdefault(text, set()).add(name)

    def why(self, tag: Tag, text: str) -> str:
        """Return why a text that differs from what stands is in doubt, empty if it is not."""
        if len(self._said.get(tag.owner, ())) > 1:
            return "second"
        elsewhere = self._gone.get(bare(text), set()) - {tag.owner}
        return "other-cell" if elsewhere else ""


def _beside(row: Row, tag: Tag | None) -> Iterator[Piece]:
    """Yield what a person wrote beside the summary; all of a row that lost the sign of its cell."""
    read = [piece for piece in row if piece.look not in IGNORED and piece.text.strip()]
    if tag is None:
        words = " ".join(piece.text.strip() for piece in read if piece.look != OWN or piece.column)
        looks = {piece.look for piece in read} - {OWN, ""}
        if any(piece.look != OWN for piece in read):
            yield Piece(words, row[0].where, look=min(looks, default=""))
        return
    for piece in read:
        if piece.column not in MATRIX_COLUMNS and piece.column:
            yield Piece(f"{piece.column}: {piece.text.strip()}", piece.where, column=piece.column)
        elif piece.look != OWN and (piece.look or piece.column != "summary"):
            yield Piece(piece.text, piece.where, column=piece.column, look=piece.look)


def _cell_tag(slot: str) -> Tag | None:
    return tag if (tag := read_tag(slot)).what == "cell" else None


def _is_same(one: Item, city: str, piece: Piece, tag: Tag) -> bool:
    """Tell whether another file said this of the same cell, and somebody decides or decided it."""
    here = read_tag(one.slot).owner == tag.owner and one.city_code == city
    return here and one.state != "taken" and bare(one.text) == bare(piece.text)


def take_summary(view: StudyView, change: Change, item: Item, text: str) -> str:
    """Store the summary of the cell that the item's slot names; return its id."""
    cells, tag = _ShownCells(view), read_tag(item.slot)
    cell = cells.cell(tag)
    if cell is None:
        raise Conflict(
            _("The study has no such cell any more."),
            _("Store it with: fieldvisit summary set. Nothing was changed."),
        )
    wording = cells.wording(tag, text, item.disclosure)
    return summaries.write_summary(change, cell, cells.before(tag), wording).id
