"""Coverage as a page, a grid and a shape."""

from collections.abc import Callable
from datetime import date

import pytest
from msgspec.structs import replace

from documents.shown import (
    bullets,
    facts,
    grid_of,
    headings,
    paragraphs,
    rows,
    shape_of,
    tables,
    under,
)
from documents.values import (
    AT_HIMEJI,
    CHIBA,
    GUIDE,
    MARKS,
    OURS,
    RESPONDENT,
    TODAY,
    VISIT,
    covered,
    mark,
    note,
)
from fieldvisit import language
from fieldvisit.documents import wordings
from fieldvisit.documents.coverage import document
from fieldvisit.documents.status import Status, status_page, study_page, visit_page
from fieldvisit.fieldwork.coverage import VisitCoverage
from fieldvisit.fieldwork.guide import Guide, Question, Topic, Words
from fieldvisit.fieldwork.note import Source
from fieldvisit.fieldwork.states import Counts, standing
from fieldvisit.fieldwork.study import Study, StudyGroup
from fieldvisit.fieldwork.terms import DISCLOSURES, KINDS
from fieldvisit.fieldwork.visit import UsedGuide

EXTRA = Guide("x", "1", Words("x"), topics=(
    Topic("themes", 1, Words("話題", "Themes"), questions=(Question("q", 1, Words("問", "Q?")),)),
))  # fmt: skip


@pytest.fixture
def two() -> list[VisitCoverage]:
    return [covered(VISIT, [note("aaaa")], MARKS), covered(AT_HIMEJI)]


def test_questions_go_down_and_visits_across_and_what_their_guides_lack_is_a_dash(
    two: list[VisitCoverage],
) -> None:
    page = document(two, "group")
    assert headings(page) == ["Coverage"]
    visits, matrix = tables(page)
    assert rows(visits)[1:] == [
        ["chiba-1", "千葉市", "Mon 21 October 2019 13:30", "answered 1/5 · to follow 1"],
        ["himeji-1", "姫路市", "Thu 24 October 2019", "answered 0/4"],
    ]
    assert rows(matrix) == [
        ["no.", "question", "chiba-1", "himeji-1"],
        ["4", "Use of AI and RPA (ai-rpa)", "answered (answered 1/5 · to follow 1)",
         "open (answered 0/4)"],
        ["4/1", "How far is it?", "answered", "open"],
        ["4/3", "What was dropped?", "open", "open"],
        ["4/5", "What effect?", "to follow (due Fri 15 November 2019, 確認中)", "open"],
        ["4/7", "In the wards?", "open", "out of scope"],
        ["4/8", "What comes next?", "declined", "open"],
        ["7", "Other (other)", "open", "open"],
    ]  # fmt: skip
    lacking = document([two[0], covered(AT_HIMEJI, guide=EXTRA)], "group")
    cells = {row[0]: row[2:] for row in rows(tables(lacking)[1])}
    assert cells["4/1"] == ["answered", "—"]
    assert cells["1/1"] == ["—", "open"]


def test_what_is_open_is_a_list_a_visit(two: list[VisitCoverage]) -> None:
    page = document(two, "group", only_open=True)
    assert [visit["asked"] for visit in shape_of(page)["visits"]] == [5, 4]  # of all questions
    assert len(grid_of(page).rows) == 7
    assert headings(page)[0] == "Still to ask or to follow"
    assert headings(page, 2)[0].startswith("千葉市 chiba-1")
    assert [row[0] for row in rows(tables(page)[0])] == ["no.", "4/3", "4/5", "4/7"]
    assert [row[0] for row in rows(tables(page)[1])] == ["no.", "4/1", "4/3", "4/5", "4/8"]


def test_desk_research_alone_is_still_to_ask_and_nothing_open_is_said() -> None:
    found = [covered(notes=[note("a", kind="desk", visit_id=None)])]
    page = document(found, "group", only_open=True)
    assert rows(tables(page)[0])[1] == ["4/1", "How far is it?", "desk only"]
    done = document([covered(marks=[mark("ai-rpa", "not-asked")])], "group", only_open=True)
    assert "Nothing is open." in paragraphs(done)
    none = document([], "group")
    assert paragraphs(none)[-1] == "There are no visits yet."
    assert grid_of(none).rows == ()


def test_the_public_reads_not_stated_and_no_reason() -> None:
    found = [covered(notes=[note("aaaa")], marks=MARKS, audience="public")]
    page = document(found, "public")
    states = {row[0]: row[2] for row in rows(tables(page)[1])}
    assert states["4/3"] == states["4/8"] == "not stated"
    assert states["4/5"] == "to follow (due Fri 15 November 2019)"
    assert not [line for line in paragraphs(page) if line.startswith("Audience")]
    open_ = document(found, "public", only_open=True)
    assert [row[0] for row in rows(tables(open_)[0])[1:]] == ["4/3", "4/5", "4/7", "4/8"]


def test_the_grid_has_a_row_a_question_and_visit(two: list[VisitCoverage]) -> None:
    found = document(two, "group")
    grid = grid_of(found)
    assert [c.key for c in grid.columns] == [
        "visit", "city_code", "city", "number", "address", "ask", "state", "state_words", "due"
    ]  # fmt: skip
    assert len(grid.rows) == 10
    assert grid.rows[2] == (
        "chiba-1", "121002", "千葉市", "4/5", "ai-rpa/effect", "What effect?", "to-follow",
        "to follow (due Fri 15 November 2019, 確認中)", "2019-11-15",
    )  # fmt: skip


def test_the_status_shows_visits_and_counts_what_waits_or_says_what_comes_first() -> None:
    at = covered(notes=[note("a")], marks=[mark("ai-rpa/plans", "to-follow", "", "2019-12-01")])
    waits, drafts = (note("aaaa", disclosure="confirm"),), ("note.txt", "b.md")
    visits = (at, covered(AT_HIMEJI))
    page = status_page(Status(Study("調査"), visits, waits, 2, 0, drafts, TODAY), "group")
    assert headings(page)[0] == "調査"
    assert rows(tables(page)[0])[1:] == [
        ["chiba-1", "千葉市", "Mon 21 October 2019 13:30", "held", "answered 1/5 · to follow 1"],
        ["himeji-1", "姫路市", "Thu 24 October 2019", "planned", "answered 0/4"],
    ]
    assert bullets(under(page, "Waiting")) == [
        "Notes to be confirmed by the city: 1",
        "Notes not filed under a topic: 2",
        "Drafts not stored: note.txt, b.md",
    ]
    empty = status_page(Status(Study(), (), (), 0, 0, (), TODAY), "public")
    assert headings(empty) == ["Study without a title", "Visits", "Next"]
    assert paragraphs(empty)[1] == "There are no visits yet."
    assert "fieldvisit visit add" in paragraphs(empty)[-1]


def test_the_study_itself() -> None:
    study = Study("題", "研究所", "目的", "連絡先", ("it", "x"), ("jimu",), ("佐藤", "鈴木"))
    found = study_page(study, [StudyGroup("jimu", "事務研究会")])
    assert facts(found) == {
        "title": "題", "institute": "研究所", "purpose": "目的", "contact": "連絡先",
        "guides": "it, x", "study groups": "jimu", "interviewers": "佐藤, 鈴木",
    }  # fmt: skip
    assert shape_of(found)["known_groups"] == [{"short": "jimu", "name": "事務研究会"}]
    assert set(facts(study_page(Study(), [])).values()) == {"(not set)"}


def test_a_visit_with_people_guides_and_states() -> None:
    kept = replace(VISIT, guides=(UsedGuide("it", "abc123"),), sent="2019-10-01", consent="録音可")
    found = visit_page(kept, CHIBA, [GUIDE], [("open", 2), ("answered", 3)], Counts(3, 5))
    known = facts(found)
    assert headings(found) == ["千葉市 chiba-1"]
    assert known["respondents"] == "情報部 課長 山田太郎"
    assert known["guide"] == "it 2 (kept as it stood)"
    assert list(known.items())[-3:] == [
        ("coverage", "answered 3/5"), ("answered", "3"), ("open", "2")
    ]  # fmt: skip
    assert known["questions sent on"] == "Tue 1 October 2019"
    follows = facts(visit_page(VISIT, CHIBA, [GUIDE], [], Counts()))
    assert follows["guide"] == "it 2 (follows its file)"
    assert shape_of(found)["visit"]["states"] == {"answered": 3, "open": 2}


@pytest.mark.parametrize(
    ("kind", "level", "ja", "en"),
    [
        ("statement", "public", "", ""),
        ("statement", "confirm", "【先方確認前】", "[to be confirmed]"),
        ("statement", "anonymous", "【市名を伏せれば可】", "[anonymous]"),
        ("statement", "group", "【研究会内限り】", "[group only]"),
        ("statement", "off-record", "【オフレコ】", "[off the record]"),
        ("quote", "public", "【発言】", "[quote]"),
        ("remark", "group", "【所見】【研究会内限り】", "[researcher's remark][group only]"),
        ("desk", "public", "【公表資料】", "[desk research]"),
    ],
)
def test_what_may_not_be_quoted_bears_a_mark(kind: str, level: str, ja: str, en: str) -> None:
    made = note("aaaa", kind=kind, disclosure=level)
    assert wordings.marks(made) == en
    assert wordings.statement(made) == f"{en}{' ' if en else ''}話aaaa [aaaa]"
    language.use("ja")
    assert wordings.marks(made) == ja
    assert wordings.statement(made) == f"{ja}話aaaa [aaaa]"


@pytest.mark.parametrize("lang", ["en", "ja"])
def test_every_level_but_public_and_every_kind_but_statement_has_a_mark(lang: str) -> None:
    language.use(lang)
    for level in DISCLOSURES:
        assert bool(wordings.marks(note("a", disclosure=level))) == (level != "public")
    for kind in KINDS:
        assert bool(wordings.marks(note("a", kind=kind))) == (kind != "statement")
    assert len({wordings.marks(note("a", disclosure=level)) for level in DISCLOSURES}) == 5


def test_a_statement_says_who_as_of_when_and_where_it_was_published() -> None:
    source = Source("総務省", "https://example.jp/x", "2019-03")
    made = note("aaaa", speaker=RESPONDENT, as_of="2019年度", source=source)
    assert wordings.statement(made) == (
        "話aaaa (情報部 課長 山田太郎, as of 2019年度, source: 総務省, published 2019-03) [aaaa]"
    )
    assert wordings.published(made) == " (as of 2019年度, source: 総務省, published 2019-03)"
    language.use("ja")
    assert wordings.statement(made).startswith("話aaaa（情報部 課長 山田太郎、2019年度")
    assert "https" not in wordings.statement(made)
    assert wordings.statement(note("aaaa", body="一\n二")) == "一\n二 [aaaa]"


LATE = mark("ai-rpa/status", "to-follow", "担当者不在", "2019-11-15")
TWO = replace(VISIT, last_day="2019-10-22", time="")
AT = LATE.address


@pytest.mark.parametrize(
    ("said", "en", "ja"),
    [
        (lambda: wordings.city(CHIBA, date(2019, 1, 1)),
         "千葉市 (designated city)", "千葉市（政令指定都市）"),
        (lambda: wordings.city(CHIBA, date(1992, 3, 31)), "千葉市", "千葉市"),
        (lambda: wordings.city(OURS, date(2019, 1, 1)), "架空村 (village)", "架空村（村）"),
        (lambda: wordings.day("2019-10-21"), "Mon 21 October 2019", "2019年10月21日（月）"),
        (lambda: wordings.day(""), "", ""),
        (lambda: wordings.days(replace(VISIT, first_day="")), "date not fixed", "日程未定"),
        (lambda: wordings.days(VISIT),
         "Mon 21 October 2019 13:30", "2019年10月21日（月） 13:30"),
        (lambda: wordings.days(TWO),
         "Mon 21 – Tue 22 October 2019", "2019年10月21日（月）～22日（火）"),
        (lambda: wordings.days(replace(TWO, last_day="2019-10-21")),
         "Mon 21 October 2019", "2019年10月21日（月）"),
        (lambda: wordings.state(standing(AT, [], LATE)),
         "to follow (due Fri 15 November 2019, 担当者不在)",
         "後日回答予定（2019年11月15日（金）まで、担当者不在）"),
        (lambda: wordings.state(standing(AT, ["statement"], LATE)),
         "answered, more to follow (due Fri 15 November 2019, 担当者不在)",
         "回答あり・一部は後日回答予定（2019年11月15日（金）まで、担当者不在）"),
        (lambda: wordings.state(standing(AT, [], MARKS[1])), "declined", "回答差控え"),
        (lambda: wordings.counts(Counts(3, 7)), "answered 3/7", "回答3/7"),
        (lambda: wordings.counts(Counts(3, 7, 1)), "answered 3/7 · to follow 1", "回答3/7・後日1"),
        (lambda: wordings.state_and_counts("answered", Counts(3, 7)),
         "answered (answered 3/7)", "回答あり（回答3/7）"),
        (lambda: wordings.period("", ""), "", ""),
        (lambda: wordings.period("2019-04-01", ""),
         "since Mon 1 April 2019", "2019年4月1日（月）から"),
        (lambda: wordings.period("", "2019-04-01"),
         "until Mon 1 April 2019", "2019年4月1日（月）まで"),
        (lambda: wordings.period("2019-04-01", "2020-03-31"),
         "from Mon 1 April 2019 to Tue 31 March 2020",
         "2019年4月1日（月）から2020年3月31日（火）まで"),
    ],
)  # fmt: skip
def test_cities_days_states_and_counts_in_words(said: Callable[[], str], en: str, ja: str) -> None:
    assert said() == en
    language.use("ja")
    assert said() == ja
