"""What closes more of a memo than its own paragraph: headings, lines, comments."""

import re

import pytest
from hypothesis import given
from hypothesis import strategies as st

from fieldvisit.fieldwork.memo.paragraphs import read_memo
from fieldvisit.fieldwork.sheets.returned_file import Line, Where
from fieldwork.memo.memos import OFF, WILD, headings, levels, memo, word


@pytest.mark.parametrize(
    "heading", ["## 人事【オフレコ】", "## 【オフレコ】人事", "## オフレコ", "## 人事（ｵﾌﾚｺ）",
                "## ここだけの話", "## Off the record", "## 非公開情報"]
)  # fmt: skip
def test_a_heading_closes_all_below_it_up_to_one_of_its_level(heading: str) -> None:
    text = f"# 題\n\n前。\n\n{heading}\n\n甲。\n・乙。\n\n### 小見出し\n\n丙。\n\n## 次\n\n後。\n"
    assert levels(text) == [("前。", ""), ("甲。", OFF), ("乙。", OFF), ("丙。", OFF), ("後。", "")]
    assert memo(text).closed_by_words == 0


def test_a_higher_heading_ends_it_too_and_a_lower_one_opens_nothing() -> None:
    text = "## 甲【オフレコ】\n\nあ。\n\n### 乙【公表可】\n\nい。\n\n# 丙\n\nう。\n"
    assert levels(text) == [("あ。", OFF), ("い。", OFF), ("う。", "")]


def test_headings_by_signs_nest_as_they_first_appear() -> None:
    text = "■甲\n\n1. 子【オフレコ】\n\nあ。\n\n（1）孫\n\nい。\n\n2. 子\n\nう。\n\n■乙\n\nえ。\n"
    assert levels(text) == [("あ。", OFF), ("い。", OFF), ("う。", ""), ("え。", "")]


def test_a_heading_of_an_unknown_rank_does_not_open_what_was_closed() -> None:
    text = "■甲【オフレコ】\n\nあ。\n\n◎人事？\n\n1. 子\n\nい。\n\n【節】\n\nう。\n\n■乙\n\nえ。\n"
    assert levels(text) == [
        ("あ。", OFF),
        ("人事？", OFF),
        ("い。", OFF),
        ("う。", OFF),
        ("え。", ""),
    ]


def test_points_below_a_closed_point_are_closed() -> None:
    text = "・【オフレコ】人事の話。\n　・異動がある。\n・研修の話。\n\n段落。"
    assert levels(text) == [
        ("人事の話。", OFF), ("異動がある。", OFF), ("研修の話。", ""), ("段落。", "")
    ]  # fmt: skip


@pytest.mark.parametrize("heading", ["# 次", "■次", "1. 次", "【次】", "次\n==="])
def test_a_heading_ends_the_list_above_it(heading: str) -> None:
    text = f"・前。\n・【オフレコ】人事。\n　・異動。\n\n{heading}\n\n後。\n"
    assert levels(text) == [("前。", ""), ("人事。", OFF), ("異動。", OFF), ("後。", "")]


def test_numbers_are_headings_above_points_even_if_points_came_first() -> None:
    text = "主な議事\n\n・採用\n\n・連携\n\n１．採用\n\n・職員は12名。\n\n２．連携\n\n・共同調達。"
    assert headings(text) == ["１．採用", "２．連携"]
    assert headings("・採用\n1. 職員12名\n・連携\n1. 共同調達") == []


@pytest.mark.parametrize(
    "line",
    [
        "以下オフレコ", "（以下、オフレコ）", "ここからオフレコでお願いします。", "オフレコ",
        "【オフレコ】", "・オフレコ", "Off the record from here", "【ここからオフレコ】",
    ],
)  # fmt: skip
def test_a_line_that_says_nothing_else_closes_the_rest_of_its_section(line: str) -> None:
    text = f"## 甲\n\n前。\n\n本文。\n\n{line}\n\n話。\n\n・点。\n\n## 乙\n\n後。\n"
    found = dict(levels(text))
    assert (found["前。"], found["話。"], found["点。"], found["後。"]) == ("", OFF, OFF, "")
    assert len(found) == 5


def test_before_the_first_heading_it_closes_the_whole_memo() -> None:
    assert levels("オフレコ\n\n甲。\n\n# 題\n\n乙。") == [("甲。", OFF), ("乙。", OFF)]


@pytest.mark.parametrize("line", ["ここまでオフレコ", "（以上、オフレコ）", "【ここまでオフレコ】",
                                  "上記はオフレコで。", "End of off the record"])  # fmt: skip
def test_a_line_that_ends_it_closes_what_stands_above_in_its_section(line: str) -> None:
    text = f"## 甲\n\n前。\n\n## 乙\n\n話。\n\n・点。\n\n{line}\n\n後。\n"
    found = dict(levels(text))
    assert (found["前。"], found["話。"], found["点。"], found["後。"]) == ("", OFF, OFF, "")
    assert memo(text).closed_by_words >= 2


def test_from_here_and_up_to_here_close_what_is_between() -> None:
    text = "# 題\n\n前。\n\nここからオフレコ\n\n話。\n\nここまでオフレコ\n\n後。\n"
    found = dict(levels(text))
    assert (found["話。"], found["後。"]) == (OFF, "")


def test_a_request_may_mean_the_paragraph_before_it_too() -> None:
    text = "# 題\n\n前。\n\n話。\n\nオフレコでお願いします。\n\n後。\n"
    assert levels(text) == [("前。", ""), ("話。", OFF), ("後。", OFF)]


@pytest.mark.parametrize("number", [2, 7])
def test_a_comment_that_says_off_the_record_closes_what_it_stands_beside(number: int) -> None:
    lines = [Line(text, Where("memo.docx", "paragraph", n)) for n, text in
             enumerate(("甲。", "乙。", "丙。", "丁。"), 1)]  # fmt: skip
    comment = Line("ここはオフレコで", Where("memo.docx", "paragraph", number), apart="comment")
    found = read_memo([*lines[:2], comment, *lines[2:]])
    closed = [p.text for p in found.paragraphs if p.disclosure == OFF]
    assert closed == (["乙。"] if number == 2 else ["乙。", "丙。"])
    assert found.closed_by_words == len(closed)


def test_without_levels_a_closed_heading_of_word_stays_closed_to_the_end() -> None:
    found = word(
        ("甲", "heading"), "あ。", ("オフレコ", "heading"), "い。", ("次", "heading"), "う。"
    )
    assert [(p.text, p.disclosure) for p in found.paragraphs] == [
        ("あ。", ""), ("い。", OFF), ("う。", OFF)
    ]  # fmt: skip


@given(WILD)
def test_no_text_opens_what_the_title_of_a_memo_closed(text: str) -> None:
    text = re.sub("[#＃=＝]", "", text)
    found = memo(f"# 人事【オフレコ】\n\n{text}")
    assert {paragraph.disclosure for paragraph in found.paragraphs} <= {OFF}
    assert found.closed_by_words == 0


@given(WILD, WILD, st.sampled_from(["オフレコ", "ｵﾌ･ﾚｺ", "ここだけの話", "off the record"]))
def test_words_close_their_paragraph_wherever_they_stand(
    before: str, after: str, words: str
) -> None:
    marker = "目印"
    for paragraph in memo(f"{before}{marker} {words} {after}").paragraphs:
        if marker in paragraph.text:
            assert paragraph.disclosure == OFF
