"""Excel files to be filled in: choices, protection, instructions, the tag of the sheet."""

import io
from typing import Any

import openpyxl
import pytest

from documents.excel_grids import ROW, SHEET, grid, looks_of_the_first_row, sheet_of
from fieldvisit import language
from fieldvisit.documents.formats.excel import write
from fieldvisit.documents.grid import Column, Grid


def test_choices_are_offered_and_other_words_are_taken() -> None:
    (known,) = sheet_of(write(grid(ROW))).data_validations.dataValidation
    assert known.type == "list"
    assert known.formula1 == '"後日回答予定,該当なし"'
    assert not known.showErrorMessage
    assert "E2" in known.sqref
    assert "E150" in known.sqref


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


def test_only_what_is_to_be_filled_in_is_open_on_the_protected_sheet() -> None:
    sheet = sheet_of(write(grid(ROW)))
    locked = [look.protection.locked for look in looks_of_the_first_row(sheet)]
    assert locked == [True, True, True, False, False]
    said = sheet.protection
    assert said.sheet
    assert said.password is None
    free = ("insertRows", "formatRows", "formatColumns", "formatCells", "sort", "autoFilter")
    assert [getattr(said, name) for name in free] == [False] * len(free)


def test_rows_added_below_can_be_filled_in_too() -> None:
    sheet = sheet_of(write(grid(ROW)))
    locked = {name: sheet.column_dimensions[name].protection.locked for name in "ABCDE"}
    assert locked == {"A": True, "B": True, "C": True, "D": False, "E": False}


def test_a_table_to_read_is_not_protected_and_has_one_sheet() -> None:
    data = write(Grid((Column("body", "内容"),), (("話",),)))
    assert not sheet_of(data).protection.sheet
    assert len(openpyxl.load_workbook(io.BytesIO(data)).sheetnames) == 1


def test_what_is_to_be_filled_in_is_text_whatever_somebody_types() -> None:
    for row in (ROW, (*ROW[:3], "-1", "No")):
        looks = looks_of_the_first_row(sheet_of(write(grid(row))))
        assert {look.number_format for look in looks} == {"@"}


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


def test_the_tag_of_the_sheet_stands_in_the_properties_too() -> None:
    book: Any = openpyxl.load_workbook(io.BytesIO(write(grid(sheet=SHEET))))
    said = {found.name: found.value for found in book.custom_doc_props.props}
    assert said["fieldvisit-sheet"] == SHEET
