"""A comparison that came back with summaries, or the sheet on which they were written."""

from collections.abc import Iterable, Iterator, Mapping, Sequence

from fieldvisit.actions.summarising.shown_cells import ShownCells
from fieldvisit.actions.summarising.write_summary import resting_notes
from fieldvisit.errors import Refused
from fieldvisit.fieldwork.disclosure import strictest
from fieldvisit.fieldwork.summary import ACROSS
from fieldvisit.language import _
from fieldvisit.review.columns import MATRIX_COLUMNS
from fieldvisit.review.item import Arrival, Item, Items, Proposed
from fieldvisit.review.marks import hints_in, read_marks
from fieldvisit.review.pieces import IGNORED, OWN, Piece, ReturnedFile
from fieldvisit.review.stored_texts import bare, left_of
from fieldvisit.review.tags import CellTag, read_cell_tag
from fieldvisit.storage import queries
from fieldvisit.study.view import StudyView

Row = Sequence[Piece]


def propose_comparison(view: StudyView, file: ReturnedFile, arrival: Arrival) -> Proposed:
    """Return which summaries a comparison would change; Refused if no row names its cell."""
    rows: dict[tuple[str, str, int], list[Piece]] = {}
    for piece in file.pieces:
        rows.setdefault((piece.where.part, piece.where.unit, piece.where.at), []).append(piece)
    if not any(read_cell_tag(piece.slot) for piece in file.pieces):
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


class _Comparison:
    def __init__(self, view: StudyView, file: ReturnedFile, arrival: Arrival) -> None:
        self._cells = ShownCells(view)
        self._others = [one for one in queries.items(view.connection) if one.sha256 != file.sha256]
        self._said: set[tuple[str, str]] = set()
        self.items = Items(file, None, arrival)
        self.unchanged = 0

    def take(self, rows: Iterable[Row]) -> None:
        """Take all rows: what one cell says may tell what happened to another."""
        texts: list[tuple[CellTag, Piece]] = []
        for row in rows:
            tag = read_cell_tag(next((piece.slot for piece in row if piece.slot), ""))
            for piece in _beside(row, tag):
                self.items.leave(piece, piece.look or ("own-cell" if tag else "no-place"))
            if tag:
                summary = next((one for one in row if _is_summary(one)), None)
                texts.append((tag, summary or Piece("", row[0].where)))
        doubts = _Doubts(texts, self._cells)
        for tag, piece in texts:
            said = tag.name, bare(piece.text)
            if piece.text.strip() and said not in self._said:  # a copy of it counts once
                self._said.add(said)
                self._take_text(tag, piece, doubts.why(tag, piece.text))

    def _take_text(self, tag: CellTag, piece: Piece, doubt: str) -> None:
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
        doubts = {
            doubt: doubt,
            "changed": self._cells.has_changed(tag),
            "unknown-mark": marked.kind or marked.speaker,
            "hint": not marked.disclosure and hints_in(marked.text),
            **self._levels(tag, marked.text, marked.disclosure),
        }
        reasons = (*marked.reasons, *(why for why, holds in doubts.items() if holds))
        self.items.add(
            "summary", Piece(marked.text, piece.where, piece.slot), place, city_code=city,
            disclosure=marked.disclosure, shown=tag.revision, reasons=reasons,
        )  # fmt: skip

    def _levels(self, tag: CellTag, text: str, level: str) -> Mapping[str, object]:
        """Return whether notes stand under a text, and whether they are more closed than it."""
        under = [one.disclosure for one in resting_notes(self._cells.wording(tag, text, level))]
        opens = bool(level and under) and strictest((level, *under)) != level
        return {"no-notes": not under, "opens": opens}


class _Doubts:
    """The texts of one file, set against each other."""

    def __init__(self, texts: Sequence[tuple[CellTag, Piece]], cells: ShownCells) -> None:
        printed = {tag.name: tag for tag, _piece in texts if tag.revision}
        left = {
            name: frozenset().union(*map(left_of, cells.known(tag)))
            for name, tag in printed.items()
        }
        self._said: dict[str, set[str]] = {}
        untouched = set()
        for tag, piece in texts:
            text = bare(piece.text)
            if text in left.get(tag.name, ()):
                untouched.add(tag.name)
            elif text:
                self._said.setdefault(tag.name, set()).add(text)
        self._gone: dict[str, set[str]] = {}
        for name in left.keys() - untouched:
            for text in left[name]:
                self._gone.setdefault(text, set()).add(name)

    def why(self, tag: CellTag, text: str) -> str:
        """Return why a text that differs from what stands is in doubt, empty if it is not."""
        if len(self._said.get(tag.name, ())) > 1:
            return "second"
        elsewhere = self._gone.get(bare(text), set()) - {tag.name}
        return "other-cell" if elsewhere else ""


def _is_summary(piece: Piece) -> bool:
    return piece.column == "summary" and not piece.look


def _beside(row: Row, tag: CellTag | None) -> Iterator[Piece]:
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
        elif piece.look != OWN and not _is_summary(piece):
            yield Piece(piece.text, piece.where, column=piece.column, look=piece.look)


def _is_same(one: Item, city: str, piece: Piece, tag: CellTag) -> bool:
    """Tell whether another file said this of the same cell, and somebody decides or decided it."""
    known = read_cell_tag(one.slot)
    here = known is not None and known.name == tag.name and one.city_code == city
    return here and one.state != "taken" and bare(one.text) == bare(piece.text)
