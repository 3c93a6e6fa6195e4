"""Due dates without a year, and the year or month that a statement holds for."""

import datetime as dt

import pytest
from hypothesis import given
from hypothesis import strategies as st

from fieldvisit.dates import first_day, read_as_of, read_due
from fieldvisit.errors import BadDate

DATE = dt.date
TODAY = DATE(2019, 10, 21)


@pytest.mark.parametrize(
    ("typed", "today", "due"),
    [
        ("10/31", "2019-10-21", "2019-10-31"),
        ("10月31日（木）", "2019-10-21", "2019-10-31"),
        ("１０／２１", "2019-10-21", "2019-10-21"),
        ("10/20", "2019-10-21", "2020-10-20"),
        ("1月5日", "2019-12-31", "2020-01-05"),
        ("2/29", "2019-10-21", "2020-02-29"),
        ("2/29", "2096-03-01", "2104-02-29"),
        ("令和元年10月1日", "2019-10-21", "2019-10-01"),
        ("2020-01-05", "2019-10-21", "2020-01-05"),
    ],
)
def test_a_due_date_without_a_year_is_the_next_one(typed: str, today: str, due: str) -> None:
    assert read_due(typed, DATE.fromisoformat(today)).isoformat() == due


@pytest.mark.parametrize(
    "typed", ["2/30", "13/1", "0/1", "10月0日", "10/31（金）", "10", "10/11/12"]
)
def test_a_bad_due_date_is_refused(typed: str) -> None:
    with pytest.raises(BadDate):
        read_due(typed, TODAY)


def test_a_due_date_after_the_end_of_the_calendar_is_refused() -> None:
    with pytest.raises(BadDate):
        read_due("1/1", DATE.max)


@given(st.dates(max_value=DATE(9980, 1, 1)), st.dates(DATE(2000, 1, 1), DATE(2000, 12, 31)))
def test_a_due_date_has_the_month_and_day_that_were_typed(today: DATE, any_day: DATE) -> None:
    due = read_due(f"{any_day.month}/{any_day.day}", today)
    assert due >= today
    assert (due.month, due.day) == (any_day.month, any_day.day)
    if any_day.month != 2:
        assert (due - today).days < 366


@pytest.mark.parametrize(
    ("typed", "first"),
    [
        ("2019", "2019-01-01"),
        ("２０１９年", "2019-01-01"),
        ("2019-10", "2019-10-01"),
        ("2019/10", "2019-10-01"),
        ("2019年10月", "2019-10-01"),
        ("令和元年10月", "2019-10-01"),
        ("令和元年5月", "2019-05-01"),
        ("令和元年", "2019-05-01"),
        ("平成31年", "2019-01-01"),
        ("平成元年1月", "1989-01-08"),
        ("2019年度", "2019-04-01"),
        ("令和元年度", "2019-04-01"),
        ("平成31年度", "2019-04-01"),
        ("R1年度", "2019-04-01"),
        ("FY2019", "2019-04-01"),
        ("fy 2019", "2019-04-01"),
        ("R1.10", "2019-10-01"),
        ("2019-10-21", "2019-10-21"),
        ("令和元年10月21日（月）", "2019-10-21"),
        ("9999-12", "9999-12-01"),
    ],
)
def test_an_as_of_is_kept_as_given_and_sorted_by_its_first_day(typed: str, first: str) -> None:
    assert read_as_of(f" {typed}\u3000") == typed
    assert first_day(typed).isoformat() == first


@pytest.mark.parametrize(
    "typed",
    [
        "", "19", "2019-13", "2019年0月", "令和0年", "令和0年度", "10/31", "10/11/2019", "FY19",
        "201910", "2019年10月度", "FY2019年度", "度", "9999年度", "R1", "2019²",
    ],
)  # fmt: skip
def test_a_bad_as_of_is_refused(typed: str) -> None:
    with pytest.raises(BadDate):
        read_as_of(typed)


@pytest.mark.parametrize(
    ("typed", "right"),
    [
        ("令和元年4月", "平成31年4月"),
        ("平成31年5月", "令和元年5月"),
        ("平成32年", "令和2年"),
        ("平成32年度", "令和2年度"),
        ("昭和64年度", "平成元年度"),
    ],
)
def test_an_as_of_outside_its_era_is_refused_and_the_right_one_named(
    typed: str, right: str
) -> None:
    with pytest.raises(BadDate) as refusal:
        read_as_of(typed)
    assert right in refusal.value.sentence
