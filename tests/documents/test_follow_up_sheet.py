"""The follow-up sheet: thanks, and what is still owed; nothing but questions."""

import pytest
from msgspec.structs import replace

from documents.test_field_sheet import DESK, prepared
from documents.values import (
    RESPONDENT,
    VISIT,
    facts,
    headings,
    mark,
    note,
    paragraphs,
    text_of,
    under,
)
from fieldvisit import language
from fieldvisit.documents.follow_up import document
from fieldvisit.documents.page import Box, Facts, Heading, Paragraph
from fieldvisit.fieldwork.preparation import Preparation

MARKS = (
    mark("ai-rpa/effect", "to-follow", "確認中", "2019-11-15"),
    mark("ai-rpa/plans", "to-follow", "", "2019-11-20"),
    mark("ai-rpa/dropped", "to-follow", "", "2019-11-20"),
    mark("ai-rpa/wards", "declined", "理由"),
    mark("other", "to-follow", "", "2019-12-02"),
)


def asked(found: Preparation) -> list[str]:
    return [text.split()[0] for text in headings(document(found), 3)]


def test_it_thanks_and_asks_by_a_day() -> None:
    found = document(replace(prepared(marks=MARKS), reply_by="2019-11-25"))
    assert headings(found, 1) == ["Thanks and further questions: 千葉市"]
    assert paragraphs(found)[:3] == [
        "Thank you very much for the time that you gave us on Mon 21 October 2019.",
        (
            "Some points were to follow, or could not be asked yet. We would be most grateful for "
            "your answer to the following by Mon 25 November 2019."
        ),
        "The numbers are those of our list of questions, so that there may be gaps.",
    ]
    assert facts(found)["reply by"] == "Mon 25 November 2019"


def test_without_a_day_it_asks_all_the_same() -> None:
    undated = document(prepared(marks=MARKS, visit=replace(VISIT, first_day="", time="")))
    assert paragraphs(undated)[0] == "Thank you very much for the time that you gave us."
    assert "by" not in paragraphs(undated)[1].split()


def test_what_was_promised_stands_with_its_day_though_it_was_not_sent_ahead() -> None:
    found = prepared(marks=MARKS)
    assert asked(found) == ["4/1", "4/5", "4/8"]
    assert under(document(found), "4/5")[0] == Paragraph(
        "To follow, as you kindly told us (due Fri 15 November 2019)"
    )
    assert [type(block) for block in under(document(found), "4/1")] == [Box]


def test_a_topic_as_such_has_its_box_below_its_heading() -> None:
    sentence, box = under(document(prepared(marks=MARKS)), "7 Other")
    assert isinstance(sentence, Paragraph)
    assert sentence.text.endswith("(due Mon 2 December 2019)")
    assert isinstance(box, Box)
    assert box.tag.endswith(":other")


def test_what_is_sensitive_is_never_put_in_writing() -> None:
    assert "dropped" not in text_of(document(prepared(marks=MARKS)))


def test_what_is_answered_declined_or_left_out_is_not_asked_again() -> None:
    assert asked(prepared([note("aaaa")], MARKS)) == ["4/5", "4/8"]
    assert asked(prepared(marks=[mark("ai-rpa", "not-asked")])) == []


def test_more_that_is_to_follow_is_asked_for_beside_an_answer() -> None:
    answered = [note("aaaa", "ai-rpa/effect"), note("bbbb", "ai-rpa/status")]
    assert "4/5" in asked(prepared(answered, MARKS))


def test_with_nothing_left_it_only_thanks() -> None:
    found = document(prepared(marks=[mark("ai-rpa", "not-asked")]))
    assert len(paragraphs(found)) == 1
    assert headings(found, 2) == []


def test_nothing_but_questions_stands_on_it() -> None:
    notes = [DESK, note("aaaa", "ai-rpa/plans", speaker=RESPONDENT), note("unso", "")]
    found = document(prepared(notes, MARKS))
    assert {type(block) for block in found.page().blocks} == {Heading, Facts, Paragraph, Box}
    for word in ("話", "How many?", "確認中", "理由", "answered", "State", "Audience", "山田太郎",
                 "窓口の人", "佐藤", "OVERDUE"):  # fmt: skip
        assert word not in text_of(found)


@pytest.mark.parametrize("lang", language.LANGUAGES)
def test_a_table_has_the_same_questions_and_the_days_above_them(lang: str) -> None:
    language.use(lang)
    found = document(prepared(marks=MARKS))
    assert found.grid
    grid = found.grid()
    boxes = [block.tag for block in found.page().blocks if isinstance(block, Box)]
    assert [row[0] for row in grid.rows] == boxes
    assert [row[1] for row in grid.rows] == ["4/1", "4/5", "4/8", "7"]
    promises = [line for line in grid.instructions if line.startswith(("4/5 ", "4/8 ", "7 "))]
    assert len(promises) == 3


def test_it_speaks_japanese() -> None:
    language.use("ja")
    found = document(replace(prepared(marks=MARKS), reply_by="2019-11-25"))
    assert headings(found, 1) == ["お礼と追加のお願い：千葉市"]
    assert paragraphs(found)[0].startswith("2019年10月21日（月）のヒアリングでは、")
    assert "2019年11月25日（月）までにご回答くださいますよう" in paragraphs(found)[1]
    first = under(found, "4/5")[0]
    assert first == Paragraph("後日ご回答いただけるとのこと（2019年11月15日（金）まで）")
