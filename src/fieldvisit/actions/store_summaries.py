"""`summary read`: summaries written beside the notes, stored in one change."""

from collections.abc import Iterable, Mapping, Sequence

from msgspec import Struct

from fieldvisit.actions.deciding.summaries import wording
from fieldvisit.actions.summarising.summaries import (
    all_cells,
    kept_summaries,
    summaries_by_cell,
)
from fieldvisit.actions.summarising.write_summary import write_summary
from fieldvisit.errors import Refused
from fieldvisit.fieldwork.record.marks import almost_off_record, begins_with_mark
from fieldvisit.fieldwork.sheets.cell_tags import CellTag, cell_name
from fieldvisit.fieldwork.sheets.filled import Stray
from fieldvisit.fieldwork.sheets.returned_matrix import CellText, bare, comes_back_as, left_of
from fieldvisit.fieldwork.summary import Cell, StandingSummary, Summary
from fieldvisit.language import _
from fieldvisit.settings import Settings
from fieldvisit.storage import gate
from fieldvisit.storage.connection import Change
from fieldvisit.study.change import changing, trying
from fieldvisit.study.view import StudyView

Bodies = Mapping[str, Sequence[str]]
"""By the name of each cell in the file what stands in it and what was printed of it."""


class Doubts:
    """The texts of one file, set against each other."""

    def __init__(self, texts: Iterable[CellText], bodies: Bodies) -> None:
        left = {name: frozenset().union(*map(left_of, of)) for name, of in bodies.items()}
        self._said: dict[str, set[str]] = {}
        untouched = set()
        for one in texts:
            name, text = one.tag.name, bare(one.text)
            if text in left.get(name, ()):
                untouched.add(name)
            elif text:
                self._said.setdefault(name, set()).add(text)
        self._gone: dict[str, set[str]] = {}
        for name in left.keys() - untouched:
            for text in left[name]:
                self._gone.setdefault(text, set()).add(name)

    def why(self, one: CellText) -> str:
        """Return why a text that differs from what stands is kept apart, empty if it is not."""
        if len(self._said.get(one.tag.name, ())) > 1:
            return _("The cell stands in it with different texts; none of them was taken.")
        if self._gone.get(bare(one.text), set()) - {one.tag.name}:
            return _(
                "It is the summary of another cell, which has another text in it. Was the column "
                "sorted alone? Otherwise store it with: fieldvisit summary set"
            )
        return why_marked(one.text)


def why_marked(text: str) -> str:
    """Return why a text is kept apart that says itself how it may be used, empty if it does not."""
    begun = text.lstrip()
    if begins_with_mark(begun):
        return _(
            "The text begins with a mark of the record sheet, 【…】. Store it without, with: "
            "fieldvisit summary set -d LEVEL"
        )
    if any(almost_off_record(line.lstrip()) for line in begun.split("\n")):
        return _(
            "The text may mean that this is off the record. Store it with: fieldvisit summary set "
            "-d off-record, or with another level."
        )
    return ""


class StoredSummaries(Struct, frozen=True):
    """What became of texts: ``stored`` as they stand, how many were unchanged, what is left.

    ``cities`` are the names of the study's cities by code; ``emptied`` counts the cells that came
    back empty, whose summaries stay.
    """

    stored: tuple[StandingSummary, ...]
    unchanged: int
    strays: tuple[Stray, ...]
    cities: Mapping[str, str]
    emptied: int = 0


def store_summaries(
    given: Settings,
    command: str,
    texts: Sequence[CellText],
    strays: Sequence[Stray] = (),
    *,
    trial: bool = False,
) -> StoredSummaries:
    """Store the texts that differ from what stands, all in one change; ``trial`` = only try.

    One that cannot be stored becomes a stray with the reason.
    """
    with (trying if trial else changing)(given, command) as (view, change):
        return _stored(view, change, texts, strays)


def _stored(
    view: StudyView, change: Change, texts: Sequence[CellText], strays: Sequence[Stray]
) -> StoredSummaries:
    storing = _Storing(view, change, texts)
    for one in filter(lambda one: one.text, texts):
        storing.take(one)
    after = summaries_by_cell(view.anew())
    stored = tuple(after[cell] for cell in storing.written)
    names = {code: city.name for code, city in view.cities.items()}
    apart = (*strays, *storing.strays.values())
    return StoredSummaries(stored, storing.unchanged, apart, names, storing.emptied(texts))


class _Storing:
    def __init__(self, view: StudyView, change: Change, texts: Sequence[CellText]) -> None:
        self._look, self._change = view, change
        self._cells = {cell_name(cell): cell for cell in all_cells(view)}
        self._kept = kept_summaries(view)
        printed = {one.tag.name: one.tag for one in texts if one.tag.revision}
        self._doubts = Doubts(texts, {name: self._known(tag) for name, tag in printed.items()})
        self.written: dict[Cell, str] = {}
        self.unchanged = 0
        self.strays: dict[tuple[str, str], Stray] = {}

    def take(self, one: CellText) -> None:
        """Store one text, or count it as unchanged, or name it with the reason."""
        cell, before = self._cells.get(one.tag.name), self._before(one.tag)
        if cell is None:
            self._leave(one, _("The study has no such cell any more."))
        elif self._is_there(cell, one):
            self.unchanged += 1
        elif why := self._why_apart(cell, before, one):
            self._leave(one, why)
        else:
            self.written[cell] = one.text

    def _why_apart(self, cell: Cell, before: Summary | None, one: CellText) -> str:
        why = self._why_not(before, one) or self._doubts.why(one)
        return why or self._write(cell, before, one)

    def emptied(self, texts: Sequence[CellText]) -> int:
        """Return how many cells came back without the summary that stands there."""
        filled = {one.tag.name for one in texts if one.text}
        shown = (one.tag for one in texts if one.tag.revision)
        standing_ = {tag.name for tag in shown if (one := self._before(tag)) and not one.deleted}
        return len(standing_ - filled)

    def _before(self, tag: CellTag) -> Summary | None:
        cell = self._cells.get(tag.name)
        return next(iter(self._kept.get(cell, ())), None) if cell else None

    def _leave(self, one: CellText, why: str) -> None:
        """Keep a text apart; a copy of it counts once."""
        self.strays.setdefault((one.tag.name, bare(one.text)), Stray(one.text, one.where, why))

    def _is_there(self, cell: Cell, one: CellText) -> bool:
        """Tell whether a text is one that stands, or the one that was printed."""
        known = [self.written[cell]] if cell in self.written else []
        known += self._known(one.tag)
        return any(comes_back_as(body, one.text) for body in known)

    def _known(self, tag: CellTag) -> list[str]:
        """Return what stands in a cell, and what was printed of it."""
        before = self._before(tag)
        if before is None:
            return []
        known = [] if before.deleted else [before.body]
        printed = gate.summary_at(self._look.connection, before.id, tag.revision)
        return [*known, printed.body] if printed else known

    def _why_not(self, before: Summary | None, one: CellText) -> str:
        """Return why a text may not replace what stands: its author had another one in sight."""
        stands = before.revision if before and not before.deleted else ""
        known = one.tag.revision
        if stands.startswith(known) and bool(stands) == bool(known):
            return ""
        if not before or before.deleted:
            return _("The summary of this cell was deleted meanwhile.")
        return _(
            "The summary of this cell was changed meanwhile. See it with: fieldvisit summary list "
            "--audience all"
        )

    def _write(self, cell: Cell, before: Summary | None, one: CellText) -> str:
        """Store one text; return why it was refused, empty if it was not."""
        try:
            said = wording(self._look, cell, before, one.tag, one.text)
            write_summary(self._change, cell, before, said)
        except Refused as error:
            return error.sentence
        return ""
