"""A CSV file that somebody prepared, whose first row names the columns."""

import csv
import io
from collections.abc import Collection, Iterator
from contextlib import contextmanager
from pathlib import Path

from fieldvisit.errors import Refused
from fieldvisit.exchange.encodings import text_of
from fieldvisit.language import _, enumerated
from fieldvisit.text import storable


def csv_rows(file: Path, columns: Collection[str]) -> Iterator[tuple[int, dict[str, str]]]:
    """Yield the rows with the line on which each ends; Refused if one of ``columns`` is lacking."""
    text = storable(text_of(file), str(file))
    reader = csv.DictReader(io.StringIO(text, newline=""))
    try:
        yield from _cells(reader, file, columns)
    except csv.Error as error:
        raise Refused(
            _("{path}:{line} cannot be read as CSV: {reason}").format(
                path=file, line=reader.line_num, reason=error
            ),
            _("Nothing was changed."),
        ) from error


def _cells(
    reader: "csv.DictReader[str]", file: Path, columns: Collection[str]
) -> Iterator[tuple[int, dict[str, str]]]:
    missing = sorted(set(columns) - {name.strip() for name in reader.fieldnames or ()})
    if missing:
        raise Refused(
            _("{path} lacks the columns: {names}").format(path=file, names=enumerated(missing)),
            _("The first row names them. Nothing was changed."),
        )
    for row in reader:
        yield reader.line_num, {name.strip(): value or "" for name, value in row.items() if name}


@contextmanager
def speaking_of(file: Path, line: int) -> Iterator[None]:
    """Let whatever is refused within name the file and the line."""
    try:
        yield
    except Refused as error:
        error.sentence = f"{file}:{line}: {error.sentence}"
        raise
