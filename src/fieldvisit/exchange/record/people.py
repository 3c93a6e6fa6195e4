"""The table of those present, read back from a record sheet in Markdown."""

import re
from collections.abc import Iterable

from fieldvisit.errors import WrongUsage
from fieldvisit.exchange.record.lines import Line
from fieldvisit.exchange.unreadable import UnreadableSheet
from fieldvisit.fieldwork.record.marks import COLUMNS, SIDES
from fieldvisit.fieldwork.record.sheet import Person
from fieldvisit.fieldwork.visit import THEIRS
from fieldvisit.language import _
from fieldvisit.text import key

_PIECE = re.compile(r"\\[\\|]|.", re.DOTALL)
_DASHES = re.compile(r":?-+:?")


def read_people(lines: Iterable[Line], heading: int) -> tuple[Person, ...]:
    """Return the rows; ``heading`` is the line of the heading, named if the table is gone."""
    rows = [(line.number, _cells(line)) for line in lines]
    if not any(_is_head(cells) for _number, cells in rows):
        raise UnreadableSheet(
            _("Line {line}: the table of those present has lost its head.").format(line=heading),
            _("Put back the row with side, department, position and name."),
            heading,
        )
    return tuple(_person(number, cells) for number, cells in rows if _says_something(cells))


def _says_something(cells: list[str]) -> bool:
    """Tell whether a row is more than a rule, the head, or an empty one that names its side."""
    dashes = all(_DASHES.fullmatch(cell) for cell in cells if cell)
    return not dashes and not _is_head(cells) and (any(cells[1:]) or not _is_side(cells[0]))


def _is_side(cell: str) -> bool:
    return key(cell) in {key(name) for term in SIDES.values() for name in (term.ja, term.en)}


def _is_head(cells: list[str]) -> bool:
    return all(
        key(cell) in {key(term.ja), key(term.en)}
        for cell, term in zip(cells, COLUMNS.values(), strict=True)
    )


def _cells(line: Line) -> list[str]:
    text = line.raw.strip()
    if not text.startswith("|"):
        raise UnreadableSheet(
            _("Line {line}: only rows of the table stand under those present.").format(
                line=line.number
            ),
            _("Begin the row with |, or move the text under a question."),
            line.number,
        )
    cells = [""]
    for piece in _PIECE.findall(text[1:]):
        if piece == "|":
            cells.append("")
        else:
            cells[-1] += piece[-1]
    found = [cell.strip() for cell in cells]
    if any(found[len(COLUMNS) :]):
        raise UnreadableSheet(
            _("Line {line}: the row has more than four cells.").format(line=line.number),
            _("Write \\| for a | inside a cell."),
            line.number,
        )
    return [*found, "", "", "", ""][: len(COLUMNS)]


def _person(number: int, cells: list[str]) -> Person:
    side, department, position, name = cells
    try:
        return Person(department, position, name, SIDES.read(side) if side else THEIRS)
    except WrongUsage as refused:
        raise UnreadableSheet(
            _("Line {line}: {what}").format(line=number, what=refused.sentence),
            refused.hint,
            number,
        ) from None
