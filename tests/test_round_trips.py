"""Round trips: what was typed is found again, letter by letter, in whatever was written of it."""

import json
import re
from collections.abc import Callable
from pathlib import Path

import pytest
from hypothesis import example, given
from hypothesis import strategies as st
from markdown_it import MarkdownIt
from markdown_it.token import Token

import strategies
from conftest import Fresh
from examples import examples
from fieldvisit.actions.editor_sheets import open_summary_sheet, summaries_on
from fieldvisit.actions.write_note import add_note
from fieldvisit.harmless import unguarded, visible
from fieldvisit.settings import Settings
from fieldvisit.study.drafts import close
from fieldvisit.study.fields import NoteFields
from fieldvisit.text import settled
from summarised import (
    Sheet,
    asked,
    came_back,
    exported,
    listed,
    noted,
    rows_of,
    stored_of,
    summed,
)

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
FEW = examples(6)


def tidy(text: str) -> str:
    """What Markdown keeps: no blanks at the ends of lines, no empty lines at the ends."""
    return "\n".join(line.strip() for line in visible(text).split("\n")).strip("\n")


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


def json_gives_back_the_text_itself(study: Settings, wanted: dict[str, str]) -> None:
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


def csv_gives_back_what_can_be_seen(study: Settings, wanted: dict[str, str]) -> None:
    rows = rows_of(asked(study, "note", "list", "--format", "csv"))
    read = {row["handle"]: unguarded(row["text"]) for row in rows}
    assert read == {handle: visible(body) for handle, body in wanted.items()}
    compared = rows_of(asked(study, "compare", "ai-rpa", "--format", "csv"))
    [row] = [row for row in compared if row["handles"]]
    statements = [f"{body} [{handle}]" for handle, body in wanted.items()]
    assert unguarded(row["notes"]) == visible("\n".join(statements))
    assert row["handles"].split() == list(wanted)


def markdown_gives_back_each_cell(study: Settings, wanted: dict[str, str]) -> None:
    cells = cells_of(asked(study, "note", "list"))
    width = cells.index(next(iter(wanted)))
    rows = [cells[at : at + width] for at in range(0, len(cells), width)]
    read = {row[0]: row[rows[0].index("text")] for row in rows[1:]}
    assert read == {handle: tidy(body) for handle, body in wanted.items()}


def a_comparison_holds_each_text_with_its_handle(study: Settings, wanted: dict[str, str]) -> None:
    bullet = "• " if len(wanted) > 1 else ""
    statements = [f"{bullet}{body} [{handle}]" for handle, body in wanted.items()]
    for form in (("--rows", "items"), ("--rows", "cities"), ("--view", "city")):
        data = asked(study, "compare", "ai-rpa", *form)
        [cell] = [cell for cell in cells_of(data) if f"[{next(iter(wanted))}]" in cell]
        if "cities" in form:  # the state stands above, so that empty lines in front are kept
            assert "\n" + tidy("\n".join(["answered", *statements])) + "\n" in cell
        else:
            assert cell == tidy("\n".join(statements)), form


def a_note_on_its_own_page_is_whole(study: Settings, wanted: dict[str, str]) -> None:
    for handle, body in wanted.items():
        tokens = PARSER.parse(asked(study, "note", "show", handle).decode())
        kinds = [token.type for token in tokens]
        until = kinds.index("bullet_list_open")
        paragraphs = [plain(token) for token in tokens[:until] if token.type == "inline"]
        assert paragraphs[0] == f"Note {handle}"
        shown = re.sub("\n{2,}", "\n", "\n".join(paragraphs[2:]))
        assert shown == re.sub("\n{2,}", "\n", tidy(body))


def a_wide_terminal_shows_every_line(study: Settings, wanted: dict[str, str]) -> None:
    with pytest.MonkeyPatch.context() as environment:
        environment.setenv("COLUMNS", "5000")
        page = asked(study, "note", "list", "--format", "table").decode()
        shown = [asked(study, "note", "show", h, "--format", "table").decode() for h in wanted]
    for body, one in zip(wanted.values(), shown, strict=True):
        for line in visible(body).replace("\t", "    ").split("\n"):
            assert line.strip() in page
            assert line.rstrip() in one


@pytest.mark.parametrize(
    "holds",
    [
        json_gives_back_the_text_itself, csv_gives_back_what_can_be_seen,
        markdown_gives_back_each_cell, a_comparison_holds_each_text_with_its_handle,
        a_note_on_its_own_page_is_whole, a_wide_terminal_shows_every_line,
    ],
)  # fmt: skip
@FEW
@given(bodies=some_texts)
@example(bodies=list(TRICKY))
@example(bodies=["\n0"])
def test_what_was_typed_is_found_again(
    fresh_field: Fresh, holds: Callable[[Settings, dict[str, str]], None], bodies: list[str]
) -> None:
    study = fresh_field()
    particulars = NoteFields(place="ai-rpa/status", disclosure="public")
    holds(study, {add_note(study, "chiba-1", body, particulars).handle: body for body in bodies})


FEWER = examples(4)
FENCES = ("```\nx\n```", "````\n```", "``` {cell-0000000000000000}\nx", "~~~\nx", "# 題\n\n- 一")
bodies = texts | st.sampled_from(FENCES)


def ready(fresh: Fresh) -> Settings:
    given_study = fresh()
    noted(given_study, "話")
    noted(given_study, "別の話", where="himeji-1")
    return given_study


@FEWER
@given(body=bodies)
@example(body="\r\n 題 \r\r末 ")
@example(body="a\u200bb\ufeffc\td")
@example(body="0\xa0")
@example(body="一\xa0\n二\u2003\n三")
def test_an_untouched_comparison_or_sheet_never_changes_a_summary(
    fresh_field: Fresh, body: str
) -> None:
    given_study = ready(fresh_field)
    noted(given_study, body)
    summed(given_study, body)
    before = given_study.study().database.read_bytes()
    for encoding in ("utf-8-sig", "cp932"):
        path = exported(given_study).saved(given_study.study().folder / "a.csv", encoding)
        assert came_back(given_study, path) == ([], 1, [])
    with open_summary_sheet(given_study, ["ai-rpa"], [], "all") as opened:
        assert opened.was_left_alone()
        assert stored_of(given_study, summaries_on(opened)) == ([], 1, [])
        close(opened.draft)
    assert given_study.study().database.read_bytes() == before


@FEWER
@given(body=bodies)
@example(body="=1+1")
@example(body="'=1+1")
def test_a_text_written_into_a_comparison_is_stored_letter_by_letter(
    fresh_field: Fresh, body: str
) -> None:
    given_study = ready(fresh_field)
    sheet: Sheet = exported(given_study)
    sheet.row("千葉市")["summary"] = body
    path: Path = sheet.saved(given_study.study().folder / "a.csv")
    found = came_back(given_study, path)
    stored = next((one.summary.body for one in listed(given_study)), None)
    if stored is None:  # what cannot be kept as words is named
        assert [item.text for item in found.waiting] == [body.strip()] or not body.strip()
        return
    typed = body.replace("\r\n", "\n").replace("\r", "\n")
    assert stored in {typed.strip(), typed.removeprefix("'").strip()}
    again = came_back(given_study, path)
    assert (again.stored, again.unchanged) == ([], 1)


def into_box(text: str, at: int, typed: str) -> str:
    """Type into the box of that number, in the place of what stands there."""
    lines = text.split("\n")
    starts = [n for n, line in enumerate(lines) if " {cell-" in line]
    fence = lines[starts[at]].split()[0]
    end = next(n for n in range(starts[at] + 1, len(lines)) if lines[n] == fence)
    return "\n".join([*lines[: starts[at] + 1], typed, *lines[end:]])


@FEWER
@given(body=bodies | strategies.bodies)
@example(body="一\n\n二")
@example(body="```\nx\n```\ny")
def test_what_is_typed_into_a_box_is_stored_or_named(fresh_field: Fresh, body: str) -> None:
    given_study = ready(fresh_field)
    with open_summary_sheet(given_study, ["ai-rpa"], [], "all") as opened:
        opened.draft.path.write_bytes(into_box(opened.start, 0, body).encode())
        found = stored_of(given_study, summaries_on(opened))
    kept = [one.summary.body for one in found.stored] + [item.text for item in found.waiting]
    typed = "".join(visible(settled(body)).split())
    assert len("".join("".join(map(visible, kept)).split())) >= len(typed.replace("`", ""))
    if "`" not in body and "~" not in body:
        assert [settled(one.summary.body) for one in found.stored] == [settled(body)] or (
            [item.text for item in found.waiting] == [settled(body)]
        )
