"""The one table of files in which a comparison may come back with summaries, and their readers."""

from pathlib import Path

from fieldvisit.errors import Refused
from fieldvisit.exchange.arriving import read_by_ending
from fieldvisit.exchange.returned_sheets import read_table
from fieldvisit.fieldwork.sheets.filled import Stray
from fieldvisit.fieldwork.sheets.returned_matrix import CellText, bears_tags, read_matrix
from fieldvisit.language import _

_READERS = {".csv": read_table}


def read_summaries(path: Path) -> tuple[tuple[CellText, ...], tuple[Stray, ...]]:
    """Return the summaries in a comparison that came back; Refused names what is wrong."""
    unknown = _(
        "{path} cannot be read back: its ending stands for no comparison. One is written with: "
        "fieldvisit compare --cells both -o FILE.csv"
    )
    table = read_by_ending(path, _READERS, unknown)
    if table.rows and not bears_tags(table):
        raise Refused(
            _(
                "{path} is no comparison that can be read back: no row has the sign of its cell."
            ).format(path=path),
            _("Write one with: fieldvisit compare --cells both -o FILE.csv"),
        )
    return read_matrix(table)
