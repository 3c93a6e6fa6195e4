"""Sheets as workbooks, and what is read of those that come back."""

from pathlib import Path
from typing import Any

from fieldvisit.documents.answer_grid import AnswerRow, for_the_interviewer
from fieldvisit.documents.formats.excel import write
from fieldvisit.documents.grid import Grid
from fieldvisit.fieldwork.guide import Address
from fieldvisit.fieldwork.sheets.tags import box_tag, note_tag, sheet_tag

VISIT = "01890f5e-7b1c-7cc0-98c4-dc0c0c07398f"
SHEET = sheet_tag(VISIT, "interviewer")
TAG = box_tag(VISIT, Address("hiring", "staff-mix"))
NOTE = note_tag(VISIT, "k3f9x2m4qa", "0123456789abcdef")
HARD = (
    "𠮷野家 👩‍👩‍👧 葛\U000e0100城 か\u3099 e\u0301 ～〜", "=1+1", "'=1+1", "#N/A", "012025",
    "_x0041_", "_x000D_", "_x005F_x0041_", "  前後の空白　", "一\n\n二\n", "\t", "1.0", "TRUE",
    "2019-11-08", "<a>&amp;]]>", "x|1/2", "\x01\ufffe\u202e", "10/3",
)  # fmt: skip


def sheet(*rows: AnswerRow, **more: Any) -> Grid:
    given: dict[str, Any] = {"title": "題", "instructions": ("一", "二"), "sheet": SHEET, **more}
    return for_the_interviewer(rows, **given)


def filled(answer: str, tag: str = TAG, **more: str) -> AnswerRow:
    return AnswerRow(tag, "1/1", "採用", "職員数を教えてください。", answer, **more)


def kept(path: Path, grid: Grid) -> Path:
    path.write_bytes(write(grid))
    return path
