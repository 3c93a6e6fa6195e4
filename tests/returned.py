"""Sheets as they come back, made from the pages and grids that went out, without any file."""

from collections.abc import Iterator, Mapping, Sequence

from msgspec.structs import replace

from fieldvisit.actions.prepare import preparation
from fieldvisit.actions.recording.read_sheets import SheetReading, expected_sheet
from fieldvisit.documents import field_sheet, question_sheet
from fieldvisit.documents.document import Grid
from fieldvisit.documents.page import Block, Box, Bullets, Facts, Heading, Page, Paragraph, Table
from fieldvisit.fieldwork.guide import Address
from fieldvisit.fieldwork.preparation import Preparation
from fieldvisit.fieldwork.sheets.expected import ExpectedSheet
from fieldvisit.fieldwork.sheets.filled import FilledSheet
from fieldvisit.fieldwork.sheets.returned_file import Line, ReturnedPage, ReturnedTable, Row, Where
from fieldvisit.fieldwork.sheets.filled import read_page
from fieldvisit.fieldwork.sheets.returned_table import read_table
from fieldvisit.fieldwork.sheets.tags import box_tag
from fieldvisit.settings import Settings
from fieldvisit.study.references import find_visit
from fieldvisit.study.view import viewing

FILE = "sheet.docx"


def prepared(given: Settings, visit: str = "chiba-1", audience: str = "group") -> Preparation:
    """What the sheets of a visit rest on."""
    with viewing(given, audience) as view:
        return preparation(view, find_visit(view, visit))


def expected(found: Preparation) -> ExpectedSheet:
    """What its sheets hold by themselves."""
    return expected_sheet(found)


def page_for(found: Preparation, reader: str) -> Page:
    """The sheet that went out to one side."""
    return question_sheet.page(found) if reader == "city" else field_sheet.page(found)


def filled_page(page: Page, texts: Mapping[str, str], *, boxes: bool = True) -> ReturnedPage:
    """The page with ``texts`` written into the boxes of these tags; without boxes, below them."""
    lines = [
        Line(text, Where(FILE, "paragraph", number), tag if boxes else "")
        for number, (text, tag) in enumerate(_lines(page, texts), 1)
    ]
    return ReturnedPage(tuple(lines), page.sheet if boxes else "")


def _lines(page: Page, texts: Mapping[str, str]) -> Iterator[tuple[str, str]]:
    yield page.head, ""
    for block in page.blocks:
        if isinstance(block, Box):
            yield block.label, ""
            for line in (texts.get(block.tag, block.text) or "\n\n").split("\n"):
                yield line, block.tag
        else:
            yield from ((text, "") for text in _texts(block))


def _texts(block: Block) -> Sequence[str]:
    match block:
        case Heading(_level, text):
            return (text,)
        case Paragraph(text):
            return text.split("\n")
        case Bullets(items):
            return items
        case Facts(items):
            return [text for pair in items for text in pair]
        case Table():
            raise AssertionError
    raise AssertionError


def filled_table(grid: Grid, cells: Mapping[str, Mapping[str, str]]) -> ReturnedTable:
    """The table with ``cells``, by tag and column, written into it."""
    keys = [column.key for column in grid.columns]
    rows = []
    for number, row in enumerate(grid.rows, 2):
        named = {key: str(value) for key, value in zip(keys, row, strict=True) if value is not None}
        named |= cells.get(named.get("tag", ""), {})
        rows.append(Row(Where("sheet.xlsx", "row", number, "1"), named))
    return ReturnedTable(tuple(rows), grid.sheet)


def tag_at(found: Preparation, address: str, reader: str = "interviewer") -> str:
    """The tag of the box at an address like `ai-rpa/status`."""
    return box_tag(found.visit.id, Address.read(address), reader)


def reading_of(found: Preparation, *returned: ReturnedPage | ReturnedTable) -> SheetReading:
    """What the files hold, as the program reads them."""
    known = expected(found)
    sheets: list[FilledSheet] = []
    for one in returned:
        if isinstance(one, ReturnedPage):
            sheets.append(read_page(one, known))
        else:
            sheets.append(read_table(one, known))
    return SheetReading(found.visit.handle, tuple(sheets))


def stripped(page: ReturnedPage) -> ReturnedPage:
    """The page after somebody pasted it into a new document: the same lines, no boxes."""
    return ReturnedPage(tuple(replace(line, box="") for line in page.lines))
