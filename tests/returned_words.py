"""What became of sheets that came back, for tests of what a person wrote into them."""

from collections.abc import Mapping

from msgspec.structs import replace

from fieldvisit.actions.recording.arrival import AT_THE_VISIT
from fieldvisit.actions.recording.store_sheets import StoredSheets, store_sheets
from fieldvisit.documents import question_sheet
from fieldvisit.fieldwork.preparation import Preparation
from fieldvisit.fieldwork.sheets.filled import FilledSheet
from fieldvisit.fieldwork.sheets.returned_file import ReturnedPage, ReturnedTable, Row, Where
from fieldvisit.settings import Settings
from fieldvisit.study.fields import NoteFields
from returned import (
    filled_table,
    reading_of,
    tag_at,
)

P = NoteFields
PLACE = "hiring/staff-mix"


def read(found: Preparation, *returned: ReturnedPage | ReturnedTable) -> FilledSheet:
    (sheet,) = reading_of(found, *returned).sheets
    return sheet


def answers(sheet: FilledSheet) -> list[tuple[str, str]]:
    return [(str(one.address or ""), one.text) for one in sheet.answers if one.text]


def strays(sheet: FilledSheet) -> list[str]:
    return [one.text for one in sheet.strays]


def cells_of(found: Preparation, place: str = PLACE) -> Mapping[str, str]:
    """The cells of a question's row in the city's table."""
    grid = question_sheet.grid(found)
    table = filled_table(grid, {})
    return next(r.cells for r in table.rows if r.cells["tag"] == tag_at(found, place, "city"))


def city_table(found: Preparation, changed: Mapping[str, str], *more: Mapping[str, str]) -> (
    ReturnedTable
):  # fmt: skip
    """The city's table with one row changed, and rows below the last one."""
    table = filled_table(question_sheet.grid(found), {tag_at(found, PLACE, "city"): changed})
    rows = (Row(Where("q.xlsx", "row", 90 + n, "Q"), cells) for n, cells in enumerate(more))
    return replace(table, rows=(*table.rows, *rows))


def stored(given: Settings, found: Preparation, *files: ReturnedPage | ReturnedTable) -> (
    StoredSheets
):  # fmt: skip
    return store_sheets(given, reading_of(found, *files), AT_THE_VISIT)
