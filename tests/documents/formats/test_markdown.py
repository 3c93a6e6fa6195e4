"""Markdown, read back by an independent parser."""

import re
from collections.abc import Sequence

import pytest
from hypothesis import example, given
from hypothesis import strategies as st
from markdown_it import MarkdownIt
from markdown_it.token import Token

from fieldvisit.documents.formats.markdown import write
from fieldvisit.documents.page import Block, Box, Bullets, Cell, Heading, Page, Paragraph, Table
from fieldvisit.harmless import visible

PARSER = MarkdownIt("commonmark").enable(["table", "strikethrough"])
SPECIAL = "\\`*_{}[]()<>#+-.!|~&;:=\"'$@/^ \n\tab1①あ漢、。　"
TRICKS = [
    "# x", "#", "- a", "+", "* * *", "---", "===", "1. a", "12) ", "> q", "```", "~~~\nx",
    "[a](http://x)", "![a](http://x)", "<http://x.y>", "<b>", "<script>alert(1)</script>", "<!--",
    "&amp;", "&#x41;", "&nbsp", "a_b_c", "_a_", "__a__", "*a*", "~~a~~", "[a]: /x", "a|b\n-|-",
    ":-:", "    code", "a\\", "\\\\", "\\|", "a  \nb", "<U+001B>", "foo\nbar\n===", "x #", "a<br>b",
    "- [ ] x", "\x1b[2J",
]  # fmt: skip
TEXT = (
    st.text(st.sampled_from(SPECIAL))
    | st.lists(st.sampled_from([*TRICKS, " ", "\n", "あ"])).map("".join)
    | st.text(st.characters(codec="utf-8"))
)


def tidy(text: str) -> str:
    """Return what Markdown can keep of a text: no blanks at line ends, no empty lines around."""
    return "\n".join(line.strip() for line in visible(text).split("\n")).strip("\n")


def inline_text(token: Token) -> str:
    parts: list[str] = []
    for child in token.children or ():
        if child.type == "hardbreak" or (child.type, child.content) == ("html_inline", "<br>"):
            parts.append("\n")
        else:
            assert child.type in ("text", "text_special"), child
            parts.append(child.content)
    return "\n".join(line.strip() for line in "".join(parts).split("\n"))


def read(blocks: Sequence[Block]) -> list[Token]:
    return PARSER.parse(write(Page(tuple(blocks))))


def texts(tokens: Sequence[Token], kinds: set[str]) -> str:
    assert {t.type for t in tokens} <= {"inline", *kinds}, tokens
    return "\n\n".join(inline_text(t) for t in tokens if t.type == "inline")


def paragraph(*around: str) -> set[str]:
    return {f"{name}_{side}" for name in ("paragraph", *around) for side in ("open", "close")}


@given(text=TEXT)
@example("a\n\n\n\nb")
def test_a_paragraph_comes_back_as_it_was(text: str) -> None:
    assert texts(read([Paragraph(text)]), paragraph()) == tidy(text)


@pytest.mark.parametrize("text", TRICKS)
def test_no_trick_acts_in_any_block(text: str) -> None:
    assert texts(read([Paragraph(f"{text}\n{text}")]), paragraph()) == tidy(f"{text}\n{text}")
    assert inline_text(read([Heading(2, text)])[1]) == tidy(re.sub(r"\s", " ", text))
    assert inline_text(read([Table.of([text], [])])[4]) == tidy(text)


@given(text=TEXT)
def test_a_heading_comes_back_on_one_line(text: str) -> None:
    tokens = read([Heading(3, text)])
    assert [t.type for t in tokens] == ["heading_open", "inline", "heading_close"]
    assert inline_text(tokens[1]) == visible(text).replace("\n", " ").replace("\t", " ").strip()


@given(items=st.lists(TEXT.filter(tidy), min_size=1, max_size=3))
def test_list_items_come_back_each_in_its_own(items: list[str]) -> None:
    tokens = read([Bullets(tuple(items)), Paragraph("後")])
    assert [t.type for t in tokens].count("list_item_open") == len(items)
    expected = "\n\n".join([*map(tidy, items), "後"])
    assert texts(tokens, paragraph("bullet_list", "list_item")) == expected


def test_two_lists_in_a_row_stay_two() -> None:
    kinds = [t.type for t in read([Bullets(("a",)), Bullets(("b",)), Bullets(("c",))])]
    assert kinds.count("bullet_list_open") == 3


@given(cells=st.lists(st.lists(TEXT, max_size=3), min_size=4, max_size=4))
def test_table_cells_come_back_each_in_its_own(cells: list[list[str]]) -> None:
    head = ("\n".join(cells[0]), "x|y")
    rows = tuple((Cell(tuple(a)), Cell(tuple(b))) for a, b in [cells[1:3], (cells[3], ())])
    tokens = read([Paragraph("前"), Table(head, rows)])
    read_cells = [inline_text(t) for t in tokens if t.type == "inline"]
    wanted = [tidy("\n".join(c)) for c in cells]
    assert read_cells == ["前", wanted[0], "x|y", *wanted[1:], ""]


def test_a_narrow_table_lines_up_in_the_source() -> None:
    table = Table.of(["区分", "内容"], [["千葉市", Cell(("一つ", "二つ"))], ["x", "a|b"]])
    assert write(Page((table,))) == (
        "| 区分   | 内容         |\n"
        "| ------ | ------------ |\n"
        "| 千葉市 | 一つ<br>二つ |\n"
        "| x      | a\\|b         |\n"
    )


def test_a_wide_table_is_not_padded() -> None:
    lines = write(Page((Table.of(["a", "b"], [["長い" * 40, ""], ["c", "d"]]),))).splitlines()
    assert lines[:2] == ["| a   | b   |", "| --- | --- |"]
    assert lines[3] == "| c   | d   |"


def test_a_box_is_a_frame_to_write_in() -> None:
    assert write(Page((Box("回答", 2), Paragraph("後")))) == "回答\n\n```\n\n\n```\n\n後\n"
    assert [t.type for t in read([Box("", 3)])] == ["fence"]


def test_plain_japanese_is_not_escaped() -> None:
    text = "採用（2019年度）：AI-OCR、RPA等を試行中。100~200人・〜・※ https://x.jp/a_b!"
    assert write(Page((Paragraph(text),))) == f"{text}\n"


def test_empty_blocks_leave_no_trace() -> None:
    assert write(Page((Paragraph(""), Heading(1, "題"), Bullets(()), Table((), ())))) == "# 題\n"
