"""Coverage as a page, a grid and a shape."""

import pytest

from documents.values import (
    AT_HIMEJI,
    GUIDE,
    VISIT,
    covered,
    headings,
    mark,
    note,
    paragraphs,
    rows,
    tables,
)
from fieldvisit import language
from fieldvisit.documents.coverage import document
from fieldvisit.fieldwork.coverage import VisitCoverage
from fieldvisit.fieldwork.guide import Guide, Question, Topic, Words

MARKS = (
    mark("ai-rpa/effect", "to-follow", "確認中", "2019-11-15"),
    mark("ai-rpa/plans", "declined"),
)
EXTRA = Guide("x", "1", Words("x"), topics=(
    Topic("themes", 1, Words("話題", "Themes"), questions=(Question("q", 1, Words("問", "Q?")),)),
))  # fmt: skip


@pytest.fixture
def two() -> list[VisitCoverage]:
    return [covered(VISIT, [note("aaaa")], MARKS), covered(AT_HIMEJI)]


def test_questions_go_down_and_visits_across(two: list[VisitCoverage]) -> None:
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


def test_a_topic_that_a_visit_s_guides_lack_is_a_dash(two: list[VisitCoverage]) -> None:
    page = document([two[0], covered(AT_HIMEJI, guide=EXTRA)], "group")
    cells = {row[0]: row[2:] for row in rows(tables(page)[1])}
    assert cells["4/1"] == ["answered", "—"]
    assert cells["1/1"] == ["—", "open"]


def test_only_topics_leaves_the_questions_out(two: list[VisitCoverage]) -> None:
    page = document(two, "group", only_topics=True)
    assert [row[0] for row in rows(tables(page)[1])] == ["no.", "4", "7"]


def test_what_is_open_is_a_list_a_visit(two: list[VisitCoverage]) -> None:
    page = document(two, "group", only_open=True)
    assert headings(page)[0] == "Still to ask or to follow"
    assert headings(page, 2)[0].startswith("千葉市 chiba-1")
    assert [row[0] for row in rows(tables(page)[0])] == ["no.", "4/3", "4/5", "4/7"]
    assert [row[0] for row in rows(tables(page)[1])] == ["no.", "4/1", "4/3", "4/5", "4/8"]


def test_nothing_open_is_said() -> None:
    marks = [mark("ai-rpa", "not-asked")]
    page = document([covered(marks=marks)], "group", only_open=True)
    assert "Nothing is open." in paragraphs(page)


def test_desk_research_alone_is_still_to_ask() -> None:
    found = [covered(notes=[note("a", kind="desk", visit_id=None)])]
    page = document(found, "group", only_open=True)
    assert rows(tables(page)[0])[1] == ["4/1", "How far is it?", "desk only"]


def test_the_public_reads_not_stated_and_no_reason() -> None:
    found = [covered(notes=[note("aaaa")], marks=MARKS, audience="public")]
    page = document(found, "public")
    states = {row[0]: row[2] for row in rows(tables(page)[1])}
    assert states["4/3"] == states["4/8"] == "not stated"
    assert states["4/5"] == "to follow (due Fri 15 November 2019)"
    assert not [line for line in paragraphs(page) if line.startswith("Audience")]
    open_ = document(found, "public", only_open=True)
    assert [row[0] for row in rows(tables(open_)[0])[1:]] == ["4/3", "4/5", "4/7", "4/8"]


def test_without_visits_it_says_so() -> None:
    page = document([], "group")
    assert paragraphs(page)[-1] == "There are no visits yet."
    assert page.grid
    assert page.grid().rows == ()


def test_the_grid_has_a_row_a_question_and_visit(two: list[VisitCoverage]) -> None:
    found = document(two, "group")
    assert found.grid
    grid = found.grid()
    assert [c.key for c in grid.columns] == [
        "visit", "city_code", "city", "number", "address", "ask", "state", "state_words", "due"
    ]  # fmt: skip
    assert len(grid.rows) == 10
    assert grid.rows[2] == (
        "chiba-1", "121002", "千葉市", "4/5", "ai-rpa/effect", "What effect?", "to-follow",
        "to follow (due Fri 15 November 2019, 確認中)", "2019-11-15",
    )  # fmt: skip
    open_ = document(two, "group", only_open=True).grid
    assert open_
    assert len(open_().rows) == 7


def test_the_shape_holds_states_and_counts(two: list[VisitCoverage]) -> None:
    found = document(two, "group")
    assert found.shape
    shape = found.shape()
    assert (found.name, shape["audience"]) == ("coverage", "group")
    chiba = shape["visits"][0]
    assert {k: v for k, v in chiba.items() if k != "questions"} == {
        "visit": "chiba-1", "city": {"code": "121002", "name": "千葉市"}, "answered": 1, "asked": 5,
        "to_follow": 1, "open": 2,
    }  # fmt: skip
    assert chiba["questions"][2] == {
        "topic": "ai-rpa", "question": "effect", "state": "to-follow", "reason": "確認中",
        "due": "2019-11-15",
    }  # fmt: skip


def test_counts_are_those_of_all_questions_also_where_only_open_ones_are_shown(
    two: list[VisitCoverage],
) -> None:
    found = document(two, "group", only_open=True)
    assert found.shape
    assert [visit["asked"] for visit in found.shape()["visits"]] == [5, 4]


def test_it_speaks_japanese(two: list[VisitCoverage]) -> None:
    language.use("ja")
    states = [row[2] for row in rows(tables(document(two, "group"))[1])]
    assert states[1:4] == ["回答あり（回答1/5・後日1）", "回答あり", "未記録"]


def test_numbers_are_the_guide_s() -> None:
    assert [q.number for q in GUIDE.topics[0].questions] == [1, 3, 5, 7, 8]
    found = [row[0] for row in rows(tables(document([covered()], "group"))[1])]
    assert found == ["no.", "4", "4/1", "4/3", "4/5", "4/7", "4/8", "7"]
