"""What a memo's lines become: paragraphs under headings, and nothing lost."""

import re
from collections.abc import Sequence

import pytest
from hypothesis import example, given
from hypothesis import strategies as st

from fieldvisit.fieldwork.memo.paragraphs import MemoParagraph, read_memo
from fieldvisit.fieldwork.memo.signs import is_rule, styled
from fieldvisit.fieldwork.sheets.returned_file import APART, Line, Where
from fieldwork.memo.memos import OFF, WILD, headings, lines_of, memo, word


def texts(text: str) -> list[str]:
    return [paragraph.text for paragraph in memo(text).paragraphs]


def test_paragraphs_are_parted_by_empty_lines_and_points_stand_alone() -> None:
    text = (
        "職員は12名。\nうち専門職2名。\n\n・採用区分はない。\n　検討中。\n・研修は年2回。\n\n以上。"
    )
    assert texts(text) == [
        "職員は12名。\nうち専門職2名。", "採用区分はない。\n検討中。", "研修は年2回。", "以上。",
    ]  # fmt: skip


@pytest.mark.parametrize(
    "sign",
    ["・", "･", "- ", "* ", "+ ", "●", "○", "• ", "1) ", "１）", "（1）", "(2) ", "①", "1. "],
)
def test_signs_of_a_list_are_taken_off(sign: str) -> None:
    assert texts(f"{sign}職員は12名いる。\n{sign}専門職はいない。") == [
        "職員は12名いる。", "専門職はいない。",
    ]  # fmt: skip


@pytest.mark.parametrize(
    "text",
    [
        "-3名の減である。", "1.5億円かかった。", "○○市では使う。", "(1)と(2)は同じである。",
        "2019.10.21に始めた。", "1,200件あった。", "・・・と言った。", "*印は推計である。",
    ],
)  # fmt: skip
def test_what_only_looks_like_a_sign_stays(text: str) -> None:
    assert texts(text) == [text]


@pytest.mark.parametrize(
    "heading",
    [
        "# 採用について", "## 採用について ##", "###採用について", "■採用について",
        "◆ 採用について", "1. 採用について", "１．採用について", "（1）採用について",
        "① 採用について", "【採用について】", "＜採用について＞", "採用について\n====",
        "採用について\n----",
    ],
)  # fmt: skip
def test_headings_become_no_notes_and_are_named(heading: str) -> None:
    found = memo(f"{heading}\n\n職員は12名いる。\n")
    assert [paragraph.text for paragraph in found.paragraphs] == ["職員は12名いる。"]
    assert [line.text for line in found.headings] == [heading.split("\n", maxsplit=1)[0]]


@pytest.mark.parametrize(
    "text",
    [
        "■職員12名\n■専門職なし",
        "1. 職員12名\n2. 専門職なし",
        "1. 職員12名\n\n2. 専門職なし",
        "1. 職員12名\nうち2名は再任用\n2. 専門職なし",
        "（1）職員は12名である。\n本文が続く。",
        "① 職員12名",
        "採用について\n\n職員は12名。",
    ],
)
def test_points_of_a_list_are_not_lost_as_headings(text: str) -> None:
    assert headings(text) == []


def test_a_number_below_which_another_list_stands_is_a_heading_in_either_order() -> None:
    assert headings("1. 採用\n（1）職員12名\n2. 連携\n（1）共同調達") == ["1. 採用", "2. 連携"]
    assert headings("■採用\n①職員12名\n■連携\n①共同調達") == ["■採用", "■連携"]


def test_rules_part_paragraphs_and_are_no_text() -> None:
    assert texts("前。\n\n――――\n\n----\n後。\n＊＊＊\n終。") == ["前。", "――――", "後。", "終。"]


def test_a_heading_gives_kind_speaker_and_material_to_what_has_none() -> None:
    text = "## 【所見】\n\n熱意。\n\n【発言】不足。\n\n## 【発言者：課長】【資料1 p.2】\n\n話。"
    found = memo(text).paragraphs
    assert [(p.kind, p.speaker, p.material) for p in found] == [
        ("remark", "", 0), ("quote", "", 0), ("", "課長", 1)
    ]  # fmt: skip


def test_a_paragraph_knows_the_headings_above_it() -> None:
    text = "# 【要確認】 千葉市　メモ\n\n甲。\n\n## 1. ＡＩ・ＲＰＡ\n\n乙。\n\n"
    text += "### ４／２ 選び方\n\n・丙。\n\n## 他\n\n丁。"
    assert [(p.text, p.headings) for p in memo(text).paragraphs] == [
        ("甲。", ("千葉市 メモ",)),
        ("乙。", ("千葉市 メモ", "ＡＩ・ＲＰＡ")),
        ("丙。", ("千葉市 メモ", "ＡＩ・ＲＰＡ", "４／２ 選び方")),
        ("丁。", ("千葉市 メモ", "他")),
    ]


def test_a_heading_closed_with_what_stands_below_it_is_not_carried_on() -> None:
    text = "## 合併の話\n\n甲。\n\n以上オフレコ\n\n乙。\n\n## 採用\n\n丙。"
    found = memo(text).paragraphs
    assert [(p.text, p.disclosure, p.headings) for p in found] == [
        ("甲。", "off-record", ("合併の話",)), ("乙。", "", ()), ("丙。", "", ("採用",)),
    ]  # fmt: skip


@pytest.mark.parametrize("apart", APART)
def test_what_stands_apart_is_no_note_and_is_named(apart: str) -> None:
    lines = [*lines_of("甲。\n乙。")]
    stray = Line("消した。", Where("memo.md", "line", 9), apart=apart)
    found = read_memo([lines[0], stray, lines[1]])
    assert [p.text for p in found.paragraphs] == ["甲。\n乙。"]
    assert found.strays == (stray,)


def test_paragraphs_of_word_end_with_themselves_and_headings_have_levels() -> None:
    found = word(
        ("人事（オフレコ）", "heading2"), "甲。", ("小", "heading3"), "乙。", ("点。", "item"),
        ("次", "heading2"), "丙。", "・丁。", "1. 表題\n続き。",
    )  # fmt: skip
    assert [(p.text, p.disclosure) for p in found.paragraphs] == [
        ("甲。", OFF), ("乙。", OFF), ("点。", OFF), ("丙。", ""), ("丁。", ""),
        ("表題\n続き。", ""),
    ]  # fmt: skip


@given(WILD, st.lists(st.sampled_from(["", "", "", *APART]), max_size=20), st.booleans())
@example("【オフレコ】\n話", [], False)
@example("話\n【資料1】【発言】\n\n1. x\n・y", [], False)
def test_nothing_of_a_memo_is_lost_and_nothing_is_there_twice(
    text: str, apart: list[str], as_word: bool
) -> None:
    unit = "paragraph" if as_word else "line"
    raw = [Line(part, Where("m", unit, n)) for n, part in enumerate(text.split("\n"), 1)]
    marked = [Line(line.text, line.where, apart=a) for line, a in
              zip(raw, [*apart, *[""] * len(raw)], strict=False)]  # fmt: skip
    lines = styled(marked)
    found = read_memo(lines)
    assert [line.text for line in found.strays] == [
        line.text for line in lines if line.apart and line.text.strip()
    ]
    kept = {line.where.number: line for line in found.headings}
    starts = [paragraph.where.number for paragraph in found.paragraphs]
    assert starts == sorted(set(starts))
    ends = [*starts, len(lines) + 1][1:]
    for paragraph, end in zip(found.paragraphs, ends, strict=True):
        own = [
            line for line in lines[paragraph.where.number - 1 : end - 1]
            if not line.apart and line.where.number not in kept
        ]  # fmt: skip
        assert_whole(paragraph, own)
    covered = {line.where.number for line in lines if line.apart or not line.text.strip()}
    first = min([*starts, len(lines) + 1])
    for line in lines[: first - 1]:
        assert line.where.number in covered | set(kept) or is_rule(line.text), line


BRACKETS = r"(?:【[^【】]*】|[（(][^（）()]*[）)])"
BEFORE = re.compile(
    rf"(?:#{{1,6}}|[■□◆◇▼▽★☆◎▲△▶]|[-*+–—](?:\[[xX]?\])?|[・･•●○◦▪▫‣]|\d{{1,2}}[.．)）]"
    rf"|[（(]\d{{1,2}}[)）]|[①-⑳])?{BRACKETS}*"
)
AFTER = re.compile(rf"(?:{BRACKETS}[。．.]?)*#*")


def assert_whole(paragraph: MemoParagraph, own: Sequence[Line]) -> None:
    """All of its lines is text but one sign and brackets before it, and brackets behind it."""
    whole = "".join("".join(line.text for line in own if not is_rule(line.text)).split())
    text = "".join(paragraph.text.split())
    for end in (text, text[:-1] if text[-1] in "。．." else text):
        places = [at for at in range(len(whole)) if whole.startswith(end, at)]
        for at in places:
            before, after = whole[:at], whole[at + len(end) :]
            if BEFORE.fullmatch(before) and AFTER.fullmatch(after):
                return
    pytest.fail(f"{text!r} is not the whole of {whole!r}")
