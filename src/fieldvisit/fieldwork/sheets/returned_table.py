"""A table that came back (Excel, CSV): which of its rows answer what."""

from collections.abc import Iterator

from fieldvisit.fieldwork.guide import Address
from fieldvisit.fieldwork.sheets.columns import SHEET_COLUMNS
from fieldvisit.fieldwork.sheets.expected import ExpectedSheet
from fieldvisit.fieldwork.sheets.filled import Answer, FilledSheet, Stray
from fieldvisit.fieldwork.sheets.returned_file import ReturnedTable, Row
from fieldvisit.fieldwork.sheets.returned_page import reader_named, why_apart
from fieldvisit.fieldwork.sheets.tags import Tag, read_box_tag
from fieldvisit.language import _

_SAID = ("kind", "disclosure", "speaker", "department", "state", "choice")


def read_table(table: ReturnedTable, expected: ExpectedSheet) -> FilledSheet:
    """Return what a table holds for the visit whose sheet is ``expected``.

    A row is known by its tag, else by the text of its question; one that was added below a
    question, with nothing but an answer, belongs to it too.
    """
    answers: list[Answer] = []
    strays: list[Stray] = []
    above: Address | None = None
    for row in table.rows:
        tag = _tag(row, expected, above)
        above = tag.address if tag else None
        for found in _row(row, tag):
            if isinstance(found, Stray):
                strays.append(found)
            else:
                answers.append(found)
    strays += [
        Stray(line.text, line.where, why_apart(line.apart))
        for line in table.apart
        if not expected.is_ours(line.text)
    ]
    reader = reader_named(table.sheet, (row.cells.get("tag", "") for row in table.rows))
    return FilledSheet(reader, tuple(answers), tuple(strays))


def _row(row: Row, tag: Tag | None) -> Iterator[Answer | Stray]:
    cells = {name: text.strip() for name, text in row.cells.items()}
    text = cells.get("answer", "")
    said = {name: cells.get(name, "") for name in _SAID}
    if tag and (text or said["state"] or said["choice"]):
        yield Answer(tag.address, text, row.where, tag.handle, tag.revision, **said)
    elif not tag and any((text, *said.values())):
        everything = " ".join(filter(None, (text, *said.values())))
        yield Stray(everything, row.where, _("The row has no sign of its question any more."))
    for name, other in cells.items():
        if other and name not in SHEET_COLUMNS:
            yield Stray(f"{name}: {other}", row.where, _("The column is not one of the sheet."))


def _tag(row: Row, expected: ExpectedSheet, above: Address | None) -> Tag | None:
    """Return what a row is for; ``above`` is the question of the row above it."""
    cells = {name: text.strip() for name, text in row.cells.items()}
    if found := read_box_tag(cells.get("tag", ""), expected.tags):
        return found
    question = cells.get("question", "")
    address = expected.question(question) if question else None
    if address:
        return Tag(address)
    bare = not any(cells.get(name) for name in ("tag", "number", "topic", "question"))
    return Tag(above) if bare and above else None
