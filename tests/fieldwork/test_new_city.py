"""A city that somebody typed is put into its stored form or refused."""

import gettext

import pytest
from hypothesis import given
from hypothesis import strategies as st
from msgspec.structs import replace

from fieldvisit.errors import BadDate, BadText, Refused, WrongUsage
from fieldvisit.fieldwork.city import City, CityAttribute, check_new_city

TYPED = City(
    "99001",
    " 架空県 ",
    "架空市",
    "カクウシ",
    "Kaku",
    attributes=(CityAttribute("中核市", "平成31年4月1日"), CityAttribute("連携中枢都市")),
    since="2004/4/1",
)


@pytest.fixture(autouse=True)
def _english(monkeypatch: pytest.MonkeyPatch) -> None:
    monkeypatch.setattr("fieldvisit.language._current", "en")
    monkeypatch.setattr("fieldvisit.language._catalogue", gettext.NullTranslations())


def test_what_was_typed_gets_its_stored_form() -> None:
    assert check_new_city(TYPED) == City(
        "990019",
        "架空県",
        "架空市",
        "かくうし",
        "kaku",
        attributes=(CityAttribute("core-city", "2019-04-01"), CityAttribute("regional-hub")),
        since="2004-04-01",
    )


def test_the_stored_form_passes_unchanged() -> None:
    stored = check_new_city(TYPED)
    assert check_new_city(stored) == stored


def test_half_width_katakana_is_a_reading() -> None:
    assert check_new_city(replace(TYPED, kana="ｺｳﾍﾞｼ")).kana == "こうべし"


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
