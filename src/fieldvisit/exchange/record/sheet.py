"""The record sheet in Markdown as an editor saved it, read back.

Nothing a person typed is passed over: it becomes a note, a row of those present, or a refusal
that names its line.
"""

from fieldvisit.exchange.record.blocks import read_block
from fieldvisit.exchange.record.lines import PEOPLE, Line, lines_of, unknown_heading
from fieldvisit.exchange.record.people import read_people
from fieldvisit.exchange.unreadable import UnreadableSheet
from fieldvisit.fieldwork.record.rebase import Rebased, rebase
from fieldvisit.fieldwork.record.sheet import ReadBlock, ReadSheet, RecordSheet
from fieldvisit.fieldwork.record.signs import NEW, people_lines, section_line
from fieldvisit.language import _, current

__all__ = ["UnreadableSheet", "read", "rebased"]


def read(text: str, shown: RecordSheet) -> ReadSheet:
    """Return what stands in ``text``, which was written from ``shown``.

    Raises UnreadableSheet, which names the line, wherever it is not clear what is meant.
    """
    reading = _Reading(shown)
    for line in lines_of(text, shown):
        reading.take(line)
    return reading.finish()


def rebased(text: str, shown: RecordSheet, now: RecordSheet) -> Rebased:
    """Return the draft carried over to how things stand ``now``; write it with `write_filled`.

    Raises UnreadableSheet as ``read`` does.
    """
    return rebase(shown, read(text, shown), now)


class _Reading:
    """Takes line by line; ``_place`` is None before the first heading."""

    def __init__(self, shown: RecordSheet) -> None:
        self._shown = shown
        self._handles = {note.handle for _at, note in shown.placed_notes()}
        self._place: int | None = None
        self._headings: dict[int, int] = {}
        self._begun: Line | None = None
        self._gathered: list[Line] = []
        self._table: list[Line] = []
        self._blocks: list[ReadBlock] = []

    def take(self, line: Line) -> None:
        """Take the next line."""
        if self._begun:
            self._take_inside(self._begun, line)
        else:
            self._take_outside(line)

    def finish(self) -> ReadSheet:
        """Return the sheet once its last line was taken."""
        if self._begun:
            raise _not_ended(self._begun)
        self._close_paragraph()
        self._check_headings()
        people = read_people(self._table, self._headings[PEOPLE])
        return ReadSheet(self._shown.visit_id, people, tuple(self._blocks))

    def _take_inside(self, begun: Line, line: Line) -> None:
        if line.sort in {"text", "blank"}:
            self._gathered.append(line)
        elif line.sort == "end":
            self._close_note(begun)
        elif line.sort != "gap":
            raise _not_ended(begun)

    def _take_outside(self, line: Line) -> None:
        if line.sort == "text":
            self._take_text(line)
            return
        self._close_paragraph()
        if line.sort == "heading":
            self._enter(line)
        elif line.sort == "note":
            self._begin_note(line)
        elif line.sort == "end":
            raise UnreadableSheet(
                _("Line {line} ends a note that was not begun.").format(line=line.number),
                _("Put its line <!-- note … --> back, or take this line out as well."),
                line.number,
            )
        elif line.sort == "title" and self._place is not None:
            raise unknown_heading(line.number)

    def _take_text(self, line: Line) -> None:
        if self._place == PEOPLE:
            self._table.append(line)
            return
        self._check_under_heading(line)
        self._gathered.append(line)

    def _enter(self, line: Line) -> None:
        if line.place in self._headings:
            raise UnreadableSheet(
                _("Line {line} repeats the heading of line {first}.").format(
                    line=line.number, first=self._headings[line.place]
                ),
                _("Keep each heading once."),
                line.number,
            )
        self._headings[line.place] = line.number
        self._place = line.place

    def _begin_note(self, line: Line) -> None:
        self._check_under_heading(line)
        if line.handle != NEW and line.handle not in self._handles:
            raise UnreadableSheet(
                _("Line {line}: this sheet has no note {handle}, or has it twice.").format(
                    line=line.number, handle=line.handle
                ),
                _("A copied note begins with <!-- note new -->."),
                line.number,
            )
        self._handles.discard(line.handle)
        self._begun = line

    def _check_under_heading(self, line: Line) -> None:
        if self._place is None or self._place == PEOPLE:
            raise UnreadableSheet(
                _("Line {line}: this text stands under no question.").format(line=line.number),
                _("Move it under the heading where it belongs."),
                line.number,
            )

    def _close_note(self, begun: Line) -> None:
        self._add("" if begun.handle == NEW else begun.handle, begun.number)
        self._begun = None

    def _close_paragraph(self) -> None:
        if self._gathered:
            self._add("", self._gathered[0].number)

    def _add(self, handle: str, number: int) -> None:
        address = self._shown.sections[self._place or 0].address
        block = read_block(address, handle, self._gathered, number)
        self._gathered = []
        if block:
            self._blocks.append(block)

    def _check_headings(self) -> None:
        japanese, english = people_lines()
        wanted = {PEOPLE: japanese if current() == "ja" else english}
        wanted.update((i, section_line(s)) for i, s in enumerate(self._shown.sections))
        for place, heading in wanted.items():
            if place not in self._headings:
                raise UnreadableSheet(
                    _("A heading of the sheet is missing: {heading}").format(heading=heading),
                    _("Put the line back where it was; its notes belong under it."),
                )


def _not_ended(begun: Line) -> UnreadableSheet:
    return UnreadableSheet(
        _("Line {line}: the note that begins here has no line <!-- end --> after it.").format(
            line=begun.number
        ),
        _("Put <!-- end --> on a line of its own where the note ends."),
        begun.number,
    )
