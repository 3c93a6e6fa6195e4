"""The state of a study, the study itself, a visit."""

from datetime import date

from msgspec.structs import replace

from documents.values import (
    AT_HIMEJI,
    CHIBA,
    GUIDE,
    TODAY,
    VISIT,
    bullets,
    covered,
    facts,
    headings,
    mark,
    note,
    paragraphs,
    rows,
    tables,
    under,
)
from fieldvisit import language
from fieldvisit.documents.page import Table
from fieldvisit.documents.status import status_page, study_page, visit_page
from fieldvisit.fieldwork.coverage import VisitCoverage
from fieldvisit.fieldwork.disclosure import visit_for
from fieldvisit.fieldwork.states import Counts
from fieldvisit.fieldwork.status import Status
from fieldvisit.fieldwork.study import Study, StudyGroup
from fieldvisit.fieldwork.visit import UsedGuide

OVERDUE = mark("ai-rpa/effect", "to-follow", "確認中", "2019-10-31")
LATER = mark("ai-rpa/plans", "to-follow", "", "2019-12-01")


def status(
    *visits: VisitCoverage, drafts: tuple[str, ...] = (), today: date = TODAY, unsorted: int = 0
) -> Status:
    waiting = (note("aaaa", disclosure="confirm"),) if visits else ()
    return Status(Study("調査"), visits, waiting, unsorted, drafts, today)


def test_visits_stand_with_their_coverage() -> None:
    page = status_page(
        status(covered(notes=[note("a")], marks=[LATER]), covered(AT_HIMEJI)), "group"
    )
    assert headings(page)[0] == "調査"
    assert rows(tables(page)[0])[1:] == [
        ["chiba-1", "千葉市", "Mon 21 October 2019 13:30", "held", "answered 1/5 · to follow 1"],
        ["himeji-1", "姫路市", "Thu 24 October 2019", "planned", "answered 0/4"],
    ]


def test_what_is_to_follow_stands_overdue_first() -> None:
    page = status_page(status(covered(marks=[LATER, OVERDUE])), "group")
    (table,) = (block for block in under(page, "To follow") if isinstance(block, Table))
    assert rows(table)[1:] == [
        ["Thu 31 October 2019 (OVERDUE by 1 day)", "千葉市 chiba-1", "窓口の人",
         "4/5 What effect? (確認中)"],
        ["Sun 1 December 2019", "千葉市 chiba-1", "窓口の人", "4/8 What comes next?"],
    ]  # fmt: skip
    on_the_day = status_page(status(covered(marks=[OVERDUE]), today=date(2019, 10, 31)), "group")
    assert "OVERDUE" not in str(under(on_the_day, "To follow"))


def test_what_waits_is_counted() -> None:
    page = status_page(status(covered(), drafts=("note.txt", "b.md"), unsorted=2), "group")
    assert bullets(under(page, "Waiting")) == [
        "Notes to be confirmed by the city: 1",
        "Notes not filed under a topic: 2",
        "Drafts not stored: note.txt, b.md",
    ]


def test_an_empty_study_says_what_comes_first() -> None:
    page = status_page(replace(status(), study=Study()), "public")
    assert headings(page) == ["Study without a title", "Visits", "Next"]
    assert paragraphs(page)[1] == "There are no visits yet."
    assert "fieldvisit visit add" in paragraphs(page)[-1]


def test_the_public_reads_no_reason() -> None:
    found = status_page(status(covered(marks=[OVERDUE], audience="public")), "public")
    assert "確認中" not in str(found.page())
    assert found.shape
    assert found.shape()["to_follow"][0]["reason"] is None
    assert not [line for line in paragraphs(found) if line.startswith("Audience")]


def test_the_shape_of_a_status() -> None:
    found = status_page(status(covered(marks=[OVERDUE]), drafts=("a",), unsorted=1), "group")
    assert found.shape
    shape = found.shape()
    assert shape["visits"][0] == {
        "visit": "chiba-1", "city": {"code": "121002", "name": "千葉市"}, "date": "2019-10-21",
        "status": "held", "answered": 0, "asked": 5, "to_follow": 1, "open": 4,
    }  # fmt: skip
    assert shape["to_follow"] == [
        {"visit": "chiba-1", "topic": "ai-rpa", "question": "effect", "due": "2019-10-31",
         "reason": "確認中", "overdue": True}
    ]  # fmt: skip
    assert (shape["to_confirm"], shape["unsorted"], shape["drafts"]) == (1, 1, ["a"])
    assert shape["audience"] == "group"


def test_the_study_itself() -> None:
    study = Study("題", "研究所", "目的", "連絡先", ("it", "x"), ("jimu",), ("佐藤", "鈴木"))
    found = study_page(study, [StudyGroup("jimu", "事務研究会")])
    assert facts(found) == {
        "title": "題", "institute": "研究所", "purpose": "目的", "contact": "連絡先",
        "guides": "it, x", "study groups": "jimu", "interviewers": "佐藤, 鈴木",
    }  # fmt: skip
    assert found.shape
    assert found.shape()["known_groups"] == [{"short": "jimu", "name": "事務研究会"}]
    assert set(facts(study_page(Study(), [])).values()) == {"(not set)"}


def test_a_visit_with_people_guides_and_states() -> None:
    kept = replace(VISIT, guides=(UsedGuide("it", "abc123"),), sent="2019-10-01", consent="録音可")
    found = visit_page(kept, CHIBA, [GUIDE], [("open", 2), ("answered", 3)], Counts(3, 5))
    known = facts(found)
    assert headings(found) == ["千葉市 chiba-1"]
    assert known["respondents"] == "情報部 課長 山田太郎"
    assert known["guide"] == "it 2 (kept as it stood)"
    assert (known["answered"], known["open"]) == ("3", "2")
    assert list(known)[-3:] == ["coverage", "answered", "open"]
    assert known["coverage"] == "answered 3/5"
    assert known["questions sent on"] == "Tue 1 October 2019"
    follows = facts(visit_page(VISIT, CHIBA, [GUIDE], [], Counts()))
    assert follows["guide"] == "it 2 (follows its file)"
    assert found.shape
    assert found.shape()["visit"]["states"] == {"answered": 3, "open": 2}


def test_a_visit_for_the_public_names_nobody() -> None:
    language.use("ja")
    seen = replace(visit_for(VISIT, "public"))
    known = facts(visit_page(seen, CHIBA, [GUIDE], [("not-stated", 5)], Counts(0, 5)))
    assert "情報部 課長" in known.values()
    assert not any(name in str(known) for name in ("山田太郎", "佐藤", "窓口の人"))
    assert known["記載なし"] == "5"
