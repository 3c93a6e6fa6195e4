"""Marks at the start of a paragraph, as they are written and read."""

import pytest
from hypothesis import given
from hypothesis import strategies as st

from fieldvisit import language
from fieldvisit.fieldwork.record.marks import (
    Marks,
    almost_off_record,
    begins_with_mark,
    mark,
    read_marks,
    speaker_mark,
)
from fieldvisit.fieldwork.terms import DISCLOSURES, KINDS

SIGNS = st.sampled_from(
    ["【", "】", "【オフレコ】", "【発言・匿名】", "【said by: x】", "（オフレコ）", "\n"]
)
WILD = st.lists(SIGNS | st.text(max_size=4), max_size=10).map("".join)


@pytest.mark.parametrize("spoken", ["ja", "en"])
def test_every_mark_that_is_written_is_read_back(spoken: str) -> None:
    language.use(spoken)
    for kind in KINDS:
        for level in DISCLOSURES:
            marks = read_marks(f"{mark(DISCLOSURES, level)} {mark(KINDS, kind)}\n話")
            assert marks == Marks(frozenset({kind}), frozenset({level}), "話")


def test_an_unknown_mark_ends_the_marks() -> None:
    marks = read_marks("【オフレコ】【参考】【発言】話")
    assert marks == Marks(frozenset(), frozenset({"off-record"}), "【参考】【発言】話")


@pytest.mark.parametrize(
    "text",
    [
        "【参考】話", "（参考）", "【】", "【・】", "", "非公開の会議で決めた。",
        "議事録は非公開（理由は聞けず）。", "前回のオフレコの話とは別である。", "オフィスの改革",
        "Records are kept off site.", "\\オフレコ",
    ],
)  # fmt: skip
def test_text_that_is_no_mark(text: str) -> None:
    assert not begins_with_mark(text)
    assert not almost_off_record(text)
    assert read_marks(text).rest == text


@pytest.mark.parametrize(
    "text",
    [
        "（オフレコ）話", "[off-record]", "［ｵﾌﾚｺ］", "【オフレコ", "【ここからオフレコ】",
        "〈オフレコ〉", "オフレコ", "オフレコ：人が足りない。", "ｵﾌﾚｺ 人が足りない。",
        "・【オフレコ】人が足りない。", "1. 【オフレコ】人が足りない。",
        "- off the record: short of staff", "> Off-record, short of staff",
        "【引用不可】人が足りない。", "引用不可：人が足りない。",
        "（ここだけの話）人が足りない。", "ここだけの話ですが、人が足りない。",
        "人が足りないという話だった（オフレコ）。", "We are short of staff (off the record).",
        "[x] オフレコ", "【参考】オフレコ：話",
    ],
)  # fmt: skip
def test_what_was_meant_as_off_the_record_is_seen(text: str) -> None:
    assert almost_off_record(text)


@given(WILD)
def test_taking_marks_off_leaves_the_end_of_the_text(text: str) -> None:
    marks = read_marks(text)
    assert text.strip().endswith(marks.rest)
    assert bool(marks.kinds or marks.disclosures or marks.speakers) == (marks.rest != text.strip())


@pytest.mark.parametrize("written", ["【発言者：課長】", "【発言者: 課長 】", "【said by: 課長】"])
def test_a_speaker_is_read_among_the_other_marks_in_both_languages(written: str) -> None:
    marks = read_marks(f"【発言】{written}【オフレコ】話")
    assert marks == Marks(
        frozenset({"quote"}), frozenset({"off-record"}), "話", frozenset({"課長"})
    )


def test_a_name_that_would_break_the_mark_is_left_out_of_it() -> None:
    assert speaker_mark("課長】【公表可") == ""
    assert speaker_mark("") == ""
