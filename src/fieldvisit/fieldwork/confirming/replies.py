"""What a city says of the passages in a letter that came back, and what of it is unclear.

Nobody guesses: a row that says two things, or not enough, is named and kept as it stands.
"""

import unicodedata
from collections.abc import Callable, Iterator, Mapping, Sequence

from msgspec import Struct, field
from msgspec.structs import replace

from fieldvisit.fieldwork.confirming.beside import (
    TAKEN_OUT,
    beside,
    by_column,
    more_than_the_answer,
    set_apart,
)
from fieldvisit.fieldwork.confirming.change_mark import NO, UNCLEAR, YES, change_wanted, is_no_text
from fieldvisit.fieldwork.confirming.columns import PASSAGE_COLUMNS, columns_by
from fieldvisit.fieldwork.confirming.doubts import (
    why_no_corrected_text,
    why_rows_differ,
    why_words_beside,
    why_words_outside,
    with_what_to_do,
)
from fieldvisit.fieldwork.confirming.returned_letter import (
    ReturnedCell,
    ReturnedLetter,
    ReturnedRow,
)
from fieldvisit.fieldwork.confirming.wishes import asks_not_to_use
from fieldvisit.fieldwork.memo.kept import kept
from fieldvisit.fieldwork.note import Note
from fieldvisit.fieldwork.sheets.filled import Stray, why_apart
from fieldvisit.fieldwork.sheets.returned_file import Line, Where
from fieldvisit.fieldwork.sheets.tags import read_passage_tag
from fieldvisit.harmless import visible
from fieldvisit.language import _

_EDGES = " \t\n\r　"


class Reply(Struct, frozen=True):
    """An answer to one passage: `ok`, or `corrected` with the new ``text``.

    ``shown`` is the note as the city saw it.
    """

    shown: Note
    state: str
    where: Where
    text: str = ""

    @property
    def passage(self) -> "Shown":
        """Return which passage it is about."""
        return (self.shown.id, self.shown.revision)

    def kept_apart(self, why: str) -> Stray:
        """Return it as what is not stored."""
        return Stray(self.text or _("No change is wanted."), self.where, why)


class Replies(Struct, frozen=True):
    """The answers of one file; ``unanswered`` passages bear no word of the city.

    ``doubts`` says of passages why no answer to them is taken.
    """

    found: tuple[Reply, ...]
    strays: tuple[Stray, ...]
    unanswered: tuple[Note, ...]
    doubts: Mapping["Shown", str] = field(default_factory=dict)


Shown = tuple[str, str]  # the ids of a note and of the revision that the city saw


def read_replies(
    letter: ReturnedLetter,
    shown: Callable[[str, str], Note | None],
    is_ours: Callable[[str], bool],
    is_closed: Callable[[Note], bool] = lambda _note: False,
) -> Replies:
    """Return what the letter says.

    ``shown`` returns a note as it stood at the revision that begins so, ``is_ours`` tells whether
    we wrote a text ourselves, ``is_closed`` whether a note is off the record by now.
    """
    reading = _Reading(shown, is_ours, is_closed)
    found = [one for row in letter.rows for one in reading.row(row)]
    found += [one for line in letter.lines for one in reading.line(line)]
    replies = tuple(one for one in found if isinstance(one, Reply))
    doubts = reading.doubts
    if reading.wish_outside:
        doubts |= {reply.passage: why_words_outside(reply.shown) for reply in replies}
    strays = tuple(one for one in found if isinstance(one, Stray))
    return Replies(replies, strays, tuple(reading.unanswered), doubts)


def same_words(one: str, other: str) -> bool:
    """Tell whether two texts are one to a reader: blanks and ends of lines do not count."""
    return _bare(one) == _bare(other)


class _Reading:
    """Takes rows and lines in their order."""

    def __init__(
        self,
        shown: Callable[[str, str], Note | None],
        is_ours: Callable[[str], bool],
        is_closed: Callable[[Note], bool],
    ) -> None:
        self._shown, self._is_ours, self._is_closed = shown, is_ours, is_closed
        self._columns = tuple(PASSAGE_COLUMNS)
        self._met: set[object] = set()
        self.unanswered: list[Note] = []
        self.doubts: dict[Shown, str] = {}
        self.wish_outside = False

    def line(self, line: Line) -> Iterator[Stray]:
        """Yield a line outside of tables, unless it is ours."""
        text = line.text.strip()
        read_as_text = line.apart in ("", "margin")
        if text and not (read_as_text and self._is_ours(text)):
            why = why_apart(line.apart) if line.apart else _("It stands outside of the table.")
            self.wish_outside |= asks_not_to_use(text)
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
        elif (copy := (tag, texts, tuple(beside(row)))) not in self._met:
            self._met.add(copy)
            closed = self._is_closed(note)
            for one in self._known(row, note):
                stays = isinstance(one, Reply)
                yield one if stays else replace(one, text=kept(one.text, closed=closed))

    def _unknown(self, row: ReturnedRow, why: str) -> Iterator[Stray]:
        """Yield the texts of a row that are not ours, as one; what stands apart by itself."""
        texts = [cell.text.strip(_EDGES) for cell in row.cells]
        theirs = [text for text in texts if text and not self._says_nothing(text)]
        if theirs:
            is_passage = texts[0].isdecimal()  # one of ours that lost its sign
            self.wish_outside |= not is_passage and asks_not_to_use("\n".join(theirs))
            yield Stray(" | ".join(theirs), row.where, why)
        for cell in row.cells:
            yield from set_apart(cell)

    def _says_nothing(self, text: str) -> bool:
        return self._is_ours(text) or not change_wanted(text)

    def _known(self, row: ReturnedRow, note: Note) -> Iterator[Reply | Stray]:
        cells, others = by_column(row, self._columns)
        more = tuple(more_than_the_answer(cells, others, row.where, self._is_ours))
        yield from more
        found = tuple(_Answer(note, cells, row.where).read())
        if not found:
            self.unanswered.append(note)
        elif not any(isinstance(one, Reply) for one in found):
            self.doubts.setdefault((note.id, note.revision), why_rows_differ(note))
        elif any(beside(row)) or any(asks_not_to_use(stray.text) for stray in more):
            self.doubts[note.id, note.revision] = why_words_beside(note)
        yield from found


class _Answer:
    """The three cells of one passage that a city may have written in."""

    def __init__(self, note: Note, cells: dict[str, ReturnedCell], where: Where) -> None:
        self._note = note
        self._where = where
        self._number = cells.get("number", ReturnedCell()).text.strip(_EDGES)
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
            why = _("The passage was taken out; perhaps it is not to be used at all.")
            yield self._stray(with_what_to_do(why, self._note, self._number))
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
        wish = self._mark if wanted == UNCLEAR and asks_not_to_use(self._mark) else text
        if why := why_no_corrected_text(wish, self._note, self._number):
            yield self._stray(why)
            return
        yield Reply(self._note, "corrected", self._where, text)
        if wanted == UNCLEAR:
            yield Stray(self._mark, self._where, _("It is not clear whether a change is wanted."))

    def _stray(self, why: str) -> Stray:
        """Return everything that was written into the row."""
        changed = not same_words(self._passage.text, self._note.body)
        passage = self._passage.text.strip(_EDGES) if changed else ""
        out = [f"[-{line.text}-]" for line in self._passage.apart if line.apart in TAKEN_OUT]
        mark = self._mark if change_wanted(self._mark) else ""
        return Stray(" | ".join(filter(None, (*out, passage, mark, self._typed))), self._where, why)


def _bare(text: str) -> str:
    return "".join(visible(unicodedata.normalize("NFC", text)).split())
