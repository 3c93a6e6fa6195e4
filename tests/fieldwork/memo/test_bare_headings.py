"""Headings of a memo under which no note came: they say something themselves."""

import pytest

from fieldvisit.fieldwork.memo.paragraphs import Memo, read_memo
from fieldvisit.fieldwork.memo.signs import styled
from fieldvisit.fieldwork.sheets.returned_file import Line, Where


def memo(text: str) -> Memo:
    numbered = enumerate(text.split("\n"), 1)
    return read_memo(styled([Line(line, Where("memo.md", "line", n)) for n, line in numbered]))


def said(text: str) -> list[tuple[str, str, tuple[str, ...]]]:
    return [(p.text, p.disclosure, p.headings) for p in memo(text).paragraphs]


@pytest.mark.parametrize("after", ["", "\n\n## 次\n\n後。", "\n\n# 次\n\n後。", "\n\n----\n"])
def test_a_heading_under_which_no_note_came_is_a_note(after: str) -> None:
    text = f"# 題\n\n前。\n\n## 結論：見送り{after}"
    assert said(text)[:2] == [("前。", "", ("題",)), ("結論：見送り", "", ("題",))]
    assert "## 結論：見送り" not in [line.text for line in memo(text).headings]
    assert [p.where.number for p in memo(text).paragraphs][:2] == [3, 5]


def test_a_heading_whose_heading_became_a_note_is_its_tag() -> None:
    text = "# 題\n\n## 甲\n\n### 乙：見送り\n\n### 丙：採用\n\n## 丁\n\n後。"
    assert said(text) == [
        ("乙：見送り", "", ("題", "甲")),
        ("丙：採用", "", ("題", "甲")),
        ("後。", "", ("題", "丁")),
    ]


@pytest.mark.parametrize(
    "text",
    ["# 千葉市", "# 題\n\n## オフレコ", "# 題\n\n## 【所見】", "# 題\n\n## ここからオフレコ"],
)
def test_the_title_and_headings_of_nothing_but_marks_are_none(text: str) -> None:
    assert said(text) == []


@pytest.mark.parametrize(
    ("text", "by_words"),
    [
        ("# 題\n\n## 結論：見送り【オフレコ】", 0),
        ("# 題\n\n## 結論：見送り（オフレコ）", 0),
        ("# 題【オフレコ】\n\n## 結論：見送り", 0),
        ("# 題\n\n以下オフレコ\n\n## 結論：見送り", 0),
        ("# 題\n\n## 結論：見送り\n\n以上オフレコ", 1),
        ("# 題\n\n## 結論：見送り\n\nオフレコでお願いします。", 1),
    ],
)
def test_it_is_closed_with_what_is_around_it(text: str, by_words: int) -> None:
    [found] = memo(text).paragraphs
    assert found.text.startswith("結論：見送り")
    assert found.disclosure == "off-record"
    assert memo(text).closed_by_words >= by_words


def test_a_comment_closes_it() -> None:
    lines = [Line("題", Where("m.docx", "paragraph", 1), style="heading1"),
             Line("見送り", Where("m.docx", "paragraph", 2), style="heading2"),
             Line("オフレコで", Where("m.docx", "paragraph", 2), apart="comment"),
             Line("次", Where("m.docx", "paragraph", 3), style="heading2"),
             Line("後。", Where("m.docx", "paragraph", 4))]  # fmt: skip
    found = read_memo(styled(lines)).paragraphs
    assert [(p.text, p.disclosure) for p in found] == [("見送り", "off-record"), ("後。", "")]


def test_its_marks_are_its_own() -> None:
    [found] = memo("# 題\n\n## 【発言】【資料1 p.7】見送りだ").paragraphs
    assert (found.text, found.kind, found.material, found.page) == ("見送りだ", "quote", 1, "7")
