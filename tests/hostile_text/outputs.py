"""What the program writes of hostile texts, and how to see that nothing in it acts."""

import csv
import io
import json
import re
import sqlite3
import zipfile
from collections.abc import Callable
from contextlib import closing
from html.parser import HTMLParser
from xml.etree import ElementTree as ET

from cli.harness import run_here
from documents import strict_html
from fieldvisit.harmless import is_formula_like, visible
from fieldvisit.settings import Settings
from privacy.commands import names_for
from test_round_trips import PARSER

ALLOWED = {
    "heading", "paragraph", "bullet_list", "list_item", "table", "thead", "tbody", "tr", "th", "td",
    "inline", "fence",
}  # fmt: skip
CONTROLS = re.compile(
    "[\x00-\x09\x0b-\x1f\x7f-\x9f\u00ad\u061c\u115f\u1160\u180e\u200b\u200e\u200f\u2028-\u202e\u2060-\u206f"
    "\u3164\ufeff\uffa0\ufff9-\ufffb\ufffe\uffff\U000e0001-\U000e007f]"
)


def asked(study: Settings, words: str, *more: str, lang: str = "en") -> bytes:
    """What the program answers; empty if it refuses."""
    with closing(sqlite3.connect(study.study().database)) as database:
        found = database.execute("SELECT handle, id FROM note WHERE seq = 3").fetchone()
    handle, id_ = found or ("", "")
    names = names_for([handle], [handle], [id_], [("ai-rpa/status", "千葉市")])
    typed = words.format(**names).split()
    result = run_here("--study", str(study.study().folder), *typed, *more, lang=lang)
    assert result.code in {0, 1, 2}, result.err
    assert not CONTROLS.search(result.err), result.err
    return result.out_bytes


def assert_harmless(page: str, format_: str) -> None:
    """A tab is text to Markdown and CSV; on a terminal its width would depend on its place."""
    assert visible(page) == page
    assert not CONTROLS.search(page if format_ == "table" else page.replace("\t", " "))


class _Tags(HTMLParser):
    """Collects every tag that an HTML page holds."""

    def __init__(self) -> None:
        super().__init__()
        self.found: set[str] = set()
        self.attributes: set[str] = set()

    def handle_starttag(self, tag: str, attrs: list[tuple[str, str | None]]) -> None:
        self.found.add(tag)
        self.attributes |= {name for name, _value in attrs}


def assert_quiet_table(data: bytes) -> None:
    assert_harmless(data.decode(), "table")


OUR_TAG = re.compile(r"<!-- fieldvisit-(sheet-1|note-1|own):[\w.:-]+ -->\n?")


def assert_quiet_markdown(data: bytes) -> None:
    assert_harmless(data.decode(), "md")
    page = OUR_TAG.sub("", data.decode())  # the comments that we write ourselves
    for token in PARSER.parse(page):
        assert re.sub("_(open|close)$", "", token.type) in ALLOWED, token
        for child in token.children or ():
            harmless = child.type in {"text", "text_special", "hardbreak", "softbreak"}
            assert harmless or (child.type, child.content) == ("html_inline", "<br>"), child
    tags = _Tags()
    tags.feed(PARSER.render(page))
    allowed = {"h1", "h2", "h3", "h4", "p", "ul", "li", "br", "table", "thead", "tbody", "tr", "th",
               "td", "pre", "code"}  # fmt: skip
    assert tags.found <= allowed
    assert tags.attributes <= {"class"}  # of a box: the tag by which it comes back


def assert_quiet_csv(data: bytes) -> None:
    page = data.decode().removeprefix("\ufeff")
    rows = list(csv.reader(io.StringIO(page, newline=""), strict=True))
    for cell in (cell for row in rows for cell in row):
        assert cell.startswith("'") or not is_formula_like(cell), cell
    assert {len(row) for row in rows} <= {len(rows[0])}
    assert_harmless(page.replace("\r\n", "\n"), "csv")


def assert_quiet_json(data: bytes) -> None:
    assert not CONTROLS.search(data.decode())
    json.loads(data)


def assert_quiet_html(data: bytes) -> None:
    strict_html.parsed(data.decode())
    assert_harmless(data.decode(), "html")


# What acts in a file of Word or Excel: fields, links, formulas, what lies elsewhere.
_ACTING = {"instrText", "fldSimple", "hyperlink", "f", "oleObject", "externalReference", "dde"}


def assert_quiet_office(data: bytes) -> None:
    with zipfile.ZipFile(io.BytesIO(data)) as office:
        for name in office.namelist():
            assert re.fullmatch(r"[\w/.\[\]-]+\.(xml|rels)", name), name
            for element in ET.fromstring(office.read(name)).iter():
                acting = element.tag.rpartition("}")[2] in _ACTING
                assert not acting or _is_our_own(element), (name, element.tag, element.text)
                assert element.get("TargetMode") != "External"
                assert not CONTROLS.search((element.text or "").replace("\t", " "))


def _is_our_own(element: ET.Element) -> bool:
    """Tell whether a field is the number of a page, which we write ourselves."""
    words = element.text or " ".join(element.attrib.values())
    return words.strip() in {"PAGE", "NUMPAGES"}


QUIET: dict[str, Callable[[bytes], None]] = {
    "table": assert_quiet_table, "md": assert_quiet_markdown, "csv": assert_quiet_csv,
    "json": assert_quiet_json, "html": assert_quiet_html, "docx": assert_quiet_office,
    "xlsx": assert_quiet_office,
}  # fmt: skip
