"""The plain lists of a study."""

from collections.abc import Sequence

import pytest

from documents.values import (
    AT_HIMEJI,
    CHIBA,
    GUIDE,
    HIMEJI,
    OURS,
    REGISTER,
    TODAY,
    VISIT,
    headings,
    paragraphs,
    rows,
    tables,
)
from fieldvisit import language
from fieldvisit.documents import wordings
from fieldvisit.documents.change_log import change_log
from fieldvisit.documents.document import Document
from fieldvisit.documents.guide import guide_changes
from fieldvisit.documents.lists import (
    city_list,
    draft_list,
    guide_list,
    study_group_list,
    visit_list,
)
from fieldvisit.fieldwork.draft import Purpose
from fieldvisit.fieldwork.guide import Address
from fieldvisit.fieldwork.guide_diff import Change as GuideChange
from fieldvisit.fieldwork.study import Change, StudyGroup


def grid_rows(document: Document) -> Sequence[Sequence[object]]:
    assert document.grid
    return document.grid().rows


def keys(document: Document) -> list[str]:
    assert document.grid
    return [column.key for column in document.grid().columns]


def test_visits() -> None:
    found = visit_list([VISIT, AT_HIMEJI], REGISTER.cities, lambda _visit: [GUIDE])
    assert keys(found) == ["handle", "city", "date", "mode", "status", "guides", "study_groups"]
    assert grid_rows(found)[0] == (
        "chiba-1", "千葉市", "Mon 21 October 2019 13:30", "on site", "held", "", "jimu"
    )  # fmt: skip
    assert grid_rows(found)[1][6] is None
    assert found.shape
    assert [visit["handle"] for visit in found.shape()["visits"]] == ["chiba-1", "himeji-1"]
    assert found.shape()["visits"][0]["guides"][0]["guide"] == "it"
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


def test_study_groups() -> None:
    found = study_group_list([StudyGroup("jimu", "事務研究会")])
    assert grid_rows(found) == (("jimu", "事務研究会"),)
    assert found.shape
    assert found.shape() == {"study_groups": [{"short": "jimu", "name": "事務研究会"}]}
    assert paragraphs(study_group_list([])) == ["There are no study groups yet."]


def test_guides_with_the_number_of_visits() -> None:
    found = guide_list([GUIDE], {"it": 2})
    assert grid_rows(found) == (("it", "2", "Questions", 2, 5, 2),)
    assert grid_rows(guide_list([GUIDE], {}))[0][5] == 0
    assert found.shape
    assert found.shape()["guides"][0]["sha256"] == "abc123"
    assert paragraphs(guide_list([], {}))


def test_what_differs_between_guides() -> None:
    new, old = Address("a", "new"), Address("a", "old")
    changes = [
        GuideChange("renamed", new, was=old),
        GuideChange("dropped", old),
        GuideChange("changed", new, ("ask", "for")),
        GuideChange("changed", None, ("version",), values=(("version", "1", "2"),)),
    ]
    found = guide_changes(changes)
    assert grid_rows(found) == (
        ("renamed", "a/new", "a/old", ""),
        ("dropped", "a/old", None, ""),
        ("changed", "a/new", None, "ask, for"),
        ("changed", None, None, "version: 1 → 2"),
    )
    assert found.shape
    assert found.shape()["changes"][1] == {
        "what": "dropped", "address": "a/old", "was": None, "fields": [], "values": []
    }  # fmt: skip
    values = found.shape()["changes"][3]["values"]
    assert values == [{"field": "version", "old": "1", "new": "2"}]
    assert paragraphs(guide_changes([])) == ["Nothing differs."]


def test_changes_name_objects_by_their_handles() -> None:
    change = Change(
        "0123456789abcdef", "2019-10-21T05:00:00.123456Z", "書き手", "note add", "later", "",
        ("note:n1", "mark:v1:ai-rpa/status", "city:121002", "study:study"),
    )  # fmt: skip
    found = change_log([change], {"n1": "aaaa", "v1": "chiba-1"})
    row = grid_rows(found)[0]
    assert (row[0], row[2], row[3], row[5]) == ("89abcdef", "書き手", "note add", "yes")
    assert row[4] == "note aaaa, mark chiba-1 ai-rpa/status, city 121002, study"
    assert found.shape
    entry = found.shape()["changes"][0]
    assert (entry["id"], entry["at"]) == ("0123456789abcdef", "2019-10-21T05:00:00.123456Z")
    assert (entry["undone_by"], entry["undoes"]) == ("later", None)


def test_drafts_are_listed_without_their_text() -> None:
    purpose = Purpose("note add", "chiba-1", "hiring", "confirm")
    found = draft_list([("note.txt", "2019-10-21T05:00:00Z", purpose)])
    at, what = wordings.moment("2019-10-21T05:00:00Z"), "note add chiba-1 hiring (to be confirmed)"
    assert grid_rows(found) == (("note.txt", at, what),)
    assert headings(found) == ["Drafts"]
    assert paragraphs(draft_list([])) == ["There are no drafts: everything typed was stored."]


@pytest.mark.parametrize("lang", ["en", "ja"])
def test_a_page_shows_the_rows_of_the_grid(lang: str) -> None:
    language.use(lang)
    found = study_group_list([StudyGroup("a", "一"), StudyGroup("b", "二")])
    assert rows(tables(found)[0])[1:] == [["a", "一"], ["b", "二"]]
    assert len(set(tables(found)[0].head)) == 2
