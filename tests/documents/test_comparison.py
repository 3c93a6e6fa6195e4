"""The comparison as a page, a grid and a shape."""

import pytest
from msgspec.structs import replace

from documents.shown import (
    bullets,
    facts,
    grid_of,
    headings,
    paragraphs,
    rows,
    tables,
    text_of,
    under,
)
from documents.values import CHIBA, HIMEJI, MARKS, OURS, REGISTER, TODAY, V2, compared, note
from fieldvisit import language
from fieldvisit.documents.comparison import document
from fieldvisit.documents.comparison_page import ITEMS_UP_TO, Arrangement
from fieldvisit.documents.document import Document
from fieldvisit.fieldwork.city import CityFact
from fieldvisit.fieldwork.comparison import Comparison
from fieldvisit.fieldwork.note import Contradiction, Note, Register, between, contradictions

NOTES = (
    note("aaaa"),
    note("bbbb", disclosure="confirm"),
    note("cccc", "ai-rpa", kind="desk", visit_id=None),
    note("dddd", "other", city_code="282014", visit_id=V2),
)


def made(found: Comparison, *, view: str = "topic", rows_: str = "") -> Document:
    return document(found, REGISTER, TODAY, Arrangement(view, rows_))


def test_items_or_cities_go_down_and_sections_are_topics_or_cities() -> None:
    page = made(compared(NOTES, MARKS))
    assert headings(page) == ["Comparison of the cities", "4 Use of AI and RPA", "7 Other"]
    assert rows(tables(page)[0]) == [
        ["question", "千葉市 (designated city) chiba-1", "姫路市 (core city) himeji-1"],
        ["as a whole", "answered (answered 1/5 · to follow 1)", "open (answered 0/4)"],
        ["on the topic as such", "desk only\n[desk research] 話cccc [cccc]", "—"],
        ["4/1 How far is it?",
         "• 話aaaa [aaaa]\n• [to be confirmed] 話bbbb [bbbb]", "open"],
        ["4/3 What was dropped?", "open", "open"],
        ["4/5 What effect?", "to follow (due Fri 15 November 2019, 確認中)", "open"],
        ["4/7 In the wards?", "open", "out of scope"],
        ["4/8 What comes next?", "declined", "open"],
    ]  # fmt: skip
    assert rows(tables(page)[1])[2] == ["on the topic as such", "open", "話dddd [dddd]"]
    table = tables(made(compared(NOTES, MARKS), rows_="cities"))[0]
    assert table.head == ("city", "as a whole", "notes")
    assert [row[0] for row in rows(table)[1:]] == [
        "千葉市 (designated city) chiba-1", "姫路市 (core city) himeji-1"
    ]  # fmt: skip
    lines = rows(table)[1][2].split("\n")
    assert lines[:7] == [
        "on the topic as such", "desk only", "[desk research] 話cccc [cccc]",
        "4/1 How far is it?", "answered", "• 話aaaa [aaaa]", "• [to be confirmed] 話bbbb [bbbb]",
    ]  # fmt: skip
    assert "4/7 In the wards?\nout of scope" in rows(table)[2][2]
    page = made(compared(NOTES, MARKS), view="city")
    assert headings(page) == [
        "Comparison of the cities",
        "千葉市 (designated city) chiba-1", "4 Use of AI and RPA", "7 Other",
        "姫路市 (core city) himeji-1", "4 Use of AI and RPA", "7 Other",
    ]  # fmt: skip
    assert "answered (answered 1/5 · to follow 1)" in paragraphs(page)
    assert rows(tables(page)[0])[2][1] == "• 話aaaa [aaaa]\n• [to be confirmed] 話bbbb [bbbb]"


@pytest.mark.parametrize(("number", "items"), [(1, True), (ITEMS_UP_TO, True), (7, False)])
def test_up_to_six_cities_stand_across(number: int, items: bool) -> None:
    assert ITEMS_UP_TO == 6
    cities = [replace(OURS, code=f"99{n:04}", name=f"第{n}村") for n in range(number)]
    found = compared([note("aaaa", city_code=cities[0].code, visit_id=None)], cities=cities)
    register = Register({city.code: city for city in cities}, {})
    table = tables(document(found, register, TODAY))[0]
    assert (table.head[0] == "question") == items
    asked = tables(document(found, register, TODAY, Arrangement(rows="items")))[0]
    assert len(asked.head) == number + 1


def test_the_grid_has_a_row_a_city_and_question() -> None:
    document_ = made(compared(NOTES, MARKS))
    grid = grid_of(document_)
    assert [column.key for column in grid.columns] == [
        "topic", "topic_title", "question", "ask", "city_code", "city", "class", "visits", "state",
        "state_words", "notes", "handles",
    ]  # fmt: skip
    assert len(grid.rows) == 6 + 5 + 1 + 1
    row = dict(zip([c.key for c in grid.columns], grid.rows[1], strict=True))
    assert row == {
        "topic": "ai-rpa", "topic_title": "Use of AI and RPA", "question": "status",
        "ask": "How far is it?", "city_code": "121002", "city": "千葉市",
        "class": "designated city", "visits": "chiba-1", "state": "answered",
        "state_words": "answered", "notes": "話aaaa [aaaa]\n[to be confirmed] 話bbbb [bbbb]",
        "handles": "aaaa bbbb",
    }  # fmt: skip


def test_the_grid_goes_by_city_where_cities_go_down_though_two_have_one_name() -> None:
    other = replace(HIMEJI, code="341002", name="千葉市")
    found = compared(cities=(CHIBA, other))
    register = Register({"121002": CHIBA, "341002": other}, {})
    grid = grid_of(document(found, register, TODAY, Arrangement(rows="cities")))
    codes = [row[4] for row in grid.rows]
    assert {*codes} == {"121002", "341002"}
    assert codes == sorted(codes, key=str)


FACTS = {
    "121002": (
        CityFact("121002", "図書館数", "15館", "2018", "市統計書"),
        CityFact("121002", "population", "972,000", "2018-01-01", "統計書"),
        CityFact("121002", "population", "977,752", "2019-01-01", "統計書"),
    ),
    "282014": (CityFact("282014", "population", "531,218", "2019-01-01", "住民基本台帳"),),
}


def made_of_cities(arrangement: Arrangement | None = None) -> Document:
    found = replace(compared([note("aaaa")]), facts=FACTS)
    return document(found, REGISTER, TODAY, arrangement)


def test_the_latest_facts_stand_on_top_with_their_dates() -> None:
    page = made_of_cities()
    assert headings(page)[1] == "The cities"
    assert rows(tables(page)[0]) == [
        ["fact", "千葉市 (designated city) chiba-1", "姫路市 (core city) himeji-1"],
        ["population", "977,752 (as of 2019-01-01)", "531,218 (as of 2019-01-01)"],
        ["図書館数", "15館 (as of 2018)", "—"],
    ]
    down = rows(tables(made_of_cities(Arrangement(rows="cities")))[0])
    assert down[0] == ["city", "population", "図書館数"]
    assert down[2] == ["姫路市 (core city) himeji-1", "531,218 (as of 2019-01-01)", "—"]


def test_the_section_of_a_city_begins_with_its_profile() -> None:
    page = made_of_cities(Arrangement(view="city"))
    assert facts(page)["chiba-1"] == "Mon 21 October 2019 13:30"
    language.use("ja")
    items = [block.items for block in page.page().blocks if hasattr(block, "items")]
    assert items[0][:4] == (
        ("区分", "政令指定都市"), ("都道府県", "千葉県"),
        ("人口", "977,752（2019-01-01時点、統計書）"),
        ("人口", "972,000（2018-01-01時点、統計書）"),
    )  # fmt: skip


def test_cities_stand_under_their_classes_in_their_order() -> None:
    found = compared([note("aaaa")], cities=(OURS, HIMEJI, CHIBA))
    grouped = Arrangement(grouped=True)
    page = document(found, REGISTER, TODAY, grouped)
    classes = ["designated city", "core city", "village"]
    assert headings(page, 3)[:3] == classes
    cities = ["千葉市", "姫路市", "架空村"]
    assert [table.head[1].split()[0] for table in tables(page)[:3]] == cities
    by_city = document(found, REGISTER, TODAY, replace(grouped, view="city"))
    assert headings(by_city, 2) == classes
    assert [head.split()[0] for head in headings(by_city, 3)] == cities
    unknown = document(
        compared(cities=(replace(OURS, attributes=()), CHIBA)), REGISTER, TODAY, grouped
    )
    assert headings(unknown, 3)[:2] == ["designated city", "class not known"]


def test_as_many_cities_as_one_group_has_go_across() -> None:
    cities = [replace(CHIBA, code=f"1{n:05}") for n in range(4)]
    cities += [replace(HIMEJI, code=f"2{n:05}") for n in range(4)]
    notes = [note(city.code, city_code=city.code, visit_id=None) for city in cities]
    found, register = compared(notes, cities=cities), Register({c.code: c for c in cities}, {})
    for arrangement, down in ((None, "city"), (Arrangement(grouped=True), "question")):
        assert tables(document(found, register, TODAY, arrangement))[0].head[0] == down


def test_the_page_says_for_which_group_it_is() -> None:
    found = replace(compared([note("aaaa")]), study_group="ワーキンググループ")
    assert "study group: ワーキンググループ" in paragraphs(document(found, REGISTER, TODAY))


HERE = note("aaaa", as_of="2017-10-01")
THERE = note("bbbb", city_code="282014", visit_id=V2)
AGAIN = note("dddd")
BETWEEN = note("cccc")
LAYOUTS = (
    Arrangement(), Arrangement(rows="cities"), Arrangement(view="city"),
    Arrangement(cells="both"), Arrangement(grouped=True),
)  # fmt: skip


def made_with_marks(notes: tuple[Note, ...], arrangement: Arrangement | None = None) -> Document:
    """A comparison in which the first note contradicts the last."""
    pair = between(notes[0], notes[-1], "時間が合わない", "")
    conflicts = contradictions([pair], {one.id: one for one in notes})
    register = replace(REGISTER, contradictions=conflicts)
    return document(compared(notes), register, TODAY, arrangement)


@pytest.mark.parametrize("arrangement", LAYOUTS)
def test_contradictions_and_dates_far_apart_are_told_in_every_layout(
    arrangement: Arrangement,
) -> None:
    made = made_with_marks((HERE, THERE), arrangement)
    page = text_of(made).replace("\\", "")
    assert "[aaaa] ⇔ bbbb (姫路市)" in page
    assert "[bbbb] ⇔ aaaa (千葉市)" in page
    assert "時間が合わない" not in page
    assert bullets(made.page().blocks)[0] == (
        "More than 12 months apart (4/1 How far is it?): 千葉市 2017-10-01 [aaaa] – "
        "姫路市 Thu 24 October 2019 [bbbb]"
    )


def test_within_a_cell_they_stand_next_to_each_other() -> None:
    page = made_with_marks((replace(HERE, as_of=""), BETWEEN, AGAIN))
    assert rows(tables(page)[0])[2][1].split("\n") == [
        "• 話aaaa [aaaa] ⇔ dddd", "• 話dddd [dddd] ⇔ aaaa", "• 話cccc [cccc]"
    ]  # fmt: skip


def test_a_note_that_is_not_compared_is_named_all_the_same() -> None:
    against = {"aaaa": (Contradiction("zzzz", "990019", "理由"),)}
    register = replace(REGISTER, contradictions=against)
    assert "⇔ zzzz (架空村)" in text_of(document(compared([HERE]), register, TODAY))


def test_the_section_of_a_topic_holds_its_notices_and_city_view_ends_with_all() -> None:
    assert len(bullets(under(made_with_marks((HERE, THERE)), "4 Use"))) == 1
    assert bullets(under(made_with_marks((HERE, THERE)), "7 Other")) == []
    by_city = made_with_marks((HERE, THERE), Arrangement(view="city"))
    assert headings(by_city)[-1] == "To be kept in mind when comparing"


@pytest.mark.parametrize("arrangement", LAYOUTS)
def test_a_cell_that_rests_on_desk_research_alone_says_so(arrangement: Arrangement) -> None:
    found = compared([note("aaaa", kind="desk", visit_id=None)])
    table = text_of(document(found, REGISTER, TODAY, arrangement)).replace("\\", "")
    line = next(line for line in table.splitlines() if "[aaaa]" in line)
    assert "desk only" in line
    assert "[desk research] 話aaaa" in line
