"""The table of eras has no gap and names the right era for every day."""

import datetime as dt
from itertools import pairwise

import pytest

from fieldvisit.eras import ERAS, era_on, named


def test_each_era_begins_when_the_one_before_it_ends() -> None:
    gaps = [(b.first - a.last).days for a, b in pairwise(ERAS)]
    assert gaps == [0, 0, 1, 1]


@pytest.mark.parametrize(
    ("day", "name"),
    [
        ("1873-01-01", "明治"),
        ("1912-07-29", "明治"),
        ("1912-07-30", "大正"),
        ("1926-12-24", "大正"),
        ("1926-12-25", "昭和"),
        ("1989-01-07", "昭和"),
        ("1989-01-08", "平成"),
        ("2019-04-30", "平成"),
        ("2019-05-01", "令和"),
        ("9999-12-31", "令和"),
    ],
)
def test_a_day_has_the_younger_era(day: str, name: str) -> None:
    era = era_on(dt.date.fromisoformat(day))
    assert era is not None
    assert era.name == name


def test_before_1873_no_day_has_an_era() -> None:
    assert era_on(dt.date(1872, 12, 31)) is None


def test_year_one_is_written_with_gannen_and_zero_is_refused() -> None:
    reiwa = named("R")
    assert reiwa is named("令和")
    assert [reiwa.year(2019), reiwa.year(2020)] == ["令和元年", "令和2年"]
    assert [reiwa.calendar_year("元"), reiwa.calendar_year("1")] == [2019, 2019]
    with pytest.raises(ValueError, match="0"):
        reiwa.calendar_year("0")
