"""Round trips: what was typed is found again, letter by letter, in whatever was written of it.

JSON gives back the text itself. CSV and Markdown give back `visible(text)`: what would act or
hide is shown as `<U+…>` there and CRLF is a line feed; Markdown also drops blanks at the ends of
lines and empty lines at the ends of a text. Readers here are others than our writers.
"""

import csv
import io
import json
import re
from collections.abc import Iterable, Sequence
from itertools import product
from typing import Any

import pytest
from hypothesis import HealthCheck, example, given, settings
from hypothesis import strategies as st
from markdown_it import MarkdownIt
from markdown_it.token import Token

import strategies
from cli.harness import run_here
from conftest import Fresh
from fieldvisit.actions.changing import changing, keep_guides
from fieldvisit.actions.particulars import Particulars
from fieldvisit.actions.write_note import add_note, enter_note
from fieldvisit.documents.formats.csv import read_back
from fieldvisit.fieldwork.terms import AUDIENCES, DISCLOSURES, KINDS
from fieldvisit.harmless import visible
from fieldvisit.settings import Settings
from privacy.worlds import EXAMPLES

PARSER = MarkdownIt("commonmark").enable(["table", "strikethrough"])
TRICKY = (
    "# 題", "- 一\n- 二", "| a | b |\n| - | - |", "一行目\r\n二行目\r三行目",
    "  字下げ\n\n\n空き  ", "a\\\nb", "<br>", "<!-- x -->", "[k](javascript:x)",
    "**太字** _斜体_ ~~消~~", "```\nx\n```", "&lt;&#38;", "=SUM(A1)", "'=1", "＝1", "\t=1", "-1",
    "@x", '"a","b"', "a;b\tc", "[abcdefghij]", "\ufeff=1", "• 一\n• 二", "【要確認】",
    "【オフレコ】x", "末尾 [zzzzzzzzzz]", "\n前", "0123", "1e5", "TRUE", "#N/A",
)  # fmt: skip
texts = (
    strategies.bodies
    | st.sampled_from(TRICKY)
    | st.text(st.sampled_from("\\`*_[]()<>#+-.!|~&:=\"' \n\tあ漢、。　・1a"), min_size=1).filter(
        lambda text: bool("".join(text.split()).strip("?"))
    )
)
some_texts = st.lists(texts, min_size=1, max_size=4)
FEW = settings(max_examples=EXAMPLES // 2, suppress_health_check=[HealthCheck.too_slow])


def tidy(text: str) -> str:
    """What Markdown keeps: no blanks at the ends of lines, no empty lines at the ends."""
    return "\n".join(line.strip() for line in visible(text).split("\n")).strip("\n")


def asked(study: Settings, *words: str) -> bytes:
    result = run_here("--study", str(study.study().folder), *words)
    assert result.code == 0, result.err
    return result.out_bytes


def with_notes(study: Settings, bodies: Sequence[str]) -> list[str]:
    """Store each text as a public note on a question of its own visit; return the handles."""
    particulars = Particulars(place="ai-rpa/status", disclosure="public")
    return [add_note(study, "chiba-1", body, particulars).handle for body in bodies]


def rows_of(data: bytes) -> list[dict[str, str]]:
    return list(csv.DictReader(io.StringIO(data.decode("utf-8-sig"), newline="")))


def cells_of(data: bytes) -> list[str]:
    """The cells of every table on a Markdown page, read by a parser that is not ours."""
    found, inside = [], False
    for token in PARSER.parse(data.decode()):
        inside = (inside or token.type == "table_open") and token.type != "table_close"
        if inside and token.type == "inline":
            found.append(plain(token))
    return found


def plain(token: Token) -> str:
    """The text of a cell or paragraph; anything but text and line breaks fails."""
    parts = []
    for child in token.children or ():
        if child.type == "hardbreak" or (child.type, child.content) == ("html_inline", "<br>"):
            parts.append("\n")
        else:
            assert child.type in {"text", "text_special"}, child
            parts.append(child.content)
    return "\n".join(line.strip() for line in "".join(parts).split("\n"))


@FEW
@given(bodies=some_texts)
@example(bodies=list(TRICKY))
def test_json_gives_back_the_text_itself(fresh_field: Fresh, bodies: list[str]) -> None:
    study = fresh_field()
    handles = with_notes(study, bodies)
    wanted = dict(zip(handles, bodies, strict=True))
    listed = json.loads(asked(study, "note", "list", "--json"))
    assert {note["handle"]: note["body"] for note in listed["notes"]} == wanted
    compared = json.loads(asked(study, "compare", "ai-rpa", "--json"))
    cells = [c for t in compared["topics"] for city in t["cities"] for c in city["cells"]]
    assert {n["handle"]: n["body"] for cell in cells for n in cell["notes"]} == wanted
    for handle, body in wanted.items():
        shown = json.loads(asked(study, "note", "show", handle, "--json"))
        assert shown["note"]["body"] == body
        past = json.loads(asked(study, "note", "history", handle, "--json"))
        assert [revision["body"] for revision in past["revisions"]] == [body]


@FEW
@given(bodies=some_texts)
@example(bodies=list(TRICKY))
def test_csv_gives_back_what_can_be_seen_of_the_text(fresh_field: Fresh, bodies: list[str]) -> None:
    study = fresh_field()
    handles = with_notes(study, bodies)
    rows = rows_of(asked(study, "note", "list", "--format", "csv"))
    read = {row["handle"]: read_back(row["text"]) for row in rows}
    assert read == {h: visible(body) for h, body in zip(handles, bodies, strict=True)}
    compared = rows_of(asked(study, "compare", "ai-rpa", "--format", "csv"))
    [row] = [row for row in compared if row["handles"]]
    statements = [f"{body} [{h}]" for h, body in zip(handles, bodies, strict=True)]
    assert read_back(row["notes"]) == visible("\n".join(statements))
    assert row["handles"].split() == handles


@FEW
@given(bodies=some_texts)
@example(bodies=list(TRICKY))
def test_markdown_gives_back_the_text_of_each_cell(fresh_field: Fresh, bodies: list[str]) -> None:
    study = fresh_field()
    handles = with_notes(study, bodies)
    cells = cells_of(asked(study, "note", "list"))
    width = cells.index(handles[0])
    rows = [cells[at : at + width] for at in range(0, len(cells), width)]
    read = {row[0]: row[rows[0].index("text")] for row in rows[1:]}
    assert read == {h: tidy(body) for h, body in zip(handles, bodies, strict=True)}


FORMS = (("--rows", "items"), ("--rows", "cities"), ("--view", "city"))


@FEW
@given(bodies=some_texts, form=st.sampled_from(FORMS))
@example(bodies=list(TRICKY), form=FORMS[0])
@example(bodies=list(TRICKY), form=FORMS[1])
@example(bodies=list(TRICKY), form=FORMS[2])
def test_a_comparison_in_markdown_holds_each_text_with_its_handle(
    fresh_field: Fresh, bodies: list[str], form: tuple[str, str]
) -> None:
    study = fresh_field()
    handles = with_notes(study, bodies)
    data = asked(study, "compare", "ai-rpa", *form)
    [cell] = [cell for cell in cells_of(data) if f"[{handles[0]}]" in cell]
    bullet = "• " if len(bodies) > 1 else ""
    wanted = [f"{bullet}{b} [{h}]" for b, h in zip(bodies, handles, strict=True)]
    text = tidy("\n".join(wanted))
    if form == FORMS[1]:
        assert f"\nanswered\n{text}\n" in cell
    else:
        assert cell == text


@FEW
@given(bodies=some_texts)
@example(bodies=list(TRICKY))
def test_a_note_on_its_own_page_gives_back_its_text(fresh_field: Fresh, bodies: list[str]) -> None:
    study = fresh_field()
    for handle, body in zip(with_notes(study, bodies), bodies, strict=True):
        tokens = PARSER.parse(asked(study, "note", "show", handle).decode())
        kinds = [token.type for token in tokens]
        until = kinds.index("bullet_list_open")
        paragraphs = [plain(token) for token in tokens[:until] if token.type == "inline"]
        assert paragraphs[0] == f"Note {handle}"
        assert re.sub("\n{2,}", "\n", "\n".join(paragraphs[2:])) == re.sub(
            "\n{2,}", "\n", tidy(body)
        )


@FEW
@given(bodies=some_texts)
@example(bodies=list(TRICKY))
def test_a_wide_terminal_shows_every_line_of_the_text(
    fresh_field: Fresh, bodies: list[str]
) -> None:
    study = fresh_field()
    handles = with_notes(study, bodies)
    with pytest.MonkeyPatch.context() as environment:
        environment.setenv("COLUMNS", "5000")
        page = asked(study, "note", "list", "--format", "table").decode()
        shown = [asked(study, "note", "show", h, "--format", "table").decode() for h in handles]
    for body, one in zip(bodies, shown, strict=True):
        for line in visible(body).replace("\t", "    ").split("\n"):
            assert line.strip() in page
            assert line.rstrip() in one


@pytest.fixture
def mixed(field: Settings) -> Settings:
    """Notes of every kind and level, filed nowhere, under a topic, a question, and several."""
    places: Iterable[tuple[str, tuple[str, ...]]] = (
        ("unsorted", ()), ("ai-rpa", ()), ("ai-rpa/effect", ("hiring",)), ("other", ()),
    )  # fmt: skip
    with changing(field, "note add") as (look, ledger):
        visit = keep_guides(look, ledger, look.visits[0])
        city = look.cities["282014"]
        every = product(KINDS, DISCLOSURES, places)
        for number, (kind, level, (place, also)) in enumerate(every):
            owner = city if kind in {"desk", "remark"} and number % 2 else visit
            given = Particulars(place=place, kind=kind, disclosure=level, also=also)
            enter_note(look, ledger, owner, f"第{number}文。", given)
    return field


def notes_seen(study: Settings, audience: str) -> list[dict[str, Any]]:
    found = json.loads(asked(study, "note", "list", "--json", "--audience", audience))["notes"]
    assert isinstance(found, list)
    return found


@pytest.mark.parametrize("audience", AUDIENCES)
def test_every_note_that_may_be_seen_is_in_the_list_once(mixed: Settings, audience: str) -> None:
    levels = {"public": {"public"}, "group": {*DISCLOSURES} - {"off-record"}}
    notes = notes_seen(mixed, audience)
    assert {note["disclosure"] for note in notes} == levels.get(audience, {*DISCLOSURES})
    assert len({note["handle"] for note in notes}) == len(notes)
    assert len(notes) == len(KINDS) * 4 * len(levels.get(audience, DISCLOSURES))


@pytest.mark.parametrize("audience", AUDIENCES)
@pytest.mark.parametrize("way", [(), ("--view", "city"), ("--rows", "cities"), ("--rows", "items")])
def test_every_filed_note_that_may_be_seen_stands_in_each_of_its_places(
    mixed: Settings, audience: str, way: tuple[str, ...]
) -> None:
    """Notes without a topic have no place in a comparison; `note list --unsorted` holds them."""
    filed = [note for note in notes_seen(mixed, audience) if note["topic"]]
    places = {note["handle"]: 1 + len(note["also"]) for note in filed}
    page = asked(mixed, "compare", *way, "--audience", audience).decode()
    assert {h: page.count(f"\\[{h}]") for h in places} == places
    cells = rows_of(asked(mixed, "compare", *way, "--audience", audience, "--format", "csv"))
    listed = [handle for row in cells for handle in row["handles"].split()]
    assert {h: listed.count(h) for h in places} == places
    shape = json.loads(asked(mixed, "compare", *way, "--audience", audience, "--json"))
    inside = [
        note["handle"]
        for topic in shape["topics"]
        for city in topic["cities"]
        for cell in city["cells"]
        for note in cell["notes"]
    ]
    assert {h: inside.count(h) for h in places} == places
    assert len(inside) == sum(places.values())


def test_notes_without_a_topic_are_listed_apart(mixed: Settings) -> None:
    unsorted = json.loads(asked(mixed, "note", "list", "--unsorted", "--json"))["notes"]
    assert [note["handle"] for note in unsorted] == [
        note["handle"] for note in notes_seen(mixed, "group") if not note["topic"]
    ]
    sheet = asked(mixed, "prepare", "chiba-1").decode()
    here = [note["handle"] for note in unsorted if note["city"]["name"] == "千葉市"]
    assert here
    assert all(f"[{handle}]" in sheet for handle in here)


@pytest.mark.parametrize(
    "words",
    ["note list", "compare", "compare --view city", "compare --rows cities", "prepare chiba-1",
     "prepare himeji-1", "search 文"],
)  # fmt: skip
@pytest.mark.parametrize("format_", ["md", "csv", "table"])
@pytest.mark.parametrize("lang", ["en", "ja"])
def test_every_statement_carries_the_handle_that_leads_back(
    mixed: Settings, words: str, format_: str, lang: str, monkeypatch: pytest.MonkeyPatch
) -> None:
    if words.startswith("prepare") and format_ == "csv":
        return  # its rows carry tags instead, see tests/documents
    monkeypatch.setenv("COLUMNS", "5000")
    handles = {note["body"]: note["handle"] for note in notes_seen(mixed, "group")}
    folder = str(mixed.study().folder)
    page = run_here("--study", folder, *words.split(), "--format", format_, lang=lang).out
    pieces = re.findall(r"(第\d+文。)([^第]*)", page)
    if words.startswith("prepare"):  # notes of the visit stand in boxes, their handles above them
        boxed = [body for body, after in pieces if f"[{handles[body]}]" not in after]
        assert all(handles[body] in page.split(body)[0] for body in boxed)
        pieces = [(body, after) for body, after in pieces if body not in boxed]
        assert len(boxed) + len(pieces) > 10
    else:
        assert len(pieces) > 10
    by_row = words in {"note list", "search 文"}
    rows = page.split("\n")
    for body, after in pieces:
        whole = next(row for row in rows if body in row) if by_row else after
        assert handles[body] in whole
