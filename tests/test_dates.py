"""Every way of writing a date is read as the right day, or refused."""

import datetime as dt
from collections.abc import Callable, Iterable, Iterator
from itertools import pairwise

import pytest
from hypothesis import given
from hypothesis import strategies as st
from jpdatetime import jpdatetime

from fieldvisit.dates import (
    CLOCK,
    DAYS,
    ERAS,
    LONGER,
    WITHOUT_YEAR,
    era_on,
    first_day,
    in_words,
    named,
    parts_of,
    read_as_of,
    read_date,
    read_due,
    read_time,
    span_in_words,
)
from fieldvisit.errors import BadDate

DATE = dt.date
TODAY = DATE(2019, 10, 21)
FULL_WIDTH = str.maketrans("0123456789/", "０１２３４５６７８９／")
NEAR_DATES = st.text(
    alphabet="0123456789０１９²①-/.年月日度令和平成昭和大正明治RHSTM元FY（）()月火水木金土"
    " \u3000午前後時分:～",
    max_size=20,
)


@pytest.fixture
def _japanese(monkeypatch: pytest.MonkeyPatch) -> None:
    monkeypatch.setattr("fieldvisit.language._current", "ja")


def _era(day: DATE) -> tuple[str, str, int]:
    if day >= DATE(2019, 5, 1):
        return "令和", "R", day.year - 2018
    return "平成", "H", day.year - 1988


def _spellings(day: DATE) -> Iterator[str]:
    name, letter, number = _era(day)
    weekday = "月火水木金土日"[day.weekday()]
    yield day.isoformat()
    yield f"{day.year}/{day.month}/{day.day}"
    yield f"{day.year}年{day.month}月{day.day}日（{weekday}）"
    yield f"{name}{'元' if number == 1 else number}年{day.month:02}月{day.day:02}日"
    yield f"{letter}{number}.{day.month}.{day.day}"
    yield f"{day.year}/{day.month:02}/{day.day:02}".translate(FULL_WIDTH)


def test_each_day_of_heisei_and_reiwa_is_read_in_six_spellings() -> None:
    day = DATE(1989, 1, 8)
    while day <= DATE(2030, 12, 31):
        assert {read_date(typed) for typed in _spellings(day)} == {day}
        day += dt.timedelta(days=1)


@pytest.mark.parametrize(
    "typed",
    [
        "2019-10-21", "2019-10-21\n", "2019.10.21", "2019/10/21", "２０１９－１０－２１",
        "2019−10−21", "2019年10月21日", "2019 年 10 月 21 日", "令和元年10月21日",
        "令和1年10月21日", "令和01年10月21日", "令和 元年 １０月 ２１日", "㋿元年10月21日",
        "令和元.10.21", "R1.10.21", "r1/10/21", "R元-10-21", "Ｒ１．１０．２１",
        "2019年10月21日（月）", "2019年10月21日(月曜日)", "2019年10月21日月曜日",
        "2019/10/21（月・祝）", "R1.10.21(月)", "2019-10-21 (Mon)", "21 October 2019",
        "Mon 21 October 2019", "Monday, 21 Oct 2019", "2019年㋉㏴", "2019年10月21日㈪",
    ],
)  # fmt: skip
def test_one_day_in_many_spellings(typed: str) -> None:
    assert read_date(typed) == TODAY


@pytest.mark.parametrize(
    ("typed", "day"),
    [
        ("明治45年7月30日", "1912-07-30"), ("明治6年1月1日", "1873-01-01"),
        ("大正元年7月30日", "1912-07-30"), ("大正15年12月25日", "1926-12-25"),
        ("昭和元年12月25日", "1926-12-25"), ("S64.1.7", "1989-01-07"), ("H1.1.8", "1989-01-08"),
        ("平成31年4月30日", "2019-04-30"), ("令和元年5月1日", "2019-05-01"),
        ("2020-02-29", "2020-02-29"),
    ],
)  # fmt: skip
def test_days_at_the_borders_of_eras_and_years(typed: str, day: str) -> None:
    assert read_date(typed).isoformat() == day


@pytest.mark.parametrize(
    ("typed", "said"),
    [
        ("2019年10月21日（火）", "2019年10月21日（月）"),
        ("2019-10-21（日曜日）", "2019年10月21日（月）"),
        *((typed, typed[:2]) for typed in (
            "平成31年5月1日", "平成35年1月1日", "令和元年4月30日", "令和1年01月01日",
            "昭和64年1月8日", "平成1.1.7", "昭和元年12月24日", "大正元年7月29日", "明治5年1月1日",
            "令和元年4月", "平成31年5月", "平成32年", "平成32年度", "昭和64年度")),
    ],
)  # fmt: skip
@pytest.mark.usefixtures("_japanese")
def test_a_wrong_era_or_weekday_is_refused(typed: str, said: str) -> None:
    with pytest.raises(BadDate) as refusal:
        read_as_of(typed)
    assert typed in refusal.value.sentence
    assert said in refusal.value.sentence.replace(typed, "")


BAD = [
    "", " ", "today", "昨日", "2019", "2019-10", "2019年10月", "10/31", "10月31日", "31",
    "2019年度", "FY2019", "令和元年", "令和元年10月", "R1", "R1.10", "R1年度", "10/11/2019",
    "01.02.03", "19/10/21", "19-10-21", "21/10/2019", "10-21-19", "1/2/3", "20191021", "43741",
    "191021", "2019-10-21T13:30", "2019-10/21", "2019/10-21", "2019.10/21", "2019-10-21-",
    "-2019-10-21", "2019--10-21", "2019-10-", "2019年10月21", "2019年1021日", "2019月10年21日",
    "2 019-10-21", "2019-1 0-21", "2019 10 21", "0019-10-21", "0000-00-00", "019-10-21",
    "12019-10-21", "2019-010-21", "2019-10-021", "201²-10-21", "2019-10-²1", "2019-①-21",
    "2019年⑩月21日", "٢٠١٩-10-21", "二〇一九年十月二十一日", "令和0年10月21日", "R0.10.21",
    "平成0年1月1日", "平成00年1月1日", "令和100年1月1日", "令和-1年1月1日", "令和元1年5月1日",
    "令和²年5月1日", "X1.10.21", "R.10.21", "RR1.10.21", "令1.10.21", "慶応3年1月1日",
    "明治5年12月2日", "明治元年1月25日", "M1.1.1", "明治46年1月1日", "大正16年1月1日",
    "昭和65年1月1日", "平成31年5月1日", "平成32年2月1日", "令和元年4月30日", "2019-10-21(火)",
    "2019-10-21()", "2019-10-21(月", "2019-10-21月", "2019-10-21(月月)", "2019-10-21 foo",
    "Oct 21 2019", "21 Octember 2019", "32 October 2019", "21 October 19", "Tue 21 October 2019",
    "2019-10-21 2019-10-22", "2019-10-21～22", "2019-10-21\x00", "\ud800", "2019\n-10\n-2\n1",
    "元年10月21日", "2019年10月21日度", "2019/10/21度", "１０／２１", "10.21", "2019,10,21",
    "2019:10:21", "2019_10_21", "?", "????", "2019年元月21日", "2019年10月末", "2019年10月上旬",
    "2019-W43-1", "2019-294", "1e3-10-21", "+2019-10-21", "2019-+1-21", "2019-10-2１²",
    "９/10/21",
]  # fmt: skip
IMPOSSIBLE = [
    form.format(year=year, era=era, month=month, day=day)
    for year, era, month, day in (
        (2019, "R1", 2, 29), (2021, "R3", 2, 29), (2100, "R82", 2, 29), (2019, "R1", 2, 30),
        (2020, "R2", 2, 30), (2019, "R1", 4, 31), (2019, "R1", 6, 31), (2019, "R1", 9, 31),
        (2019, "R1", 11, 31), (2019, "R1", 13, 1), (2019, "R1", 0, 1), (2019, "R1", 10, 0),
        (2019, "R1", 10, 32), (2019, "R1", 99, 99), (2019, "R1", 0, 0), (1999, "H11", 2, 29),
        (1990, "H2", 4, 31), (2030, "R12", 12, 32),
    )
    for form in (
        "{year}-{month:02}-{day:02}",
        "{year}/{month}/{day}",
        "{year}年{month}月{day}日",
        "{era}.{month}.{day}",
        "{era}年{month}月{day}日",
    )
]  # fmt: skip


@pytest.mark.parametrize(
    ("typed", "reason"),
    [
        ("10/11/2019", "more than one way"), ("01.02.03", "more than one way"),
        ("10/31", "no year"), ("2019-02-29", "no such day"), ("令和0年5月1日", "no such day"),
        ("昨日", "as a date"), ("明治5年1月1日", "read as 明治"),
    ],
)  # fmt: skip
def test_the_refusal_says_why(typed: str, reason: str) -> None:
    with pytest.raises(BadDate, match=reason):
        read_date(typed)


@given(st.dates(DATE(1989, 1, 8), DATE(2099, 12, 31)))
def test_an_independent_reader_of_eras_agrees(day: DATE) -> None:
    typed = f"{_era(day)[0]}{_era(day)[2]}年{day.month}月{day.day}日"
    assert jpdatetime.strptime(typed, "%G年%m月%d日").date() == read_date(typed)


@given(st.text() | NEAR_DATES)
def test_any_text_is_a_day_or_refused(typed: str) -> None:
    readers: tuple[Callable[[], object], ...] = (
        lambda: read_date(typed),
        lambda: read_due(typed, TODAY),
        lambda: first_day(typed),
        lambda: read_time(typed),
    )
    for reader in readers:
        try:
            assert isinstance(reader(), DATE | str)
        except BadDate as refusal:
            assert refusal.hint  # noqa: PT017 - both outcomes are right


@pytest.mark.parametrize("language", ["ja", "en"])
@given(day=st.dates(min_value=DATE(1000, 1, 1)))
def test_a_date_in_words_is_read_back(language: str, day: DATE) -> None:
    assert read_date(in_words(day, language)) == day


@given(st.text(alphabet="0123456789-/.年月日度令和平成RH元FY() :時分半", max_size=14))
def test_no_text_is_both_a_day_and_something_longer(typed: str) -> None:
    forms = (DAYS, LONGER, WITHOUT_YEAR, CLOCK)
    assert sum(parts_of(typed, form) is not None for form in forms) <= 1


@pytest.mark.parametrize(
    ("last", "ja", "en"),
    [
        ("2019-10-21", "2019年10月21日（月）", "Mon 21 October 2019"),
        ("2019-10-23", "2019年10月21日（月）～23日（水）", "Mon 21 – Wed 23 October 2019"),
        ("2019-11-01", "2019年10月21日（月）～11月1日（金）",
         "Mon 21 October – Fri 1 November 2019"),
        ("2020-10-21", "2019年10月21日（月）～2020年10月21日（水）",
         "Mon 21 October 2019 – Wed 21 October 2020"),
    ],
)  # fmt: skip
def test_spans_in_words_say_year_and_month_once(last: str, ja: str, en: str) -> None:
    assert span_in_words(TODAY, DATE.fromisoformat(last), "ja") == ja
    assert span_in_words(TODAY, DATE.fromisoformat(last), "en") == en


@pytest.mark.parametrize(
    ("typed", "stored"),
    [
        ("13:30", "13:30"), ("１３：３０", "13:30"), (" 9:05 ", "09:05"), ("0:00", "00:00"),
        ("23:59", "23:59"), ("13時30分", "13:30"), ("13時", "13:00"), ("13時半", "13:30"),
        ("13時5分", "13:05"), ("午後1時30分", "13:30"), ("午前 10 時", "10:00"),
        ("午後0時15分", "12:15"), ("午前0時", "00:00"), ("13:30-15:00", "13:30-15:00"),
        ("13:30 – 15:00", "13:30-15:00"), ("１３：３０～１５：００", "13:30-15:00"),
        ("13時30分〜15時", "13:30-15:00"), ("午前10時～午後1時半", "10:00-13:30"),
    ],
)  # fmt: skip
def test_times_are_stored_in_one_form(typed: str, stored: str) -> None:
    assert read_time(typed) == stored


@given(st.times(), st.times())
def test_times_of_day_round_trip(one: dt.time, other: dt.time) -> None:
    times = sorted({f"{time:%H:%M}" for time in (one, other)})
    assert read_time("～".join(times)) == "-".join(times)


@pytest.mark.parametrize(
    ("day", "name"),
    [
        ("1872-12-31", None), ("1873-01-01", "明治"), ("1912-07-29", "明治"),
        ("1912-07-30", "大正"), ("1926-12-24", "大正"), ("1926-12-25", "昭和"),
        ("1989-01-07", "昭和"), ("1989-01-08", "平成"), ("2019-04-30", "平成"),
        ("2019-05-01", "令和"), ("9999-12-31", "令和"),
    ],
)  # fmt: skip
def test_a_day_has_the_younger_era_and_before_1873_none(day: str, name: str | None) -> None:
    era = era_on(dt.date.fromisoformat(day))
    assert (era.name if era else None) == name
    assert [(b.first - a.last).days for a, b in pairwise(ERAS)] == [0, 0, 1, 1]


def test_year_one_is_written_with_gannen_and_zero_is_refused() -> None:
    reiwa = named("R")
    assert reiwa is named("令和")
    assert [reiwa.calendar_year("元"), reiwa.calendar_year("1")] == [2019, 2019]
    with pytest.raises(ValueError, match="0"):
        reiwa.calendar_year("0")


@pytest.mark.parametrize(
    ("typed", "today", "due"),
    [
        ("10/31", "2019-10-21", "2019-10-31"), ("10月31日（木）", "2019-10-21", "2019-10-31"),
        ("１０／２１", "2019-10-21", "2019-10-21"), ("10/20", "2019-10-21", "2020-10-20"),
        ("1月5日", "2019-12-31", "2020-01-05"), ("2/29", "2019-10-21", "2020-02-29"),
        ("2/29", "2096-03-01", "2104-02-29"), ("令和元年10月1日", "2019-10-21", "2019-10-01"),
        ("2020-01-05", "2019-10-21", "2020-01-05"),
    ],
)  # fmt: skip
def test_a_due_date_without_a_year_is_the_next_one(typed: str, today: str, due: str) -> None:
    assert read_due(typed, DATE.fromisoformat(today)).isoformat() == due


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
        ("2019", "2019-01-01"), ("２０１９年", "2019-01-01"), ("2019-10", "2019-10-01"),
        ("2019/10", "2019-10-01"), ("2019年10月", "2019-10-01"), ("令和元年10月", "2019-10-01"),
        ("令和元年5月", "2019-05-01"), ("令和元年", "2019-05-01"), ("平成31年", "2019-01-01"),
        ("平成元年1月", "1989-01-08"), ("2019年度", "2019-04-01"), ("令和元年度", "2019-04-01"),
        ("平成31年度", "2019-04-01"), ("R1年度", "2019-04-01"), ("FY2019", "2019-04-01"),
        ("fy 2019", "2019-04-01"), ("R1.10", "2019-10-01"), ("2019-10-21", "2019-10-21"),
        ("令和元年10月21日（月）", "2019-10-21"), ("9999-12", "9999-12-01"),
    ],
)  # fmt: skip
def test_an_as_of_is_kept_as_given_and_sorted_by_its_first_day(typed: str, first: str) -> None:
    assert read_as_of(f" {typed}\u3000") == typed
    assert first_day(typed).isoformat() == first


REFUSED: dict[Callable[[str], object], Iterable[str]] = {
    read_date: BAD + IMPOSSIBLE,
    read_as_of: (
        "", "19", "2019-13", "2019年0月", "令和0年", "令和0年度", "10/31", "10/11/2019", "FY19",
        "201910", "2019年10月度", "FY2019年度", "度", "9999年度", "R1", "2019²",
    ),
    lambda typed: read_due(typed, TODAY): (
        "2/30", "13/1", "0/1", "10月0日", "10/31（金）", "10", "10/11/12",
    ),
    read_time: (
        "", "13", "24:00", "13:60", "13時60分", "25時", "13:5", "13:30:00", "1330", "午後13時",
        "午後12時", "午前12時", "午後13:30", "13:30-", "-13:30", "13:30-13:30", "15:00-13:30",
        "午後1時半～3時", "10:00-11:00-12:00", "1²:30", "1 3:30", "昼", "13時半30分",
    ),
}  # fmt: skip


@pytest.mark.parametrize(
    ("reader", "typed"), [(reader, typed) for reader, bad in REFUSED.items() for typed in bad],
    ids=lambda given: ascii(getattr(given, "__name__", given)),
)  # fmt: skip
def test_what_is_no_date_as_of_due_date_or_time_is_refused_with_a_hint(
    reader: Callable[[str], object], typed: str
) -> None:
    with pytest.raises(BadDate) as refusal:
        reader(typed)
    assert refusal.value.hint
    assert reader is not read_time or "13:30" in refusal.value.hint
    if reader is read_date:
        assert "2019" in refusal.value.hint or "weekday" in refusal.value.sentence
        assert typed in refusal.value.sentence
