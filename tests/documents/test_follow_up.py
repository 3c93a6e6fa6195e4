"""Who owes what by when, on the pages of status and coverage."""

from msgspec.structs import replace

from documents.values import AT_HIMEJI, TODAY, VISIT, covered, headings, mark, note, rows, tables
from fieldvisit import language
from fieldvisit.documents import coverage, follow_up
from fieldvisit.documents.document import Document
from fieldvisit.documents.status import status_page
from fieldvisit.fieldwork.confirmation import Confirmation, SentPassage
from fieldvisit.fieldwork.coverage import VisitCoverage
from fieldvisit.fieldwork.coverage import follow_up as owed_at
from fieldvisit.fieldwork.status import Status
from fieldvisit.fieldwork.study import Study

MARKS = [
    mark("ai-rpa/plans", "to-follow", "", "2019-11-30"),
    mark("other", "to-follow", "確認中", "2019-10-01"),
]


def asked() -> VisitCoverage:
    """A visit where two answers are to follow, and two passages wait, one of them changed."""
    requests = [
        Confirmation(f"id-{n}", VISIT.id, "sent", seen, "情報部", "2019-10-22", "2019-10-31")
        for n, seen in (("aaaa", ""), ("bbbb", "before"))
    ]
    notes = [note("aaaa", kind="remark"), note("bbbb", kind="remark")]
    passages = tuple(map(SentPassage, notes, requests))
    return replace(covered(marks=MARKS), unconfirmed=passages)


def open_list(*visits: VisitCoverage) -> Document:
    return coverage.document(visits, "group", only_open=True, owed=owed_at(visits, TODAY))


def test_it_heads_what_is_open_and_says_who_what_and_when() -> None:
    found = open_list(asked(), covered(AT_HIMEJI))
    assert headings(found, 2) == [
        "To follow", "千葉市 chiba-1 Mon 21 October 2019 13:30",
        "姫路市 himeji-1 Thu 24 October 2019",
    ]  # fmt: skip
    assert rows(tables(found)[0]) == [
        ["due", "city", "to ask", "what"],
        ["Tue 1 October 2019 (OVERDUE by 31 days)", "千葉市 chiba-1", "窓口の人",
         "7 Other (確認中)"],
        ["Thu 31 October 2019 (OVERDUE by 1 day)", "千葉市 chiba-1", "情報部",
         "2 passages to be confirmed (sent Tue 22 October 2019, changed since: 1)"],
        ["Sat 30 November 2019", "千葉市 chiba-1", "窓口の人", "4/8 What comes next?"],
    ]  # fmt: skip


def test_it_is_the_same_in_status_and_in_json() -> None:
    status = status_page(Status(Study("調査"), (asked(),), (), 0, (), TODAY), "group")
    assert rows(tables(status)[1]) == rows(tables(open_list(asked()))[0])
    assert status.shape
    shown = open_list(asked()).shape
    assert shown
    assert status.shape()["follow_up"] == shown()["follow_up"]
    assert shown()["follow_up"][:2] == [
        {"kind": "answer", "visit": "chiba-1", "city": {"code": "121002", "name": "千葉市"},
         "to_ask": "窓口の人", "topic": "other", "question": None, "reason": "確認中",
         "passages": [], "changed": 0, "sent": None, "due": "2019-10-01", "days_overdue": 31},
        {"kind": "confirmation", "visit": "chiba-1", "city": {"code": "121002", "name": "千葉市"},
         "to_ask": "情報部", "topic": None, "question": None, "reason": None,
         "passages": ["aaaa", "bbbb"], "changed": 1, "sent": "2019-10-22", "due": "2019-10-31",
         "days_overdue": 1},
    ]  # fmt: skip


def test_where_nobody_is_known_no_column_says_whom_to_ask() -> None:
    bare = replace(VISIT, contact="", participants=())
    (table, *_rest) = tables(open_list(replace(covered(marks=MARKS), visit=bare)))
    assert table.head == ("due", "city", "what")


def test_nothing_owed_is_no_section() -> None:
    assert list(follow_up.blocks(())) == []
    assert "To follow" not in headings(open_list(covered()))


def test_the_table_for_a_spreadsheet_has_a_row_for_each_letter() -> None:
    grid = open_list(asked()).grid
    assert grid
    letters = [row for row in grid().rows if row[6] == "sent"]
    assert [(row[0], row[5], row[8]) for row in letters] == [
        ("chiba-1", "2 passages to be confirmed (sent Tue 22 October 2019, changed since: 1)",
         "2019-10-31"),
    ]  # fmt: skip
    whole = coverage.document([asked()], "group", owed=owed_at([asked()], TODAY)).grid
    assert whole
    assert [row for row in whole().rows if row[6] == "sent"] == []


def test_the_public_reads_no_contact_and_no_reason() -> None:
    from fieldvisit.fieldwork.disclosure import visit_for

    seen = covered(visit_for(VISIT, "public"), marks=MARKS, audience="public")
    shape = follow_up.shape(owed_at([seen], TODAY))
    assert {(one["to_ask"], one["reason"]) for one in shape} == {("情報部", None)}


def test_it_speaks_japanese() -> None:
    language.use("ja")
    first, letter, last = rows(tables(open_list(asked()))[0])[1:]
    assert first[0] == "2019年10月1日（火）（31日超過）"
    assert letter[3] == "内容確認の依頼中：2件（2019年10月22日（火）送付、送付後に変更：1件）"
    assert last[0] == "2019年11月30日（土）"
