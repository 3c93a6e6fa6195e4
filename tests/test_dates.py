"""Every way of writing a date is read as the right day, or refused."""

import datetime as dt
from collections.abc import Callable, Iterator

import pytest
from hypothesis import given
from hypothesis import strategies as st
from jpdatetime import jpdatetime

from fieldvisit.dates import first_day, in_words, read_date, read_due, read_time
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
        ("明治45年7月30日", "1912-07-30"),
        ("明治6年1月1日", "1873-01-01"),
        ("大正元年7月30日", "1912-07-30"),
        ("大正15年12月25日", "1926-12-25"),
        ("昭和元年12月25日", "1926-12-25"),
        ("S64.1.7", "1989-01-07"),
        ("H1.1.8", "1989-01-08"),
        ("平成31年4月30日", "2019-04-30"),
        ("令和元年5月1日", "2019-05-01"),
        ("2020-02-29", "2020-02-29"),
    ],
)
def test_days_at_the_borders_of_eras_and_years(typed: str, day: str) -> None:
    assert read_date(typed).isoformat() == day


@pytest.mark.parametrize(
    ("typed", "right"),
    [
        ("平成31年5月1日", "令和元年5月1日"),
        ("平成35年1月1日", "令和5年1月1日"),
        ("令和元年4月30日", "平成31年4月30日"),
        ("令和1年01月01日", "平成31年1月1日"),
        ("昭和64年1月8日", "平成元年1月8日"),
        ("H1.1.7", "昭和64年1月7日"),
        ("昭和元年12月24日", "大正15年12月24日"),
        ("大正元年7月29日", "明治45年7月29日"),
        ("2019年10月21日（火）", "2019年10月21日（月）"),
        ("2019-10-21（日曜日）", "2019年10月21日（月）"),
    ],
)
@pytest.mark.usefixtures("_japanese")
def test_a_wrong_era_or_weekday_is_refused_and_the_right_one_named(typed: str, right: str) -> None:
    with pytest.raises(BadDate) as refusal:
        read_date(typed)
    assert typed in refusal.value.sentence
    assert right in refusal.value.sentence.replace(typed, "")


def test_the_wrong_weekday_is_named_in_english_too() -> None:
    with pytest.raises(BadDate, match="Mon 21 October 2019"):
        read_date("Tue 21 October 2019")


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


def test_there_are_two_hundred_bad_dates() -> None:
    assert len(set(BAD + IMPOSSIBLE)) >= 200


@pytest.mark.parametrize("typed", BAD + IMPOSSIBLE, ids=ascii)
def test_bad_dates_are_refused_with_a_hint(typed: str) -> None:
    with pytest.raises(BadDate) as refusal:
        read_date(typed)
    assert "2019" in refusal.value.hint or "weekday" in refusal.value.sentence
    assert typed in refusal.value.sentence


@pytest.mark.parametrize(
    ("typed", "reason"),
    [
        ("10/11/2019", "more than one way"),
        ("01.02.03", "more than one way"),
        ("10/31", "no year"),
        ("2019-02-29", "no such day"),
        ("令和0年5月1日", "no such day"),
        ("昨日", "as a date"),
        ("明治5年1月1日", "before 1873"),
    ],
)
def test_the_refusal_says_why(typed: str, reason: str) -> None:
    with pytest.raises(BadDate, match=reason):
        read_date(typed)


@given(st.dates(DATE(1989, 1, 8), DATE(2099, 12, 31)))
def test_an_independent_reader_of_eras_agrees(day: DATE) -> None:
    typed = f"{_era(day)[0]}{_era(day)[2]}年{day.month}月{day.day}日"
    assert jpdatetime.strptime(typed, "%G年%m月%d日").date() == read_date(typed)


def _outcome(reader: Callable[[], object]) -> object:
    try:
        return reader()
    except BadDate as refusal:
        return refusal


@given(st.text() | NEAR_DATES)
def test_any_text_is_a_day_or_refused(typed: str) -> None:
    readers: tuple[Callable[[], object], ...] = (
        lambda: read_date(typed),
        lambda: read_due(typed, TODAY),
        lambda: first_day(typed),
        lambda: read_time(typed),
    )
    for reader in readers:
        outcome = _outcome(reader)
        assert outcome.hint if isinstance(outcome, BadDate) else isinstance(outcome, DATE | str)


@pytest.mark.parametrize("language", ["ja", "en"])
@given(day=st.dates(min_value=DATE(1000, 1, 1)))
def test_a_date_in_words_is_read_back(language: str, day: DATE) -> None:
    assert read_date(in_words(day, language)) == day
