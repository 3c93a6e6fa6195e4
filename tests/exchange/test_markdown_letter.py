"""Letters in Markdown: out, filled in, and back."""

import re
from pathlib import Path

import pytest
from hypothesis import given
from hypothesis import strategies as st

import strategies
from examples import examples
from fieldvisit.documents.confirmation_letter import choice
from fieldvisit.documents.formats import markdown
from fieldvisit.documents.page import Page, Table
from fieldvisit.exchange.markdown_letter import read
from letters import in_markdown, letter, replies

BODIES = (
    "専門職は12名。\n委託3名。",
    "表の|縦線と<br>と\\、~~消さない~~ *星*。",
    "# 見出しではない",
)


def filled(path: Path, number: int, change: str, correction: str) -> None:
    text = path.read_text("utf-8")
    rows = [line for line in text.split("\n") if "fieldvisit-note" in line]
    old = rows[number - 1]
    new = re.sub(
        rf"\| {re.escape(choice())} +\| +\|$", lambda _m: f"| {change} | {correction} |", old
    )
    assert old != new
    path.write_text(text.replace(old, new), "utf-8")


def as_typed(text: str) -> str:
    """The text as a cell of Markdown has it."""
    (line,) = (
        line for line in markdown.write(Page((Table.of(["x"], [[text]]),))).split("\n")[2:] if line
    )
    return line[1:-1].strip()


def test_a_letter_left_alone_says_nothing(tmp_path: Path) -> None:
    sent = letter(BODIES)
    found = replies(sent, in_markdown(sent, tmp_path / "a.md"))
    assert (found.found, found.strays, len(found.unanswered)) == ((), (), 3)


def test_ticks_corrections_and_edits_come_back(tmp_path: Path) -> None:
    sent = letter(BODIES)
    path = in_markdown(sent, tmp_path / "a.md")
    filled(path, 1, "☑ no  □ yes", "")
    filled(path, 2, "yes", r"表の\|縦線と<br>二つ目<br/>三~~行~~列目")
    text = path.read_text("utf-8").replace("見出しではない", "見出し~~では~~の題ではない")
    path.write_text(text.replace("\n", "\r\n"), "utf-8")
    found = replies(sent, path)
    assert [(r.state, r.text, r.where.unit) for r in found.found] == [
        ("ok", "", "line"), ("corrected", "表の|縦線と\n二つ目\n三列目", "line"),
        ("corrected", "# 見出しの題ではない", "line"),
    ]  # fmt: skip
    assert [(s.text, s.why) for s in found.strays] == [("行", "It is struck through.")]


def test_what_broke_the_table_is_kept(tmp_path: Path) -> None:
    sent = letter(BODIES)
    path = in_markdown(sent, tmp_path / "a.md")
    filled(path, 1, "yes", "専門職は一名\n二つ目")
    filled(path, 3, "no", "| 余り")
    path.write_text(path.read_text("utf-8") + "\n<!-- 添え書き -->\n追伸\n", "utf-8")
    found = replies(sent, path)
    assert [r.text for r in found.found] == ["専門職は一名", ""]
    assert [s.text for s in found.strays] == ["余り", "二つ目 |", "添え書き", "追伸"]


@pytest.mark.parametrize("row", ["|", "||", "| |", "|\\", "| a\\", "|a|b", "| <!-- x -->", "|---|"])
def test_any_row_of_a_table_is_read(tmp_path: Path, row: str) -> None:
    (tmp_path / "a.md").write_text(f"| no. | passage |\n{row}\n", "utf-8")
    assert read(tmp_path / "a.md").lines == ()


@examples(150)
@given(body=strategies.bodies, topic=strategies.storable, told=strategies.bodies)
def test_any_text_comes_back_as_it_went(
    tmp_path_factory: pytest.TempPathFactory, body: str, topic: str, told: str
) -> None:
    sent = letter([body], topic)
    path = in_markdown(sent, tmp_path_factory.mktemp("letter") / "a.md")
    found = replies(sent, path)
    assert (found.found, found.strays, len(found.unanswered)) == ((), (), 1)
    filled(path, 1, "no", "")
    assert [r.state for r in replies(sent, path).found] == ["ok"]
    path = in_markdown(sent, path)
    filled(path, 1, "yes", as_typed(f"【新】{told}"))
    found = replies(sent, path)
    kept = [r.text for r in found.found] + [s.text for s in found.strays]
    wanted = "".join(as_typed(f"【新】{told}").split())
    assert len(kept) == 1
    assert "".join(as_typed(kept[0].removeprefix("yes | ")).split()) == wanted


@examples(80)
@given(st.text("|\\<>~-! abr/\n　なし□", max_size=40))
def test_whatever_is_typed_into_a_row_is_kept(
    tmp_path_factory: pytest.TempPathFactory, typed: str
) -> None:
    sent = letter(["本文"])
    path = in_markdown(sent, tmp_path_factory.mktemp("letter") / "a.md")
    filled(path, 1, "あり", f"{typed}終")
    found = replies(sent, path)
    kept = "".join(f"{r.text}" for r in found.found) + "".join(s.text for s in found.strays)
    for word in re.findall(r"[ab　な終]", re.sub(r"<br ?/?>", "", typed)):
        assert word in kept or not word.strip()
