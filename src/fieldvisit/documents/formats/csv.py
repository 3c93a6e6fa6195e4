"""CSV that Japanese Excel opens as it is and that cannot act as a formula.

UTF-8 with a byte order mark, rows ended by CRLF, line ends inside a cell LF. Codes with leading
zeros are written as they are: CSV has no types, so a reader must import those columns as text.
"""

import csv
import io

from fieldvisit.documents.document import Grid, Value
from fieldvisit.harmless import guarded, visible


def write(grid: Grid) -> bytes:
    """Return the grid as CSV: one row of column titles, then the rows."""
    out = io.StringIO(newline="")
    writer = csv.writer(out, lineterminator="\r\n")
    writer.writerow([_cell(column.title) for column in grid.columns])
    writer.writerows([_cell(value) for value in row] for row in grid.checked())
    return out.getvalue().encode("utf-8-sig")


def _cell(value: Value) -> str:
    if not isinstance(value, str):
        return "" if value is None else str(value)
    return guarded(visible(value))
