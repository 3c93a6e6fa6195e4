"""Cities: their codes check themselves, and their class is that of the day."""

import datetime as dt

import pytest
from hypothesis import given
from hypothesis import strategies as st

from fieldvisit.errors import Refused, WrongUsage
from fieldvisit.fieldwork.city import City, CityAttribute, check_digit, full_code, next_own_code

DAY = dt.date(2019, 10, 21)
FULL_WIDTH = str.maketrans("0123456789", "０１２３４５６７８９")
MUNICIPAL_CODES = ("011002", "131016", "132063", "342084", "472018", "473821")


def _oracle(five: str) -> str:
    """Subtract the weighted sum from the next multiple of 11, as JIS X 0402 words it."""
    weighted = sum((6 - place) * int(digit) for place, digit in enumerate(five))
    multiple = 11
    while multiple < weighted:
        multiple += 11
    rest = multiple - weighted
    return {10: "0", 11: "1", 0: "1"}.get(rest, str(rest))


@given(st.from_regex("[0-9]{5}", fullmatch=True))
def test_check_digits_agree_with_the_wording_of_the_standard(five: str) -> None:
    assert check_digit(five) == _oracle(five)
    assert full_code(five) == five + _oracle(five)


@pytest.mark.parametrize("code", MUNICIPAL_CODES)
def test_check_digits_of_official_codes(code: str) -> None:
    assert code == code[:5] + check_digit(code[:5])


@given(st.from_regex("[0-9]{5}", fullmatch=True), st.sampled_from("0123456789"))
def test_a_wrong_check_digit_is_refused_and_the_right_one_named(five: str, last: str) -> None:
    right = _oracle(five)
    if last == right:
        assert full_code((five + last).translate(FULL_WIDTH)) == five + last
        return
    with pytest.raises(WrongUsage) as refusal:
        full_code(five + last)
    assert f"after {five} the check digit is {right}" in refusal.value.sentence


@pytest.mark.parametrize(
    "typed", ["", "千葉市", "1210", "1210022", "12100²", "12100-2", "١٢١٠٠٢", "12 100"]
)
def test_other_text_is_no_code(typed: str) -> None:
    assert full_code(typed) is None


def test_codes_of_ours_are_given_in_turn() -> None:
    taken: list[str] = []
    for _turn in range(999):
        taken.append(next_own_code(taken))
    assert taken[:3] == ["990019", "990027", "990035"]
    assert len(set(taken)) == 999
    assert all(full_code(code) == code for code in taken)
    with pytest.raises(Refused, match="999"):
        next_own_code(taken)
    assert next_own_code(set(taken) - {"990027"}) == "990027"


DATED = City(
    "990019", "架空県", "架空市", "かくうし", "kaku",
    attributes=(
        CityAttribute("town", None, "2004-03-31"),
        CityAttribute("ordinary-city", "2004-04-01", "2015-03-31"),
        CityAttribute("core-city", "2015-04-01"),
        CityAttribute("regional-hub", "2015-02-13", "2019-10-21"),
    ),
)  # fmt: skip


@pytest.mark.parametrize(
    ("day", "city_class", "attributes"),
    [
        ("1990-01-01", "town", {"town"}),
        ("2004-03-31", "town", {"town"}),
        ("2004-04-01", "ordinary-city", {"ordinary-city"}),
        ("2015-03-31", "ordinary-city", {"ordinary-city", "regional-hub"}),
        ("2015-04-01", "core-city", {"core-city", "regional-hub"}),
        ("2019-10-21", "core-city", {"core-city", "regional-hub"}),
        ("2019-10-22", "core-city", {"core-city"}),
    ],
)
def test_class_and_attributes_are_those_of_the_day(
    day: str, city_class: str, attributes: set[str]
) -> None:
    on = dt.date.fromisoformat(day)
    assert DATED.class_on(on) == city_class
    assert DATED.attributes_on(on) == attributes


def test_without_a_valid_class_it_is_unknown() -> None:
    hub = CityAttribute("regional-hub")
    late = CityAttribute("core-city", "2019-10-22")
    city = City("990019", "架空県", "架空市", "かくうし", "kaku", attributes=(hub, late))
    assert city.class_on(DAY) is None
    assert city.attributes_on(DAY) == {"regional-hub"}


def test_of_two_classes_the_one_that_began_later_counts() -> None:
    classes = (CityAttribute("core-city", "2009-04-01"), CityAttribute("ordinary-city"))
    city = City("990019", "架空県", "架空市", "かくうし", "kaku", attributes=classes)
    assert city.class_on(DAY) == "core-city"


@pytest.mark.parametrize(
    ("name", "city_class", "ja", "en"),
    [
        ("千葉市", "designated-city", "貴市", "your city"),
        ("架空", "core-city", "貴市", "your city"),
        ("架空", "special-case-city", "貴市", "your city"),
        ("架空市", "ordinary-city", "貴市", "your city"),
        ("千代田区", "special-ward", "貴区", "your ward"),
        ("架空町", "town", "貴町", "your town"),
        ("架空村", "village", "貴村", "your village"),
        ("愛媛県", "prefecture", "貴団体", "your organisation"),
        ("架空市", "other", "貴団体", "your organisation"),
        ("架空市", "", "貴市", "your city"),
        ("架空区", "", "貴区", "your ward"),
        ("架空町", "", "貴町", "your town"),
        ("架空村", "", "貴村", "your village"),
        ("架空組合", "", "貴団体", "your organisation"),
    ],
)
def test_a_letter_addresses_the_city_by_class_else_by_name(
    name: str, city_class: str, ja: str, en: str
) -> None:
    attributes = (CityAttribute(city_class),) if city_class else ()
    city = City("990019", "架空県", name, "かくう", "kaku", attributes=attributes)
    assert city.you_word(DAY, "ja") == ja
    assert city.you_word(DAY, "en") == en
