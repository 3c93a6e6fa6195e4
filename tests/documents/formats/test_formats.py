"""The table of formats."""

import csv
import io
import re
import subprocess
import sys
from collections.abc import Sequence
from pathlib import Path

import pytest
from hypothesis import example, given
from hypothesis import strategies as st
from markdown_it.token import Token
from msgspec.structs import replace

from fieldvisit.documents.document import Column, Document, Grid
from fieldvisit.documents.formats import FORMATS, by_ending, render
from fieldvisit.documents.formats.csv import write
from fieldvisit.documents.formats.json import write as write_json
from fieldvisit.documents.formats.markdown import write as write_markdown
from fieldvisit.documents.page import Block, Bullets, Heading, Page, Paragraph, Table
from fieldvisit.errors import MissingLibrary, Refused, WrongUsage
from fieldvisit.harmless import is_formula_like, unguarded, visible
from test_round_trips import PARSER, plain, tidy

PAGE_ONLY = Document("sheet", lambda: Page((Heading(1, "調査"),)))
ALL = Document(
    "city list",
    PAGE_ONLY.page,
    grid=lambda: Grid((Column("k", "題"),), (("値",),)),
    shape=lambda: {"cities": [{"name": "千葉市"}]},
)


@pytest.mark.parametrize(
    ("file", "name"),
    [("a.md", "md"), ("表.MARKDOWN", "md"), ("b.Csv", "csv"), ("c.x.json", "json")],
)
def test_the_ending_names_the_format(file: str, name: str) -> None:
    assert by_ending(Path(file)) == name


@pytest.mark.parametrize("file", ["a.doc", "md", "dir.md/file", ""])
def test_another_ending_is_refused_with_the_list(file: str) -> None:
    with pytest.raises(Refused) as refused:
        by_ending(Path(file))
    assert ".md .markdown .csv .json" in refused.value.hint


def test_each_format_is_written() -> None:
    assert render(ALL, "md") == "# 調査\n".encode()
    assert render(ALL, "csv") == "\ufeff題\r\n値\r\n".encode()
    assert render(ALL, "json").decode() == (
        '{\n  "schema": "fieldvisit.city list/1",\n  "cities": [\n    {\n'
        '      "name": "千葉市"\n    }\n  ]\n}\n'
    )


@pytest.mark.parametrize(
    ("document", "name", "hint"),
    [(PAGE_ONLY, "csv", " md"), (PAGE_ONLY, "json", " md"), (ALL, "table", ""), (ALL, "docx", "")],
)
def test_a_format_that_the_document_cannot_take_is_wrong_usage(
    document: Document, name: str, hint: str
) -> None:
    with pytest.raises(WrongUsage, match=name) as wrong:
        render(document, name)
    assert wrong.value.hint.endswith(hint)


@pytest.mark.parametrize(
    ("name", "module", "library", "installed"),
    [("docx", "word", "docx", "python-docx"), ("xlsx", "excel", "openpyxl", "openpyxl defusedxml")],
)
def test_an_absent_library_is_named_with_how_to_install_it(
    name: str, module: str, library: str, installed: str, monkeypatch: pytest.MonkeyPatch
) -> None:
    monkeypatch.setitem(sys.modules, library, None)
    monkeypatch.delitem(sys.modules, f"fieldvisit.documents.formats.{module}", raising=False)
    with pytest.raises(MissingLibrary) as missing:
        render(replace(ALL, sheet=True), name)
    assert installed.replace(" ", ", ") in missing.value.sentence
    assert f"python -m pip install {installed}" in missing.value.hint
    assert f"pipx inject fieldvisit {installed}" in missing.value.hint


def test_formats_are_imported_only_when_used() -> None:
    script = (
        "import sys, fieldvisit.documents.formats as f;"
        "sys.exit(any(m in sys.modules for m in ('csv', 'json', f.__name__ + '.markdown')))"
    )
    assert subprocess.run([sys.executable, "-c", script], check=False).returncode == 0
    assert list(FORMATS) == ["table", "md", "csv", "json", "html", "docx", "xlsx"]


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


@given(text=TEXT)
def test_no_cell_begins_like_a_formula_and_reading_back_gives_the_visible_text(text: str) -> None:
    cell = cells_of(write(grid(text)))[1][0]
    assert not is_formula_like(cell) or cell.startswith("'")
    assert unguarded(cell) == visible(text)


def test_exactly_one_guard_is_added_and_taken_off() -> None:
    assert cells_of(write(grid("'=1")))[1][0] == "''=1"
    assert unguarded("''=1") == "'=1"
    assert unguarded("'引用'") == "'引用'"


VALUES = st.recursive(
    st.none() | st.booleans() | st.integers() | st.text(st.characters()),
    lambda inner: st.lists(inner) | st.dictionaries(st.text(), inner),
    max_leaves=10,
)


@given(value=VALUES)
def test_nothing_in_json_acts_on_a_terminal(value: object) -> None:
    text = write_json({"value": value})
    assert visible(text) == text


def test_what_acts_is_escaped_also_beyond_the_basic_plane() -> None:
    text = write_json({"v": "\x9b\u202e\u2028\ufeff\U000e0041"})
    assert r'"\u009b\u202e\u2028\ufeff\udb40\udc41"' in text


SPECIAL = "\\`*_{}[]()<>#+-.!|~&;:=\"'$@/^ \n\tab1①あ漢、。　"
TRICKS = [
    "# x", "#", "- a", "+", "* * *", "---", "===", "1. a", "12) ", "> q", "```", "~~~\nx",
    "[a](http://x)", "![a](http://x)", "<http://x.y>", "<b>", "<script>alert(1)</script>", "<!--",
    "&amp;", "&#x41;", "&nbsp", "a_b_c", "_a_", "__a__", "*a*", "~~a~~", "[a]: /x", "a|b\n-|-",
    ":-:", "    code", "a\\", "\\\\", "\\|", "a  \nb", "<U+001B>", "foo\nbar\n===", "x #", "a<br>b",
    "- [ ] x", "\x1b[2J",
]  # fmt: skip
TEXT_MARKDOWN = (
    st.text(st.sampled_from(SPECIAL))
    | st.lists(st.sampled_from([*TRICKS, " ", "\n", "あ"])).map("".join)
    | st.text(st.characters(codec="utf-8"))
)


def read(blocks: Sequence[Block]) -> list[Token]:
    return PARSER.parse(write_markdown(Page(tuple(blocks))))


def texts(tokens: Sequence[Token], kinds: set[str]) -> str:
    assert {t.type for t in tokens} <= {"inline", *kinds}, tokens
    return "\n\n".join(plain(t) for t in tokens if t.type == "inline")


def paragraph(*around: str) -> set[str]:
    return {f"{name}_{side}" for name in ("paragraph", *around) for side in ("open", "close")}


@given(text=TEXT_MARKDOWN)
@example("a\n\n\n\nb")
def test_a_paragraph_comes_back_as_it_was(text: str) -> None:
    assert texts(read([Paragraph(text)]), paragraph()) == tidy(text)


@pytest.mark.parametrize("text", TRICKS)
def test_no_trick_acts_in_any_block(text: str) -> None:
    assert texts(read([Paragraph(f"{text}\n{text}")]), paragraph()) == tidy(f"{text}\n{text}")
    assert plain(read([Heading(2, text)])[1]) == tidy(re.sub(r"\s", " ", text))
    assert plain(read([Table.of([text], [])])[4]) == tidy(text)


@given(text=TEXT_MARKDOWN)
def test_a_heading_comes_back_on_one_line(text: str) -> None:
    tokens = read([Heading(3, text)])
    assert [t.type for t in tokens] == ["heading_open", "inline", "heading_close"]
    assert plain(tokens[1]) == visible(text).replace("\n", " ").replace("\t", " ").strip()


@given(items=st.lists(TEXT_MARKDOWN.filter(tidy), min_size=1, max_size=3))
def test_list_items_come_back_each_in_its_own(items: list[str]) -> None:
    tokens = read([Bullets(tuple(items)), Paragraph("後")])
    assert [t.type for t in tokens].count("list_item_open") == len(items)
    expected = "\n\n".join([*map(tidy, items), "後"])
    assert texts(tokens, paragraph("bullet_list", "list_item")) == expected


def test_two_lists_in_a_row_stay_two() -> None:
    kinds = [t.type for t in read([Bullets(("a",)), Bullets(("b",)), Bullets(("c",))])]
    assert kinds.count("bullet_list_open") == 3


@given(cells=st.lists(st.lists(TEXT_MARKDOWN, max_size=3), min_size=4, max_size=4))
def test_table_cells_come_back_each_in_its_own(cells: list[list[str]]) -> None:
    head = ("\n".join(cells[0]), "x|y")
    rows = tuple((tuple(a), tuple(b)) for a, b in [cells[1:3], (cells[3], ())])
    tokens = read([Paragraph("前"), Table(head, rows)])
    read_cells = [plain(t) for t in tokens if t.type == "inline"]
    wanted = [tidy("\n".join(c)) for c in cells]
    assert read_cells == ["前", wanted[0], "x|y", *wanted[1:], ""]


def test_a_narrow_table_lines_up_in_the_source_and_a_wide_one_is_not_padded() -> None:
    table = Table.of(["区分", "内容"], [["千葉市", ("一つ", "二つ")], ["x", "a|b"]])
    assert write_markdown(Page((table,))) == (
        "| 区分   | 内容         |\n"
        "| ------ | ------------ |\n"
        "| 千葉市 | 一つ<br>二つ |\n"
        "| x      | a\\|b         |\n"
    )
    wide = Table.of(["a", "b"], [["長い" * 40, ""], ["c", "d"]])
    lines = write_markdown(Page((wide,))).splitlines()
    assert lines[:2] == ["| a   | b   |", "| --- | --- |"]
    assert lines[3] == "| c   | d   |"


def test_empty_blocks_leave_no_trace() -> None:
    page = Page((Paragraph(""), Heading(1, "題"), Bullets(()), Table((), ())))
    assert write_markdown(page) == "# 題\n"
