"""Drop-down lists that suggest what to fill in and take whatever else somebody writes."""

from collections.abc import Callable
from typing import TYPE_CHECKING

from fieldvisit.documents.grid import Column, Grid
from fieldvisit.harmless import one_line

if TYPE_CHECKING:
    from openpyxl.worksheet.worksheet import Worksheet

_LONGEST_LIST = 255  # units of UTF-16 that Excel takes in a list written out
_ROWS_BELOW = 200  # that somebody may add

Hide = Callable[[tuple[str, ...]], str]


def add_choices(sheet: "Worksheet", grid: Grid, rows: int, hide: Hide) -> None:
    """Add the lists to a sheet of so many ``rows``; ``hide`` keeps one too long to write out."""
    from openpyxl.utils import get_column_letter
    from openpyxl.worksheet.datavalidation import DataValidation

    for number, column in enumerate(grid.columns, start=1):
        if not column.choices:
            continue
        letter = get_column_letter(number)
        source = _written_out(column) or hide(column.choices)
        known = DataValidation("list", formula1=source, allow_blank=True, showErrorMessage=False)
        known.add(f"{letter}2:{letter}{rows + _ROWS_BELOW}")
        sheet.add_data_validation(known)


def _written_out(column: Column) -> str:
    """Return the list as Excel writes it, empty where it cannot be written out."""
    choices = [one_line(choice) for choice in column.choices]
    listed = ",".join(choices)
    if any("," in choice or choice != choice.strip() for choice in choices):
        return ""
    if len(listed.encode("utf-16-le")) // 2 > _LONGEST_LIST:
        return ""
    quoted = listed.replace('"', '""')
    return f'"{quoted}"'
