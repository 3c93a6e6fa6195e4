"""Cities are found by every name they go by."""

from collections.abc import Iterator

import pytest
from hypothesis import given
from hypothesis import strategies as st

from fieldvisit.errors import Ambiguous, NotFound, Refused
from fieldvisit.fieldwork.city import City, find_city, matching
from fieldvisit.shipped_cities import shipped

FULL_WIDTH = str.maketrans("0123456789", "０１２３４５６７８９")
FUCHU = (
    City("132063", "東京都", "府中市", "ふちゅうし", "fuchu", "Tokyo"),
    City("342084", "広島県", "府中市", "ふちゅうし", "fuchu", "Hiroshima"),
)


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
