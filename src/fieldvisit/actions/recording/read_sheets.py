"""`record VISIT FILE…`: sheets that were filled in elsewhere, read back."""

from collections.abc import Iterator, Sequence
from pathlib import Path

from msgspec import Struct

from fieldvisit.actions.prepare import preparation
from fieldvisit.actions.recording.expected_sheets import expected_sheet
from fieldvisit.errors import Refused
from fieldvisit.exchange.returned_files import Returned, read
from fieldvisit.fieldwork.note import Note
from fieldvisit.fieldwork.sheets.expected import ExpectedSheet, handles_in
from fieldvisit.fieldwork.sheets.filled import FilledSheet
from fieldvisit.fieldwork.sheets.returned_file import ReturnedPage
from fieldvisit.fieldwork.sheets.returned_page import read_page
from fieldvisit.fieldwork.sheets.returned_table import read_table
from fieldvisit.fieldwork.sheets.tags import CONFIRMATION, read_sheet_tag, visit_of
from fieldvisit.fieldwork.visit import Visit
from fieldvisit.language import _
from fieldvisit.settings import Settings
from fieldvisit.storage import gate
from fieldvisit.study.references import find_visit
from fieldvisit.study.view import StudyView, viewing


class SheetReading(Struct, frozen=True):
    """What the files of one visit hold, file by file."""

    visit: str
    sheets: tuple[FilledSheet, ...]


def read_sheets(given: Settings, typed: str, files: Sequence[Path]) -> SheetReading:
    """Return what stands in ``files``; Refused if one is no sheet, or of another visit."""
    with viewing(given, "all") as view:
        visit = find_visit(view, typed)
        files_read = [_returned(view, visit, path) for path in files]
        past = tuple(_past_notes(view, visit, files_read))
        expected = expected_sheet(preparation(view, visit), past)
        return SheetReading(visit.handle, tuple(_sheet(one, expected) for one in files_read))


def _returned(view: StudyView, visit: Visit, path: Path) -> Returned:
    found = read(path)
    if (tag := read_sheet_tag(found.sheet)) and tag[1] == CONFIRMATION:
        raise Refused(
            _("{path} holds what the city was to confirm.").format(path=path),
            _("Read it with: fieldvisit confirm read {path}").format(path=path),
        )
    _refuse_another_visit(view, visit, found, path)
    return found


def _past_notes(view: StudyView, visit: Visit, files: Sequence[Returned]) -> Iterator[Note]:
    """Yield as they once were the notes whose handles a page names: a sheet may be older."""
    pages = [page for page in files if isinstance(page, ReturnedPage)]
    named = {handle for page in pages for line in page.lines for handle in handles_in(line.text)}
    if named:
        notes = gate.notes(view.connection, "all", city_code=visit.city_code, deleted=True)
        for note in notes:
            if note.handle in named:
                yield from (then for _r, then in gate.revisions(view.connection, "all", note.id))


def _sheet(returned: Returned, expected: ExpectedSheet) -> FilledSheet:
    if isinstance(returned, ReturnedPage):
        return read_page(returned, expected)
    return read_table(returned, expected)


def _refuse_another_visit(view: StudyView, visit: Visit, returned: Returned, path: Path) -> None:
    named = set(_visits_named(returned))
    if not named or visit.id in named:
        return
    other = next((v.handle for v in view.visits if v.id in named), "")
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
