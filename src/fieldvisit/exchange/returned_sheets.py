"""A file that came back as a page or a table, for those who do not take pieces yet."""

from itertools import groupby
from pathlib import Path

from fieldvisit.exchange.arriving import read_by_ending
from fieldvisit.exchange.returned_files import read_file
from fieldvisit.exchange.unreadable import UnreadableSheet
from fieldvisit.fieldwork.sheets.returned_file import Line, ReturnedPage, ReturnedTable, Row, Where
from fieldvisit.language import _
from fieldvisit.review.columns import MATRIX_COLUMNS, SHEET_COLUMNS
from fieldvisit.review.pieces import IGNORED, OWN, Piece

Returned = ReturnedPage | ReturnedTable
_IN_CELLS = frozenset({"", OWN, "error", "merged"})


def _markdown(path: Path) -> Returned:
    from fieldvisit.exchange.markdown_sheet import read

    return read(path)


def _word(path: Path) -> Returned:
    from fieldvisit.exchange.word.sheet import read

    return read(path)


def _sheet_table(path: Path) -> ReturnedTable:
    columns = {piece.column for piece in read_file(path).pieces}
    if len(columns & MATRIX_COLUMNS.keys()) > len(columns & SHEET_COLUMNS.keys()):
        raise UnreadableSheet(
            _("“{file}” is a comparison, and no sheet of a visit.").format(file=path.name),
            _("Summaries in it are read with: fieldvisit summary read FILE"),
        )
    return read_table(path)


_READERS = {
    **dict.fromkeys((".md", ".markdown", ".txt"), _markdown),
    ".docx": _word,
    **dict.fromkeys((".xlsx", ".csv"), _sheet_table),
}


def read(path: Path) -> Returned:
    """Return what stands in a file that came back; Refused names the file and what is wrong."""
    unknown = _("{path} cannot be read back: its ending stands for no sheet.")
    return read_by_ending(path, _READERS, unknown)


def read_table(path: Path) -> ReturnedTable:
    """Return the rows of a table and what else stands in its file."""
    file = read_file(path)
    in_rows = [piece for piece in file.pieces if _is_cell(piece)]
    rows = (_row(list(group)) for _where, group in groupby(in_rows, lambda piece: piece.where))
    others = (one for one in file.pieces if not _is_cell(one) and one.look != OWN)
    return ReturnedTable(tuple(rows), file.sheet, tuple(map(_line, others)))


def _is_cell(piece: Piece) -> bool:
    return bool(piece.column) and piece.look in _IN_CELLS


def _row(pieces: list[Piece]) -> Row:
    cells = {piece.column: piece.text for piece in pieces}
    tag = {"tag": pieces[0].slot} if pieces[0].slot else {}
    return Row(_where(pieces[0]), tag | cells)


def _line(piece: Piece) -> Line:
    look = "comment" if piece.look in IGNORED else piece.look
    return Line(piece.text, _where(piece), apart="instruction" if look == "aside" else look)


def _where(piece: Piece) -> Where:
    at = piece.where
    return Where(at.file, at.unit, at.at, at.part)
