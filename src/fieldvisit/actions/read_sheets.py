"""`record VISIT FILE…`: sheets that were filled in elsewhere, read back."""

from collections.abc import Iterator, Sequence
from dataclasses import dataclass
from pathlib import Path

from fieldvisit.actions.expected_sheets import expected_sheet
from fieldvisit.actions.looking import Look, looking
from fieldvisit.actions.prepare import preparation
from fieldvisit.actions.references import find_visit
from fieldvisit.errors import Refused
from fieldvisit.exchange.returned_files import Returned, read
from fieldvisit.fieldwork.sheets.expected import ExpectedSheet
from fieldvisit.fieldwork.sheets.filled import FilledSheet
from fieldvisit.fieldwork.sheets.returned_file import ReturnedPage
from fieldvisit.fieldwork.sheets.returned_page import read_page
from fieldvisit.fieldwork.sheets.returned_table import read_table
from fieldvisit.fieldwork.sheets.tags import read_sheet_tag, visit_of
from fieldvisit.fieldwork.visit import Visit
from fieldvisit.language import _
from fieldvisit.settings import Settings


@dataclass(frozen=True, slots=True)
class SheetReading:
    """What the files of one visit hold, file by file."""

    visit: str
    sheets: tuple[FilledSheet, ...]


def read_sheets(given: Settings, typed: str, files: Sequence[Path]) -> SheetReading:
    """Return what stands in ``files``; Refused if one is no sheet, or of another visit."""
    with looking(given, "all") as look:
        visit = find_visit(look, typed)
        expected = expected_sheet(preparation(look, visit))
        sheets = tuple(_sheet(look, visit, expected, path) for path in files)
        return SheetReading(visit.handle, sheets)


def _sheet(look: Look, visit: Visit, expected: ExpectedSheet, path: Path) -> FilledSheet:
    returned = read(path)
    _refuse_another_visit(look, visit, returned, path)
    if isinstance(returned, ReturnedPage):
        return read_page(returned, expected)
    return read_table(returned, expected)


def _refuse_another_visit(look: Look, visit: Visit, returned: Returned, path: Path) -> None:
    named = set(_visits_named(returned))
    if not named or visit.id in named:
        return
    other = next((v.handle for v in look.visits if v.id in named), "")
    raise Refused(
        _("{path} was made for another visit.").format(path=path)
        + (f" ({other})" if other else ""),
        _("Give it to `record` together with that visit. Nothing was changed."),
    )


def _visits_named(returned: Returned) -> Iterator[str]:
    """Yield the ids of visits in the tags of the sheet, its boxes or its rows."""
    if tag := read_sheet_tag(returned.sheet):
        yield tag[0]
        return
    if isinstance(returned, ReturnedPage):
        tags = (line.box for line in returned.lines)
    else:
        tags = (row.cells.get("tag", "") for row in returned.rows)
    yield from filter(None, map(visit_of, filter(None, tags)))
