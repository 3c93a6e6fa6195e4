"""Whatever the format: what is typed comes back where it was typed, and ours is known as ours."""

import csv
import io
import os
import re
import sys
from collections.abc import Callable, Mapping
from hashlib import sha256
from pathlib import Path

import pytest
from hypothesis import example, given
from hypothesis import strategies as st
from openpyxl import load_workbook

import letters
from examples import examples
from exchange import table_raw, word_raw
from exchange.word_raw import SHEET, VISIT, plain
from fieldvisit.documents import confirmation_letter
from fieldvisit.documents.document import Grid
from fieldvisit.documents.formats import csv as csv_format
from fieldvisit.documents.formats import excel, markdown, word
from fieldvisit.documents.page import Block, Box, Bullets, Facts, Heading, Page, Paragraph
from fieldvisit.documents.sheets import answer_table
from fieldvisit.errors import Refused
from fieldvisit.exchange.returned_files import READERS, read_file
from fieldvisit.fieldwork.guide import Address
from fieldvisit.harmless import visible
from fieldvisit.review.carriers import checked_tag
from fieldvisit.review.pieces import OWN, Piece, ReturnedFile, bare
from fieldvisit.review.tags import box_tag, cell_tag
from letters import answers, in_markdown, in_word, letter, write_cell
from returned_sheets import filled
from strategies import bodies, storable

TAGS = [box_tag(VISIT, Address("hiring", f"q{n}"), "city") for n in range(3)]

# What a person can type into any program.
TYPED = (
    st.text(
        st.characters(
            codec="utf-8", exclude_categories=["Cs", "Cc"], exclude_characters="\ufffe\uffff"
        )
        | st.sampled_from("\n\t字𠮷|~*#-"),
        max_size=20,
    )
    | st.sampled_from(
        ["葛\U000e0100城か\u3099", "👩‍👩‍👧", "\u202e", "～〜", " 前後 ", "=1+1", "<b>&amp;"]
    )
).map(visible)
PRINTED = TYPED.filter(str.strip)


def page_of(printed: str) -> Page:
    blocks: list[Block] = [
        Heading(1, f"題 {printed}"), Facts((("調査", printed),)), Paragraph(f"{printed}\n二行目"),
        Bullets((printed, printed)),
    ]  # fmt: skip
    for number, tag in enumerate(TAGS, start=1):
        blocks += [Heading(3, f"1/{number} {printed}"), Box("回答（課：　　）", 2, tag)]
    return Page(tuple(blocks), f"調査　{printed}", SHEET)


def grid_of(printed: str) -> Grid:
    rows = [
        {"tag": tag, "number": f"1/{n}", "topic": printed, "question": f"{n} {printed}"}
        for n, tag in enumerate(TAGS, 1)
    ]
    return answer_table("city", rows, title="題", instructions=(printed,), sheet=SHEET)


WRITERS: Mapping[str, Callable[[str], bytes]] = {
    "md": lambda printed: markdown.write(page_of(printed)).encode(),
    "docx": lambda printed: word.write(page_of(printed)),
    "xlsx": lambda printed: excel.write(grid_of(printed)),
    "csv": lambda printed: csv_format.write(grid_of(printed)),
}


def said(file: ReturnedFile) -> list[Piece]:
    """What is no line of ours."""
    return [piece for piece in file.pieces if piece.look != OWN and piece.text]


@pytest.mark.parametrize("ending", WRITERS)
@given(printed=PRINTED, typed=st.lists(TYPED, min_size=1, max_size=3))
@example(printed="x", typed=["一\n二\n\n三\n\n\n四", ""])
@example(printed="12名", typed=["12名", "1/1 12名", "回答（課：　　）"])
@example(printed="＝1", typed=["=1+1", "| a | b |", "<!-- x -->"])
def test_what_is_typed_comes_back_in_its_slot_and_ours_is_ours(
    ending: str, printed: str, typed: list[str], tmp_path_factory: pytest.TempPathFactory
) -> None:
    path = tmp_path_factory.mktemp("sheet") / f"回答.{ending}"
    path.write_bytes(WRITERS[ending](printed))
    untouched = read_file(path)
    assert said(untouched) == []
    answers = dict(zip(TAGS, typed, strict=False))
    filled(path, {tag: {"answer": text} for tag, text in answers.items()})
    file = read_file(path)
    assert (file.path, file.sha256) == (str(path), sha256(path.read_bytes()).hexdigest())
    assert file.sheet == ("" if ending == "csv" else SHEET)
    found = {piece.slot: piece.text for piece in said(file)}
    assert found == {tag: bare(text) for tag, text in answers.items() if bare(text)}
    ours = [piece.text for piece in untouched.pieces if piece.look == OWN]
    assert [piece.text for piece in file.pieces if piece.look == OWN] == ours


TRICKY = st.text(st.sampled_from("'\"=+-@＝ \u3000\t\n\r,;字\ufeff"), max_size=9)


@pytest.mark.parametrize("ending", ["xlsx", "csv"])
@given(answer=storable | TRICKY, speaker=storable | TRICKY)
@example(answer="'=1", speaker="'引用'")
@example(answer="𠮷" * 40_000, speaker="")
@example(answer="𠮷野家 👩‍👩‍👧 葛\U000e0100城 か\u3099 e\u0301 ～〜", speaker="=1+1")
def test_any_text_in_a_cell_comes_back(
    ending: str, answer: str, speaker: str, tmp_path_factory: pytest.TempPathFactory
) -> None:
    row = {"tag": TAGS[0], "number": "1/1", "topic": "採用", "question": "人数は", "answer": answer}
    grid = answer_table(
        "interviewer", [{**row, "speaker": speaker}], title="題", instructions=(), sheet=""
    )
    path = tmp_path_factory.mktemp("x") / f"回答.{ending}"
    path.write_bytes({"xlsx": excel, "csv": csv_format}[ending].write(grid))
    pieces = read_file(path).pieces
    typed = {"answer": bare(visible(answer)), "speaker": bare(visible(speaker))}
    assert {(p.column, p.look): p.text for p in pieces if p.look != OWN} == {
        (column, ""): text for column, text in typed.items() if text
    }
    own = [p.column for p in pieces if p.look == OWN and p.column]
    assert own == ["number", "topic", "question"]
    assert {p.slot for p in pieces if p.column} == {TAGS[0]}


IN_LETTERS = {"md": in_markdown, "docx": in_word}


@pytest.mark.parametrize("ending", IN_LETTERS)
@examples(100)
@given(body=bodies, topic=storable)
def test_a_letter_of_any_text_is_silent_as_it_went_and_agrees_once_it_is_ticked(
    ending: str, body: str, topic: str, tmp_path_factory: pytest.TempPathFactory
) -> None:
    sent = letter([body], topic)
    path = IN_LETTERS[ending](sent, tmp_path_factory.mktemp("letter") / f"a.{ending}")
    assert [one.is_silent for one in answers(sent, path).values()] == [True]
    if ending == "md":
        letters.filled(path, 1, "☑ no change<br>□ to be changed")
    else:
        write_cell(path, 1, 4, plain("☑修正なし", "□修正あり"))
    assert [one.agrees for one in answers(sent, path).values()] == [True]


@pytest.mark.parametrize("ending", IN_LETTERS)
@examples(25)
@given(bodies=st.lists(PRINTED, min_size=1, max_size=3), typed=PRINTED)
def test_a_letter_comes_back_cell_by_cell(
    ending: str, bodies: list[str], typed: str, tmp_path_factory: pytest.TempPathFactory
) -> None:
    folder = tmp_path_factory.mktemp("letter")
    sent = letter(bodies)
    path = IN_LETTERS[ending](sent, folder / f"a.{ending}")
    if ending == "md":
        text = path.read_text("utf-8").removesuffix("\n")
        line = markdown.write(Page((Paragraph(f"追伸{typed}"),)))
        path.write_text(f"{text}\n\n{line}", "utf-8")
    else:
        write_cell(path, 1, 5, plain(*f"追伸{typed}".split("\n")))
    file = read_file(path)
    assert file.sheet == confirmation_letter.page(sent).sheet
    filled_in = ("passage", "change", "correction")
    own = [piece for piece in file.pieces if piece.look == OWN and piece.column]
    numbers = [("number", str(n)) for n in range(1, len(bodies) + 1)]
    shown = [(p.column, p.text.split("\n")[0]) for p in own]
    assert shown == [one for n in numbers for one in (n, ("topic", "採用：職員数"))]
    passages = [piece for piece in said(file) if piece.column == "passage"]
    assert ["".join(p.text.split()) for p in passages] == ["".join(b.split()) for b in bodies]
    others = [p for p in said(file) if p.column not in filled_in[:2]]
    assert "".join("".join(p.text for p in others).split()) == "".join(f"追伸{typed}".split())
    assert {p.column for p in others} == ({""} if ending == "md" else {"correction"})
    assert {p.where.unit for p in passages} == ({"line"} if ending == "md" else {"row"})


def test_what_is_typed_outside_is_a_piece_by_itself(tmp_path: Path) -> None:
    path = tmp_path / "a.docx"
    path.write_bytes(word.write(page_of("x")))
    parts = word_raw.unpack(path)
    xml = parts["word/document.xml"].decode()
    more = plain("別紙1 あり", "1/1 x")  # the second is a copy of a line of ours
    body, end, rest = xml.rpartition("<w:sectPr")
    word_raw.pack(path, parts | {"word/document.xml": f"{body}{more}{end}{rest}".encode()})
    assert [(p.text, p.slot, p.look) for p in said(read_file(path))] == [
        ("別紙1 あり", "", ""), ("1/1 x", "", ""),
    ]  # fmt: skip


def test_rows_without_their_tags_are_ours_by_the_list_of_the_file(tmp_path: Path) -> None:
    path = tmp_path / "x.xlsx"
    path.write_bytes(excel.write(grid_of("x")))
    book = load_workbook(path)
    book.worksheets[0].delete_cols(1)
    book.worksheets[0]["D2"] = "12名"
    book.save(path)
    assert [(p.text, p.slot, p.column) for p in said(read_file(path))] == [("12名", "", "answer")]


def test_what_is_written_over_our_own_words_is_not_ours(tmp_path: Path) -> None:
    path = tmp_path / "x.csv"
    text = csv_format.write(grid_of("x")).decode("utf-8-sig")
    path.write_text(text.replace("1 x", "1 xです").replace("2 x", ""), "utf-8")
    assert [(p.text, p.slot, p.column) for p in said(read_file(path))] == [
        ("1 xです", TAGS[0], "question"),
    ]  # fmt: skip


def test_many_rows_of_nothing_but_borders_are_read(tmp_path: Path) -> None:
    def row(number: int, *said: str) -> str:
        cells = (table_raw.text(one, table_raw.at(at, number)) for at, one in enumerate(said, 1))
        rest = (f'<c {table_raw.at(at, number)} s="1"/>' for at in range(len(said) + 1, 12))
        return table_raw.row(*cells, *rest, number=number)

    filled = [row(1, *table_raw.HEADS), row(2, TAGS[0], "1", "問", "12名")]
    sheet = table_raw.sheet(*filled, *map(row, range(3, 84_000)))
    path = table_raw.write(tmp_path / "x.xlsx", {"S": sheet})
    assert [piece.text for piece in read_file(path).pieces] == ["1", "問", "12名"]


@pytest.mark.parametrize(
    ("name", "reason"),
    [
        ("a.pdf", "its ending stands for no sheet"), ("a.html", "its ending stands for no sheet"),
        ("none.docx", "There is no file"), ("none.md", "There is no file"),
        ("none.csv", "There is no file"), ("folder.docx", "it is a folder"),
        ("pipe.docx", "it is a pipe or a device"),
    ],
)  # fmt: skip
def test_what_cannot_be_opened_is_refused_with_the_reason(
    name: str, reason: str, tmp_path: Path
) -> None:
    (tmp_path / "a.pdf").write_bytes(b"x")
    (tmp_path / "folder.docx").mkdir()
    if name.startswith("pipe"):
        if sys.platform == "win32":
            pytest.skip("pipes have no names in folders there")
        os.mkfifo(tmp_path / name)
    with pytest.raises(Refused, match=re.escape(name)) as refused:
        read_file(tmp_path / name)
    assert reason in refused.value.sentence


MEMO = """# 見出し

第１　概要
  - 点
~~消した~~
<!-- 注
二行 -->
| 年 | 数 |
|---|---|
| 1 | 2 |
"""


def test_a_memo_in_markdown(tmp_path: Path) -> None:
    path = tmp_path / "memo.md"
    path.write_text(MEMO, "utf-8")
    assert [(p.text, p.look, p.style, p.level, p.mark) for p in read_file(path).pieces] == [
        ("見出し", "", "heading", 1, "# "), ("", "", "", 0, ""), ("第１　概要", "", "", 0, ""),
        ("点", "", "item", 2, "- "), ("消した", "struck", "", 0, ""),
        ("注\n二行", "comment", "", 0, ""), ("年\t数", "", "", 0, ""), ("1\t2", "", "", 0, ""),
    ]  # fmt: skip


@pytest.mark.parametrize("encoding", ["utf-8", "cp932", "utf-16"])
def test_a_memo_in_plain_text_is_taken_as_it_is(encoding: str, tmp_path: Path) -> None:
    path = tmp_path / "memo.txt"
    path.write_bytes("# 一\r\n\r\n　- 二 \\*".encode(encoding))
    assert [(p.text, p.where.at) for p in read_file(path).pieces] == [
        ("# 一", 1), ("", 2), ("　- 二 \\*", 3),
    ]  # fmt: skip


def test_every_ending_has_a_reader_that_refuses_nonsense_or_reads_it(tmp_path: Path) -> None:
    for ending in READERS:
        (tmp_path / f"x{ending}").write_bytes(b"\x00\xff" * 9)
        with pytest.raises(Refused):
            read_file(tmp_path / f"x{ending}")


def test_cells_merged_in_a_letter_are_told_in_both_rows(tmp_path: Path) -> None:
    sent = letter(["一つ目。", "二つ目。"])
    path = in_word(sent, tmp_path / "a.docx")
    write_cell(path, 1, 5, plain("両方とも削除"))
    parts = word_raw.unpack(path)
    rows = parts["word/document.xml"].decode().split("<w:tr>")
    for at, merge in ((-2, '<w:vMerge w:val="restart"/>'), (-1, "<w:vMerge/>")):
        before, last, after = rows[at].rpartition("<w:tcPr>")
        rows[at] = f"{before}{last}{merge}{after}"
    word_raw.pack(path, parts | {"word/document.xml": "<w:tr>".join(rows).encode()})
    found = [piece for piece in read_file(path).pieces if piece.column == "correction"]
    assert [(piece.text, piece.look) for piece in found] == [("両方とも削除", "merged")] * 2
    assert len({piece.slot for piece in found}) == 2


def test_a_comparison_comes_back_with_its_summaries(tmp_path: Path) -> None:
    printed = {"topic": "hiring", "ask": "職員数は", "city": "千葉市", "notes": "12名"}
    tag = cell_tag(("121002", Address("hiring")), (), None)
    checked = checked_tag(tag, printed)
    out = io.StringIO(newline="")
    writer = csv.writer(out)
    writer.writerow(["tag", *printed, "summary", "備考"])
    writer.writerow([checked, *printed.values(), "専門職は12名", "要確認"])
    writer.writerow([f"{checked} 覚え", *printed.values(), "", ""])
    writer.writerow([checked, *{**printed, "notes": "13名"}.values(), "", ""])
    path = tmp_path / "a.csv"
    path.write_text(out.getvalue(), "utf-8")
    assert [(p.text, p.slot, p.column) for p in said(read_file(path))] == [
        ("専門職は12名", tag, "summary"), ("要確認", tag, "備考"),
        ("覚え", tag, "tag"), ("13名", tag, "notes"),
    ]  # fmt: skip
