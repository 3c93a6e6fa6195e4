"""Cities and bodies that somebody adds to a study."""

from pathlib import Path

import pytest

from fieldvisit.actions.cities import add_city
from fieldvisit.actions.make_study import make_study
from fieldvisit.actions.undo import undo
from fieldvisit.errors import Refused, WrongUsage
from fieldvisit.fieldwork.city import City, CityAttribute
from fieldvisit.settings import Settings
from fieldvisit.study.view import viewing

CORE = (CityAttribute("中核市", "平成20年4月1日"),)
BODY = City("", "架空県", "架空市", "カクウシ", "Kaku", attributes=CORE)
REAL = City("20220", "長野県", "安曇野市", "あづみのし", "azumino", attributes=CORE)


@pytest.fixture
def given(tmp_path: Path) -> Settings:
    make_study(Settings(tmp_path), tmp_path)
    return Settings(tmp_path, str(tmp_path), by="t")


def stored(given: Settings) -> list[str]:
    with viewing(given, "all") as view:
        return list(view.cities)


def test_a_city_without_a_code_gets_the_next_one_of_ours(given: Settings) -> None:
    first = add_city(given, BODY)
    other = City("", "架空県", "仮名市", "かめいし", "kamei", attributes=CORE)
    assert (first.code, add_city(given, other).code) == ("990019", "990027")
    assert stored(given) == ["990019", "990027"]


def test_it_is_stored_in_its_checked_form(given: Settings) -> None:
    add_city(given, REAL)
    add_city(given, BODY)
    with viewing(given, "all") as view:
        assert view.cities["202207"].name == "安曇野市"
        body = view.cities["990019"]
    assert (body.kana, body.romaji) == ("かくうし", "kaku")
    assert body.attributes == (CityAttribute("core-city", "2008-04-01"),)


@pytest.mark.parametrize(
    "city",
    [
        City("", "千葉県", "千葉市", "ちばし", "chiba", attributes=CORE),
        City("121002", "千葉県", "別の市", "べつのし", "betsuno", attributes=CORE),
        City("12100", "千葉県", "別の市", "べつのし", "betsuno", attributes=CORE),
        City("", "架空県", "架空市", "かくうし", "kaku-shi", attributes=CORE),
        City("990019", "仮県", "仮市", "かりし", "kari", attributes=CORE),
    ],
)
def test_a_code_or_name_that_is_known_is_refused(given: Settings, city: City) -> None:
    add_city(given, BODY)
    with pytest.raises(Refused, match="already"):
        add_city(given, city)
    assert stored(given) == ["990019"]


def test_a_refusal_names_official_codes_and_never_ours(given: Settings) -> None:
    add_city(given, BODY)
    with pytest.raises(Refused) as ours:
        add_city(given, BODY)
    assert "架空県架空市" in ours.value.sentence
    assert "99" not in ours.value.sentence + ours.value.hint
    with pytest.raises(Refused, match="121002"):
        add_city(given, City("121002", "千葉県", "千葉市", "ちばし", "chiba", attributes=CORE))


def test_a_namesake_in_another_prefecture_is_taken(given: Settings) -> None:
    add_city(given, BODY)
    namesake = City("", "別県", "架空市", "かくうし", "kaku", attributes=CORE)
    assert add_city(given, namesake).code == "990027"


def test_what_cannot_be_stored_is_refused(given: Settings) -> None:
    with pytest.raises(WrongUsage):
        add_city(given, City("", "架空県", "架空市", "かくうし", "kaku"))
    assert stored(given) == []


def test_a_city_taken_back_can_be_added_again(given: Settings) -> None:
    add_city(given, REAL)
    undo(given)
    assert stored(given) == []
    assert add_city(given, REAL).number == 3
    assert stored(given) == ["202207"]
