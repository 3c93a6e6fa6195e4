"""A colleague's memo: paragraphs and points of lists that become notes without a topic.

In doubt a paragraph is off the record: what was closed by a heading stays so until one of the
same or a higher level, and whoever says off the record in any words is believed.
"""

from collections.abc import Callable, Collection, Iterable, Iterator
from typing import Generic, TypeVar

from msgspec import Struct
from msgspec.structs import replace

from fieldvisit.fieldwork.disclosure import OFF_RECORD
from fieldvisit.fieldwork.memo.blocks import Block, blocks_of
from fieldvisit.fieldwork.memo.marks import (
    NO_MARKS,
    MemoMarks,
    narrower_inside,
    read_bare,
    take_marks,
    with_materials,
)
from fieldvisit.fieldwork.memo.outline import Outline, Section
from fieldvisit.fieldwork.memo.signs import HEADING, ITEM, read_sign
from fieldvisit.fieldwork.off_record_words import (
    ends_off_record,
    may_mean_what_stands_above,
    mentions_off_record,
    says_no_more,
    speaks_of_it,
    starts_off_record,
)
from fieldvisit.fieldwork.sheets.returned_file import Line, Where
from fieldvisit.language import _

NoteT = TypeVar("NoteT")


class Found(Generic[NoteT]):
    """The notes so far; a heading counts as one until another stands below it.

    ``closed`` makes a note off the record.
    """

    def __init__(self, closed: Callable[[NoteT], NoteT]) -> None:
        self._notes: list[NoteT | None] = []
        self._closed = closed
        self._above: dict[int, tuple[int, ...]] = {}  # of each heading that counts as a note

    def __len__(self) -> int:
        return len(self._notes)

    def __getitem__(self, at: int) -> NoteT | None:
        return self._notes[at]

    def __iter__(self) -> Iterator[NoteT | None]:
        return iter(self._notes)

    def add(self, note: NoteT | None, headings: Iterable[int] = ()) -> None:
        """Take what the next block became, and the places of the headings it stands under."""
        self._notes.append(note)
        self._fill(headings)

    def add_heading(self, note: NoteT, headings: Iterable[int]) -> None:
        """Take the next block, a heading that is a note if none comes below it."""
        self._above[len(self._notes)] = tuple(headings)
        self._notes.append(note)

    def close(self, which: Iterable[int]) -> None:
        """Make those of the notes off the record."""
        for at in which:
            note = self._notes[at]
            self._notes[at] = note and self._closed(note)

    def finish(self) -> None:
        """Let headings be no notes that have one below them, be it a heading itself."""
        for at, above in reversed(self._above.items()):
            if self._notes[at]:
                self._fill(above)

    def _fill(self, headings: Iterable[int]) -> None:
        for at in headings:
            self._notes[at] = None


class MemoParagraph(Struct, frozen=True):
    """One note to be: its text without marks and signs of a list, and what is said of it.

    Kind, disclosure and speaker (as typed) are empty, ``material`` is 0 where nothing is said.
    ``headings`` are those it stands under, the outermost first. ``off_record_by_words`` tells that
    words closed it and no mark; ``doubt`` is a sentence that says why it cannot be stored.
    ``typed`` is the text with all its marks, ``cited`` that with those of materials alone.
    """

    text: str
    where: Where
    kind: str = ""
    disclosure: str = ""
    speaker: str = ""
    material: int = 0
    page: str = ""
    headings: tuple[str, ...] = ()
    off_record_by_words: bool = False
    doubt: str = ""
    typed: str = ""
    cited: str = ""


class Memo(Struct, frozen=True):
    """What a memo holds, each part in its order.

    ``headings`` are lines that became no notes: headings, and marks that stood alone.
    ``strays`` are struck, deleted, hidden lines and comments; ``closed`` are those of them that
    are off the record.
    """

    paragraphs: tuple[MemoParagraph, ...] = ()
    headings: tuple[Line, ...] = ()
    strays: tuple[Line, ...] = ()
    closed: frozenset[Line] = frozenset()

    @property
    def closed_by_words(self) -> int:
        """Return how many paragraphs are off the record for their words alone."""
        return sum(paragraph.off_record_by_words for paragraph in self.paragraphs)


def read_memo(lines: Iterable[Line]) -> Memo:
    """Return what stands in the lines of a memo."""
    blocks, strays = blocks_of(lines)
    reading = _Reading()
    for block in blocks:
        reading.take(block)
    for before, line in strays:
        if line.apart != "instruction" and mentions_off_record(line.text):
            reading.close_beside(line, before)
    reading.found.finish()
    paragraphs = tuple(found for found in reading.found if found)
    closed = frozenset(line for before, line in strays if reading.is_closed(line, before))
    return Memo(paragraphs, reading.headings, tuple(line for _before, line in strays), closed)


class _Reading:
    """Takes block by block; ``found`` is what they became."""

    def __init__(self) -> None:
        self.found = Found(_closed)
        self._blocks: list[Block] = []
        self._outline = Outline()
        self._since_heading = 0
        self._ended = 0  # up to here everything was closed
        self._closed_below: list[bool] = []  # by block: whether what follows it is closed

    def take(self, block: Block) -> None:
        """Take the next block."""
        self._blocks.append(block)
        self._read(block)
        self._closed_below.append(self._outline.is_closed)

    @property
    def headings(self) -> tuple[Line, ...]:
        """Return the lines that became no notes."""
        pairs = zip(self.found, self._blocks, strict=True)
        return tuple(line for found, block in pairs if not found for line in block.lines)

    def is_closed(self, line: Line, before: int) -> bool:
        """Tell whether a line that stands apart is off the record, by itself or where it is."""
        said = OFF_RECORD in take_marks(line.text)[0].disclosures or mentions_off_record(line.text)
        if said or not before:
            return said
        found, block = self.found[before - 1], self._blocks[before - 1]
        torn = any(other.where == line.where for other in block.lines)  # a part of that paragraph
        with_it = torn and found is not None and found.disclosure == OFF_RECORD
        return with_it or self._closed_below[before - 1]

    def _read(self, block: Block) -> None:
        if block.style.startswith(HEADING) and not ends_off_record(block.text):
            self._enter(block)
            return
        own, text = block.take_marks()
        self._go_on(block, own)
        if not text or says_no_more(block.text):
            self._announce(block, own)
        else:
            self.found.add(self._paragraph(block, own, text), self._outline.places)
        if speaks_of_it(block.text):
            self._heed_words(block)

    def close_beside(self, line: Line, before: int) -> None:
        """Close what a comment stands beside: the block that it names, else both neighbours.

        At the end of a file of Word it may come from the head of every page, and closes it all.
        """
        if before == len(self._blocks) and line.where.unit == "paragraph":
            self._close(range(len(self.found)))
            return
        named = [
            at
            for at, block in enumerate(self._blocks)
            if any(other.where == line.where for other in block.lines)
        ]
        self._close(named or [at for at in (before - 1, before) if 0 <= at < len(self.found)])

    def _enter(self, block: Block) -> None:
        own, rest = take_marks(block.text)
        title = read_sign(rest).text.strip("【】〈〉《》＜＞*_ ")
        marks = own.with_(read_bare(title)).with_(_levels(narrower_inside(block.text)))
        if mentions_off_record(block.text) or says_no_more(block.text):
            marks = marks.with_(_levels({OFF_RECORD}))
        self._outline.leave_items(block.sign.indent)
        at, title = len(self.found), " ".join(title.split())
        self._outline.enter(Section(block.sign, marks, title, at=at))
        # The first one is the title of the memo; others may say nothing but how to take the rest.
        if not at or not title or read_bare(title) or says_no_more(block.text):
            self.found.add(None)
        else:
            note = self._paragraph(block, own, rest)
            above = tuple(heading for heading in note.headings if heading != title)
            self.found.add_heading(replace(note, headings=above), self._outline.places[:-1])
        if rest:
            self._since_heading = len(self.found)

    def _go_on(self, block: Block, own: MemoMarks) -> None:
        """Stand under the point of a list, which may have points below it, or under none."""
        if not block.style.startswith(ITEM):
            self._outline.leave_items(block.sign.indent)
            return
        marks = _levels(own.disclosures | narrower_inside(block.text))
        closed = mentions_off_record(block.text) and OFF_RECORD not in own.disclosures
        self._outline.enter(Section(block.sign, marks, is_item=True, closed=closed))

    def _announce(self, block: Block, own: MemoMarks) -> None:
        """Let marks that stand alone hold for what is below them."""
        section = self._outline.section
        section.begun = MemoMarks(
            own.kinds or section.begun.kinds,
            own.disclosures or section.begun.disclosures,
            own.speakers or section.begun.speakers,
            own.materials or section.begun.materials,
        )
        self.found.add(None)
        if not own and may_mean_what_stands_above(block.text):
            self._close(range(max(self._since_heading, len(self.found) - 2), len(self.found)))

    def _heed_words(self, block: Block) -> None:
        """Close what stands below or above a line that says so, within its section."""
        section = self._outline.section
        for number, line in enumerate(block.texts, 1):
            only_marks = not take_marks(line)[1]
            if ends_off_record(line):
                self._close(range(max(self._since_heading, self._ended), len(self.found)))
                self._ended = len(self.found)
                section.closed, section.begun = False, NO_MARKS
            elif starts_off_record(line) and (not only_marks or 1 < number < len(block.texts)):
                section.closed = True

    def _paragraph(self, block: Block, own: MemoMarks, text: str) -> MemoParagraph:
        marks = self._outline.filled_in(own.with_(_levels(narrower_inside(text))))
        closed = block.is_closed or OFF_RECORD in marks.disclosures
        certain = OFF_RECORD in own.disclosures or self._outline.closed_by_marks
        material, page = next(iter(sorted(marks.materials)), (0, ""))
        odds = _("The marks exclude each other: {values}.")
        return MemoParagraph(
            text,
            block.lines[0].where,
            kind=next(iter(sorted(marks.kinds)), ""),
            disclosure=OFF_RECORD if closed else marks.level,
            speaker=next(iter(sorted(marks.speakers)), ""),
            material=material,
            page=page,
            headings=self._outline.headings,
            off_record_by_words=closed and not certain,
            doubt=odds.format(values=", ".join(marks.at_odds)) if marks.at_odds else "",
            typed=block.text,
            cited=with_materials(block.text),
        )

    def _close(self, which: Collection[int]) -> None:
        if self._since_heading in which:
            self._outline.section.title = ""  # it was closed with all that stands below it
            which = (max(0, self._since_heading - 1), *which)
        self.found.close(which)


def _closed(paragraph: MemoParagraph) -> MemoParagraph:
    if paragraph.disclosure == OFF_RECORD:
        return paragraph
    return replace(paragraph, disclosure=OFF_RECORD, off_record_by_words=True)


def _levels(disclosures: Collection[str]) -> MemoMarks:
    return MemoMarks(disclosures=frozenset(disclosures))
