"""CSV for spreadsheets."""

import csv
import io

from hypothesis import given
from hypothesis import strategies as st

from fieldvisit.documents.formats.csv import write
from fieldvisit.documents.grid import Column, Grid
from fieldvisit.harmless import is_formula_like, unguarded, visible

TEXT = st.text(st.characters(codec="utf-8")) | st.text(
    st.sampled_from("'\"=+-@＝ \u3000\t\n\ufeffa")
)


def grid(*values: str | int | None) -> Grid:
    return Grid((Column("code", "コード"), Column("body", "内容")), tuple((v, "x") for v in values))


def cells_of(data: bytes) -> list[list[str]]:
    return list(csv.reader(io.StringIO(data.decode("utf-8-sig"), newline="")))


def test_excel_finds_a_byte_order_mark_and_crlf() -> None:
    data = write(grid("012025", 3, None))
    assert data == "\ufeffコード,内容\r\n012025,x\r\n3,x\r\n,x\r\n".encode()


def test_line_ends_inside_a_cell_are_line_feeds() -> None:
    assert '\r\n"一\n二",x\r\n'.encode() in write(grid("一\r\n二"))


@given(text=TEXT)
def test_reading_back_gives_the_visible_text(text: str) -> None:
    cell = cells_of(write(grid(text)))[1][0]
    assert unguarded(cell) == visible(text)


@given(text=TEXT)
def test_no_cell_begins_like_a_formula(text: str) -> None:
    cell = cells_of(write(grid(text)))[1][0]
    assert not is_formula_like(cell) or cell.startswith("'")


def test_exactly_one_guard_is_added_and_taken_off() -> None:
    assert cells_of(write(grid("'=1")))[1][0] == "''=1"
    assert unguarded("''=1") == "'=1"
    assert unguarded("'引用'") == "'引用'"


def test_titles_are_guarded_and_numbers_are_not() -> None:
    data = write(Grid((Column("x", "=cmd"),), ((-5,),)))
    assert cells_of(data) == [["'=cmd"], ["-5"]]


def test_control_characters_are_shown() -> None:
    assert cells_of(write(grid("a\x1b]52;c\x07")))[1][0] == "a<U+001B>]52;c<U+0007>"
