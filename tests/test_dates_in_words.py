"""Dates and spans in words, and times of day in one form."""

import datetime as dt

import pytest
from hypothesis import given
from hypothesis import strategies as st

from fieldvisit.dates import in_words, read_time, span_in_words
from fieldvisit.errors import BadDate

DATE = dt.date
TODAY = DATE(2019, 10, 21)


def test_dates_in_words() -> None:
    assert in_words(TODAY, "ja") == "2019年10月21日（月）"
    assert in_words(TODAY, "en") == "Mon 21 October 2019"


@pytest.mark.parametrize(
    ("last", "ja", "en"),
    [
        ("2019-10-21", "2019年10月21日（月）", "Mon 21 October 2019"),
        ("2019-10-23", "2019年10月21日（月）～23日（水）", "Mon 21 – Wed 23 October 2019"),
        (
            "2019-11-01",
            "2019年10月21日（月）～11月1日（金）",
            "Mon 21 October – Fri 1 November 2019",
        ),
        (
            "2020-10-21",
            "2019年10月21日（月）～2020年10月21日（水）",
            "Mon 21 October 2019 – Wed 21 October 2020",
        ),
    ],
)
def test_spans_in_words_say_year_and_month_once(last: str, ja: str, en: str) -> None:
    assert span_in_words(TODAY, DATE.fromisoformat(last), "ja") == ja
    assert span_in_words(TODAY, DATE.fromisoformat(last), "en") == en


@pytest.mark.parametrize(
    ("typed", "stored"),
    [
        ("13:30", "13:30"),
        ("１３：３０", "13:30"),
        (" 9:05 ", "09:05"),
        ("0:00", "00:00"),
        ("23:59", "23:59"),
        ("13時30分", "13:30"),
        ("13時", "13:00"),
        ("13時半", "13:30"),
        ("13時5分", "13:05"),
        ("午後1時30分", "13:30"),
        ("午前 10 時", "10:00"),
        ("午後0時15分", "12:15"),
        ("午前0時", "00:00"),
        ("13:30-15:00", "13:30-15:00"),
        ("13:30 – 15:00", "13:30-15:00"),
        ("１３：３０～１５：００", "13:30-15:00"),
        ("13時30分〜15時", "13:30-15:00"),
        ("午前10時～午後1時半", "10:00-13:30"),
    ],
)
def test_times_are_stored_in_one_form(typed: str, stored: str) -> None:
    assert read_time(typed) == stored


@pytest.mark.parametrize(
    "typed",
    [
        "", "13", "24:00", "13:60", "13時60分", "25時", "13:5", "13:30:00", "1330", "午後13時",
        "午後12時", "午前12時", "午後13:30", "13:30-", "-13:30", "13:30-13:30", "15:00-13:30",
        "午後1時半～3時", "10:00-11:00-12:00", "1²:30", "1 3:30", "昼", "13時半30分",
    ],
)  # fmt: skip
def test_bad_times_are_refused(typed: str) -> None:
    with pytest.raises(BadDate) as refusal:
        read_time(typed)
    assert "13:30" in refusal.value.hint


@given(st.times(), st.times())
def test_times_of_day_round_trip(one: dt.time, other: dt.time) -> None:
    times = sorted({f"{time:%H:%M}" for time in (one, other)})
    assert read_time("～".join(times)) == "-".join(times)
