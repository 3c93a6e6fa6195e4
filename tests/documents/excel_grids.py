"""Grids of the usual kind, and their Excel files looked at with the library and as XML."""

import io
import zipfile
from typing import Any

import openpyxl
from openpyxl.cell.cell import Cell
from openpyxl.worksheet.worksheet import Worksheet

from fieldvisit.documents.formats.excel import write
from fieldvisit.documents.grid import Column, Grid, Value
from fieldvisit.fieldwork.sheets.tags import sheet_tag

SHEET = sheet_tag("01890f5e-7b1c-7cc0-98c4-dc0c0c07398f", "city")
COLUMNS = (
    Column("tag", "整理用", 3, use="tag"),
    Column("number", "番号", 6),
    Column("question", "質問", 44),
    Column("answer", "回答", 60, use="entry"),
    Column("state", "回答状況", 16, ("後日回答予定", "該当なし"), "entry"),
)
ROW = ("AAAA:hiring/staff", "1/1", "職員数を教えてください。", None, None)


def grid(*rows: tuple[Value, ...], **more: Any) -> Grid:
    return Grid(COLUMNS, rows, **more)


def sheet_of(data: bytes, number: int = 0) -> Worksheet:
    return openpyxl.load_workbook(io.BytesIO(data)).worksheets[number]


def first(data: bytes) -> Cell:
    """The cell of the first answer."""
    found = sheet_of(data)["A2"]
    assert isinstance(found, Cell)
    return found


def looks_of_the_first_row(sheet: Worksheet) -> list[Any]:
    """What gives its cells their look: themselves, or where they are empty their columns."""
    return [
        cell if cell.has_style else sheet.column_dimensions["ABCDE"[at]]
        for at, cell in enumerate(sheet[2])
    ]


def one(text: Value) -> bytes:
    return write(Grid((Column("body", "内容"),), ((text,),)))


def part(data: bytes, name: str) -> str:
    with zipfile.ZipFile(io.BytesIO(data)) as packed:
        return packed.read(name).decode()
