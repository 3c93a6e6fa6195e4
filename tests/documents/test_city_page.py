"""A city: its dated classes, and its facts with date and source."""

from documents.values import HIMEJI, OURS, TODAY, facts, headings, rows, tables
from fieldvisit import language
from fieldvisit.documents.city_page import city_page
from fieldvisit.fieldwork.city import City, CityAttribute
from fieldvisit.fieldwork.city_fact import CityFact


def test_a_city_with_its_dated_classes() -> None:
    found = city_page(HIMEJI, TODAY)
    assert headings(found) == ["姫路市 (core city)"]
    known = facts(found)
    assert known["code"] == "282014"
    assert known["prefecture"] == "兵庫県 Hyogo"
    assert known["regional hub city"] == "since Fri 6 February 2015"
    assert known["core city"] == "since when is not known"
    gone = City(
        "1",
        "県",
        "元市",
        "",
        "moto",
        "",
        (CityAttribute("ordinary-city", "2000-01-01", "2005-03-31"),),
    )
    assert headings(city_page(gone, TODAY)) == ["元市"]
    assert "from Sat 1 January 2000 to Thu 31 March 2005" in facts(city_page(gone, TODAY)).values()
    assert "code" not in facts(city_page(OURS, TODAY))


def test_facts_stand_by_key_and_the_latest_first() -> None:
    known = (
        CityFact("282014", "図書館数", "15館", "2018", "市統計書", "書き手"),
        CityFact("282014", "population", "536,192", "2015-10", "国勢調査", "書き手"),
        CityFact("282014", "population", "531,218", "2019-01-01", "住民基本台帳", "書き手"),
    )
    found = city_page(HIMEJI, TODAY, known)
    assert rows(tables(found)[0]) == [
        ["fact", "value", "as of", "source"],
        ["population", "531,218", "2019-01-01", "住民基本台帳"],
        ["population", "536,192", "2015-10", "国勢調査"],
        ["図書館数", "15館", "2018", "市統計書"],
    ]
    assert found.shape
    assert found.shape()["city"]["facts"][0] == {
        "key": "population", "value": "531,218", "as_of": "2019-01-01", "source": "住民基本台帳"
    }  # fmt: skip
    language.use("ja")
    assert rows(tables(found)[0])[1][0] == "人口"


def test_a_city_of_which_nothing_is_known_has_no_table() -> None:
    found = city_page(HIMEJI, TODAY)
    assert tables(found) == []
    assert found.shape
    assert found.shape()["city"]["facts"] == []
