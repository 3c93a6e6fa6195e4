"""The cities of a comparison: profiles, groups by class, and what narrowed them."""

from datetime import date

from msgspec.structs import replace

from documents.values import (
    CHIBA,
    HIMEJI,
    OURS,
    REGISTER,
    TODAY,
    compared,
    facts,
    headings,
    note,
    paragraphs,
    rows,
    tables,
)
from fieldvisit import language
from fieldvisit.documents.comparison import Arrangement, document
from fieldvisit.documents.document import Document
from fieldvisit.fieldwork.city_fact import CityFact
from fieldvisit.fieldwork.narrowing import Narrowing, only_shown

FACTS = {
    "121002": (
        CityFact("121002", "図書館数", "15館", "2018", "市統計書"),
        CityFact("121002", "population", "972,000", "2018-01-01", "統計書"),
        CityFact("121002", "population", "977,752", "2019-01-01", "統計書"),
    ),
    "282014": (CityFact("282014", "population", "531,218", "2019-01-01", "住民基本台帳"),),
}


def made(arrangement: Arrangement | None = None) -> Document:
    found = replace(compared([note("aaaa")], cities=(CHIBA, HIMEJI)), facts=FACTS)
    return document(found, REGISTER, TODAY, arrangement)


def test_the_latest_facts_stand_on_top_with_their_dates() -> None:
    page = made()
    assert headings(page)[1] == "The cities"
    assert rows(tables(page)[0]) == [
        ["fact", "千葉市 (designated city) chiba-1", "姫路市 (core city) himeji-1"],
        ["population", "977,752 (as of 2019-01-01)", "531,218 (as of 2019-01-01)"],
        ["図書館数", "15館 (as of 2018)", "—"],
    ]
    down = rows(tables(made(Arrangement(rows="cities")))[0])
    assert down[0] == ["city", "population", "図書館数"]
    assert down[2] == ["姫路市 (core city) himeji-1", "531,218 (as of 2019-01-01)", "—"]


def test_without_facts_nothing_stands_there() -> None:
    page = document(compared([note("aaaa")]), REGISTER, TODAY)
    assert "The cities" not in headings(page)


def test_the_section_of_a_city_begins_with_its_profile() -> None:
    page = made(Arrangement(view="city"))
    known = facts(page)
    assert known["chiba-1"] == "Mon 21 October 2019 13:30"
    assert known["prefecture"] in {"Chiba", "Hyogo"}
    language.use("ja")
    items = [block.items for block in page.page().blocks if hasattr(block, "items")]
    assert items[0][:4] == (
        ("区分", "政令指定都市"), ("都道府県", "千葉県"),
        ("人口", "977,752（2019-01-01時点、統計書）"),
        ("人口", "972,000（2018-01-01時点、統計書）"),
    )  # fmt: skip


def test_json_and_csv_hold_every_fact_with_its_source() -> None:
    found = made()
    assert found.shape
    chiba, himeji = found.shape()["profiles"]
    assert [fact["value"] for fact in chiba["facts"]] == ["977,752", "972,000", "15館"]
    assert himeji == {
        "city": {"code": "282014", "name": "姫路市"}, "class": "core-city", "prefecture": "兵庫県",
        "visits": [{"visit": "himeji-1", "date": "2019-10-24"}],
        "facts": [{"key": "population", "value": "531,218", "as_of": "2019-01-01",
                   "source": "住民基本台帳"}],
    }  # fmt: skip
    assert found.grid
    row = found.grid().rows[0]
    assert row[1:7] == (
        "The cities", "population", "population", "121002", "千葉市", "designated city"
    )  # fmt: skip
    assert row[10] == "977,752 (as of 2019-01-01, 統計書)"


def test_a_grid_that_comes_back_holds_no_facts() -> None:
    grid = made(Arrangement(cells="both")).grid
    assert grid
    assert all(row[0] for row in grid().rows)


def test_cities_stand_under_their_classes_in_their_order() -> None:
    found = compared([note("aaaa")], cities=(OURS, HIMEJI, CHIBA))
    grouped = Arrangement(grouped=True)
    page = document(found, REGISTER, TODAY, grouped)
    classes = ["designated city", "core city", "village"]
    assert headings(page, 3)[:3] == classes
    assert [table.head[1].split()[0] for table in tables(page)[:3]] == [
        "千葉市",
        "姫路市",
        "架空村",
    ]
    by_city = document(found, REGISTER, TODAY, replace(grouped, view="city"))
    assert headings(by_city, 2) == classes
    assert [head.split()[0] for head in headings(by_city, 3)] == ["千葉市", "姫路市", "架空村"]
    unknown = document(
        compared(cities=(replace(OURS, attributes=()), CHIBA)), REGISTER, TODAY, grouped
    )
    assert headings(unknown, 3)[:2] == ["designated city", "class not known"]


def test_as_many_cities_as_one_group_has_go_across() -> None:
    cities = [replace(CHIBA, code=f"1{n:05}") for n in range(4)]
    cities += [replace(HIMEJI, code=f"2{n:05}") for n in range(4)]
    found = compared(cities=cities)
    register = replace(REGISTER, cities={city.code: city for city in cities})
    found = replace(found, topics=tuple(
        replace(topic, cities=tuple(
            replace(city, visits=(next(iter(REGISTER.visits.values())),)) for city in topic.cities
        )) for topic in found.topics
    ))  # fmt: skip
    assert tables(document(found, register, TODAY))[0].head[0] == "city"
    assert (
        tables(document(found, register, TODAY, Arrangement(grouped=True)))[0].head[0] == "question"
    )


def test_the_page_says_what_alone_it_shows() -> None:
    narrowing = Narrowing("", date(2019, 10, 1), None, ("desk", "quote"), ("計画",))
    found = only_shown(compared([note("aaaa", tags=("計画",), kind="quote")]), narrowing)
    arrangement = Arrangement(narrowing=narrowing)
    page = document(found, REGISTER, TODAY, arrangement)
    assert "Only: since Tue 1 October 2019, desk research, quote, tag: 計画" in paragraphs(page)
    assert page.shape
    assert page.shape()["only"] == {
        "study_group": None, "since": "2019-10-01", "until": None, "kinds": ["desk", "quote"],
        "tags": ["計画"],
    }  # fmt: skip
    assert rows(tables(page)[0])[2][1] == "answered\n[quote] 話aaaa [aaaa]"
    nothing = document(only_shown(found, Narrowing(tags=("x",))), REGISTER, TODAY, arrangement)
    assert "No note fits." in paragraphs(nothing)
    unknown = document(replace(found, anonymised=True), REGISTER, TODAY, arrangement)
    assert not any("計画" in line for line in paragraphs(unknown))
    assert unknown.shape
    assert unknown.shape()["only"]["tags"] == []
