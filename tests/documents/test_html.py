"""HTML, read back by a parser that knows what may stand in it: every text kept, none acts."""

import re

import pytest
from hypothesis import example, given
from hypothesis import strategies as st

from documents.strict_html import expected, found, head_in_style, made, parsed, texts
from fieldvisit.documents.formats.html import write
from fieldvisit.documents.page import Box, Bullets, Cell, Facts, Heading, Page, Paragraph, Table
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
    | st.builds(lambda texts: Table(("x",), ((Cell(tuple(texts)),),)), TEXTS)
    | st.builds(Box, TEXT, st.integers(0, 9), TEXT, TEXT)
)
PAGES = st.builds(Page, st.lists(BLOCKS, max_size=4).map(tuple), TEXT, TEXT)


@given(page=PAGES)
@example(Page((Heading(3, "a"), Paragraph("b"), Heading(2, "c"), Heading(4, "d"))))
def test_every_text_comes_back_from_its_own_element(page: Page) -> None:
    root = parsed(write(page))
    assert texts(found(root, "body")) == expected(page)
    tags = [block.tag for block in page.blocks if isinstance(block, Box) and block.tag]
    assert [e.get("data-tag") for e in root.iter() if e.get("data-tag")] == list(map(visible, tags))
    assert found(root, "body/main").get("data-sheet", "") == visible(page.sheet)


@given(page=PAGES)
def test_nothing_that_acts_or_hides_is_in_the_file(page: Page) -> None:
    html = write(page)
    assert not acting().search(html)
    assert html == write(page)
    html.encode()


@given(head=TEXT)
def test_the_head_is_a_string_of_the_style_and_changes_nothing_else(head: str) -> None:
    assert head_in_style(made(head=head)) == (one_line(head), head_in_style(made())[1])


@pytest.mark.parametrize("trick", TRICKS)
def test_no_trick_acts_in_any_place(trick: str) -> None:
    def page(text: str) -> Page:
        table = Table.of([text, text], [[text, text]])
        blocks = (Heading(1, text), Paragraph(text, quiet=True), Bullets((text,)),
                  Facts(((text, text),)), table, Box(text, 2, text, text))  # fmt: skip
        return Page(blocks, text, text)

    def elements(text: str) -> list[str]:
        return [e.tag for e in parsed(write(page(text))).iter() if e.tag != "br"]

    assert elements(f"{trick}{trick}") == elements("x")


def test_the_style_loads_nothing() -> None:
    style = head_in_style(made(head="x"))[1]
    assert not re.search(r"url|@import|//|expression|src", style)
    assert set(re.findall(r"@[\w-]+", style)) == {
        "@media", "@page", "@top-left", "@bottom-center",
    }  # fmt: skip


def test_the_parser_of_these_tests_refuses_what_acts() -> None:
    page = write(Page((Paragraph("@"),)))
    for bad in ("<script>x</script>", "<b>x</b>", "<p>x</p>", "<br onclick=x>", "<!-- x -->",
                "</p>", "<a href=x>y</a>", "<img src=x>", "<?x ?>"):  # fmt: skip
        with pytest.raises((AssertionError, KeyError)):
            parsed(page.replace("@", bad))
