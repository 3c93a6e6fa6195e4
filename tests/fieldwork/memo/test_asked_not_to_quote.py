"""Words that ask not to be quoted close what they stand in; plain statements do not."""

import pytest

from fieldvisit.fieldwork.memo.paragraphs import Memo, read_memo
from fieldvisit.fieldwork.memo.signs import styled
from fieldvisit.fieldwork.sheets.returned_file import Line, Where

OFF = "off-record"


def memo(text: str) -> Memo:
    numbered = enumerate(text.split("\n"), 1)
    return read_memo(styled([Line(line, Where("memo.txt", "line", n)) for n, line in numbered]))


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


@pytest.mark.parametrize("text", ["【参考 発言】話。", "【発言 参考 匿名】話。"])
def test_a_bracket_of_which_a_part_is_no_mark_stays(text: str) -> None:
    assert [p.text for p in memo(text).paragraphs] == [text]


def test_years_after_which_something_holds_close_nothing_below() -> None:
    found = memo("2019年以降はオフレコの話が多い。\n\n後。").paragraphs
    assert [p.disclosure for p in found] == [OFF, ""]
