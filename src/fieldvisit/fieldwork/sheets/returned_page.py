"""A page that came back (Markdown, Word): which of its lines answer what.

A box says by its tag where its text belongs. Where boxes were lost, the question's own text does:
what stands below it answers it.
"""

import re
from collections.abc import Iterable, Iterator, Sequence
from itertools import groupby

from fieldvisit.fieldwork.guide import Address
from fieldvisit.fieldwork.note import ALPHABET, HANDLE_LENGTH
from fieldvisit.fieldwork.sheets.expected import ExpectedSheet
from fieldvisit.fieldwork.sheets.filled import Answer, FilledSheet, Stray
from fieldvisit.fieldwork.sheets.returned_file import Line, ReturnedPage
from fieldvisit.fieldwork.sheets.tags import Tag, read_box_tag, read_sheet_tag, reader_of
from fieldvisit.language import _

# A statement of ours ends with its handle, also when its wording has changed since.
_STATEMENT = re.compile(rf".*\[[{ALPHABET}]{{{HANDLE_LENGTH}}}\]", re.DOTALL)


def read_page(page: ReturnedPage, expected: ExpectedSheet) -> FilledSheet:
    """Return what a page holds for the visit whose sheet is ``expected``."""
    reading = _Reading(expected)
    for box, lines in groupby(page.lines, key=lambda line: line.box):
        reading.take(box, tuple(lines))
    reader = reader_named(page.sheet, (line.box for line in page.lines))
    return FilledSheet(reader, tuple(reading.answers()), tuple(reading.strays))


def reader_named(sheet: str, tags: Iterable[str]) -> str:
    """Return who was to fill in a sheet, by its tag or those of its boxes; empty if none says."""
    if tag := read_sheet_tag(sheet):
        return tag[1]
    return next((reader for tag in tags if (reader := reader_of(tag))), "")


class _Reading:
    """Takes runs of lines that stand in one box, or in none, in their order."""

    def __init__(self, expected: ExpectedSheet) -> None:
        self._expected = expected
        self._at: Address | None = None
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
            self._notes.append((tag, texts))
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
                yield Answer(None, _text(lines), lines[0].where, tag.handle, tag.revision)
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
        if found := self._expected.question(text):
            self._at = found
            self._meet(found)
        elif labelled := self._expected.label(text):
            self._take_label(line, *labelled)
        elif not text:
            if self._at:
                self._loose.setdefault(self._at, []).append(line)
        elif not self._expected.is_ours(text) and not _STATEMENT.fullmatch(text):
            self._take_text(line)

    def _take_label(self, line: Line, department: str, more: str) -> None:
        if self._at and department:
            self._departments[self._at] = department
        if more:  # written right behind the label
            self._take_text(Line(more, line.where))

    def _take_text(self, line: Line) -> None:
        if self._at:
            self._loose.setdefault(self._at, []).append(line)
        else:
            self.strays.append(Stray(line.text, line.where, _("It stands under no question.")))

    def _meet(self, address: Address) -> None:
        self._at = address
        if address not in self._order:
            self._order.append(address)

    def _not_in_the_box(self, lines: Sequence[Line]) -> None:
        for line in lines:
            if line.text.strip():
                why = _("It stands outside of the box, which is filled in too.")
                self.strays.append(Stray(line.text, line.where, why))

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
    }.get(apart, apart)


def _text(lines: Sequence[Line]) -> str:
    return "\n".join(line.text for line in lines).strip("\n\r\t 　")
