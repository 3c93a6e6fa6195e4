"""Letters in Markdown: out, filled in, and back."""

import re
from pathlib import Path
from typing import Any

import pytest
from hypothesis import example, given
from hypothesis import strategies as st
from markdown_it import MarkdownIt

import strategies
from examples import examples
from exchange.word_raw import SHEET, VISIT
from fieldvisit.documents.formats import markdown
from fieldvisit.documents.formats.markdown import write
from fieldvisit.documents.page import Box, Bullets, Facts, Heading, Page, Paragraph, Table
from fieldvisit.exchange.returned_files import read_file
from fieldvisit.fieldwork.guide import Address
from fieldvisit.harmless import visible
from fieldvisit.review.pieces import OWN, ReturnedFile
from fieldvisit.review.tags import box_tag
from letters import answers, filled, in_markdown, letter
from strategies import storable

BODIES = (
    "専門職は12名。\n委託3名。",
    "表の|縦線と<br>と\\、~~消さない~~ *星*。",
    "# 見出しではない",
)


TICKED = "☑ no change<br>□ to be changed"


def as_typed(text: str) -> str:
    """The text as a cell of Markdown has it."""
    (line,) = (
        line for line in markdown.write(Page((Table.of(["x"], [[text]]),))).split("\n")[2:] if line
    )
    return line[1:-1].strip()


def test_ticks_corrections_and_edits_come_back(tmp_path: Path) -> None:
    sent = letter(BODIES)
    path = in_markdown(sent, tmp_path / "a.md")
    filled(path, 1, TICKED, "")
    filled(path, 2, TICKED.replace("□", "✓"), r"表の\|縦線と<br>二つ目<br/>三~~行~~列目")
    text = path.read_text("utf-8").replace("見出しではない", "見出し~~では~~の題ではない")
    path.write_text(text.replace("\n", "\r\n"), "utf-8")
    found = answers(sent, path)
    assert [(sorted(one.choices), one.text, one.agrees) for one in found.values()] == [
        (["ok"], "", True),
        (["corrected", "ok"], "表の|縦線と\n二つ目\n三列目", False),
        ([], "# 見出しの題ではない", False),
    ]  # fmt: skip
    assert [(p.text, p.look) for p in found[2].beside] == [("行", "struck")]


def test_what_broke_the_table_is_kept(tmp_path: Path) -> None:
    sent = letter(BODIES)
    path = in_markdown(sent, tmp_path / "a.md")
    filled(path, 1, TICKED, "専門職は一名\n二つ目")
    filled(path, 3, TICKED, "| 余り")
    path.write_text(path.read_text("utf-8") + "\n<!-- 添え書き -->\n追伸\n", "utf-8")
    assert answers(sent, path)[1].text == "専門職は一名"
    told = [piece.text for piece in read_file(path).pieces if piece.look != OWN]
    for text in ("二つ目 |", "添え書き", "追伸"):
        assert text in told


@examples(150)
@given(body=strategies.bodies, told=strategies.bodies)
def test_any_correction_comes_back_as_it_was_typed(
    tmp_path_factory: pytest.TempPathFactory, body: str, told: str
) -> None:
    sent = letter([body])
    path = in_markdown(sent, tmp_path_factory.mktemp("letter") / "a.md")
    filled(path, 1, TICKED, as_typed(f"【新】{told}"))
    (found,) = answers(sent, path).values()
    assert not found.agrees
    wanted = "".join(as_typed(f"【新】{told}").split())
    assert "".join(as_typed(found.text).split()) == wanted


@examples(80)
@given(st.text("\\<>~-! abr/\n　なし□", max_size=40))
def test_whatever_is_typed_into_a_row_is_kept(
    tmp_path_factory: pytest.TempPathFactory, typed: str
) -> None:
    sent = letter(["本文"])
    path = in_markdown(sent, tmp_path_factory.mktemp("letter") / "a.md")
    filled(path, 1, TICKED, f"{typed}終")
    kept = "".join(piece.text for piece in read_file(path).pieces)
    for word in re.findall(r"[ab　な終]", re.sub(r"<br ?/?>", "", typed)):
        assert word in kept or not word.strip()


TAG = box_tag(VISIT, Address("hiring", "staff-mix"))
NEXT = box_tag(VISIT, Address("hiring", "career"))
SIGNS = st.text(st.sampled_from("\\`*_{}[]()<>#+-.!|~&;:=\"'$@/^ \n\tab1①あ漢、。　"), max_size=30)
TRICKS = (
    "```", "````\n```", "``` {x}", f"``` {{{TAG}}}", "## 見出し", "### 1/2 問", "~~~", "<!-- x -->",
    "- 項目", "a\\", "  字下げ", "\\`", "| a | b |", "=1+1", "終わり\n", "\n\n始め", "~~消す~~",
)  # fmt: skip
TEXT = storable | SIGNS | st.lists(st.sampled_from([*TRICKS, "\n", "あ"])).map("".join)


def back(path: Path, text: str | bytes) -> ReturnedFile:
    file = path / "回答.md"
    file.write_bytes(text if isinstance(text, bytes) else text.encode())
    return read_file(file)


def boxed(page: ReturnedFile, tag: str) -> str:
    return "\n".join(one.text for one in page.pieces if one.slot == tag and not one.look)


def loose(page: ReturnedFile) -> list[str]:
    """What stands outside of boxes, without empty lines."""
    return [one.text for one in page.pieces if not one.slot and one.text and one.look in ("", OWN)]


def tidy(text: str) -> list[str]:
    """The lines of a text that Markdown keeps."""
    lines = [line.strip(" \t").rstrip() for line in visible(text).split("\n")]
    return [line for line in lines if line]


@given(first=TEXT, second=TEXT)
@example(first="```", second="````")
@example(first=f"``` {{{NEXT}}}", second="")
@example(first="𠮷" * 40_000, second="一\n\n二\n")
def test_the_text_of_boxes_comes_back_as_it_was(
    first: str, second: str, tmp_path_factory: Any
) -> None:
    blocks = (Heading(2, "1 採用"), Heading(3, "問"), Box("名", 0, TAG, first), Paragraph("間"),
              Box("名", 0, NEXT, second), Heading(3, "問"))  # fmt: skip
    page = back(tmp_path_factory.mktemp("x"), write(Page(blocks, sheet=SHEET)))
    ends = "\n\r\t 　"
    assert boxed(page, TAG) == visible(first).strip(ends)
    assert boxed(page, NEXT) == visible(second).strip(ends)
    assert loose(page) == ["1 採用", "問", "名", "間", "名", "問"]
    assert page.sheet == SHEET


@given(text=TEXT, items=st.lists(TEXT, max_size=2), name=SIGNS)
def test_the_text_outside_of_boxes_comes_back_without_signs(
    text: str, items: list[str], name: str, tmp_path_factory: Any
) -> None:
    blocks = (Heading(2, text), Paragraph(text), Bullets(tuple(items)), Facts(((name, text),)),
              Box("", 2, TAG))  # fmt: skip
    page = back(tmp_path_factory.mktemp("x"), write(Page(blocks)))
    heading = visible(text).replace("\n", " ").replace("\t", " ").strip()
    wanted = [heading, text, *items, f"{name}: {text}"]
    assert loose(page) == [line for one in wanted for line in tidy(one)]


@pytest.mark.parametrize(
    "after",
    ["\n### 1/2 予算は\n", "\n## 2 予算\n", f"\n``` {{{NEXT}}}\n答え\n```\n",
     f"\n### 1/2\n\n```` {{{NEXT}}}\n答え\n````\n", ""],
)  # fmt: skip
@pytest.mark.parametrize("fence", ["```", "`````"])
def test_a_box_that_lost_its_end_ends_at_the_next_question(
    fence: str, after: str, tmp_path: Path
) -> None:
    page = back(tmp_path, f"### 1/1 人数は\n\n{fence} {{{TAG}}}\n12名\n\nうち2名\n{after}")
    assert boxed(page, TAG).strip() == "12名\n\nうち2名"
    assert boxed(page, NEXT) == ("答え" if NEXT in after else "")


def test_a_box_that_lost_its_beginning_is_text(tmp_path: Path) -> None:
    text = f"### 1/1 人数は\n\n12名 \\*\n```\n\n### 1/2 予算は\n\n``` {{{NEXT}}}\n3億\n```\n"
    page = back(tmp_path, text)
    assert loose(page) == ["1/1 人数は", "12名 *", "1/2 予算は"]
    assert boxed(page, NEXT) == "3億"


def test_an_end_that_somebody_typed_loses_no_text(tmp_path: Path) -> None:
    page = back(tmp_path, f"``` {{{TAG}}}\n前\n```\n中\n```\n後\n```\n\n## 次\n")
    assert (boxed(page, TAG), loose(page)) == ("前", ["中", "後", "次"])


def test_comments_and_struck_lines_are_set_apart(tmp_path: Path) -> None:
    page = back(tmp_path, f"<!-- {SHEET} -->\n\n<!-- 確認する -->\n~~消した~~\n\\~\\~残す\\~\\~\n")
    told = [(one.look, one.text) for one in page.pieces if one.text]
    assert told == [("comment", "確認する"), ("struck", "消した"), ("", "~~残す~~")]
    assert page.sheet == SHEET


@pytest.mark.parametrize("encoding", ["utf-8", "utf-8-sig", "utf-16", "cp932"])
@pytest.mark.parametrize("end", ["\n", "\r\n", "\r"])
def test_encodings_and_line_ends_make_no_difference(
    encoding: str, end: str, tmp_path: Path
) -> None:
    text = write(Page((Heading(2, "採用"), Box("", 1, TAG, "十二名\n二名")), sheet=SHEET))
    page = back(tmp_path, text.replace("\n", end).encode(encoding))
    assert (boxed(page, TAG), page.sheet) == ("十二名\n二名", SHEET)


@given(text=TEXT)
def test_a_parser_of_markdown_finds_the_same_boxes(text: str) -> None:
    tokens = MarkdownIt("commonmark").parse(write(Page((Box("", 0, TAG, text),), sheet=SHEET)))
    assert [token.type for token in tokens] == ["html_block", "fence", "html_block"]
    assert tokens[1].info.strip() == f"{{{TAG}}}"
    assert tokens[1].content == visible(text) + "\n" * bool(visible(text))
