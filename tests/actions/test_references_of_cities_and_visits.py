"""What a person types to name a city or a visit."""

import pytest

from fieldvisit.actions.cities import add_city
from fieldvisit.actions.plan_visits import add_visits
from fieldvisit.errors import Ambiguous, NotFound, WrongUsage
from fieldvisit.fieldwork.city import City, CityAttribute
from fieldvisit.settings import Settings
from fieldvisit.study.fields import VisitFields
from fieldvisit.study.references import find_any_city, find_visit, find_visit_or_city
from fieldvisit.study.view import viewing

SURROGATE = "千葉\udcff"


def city(given: Settings, typed: str) -> str:
    with viewing(given, "all") as view:
        return find_any_city(view, typed).code


def visit(given: Settings, typed: str) -> str:
    with viewing(given, "all") as view:
        return find_visit(view, typed).handle


def another(prefecture: str, code: str) -> City:
    ordinary = (CityAttribute("ordinary-city"),)
    return City(code, prefecture, "府中市", "ふちゅうし", "fuchu", attributes=ordinary)


@pytest.mark.parametrize(
    "typed",
    [
        "121002", "12100", "１２１００２", " 12100 ", "千葉市", "千葉県千葉市", "千葉",
        "千葉県 千葉市", "ちばし", "チバシ", "ﾁﾊﾞｼ", "ちば", "chiba", "Chiba", "CHIBA", "ｃｈｉｂａ",
        "chiba-shi", "chibashi",
    ],
)  # fmt: skip
def test_a_city_goes_by_every_spelling(study: Settings, typed: str) -> None:
    assert city(study, typed) == "121002"


@pytest.mark.parametrize("typed", ["nowhere", "", "  ", "9999", "千", "\0", SURROGATE, "?"])
def test_what_is_no_city_is_refused(study: Settings, typed: str) -> None:
    with pytest.raises(NotFound):
        city(study, typed)


def test_a_wrong_check_digit_names_the_right_one(study: Settings) -> None:
    with pytest.raises(WrongUsage, match="2"):
        city(study, "121003")


def test_cities_of_one_name_are_told_apart_by_prefecture_or_code(study: Settings) -> None:
    add_city(study, another("東京都", "13206"))
    add_city(study, another("広島県", "34208"))
    for typed in ("府中市", "fuchu", "ふちゅう", "府中"):
        with pytest.raises(Ambiguous) as caught:
            city(study, typed)
        assert "132063" in caught.value.sentence
        assert "342084" in caught.value.sentence
    assert city(study, "東京都府中市") == "132063"
    assert city(study, "34208") == "342084"
    made = add_visits(study, ["132063", "342084"], VisitFields())
    assert [v.handle for v in made] == ["fuchu-1", "fuchu-2"]
    assert visit(study, "広島県府中市") == "fuchu-2"
    with pytest.raises(Ambiguous):
        visit(study, "fuchu")


@pytest.mark.parametrize(
    "typed", ["chiba-1", "CHIBA-1", "ｃｈｉｂａ－1", " chiba-1 ", "千葉市", "12100"]
)
def test_a_visit_goes_by_its_handle_or_by_a_city_visited_once(field: Settings, typed: str) -> None:
    assert visit(field, typed) == "chiba-1"


def test_a_visit_goes_by_its_id(field: Settings) -> None:
    with viewing(field, "all") as view:
        assert visit(field, view.visits[0].id) == view.visits[0].handle


def test_a_city_visited_twice_or_never_is_no_visit(field: Settings) -> None:
    add_visits(field, ["千葉市"], VisitFields())
    with pytest.raises(Ambiguous) as several:
        visit(field, "千葉市")
    assert "chiba-1, chiba-2" in several.value.hint
    with pytest.raises(NotFound, match="no visit to 大津市"):
        visit(field, "大津市")
    with pytest.raises(NotFound, match="no visit “chiba-3”") as unknown:
        visit(field, "chiba-3")
    assert "chiba-1" in unknown.value.hint


def test_a_handle_means_the_visit_and_a_city_means_the_city(field: Settings) -> None:
    with viewing(field, "all") as view:
        of_city, none = find_visit_or_city(view, "千葉市")
        of_visit, found = find_visit_or_city(view, "chiba-1")
        assert (of_city.code, none) == ("121002", None)
        assert found
        assert (of_visit.code, found.handle) == ("121002", "chiba-1")
        with pytest.raises(NotFound):
            find_visit_or_city(view, "chiba-7")
