"""The six municipalities that come with the program say what the sources say."""

import datetime as dt

import pytest

from fieldvisit.fieldwork.city import check_new_city, full_code
from fieldvisit.shipped_cities import shipped

SURVEY = dt.date(2019, 10, 21)


def test_the_six_cities_stand_in_the_order_of_their_codes() -> None:
    assert [(city.code, city.name) for city in shipped()] == [
        ("082201", "つくば市"),
        ("121002", "千葉市"),
        ("131016", "千代田区"),
        ("252018", "大津市"),
        ("282014", "姫路市"),
        ("382141", "西予市"),
    ]


def test_every_field_is_in_its_stored_form() -> None:
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
    assert city.class_on(SURVEY) == city.class_on(first) == city_class
    assert city.class_on(first - dt.timedelta(days=1)) is None
