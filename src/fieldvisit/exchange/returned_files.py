"""The one table of files that may come back as a sheet: their endings and their readers."""

import hashlib
from collections.abc import Callable, Iterator
from itertools import groupby
from pathlib import Path

from msgspec.structs import replace

from fieldvisit.doors.inputs import LARGEST_FILE, bytes_of
from fieldvisit.exchange.arriving import read_by_ending
from fieldvisit.exchange.returned_letters import read_letter
from fieldvisit.fieldwork.confirming.columns import PASSAGE_COLUMNS
from fieldvisit.fieldwork.confirming.returned_letter import ReturnedLetter
from fieldvisit.fieldwork.sheets.returned_file import Line, ReturnedPage, ReturnedTable
from fieldvisit.fieldwork.sheets.tags import CELL, CONFIRMATION, read_sheet_tag
from fieldvisit.language import _
from fieldvisit.review.columns import MATRIX_COLUMNS
from fieldvisit.review.pieces import LOOKS, OWN, Piece, ReturnedFile, Where

Returned = ReturnedPage | ReturnedTable

# Each reader imports its library when it is used.


def _markdown(path: Path) -> Returned:
    from fieldvisit.exchange.markdown_sheet import read

    return read(path)


def _word(path: Path) -> Returned:
    from fieldvisit.exchange.word.sheet import read

    return read(path)


def _excel(path: Path) -> Returned:
    from fieldvisit.exchange.excel.sheet import read

    return read(path)


def _csv(path: Path) -> Returned:
    from fieldvisit.exchange.csv_files import read

    return read(path)


_READERS: dict[str, Callable[[Path], Returned]] = {
    ".md": _markdown,
    ".markdown": _markdown,
    ".txt": _markdown,
    ".docx": _word,
    ".xlsx": _excel,
    ".csv": _csv,
}


def read(path: Path) -> Returned:
    """Return what stands in a file that came back; Refused names the file and what is wrong."""
    unknown = _("{path} cannot be read back: its ending stands for no sheet.")
    return read_by_ending(path, _READERS, unknown)


def read_file(path: Path) -> ReturnedFile:
    """Return the pieces of a file that came back; Refused names the file and what is wrong."""
    found = read(path)
    pieces: Iterator[Piece]
    if isinstance(found, ReturnedTable):
        pieces = _of_table(found)
    elif (sheet := read_sheet_tag(found.sheet)) and sheet[1] == CONFIRMATION:
        pieces = _of_letter(read_letter(path))
    else:
        pieces = of_page(found)
    digest = hashlib.sha256(bytes_of(path, LARGEST_FILE)).hexdigest()
    return ReturnedFile(str(path), digest, found.sheet, tuple(pieces))


def of_page(page: ReturnedPage) -> Iterator[Piece]:
    """Yield the pieces of a page: each box is one, outside of them each line."""
    for box, run in groupby(page.lines, key=lambda line: line.box):
        lines = list(run)
        plain = [line for line in lines if not line.apart] if box else []
        if plain:
            text = "\n".join(line.text for line in plain).strip("\n\r\t 　")
            yield replace(_of_line(plain[0]), text=text)
        yield from (_of_line(line) for line in lines if line.apart or not box)


def _of_table(table: ReturnedTable) -> Iterator[Piece]:
    for row in table.rows:
        slot = row.cells.get("tag", "").strip()
        for column, text in row.cells.items():
            own = column in {"number", "topic", "question"} or (
                slot.startswith(CELL) and column in MATRIX_COLUMNS and column != "summary"
            )
            if column != "tag" and text.strip():
                where = Where(row.where.file, "row", row.where.number, row.where.part)
                yield Piece(text.strip(), where, slot, column, OWN if own else "")
    yield from map(_of_line, table.apart)


def _of_letter(letter: ReturnedLetter) -> Iterator[Piece]:
    for row in letter.rows:
        for column, cell in zip(PASSAGE_COLUMNS, row.cells, strict=False):
            where = Where(row.where.file, row.where.unit, row.where.number)
            own = column in {"number", "topic"}
            yield Piece(cell.text.strip(), where, row.tag, column, OWN if own else "")
            for line in cell.apart:
                yield replace(_of_line(line), slot=row.tag, column=column)
    yield from map(_of_line, letter.lines)


def _of_line(line: Line) -> Piece:
    look = line.apart if line.apart in (*LOOKS, "") else "aside"
    where = Where(line.where.file, line.where.unit, line.where.number, line.where.part)
    return Piece(line.text, where, line.box, "", look, line.style, mark=line.mark)
