"""Marks and words in a paragraph of a memo: understood, taken off, off the record if in doubt."""

import pytest

from fieldwork.memo.memos import OFF, levels, memo


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


def test_a_mark_in_the_middle_makes_a_paragraph_no_more_open_than_it_says() -> None:
    assert levels(
        "人事は【関係者限り】異動の話。\n\n（関係者限り）の話。\n\n【公表可】か聞く話。\n"
    ) == [
        ("人事は【関係者限り】異動の話。", "group"),
        ("（関係者限り）の話。", "group"),
        ("か聞く話。", "public"),
    ]


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


@pytest.mark.parametrize(
    "text",
    ["オフィスを改めた。", "Records are kept off site.", "キックオフの記録。", "録音は切った。"],
)
def test_words_that_only_look_alike_close_nothing(text: str) -> None:
    assert levels(text) == [(text, "")]


def test_a_mark_is_not_counted_as_words() -> None:
    found = memo("【オフレコ】人が足りない。")
    assert found.paragraphs[0].disclosure == OFF
    assert found.closed_by_words == 0


def test_marks_on_the_last_line_of_a_paragraph_are_its_own() -> None:
    text = "# 題\n\n職員は12名。\n【所見】\n\n研修は年2回。\n\n不足。\n【オフレコ】\n\n終わり。"
    found = memo(text).paragraphs
    assert [(p.text, p.kind, p.disclosure) for p in found] == [
        ("職員は12名。", "remark", ""), ("研修は年2回。", "", ""),
        ("不足。", "", OFF), ("終わり。", "", ""),
    ]  # fmt: skip
