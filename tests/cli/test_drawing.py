"""Pages as lines of text."""

from collections.abc import Sequence

from hypothesis import given
from hypothesis import strategies as st
from rich.cells import cell_len

from fieldvisit.cli.drawing import Pen, drawn
from fieldvisit.documents.page import Heading, Page, Paragraph, Table

WORDS = st.text(st.sampled_from("あ漢字ab 、")).map(str.strip)


def lines(page: Page, width: int) -> list[str]:
    return list(drawn(page, Pen(width, clean=str)))


def column_widths(head: Sequence[str], row: Sequence[str], width: int) -> list[int]:
    rule = lines(Page((Table.of(head, [row]),)), width)[0]
    return [len(part) - 2 for part in rule.strip("┌┐").split("┬")]


def test_short_columns_stay_whole_and_the_long_one_takes_the_rest() -> None:
    row = ["abcdefghij", "2019-10-21", "発言要旨", "本文" * 60]
    assert column_widths(["", "", "", ""], row, 80) == [10, 10, 8, 80 - 13 - 28]


def test_long_columns_share_alike() -> None:
    assert column_widths(["a", "b", "c"], ["x", "本文" * 60, "本文" * 90], 80) == [1, 35, 34]


def test_a_table_is_no_wider_than_what_stands_in_it() -> None:
    assert column_widths(["都市", "b"], ["x", "12"], 80) == [4, 2]


@given(
    rows=st.lists(st.lists(WORDS, min_size=3, max_size=3), max_size=4), width=st.integers(20, 99)
)
def test_all_lines_of_a_framed_table_are_of_one_width(rows: list[list[str]], width: int) -> None:
    shown = lines(Page((Table.of(["a", "項目", "c"], rows),)), width)
    assert max(map(cell_len, shown)) <= width
    if shown[0].startswith("┌"):
        assert len(set(map(cell_len, shown))) == 1


def test_blocks_are_parted_but_a_heading_stands_on_its_text() -> None:
    page = Page((Heading(3, "題"), Paragraph("一"), Paragraph("二"), Heading(3, "次")))
    assert lines(page, 80) == ["題", "一", "", "二", "", "次"]


def test_a_table_without_rows_shows_its_head() -> None:
    assert lines(Page((Table.of(["a"], []),)), 80) == ["┌───┐", "│ a │", "└───┘"]


def test_a_stacked_row_hangs_and_names_itself_first() -> None:
    page = Page(
        (Table.of(["", "項目一", "項目二", "項目三"], [["千葉市", "長い回答です。", "あり", ""]]),)
    )
    assert lines(page, 20) == [
        "千葉市",
        "  項目一: 長い",
        "    回答です。",
        "  項目二: あり",
    ]
