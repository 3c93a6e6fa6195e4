"""Texts in Excel files: none acts, none changes, and a long one goes on in the next row."""

import re

import pytest
from hypothesis import example, given
from hypothesis import strategies as st

from documents.excel_grids import ROW, first, grid, one, part, sheet_of
from fieldvisit.documents.formats.excel import write
from fieldvisit.documents.grid import Column, Grid
from fieldvisit.harmless import is_formula_like, visible
from strategies import storable

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


def test_numbers_are_numbers_and_those_that_excel_would_round_are_texts() -> None:
    assert (first(one(12)).value, first(one(12)).data_type) == (12, "n")
    assert (first(one(-3)).value, first(one(0)).value) == (-3, 0)
    assert first(one(10**17 + 1)).value == "100000000000000001"


def test_codes_keep_their_zeros() -> None:
    assert first(one("012025")).value == "012025"


def test_empty_cells_are_empty() -> None:
    for nothing in (None, ""):
        assert first(one(nothing)).value is None
        xml = part(one(nothing), "xl/worksheets/sheet1.xml")
        assert re.search(r'<c r="A2"[^>]*t="n"(/>|></c>)', xml)


def test_a_text_that_excel_would_spell_out_is_shown_as_it_is() -> None:
    assert "<t>_x005F_x0041__x005F_xZZZZ_</t>" not in part(
        one("_x0041_"), "xl/worksheets/sheet1.xml"
    )
    assert "<t>_x005F_x0041_</t>" in part(one("_x0041_"), "xl/worksheets/sheet1.xml")
    assert "<t>_x005F_x0041_x005F_x0042_</t>" in part(
        one("_x0041_x0042_"), "xl/worksheets/sheet1.xml"
    )


def test_a_text_too_long_for_a_cell_goes_on_in_the_next_row() -> None:
    text = "職員は12名。" * 6000
    data = write(grid((*ROW[:3], text, "該当なし"), ROW))
    rows = list(sheet_of(data).iter_rows(min_row=2, values_only=True))
    assert [row[0] for row in rows] == [
        "AAAA:hiring/staff|1/2", "AAAA:hiring/staff|2/2", "AAAA:hiring/staff",
    ]  # fmt: skip
    assert [row[1] for row in rows] == ["1/1", "1/1 (2/2)", "1/1"]
    assert "".join(str(row[3]) for row in rows[:2]) == text
    assert [row[4] for row in rows] == ["該当なし", None, None]


def test_a_table_to_read_names_the_row_that_goes_on() -> None:
    columns = (Column("handle", "番号"), Column("body", "内容"))
    data = write(Grid(columns, (("abc", "字" * 40_000),)))
    rows = list(sheet_of(data).iter_rows(min_row=2, values_only=True))
    assert [row[0] for row in rows] == ["abc", "abc (2/2)"]
    assert "".join(str(row[1]) for row in rows) == "字" * 40_000


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
