"""A table that came back (Excel, CSV): which of its rows answer what.

Whatever a person wrote into a column of ours, or beside no answer, is named and kept.
"""

import re
from collections.abc import Iterable, Iterator, Mapping

from msgspec.structs import replace

from fieldvisit.date_forms import MONTHS
from fieldvisit.fieldwork.guide import Address
from fieldvisit.fieldwork.sheets.copies import without_copies
from fieldvisit.fieldwork.sheets.expected import ExpectedSheet
from fieldvisit.fieldwork.sheets.filled import Answer, FilledSheet, Stray
from fieldvisit.fieldwork.sheets.returned_file import Line, ReturnedTable, Row
from fieldvisit.fieldwork.sheets.returned_page import reader_named, why_apart
from fieldvisit.fieldwork.sheets.tags import Tag, read_box_tag, visit_of
from fieldvisit.language import _
from fieldvisit.review.columns import SHEET_COLUMNS
from fieldvisit.text import key

_BESIDE = ("kind", "disclosure", "speaker", "department")
_DECIDED = ("state", "choice")
_SAID = (*_BESIDE, *_DECIDED)
_OURS = ("number", "topic", "question")

# What only people write, even in our words.
_THEIRS = frozenset({"comment", "drawn", "formula"})
# A spreadsheet makes a date of 1/2: 1月2日, 2-Jan, 2020/1/2, 2020-01-02 00:00:00, or 43832.
_MONTH = "|".join(name[:3].casefold() for name in MONTHS)
_MADE_A_DATE = re.compile(
    r"(?:[0-9]{4}[-/.年])?[0-9]{1,2}[-/.月][0-9]{1,2}日?(?:t?00:00:00)?"
    rf"|[0-9]{{1,2}}-(?:{_MONTH})(?:-[0-9]{{2,4}})?|(?:{_MONTH})-[0-9]{{1,2}}|4[0-9]{{4}}"
)

Cells = Mapping[str, str]


def read_table(table: ReturnedTable, expected: ExpectedSheet) -> FilledSheet:
    """Return what a table holds for the visit whose sheet is ``expected``.

    A row is known by its tag, else by the text of its question or its number; one that was added
    below a question, with nothing but an answer, belongs to it too.
    """
    reading = _Reading(expected)
    found = [one for row in table.rows for one in reading.row(row)]
    answers, copies = without_copies(one for one in found if isinstance(one, Answer))
    strays = [one for one in found if isinstance(one, Stray)]
    apart = [
        Stray(line.text, line.where, why_apart(line.apart))
        for line in table.apart
        if not _is_ours(line, expected)
    ]
    reader = reader_named(table.sheet, (row.cells.get("tag", "") for row in table.rows))
    return FilledSheet(reader, answers, (*strays, *copies, *apart))


def _is_ours(line: Line, expected: ExpectedSheet) -> bool:
    return line.apart not in _THEIRS and expected.is_around_a_table(line.text)


class _Reading:
    """Takes the rows of a table in their order."""

    def __init__(self, expected: ExpectedSheet) -> None:
        self._expected = expected
        self._above: Address | None = None  # the question of the row above

    def row(self, row: Row) -> Iterator[Answer | Stray]:
        """Yield what a row says."""
        cells = {name: text.strip() for name, text in row.cells.items()}
        tag = self._tag(cells)
        self._above = tag.address if tag else None
        if _is_no_tag(cells.get("tag", ""), tag):
            yield Stray(cells["tag"], row.where, _("It stands in a cell that holds our own words."))
        if tag:
            yield from _known_row(row, cells, tag)
            for text in self._written_over(cells):
                yield Stray(text, row.where, _("It stands in a cell that holds our own words."))
        elif any(cells.get(name) for name in ("answer", *_SAID)) or any(self._written_over(cells)):
            everything = filter(None, (cells.get(name) for name in (*_OURS, "answer", *_SAID)))
            yield Stray(" ".join(everything), row.where, _why_unknown(cells))
        for name, other in cells.items():
            if other and name not in SHEET_COLUMNS:
                yield Stray(f"{name}: {other}", row.where, _("The column is not one of the sheet."))

    def _tag(self, cells: Cells) -> Tag | None:
        """Return what a row is for; that of a note this study may not know has its place too."""
        place = self._place(cells)
        if found := read_box_tag(cells.get("tag", ""), self._expected.tags):
            return replace(found, address=found.address or place)
        if place:
            return Tag(place)
        bare = not any(cells.get(name) for name in ("tag", *_OURS))
        return Tag(self._above) if bare and self._above else None

    def _place(self, cells: Cells) -> Address | None:
        """Return the place of a row by its question's text; by its number if it has no text."""
        if question := cells.get("question", ""):
            begun = self._expected.begun(question)
            return self._expected.question(question) or (begun[0] if begun else None)
        return self._expected.numbers.get(key(cells.get("number", "")))

    def _written_over(self, cells: Cells) -> Iterator[str]:
        """Yield what a person wrote into the cells that hold number, topic and question."""
        number, topic, question = (cells.get(name, "") for name in _OURS)
        if number and not self._is_number(number):
            yield number
        if topic and key(topic) not in self._expected.ours.topics:
            yield topic
        if question and not self._expected.question(question):
            begun = self._expected.begun(question)
            yield begun[1] if begun else question

    def _is_number(self, typed: str) -> bool:
        return key(typed) in self._expected.numbers or bool(_MADE_A_DATE.fullmatch(key(typed)))


def _known_row(row: Row, cells: Cells, tag: Tag) -> Iterator[Answer | Stray]:
    text = cells.get("answer", "")
    said = {name: cells.get(name, "") for name in _SAID}
    if text or any(said[name] for name in _DECIDED):
        yield Answer(tag.address, text, row.where, tag.handle, tag.revision, **said)
    if tag.handle:
        why = _("It is read in the row of the question alone.")
        yield from _left(row, said, _DECIDED, why)
    elif not text:
        yield from _left(row, said, _BESIDE, _("There is no answer beside it."))


def _left(row: Row, said: Cells, names: Iterable[str], why: str) -> Iterator[Stray]:
    for name in filter(said.get, names):
        yield Stray(f"{SHEET_COLUMNS.word(name)}: {said[name]}", row.where, why)


def _is_no_tag(text: str, found: Tag | None) -> bool:
    """Tell whether a person wrote into the column of tags; an old tag may mean nothing by now."""
    as_found = visit_of(text) and (found is None or not re.search(r"\s", text))
    return bool(text) and not as_found


def _why_unknown(cells: Cells) -> str:
    if cells.get("question"):
        return _("The row's question is none of this visit.")
    return _("The row has no sign of its question any more.")
