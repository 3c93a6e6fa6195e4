"""Memos as files: plain text, Markdown and Word, read line by line."""

from collections.abc import Callable
from pathlib import Path

import pytest
from docx import Document as WordDocument
from hypothesis import given, settings
from hypothesis import strategies as st

from fieldvisit.errors import Refused
from fieldvisit.exchange import memo
from fieldvisit.exchange.memo import MOST_LINES
from fieldvisit.fieldwork.memo.paragraphs import Memo, read_memo
from fieldvisit.fieldwork.record.sheet import one_newline
from fieldvisit.text import LONGEST_TEXT

TEXT = """\
# 千葉市ヒアリング

■採用について
職員は12名。
・専門職はいない。【発言】
1) 研修は年2回。

## 人事（オフレコ）

異動がある。
"""


def read(path: Path) -> Memo:
    return read_memo(memo.read(path).lines)


@pytest.fixture
def written(tmp_path: Path) -> Callable[[str, bytes], Path]:
    def write(name: str, data: bytes) -> Path:
        path = tmp_path / name
        path.write_bytes(data)
        return path

    return write


Written = Callable[[str, bytes], Path]


@pytest.mark.parametrize("name", ["memo.txt", "memo.md", "メモ.MD", "memo.text", "memo.markdown"])
@pytest.mark.parametrize("encoding", ["utf-8", "utf-8-sig", "cp932", "utf-16"])
@pytest.mark.parametrize("end", ["\n", "\r\n", "\r"])
def test_a_text_is_read_in_every_usual_encoding(
    written: Written, name: str, encoding: str, end: str
) -> None:
    found = read(written(name, TEXT.replace("\n", end).encode(encoding)))
    assert [(p.text, p.kind, p.disclosure, p.where.number) for p in found.paragraphs] == [
        ("職員は12名。", "", "", 4),
        ("専門職はいない。", "quote", "", 5),
        ("研修は年2回。", "", "", 6),
        ("異動がある。", "", "off-record", 10),
    ]
    assert [line.where.number for line in found.headings] == [1, 3, 8]


def test_headings_and_points_are_told_by_their_style(written: Written) -> None:
    lines = memo.read(written("memo.txt", TEXT.encode())).lines
    styles = {line.where.number: line.style for line in lines if line.style}
    assert styles == {1: "heading", 3: "heading", 5: "item", 6: "item", 8: "heading"}
    assert str(lines[0].where) == "memo.txt, line 1"
    assert len(lines) == TEXT.count("\n") + 1


def test_comments_and_struck_lines_of_markdown_stand_apart(written: Written) -> None:
    text = (
        "前。\n<!-- 一行 -->\n<!-- 二\n行 -->\n~~消した。~~\n- ~~点も。~~\n"
        "~~一部~~は残る。\n~~か~~と~~も~~\n後。\n<!-- 終わらない\n"
    )
    lines = memo.read(written("memo.md", text.encode())).lines
    apart = {line.where.number: line.apart for line in lines if line.apart}
    assert apart == {2: "comment", 3: "comment", 4: "comment", 5: "struck", 6: "struck"}
    plain = memo.read(written("memo.txt", text.encode())).lines
    assert not any(line.apart for line in plain)


def test_word_is_read_with_its_headings_lists_and_signs_typed_by_hand(tmp_path: Path) -> None:
    document = WordDocument()
    document.add_heading("千葉市ヒアリング", 1)
    document.add_heading("人事【オフレコ】", 2)
    document.add_paragraph("異動がある。")
    document.add_heading("小見出し", 3)
    document.add_paragraph("昇任もある。", style="List Bullet")
    document.add_heading("採用", 2)
    document.add_paragraph("職員は12名。\n・専門職はいない。\n・研修は年2回。\nうち1回は外部。")
    document.add_paragraph("・再任用は2名。【発言】")
    document.save(str(tmp_path / "memo.docx"))
    found = read(tmp_path / "memo.docx")
    assert [(p.text, p.kind, p.disclosure) for p in found.paragraphs] == [
        ("異動がある。", "", "off-record"),
        ("昇任もある。", "", "off-record"),
        ("職員は12名。", "", ""),
        ("専門職はいない。", "", ""),
        ("研修は年2回。\nうち1回は外部。", "", ""),
        ("再任用は2名。", "quote", ""),
    ]
    assert len(found.headings) == 4


def test_what_stands_below_a_point_or_the_title_of_a_word_file_is_closed_with_it(
    tmp_path: Path,
) -> None:
    document = WordDocument()
    document.add_paragraph("・前置き。")
    for text, style in (
        ("【オフレコ】人事の話。", "List Bullet"),
        ("異動がある。", "List Bullet 2"),
        ("研修の話。", "List Bullet"),
    ):
        document.add_paragraph(text, style=style)
    document.save(str(tmp_path / "points.docx"))
    levels = [p.disclosure for p in read(tmp_path / "points.docx").paragraphs]
    assert levels == ["", "off-record", "off-record", ""]
    document = WordDocument()
    document.add_heading("メモ（オフレコ）", 0)
    document.add_heading("採用", 1)
    document.add_paragraph("職員は12名。")
    document.save(str(tmp_path / "title.docx"))
    assert [p.disclosure for p in read(tmp_path / "title.docx").paragraphs] == ["off-record"]


def test_points_of_a_numbered_list_tell_how_deep_they_are(tmp_path: Path) -> None:
    document = WordDocument()
    for text, depth in (("【オフレコ】人事の話。", 0), ("異動がある。", 1), ("研修の話。", 0)):
        numbers = document.add_paragraph(text)._p.get_or_add_pPr().get_or_add_numPr()
        numbers.get_or_add_ilvl().val = depth
        numbers.get_or_add_numId().val = 1
    document.save(str(tmp_path / "memo.docx"))
    levels = [p.disclosure for p in read(tmp_path / "memo.docx").paragraphs]
    assert levels == ["off-record", "off-record", ""]


def test_the_head_of_every_page_closes_the_whole_of_a_word_file(tmp_path: Path) -> None:
    document = WordDocument()
    document.add_paragraph("職員は12名。")
    document.add_paragraph("専門職はいない。")
    document.sections[0].header.paragraphs[0].text = "取扱注意（オフレコ）"
    document.save(str(tmp_path / "memo.docx"))
    found = read(tmp_path / "memo.docx")
    assert [p.disclosure for p in found.paragraphs] == ["off-record", "off-record"]
    assert found.closed_by_words == 2


@pytest.mark.parametrize("name", ["memo.pdf", "memo", "memo.doc", "memo.rtf"])
def test_a_file_of_another_kind_is_refused(written: Written, name: str) -> None:
    with pytest.raises(Refused, match=name) as caught:
        memo.read(written(name, b"x"))
    assert ".docx" in caught.value.hint


def test_what_cannot_be_opened_is_refused_by_name(tmp_path: Path) -> None:
    with pytest.raises(Refused, match=r"nowhere\.txt"):
        memo.read(tmp_path / "nowhere.txt")
    (tmp_path / "folder.md").mkdir()
    with pytest.raises(Refused, match=r"folder\.md"):
        memo.read(tmp_path / "folder.md")


@pytest.mark.parametrize("text", ["x" * (LONGEST_TEXT + 1), "x\n" * MOST_LINES])
def test_a_text_that_is_no_memo_by_its_length_is_refused(written: Written, text: str) -> None:
    with pytest.raises(Refused, match=r"memo\.txt (is too long|cannot be read: it is larger)"):
        memo.read(written("memo.txt", text.encode()))


@settings(max_examples=60)
@given(st.text(st.characters(exclude_categories=["Cs"], exclude_characters="\0\ufeff")))
def test_every_line_of_a_text_is_there_in_its_order(
    tmp_path_factory: pytest.TempPathFactory, text: str
) -> None:
    path = tmp_path_factory.mktemp("memo") / "memo.txt"
    path.write_bytes(f"職員は12名。\n{text}".encode())
    lines = memo.read(path).lines
    assert [line.text for line in lines[1:]] == one_newline(text).split("\n")
    assert [line.where.number for line in lines] == list(range(1, len(lines) + 1))
