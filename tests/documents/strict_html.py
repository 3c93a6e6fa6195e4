"""A parser of HTML that knows which elements and attributes may stand in it."""

import re
from collections.abc import Iterable
from html.parser import HTMLParser
from xml.etree.ElementTree import Element, TreeBuilder

from fieldvisit.documents.formats.html import write
from fieldvisit.documents.page import Block, Box, Bullets, Facts, Heading, Page, Paragraph, Table
from fieldvisit.harmless import one_line, visible

# What may stand in what, and which attributes it may have.
_TEXT = {"br"}
_BLOCKS = {"h1", "h2", "h3", "h4", "p", "ul", "dl", "div"}
INSIDE = {
    "": {"html"}, "html": {"head", "body"}, "head": {"meta", "title", "style"},
    "body": {"header", "main"}, "header": {"p"}, "main": {"section", *_BLOCKS}, "section": _BLOCKS,
    "ul": {"li"}, "dl": {"div"}, "div": {"dt", "dd", "p", "div", "table"},
    "table": {"thead", "tbody"}, "thead": {"tr"}, "tbody": {"tr"}, "tr": {"th", "td"},
    "th": {"p"}, "td": {"p"},
    **dict.fromkeys(["h1", "h2", "h3", "h4", "p", "li", "dt", "dd"], _TEXT),
}  # fmt: skip
ATTRIBUTES = {
    "html": {"lang": "en|ja"}, "body": {"class": "wide"}, "main": {"data-sheet": ".*"},
    "meta": {"charset": ".*", "name": ".*", "http-equiv": ".*", "content": ".*"},
    "p": {"class": "quiet|label"}, "tr": {"class": "long"},
    "ul": {"class": "long"},
    "div": {"class": "table( many)?|box|room", "style": r"--lines: \d+", "data-tag": ".*"},
    "th": {"scope": "col|row", "class": "short"},
}  # fmt: skip
HEAD = [
    {"charset": "utf-8"},
    {"http-equiv": "Content-Security-Policy",
     "content": "default-src 'none'; style-src 'unsafe-inline'"},
    {"name": "viewport", "content": "width=device-width, initial-scale=1"},
    {"name": "format-detection", "content": "telephone=no, date=no, address=no, email=no"},
]  # fmt: skip
TEXT_HOLDERS = {"h1", "h2", "h3", "h4", "p", "li", "dt", "dd"}
_CSS_STRING = re.compile(r'content: (none|"(?:[^"\\\n]|\\[0-9a-f]{1,6} )*"); vertical-align')


class _Strict(HTMLParser):
    """A parser that fails on whatever a page may not hold, and makes a tree of the rest."""

    def __init__(self) -> None:
        super().__init__()
        self.open = [""]
        self.tree = TreeBuilder()

    def handle_starttag(self, tag: str, attrs: list[tuple[str, str | None]]) -> None:
        assert tag in INSIDE[self.open[-1]], (self.open, tag)
        given = {name: value or "" for name, value in attrs}
        assert len(given) == len(attrs)
        for name, value in given.items():
            assert re.fullmatch(ATTRIBUTES[tag][name], value, re.DOTALL), (tag, name, value)
        self.tree.start(tag, given)
        if tag in {"br", "meta"}:
            self.tree.end(tag)
        else:
            self.open.append(tag)

    def handle_endtag(self, tag: str) -> None:
        assert self.open.pop() == tag
        self.tree.end(tag)

    def handle_data(self, data: str) -> None:
        if self.open[-1] not in {*TEXT_HOLDERS, "title", "style"}:
            assert data.strip("\n") == "", (self.open, data)
        if self.open[-1]:
            self.tree.data(data)

    def handle_comment(self, data: str) -> None:
        raise AssertionError(data)

    handle_pi = unknown_decl = handle_comment

    def handle_decl(self, decl: str) -> None:
        assert (self.open, decl) == ([""], "DOCTYPE html")


def parsed(html: str) -> Element:
    """The html element of a file in which stands nothing but what may."""
    parser = _Strict()
    parser.feed(html)
    parser.close()
    assert parser.open == [""]
    return parser.tree.close()


def made(*blocks: Block, head: str = "", sheet: str = "") -> Element:
    return parsed(write(Page(blocks, head, sheet)))


def every_block(text: str) -> tuple[Block, ...]:
    """A block of every kind that holds nothing but the text, which stands there eleven times."""
    table = Table.of([text, text], [[text, text]])
    return (Heading(1, text), Paragraph(text, quiet=True), Bullets((text,)),
            Facts(((text, text),)), table, Box(text, 2, text, text))  # fmt: skip


def text_of(element: Element) -> str:
    return (element.text or "") + "".join("\n" + (br.tail or "") for br in element)


def texts(root: Element) -> list[tuple[str, str]]:
    """Every element below ``root`` that holds text, with it."""
    return [(e.tag, text_of(e)) for e in root.iter() if e.tag in TEXT_HOLDERS]


def found(root: Element, path: str) -> Element:
    element = root.find(path)
    assert element is not None, path
    return element


def expected(page: Page) -> list[tuple[str, str]]:
    """What a page holds, as elements; empty texts leave none but in lists of facts."""
    shown = [("p", page.head), *(text for block in page.blocks for text in texts_of(block))]
    return [(tag, visible(text)) for tag, text in shown if text or tag in {"dt", "dd"}]


def texts_of(block: Block) -> Iterable[tuple[str, str]]:
    """The texts of a block, each with the element that is to hold it."""
    match block:
        case Heading(level, text):
            return [(f"h{level}", one_line(text))]
        case Paragraph(text):
            return [("p", text)]
        case Bullets(items):
            return [("li", item) for item in items]
        case Facts(items):
            return [pair for name, value in items for pair in (("dt", name), ("dd", value))]
        case Table(head, rows):
            cells = [text for row in rows for cell in row for text in cell]
            return [("p", text) for text in (*head, *cells)]
        case Box(label, _lines, _tag, text):
            return [("p", label), ("p", text)]


def unescaped(css: str) -> str:
    """What a string of CSS stands for."""
    return re.sub(r"\\([0-9a-f]{1,6})\s?", lambda found: chr(int(found[1], 16)), css.strip('"'))


def head_in_style(root: Element) -> tuple[str, str]:
    """The text on top of each printed page, and the style without it."""
    style = found(root, "head/style").text or ""
    [written] = _CSS_STRING.findall(style)
    return ("" if written == "none" else unescaped(written)), style.replace(written, "none")
