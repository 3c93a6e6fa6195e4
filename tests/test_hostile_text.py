"""Hostile text: whatever a text holds, it is shown and never acts, and is found again."""

import csv
import io
import json
import re
import sqlite3
from collections.abc import Sequence
from contextlib import closing
from html.parser import HTMLParser
from pathlib import Path

import pytest
import yaml
from markdown_it import MarkdownIt

from cli.harness import run_here
from fieldvisit import language
from fieldvisit.actions.add_city import add_city
from fieldvisit.actions.changing import adopt_city, changing, keep_guides
from fieldvisit.actions.edit_study import add_study_group, edit_study
from fieldvisit.actions.particulars import Particulars, Plan
from fieldvisit.actions.plan_visits import add_visits, edit_visit
from fieldvisit.actions.references import find_any_city
from fieldvisit.actions.set_marks import set_marks
from fieldvisit.actions.write_note import enter_note
from fieldvisit.documents.formats.csv import read_back
from fieldvisit.fieldwork.city import City, CityAttribute
from fieldvisit.harmless import is_formula_like, visible
from fieldvisit.settings import Settings
from privacy import worlds
from privacy.commands import COMPLETED, FORMATS, FROM_NOTES, NOT_FROM_NOTES, SHEETS, shell_offers

TERMINAL = (
    "\x1b[2J", "\x1b[31m赤\x1b[0m", "\x1b]0;題\x07", "\x1b]52;c;aGVsbG8=\x07",
    "\x1b]8;;http://x.invalid\x1b\\k", "\x1bP1$r\x1b\\", "\x1bc", "\x1b(0", "\x1b[6n",
    "\x1b[?1049h", "\x9b31m", "\x9d52;c;x\x9c", "\x90q\x9c",
    *(f"a{chr(code)}b" for code in (*range(1, 9), *range(11, 32), *range(127, 160))), "a\rb",
    "\r\n", "a\tb", "a\x0bb\x0cc", "\x85", "a\u2028b\u2029c",
)  # fmt: skip
UNICODE = (
    "\u202eabc\u202c", "\u202aa\u202bb\u202dc", "\u2066x\u2069", "\u2067x", "\u2068x",
    "\u200ea\u200fb", "\u061ca", "\u200ba", "a\u2060b", "\ufeffa", "a\ufeff", "\u00ada", "\u3164x",
    "\uffa0x", "\u115fx", "\u180ex", "\U000e0001\U000e0041\U000e007f", "\U000e0100",
    "葛\U000e0100城", "👩\u200d👩\u200d👧", "e\u0301", "か\u3099", "Z̸̢̛̗͓͎̈́̐͠a̶͙͝", "\ufffe",
    "\uffff", "\U0001fffe", "\U0010ffff", "𠮷野家", "ﷺ", "٣", "²", "ⅷ", "İi", "ß",
)  # fmt: skip
MARKUP = (
    "[red]x[/red]", "[/foo]", "[link=http://x.invalid]y[/link]", "[bold", "[[x]]", ":smile:",
    ":warning:x", "a\\", "\\[x]", "<b>x</b>", "<script>alert(1)</script>",
    "<img src=x onerror=alert(1)>", "</td></tr>", "<!-- x", "<![CDATA[x]]>", "<?php x ?>",
    "<svg/onload=x>", "<a href='javascript:x'>y</a>", "&lt;&amp;&#60;",
    "![x](http://x.invalid/p.png)", "[x](http://x.invalid)", "[x](javascript:alert(1))",
    "<http://x.invalid>", "[x]: http://x.invalid", "[x][y]", "http://x.invalid",
    "mailto:x@x.invalid", "# 題", "###", "- 一", "* 一", "+ 一", "1. 一", "> 引用", "---", "===",
    "***", "```\nx", "~~~\nx", "    字下げ", "| a | b |\n|---|---|", "|", "a|b", "**a**", "__a__",
    "_a_", "~~a~~", "`a`", "a  \nb", "[ ] x", "- [x] x", ":-:", "\\|", "$$x$$", "{{x}}", "{% x %}",
    "<br>", "x<br>y", "<details>", "<U+001B>", "[abcdefghij]", "• x", "【オフレコ】x",
)  # fmt: skip
FORMULAS = (
    "=1+1", "+1", "-1", "@SUM(A1)", "\t=1", "\r=1", "\n=1", "＝1+1", "＋1", "－1", "＠x", " =1",
    "\u3000=1", "'=1", "\"=1", "\ufeff=1", "=cmd|' /C calc'!A0", "=HYPERLINK(\"http://x.invalid\")",
    "=1;=2", "a,=1", "a\n=1", "x\",=1", "''=1", "\u00a0=1", "%0A=1", "-", "=", "+81-43-245-5111",
    "-5度", "@自治体",
)  # fmt: skip
OTHERS = (
    "%s%n %(x)s", "{0} {x} {x!r}", "{", "}", "$HOME `id` $(id)", "\\$(id)",
    "'; DROP TABLE note; --", "\" OR 1=1", "a\" NEAR b*", "../../etc/passwd", "C:\\CON", "/", "~",
    "-rf", "--help", "@x", "CON", "a;b,c\td", "\"", "'", "NULL", "None", "true", "1e5", "0123",
    "12:30", "2019-02-30", "x" * 5000, "長" * 3000, "a b" * 1000, "?x", "!x", "!!binary x",
    "&x [*x]", "- {", "\\u001b[2J", "\\x1b", "%00", "＜script＞", "\u037e", "⁄",
)  # fmt: skip
BODIES = tuple(
    text
    for text in dict.fromkeys((*TERMINAL, *UNICODE, *MARKUP, *FORMULAS, *OTHERS))
    if "".join(text.split()).strip("?")
)
MARKDOWN = MarkdownIt("commonmark").enable(["table", "strikethrough"])
ALLOWED = {
    "heading", "paragraph", "bullet_list", "list_item", "table", "thead", "tbody", "tr", "th", "td",
    "inline", "fence",
}  # fmt: skip
_CONTROLS = re.compile(
    "[\x00-\x09\x0b-\x1f\x7f-\x9f\u00ad\u061c\u115f\u1160\u180e\u200b\u200e\u200f\u2028-\u202e\u2060-\u206f"
    "\u3164\ufeff\uffa0\ufff9-\ufffb\ufffe\uffff\U000e0001-\U000e007f]"
)


@pytest.fixture(scope="module")
def template(tmp_path_factory: pytest.TempPathFactory) -> Path:
    return worlds.template(tmp_path_factory.mktemp("template") / "study").study().folder


@pytest.fixture(scope="module")
def nasty(tmp_path_factory: pytest.TempPathFactory) -> Settings:
    """A study in which every text that a person can type is hostile."""
    language.use("en")
    given = worlds.template(tmp_path_factory.mktemp("nasty") / "study")
    at = iter(BODIES * 3)
    bad = [next(at) for _ in range(40)]
    whole = " ".join(BODIES[:120])
    edit_study(given, dict.fromkeys(("title", "institute", "purpose", "contact"), whole), {})
    edit_study(given, {}, {"interviewers": bad[:5]})
    add_study_group(given, "bad", whole)
    shown = " ".join(" ".join((*MARKUP, *FORMULAS)).split())
    kept = "".join(sign for sign in shown if sign.isprintable())
    add_city(given, City("", kept, kept, "", "warui", attributes=_ordinary()))
    add_visits(given, ["warui"], Plan(first_day="2019-11-20"))
    roles = [text.replace("/", "").replace("／", "") or "x" for text in bad]
    people = tuple(f"{role}/{role}/x{role}" for role in roles)
    edit_visit(given, "chiba-1", Plan(respondents=people))
    words = Plan(place=whole, contact=whole, consent=whole, interviewers=(f"x{whole}",))
    for handle in ("chiba-1", "himeji-1", "kaku-1", "warui-1"):
        edit_visit(given, handle, words)
    _notes(given)
    for number, text in enumerate(MARKUP[:5] + TERMINAL[:5]):
        state = ("declined", "withheld", "not-asked")[number % 3]
        set_marks(given, "himeji-1", [f"{1 + number % 3}/{1 + number % 4}"], state, text)
    set_marks(given, "himeji-1", ["5/1"], "to-follow", whole, "2019-12-01")
    return given


def _ordinary() -> tuple[CityAttribute, ...]:
    return (CityAttribute("ordinary-city"),)


def _notes(given: Settings) -> None:
    places = ("ai-rpa/status", "unsorted", "hiring", "ai-rpa/effect")
    with changing(given, "note add") as (look, ledger):
        chiba = keep_guides(look, ledger, look.visits[0])
        himeji = adopt_city(look, ledger, find_any_city(look, "姫路市"))
        for number, text in enumerate(BODIES):
            desk = number % 5 == 0
            particulars = Particulars(
                place=places[number % len(places)],
                kind="desk" if desk else "quote",
                disclosure="public" if number % 2 else "group",
                source_title=text,
                source_url=text,
                tags=(text,),
                said_by=None if desk else str(chiba.participants[number % 3]),
            )
            ledger.by = text
            enter_note(look, ledger, himeji if desk else chiba, text, particulars)


def asked(study: Settings, words: str, *more: str, lang: str = "en") -> str:
    with closing(sqlite3.connect(study.study().database)) as database:
        found = database.execute("SELECT handle, id FROM note WHERE seq = 3").fetchone()
    handle, id_ = found or ("", "")
    names = {"seen": handle, "seen4": handle[:4], "gone": handle, "gone4": "x" * 4, "id": id_}
    typed = [word.format(**names) for word in words.split()]
    result = run_here("--study", str(study.study().folder), *typed, *more, lang=lang)
    assert result.code in {0, 1, 2}, result.err
    assert not _CONTROLS.search(result.err), result.err
    return result.out_bytes.decode()


def assert_harmless(page: str, format_: str) -> None:
    """A tab is text to Markdown and CSV; on a terminal its width would depend on its place."""
    assert visible(page) == page
    assert not _CONTROLS.search(page if format_ == "table" else page.replace("\t", " "))


EVERY = (
    *FROM_NOTES, *SHEETS, *NOT_FROM_NOTES, "log", "city show warui", "visit show warui-1",
    "prepare warui-1", "prepare warui-1 --for city",
)  # fmt: skip


def test_the_list_is_long_and_each_text_is_another() -> None:
    assert len(BODIES) > 240
    assert len({*BODIES}) == len(BODIES)


@pytest.mark.parametrize("lang", ["en", "ja"])
@pytest.mark.parametrize("words", EVERY)
@pytest.mark.parametrize("format_", ["md", "table"])
def test_a_page_holds_no_character_that_acts(
    nasty: Settings, words: str, format_: str, lang: str
) -> None:
    page = asked(nasty, words, "--format", format_, lang=lang)
    assert_harmless(page, format_)


@pytest.mark.parametrize("words", EVERY)
def test_json_holds_no_character_that_acts_and_loses_none(nasty: Settings, words: str) -> None:
    page = asked(nasty, words, "--json")
    assert not _CONTROLS.search(page)
    if page:
        json.loads(page)


@pytest.mark.parametrize("words", EVERY)
def test_csv_has_no_live_formula(nasty: Settings, words: str) -> None:
    page = asked(nasty, words, "--format", "csv")
    rows = list(csv.reader(io.StringIO(page.removeprefix("\ufeff"), newline=""), strict=True))
    for row in rows:
        assert len(row) == len(rows[0])
        for cell in row:
            assert cell.startswith("'") or not is_formula_like(cell), cell
            assert not _CONTROLS.search(cell.replace("\t", " ")), cell
    assert_harmless(page.removeprefix("\ufeff").replace("\r\n", "\n"), "csv")


class _Tags(HTMLParser):
    """Collects every tag that an HTML page holds."""

    def __init__(self) -> None:
        super().__init__()
        self.found: set[str] = set()
        self.attributes: set[str] = set()

    def handle_starttag(self, tag: str, attrs: list[tuple[str, str | None]]) -> None:
        self.found.add(tag)
        self.attributes |= {name for name, _value in attrs}


@pytest.mark.parametrize("words", EVERY)
def test_markdown_makes_no_link_image_or_html(nasty: Settings, words: str) -> None:
    assert_plain_markdown(asked(nasty, words, "--format", "md"))


SHEET_TAG = re.compile(r"<!-- fieldvisit-sheet-1:[\w-]{22}:(city|interviewer) -->\n")


def assert_plain_markdown(page: str) -> None:
    page = SHEET_TAG.sub("", page)  # the one comment that we write ourselves
    for token in MARKDOWN.parse(page):
        assert re.sub("_(open|close)$", "", token.type) in ALLOWED, token
        for child in token.children or ():
            harmless = child.type in {"text", "text_special", "hardbreak", "softbreak"}
            assert harmless or (child.type, child.content) == ("html_inline", "<br>"), child
    tags = _Tags()
    tags.feed(MARKDOWN.render(page))
    allowed = {"h1", "h2", "h3", "h4", "p", "ul", "li", "br", "table", "thead", "tbody", "tr", "th",
               "td", "pre", "code"}  # fmt: skip
    assert tags.found <= allowed
    assert tags.attributes <= {"class"}  # of a box: the tag by which it comes back


def test_every_text_is_found_again(nasty: Settings) -> None:
    notes = json.loads(asked(nasty, "note list --json"))["notes"]
    assert sorted(note["body"] for note in notes) == sorted(BODIES)
    assert {note["tags"][0] for note in notes} == {text.strip() for text in BODIES}
    assert {note["source"]["url"] for note in notes} == {*BODIES}
    assert {note["by"] for note in notes} == {*BODIES}
    page = asked(nasty, "note list --format csv").removeprefix("\ufeff")
    rows = list(csv.DictReader(io.StringIO(page, newline="")))
    assert {read_back(row["text"]) for row in rows} == {visible(text) for text in BODIES}


@pytest.mark.parametrize("number", range(0, len(BODIES), 6))
def test_a_search_for_hostile_text_finds_it(nasty: Settings, number: int) -> None:
    text = BODIES[number]
    study = str(nasty.study().folder)
    for format_ in FORMATS:
        result = run_here("--study", study, "search", "--format", format_, "--", text)
        assert result.code == 0, result.err
        assert_harmless(result.out.removeprefix("\ufeff").replace("\r\n", "\n"), format_)
    hits = json.loads(run_here("--study", study, "search", "--json", "--", text).out)["hits"]
    assert text in [hit["body"] for hit in hits]


@pytest.mark.parametrize("words", COMPLETED)
def test_the_shell_is_offered_one_plain_line_each(nasty: Settings, words: str) -> None:
    """Names and words go into a script that the shell evaluates: nothing in them may act."""
    offered = shell_offers(nasty.study().folder, words)
    entries = re.fullmatch(r"_arguments '\*: :\(\((.*)\)\)'", offered.strip(), re.DOTALL)
    for entry in entries[1].split("\n") if entries else []:
        assert re.fullmatch(r'"[\w/-]+(":"[^"\'`$\\;&|<>(){}\[\]*!#~=]*)?"', entry), entry
        assert not _CONTROLS.search(entry)


TYPED = (
    ("visit", "show", "{}"), ("note", "show", "{}"), ("note", "add", "{}", "ai-rpa", "x"),
    ("note", "add", "chiba-1", "{}", "x"), ("note", "add", "chiba-1", "1/{}", "x"),
    ("note", "list", "--topic", "{}"), ("note", "list", "-k", "{}"),
    ("note", "list", "--city", "{}"), ("compare", "{}"), ("compare", "--class", "{}"),
    ("compare", "--study-group", "{}"), ("compare", "--view", "{}"), ("coverage", "{}"),
    ("coverage", "--audience", "{}"), ("status", "--format", "{}"), ("guide", "show", "{}"),
    ("guide", "diff", "it-workforce", "{}"), ("city", "show", "{}"), ("visit", "add", "{}"),
    ("visit", "edit", "chiba-1", "--date", "{}"), ("mark", "chiba-1", "{}", "declined"),
    ("mark", "chiba-1", "hiring", "{}"), ("undo", "{}"), ("draft", "show", "{}"),
    ("draft", "drop", "{}"), ("{}",), ("note", "{}"), ("note", "list", "{}"),
    ("prepare", "chiba-1", "--for", "{}"), ("status", "-o", "{}"), ("--study", "{}", "status"),
    ("--lang", "{}"), ("note", "edit", "{}", "-d", "public"), ("note", "show", "--{}"),
)  # fmt: skip


@pytest.mark.parametrize("words", TYPED)
def test_a_refusal_repeats_hostile_words_harmlessly(
    template: Path, tmp_path: Path, monkeypatch: pytest.MonkeyPatch, words: tuple[str, ...]
) -> None:
    study = worlds.without_off_record(template, tmp_path / "study")
    monkeypatch.chdir(study)
    for text in (*TERMINAL[::4], *UNICODE[::3], *MARKUP[::4], *FORMULAS[::4], *OTHERS[::2]):
        result = run_here(*(word.replace("{}", text) for word in words))
        assert result.code in {0, 1, 2}, (text, result.err)
        assert not _CONTROLS.search(result.err), (text, result.err)
        assert not _CONTROLS.search(result.out), text


def test_hostile_words_of_a_guide_are_shown_and_never_act(template: Path, tmp_path: Path) -> None:
    """A guide is a file that a colleague may have sent."""
    study = worlds.without_off_record(template, tmp_path / "study")
    given = Settings(study, str(study), "t")
    texts = [text for text in BODIES if "\n" not in text and "{" not in text and len(text) < 99]
    file = study / "interview_guides" / "bad.yaml"
    check = ("--study", str(study), "guide", "check", str(file))
    refused = []
    for text in texts:
        file.write_text(_guide_of([text]), encoding="utf-8")
        result = run_here(*check)
        assert result.code in {0, 1}
        assert not _CONTROLS.search(result.err)
        refused += [text] if result.code else []
    kept = [text for text in texts if text not in refused]
    assert len(kept) > 100
    file.write_text(_guide_of(kept), encoding="utf-8")
    assert run_here(*check).code == 0
    edit_visit(given, "otsu-1", Plan(guides=("bad",)))
    for words in ("guide show bad", "prepare otsu-1", "prepare otsu-1 --for city", "guide list",
                  "coverage otsu-1", "compare bad --view city", "compare bad"):  # fmt: skip
        for format_ in ("md", "table"):
            assert_harmless(asked(given, words, "--format", format_), format_)
        assert_plain_markdown(asked(given, words, "--format", "md"))


def _guide_of(texts: Sequence[str]) -> str:
    def words(text: str) -> dict[str, str]:
        return {"ja": text, "en": text}

    whole = " ".join(texts)
    questions = [
        {
            "question": f"q{number}",
            "send": True,
            "ask": words(text),
            "gate": words(text),
            "probes": [words(text)],
        }
        for number, text in enumerate(texts)
    ]
    topics = [{"topic": "bad", "title": words(whole), "questions": questions}]
    head = {"guide": "bad", "version": "1", "title": words(whole), "source": words(whole)}
    return yaml.safe_dump({**head, "topics": topics}, sort_keys=False)
