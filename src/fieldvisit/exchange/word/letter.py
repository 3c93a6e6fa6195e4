"""A letter with passages that came back as a Word file: the rows of its tables, cell by cell.

Changes that were tracked count as accepted: what was put in is text, what was taken out is not.
"""

from collections.abc import Mapping, Sequence
from pathlib import Path

from fieldvisit.exchange.word.paragraphs import Row
from fieldvisit.exchange.word.sheet import page, read_file
from fieldvisit.fieldwork.confirming.returned_letter import (
    ReturnedCell,
    ReturnedLetter,
    ReturnedRow,
)
from fieldvisit.fieldwork.sheets.returned_file import Line, Where
from fieldvisit.fieldwork.sheets.tags import read_passage_tag


def read(path: Path) -> ReturnedLetter:
    """Return rows and other lines; raises what ``word.sheet.read`` raises."""
    file = read_file(path)
    found = page(file, file.styles.kind)
    places = {paragraph.number: paragraph.place[:1] for paragraph in file.body.all}
    rows: dict[Row, dict[int, list[Line]]] = {}
    lines = []
    for line in found.lines:
        for row, cell in places.get(line.where.number, ()):
            if cell and line.apart != "margin":
                rows.setdefault(row, {}).setdefault(cell, []).append(line)
                break
        else:
            lines.append(line)
    of_rows = tuple(_row(cells, row.tag) for row, cells in rows.items())
    return ReturnedLetter(of_rows, tuple(lines), found.sheet)


def _row(cells: Mapping[int, Sequence[Line]], bookmarked: str) -> ReturnedRow:
    lines = [line for cell in cells.values() for line in cell]
    tags = (line.box for line in lines)
    tag = next(filter(read_passage_tag, tags), "") or bookmarked
    found = tuple(_cell(cells.get(at, ())) for at in range(1, max(cells) + 1))
    where, number = lines[0].where, found[0].text.strip()
    if tag and number.isascii() and number.isdecimal():
        where = Where(where.file, "row", int(number))
    return ReturnedRow(where, found, tag)


def _cell(lines: Sequence[Line]) -> ReturnedCell:
    text = "\n".join(line.text for line in lines if not line.apart)
    return ReturnedCell(text, tuple(line for line in lines if line.apart))
