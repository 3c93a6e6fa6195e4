"""Numbers of a workbook as a person sees them."""

from datetime import date, timedelta

import pytest
from hypothesis import given
from hypothesis import strategies as st

from fieldvisit.exchange.excel.numbers import GENERAL, KNOWN_FORMATS, seen

DAY = "yyyy/m/d"


@pytest.mark.parametrize(
    ("value", "code", "shown"),
    [
        ("12", GENERAL, "12"),
        ("12.0", GENERAL, "12"),
        ("0.1", GENERAL, "0.1"),
        ("0.30000000000000004", GENERAL, "0.3"),
        ("1E3", GENERAL, "1000"),
        ("1E-7", GENERAL, "0.0000001"),
        ("1.5E22", GENERAL, "1.5E+22"),
        ("-0", GENERAL, "0"),
        ("-3", GENERAL, "-3"),
        ("12.0", "@", "12"),
        ("12", "G/標準", "12"),
        ("0.5", "0%", "50%"),
        ("0.125", "0.0%", "12.5%"),
        ("12025", "000000", "012025"),
        ("1234567.5", "#,##0", "1,234,568"),
        ("1234.5", "#,##0.00", "1,234.50"),
        ("1234.5", "0.0#", "1234.5"),
        ("12", '0"人"', "12人"),
        ("12", '#,##0"人"', "12人"),
        ("1200", r"\¥#,##0;[Red]\¥\-#,##0", "¥1,200"),
        ("-1200", r"\¥#,##0;[Red]\¥\-#,##0", "¥-1,200"),
        ("1200", "[$¥-411]#,##0", "¥1,200"),
        ("-1200", "#,##0", "-1,200"),
        ("-0.4", "0", "0"),
        ("3", "0_);(0)", "3"),
        ("1200", "0.00E+00", "1200"),
        ("0.5", "# ?/?", "0.5"),
        ("1200000", "#,##0,", "1200000"),
        ("5", "[>3]0.0;0", "5"),
        ("5", ";;;", "5"),
        ("x", "0", "x"),
        ("inf", "0", "inf"),
        ("nan", GENERAL, "nan"),
    ],
)
def test_a_number_is_read_as_it_is_shown(value: str, code: str, shown: str) -> None:
    assert seen(value, code) == shown


@pytest.mark.parametrize(
    ("value", "code", "shown"),
    [
        ("43777", DAY, "2019-11-08"),
        ("43777", '[$-411]ggge"年"m"月"d"日"', "2019-11-08"),
        ("43777", "m月d日", "2019-11-08"),
        ("43777", "[$-411]yyyy年mm月", "2019-11"),
        ("43777", "yyyy", "2019"),
        ("43777.5625", "yyyy/m/d h:mm", "2019-11-08 13:30"),
        ("43777.5625", DAY, "2019-11-08"),
        ("0.5625", "h:mm", "13:30"),
        ("0.5625", "h:mm AM/PM", "13:30"),
        ("0.5625115740740741", "h:mm:ss", "13:30:01"),
        ("1.0625", "[h]:mm", "25:30"),
        ("0.9999999", "yyyy/m/d h:mm", "1900-01-01 00:00"),
        ("1", DAY, "1900-01-01"),
        ("59", DAY, "1900-02-28"),
        ("60", DAY, "1900-02-29"),
        ("61", DAY, "1900-03-01"),
        ("0", DAY, "0"),
        ("-1", DAY, "-1"),
        ("2958465", DAY, "9999-12-31"),
        ("2958466", DAY, "2958466"),
        ("1E300", DAY, "1E+300"),
    ],
)
def test_a_date_is_read_as_a_day(value: str, code: str, shown: str) -> None:
    assert seen(value, code) == shown


@pytest.mark.parametrize("number", [14, 27, 30, 31, 36, 50, 57, 58])
def test_the_numbers_of_japanese_dates_are_known(number: int) -> None:
    assert seen("43777", KNOWN_FORMATS[number]) == "2019-11-08"


@given(day=st.dates(date(1900, 3, 1)))
def test_every_day_is_found_in_both_systems(day: date) -> None:
    since_1900, since_1904 = (day - date(1899, 12, 30)).days, (day - date(1904, 1, 1)).days
    assert seen(str(since_1900), DAY) == day.isoformat()
    if since_1904 >= 0:
        assert seen(str(since_1904), DAY, since_1904=True) == day.isoformat()
    assert day - timedelta(days=since_1904) == date(1904, 1, 1)


@given(
    number=st.floats(-1e15, 1e15),
    code=st.text(';0#?,.%[]"\\_*@EeymdhsGeneral人¥$ -+/', max_size=12),
)
def test_no_format_makes_a_number_vanish(number: float, code: str) -> None:
    text = repr(number)
    assert isinstance(seen(text, code), str)
    assert seen(text, GENERAL) == seen(seen(text, GENERAL), GENERAL)
