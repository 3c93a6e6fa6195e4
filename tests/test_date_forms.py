"""The plain form in which dates and times are matched."""

import pytest
from hypothesis import given
from hypothesis import strategies as st

from fieldvisit.date_forms import CLOCK, DAYS, LONGER, UNCLEAR, WITHOUT_YEAR, parts, plain


@pytest.mark.parametrize(
    ("typed", "expected"),
    [
        ("２０１９／１０／２１", "2019/10/21"),
        (" ㋿ 元 年 10 月 21 日 （月） ", "令和元年10月21日(月)"),
        ("2019年㋉㏴", "2019年10月21日"),
        ("2019−10－21", "2019-10-21"),
        ("13:30〜15:00", "13:30~15:00"),
        ("fy　2019", "FY2019"),
    ],
)
def test_spellings_come_to_one_plain_form(typed: str, expected: str) -> None:
    assert plain(typed) == expected


@pytest.mark.parametrize("typed", ["2 019-10-21", "2019-1 0-21", "2019  1"])
def test_blanks_between_digits_stay(typed: str) -> None:
    assert plain(typed) == " ".join(typed.split())


@pytest.mark.parametrize("typed", ["²", "①", "⑩", "½", "㈠"])
def test_superscripts_and_circled_numbers_do_not_become_digits(typed: str) -> None:
    assert plain(typed) == typed


@given(st.text())
def test_the_plain_form_of_a_plain_form_is_itself(typed: str) -> None:
    once = plain(typed)
    assert plain(plain(once)) == plain(once)


@given(st.text(alphabet="0123456789-/.年月日度令和平成RH元FY() :時分半", max_size=14))
def test_no_text_is_both_a_day_and_something_longer(typed: str) -> None:
    forms = (DAYS, LONGER, WITHOUT_YEAR, CLOCK)
    assert sum(parts(typed, form) is not None for form in forms) <= 1


def test_parts_are_named_and_empty_where_missing() -> None:
    assert parts("R1.10.21", DAYS) == {
        "era": "R", "number": "1", "year": "", "sign": ".", "month": "10", "day": "21",
        "weekday": "", "bare_weekday": "",
    }  # fmt: skip
    assert parts("10/11/2019", DAYS) is None
    assert parts("10/11/2019", UNCLEAR) == {}
