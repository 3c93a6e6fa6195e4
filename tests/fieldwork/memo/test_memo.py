"""Memos as lines, and the paragraphs that they become."""

import re
from collections.abc import Sequence

import pytest
from hypothesis import example, given
from hypothesis import strategies as st

from fieldvisit.fieldwork.memo.kept import bears_off_record, kept
from fieldvisit.fieldwork.memo.marks import take_marks, with_materials
from fieldvisit.fieldwork.memo.paragraphs import Memo, MemoParagraph, read_memo
from fieldvisit.fieldwork.memo.signs import is_rule, styled
from fieldvisit.fieldwork.sheets.returned_file import APART, Line, Where

OFF = "off-record"


def lines_of(text: str) -> tuple[Line, ...]:
    numbered = enumerate(text.split("\n"), 1)
    return styled([Line(line, Where("memo.txt", "line", n)) for n, line in numbered])


def memo(text: str) -> Memo:
    return read_memo(lines_of(text))


def levels(text: str) -> list[tuple[str, str]]:
    return [(paragraph.text, paragraph.disclosure) for paragraph in memo(text).paragraphs]


def headings(text: str) -> list[str]:
    return [line.text for line in memo(text).headings]


def word(*paragraphs: str | tuple[str, str]) -> Memo:
    """A memo of Word: each paragraph a line of its own, some with a style."""
    pairs = [(p, "") if isinstance(p, str) else p for p in paragraphs]
    lines = [
        Line(text, Where("memo.docx", "paragraph", n), style=style)
        for n, (text, style) in enumerate(pairs, 1)
    ]
    return read_memo(styled(lines))


SIGNS = st.sampled_from([
    "# ", "## ", "###", "■", "▼", "・", "- ", "* ", "1. ", "１．", "(1)", "（2）", "1)", "①",
    "【採用】", "【オフレコ】", "【発言・匿名】", "【発言者：課長】", "【資料1 p.7】", "（資料2）",
    "【", "】", "(material 1 p.7)", "オフレコ", "ここまでオフレコ", "以下オフレコ", "（オフレコ）",
    "----", "===", "\n", "\n", "\n\n", "　", " ", "\t", "\r", "\x0c", "\u2028", "職員は12名。",
    "AI", "。", "𠮷", "か\u3099", "\ufeff", "\u200b", "課", "x" * 45,
])  # fmt: skip
WILD = st.lists(SIGNS | st.text(max_size=3), max_size=25).map("".join)


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
        "■職員12名\n■専門職なし", "1. 職員12名\n2. 専門職なし", "1. 職員12名\n\n2. 専門職なし",
        "1. 職員12名\nうち2名は再任用\n2. 専門職なし", "（1）職員は12名である。\n本文が続く。",
        "① 職員12名", "採用について\n\n職員は12名。",
    ],
)  # fmt: skip
def test_points_of_a_list_are_not_lost_as_headings(text: str) -> None:
    assert headings(text) == []


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


@pytest.mark.parametrize(
    "text",
    [
        "他言無用でお願いします。市長は反対している。", "市長は反対、他言無用で。",
        "市長は反対している。引用しないでください。", "この点は引用しないでほしいとのこと。",
        "表に出さないでほしいが、市長は反対。", "外には出さないでいただきたい話だが、市長は反対。",
        "書かないでください：市長は反対している。", "ここは書かないで。市長は反対。",
        "議事録には載せないで下さい。市長は反対。", "記録に残さないでほしいが、市長は反対。",
        "口外しないでもらいたい。市長は反対。", "公表は差し控えてほしい。市長は反対。",
        "引用はご遠慮ください。市長は反対。", "市長は反対。引用しないようお願いします。",
        "引用不可でお願いします。市長は反対。", "市長は反対だが、引用\nしないでください。",
        "Please do not quote this: the mayor is against it.",
        "The mayor is against it. Please don’t quote me on that.",
        "Don't quote this. The mayor is against it.", "The mayor is against it (not to be quoted).",
        "The mayor would rather not be quoted on it.",
    ],
)  # fmt: skip
def test_a_paragraph_that_asks_not_to_be_quoted_is_off_the_record(text: str) -> None:
    found = memo(f"前。\n\n{text}\n\n後。")
    assert [(p.text, p.disclosure) for p in found.paragraphs] == [
        ("前。", ""), (text, OFF), ("後。", ""),
    ]  # fmt: skip
    assert found.closed_by_words == 1


@pytest.mark.parametrize(
    "text",
    [
        "条例に引用している。", "書かない窓口を始めた。", "書かないワンストップ窓口は好評である。",
        "申請書を書かないで済む。", "書かないでもらえる証明書がある。", "引用はしていない。",
        "名簿は公表していない。", "要綱は公表しないこととした。", "結果は表に出さない方針である。",
        "記録を残さない運用だ。", "会議は非公開である。", "紙を使わないでほしいという声がある。",
        "ごみを出さないでほしいという声がある。", "We do not quote prices.",
        "The list is quoted in the plan.", "Please quote the plan.",
        "オフィスを改めた。", "Records are kept off site.", "キックオフの記録。", "録音は切った。",
    ],
)  # fmt: skip
def test_plain_statements_stay_as_they_are(text: str) -> None:
    assert [(p.text, p.disclosure) for p in memo(text).paragraphs] == [(text, "")]


@pytest.mark.parametrize(
    "line",
    ["これ以降はオフレコで", "以降、オフレコでお願いします。", "以下は引用しないでください。",
     "【オフレコ 発言】", "ここから先は他言無用で", "表に出さないでください。"],
)  # fmt: skip
def test_a_line_of_nothing_else_is_a_mark_and_closes_what_is_below(line: str) -> None:
    found = memo(f"## 甲\n\n前。\n\n本文。\n\n{line}\n\n話。\n\n## 乙\n\n後。\n")
    levels = {p.text: p.disclosure for p in found.paragraphs}
    assert (levels["前。"], levels["話。"], levels["後。"]) == ("", OFF, "")
    assert len(levels) == 4


@pytest.mark.parametrize(
    "line", ["以上、他言無用でお願いします。", "ここまでは引用しないでください。"]
)
def test_a_line_that_looks_back_closes_what_is_above(line: str) -> None:
    found = memo(f"## 甲\n\n話。\n\n点。\n\n{line}\n\n後。\n")
    assert [p.disclosure for p in found.paragraphs] == [OFF, OFF, ""]


@pytest.mark.parametrize(
    "mark", ["【オフレコ 発言】", "【発言　オフレコ】", "【off the record quote】"]
)
def test_marks_parted_by_a_blank_are_marks(mark: str) -> None:
    [found] = memo(f"{mark}市長は反対。").paragraphs
    assert (found.text, found.kind, found.disclosure) == ("市長は反対。", "quote", OFF)
    assert memo(f"{mark}市長は反対。").closed_by_words == 0


def test_years_after_which_something_holds_close_nothing_below() -> None:
    found = memo("2019年以降はオフレコの話が多い。\n\n後。").paragraphs
    assert [p.disclosure for p in found] == [OFF, ""]


def said(text: str) -> list[tuple[str, str, tuple[str, ...]]]:
    return [(p.text, p.disclosure, p.headings) for p in memo(text).paragraphs]


@pytest.mark.parametrize("after", ["", "\n\n## 次\n\n後。", "\n\n# 次\n\n後。", "\n\n----\n"])
def test_a_heading_under_which_no_note_came_is_a_note(after: str) -> None:
    text = f"# 題\n\n前。\n\n## 結論：見送り{after}"
    assert said(text)[:2] == [("前。", "", ("題",)), ("結論：見送り", "", ("題",))]
    assert "## 結論：見送り" not in [line.text for line in memo(text).headings]
    assert [p.where.number for p in memo(text).paragraphs][:2] == [3, 5]


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


@pytest.mark.parametrize(
    ("typed", "expected"),
    [
        ("効果は300時間。（資料1 p.7）", "効果は300時間。（資料1 p.7）"),
        ("効果は300時間（資料1 p.7）。", "効果は300時間（資料1 p.7）。"),
        ("300時間減 (material 1 p.7)", "300時間減 (material 1 p.7)"),
        ("【資料2】効果。", "【資料2】効果。"),
        ("【発言】効果（資料1）。", "効果（資料1）。"),
        ("【発言】効果。（資料1）【関係者限り】", "効果。（資料1）"),
        ("効果【発言】（資料1）。", "効果（資料1）。"),
        ("効果（資料1）【発言】。", "効果（資料1）。"),
        ("【発言・資料1 p.7】効果。", "【発言・資料1 p.7】効果。"),
        ("【オフレコ】効果。", "効果。"),
    ],
)
def test_a_text_keeps_the_material_and_no_other_mark(typed: str, expected: str) -> None:
    assert with_materials(typed) == expected
    assert "資料" not in take_marks(typed)[1]


@pytest.mark.parametrize(
    "heading", ["## 人事【オフレコ】", "## 【オフレコ】人事", "## オフレコ", "## 人事（ｵﾌﾚｺ）",
                "## ここだけの話", "## Off the record", "## 非公開情報"]
)  # fmt: skip
def test_a_heading_closes_all_below_it_up_to_one_of_its_level(heading: str) -> None:
    text = f"# 題\n\n前。\n\n{heading}\n\n甲。\n・乙。\n\n### 小見出し\n\n丙。\n\n## 次\n\n後。\n"
    assert levels(text) == [("前。", ""), ("甲。", OFF), ("乙。", OFF), ("丙。", OFF), ("後。", "")]
    assert memo(text).closed_by_words == 0


CLOSED = {
    "a higher heading ends it, a lower one opens nothing": (
        "## 甲【オフレコ】\n\nあ。\n\n### 乙【公表可】\n\nい。\n\n# 丙\n\nう。\n",
        [("あ。", OFF), ("い。", OFF), ("う。", "")],
    ),
    "signs of headings nest as they first appear": (
        "■甲\n\n1. 子【オフレコ】\n\nあ。\n\n（1）孫\n\nい。\n\n2. 子\n\nう。\n\n■乙\n\nえ。\n",
        [("あ。", OFF), ("い。", OFF), ("う。", ""), ("え。", "")],
    ),
    "a heading of an unknown rank opens nothing": (
        "■甲【オフレコ】\n\nあ。\n\n◎人事？\n\n1. 子\n\nい。\n\n【節】\n\nう。\n\n■乙\n\nえ。\n",
        [("あ。", OFF), ("人事？", OFF), ("い。", OFF), ("う。", OFF), ("え。", "")],
    ),
    "points below a closed point": (
        "・【オフレコ】人事の話。\n　・異動がある。\n・研修の話。\n\n段落。",
        [("人事の話。", OFF), ("異動がある。", OFF), ("研修の話。", ""), ("段落。", "")],
    ),
    "before the first heading all is meant": (
        "オフレコ\n\n甲。\n\n# 題\n\n乙。", [("甲。", OFF), ("乙。", OFF)]
    ),
    "a request may mean the paragraph before it": (
        "# 題\n\n前。\n\n話。\n\nオフレコでお願いします。\n\n後。\n",
        [("前。", ""), ("話。", OFF), ("後。", OFF)],
    ),
    "a mark in the middle opens no more than it says": (
        "人事は【関係者限り】異動の話。\n\n（関係者限り）の話。\n\n【公表可】か聞く話。\n",
        [("人事は【関係者限り】異動の話。", "group"), ("（関係者限り）の話。", "group"),
         ("か聞く話。", "public")],
    ),
}  # fmt: skip


@pytest.mark.parametrize("case", CLOSED)
def test_what_is_closed_and_no_more(case: str) -> None:
    text, expected = CLOSED[case]
    assert levels(text) == expected


@pytest.mark.parametrize("heading", ["# 次", "■次", "1. 次", "【次】", "次\n==="])
def test_a_heading_ends_the_list_above_it(heading: str) -> None:
    text = f"・前。\n・【オフレコ】人事。\n　・異動。\n\n{heading}\n\n後。\n"
    assert levels(text) == [("前。", ""), ("人事。", OFF), ("異動。", OFF), ("後。", "")]


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


@pytest.mark.parametrize(
    ("text", "expected"),
    [
        ("【発言】人が足りない。", {"kind": "quote"}),
        ("人が足りない。【発言】", {"kind": "quote"}),
        ("【所見・関係者限り】熱意がある。", {"kind": "remark", "disclosure": "group"}),
        ("【発言】【発言者：課長】足りない。【匿名】",
         {"kind": "quote", "speaker": "課長", "disclosure": "anonymous"}),
        ("300時間減。【資料1 p.7】", {"material": 1, "page": "7"}),
        ("【資料２、７頁】300時間減。", {"material": 2, "page": "7"}),
        ("300時間減 (material 1 p.7)", {"material": 1, "page": "7"}),
        ("300時間減（資料3）", {"material": 3, "page": ""}),
        ("【発言・資料1の7ページ・公表可】減。",
         {"kind": "quote", "material": 1, "page": "7", "disclosure": "public"}),
        ("【配付資料】減。", {"kind": "handout", "material": 0}),
        ("【公表可】【オフレコ】減。", {"disclosure": OFF}),
        ("【参考】減。", {"kind": "", "disclosure": "", "text": "【参考】減。"}),
    ],
)  # fmt: skip
def test_marks_at_either_end_are_understood_and_taken_off(
    text: str, expected: dict[str, object]
) -> None:
    [found] = memo(text).paragraphs
    assert {name: getattr(found, name) for name in expected} == expected
    assert found.doubt == ""
    if "text" not in expected:
        assert "【" not in found.text
        assert "（" not in found.text


def test_marks_that_exclude_each_other_are_a_doubt() -> None:
    [found] = memo("【発言】人が足りない。【所見】").paragraphs
    assert "quote, remark" in found.doubt
    [found] = memo("【発言者：課長】人が足りない。【発言者：係長】").paragraphs
    assert "係長, 課長" in found.doubt
    [found] = memo("【資料1】人が足りない。【資料2】").paragraphs
    assert "1, 2" in found.doubt


@pytest.mark.parametrize(
    "words",
    [
        "オフレコ", "ｵﾌﾚｺ", "オフ・レコ", "オフ レコ", "オフ\nレコ", "おふれこ", "オフ‐レコ",
        "オフ\u200bレコ", "オ フ レ コ", "ここだけの話", "ココだけのはなし", "ここだけのお話",
        "ここだけの\n話", "off the record", "Off-the-Record", "OFF  THE\nRECORD",
        "ｏｆｆ－ｒｅｃｏｒｄ",
        "off\u00a0the\u00a0record",
    ],
)  # fmt: skip
def test_a_paragraph_that_says_so_in_any_form_is_off_the_record_whatever_it_is_marked(
    words: str,
) -> None:
    found = memo(f"【公表可】人が足りない、{words}だが。\n\n研修は年2回。\n")
    assert [p.disclosure for p in found.paragraphs] == [OFF, ""]
    assert [p.off_record_by_words for p in found.paragraphs] == [True, False]
    assert found.closed_by_words == 1


def test_marks_on_the_last_line_of_a_paragraph_are_its_own() -> None:
    text = "# 題\n\n職員は12名。\n【所見】\n\n研修は年2回。\n\n不足。\n【オフレコ】\n\n終わり。"
    found = memo(text).paragraphs
    assert [(p.text, p.kind, p.disclosure) for p in found] == [
        ("職員は12名。", "remark", ""), ("研修は年2回。", "", ""),
        ("不足。", "", OFF), ("終わり。", "", ""),
    ]  # fmt: skip


def refusing(*texts: str, apart: str = "", unit: str = "line") -> Memo:
    """The last of the texts stands apart if ``apart`` says so."""
    lines = [Line(text, Where("memo.md", unit, n)) for n, text in enumerate(texts, 1)]
    if apart:
        lines.append(Line(lines.pop().text, Where("memo.md", unit, len(texts)), apart=apart))
    return read_memo(styled(lines))


@pytest.mark.parametrize(
    ("lines", "expected"),
    [
        (["【オフレコ】市長は反対。"], "【off the record】市長は反対。"),
        (["市長は反対。【オフレコ】"], "【off the record】市長は反対。【オフレコ】"),
        (["# 人事（オフレコ）", "市長は反対。"], "【off the record】市長は反対。"),
        (["ここだけの話、市長は反対。"], "【off the record】ここだけの話、市長は反対。"),
        (["【発言】市長は賛成。"], "【発言】市長は賛成。"),
    ],
)
def test_what_is_off_the_record_is_kept_with_that_mark_in_front(
    lines: list[str], expected: str
) -> None:
    [found] = refusing(*lines).paragraphs
    closed = found.disclosure == "off-record"
    text = kept(found.typed, closed=closed)
    assert text.replace("【オフレコ】市", "【off the record】市", 1) == expected
    assert bears_off_record(text) == closed


@pytest.mark.parametrize("unit", ["line", "paragraph"])
@pytest.mark.parametrize(
    ("lines", "closed"),
    [
        (["前。", "【オフレコ】消した話。"], True),
        (["前。", "オフレコだが、消した話。"], True),
        (["# 人事【オフレコ】", "前。", "消した話。"], True),
        (["# 人事【オフレコ】", "消した話。"], True),
        (["前。", "ここからオフレコ", "消した話。"], True),
        (["前。", "消した話。"], False),
        (["# 人事【オフレコ】", "前。", "# 次", "消した話。"], False),
    ],
)
def test_what_stands_apart_is_closed_with_what_is_around_it(
    lines: list[str], closed: bool, unit: str
) -> None:
    found = refusing(*lines, apart="struck", unit=unit)
    assert found.closed == (frozenset(found.strays) if closed else frozenset())


def test_what_was_struck_out_of_a_paragraph_is_closed_with_it() -> None:
    where = Where("memo.docx", "paragraph", 1)
    struck = Line("反対。", where, apart="struck")
    assert read_memo([Line("賛成。【オフレコ】", where), struck]).closed == {struck}
    assert read_memo([Line("賛成。", where), struck]).closed == frozenset()
