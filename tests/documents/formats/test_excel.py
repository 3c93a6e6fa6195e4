"""Grids of the usual kind, and their Excel files looked at with the library and as XML."""

import io
import re
import subprocess
import sys
import zipfile
from pathlib import Path
from typing import Any

import openpyxl
import pytest
from hypothesis import example, given
from hypothesis import strategies as st
from openpyxl.cell.cell import Cell
from openpyxl.worksheet.worksheet import Worksheet

from fieldvisit import language
from fieldvisit.documents.document import Column, Grid, Value
from fieldvisit.documents.formats.excel import write
from fieldvisit.harmless import is_formula_like, visible
from fieldvisit.review.tags import sheet_tag
from strategies import storable

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


def one(text: Value) -> bytes:
    return write(Grid((Column("body", "内容"),), ((text,),)))


def part(data: bytes, name: str) -> str:
    with zipfile.ZipFile(io.BytesIO(data)) as packed:
        return packed.read(name).decode()


def test_the_same_grid_gives_the_same_bytes_and_says_nothing_of_who_and_when() -> None:
    data = write(grid(ROW, title="題", instructions=("一",), sheet=SHEET))
    script = (
        "import sys; from documents.formats.test_excel import ROW, SHEET, grid, write;"
        "sys.stdout.buffer.write(write(grid(ROW, title='題', instructions=('一',), sheet=SHEET)))"
    )
    again = subprocess.run(
        [sys.executable, "-c", script],
        capture_output=True,
        check=True,
        env={"PYTHONPATH": "src:tests", "PYTHONHASHSEED": "7", "TZ": "Asia/Tokyo"},
        cwd=Path(__file__).parents[3],
    ).stdout
    assert again == data
    with zipfile.ZipFile(io.BytesIO(data)) as packed:
        assert {entry.date_time for entry in packed.infolist()} == {(1980, 1, 1, 0, 0, 0)}
    assert not re.search(r"creator|created|modified", part(data, "docProps/core.xml"))
    assert "openpyxl" not in part(data, "docProps/core.xml") + part(data, "docProps/app.xml")
    for empty in (Grid((), ()), grid()):
        assert sheet_of(write(empty)).max_row == 1


def test_choices_are_offered_and_other_words_are_taken() -> None:
    (known,) = sheet_of(write(grid(ROW))).data_validations.dataValidation
    assert (known.type, known.formula1) == ("list", '"後日回答予定,該当なし"')
    assert not known.showErrorMessage
    assert all(cell in known.sqref for cell in ("E2", "E150"))


@pytest.mark.parametrize(
    "choices", [tuple(f"とても長い選択肢{n:03}" for n in range(40)), ("a,b", "=c"), ("x ", " y")]
)
def test_choices_that_cannot_be_written_out_stand_hidden(choices: tuple[str, ...]) -> None:
    data = write(Grid((Column("kind", "種別", choices=choices),), ((None,),)))
    (known,) = sheet_of(data).data_validations.dataValidation
    assert known.formula1 == f"'How to fill in'!$C$1:$C${len(choices)}"
    instructions = sheet_of(data, 1)
    assert tuple(cell.value for cell in instructions["C"]) == choices
    assert {cell.data_type for cell in instructions["C"]} == {"s"}
    assert instructions.column_dimensions["C"].hidden


def test_only_what_is_to_be_filled_in_is_open_and_text_whatever_somebody_types() -> None:
    for row in (ROW, (*ROW[:3], "-1", "No")):
        sheet = sheet_of(write(grid(row)))
        looks = [  # of the cells themselves, or where they are empty of their columns
            cell if cell.has_style else sheet.column_dimensions["ABCDE"[at]]
            for at, cell in enumerate(sheet[2])
        ]
        assert [look.protection.locked for look in looks] == [True, True, True, False, False]
        assert {look.number_format for look in looks} == {"@"}
    said = sheet.protection
    assert said.sheet
    assert said.password is None
    free = ("insertRows", "formatRows", "formatColumns", "formatCells", "sort", "autoFilter")
    assert [getattr(said, name) for name in free] == [False] * len(free)


@pytest.mark.parametrize("spoken", ["en", "ja"])
def test_the_second_sheet_says_how_to_fill_in(spoken: str) -> None:
    language.use(spoken)
    data = write(grid(ROW, instructions=("一つ目。", "=二つ目"), sheet=SHEET, title="題"))
    sheet = sheet_of(data, 1)
    assert sheet.title != sheet_of(data).title
    assert [cell.value for cell in sheet["A"]] == ["一つ目。", "=二つ目", SHEET]
    assert sheet["A2"].data_type == "s"
    assert sheet["A3"].font.sz < sheet["A1"].font.sz
    assert (sheet.page_setup.orientation, sheet.page_setup.paperSize) == ("portrait", 9)
    book: Any = openpyxl.load_workbook(io.BytesIO(data))
    said = {found.name: found.value for found in book.custom_doc_props.props}
    assert said["fieldvisit-sheet"] == SHEET


def test_it_prints_on_a4_landscape_with_title_page_number_and_the_head_row_on_each_page() -> None:
    data = write(grid(ROW, title="質問 A&B &D"))
    sheet = sheet_of(data)
    assert [cell.value for cell in sheet[1]] == ["整理用", "番号", "質問", "回答", "回答状況"]
    assert all(cell.font.b and cell.fill.fill_type == "solid" for cell in sheet[1][1:])
    assert (sheet.freeze_panes, sheet.print_title_rows) == ("A2", "$1:$1")
    assert (sheet.page_setup.orientation, sheet.page_setup.paperSize) == ("landscape", 9)
    assert (sheet.page_setup.fitToWidth, sheet.page_setup.fitToHeight) == (1, 0)
    assert sheet.sheet_properties.pageSetUpPr is not None
    assert sheet.sheet_properties.pageSetUpPr.fitToPage
    xml = part(data, "xl/worksheets/sheet1.xml")
    assert "A&amp;&amp;B &amp;&amp;D</oddHeader>" in xml  # the pairs are signs, not fields
    assert "<oddFooter>&amp;C&amp;P / &amp;N</oddFooter>" in xml


def test_a_row_is_as_high_as_its_lines_and_grows_when_somebody_writes() -> None:
    data = write(grid((*ROW[:3], "職員は12名。" * 40, None), ROW))
    sheet = sheet_of(data)
    high, low = (sheet.row_dimensions[row].height or 0 for row in (2, 3))
    assert high > 8 * 17
    assert 2 * 17 <= low < 60
    assert "customHeight" not in part(data, "xl/worksheets/sheet1.xml")


@pytest.mark.parametrize(
    ("title", "shown"),
    [
        ("質問票：千葉市", "質問票：千葉市"), ("Sheet: [a]/b\\c*d?", "Sheet a b c d"),
        ("'x'", "x"), ("長" * 40, "長" * 31), ("𠮷" * 40, "𠮷" * 15), ("", "Table"),
        (":::", "Table"), ("How to fill in", "How to fill in"), ("a\nb\x00", "a b<U+0000>"),
    ],
)  # fmt: skip
def test_the_title_names_the_sheet_as_far_as_excel_allows(title: str, shown: str) -> None:
    data = write(grid(ROW, title=title, instructions=("x",)))
    assert sheet_of(data).title == shown


NAUGHTY = (
    "=1+1", "+81-3-1234", "-5人", "@SUM(A1)", "＝1+1", "  =1+1", "'=1+1", "\t=1", "\n=1",
    '=HYPERLINK("http://x.invalid","x")', "=cmd|' /C calc'!A0", "#N/A", "#REF!", "TRUE", "1E5",
    "012025", "10/3", "{=1}", "_x003D_1+1", "&P", "<f>1</f>", "]]>",
)  # fmt: skip


@pytest.mark.parametrize("text", NAUGHTY)
def test_no_text_acts(text: str) -> None:
    data = one(text)
    assert first(data).data_type == "s"
    assert first(data).value is not None
    assert first(data).quotePrefix == is_formula_like(text)
    xml = part(data, "xl/worksheets/sheet1.xml")
    assert re.findall(r"<c [^>]*\bt=\"(\w+)\"", xml) == ["inlineStr"] * 2
    assert not re.search("<f[ >/]", xml)


@given(text=storable)
def test_no_text_acts_whatever_it_is(text: str) -> None:
    data = write(Grid((Column("body", text), Column("x", "y", use="entry")), ((text, text),)))
    xml = part(data, "xl/worksheets/sheet1.xml")
    assert "<f>" not in xml
    assert set(re.findall(r"<c [^>]*\bt=\"(\w+)\"", xml)) <= {"inlineStr", "n"}
    assert "<v>" not in xml
    assert str(first(data).value or "").replace("_x005F_", "_") == visible(text)


def test_numbers_are_numbers_and_what_excel_would_round_or_spell_out_is_text_as_it_is() -> None:
    assert (first(one(12)).value, first(one(12)).data_type) == (12, "n")
    assert (first(one(-3)).value, first(one(0)).value) == (-3, 0)
    assert first(one(10**17 + 1)).value == "100000000000000001"
    for text, written in (
        ("_x0041_", "_x005F_x0041_"), ("_x0041_x0042_", "_x005F_x0041_x005F_x0042_")
    ):  # fmt: skip
        assert f"<t>{written}</t>" in part(one(text), "xl/worksheets/sheet1.xml")


def test_a_text_too_long_for_a_cell_goes_on_in_the_next_row() -> None:
    text = "職員は12名。" * 6000
    data = write(grid((*ROW[:3], text, "該当なし"), ROW))
    rows = list(sheet_of(data).iter_rows(min_row=2, values_only=True))
    tags = [re.sub("~[A-Za-z0-9_.]{10}~", "~", str(row[0])) for row in rows]
    assert tags == ["AAAA:hiring/staff~|1/2", "AAAA:hiring/staff~|2/2", "AAAA:hiring/staff~"]
    assert [row[1] for row in rows] == ["1/1", "1/1 (2/2)", "1/1"]
    assert "".join(str(row[3]) for row in rows[:2]) == text
    assert [row[4] for row in rows] == ["該当なし", None, None]


@given(
    text=st.text("𠮷a_x041字\n 　か\u3099\U000e0100👩‍👧", min_size=1), times=st.integers(1, 9000)
)
@example("𠮷", 32_767)
@example("_x0041_", 5000)
@example(" ", 40_000)
def test_no_cell_is_longer_than_excel_takes(text: str, times: int) -> None:
    long = (text * times)[:70_000]
    data = one(long)
    shown = [str(cell.value) for cell in sheet_of(data)["A"][1:]]
    assert all(len(cell.encode("utf-16-le")) // 2 <= 32_767 for cell in shown)
