"""The list of notes, one note whole, its history, what a search found."""

import pytest
from msgspec.structs import replace

from documents.values import (
    OURS,
    REGISTER,
    RESPONDENT,
    facts,
    headings,
    note,
    paragraphs,
    rows,
    tables,
)
from fieldvisit import language
from fieldvisit.documents.notes import history, note_list, note_page, search_result
from fieldvisit.fieldwork.disclosure import note_for
from fieldvisit.fieldwork.note import Note, Source
from fieldvisit.fieldwork.study import Revision

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


def test_a_list_has_a_row_a_note_with_its_handle_first() -> None:
    found = note_list([FULL, BARE], REGISTER, "group")
    assert found.grid
    grid = found.grid()
    assert [column.key for column in grid.columns] == KEYS
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


def test_the_page_leaves_out_columns_that_nobody_fills() -> None:
    assert [c.lower() for c in tables(note_list([BARE], REGISTER, "group"))[0].head] == [
        "handle", "city", "filed under", "kind", "disclosure", "text", "written by"
    ]  # fmt: skip
    full = tables(note_list([FULL, BARE], REGISTER, "group"))[0]
    assert len(full.head) == len(KEYS) - 1  # nothing is in conflict
    assert rows(full)[2][2] == ""


@pytest.mark.parametrize(("audience", "lines"), [("public", 0), ("group", 1), ("all", 1)])
def test_each_page_says_for_whom_it_is(audience: str, lines: int) -> None:
    for page in (
        note_list([FULL], REGISTER, audience),
        search_result(["x"], [FULL], REGISTER, audience),
        note_page(FULL, REGISTER, audience),
        history([(revision(1), FULL)], REGISTER, audience),
    ):
        assert len([p for p in paragraphs(page) if p.startswith("Audience:")]) == lines


def test_without_notes_it_says_so() -> None:
    assert paragraphs(note_list([], REGISTER, "public"))[1:] == ["There are no notes."]
    assert note_list([], REGISTER, "public").shape


def test_a_search_repeats_what_was_asked() -> None:
    found = search_result(["予算 額", "RPA"], [FULL], REGISTER, "group")
    assert headings(found) == ["Search: 予算 額 RPA"]
    assert found.shape
    shape = found.shape()
    assert (found.name, shape["query"]) == ("search", ["予算 額", "RPA"])
    assert [hit["handle"] for hit in shape["hits"]] == ["aaaa"]
    assert "notes" not in shape


def test_a_note_s_page_holds_all_that_is_known_of_it() -> None:
    page = note_page(FULL, REGISTER, "group")
    assert headings(page) == ["Note aaaa"]
    assert paragraphs(page)[1] == "一行目\n二行目"
    known = facts(page)
    assert known["said by"] == "情報部 課長 山田太郎"
    assert known["source"] == "総務省 2019-03 https://example.jp/x"
    assert known["filed under"] == "ai-rpa/status, other"
    assert known["revision"] == "2"
    assert "deleted" not in known
    assert facts(note_page(replace(FULL, deleted=True), REGISTER, "group"))["deleted"] == "yes"
    assert page.grid is None


def test_the_shape_of_a_note_is_the_contract_s() -> None:
    found = note_page(FULL, REGISTER, "group")
    assert found.shape
    assert found.shape() == {
        "note": {
            "handle": "aaaa", "id": "id-aaaa", "city": {"code": "121002", "name": "千葉市"},
            "visit": "chiba-1", "survey": None, "topic": "ai-rpa", "question": "status",
            "also": [{"topic": "other", "question": None}], "kind": "quote",
            "body": "一行目\n二行目", "disclosure": "confirm", "by": "書き手",
            "said_by": "情報部 課長 山田太郎", "as_of": "2019年度",
            "source": {"title": "総務省", "url": "https://example.jp/x", "date": "2019-03"},
            "tags": ["計画", "要点"], "mode": None, "on": None, "material": None, "page": None,
                "only_for": ["jimu"], "conflicts": [], "deleted": False,
            "created_at": "2019-10-21T05:00:00Z", "updated_at": "2019-10-22T05:00:00Z",
            "revision": 2,
        },
        "contradicted_by": [],
        "confirmation": None,
    }  # fmt: skip


def test_the_public_s_note_names_nobody() -> None:
    for speaker, said_by in [
        (RESPONDENT, "情報部 課長"),
        (replace(RESPONDENT, department="", position=""), None),
    ]:
        seen = note_for(replace(FULL, disclosure="public", speaker=speaker), "public")
        assert isinstance(seen, Note)
        shape = note_page(seen, REGISTER, "public").shape
        assert shape
        found = shape()["note"]
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
    assert found.grid
    grid = found.grid()
    assert [column.key for column in grid.columns] == [
        "handle", "number", "at", "by", "kind", "disclosure", "places", "body", "reason"
    ]  # fmt: skip
    assert [(row[1], row[3], row[5], row[7]) for row in grid.rows] == [
        (1, "書き手", "public", "はじめの文"),
        (2, "別の人", "to be confirmed", "一行目\n二行目"),
        (3, "書き手", "to be confirmed", "(deleted) 一行目\n二行目"),
    ]
    assert {row[0] for row in grid.rows} == {FULL.handle}
    assert found.shape
    entries = found.shape()["revisions"]
    assert [
        (e["id"], e["note"], e["number"], e["at"], e["change"], e["deleted"]) for e in entries
    ] == [
        ("r1", "id-aaaa", 1, "2019-10-21T05:00:00Z", "c1", False),
        ("r2", "id-aaaa", 2, "2019-10-22T05:00:00Z", "c2", False),
        ("r3", "id-aaaa", 3, "2019-10-23T05:00:00Z", "c3", True),
    ]


def test_lists_speak_japanese() -> None:
    language.use("ja")
    found = note_list([FULL, BARE], REGISTER, "group").grid
    assert found
    assert found().rows[0][4:6] == ("発言（原文のまま）", "要確認（先方確認後に公表可）")
    assert found().rows[1][3] == "未整理"


def test_a_code_of_ours_is_not_printed() -> None:
    assert OURS.code == BARE.city_code
    shape = note_list([BARE], REGISTER, "group").shape
    assert shape
    assert shape()["notes"][0]["city"] == {"code": None, "name": "架空村"}
