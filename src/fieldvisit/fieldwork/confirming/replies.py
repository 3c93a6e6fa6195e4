"""What a city says of the passages in a letter that came back, and what of it is unclear.

Nobody guesses: a row that says two things, or not enough, is named and kept as it stands.
"""

import re
import unicodedata
from collections.abc import Callable, Iterator, Sequence
from dataclasses import dataclass

from fieldvisit.fieldwork.confirming.change_mark import NO, UNCLEAR, YES, change_wanted, is_no_text
from fieldvisit.fieldwork.confirming.columns import PASSAGE_COLUMNS, columns_by
from fieldvisit.fieldwork.confirming.returned_letter import (
    ReturnedCell,
    ReturnedLetter,
    ReturnedRow,
)
from fieldvisit.fieldwork.note import Note
from fieldvisit.fieldwork.off_record_words import newly_off_record
from fieldvisit.fieldwork.sheets.filled import Stray
from fieldvisit.fieldwork.sheets.returned_file import Line, Where
from fieldvisit.fieldwork.sheets.returned_page import why_apart
from fieldvisit.fieldwork.sheets.tags import read_passage_tag
from fieldvisit.harmless import visible
from fieldvisit.language import _

_TAKEN_OUT = frozenset({"struck", "deleted"})
_PART = re.compile("[→⇒➡]|->|=>")
_EDGES = " \t\n\r　"


@dataclass(frozen=True, slots=True)
class Reply:
    """An answer to one passage: `ok`, or `corrected` with the new ``text``.

    ``shown`` is the note as the city saw it.
    """

    shown: Note
    state: str
    where: Where
    text: str = ""


@dataclass(frozen=True, slots=True)
class Replies:
    """The answers of one file; ``unanswered`` passages bear no word of the city."""

    found: tuple[Reply, ...]
    strays: tuple[Stray, ...]
    unanswered: int


def read_replies(
    letter: ReturnedLetter,
    shown: Callable[[str, str], Note | None],
    is_ours: Callable[[str], bool],
) -> Replies:
    """Return what the letter says.

    ``shown`` returns a note as it stood at the revision that begins so, ``is_ours`` tells whether
    we wrote a text ourselves.
    """
    reading = _Reading(shown, is_ours)
    found = [one for row in letter.rows for one in reading.row(row)]
    found += [one for line in letter.lines for one in reading.line(line)]
    return Replies(
        tuple(one for one in found if isinstance(one, Reply)),
        tuple(one for one in found if isinstance(one, Stray)),
        reading.unanswered,
    )


def same_words(one: str, other: str) -> bool:
    """Tell whether two texts are one to a reader: blanks and ends of lines do not count."""
    return _bare(one) == _bare(other)


class _Reading:
    """Takes rows and lines in their order."""

    def __init__(
        self, shown: Callable[[str, str], Note | None], is_ours: Callable[[str], bool]
    ) -> None:
        self._shown = shown
        self._is_ours = is_ours
        self._columns = tuple(PASSAGE_COLUMNS)
        self._met: dict[str, tuple[str, ...]] = {}
        self.unanswered = 0

    def line(self, line: Line) -> Iterator[Stray]:
        """Yield a line outside of tables, unless it is ours."""
        text = line.text.strip()
        read_as_text = line.apart in ("", "margin")
        if text and not (read_as_text and self._is_ours(text)):
            why = why_apart(line.apart) if line.apart else _("It stands outside of the table.")
            yield Stray(line.mark + line.text, line.where, why)

    def row(self, row: ReturnedRow) -> Iterator[Reply | Stray]:
        """Yield what a row says."""
        texts = tuple(cell.text.strip(_EDGES) for cell in row.cells)
        tag = read_passage_tag(row.tag)
        if tag is None:
            self._columns = columns_by(texts) or self._columns
            yield from self._unknown(row, _("The row has no sign of its passage any more."))
            return
        note = self._shown(*tag)
        if note is None:
            yield from self._unknown(row, _("This study has no such passage."))
        elif self._met.setdefault(note.id, texts) != texts:
            yield from self._unknown(row, _("The passage stands twice; the first was taken."))
        elif self._met[note.id] is texts:
            yield from self._known(row, note)

    def _unknown(self, row: ReturnedRow, why: str) -> Iterator[Stray]:
        """Yield the texts of a row that are not ours, as one; what stands apart by itself."""
        texts = [cell.text.strip(_EDGES) for cell in row.cells]
        theirs = [text for text in texts if text and not self._says_nothing(text)]
        if theirs:
            yield Stray(" | ".join(theirs), row.where, why)
        for cell in row.cells:
            yield from _apart(cell, frozenset())

    def _says_nothing(self, text: str) -> bool:
        return self._is_ours(text) or not change_wanted(text)

    def _known(self, row: ReturnedRow, note: Note) -> Iterator[Reply | Stray]:
        cells, others = self._by_column(row)
        for name, cell in cells.items():
            text = cell.text.strip(_EDGES)
            if name in ("number", "topic") and text and not self._is_ours(text):
                why = _("It stands in a cell that holds our own words.")
                yield Stray(text, row.where, why)
            yield from _apart(cell, _TAKEN_OUT if name in ("passage", "change") else frozenset())
        for cell in others:
            if text := cell.text.strip(_EDGES):
                yield Stray(text, row.where, _("The column is not one of the letter."))
            yield from _apart(cell, frozenset())
        answer = _Answer(note, cells, row.where)
        found = tuple(answer.read())
        self.unanswered += not found
        yield from found

    def _by_column(self, row: ReturnedRow) -> tuple[dict[str, ReturnedCell], list[ReturnedCell]]:
        """Return the cells of our columns by their keys, and the cells of other columns."""
        cells: dict[str, ReturnedCell] = {}
        others: list[ReturnedCell] = []
        for at, cell in enumerate(row.cells):
            name = self._columns[at] if at < len(self._columns) else ""
            if name and name not in cells:
                cells[name] = cell
            else:
                others.append(cell)
        return cells, others


class _Answer:
    """The three cells of one passage that a city may have written in."""

    def __init__(self, note: Note, cells: dict[str, ReturnedCell], where: Where) -> None:
        self._note = note
        self._where = where
        self._passage = cells.get("passage", ReturnedCell())
        self._mark = cells.get("change", ReturnedCell()).text.strip(_EDGES)
        self._typed = cells.get("correction", ReturnedCell()).text.strip(_EDGES)

    def read(self) -> Iterator[Reply | Stray]:
        """Yield the answer, or what is unclear about it; nothing if there is none."""
        wanted = change_wanted(self._mark)
        proposals = self._proposals()
        if not wanted and self._typed and is_no_text(self._typed) and change_wanted(self._typed):
            wanted = NO
        if len(proposals) > 1:
            yield self._stray(_("The passage and the correction beside it say different things."))
        elif wanted == NO and (proposals or self._is_gone()):
            yield self._stray(_("It says that no change is wanted, and yet there is one."))
        elif proposals:
            yield from self._correction(proposals[0], wanted)
        elif self._is_gone():
            yield self._stray(_("The passage was taken out; perhaps it is not to be used at all."))
        elif wanted == YES:
            yield self._stray(_("A change is wanted, but it is not said which."))
        elif wanted == UNCLEAR:
            yield self._stray(_("It is not clear whether a change is wanted."))
        elif wanted == NO:
            yield Reply(self._note, "ok", self._where)

    def _proposals(self) -> Sequence[str]:
        """Return what the passage is to become, by either cell, nothing said twice."""
        edited, typed = self._passage.text.strip(_EDGES), self._typed
        found = [] if is_no_text(typed) or same_words(typed, self._note.body) else [typed]
        changed = edited and not same_words(edited, self._note.body)
        if changed and not any(same_words(edited, other) for other in found):
            found.append(edited)
        return found

    def _is_gone(self) -> bool:
        return not self._passage.text.strip(_EDGES)

    def _correction(self, text: str, wanted: str) -> Iterator[Reply | Stray]:
        if newly_off_record(text, self._note.body):
            yield self._stray(_("It may ask that this not be quoted, or not be used at all."))
        elif _PART.search(text) and not _PART.search(self._note.body):
            yield self._stray(_("It seems to say how a part is to change, not the whole passage."))
        else:
            yield Reply(self._note, "corrected", self._where, text)
        if wanted == UNCLEAR:
            yield Stray(self._mark, self._where, _("It is not clear whether a change is wanted."))

    def _stray(self, why: str) -> Stray:
        """Return everything that was written into the row."""
        changed = not same_words(self._passage.text, self._note.body)
        passage = self._passage.text.strip(_EDGES) if changed else ""
        out = [f"[-{line.text}-]" for line in self._passage.apart if line.apart in _TAKEN_OUT]
        mark = self._mark if change_wanted(self._mark) else ""
        return Stray(" | ".join(filter(None, (*out, passage, mark, self._typed))), self._where, why)


def _apart(cell: ReturnedCell, known: frozenset[str]) -> Iterator[Stray]:
    """Yield what stands apart in a cell, but for ``known`` reasons."""
    for line in cell.apart:
        if line.text.strip() and line.apart not in known:
            yield Stray(line.text, line.where, why_apart(line.apart))


def _bare(text: str) -> str:
    return "".join(visible(unicodedata.normalize("NFC", text)).split())
