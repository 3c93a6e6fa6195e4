"""Cities are found by every name they go by, and their codes check themselves."""

import datetime as dt
import gettext
from collections.abc import Iterator

import pytest
from hypothesis import given
from hypothesis import strategies as st

from fieldvisit.errors import Ambiguous, NotFound, Refused, WrongUsage
from fieldvisit.fieldwork.city import (
    City,
    CityAttribute,
    check_digit,
    find_city,
    full_code,
    matching,
    next_own_code,
)
from fieldvisit.shipped_cities import shipped

DAY = dt.date(2019, 10, 21)
FULL_WIDTH = str.maketrans("0123456789", "０１２３４５６７８９")
FUCHU = (
    City("132063", "東京都", "府中市", "ふちゅうし", "fuchu", "Tokyo"),
    City("342084", "広島県", "府中市", "ふちゅうし", "fuchu", "Hiroshima"),
)
MUNICIPAL_CODES = ("011002", "131016", "132063", "342084", "472018", "473821")


@pytest.fixture(autouse=True)
def _english(monkeypatch: pytest.MonkeyPatch) -> None:
    monkeypatch.setattr("fieldvisit.language._current", "en")
    monkeypatch.setattr("fieldvisit.language._catalogue", gettext.NullTranslations())


def _katakana(kana: str) -> str:
    return "".join(chr(ord(c) + 0x60) if "ぁ" <= c <= "ゖ" else c for c in kana)


def _spellings(city: City) -> Iterator[str]:
    suffixes = {"市": ("shi", "city"), "区": ("ku", "ward")}[city.name[-1]]
    yield from (city.code, city.code[:5], city.code.translate(FULL_WIDTH), f" {city.code[:5]} ")
    yield from (city.name, f"{city.prefecture}{city.name}", f"{city.prefecture}　{city.name}")
    yield from (city.kana, _katakana(city.kana))
    yield from (city.romaji, city.romaji.upper(), f"{city.prefecture_en} {city.romaji}".title())
    yield from (f"{city.romaji}{joint}{word}" for joint in "- " for word in suffixes)
    yield from (city.name[:-1], city.prefecture + city.name[:-1], city.kana[:-1])


@pytest.mark.parametrize("city", shipped(), ids=lambda city: city.romaji)
def test_each_shipped_city_is_found_by_every_spelling(city: City) -> None:
    assert {find_city(typed, shipped()) for typed in _spellings(city)} == {city}


@given(
    st.text()
    | st.text(alphabet="0123456789０１２千葉市ちばしchibaCITY -府中東京都広島県", max_size=8)
)
def test_any_text_finds_a_city_or_is_refused_with_a_hint(typed: str) -> None:
    outcome: City | Refused
    try:
        outcome = find_city(typed, shipped() + FUCHU)
    except Refused as refusal:
        outcome = refusal
    assert outcome.hint if isinstance(outcome, Refused) else outcome in shipped() + FUCHU


def test_a_shared_name_lists_prefectures_and_codes() -> None:
    for typed in ("府中市", "府中", "ふちゅうし", "Fuchu", "fuchu-shi"):
        with pytest.raises(Ambiguous) as refusal:
            find_city(typed, FUCHU)
        assert "東京都 府中市 (132063), 広島県 府中市 (342084)" in refusal.value.sentence


@pytest.mark.parametrize(
    ("typed", "code"),
    [
        ("東京都府中市", "132063"),
        ("広島県 府中市", "342084"),
        ("広島県府中", "342084"),
        ("Hiroshima Fuchu", "342084"),
        ("13206", "132063"),
    ],
)
def test_prefecture_or_code_resolves_a_shared_name(typed: str, code: str) -> None:
    assert find_city(typed, FUCHU).code == code


def test_a_whole_name_goes_before_a_name_without_its_last_character() -> None:
    town = City("990019", "架空県", "千葉", "ちば", "chiba-cho")
    assert matching("千葉", (*shipped(), town)) == (town,)
    assert [city.name for city in matching("千葉", shipped())] == ["千葉市"]


@pytest.mark.parametrize("typed", ["", " ", "市", "県", "000000 x", "99999", "東京都"])
def test_what_names_no_city_matches_none(typed: str) -> None:
    assert matching(typed, shipped()) == ()


def test_nothing_typed_does_not_match_a_city_without_kana() -> None:
    assert matching(" ", (City("990019", "架空県", "架空市", "", ""),)) == ()


@pytest.mark.parametrize(
    ("typed", "close"),
    [
        ("tukuba", "茨城県 つくば市 (082201)"),
        ("大津氏", "滋賀県 大津市 (252018)"),
        ("82201", "茨城県 つくば市 (082201)"),
        ("ちよだし", "東京都 千代田区 (131016)"),
    ],
)
def test_an_unknown_name_is_refused_with_names_that_are_close(typed: str, close: str) -> None:
    with pytest.raises(NotFound) as refusal:
        find_city(typed, shipped())
    assert close in refusal.value.hint


def test_close_names_hold_every_city_of_that_name() -> None:
    with pytest.raises(NotFound) as refusal:
        find_city("府中氏", FUCHU)
    assert "東京都 府中市 (132063), 広島県 府中市 (342084)" in refusal.value.hint


def test_an_unknown_name_without_close_ones_names_the_commands() -> None:
    with pytest.raises(NotFound) as refusal:
        find_city("zzz", shipped())
    assert "fieldvisit city add" in refusal.value.hint


def test_codes_of_ours_find_their_city_and_are_never_printed() -> None:
    ours = (
        City("990019", "架空県", "架空市", "かくうし", "kaku"),
        City("990027", "仮想県", "架空市", "かくうし", "kaku"),
    )
    assert find_city("99001", ours) is ours[0]
    assert [city.is_ours for city in (*ours, FUCHU[0])] == [True, True, False]
    assert [city.printed_code for city in (*ours, FUCHU[0])] == ["", "", "132063"]
    with pytest.raises(Ambiguous) as ambiguous:
        find_city("架空市", ours)
    with pytest.raises(NotFound) as not_found:
        find_city("架空氏", ours)
    said = ambiguous.value.sentence + ambiguous.value.hint + not_found.value.hint
    assert "仮想県 架空市" in said
    assert "9900" not in said


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
