"""CSV: a sheet that came back, by us, by Excel or by hand, and a file that somebody prepared."""

import csv
import io
from collections.abc import Collection, Iterator
from contextlib import contextmanager, suppress
from itertools import islice
from pathlib import Path

from fieldvisit.errors import Refused
from fieldvisit.exchange.encodings import decoded, text_of
from fieldvisit.exchange.heads import LAST_ROW, best_heads, no_heads
from fieldvisit.exchange.refusals import TooMuch, UnreadableSheet
from fieldvisit.exchange.tables import (
    MOST_CHARACTERS,
    Cells,
    Left,
    read_table,
)
from fieldvisit.harmless import unguarded
from fieldvisit.language import _, enumerated
from fieldvisit.review.pieces import Piece, Where
from fieldvisit.text import one_newline, storable

_DELIMITERS = ",;\t"

Record = dict[int, str]


def read(name: str, data: bytes) -> tuple[str, tuple[Piece, ...]]:
    """Return an empty tag and every text; rows are counted as a spreadsheet shows them.

    Raises BadText where the file cannot be decoded, UnreadableSheet where it is no table of ours.
    """
    text = decoded(data, name)
    delimiter = max(_DELIMITERS, key=lambda sign: _heads(text, sign))
    records = (record for _line, record in _records(text, delimiter, name))
    texts = dict(enumerate(records, start=1))
    table = read_table(Cells(texts), lambda row: Where(name, "row", row))
    if table is None:
        raise no_heads(name)
    return "", (*table.others, *(piece for row in table.rows for piece in row))


def _heads(text: str, delimiter: str) -> int:
    """Return how many of our heads the first rows have if ``delimiter`` parts their cells."""
    found: dict[int, Record] = {}
    records = _records(text, delimiter, "")
    with suppress(Refused):  # told once the sign is known
        for number, (_line, record) in enumerate(islice(records, LAST_ROW), start=1):
            found[number] = record
    return best_heads(found)[0]


def _records(text: str, delimiter: str, file: str) -> Iterator[tuple[int, Record]]:
    """Yield the rows with the line on which each ends."""
    left = Left()
    reader = csv.reader(io.StringIO(text, newline=""), delimiter=delimiter, strict=True)
    before = csv.field_size_limit(MOST_CHARACTERS)
    try:
        for number, cells in enumerate(reader, start=1):
            yield reader.line_num, dict(_cells(cells, number, left))
    except TooMuch as error:
        sentence = _("“{file}” was not read: {reason}").format(file=file, reason=error)
        raise UnreadableSheet(sentence, error.way) from error
    except csv.Error as error:
        raise _broken(file, reader.line_num) from error
    finally:
        csv.field_size_limit(before)


def _cells(cells: list[str], row: int, left: Left) -> Iterator[tuple[int, str]]:
    for column, cell in enumerate(cells, start=1):
        left.take(row, column, len(cell))
        text = unguarded(one_newline(cell))
        if text:
            yield column, text


def _broken(file: str, line: int) -> UnreadableSheet:
    return UnreadableSheet(
        _("“{file}”, line {n}: the quotation marks around a cell do not match, "
          "or the cell is too long.").format(file=file, n=line),
        _("Open it in a spreadsheet program and save it as CSV again."),
        line,
    )  # fmt: skip


def csv_rows(file: Path, columns: Collection[str]) -> Iterator[tuple[int, dict[str, str]]]:
    """Yield the rows with the line on which each ends; Refused if one of ``columns`` is lacking."""
    records = _records(storable(text_of(file), str(file)), ",", str(file))
    _line, first = next(records, (0, Record()))
    names = {column: name.strip() for column, name in first.items()}
    if missing := sorted(set(columns).difference(names.values())):
        raise Refused(
            _("{path} lacks the columns: {names}").format(path=file, names=enumerated(missing)),
            _("The first row names them. Nothing was changed."),
        )
    for line, cells in records:
        if cells.keys() - names.keys():  # a comma in a number, mostly: the rest has moved on by one
            raise Refused(
                _("{path}:{line} cannot be read as CSV: {reason}").format(
                    path=file, line=line, reason=_("the row has more cells than the first one.")
                ),
                _("Nothing was changed."),
            )
        if cells:
            yield line, {name: cells.get(column, "") for column, name in names.items()}


@contextmanager
def speaking_of(file: Path, line: int) -> Iterator[None]:
    """Let whatever is refused within name the file and the line."""
    try:
        yield
    except Refused as error:
        error.sentence = f"{file}:{line}: {error.sentence}"
        raise
