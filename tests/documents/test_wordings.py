"""How notes, visits, cities and states are put into words."""

from datetime import date

import pytest
from msgspec.structs import replace

from documents.values import CHIBA, OURS, RESPONDENT, VISIT, mark, note
from fieldvisit import language
from fieldvisit.documents import wordings
from fieldvisit.fieldwork.guide import Address
from fieldvisit.fieldwork.note import Source
from fieldvisit.fieldwork.states import Counts, Standing, standing
from fieldvisit.fieldwork.terms import DISCLOSURES, KINDS, STATES


@pytest.mark.parametrize(
    ("kind", "level", "ja", "en"),
    [
        ("statement", "public", "", ""),
        ("statement", "confirm", "【要確認】", "[to be confirmed]"),
        ("statement", "anonymous", "【匿名】", "[anonymous]"),
        ("statement", "group", "【関係者限り】", "[group only]"),
        ("statement", "off-record", "【オフレコ】", "[off the record]"),
        ("quote", "public", "【発言】", "[quote]"),
        ("remark", "group", "【所見】【関係者限り】", "[researcher's remark][group only]"),
        ("desk", "public", "【公表資料】", "[desk research]"),
    ],
)
def test_what_may_not_be_quoted_bears_a_mark(kind: str, level: str, ja: str, en: str) -> None:
    made = note("aaaa", kind=kind, disclosure=level)
    assert wordings.marks(made) == en
    assert wordings.statement(made) == f"{en}{' ' if en else ''}話aaaa [aaaa]"
    language.use("ja")
    assert wordings.marks(made) == ja
    assert wordings.statement(made) == f"{ja}話aaaa [aaaa]"


@pytest.mark.parametrize("lang", ["en", "ja"])
def test_every_level_but_public_and_every_kind_but_statement_has_a_mark(lang: str) -> None:
    language.use(lang)
    for level in DISCLOSURES:
        assert bool(wordings.marks(note("a", disclosure=level))) == (level != "public")
    for kind in KINDS:
        assert bool(wordings.marks(note("a", kind=kind))) == (kind != "statement")
    assert len({wordings.marks(note("a", disclosure=level)) for level in DISCLOSURES}) == 5


def test_a_statement_says_who_as_of_when_and_where_it_was_published() -> None:
    source = Source("総務省", "https://example.jp/x", "2019-03")
    made = note("aaaa", speaker=RESPONDENT, as_of="2019年度", source=source)
    assert wordings.statement(made) == (
        "話aaaa (情報部 課長 山田太郎, as of 2019年度, source: 総務省, published 2019-03) [aaaa]"
    )
    assert wordings.published(made) == " (as of 2019年度, source: 総務省, published 2019-03)"
    language.use("ja")
    assert wordings.statement(made).startswith("話aaaa（情報部 課長 山田太郎、2019年度")
    assert "https" not in wordings.statement(made)


def test_the_handle_comes_last_also_behind_several_lines() -> None:
    assert wordings.statement(note("aaaa", body="一\n二")) == "一\n二 [aaaa]"


def test_the_places_of_a_note() -> None:
    assert wordings.place(note("a", "ai-rpa other/x")) == "ai-rpa, other/x"
    assert wordings.place(note("a", "")) == "unsorted"


def test_a_city_bears_its_class_of_the_day() -> None:
    assert wordings.city(CHIBA, date(2019, 1, 1)) == "千葉市 (designated city)"
    assert wordings.city(CHIBA, date(1992, 3, 31)) == "千葉市"
    language.use("ja")
    assert wordings.city(OURS, date(2019, 1, 1)) == "架空村（村）"


def test_days_bear_their_weekday() -> None:
    assert wordings.days(replace(VISIT, first_day="")) == "date not fixed"
    language.use("ja")
    assert wordings.days(VISIT) == "2019年10月21日（月） 13:30"
    two = replace(VISIT, last_day="2019-10-22", time="")
    assert wordings.days(two) == "2019年10月21日（月）～22日（火）"
    assert wordings.days(replace(two, last_day="2019-10-21")) == "2019年10月21日（月）"
    assert (wordings.day("2019-10-21"), wordings.day("")) == ("2019年10月21日（月）", "")


@pytest.mark.parametrize("state", STATES)
def test_each_state_has_words_in_both_languages(state: str) -> None:
    found = Standing(Address("t"), state)
    assert wordings.state(found) == STATES[state].en
    language.use("ja")
    assert wordings.state(found) == STATES[state].ja


def test_a_state_says_when_and_why() -> None:
    late = mark("ai-rpa/status", "to-follow", "担当者不在", "2019-11-15")
    open_ = standing(late.address, [], late)
    assert wordings.state(open_) == "to follow (due Fri 15 November 2019, 担当者不在)"
    partly = standing(late.address, ["statement"], late)
    assert wordings.state(partly).startswith("answered, more to follow (due")
    language.use("ja")
    assert wordings.state(open_).startswith("後日回答予定（")
    assert "2019年11月15日（金）" in wordings.state(open_)
    assert wordings.state(open_).endswith("、担当者不在）")
    declined = standing(late.address, [], mark("ai-rpa/status", "declined"))
    assert wordings.state(declined) == "回答差控え"


def test_counts_are_short() -> None:
    assert wordings.counts(Counts(3, 7)) == "answered 3/7"
    assert wordings.counts(Counts(3, 7, 1)) == "answered 3/7 · to follow 1"
    language.use("ja")
    assert wordings.counts(Counts(3, 7, 1)) == "回答3/7・後日1"
    assert wordings.state_and_counts("answered", Counts(3, 7)) == "回答あり（回答3/7）"


def test_a_page_says_for_whom_it_is() -> None:
    assert wordings.audience_line("public").startswith("For the public.")
    for level in ("confirm", "anonymous", "group"):
        assert DISCLOSURES.mark(level) in wordings.audience_line("group")
    assert "off-record" in wordings.audience_line("all")
    language.use("ja")
    assert wordings.audience_line("public").startswith("公開範囲：一般公開。")
    assert "関係者限り" in wordings.audience_line("group")
    for level in ("confirm", "anonymous", "group"):
        assert DISCLOSURES.mark(level) in wordings.audience_line("group")
    assert "オフレコ" in wordings.audience_line("all")


def test_periods_leave_an_unknown_end_open() -> None:
    assert wordings.period("", "") == ""
    assert wordings.period("2019-04-01", "") == "since Mon 1 April 2019"
    assert wordings.period("", "2019-04-01") == "until Mon 1 April 2019"
    assert wordings.period("2019-04-01", "2020-03-31") == (
        "from Mon 1 April 2019 to Tue 31 March 2020"
    )


def test_signs_follow_the_language() -> None:
    assert language.enumerated(["a", "b"]) == "a, b"
    assert wordings.labelled("a", "b") == "a: b"
    assert (wordings.bracketed("a"), wordings.bracketed("")) == (" (a)", "")
    language.use("ja")
    assert language.enumerated(["a", "b"]) == "a、b"
    assert wordings.labelled("a", "b") == "a：b"
    assert (wordings.bracketed("a"), wordings.bracketed("")) == ("（a）", "")
