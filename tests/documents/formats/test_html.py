"""HTML, read back by a parser that knows what may stand in it: every text kept, none acts."""

import re

import pytest
from hypothesis import example, given
from hypothesis import strategies as st

from documents.strict_html import (
    HEAD,
    every_block,
    expected,
    found,
    head_in_style,
    made,
    parsed,
    text_of,
    texts,
)
from fieldvisit import language
from fieldvisit.documents.formats.html import write
from fieldvisit.documents.page import Block, Box, Bullets, Facts, Heading, Page, Paragraph, Table
from fieldvisit.harmless import acting, one_line, visible
from hostile_text.texts import BODIES
from strategies import HARD

SPECIAL = "&<>\"'=/;#x-!\\ \n\tab1①あ漢、。　`$%{}()[]"
TRICKS = [
    "<b>", "</p>", "</main>", "</style>", "</title>", "<!--", "-->", "<![CDATA[", "]]>", "<?x?>",
    "<script>alert(1)</script>", "<img src=http://x.invalid onerror=x>",
    "<a href=//x.invalid>y</a>",
    "<svg/onload=x>", "javascript:x", "\" onclick=\"x", "' style='x", "&amp;", "&lt;", "&#60;",
    "&#x3c", "&nbsp", "&notit;", "<", "<<", "<x", "</", "$head", "${head}", "$$", "%s", "\\3c ",
    "\\", "\";}</style>", "*/", "/*", "url(//x.invalid)", "@import 'x'", "}", "\u202e", "\x00",
    "\x0c", "\r", "<br>", "&#0;", "a  b", " a ", "　a　", "\n", "a\nb", "<plaintext>", "<textarea>",
]  # fmt: skip
TEXT = (
    st.text(st.sampled_from(SPECIAL))
    | st.lists(st.sampled_from([*TRICKS, *HARD, " ", "\n", "あ"])).map("".join)
    | st.text(st.characters(codec="utf-8"))
    | st.sampled_from(BODIES)
)
TEXTS = st.lists(TEXT, max_size=3)
BLOCKS = (
    st.builds(Heading, st.integers(1, 4), TEXT)
    | st.builds(Paragraph, TEXT, st.booleans())
    | st.builds(Bullets, TEXTS.map(tuple))
    | st.builds(Facts, st.lists(st.tuples(TEXT, TEXT), max_size=2).map(tuple))
    | st.builds(lambda head, row: Table.of(head, [row, head]), *[st.tuples(TEXT, TEXT)] * 2)
    | st.builds(lambda texts: Table(("x",), ((tuple(texts),),)), TEXTS)
    | st.builds(Box, TEXT, st.integers(0, 9), TEXT, TEXT)
)
PAGES = st.builds(Page, st.lists(BLOCKS, max_size=4).map(tuple), TEXT, TEXT)


@given(page=PAGES)
@example(Page((Heading(3, "a"), Paragraph("b"), Heading(2, "c"), Heading(4, "d"))))
def test_every_text_comes_back_from_its_own_element_and_none_acts_or_hides(page: Page) -> None:
    html = write(page)
    assert not acting().search(html)
    assert html == write(page)
    html.encode()
    root = parsed(html)
    assert texts(found(root, "body")) == expected(page)
    tags = [block.tag for block in page.blocks if isinstance(block, Box) and block.tag]
    assert [e.get("data-tag") for e in root.iter() if e.get("data-tag")] == list(map(visible, tags))
    assert found(root, "body/main").get("data-sheet", "") == visible(page.sheet)
    assert head_in_style(root)[0] == one_line(page.head)


@pytest.mark.parametrize("trick", TRICKS)
def test_no_trick_acts_in_any_place(trick: str) -> None:
    def elements(text: str) -> list[str]:
        root = made(*every_block(text), head=text, sheet=text)
        return [e.tag for e in root.iter() if e.tag != "br"]

    assert elements(f"{trick}{trick}") == elements("x")


def test_the_style_loads_nothing() -> None:
    style = head_in_style(made(head="x"))[1]
    assert not re.search(r"url|@import|//|expression|src", style)
    assert set(re.findall(r"@[\w-]+", style)) == {
        "@media", "@page", "@top-left", "@bottom-center",
    }  # fmt: skip


@pytest.mark.parametrize("spoken", ["ja", "en"])
def test_the_head_says_language_policy_and_title(spoken: str) -> None:
    language.use(spoken)
    blocks = Paragraph("前"), Heading(2, "題\n<1>"), Heading(1, "二"), Paragraph("注", quiet=True)
    html = write(Page(blocks))
    assert html.startswith(
        f'<!DOCTYPE html>\n<html lang="{spoken}">\n<head>\n<meta charset="utf-8">'
    )
    root = parsed(html)
    assert [meta.attrib for meta in root.iter("meta")] == HEAD
    assert found(root, "head/title").text == "題 <1>"
    assert [p.get("class") for p in root.iter("p")] == [None, "quiet"]


def test_a_question_and_what_belongs_to_it_stand_in_one_section() -> None:
    root = made(
        Heading(1, "題"), Heading(2, "項目"), Paragraph("a"), Heading(3, "問一"), Box("回答"),
        Heading(3, "問二"), Paragraph("b"), Box(), Heading(2, "項目"), Paragraph("c"),
    )  # fmt: skip
    main = found(root, "body/main")
    assert [child.tag for child in main] == ["h1", "h2", "p", "section", "section", "h2", "p"]
    assert [[child.tag for child in one] for one in main.iter("section")] == [
        ["h3", "div"], ["h3", "p", "div"],
    ]  # fmt: skip


def test_a_box_is_as_high_as_its_lines_and_holds_its_text() -> None:
    box = found(made(Box("回答", 6, "tag", "書いて\nある")), "body/main/div")
    label, room = box
    assert (label.get("class"), text_of(label)) == ("label", "回答")
    assert room.attrib == {"class": "room", "style": "--lines: 6"}
    assert texts(room) == [("p", "書いて\nある")]
    assert [child.tag for child in found(made(Box("", 2)), "body/main/div")] == ["div"]


def test_a_table_names_its_columns_and_rows() -> None:
    table = Table.of(["番号", "質問"], [["1/1", ("一つ", "二つ")], ["とても長い名前の行", ""]])
    root = found(made(table), "body/main/div/table")
    head, rows = root
    assert [(th.get("scope"), th.get("class")) for th in head.iter("th")] == [
        ("col", "short"), ("col", None),
    ]  # fmt: skip
    assert [(th.get("scope"), th.get("class")) for th in rows.iter("th")] == [
        ("row", "short"), ("row", None),
    ]  # fmt: skip
    assert [len(list(td)) for td in rows.iter("td")] == [2, 0]


@pytest.mark.parametrize(
    ("columns", "paper", "wide"), [(5, "A4 portrait", None), (6, "A4 landscape", "wide")]
)
def test_many_columns_turn_the_paper(columns: int, paper: str, wide: str | None) -> None:
    root = made(Paragraph("x"), Table.of(["x"] * columns, []))
    assert f"size: {paper};" in (found(root, "head/style").text or "")
    assert found(root, "body").get("class") == wide


@pytest.mark.parametrize(("length", "view"), [(750, None), (751, "long")])
def test_rows_and_lists_of_much_text_may_break_across_sheets(length: int, view: str | None) -> None:
    root = made(Table.of(["a", "b"], [["x", "長" * length]]), Bullets(("長" * length,) * 2))
    assert [tr.get("class") for tr in root.iter("tr")] == [None, view]
    assert found(root, "body/main/ul").get("class") == view


@pytest.mark.parametrize(
    "block", [Paragraph(""), Heading(2, ""), Bullets(()), Facts(()), Table((), ())]
)
def test_an_empty_block_leaves_no_trace(block: Block) -> None:
    assert list(found(made(block), "body/main")) == []
