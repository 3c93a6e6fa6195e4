"""Cities: their codes check themselves, and their class is that of the day."""

import datetime as dt
from collections.abc import Iterator

import pytest
from hypothesis import given
from hypothesis import strategies as st
from msgspec.structs import replace

from fieldvisit.errors import Ambiguous, BadDate, BadText, NotFound, Refused, WrongUsage
from fieldvisit.fieldwork.city import (
    City,
    CityAttribute,
    CityFact,
    check_digit,
    check_new_city,
    fact_key,
    find_city,
    full_code,
    in_order,
    latest,
    matching,
    next_own_code,
    on_the_same_date,
)
from fieldvisit.shipped_cities import shipped

DAY = dt.date(2019, 10, 21)
FULL_WIDTH = str.maketrans("0123456789", "０１２３４５６７８９")


def _oracle(five: str) -> str:
    """Subtract the weighted sum from the next multiple of 11, as JIS X 0402 words it."""
    weighted = sum((6 - place) * int(digit) for place, digit in enumerate(five))
    multiple = 11
    while multiple < weighted:
        multiple += 11
    rest = multiple - weighted
    return {10: "0", 11: "1", 0: "1"}.get(rest, str(rest))


@given(st.from_regex("[0-9]{5}", fullmatch=True), st.sampled_from("0123456789"))
def test_check_digits_agree_with_the_standard_and_a_wrong_one_is_told(five: str, last: str) -> None:
    right = _oracle(five)
    assert check_digit(five) == right
    assert full_code(five) == full_code((five + right).translate(FULL_WIDTH)) == five + right
    if last != right:
        with pytest.raises(WrongUsage, match=f"after {five} the check digit is {right}"):
            full_code(five + last)


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


@pytest.mark.parametrize(
    ("name", "city_class", "ja", "en"),
    [
        ("千葉市", "designated-city", "貴市", "your city"),
        ("架空", "core-city", "貴市", "your city"),
        ("架空", "special-case-city", "貴市", "your city"),
        ("架空市", "ordinary-city", "貴市", "your city"),
        ("千代田区", "special-ward", "貴区", "your ward"),
        ("架空町", "town", "貴町", "your town"), ("架空村", "village", "貴村", "your village"),
        ("愛媛県", "prefecture", "貴団体", "your organisation"),
        ("架空市", "other", "貴団体", "your organisation"), ("架空市", "", "貴市", "your city"),
        ("架空区", "", "貴区", "your ward"), ("架空町", "", "貴町", "your town"),
        ("架空村", "", "貴村", "your village"), ("架空組合", "", "貴団体", "your organisation"),
    ],
)  # fmt: skip
def test_a_letter_addresses_the_city_by_class_else_by_name(
    name: str, city_class: str, ja: str, en: str
) -> None:
    attributes = (CityAttribute(city_class),) if city_class else ()
    city = City("990019", "架空県", name, "かくう", "kaku", attributes=attributes)
    assert city.you_word(DAY, "ja") == ja
    assert city.you_word(DAY, "en") == en


def fact(name: str, value: str, as_of: str) -> CityFact:
    return CityFact("121002", name, value, as_of, "出典")


@pytest.mark.parametrize(
    ("typed", "key"),
    [
        ("人口", "population"), ("Population", "population"), ("ＡＲＥＡ", "area"),
        ("職員数", "staff"), ("面積", "area"), ("世帯数", "households"), ("予算", "budget"),
        ("財政力指数", "financial-index"), ("図書館数", "図書館数"), (" 人口 密度 ", "人口 密度"),
        ("popul", "popul"), ("ict職員", "ＩＣＴ職員"), ("ICT 職員", "ＩＣＴ職員"),
        ("ICT職員A", "ICT職員A"),
    ],
)  # fmt: skip
def test_a_key_is_a_common_one_or_one_in_use_by_its_whole_name_else_as_typed(
    typed: str, key: str
) -> None:
    assert fact_key(typed, ["ＩＣＴ職員"]) == key


@pytest.mark.parametrize("typed", ["", " ", "??", "a\0b"])
def test_what_is_no_name_is_refused(typed: str) -> None:
    with pytest.raises(BadText):
        fact_key(typed)


@pytest.mark.parametrize(
    ("typed", "found"),
    [
        ("2019-10-01", "a"), ("令和元年10月1日", "a"), ("2019年10月", "b"), ("2019-10", "b"),
        ("FY2019", "c"), ("令和元年度", "c"), ("2019", None), ("2019-10-02", None),
    ],
)  # fmt: skip
def test_a_date_is_the_same_in_whatever_form_it_is_typed(typed: str, found: str | None) -> None:
    known = [
        fact("p", "a", "2019-10-01"),
        fact("p", "b", "令和元年10月"),
        fact("p", "c", "2019年度"),
    ]
    there = on_the_same_date([fact("q", "other", typed), *known], "p", typed)
    assert (there.value if there else None) == found


def test_common_facts_come_first_and_of_one_key_the_latest() -> None:
    facts = [
        fact("x", "1", "2018"),
        fact("population", "2", "2018"),
        fact("population", "3", "2019"),
    ]
    assert [one.value for one in in_order(facts)] == ["3", "2", "1"]
    assert {key: one.value for key, one in latest(facts).items()} == {"x": "1", "population": "3"}


TYPED = City(
    "99001", " 架空県 ", "架空市", "カクウシ", "Kaku", since="2004/4/1",
    attributes=(CityAttribute("中核市", "平成31年4月1日"), CityAttribute("連携中枢都市")),
)  # fmt: skip


def test_what_was_typed_gets_its_stored_form() -> None:
    held = (CityAttribute("core-city", "2019-04-01"), CityAttribute("regional-hub"))
    assert check_new_city(TYPED) == City(
        "990019", "架空県", "架空市", "かくうし", "kaku", attributes=held, since="2004-04-01"
    )


@pytest.mark.parametrize(
    ("city", "error", "said"),
    [
        (replace(TYPED, code="架空"), WrongUsage, "架空"),
        (replace(TYPED, code="990010"), WrongUsage, "check digit is 9"),
        (replace(TYPED, prefecture=" "), BadText, "prefecture"),
        (replace(TYPED, name=""), BadText, "name of the city"),
        (replace(TYPED, name="架空\x1b市"), WrongUsage, "control characters"),
        (replace(TYPED, prefecture_en="Ka\0ku"), BadText, "NUL"),
        (replace(TYPED, kana="架空"), WrongUsage, "架空"),
        (replace(TYPED, romaji=""), WrongUsage, "romaji"),
        (replace(TYPED, romaji="1chiba"), WrongUsage, "1chiba"),
        (replace(TYPED, romaji="chiba city"), WrongUsage, "chiba city"),
        (replace(TYPED, romaji="ōtsu"), WrongUsage, "ōtsu"),
        (replace(TYPED, romaji="chiba-1"), WrongUsage, "chiba-1"),
        (replace(TYPED, romaji="chiba-"), WrongUsage, "chiba-"),
        (replace(TYPED, attributes=()), WrongUsage, "class of 架空市"),
        (replace(TYPED, attributes=(CityAttribute("regional-hub"),)), WrongUsage, "class"),
        (replace(TYPED, attributes=(CityAttribute("首都"),)), WrongUsage, "首都"),
        (replace(TYPED, since="2004-02-30"), BadDate, "2004-02-30"),
    ],
)
def test_what_cannot_be_kept_is_refused(city: City, error: type[Refused], said: str) -> None:
    with pytest.raises(error) as refusal:
        check_new_city(city)
    assert said in refusal.value.sentence
    assert refusal.value.hint


@given(st.text(), st.text(), st.text(), st.text(), st.text())
def test_any_text_is_stored_in_a_form_that_passes_again_or_is_refused(
    code: str, prefecture: str, name: str, kana: str, romaji: str
) -> None:
    for city in (
        City(code, prefecture, name, kana, romaji, attributes=TYPED.attributes),
        replace(TYPED, prefecture=prefecture, name=name),
        replace(TYPED, kana=kana),
        replace(TYPED, romaji=romaji),
    ):
        try:
            stored = check_new_city(city)
        except Refused:
            continue
        assert check_new_city(stored) == stored


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
    known = shipped() + FUCHU
    try:
        assert find_city(typed, known) in known
    except Refused as refusal:
        assert refusal.hint  # noqa: PT017 - both outcomes are right


def test_a_shared_name_lists_prefectures_and_codes_which_resolve_it() -> None:
    for typed in ("府中市", "府中", "ふちゅうし", "Fuchu", "fuchu-shi"):
        with pytest.raises(Ambiguous) as refusal:
            find_city(typed, FUCHU)
        assert "東京都 府中市 (132063), 広島県 府中市 (342084)" in refusal.value.sentence
    for typed in ("東京都府中市", "13206"):
        assert find_city(typed, FUCHU) is FUCHU[0]
    for typed in ("広島県 府中市", "広島県府中", "Hiroshima Fuchu"):
        assert find_city(typed, FUCHU) is FUCHU[1]


def test_a_whole_name_goes_before_a_name_without_its_last_character() -> None:
    town = City("990019", "架空県", "千葉", "ちば", "chiba-cho")
    assert matching("千葉", (*shipped(), town)) == (town,)
    assert [city.name for city in matching("千葉", shipped())] == ["千葉市"]


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


def test_the_six_cities_stand_in_the_order_of_their_codes_and_in_their_stored_form() -> None:
    assert [(city.code, city.name) for city in shipped()] == [
        ("082201", "つくば市"), ("121002", "千葉市"), ("131016", "千代田区"), ("252018", "大津市"),
        ("282014", "姫路市"), ("382141", "西予市"),
    ]  # fmt: skip
    assert [check_new_city(city) for city in shipped()] == list(shipped())
    assert [full_code(city.code[:5]) for city in shipped()] == [city.code for city in shipped()]
    assert all(city.prefecture_en for city in shipped())


@pytest.mark.parametrize(
    ("romaji", "city_class", "since"),
    [
        ("tsukuba", "special-case-city", "2015-04-01"),
        ("chiba", "designated-city", "1992-04-01"),
        ("otsu", "core-city", "2009-04-01"),
        ("himeji", "core-city", "1996-04-01"),
        ("seiyo", "ordinary-city", "2004-04-01"),
    ],
)
def test_a_class_begins_on_its_day_and_is_unknown_before(
    romaji: str, city_class: str, since: str
) -> None:
    city = next(city for city in shipped() if city.romaji == romaji)
    first = dt.date.fromisoformat(since)
    assert city.class_on(DAY) == city.class_on(first) == city_class
    assert city.class_on(first - dt.timedelta(days=1)) is None
