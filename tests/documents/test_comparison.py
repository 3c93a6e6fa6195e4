"""The comparison as a page, a grid and a shape."""

import pytest
from msgspec.structs import replace

from documents.values import (
    CHIBA,
    HIMEJI,
    OURS,
    REGISTER,
    TODAY,
    V2,
    compared,
    headings,
    mark,
    note,
    paragraphs,
    rows,
    tables,
)
from fieldvisit import language
from fieldvisit.documents.comparison import Arrangement, document
from fieldvisit.documents.comparison.layout import ITEMS_UP_TO
from fieldvisit.documents.document import Document
from fieldvisit.fieldwork.comparison import Comparison
from fieldvisit.fieldwork.register import Register

NOTES = (
    note("aaaa"),
    note("bbbb", disclosure="confirm"),
    note("cccc", "ai-rpa", kind="desk", visit_id=None),
    note("dddd", "other", city_code="282014", visit_id=V2),
)
MARKS = (
    mark("ai-rpa/effect", "to-follow", "確認中", "2019-11-15"),
    mark("ai-rpa/plans", "declined"),
)


def made(found: Comparison, *, view: str = "topic", rows_: str = "") -> Document:
    return document(found, REGISTER, TODAY, Arrangement(view, rows_))


def test_items_go_down_and_cities_across() -> None:
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


def test_cities_go_down_where_asked_for() -> None:
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


def test_sections_may_be_cities() -> None:
    page = made(compared(NOTES, MARKS), view="city")
    assert headings(page) == [
        "Comparison of the cities",
        "千葉市 (designated city) chiba-1", "4 Use of AI and RPA", "7 Other",
        "姫路市 (core city) himeji-1", "4 Use of AI and RPA", "7 Other",
    ]  # fmt: skip
    assert "answered (answered 1/5 · to follow 1)" in paragraphs(page)
    assert rows(tables(page)[0])[2][1] == "• 話aaaa [aaaa]\n• [to be confirmed] 話bbbb [bbbb]"


@pytest.mark.parametrize("view", ["topic", "city"])
def test_a_study_without_anything_says_so(view: str) -> None:
    page = made(compared(cities=()), view=view)
    assert "There is nothing to compare yet." in paragraphs(page)
    grid = made(compared(cities=())).grid
    assert grid
    assert grid().rows == ()


@pytest.mark.parametrize(("audience", "lines"), [("public", 0), ("group", 1), ("all", 1)])
def test_the_page_says_for_whom_it_is(audience: str, lines: int) -> None:
    page = made(compared(NOTES, audience=audience))
    assert len([line for line in paragraphs(page) if line.startswith("Audience:")]) == lines


def test_the_public_reads_not_stated_where_the_reason_is_confidential() -> None:
    page = made(compared(NOTES[:1], MARKS, audience="public"))
    column = {row[0]: row[1] for row in rows(tables(page)[0])}
    assert column["4/8 What comes next?"] == column["4/3 What was dropped?"] == "not stated"
    assert column["4/5 What effect?"] == "to follow (due Fri 15 November 2019)"
    language.use("ja")
    assert {row[1] for row in rows(tables(page)[0])} >= {"記載なし"}


def test_the_grid_has_a_row_a_city_and_question() -> None:
    document_ = made(compared(NOTES, MARKS))
    assert document_.grid
    grid = document_.grid()
    assert [column.key for column in grid.columns] == [
        "topic", "topic_title", "question", "ask", "city_code", "city", "class", "visits", "state",
        "state_words", "notes", "handles", "conflicts", "apart", "asked_as",
    ]  # fmt: skip
    assert len(grid.rows) == 6 + 5 + 1 + 1
    row = dict(zip([c.key for c in grid.columns], grid.rows[1], strict=True))
    assert row == {
        "topic": "ai-rpa", "topic_title": "Use of AI and RPA", "question": "status",
        "ask": "How far is it?", "city_code": "121002", "city": "千葉市",
        "class": "designated city", "visits": "chiba-1", "state": "answered",
        "state_words": "answered", "notes": "話aaaa [aaaa]\n[to be confirmed] 話bbbb [bbbb]",
        "handles": "aaaa bbbb", "conflicts": None, "apart": None, "asked_as": None,
    }  # fmt: skip


def test_the_grid_goes_by_city_where_cities_go_down() -> None:
    grid = made(compared(NOTES), rows_="cities").grid
    assert grid
    cities = [row[5] for row in grid().rows]
    assert list(dict.fromkeys(cities)) == ["千葉市", "姫路市"]
    assert cities.index("姫路市") == cities.count("千葉市")


def test_two_cities_of_one_name_stay_apart_in_the_grid() -> None:
    other = replace(HIMEJI, code="341002", name="千葉市")
    found = compared(cities=(CHIBA, other))
    register = Register({"121002": CHIBA, "341002": other}, {})
    grid = document(found, register, TODAY, Arrangement(rows="cities")).grid
    assert grid
    codes = [row[4] for row in grid().rows]
    assert codes == sorted(codes, key=str)


def test_a_code_of_ours_is_never_printed() -> None:
    found = made(compared(cities=(OURS,)))
    assert found.grid
    assert found.shape
    assert {row[4] for row in found.grid().rows} == {None}
    assert found.shape()["topics"][0]["cities"][0]["city"] == {"code": None, "name": "架空村"}


def test_the_shape_holds_states_counts_and_whole_notes() -> None:
    found = made(compared(NOTES, MARKS))
    assert found.shape
    shape = found.shape()
    assert (found.name, shape["audience"]) == ("compare", "group")
    topic = shape["topics"][0]
    assert topic["title"] == {"ja": "AI・RPAの利用", "en": "Use of AI and RPA"}
    assert topic["across"] is None
    chiba, himeji = topic["cities"]
    assert {k: chiba[k] for k in ("visits", "state", "answered", "asked", "to_follow")} == {
        "visits": ["chiba-1"], "state": "answered", "answered": 1, "asked": 5, "to_follow": 1
    }  # fmt: skip
    assert [cell["question"] for cell in chiba["cells"]] == [
        None, "status", "dropped", "effect", "wards", "plans"
    ]  # fmt: skip
    assert [n["handle"] for n in chiba["cells"][1]["notes"]] == ["aaaa", "bbbb"]
    assert chiba["cells"][3]["due"] == "2019-11-15"
    assert chiba["cells"][3]["reason"] == "確認中"
    assert himeji["cells"][3] == {
        "question": "wards", "state": "out-of-scope", "reason": None, "due": None, "notes": [],
        "summary": None,
    }  # fmt: skip


def test_a_note_filed_twice_stands_in_both_places() -> None:
    page = made(compared([note("aaaa", "ai-rpa/status other")]))
    assert "[aaaa]" in rows(tables(page)[0])[2][1]
    assert "[aaaa]" in rows(tables(page)[1])[2][1]


def test_japanese_words_come_from_the_guide_s_japanese() -> None:
    language.use("ja")
    page = made(compared(NOTES, MARKS))
    assert headings(page)[1] == "4 AI・RPAの利用"
    assert rows(tables(page)[0])[1][1] == "回答あり（回答1/5・後日1）"
