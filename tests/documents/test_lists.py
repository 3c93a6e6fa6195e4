"""The plain lists of a study."""

from collections.abc import Sequence

from msgspec.structs import replace

from documents.shown import facts, grid_of, headings, paragraphs, rows, shape_of, tables, under
from documents.values import (
    AT_HIMEJI,
    CHIBA,
    GUIDE,
    HIMEJI,
    OURS,
    REGISTER,
    RESPONDENT,
    TODAY,
    VISIT,
    note,
)
from fieldvisit import language
from fieldvisit.documents.document import Document
from fieldvisit.documents.guide import document, guide_changes
from fieldvisit.documents.lists import change_log, city_list, city_page, guide_list, visit_list
from fieldvisit.documents.notes import history, note_list, note_page
from fieldvisit.documents.page import Box, Bullets
from fieldvisit.fieldwork.city import City, CityAttribute, CityFact
from fieldvisit.fieldwork.disclosure import note_for
from fieldvisit.fieldwork.note import Note, Source
from fieldvisit.fieldwork.study import LoggedChange, Revision


def grid_rows(document: Document) -> Sequence[Sequence[object]]:
    return grid_of(document).rows


def keys(document: Document) -> str:
    return " ".join(column.key for column in grid_of(document).columns)


def test_visits() -> None:
    found = visit_list([VISIT, AT_HIMEJI], REGISTER.cities, lambda _visit: [GUIDE])
    assert keys(found) == "handle city date mode status guides study_groups"
    assert grid_rows(found)[0] == (
        "chiba-1", "千葉市", "Mon 21 October 2019 13:30", "on site", "held", None, "jimu"
    )  # fmt: skip
    assert grid_rows(found)[1][6] is None
    assert [visit["handle"] for visit in shape_of(found)["visits"]] == ["chiba-1", "himeji-1"]
    assert shape_of(found)["visits"][0]["guides"][0]["guide"] == "it"
    empty = visit_list([], {}, lambda _visit: [])
    assert "fieldvisit visit add CITY" in paragraphs(empty)[0]


def test_cities_bear_class_and_attributes_of_the_day() -> None:
    found = city_list([CHIBA, HIMEJI, OURS], TODAY)
    assert grid_rows(found)[0] == (
        "121002", "Chiba", "千葉市", "ちばし", "chiba", "designated city"
    )  # fmt: skip
    assert grid_rows(found)[1][5] == "core city, regional hub city"
    assert (grid_rows(found)[2][0], grid_rows(found)[2][1]) == (None, "架空県")
    language.use("ja")
    assert grid_rows(found)[1][1] == "Hyogo"
    again = city_list([HIMEJI], TODAY)
    assert (grid_rows(again)[0][1], grid_rows(again)[0][5]) == ("兵庫県", "中核市、連携中枢都市")
    assert paragraphs(city_list([], TODAY))


def test_guides_with_the_number_of_visits() -> None:
    found = guide_list([GUIDE], {"it": 2})
    assert grid_rows(found) == (("it", "2", "Questions", 2, 5, 2),)
    assert grid_rows(guide_list([GUIDE], {}))[0][5] == 0
    assert shape_of(found)["guides"][0]["title"]["en"] == "Questions"
    assert paragraphs(guide_list([], {}))


def test_what_differs_between_guides_stands_as_it_does_in_the_file() -> None:
    lines = ["@@ -1 +1 @@", "-  send: true", "+  send: false"]
    found = guide_changes(lines)
    assert [one.text for one in found.page().blocks if isinstance(one, Box)] == ["\n".join(lines)]
    assert shape_of(found) == {"lines": lines}
    assert paragraphs(guide_changes([])) == ["Nothing differs."]


def test_changes_name_objects_by_their_handles() -> None:
    change = LoggedChange(
        "0123456789abcdef", "2019-10-21T05:00:00.123456Z", "書き手", "note add", "later", "", "",
        ("note:n1", "mark:v1:ai-rpa/status", "city:121002", "study:study"),
    )  # fmt: skip
    found = change_log([change], {"n1": "aaaa", "v1": "chiba-1"})
    row = grid_rows(found)[0]
    assert (row[0], row[2], row[3], row[5]) == ("89abcdef", "書き手", "note add", "yes")
    assert row[4] == "note aaaa, mark chiba-1 ai-rpa/status, city 121002, study"
    entry = shape_of(found)["changes"][0]
    assert (entry["change"], entry["at"]) == ("0123456789abcdef", "2019-10-21T05:00:00.123456Z")
    assert (entry["undone"], entry["sitting"]) == ("later", None)


FULL = note(
    "aaaa", "ai-rpa/status other", kind="quote", disclosure="confirm", body="一行目\n二行目",
    speaker=RESPONDENT, as_of="2019年度", tags=("計画", "要点"), only_for=("jimu",),
    source=Source("総務省", "https://example.jp/x", "2019-03"),
)  # fmt: skip
BARE = note("bbbb", "", city_code="990019", visit_id=None, kind="remark", disclosure="group")
KEYS = [
    "handle", "city", "visit", "places", "kind", "disclosure", "body", "said_by", "as_of", "source",
    "tags", "by", "conflicts",
]  # fmt: skip


def revision(number: int, by: str = "書き手") -> Revision:
    at = f"2019-10-2{number}T05:00:00Z"
    return Revision(f"r{number}", "note", "id-aaaa", (), f"c{number}", at, by, "", number)


def test_a_list_has_a_row_a_note_and_the_page_leaves_out_columns_that_nobody_fills() -> None:
    found = note_list([FULL, BARE], REGISTER, "group")
    grid = grid_of(found)
    assert keys(found).split() == KEYS
    assert dict(zip(KEYS, grid.rows[0], strict=True)) == {
        "handle": "aaaa", "city": "千葉市", "visit": "chiba-1", "places": "ai-rpa/status, other",
        "kind": "quote", "disclosure": "to be confirmed", "body": "一行目\n二行目",
        "said_by": "情報部 課長 山田太郎", "as_of": "2019年度",
        "source": "総務省 2019-03 https://example.jp/x", "tags": "計画, 要点", "by": "書き手",
        "conflicts": None,
    }  # fmt: skip
    assert grid.rows[1] == (
        "bbbb", "架空村", None, "unsorted", "researcher's remark", "group only", "話bbbb", None,
        None, None, None, "書き手", None,
    )  # fmt: skip
    assert [c.lower() for c in tables(note_list([BARE], REGISTER, "group"))[0].head] == [
        "handle", "city", "filed under", "kind", "disclosure", "text", "written by"
    ]  # fmt: skip
    full = tables(found)[0]
    assert len(full.head) == len(KEYS) - 1  # nothing is in conflict
    assert rows(full)[2][2] == ""


def test_a_search_repeats_what_was_asked() -> None:
    found = note_list([FULL], REGISTER, "group", ["予算 額", "RPA"])
    assert headings(found) == ["Search: 予算 額 RPA"]
    shape = shape_of(found)
    assert (found.name, shape["query"]) == ("search", ["予算 額", "RPA"])
    assert [hit["handle"] for hit in shape["hits"]] == ["aaaa"]
    assert "notes" not in shape


def test_a_note_s_page_holds_all_that_is_known_of_it() -> None:
    page = note_page(FULL, REGISTER, "group")
    assert headings(page) == ["Note aaaa"]
    assert paragraphs(page)[1] == "一行目\n二行目"
    known = {
        "said by": "情報部 課長 山田太郎", "source": "総務省 2019-03 https://example.jp/x",
        "filed under": "ai-rpa/status, other", "revision": "2",
    }  # fmt: skip
    assert facts(page).items() >= known.items()
    assert "deleted" not in facts(page)
    assert facts(note_page(replace(FULL, deleted=True), REGISTER, "group"))["deleted"] == "yes"
    assert page.grid is None


def test_the_public_s_note_names_nobody() -> None:
    for named, said_by in (("position", "情報部 課長"), ("", None)):
        told = replace(FULL, disclosure="public", attribution=named)
        seen = note_for(told, "public")
        assert isinstance(seen, Note)
        found = shape_of(note_page(seen, REGISTER, "public"))["note"]
        assert (found["said_by"], found["by"], found["tags"], found["only_for"]) == (
            said_by, None, [], []
        )  # fmt: skip
        known = facts(note_page(seen, REGISTER, "public"))
        assert known.get("said by") == said_by
        assert {"tags", "written by"}.isdisjoint(known)


def test_a_history_has_a_row_a_revision() -> None:
    first = replace(FULL, body="はじめの文", disclosure="public")
    past = [
        (revision(1), first),
        (revision(2, "別の人"), FULL),
        (revision(3), replace(FULL, deleted=True)),
    ]
    found = history(past, REGISTER, "group")
    grid = grid_of(found)
    assert keys(found) == "handle number at by kind disclosure places body reason"
    assert [(row[1], row[3], row[5], row[7]) for row in grid.rows] == [
        (1, "書き手", "public", "はじめの文"),
        (2, "別の人", "to be confirmed", "一行目\n二行目"),
        (3, "書き手", "to be confirmed", "(deleted) 一行目\n二行目"),
    ]
    assert {row[0] for row in grid.rows} == {FULL.handle}
    told = ("id", "note", "number", "at", "change", "deleted")
    assert [tuple(map(entry.get, told)) for entry in shape_of(found)["revisions"]] == [
        (f"r{n}", "id-aaaa", n, f"2019-10-2{n}T05:00:00Z", f"c{n}", n == 3) for n in (1, 2, 3)
    ]


def test_a_guide_with_what_holds_of_each_question_and_a_row_for_each() -> None:
    page = document(GUIDE)
    assert headings(page) == [
        "Questions (it, version 2)", "4 Use of AI and RPA (ai-rpa)", "4/1 How far is it? (status)",
        "4/3 What was dropped? (dropped)", "4/5 What effect? (effect)", "4/7 In the wards? (wards)",
        "4/8 What comes next? (plans)", "7 Other (other)",
    ]  # fmt: skip
    assert paragraphs(page)[0] == "Minutes"
    assert "[common question] · [sent ahead]" in str(under(page, "4/1"))
    assert Bullets(("How many?", "And the wards?")) in under(page, "4/1")
    assert "[orally only: agree on disclosure first] · group only" in str(under(page, "4/3"))
    assert "Ask if {city_you} uses it." in str(under(page, "4/5"))
    assert "for: designated city" in str(under(page, "4/7"))
    assert under(page, "4/8") == []
    assert keys(page) == "number address ask_ja ask_en gate for common send sensitive"
    assert grid_rows(page)[0] == (
        "4/1", "ai-rpa/status", "状況は。", "How far is it?", None, None, "yes", "yes", None
    )  # fmt: skip
    assert [row[0] for row in grid_rows(page)] == ["4/1", "4/3", "4/5", "4/7", "4/8"]
    language.use("ja")
    assert headings(document(GUIDE))[1] == "4 AI・RPAの利用（ai-rpa）"


def test_a_city_with_its_dated_classes() -> None:
    found = city_page(HIMEJI, TODAY)
    assert headings(found) == ["姫路市 (core city)"]
    wanted = {
        "code": "282014", "prefecture": "兵庫県 Hyogo",
        "regional hub city": "since Fri 6 February 2015", "core city": "since when is not known",
    }  # fmt: skip
    assert facts(found).items() >= wanted.items()
    held = CityAttribute("ordinary-city", "2000-01-01", "2005-03-31")
    gone = city_page(City("1", "県", "元市", "", "moto", "", (held,)), TODAY)
    assert headings(gone) == ["元市"]
    assert "from Sat 1 January 2000 to Thu 31 March 2005" in facts(gone).values()
    assert "code" not in facts(city_page(OURS, TODAY))


def test_facts_stand_by_key_and_the_latest_first() -> None:
    known = (
        CityFact("282014", "図書館数", "15館", "2018", "市統計書"),
        CityFact("282014", "population", "536,192", "2015-10", "国勢調査"),
        CityFact("282014", "population", "531,218", "2019-01-01", "住民基本台帳"),
    )
    found = city_page(HIMEJI, TODAY, known)
    assert rows(tables(found)[0]) == [
        ["fact", "value", "as of", "source"],
        ["population", "531,218", "2019-01-01", "住民基本台帳"],
        ["population", "536,192", "2015-10", "国勢調査"],
        ["図書館数", "15館", "2018", "市統計書"],
    ]
    assert shape_of(found)["city"]["facts"][0] == {
        "key": "population", "value": "531,218", "as_of": "2019-01-01", "source": "住民基本台帳"
    }  # fmt: skip
    language.use("ja")
    assert rows(tables(city_page(HIMEJI, TODAY, known))[0])[1][0] == "人口"
