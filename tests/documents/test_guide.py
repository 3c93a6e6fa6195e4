"""A guide as a page, a grid and a shape."""

from documents.values import GUIDE, headings, paragraphs, text_of, under
from fieldvisit import language
from fieldvisit.documents.guide import document
from fieldvisit.documents.page import Bullets
from fieldvisit.fieldwork.guide import Guide, Words


def test_topics_and_questions_bear_numbers_and_keys() -> None:
    assert headings(document(GUIDE)) == [
        "Questions (it, version 2)", "4 Use of AI and RPA (ai-rpa)", "4/1 How far is it? (status)",
        "4/3 What was dropped? (dropped)", "4/5 What effect? (effect)", "4/7 In the wards? (wards)",
        "4/8 What comes next? (plans)", "7 Other (other)",
    ]  # fmt: skip
    assert paragraphs(document(GUIDE))[0] == "Minutes"
    language.use("ja")
    assert headings(document(GUIDE))[1] == "4 AI・RPAの利用（ai-rpa）"


def test_what_holds_of_a_question_stands_under_it() -> None:
    page = document(GUIDE)
    assert "[common question] · [sent ahead]" in str(under(page, "4/1"))
    assert Bullets(("How many?", "And the wards?")) in under(page, "4/1")
    assert "[orally only: agree on disclosure first] · group only" in str(under(page, "4/3"))
    assert "Ask if {city_you} uses it." in str(under(page, "4/5"))
    assert "for: designated city" in str(under(page, "4/7"))
    assert under(page, "4/8") == []


def test_the_grid_has_a_row_a_question() -> None:
    found = document(GUIDE).grid
    assert found
    grid = found()
    assert [column.key for column in grid.columns] == [
        "number", "address", "ask_ja", "ask_en", "gate", "for", "common", "send",
        "sensitive",
    ]  # fmt: skip
    assert grid.rows[0] == (
        "4/1", "ai-rpa/status", "状況は。", "How far is it?", None, None, "yes", "yes", None
    )  # fmt: skip
    assert [row[0] for row in grid.rows] == ["4/1", "4/3", "4/5", "4/7", "4/8"]


def test_a_guide_without_topics_is_a_title() -> None:
    found = document(Guide("x", "1", Words("題", "Title")))
    assert text_of(found) == "# Title (x, version 1)\n"
    assert found.shape
    assert found.shape()["topics"] == []
