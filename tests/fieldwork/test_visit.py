import pytest

from fieldvisit.errors import BadText, WrongUsage
from fieldvisit.fieldwork.visit import (
    Participant,
    UsedGuide,
    Visit,
    check_days,
    read_respondent,
)


@pytest.mark.parametrize(
    ("typed", "expected"),
    [
        ("情報経営部/課長/山田", ("情報経営部", "課長", "山田")),
        ("情報経営部／課長／山田", ("情報経営部", "課長", "山田")),
        ("情報経営部/課長/", ("情報経営部", "課長", "")),
        ("情報経営部/課長", ("情報経営部", "課長", "")),
        ("//山田", ("", "", "山田")),
        (" 情報経営部 / 課長 / 山田 太郎 ", ("情報経営部", "課長", "山田 太郎")),
        ("山田", ("", "", "山田")),
        ("情報経営部//", ("情報経営部", "", "")),
    ],
)
def test_a_respondent_is_typed_with_slashes(typed: str, expected: tuple[str, str, str]) -> None:
    assert read_respondent(typed) == expected


@pytest.mark.parametrize("typed", ["a/b/c/d", "//", "/", " / / "])
def test_what_is_no_respondent_is_refused(typed: str) -> None:
    with pytest.raises(WrongUsage, match="cannot be read as department/position/name") as caught:
        read_respondent(typed)
    assert "所属//氏名" in caught.value.hint


@pytest.mark.parametrize("typed", ["", " ", "???", "a\0", "\udcff"])
def test_text_that_cannot_be_kept_is_no_respondent(typed: str) -> None:
    with pytest.raises(BadText):
        read_respondent(typed)


def test_a_participant_prints_what_is_known() -> None:
    assert (
        str(Participant("p", "respondent", "山田", "情報経営部", "課長")) == "情報経営部 課長 山田"
    )
    assert Participant("p", "respondent", "山田").role == ""
    assert Participant("p", "respondent", position="課長").role == "課長"


def test_a_visit_has_two_sides_and_a_day_or_none() -> None:
    ours, theirs = Participant("p", "interviewer", "佐藤"), Participant("q", "respondent", "山田")
    visit = Visit("v", "chiba-1", "121002", participants=(ours, theirs))
    assert (visit.interviewers, visit.respondents, visit.day) == ((ours,), (theirs,), None)
    dated = Visit("v", "chiba-1", "121002", first_day="2019-10-21")
    assert dated.day
    assert dated.day.isoformat() == "2019-10-21"


def test_a_visit_keeps_its_guides_once_one_has_a_sum() -> None:
    for guides, kept in (((), False), ((UsedGuide("g"),), False), ((UsedGuide("g", "0"),), True)):
        assert Visit("v", "chiba-1", "121002", guides=guides).keeps_its_guides == kept


@pytest.mark.parametrize("days", [("", "2019-10-21"), ("2019-10-22", "2019-10-21")])
def test_a_visit_cannot_end_before_it_begins(days: tuple[str, str]) -> None:
    with pytest.raises(WrongUsage, match="2019-10-21"):
        check_days(*days)


@pytest.mark.parametrize("days", [("", ""), ("2019-10-21", ""), ("2019-10-21", "2019-10-21")])
def test_other_days_pass(days: tuple[str, str]) -> None:
    check_days(*days)
