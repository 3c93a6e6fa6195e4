"""A page that came back (Markdown, Word): which of its lines answer what.

A box says by its tag where its text belongs. Where boxes were lost, the question's own text does:
what stands below it answers it. Only what we wrote ourselves is passed over, and only where we
wrote it.
"""

from collections.abc import Iterable, Iterator, Sequence
from itertools import groupby

from msgspec.structs import replace

from fieldvisit.fieldwork.guide import Address
from fieldvisit.fieldwork.sheets.copies import without_copies
from fieldvisit.fieldwork.sheets.expected import ExpectedSheet
from fieldvisit.fieldwork.sheets.filled import Answer, FilledSheet, Stray
from fieldvisit.fieldwork.sheets.returned_file import Line, ReturnedPage
from fieldvisit.fieldwork.sheets.tags import Tag, read_box_tag, read_sheet_tag, reader_of
from fieldvisit.language import _
from fieldvisit.text import key


def read_page(page: ReturnedPage, expected: ExpectedSheet) -> FilledSheet:
    """Return what a page holds for the visit whose sheet is ``expected``."""
    reading = _Reading(expected, is_sheet=_is_sheet(page, expected))
    for box, lines in groupby(page.lines, key=lambda line: line.box):
        reading.take(box, tuple(lines))
    reader = reader_named(page.sheet, (line.box for line in page.lines))
    answers, copies = without_copies(reading.answers())
    return FilledSheet(reader, answers, (*reading.strays, *copies))


def reader_named(sheet: str, tags: Iterable[str]) -> str:
    """Return who was to fill in a sheet, by its tag or those of its boxes; empty if none says."""
    if tag := read_sheet_tag(sheet):
        return tag[1]
    return next((reader for tag in tags if (reader := reader_of(tag))), "")


def _is_sheet(page: ReturnedPage, expected: ExpectedSheet) -> bool:
    """Tell whether a page is one of ours: in any other all words are a person's."""
    return bool(page.sheet) or any(
        line.box or expected.question(line.text) or key(line.text) in expected.sections
        for line in page.lines
    )


class _Reading:
    """Takes runs of lines that stand in one box, or in none, in their order."""

    def __init__(self, expected: ExpectedSheet, *, is_sheet: bool) -> None:
        self._expected = expected
        self._is_sheet = is_sheet
        self._at: Address | None = None
        self._in_head = True
        self._label = ""  # the line above, if it is one of the head
        self._boxes: dict[Address | None, list[Line]] = {}
        self._loose: dict[Address, list[Line]] = {}
        self._notes: list[tuple[Tag, list[Line]]] = []
        self._departments: dict[Address, str] = {}
        self._order: list[Address] = []
        self.strays: list[Stray] = []

    def take(self, box: str, lines: Sequence[Line]) -> None:
        """Take the next run of lines; ``box`` is their tag, empty outside of boxes."""
        texts = [line for line in lines if not self._is_apart(line)]
        tag = read_box_tag(box, self._expected.tags) if box else None
        if tag and tag.handle:
            self._notes.append((replace(tag, address=self._at), texts))
        elif tag and tag.address:
            self._meet(tag.address)
            self._boxes.setdefault(tag.address, []).extend(texts)
        else:
            for line in texts:
                self._take_loose(line)

    def answers(self) -> Iterator[Answer]:
        """Yield the answers: notes that were there, then what is new, in the sheet's order."""
        for tag, lines in self._notes:
            if lines:
                where = lines[0].where
                yield Answer(tag.address, _text(lines), where, tag.handle, tag.revision)
        for address in self._order:
            boxed, loose = self._boxes.get(address, []), self._loose.get(address, [])
            if _text(boxed) and _text(loose):
                self._not_in_the_box(loose)
                loose = []
            lines = boxed if _text(boxed) else loose
            department = self._departments.get(address, "")
            if _text(lines):
                where = next(line.where for line in lines if line.text.strip())
                yield Answer(address, _text(lines), where, department=department)

    def _take_loose(self, line: Line) -> None:
        text = line.text.strip()
        if not text:
            if self._at:
                self._loose.setdefault(self._at, []).append(line)
        elif found := self._expected.question(text):
            self._meet(found)
        elif key(text) in self._expected.sections:
            self._take_section(key(text))
        elif labelled := self._expected.label(text):
            self._take_label(line, *labelled)
        elif self._is_ours(text):
            pass
        elif begun := self._expected.begun(text):
            self._meet(begun[0])
            self._take_text(replace(line, text=begun[1], mark=""))
        else:
            self._take_text(line)

    def _take_section(self, heading: str) -> None:
        """Take a heading that is no question; the title begins the sheet anew."""
        self._at = self._expected.sections[heading]
        self._in_head = heading in self._expected.ours.head
        if self._at:
            self._meet(self._at)

    def _is_ours(self, text: str) -> bool:
        if not (self._is_sheet and self._in_head):
            return self._is_sheet and self._expected.is_below(text)
        label, self._label = self._label, text
        dated = self._expected.is_dated(f"{label}: {text}") or self._expected.is_dated(text)
        return dated or key(text) in self._expected.ours.head

    def _take_label(self, line: Line, department: str, more: str) -> None:
        if self._at and department:
            self._departments[self._at] = department
        if more:  # written right behind the label
            self._take_text(Line(more, line.where))

    def _take_text(self, line: Line) -> None:
        if not self._at:
            self._leave(line, _("It stands under no question."))
        elif self._expected.names_a_note(line.text.strip()):
            self._leave(line, _("It reads otherwise than the note that was printed there."))
        else:
            whole = replace(line, text=line.mark + line.text, mark="")
            self._loose.setdefault(self._at, []).append(whole)

    def _leave(self, line: Line, why: str) -> None:
        if line.text.strip():
            self.strays.append(Stray(line.mark + line.text, line.where, why))

    def _meet(self, address: Address) -> None:
        self._at = address
        self._in_head = False
        if address not in self._order:
            self._order.append(address)

    def _not_in_the_box(self, lines: Sequence[Line]) -> None:
        for line in lines:
            self._leave(line, _("It stands outside of the box, which is filled in too."))

    def _is_apart(self, line: Line) -> bool:
        if line.apart and line.text.strip():
            self.strays.append(Stray(line.text, line.where, why_apart(line.apart)))
        return bool(line.apart)


def why_apart(apart: str) -> str:
    """Return why a text that stands apart is not read as an answer."""
    return {
        "struck": _("It is struck through."),
        "deleted": _("It was deleted with changes being tracked."),
        "comment": _("It is a comment."),
        "instruction": _("It stands on another sheet."),
        "hidden": _("It is hidden."),
        "formula": _("It is a formula whose value was not saved."),
        "above": _("It stands above the table."),
        "drawn": _("It stands in a text box."),
        "margin": _("It stands above or below every page."),
    }.get(apart, apart)


def _text(lines: Sequence[Line]) -> str:
    return "\n".join(line.text for line in lines).strip("\n\r\t 　")
