"""What a person wrote on a page becomes a note or is named; what we printed is neither."""

from collections.abc import Iterator
from datetime import date
from itertools import pairwise

import pytest
from msgspec.structs import replace

from fieldvisit import language
from fieldvisit.actions.ask_questions import ask_questions
from fieldvisit.actions.plan_visits import edit_visit
from fieldvisit.actions.set_marks import set_marks
from fieldvisit.actions.write_note import add_note, edit_note
from fieldvisit.dates import in_words
from fieldvisit.documents import field_grid
from fieldvisit.fieldwork.preparation import Preparation
from fieldvisit.fieldwork.sheets.returned_file import Line, ReturnedPage, Where
from fieldvisit.fieldwork.sheets.tags import note_tag
from fieldvisit.settings import Settings
from fieldvisit.study.fields import VisitFields
from returned import (
    filled_page,
    filled_table,
    page_for,
    prepared,
    stripped,
    tag_at,
)
from returned_words import PLACE, P, answers, cells_of, read, stored, strays


def below(page: ReturnedPage, text: str, *lines: Line) -> ReturnedPage:
    """The page with lines right below the one that ends with ``text``."""
    at = next(n for n, line in enumerate(page.lines) if line.text.endswith(text))
    return replace(page, lines=(*page.lines[: at + 1], *lines, *page.lines[at + 1 :]))


def typed(text: str, **more: str) -> Line:
    return Line(text, Where("sheet.docx", "paragraph", 99), **more)


@pytest.mark.parametrize("text", ["We use the [dependency]", "the rules of the [government]"])
def test_words_in_brackets_are_no_handle(field: Settings, text: str) -> None:
    found = prepared(field)
    page = filled_page(page_for(found, "city"), {tag_at(found, PLACE, "city"): "12名"})
    sheet = read(found, below(page, "12名", typed(text)))
    assert strays(sheet) == [text]
    empty = filled_page(page_for(found, "city"), {})
    assert answers(read(found, below(empty, cells_of(found)["question"], typed(text)))) == [
        (PLACE, text)
    ]


def test_a_note_that_we_printed_is_passed_over_but_not_what_was_made_of_it(
    field: Settings,
) -> None:
    note = add_note(field, "千葉市", "公表済みの話", P(place=PLACE, kind="desk"))
    found = prepared(field)
    page = filled_page(page_for(found, "interviewer"), {})
    assert strays(read(found, page)) == []
    (line,) = [line for line in page.lines if line.text.endswith(f"[{note.handle}]")]
    changed = [replace(one, text=f"直した{one.text}") if one is line else one for one in page.lines]
    sheet = read(found, replace(page, lines=tuple(changed)))
    assert strays(sheet) == [f"直した{line.text}"]
    edit_note(field, note.handle, "今の話", P())
    now = prepared(field)
    from fieldvisit.actions.recording.read_sheets import expected_sheet
    from fieldvisit.fieldwork.sheets.returned_page import read_page

    assert strays(read_page(page, expected_sheet(now, [note]))) == []
    assert answers(read_page(page, expected_sheet(now, [note]))) == []


@pytest.mark.parametrize("text", ["回答", "質問", "日時", "日付", "study", "答え"])
@pytest.mark.parametrize("reader", ["city", "interviewer"])
def test_an_answer_in_our_words_below_a_question_is_an_answer(
    field: Settings, text: str, reader: str
) -> None:
    found = prepared(field)
    page = stripped(filled_page(page_for(found, reader), {tag_at(found, PLACE, reader): text}))
    sheet = read(found, page)
    assert (answers(sheet), strays(sheet)) == ([(PLACE, text)], [])


def test_a_second_copy_of_the_sheet_in_one_file_is_passed_over(field: Settings) -> None:
    found = prepared(field)
    page = stripped(filled_page(page_for(found, "city"), {tag_at(found, PLACE, "city"): "12名"}))
    _head, *again = filled_page(page_for(found, "city"), {}).lines
    twice = replace(page, lines=(*page.lines, *again))
    sheet = read(found, twice)
    assert (answers(sheet), strays(sheet)) == ([(PLACE, "12名")], [])


def test_of_a_page_that_is_no_sheet_every_line_is_named(field: Settings) -> None:
    texts = ["項目", "回答", "institute", "date"]
    found = prepared(field)
    sheet = read(found, ReturnedPage(tuple(map(typed, texts))))
    assert strays(sheet) == texts


@pytest.mark.parametrize("sign", [" → ", "\n", "：", " "])
def test_an_answer_behind_the_heading_of_its_question_is_its_answer(
    field: Settings, sign: str
) -> None:
    found = prepared(field)
    page = filled_page(page_for(found, "city"), {})
    asked = cells_of(found)["question"]
    lines = [
        replace(line, text=f"{line.text}{sign}正規12名") if line.text.endswith(asked) else line
        for line in page.lines
    ]
    sheet = read(found, replace(page, lines=tuple(lines)))
    assert (answers(sheet), strays(sheet)) == ([(PLACE, "正規12名")], [])


def in_one_line(page: ReturnedPage, label: str) -> ReturnedPage:
    """The page with a fact in one line, as Markdown has it."""
    at = next(n for n, line in enumerate(page.lines) if line.text == label)
    one = replace(page.lines[at], text=f"{label}: {page.lines[at + 1].text}")
    return replace(page, lines=(*page.lines[:at], one, *page.lines[at + 2 :]))


@pytest.mark.parametrize("spoken", language.LANGUAGES)
@pytest.mark.parametrize("reader", ["city", "interviewer"])
@pytest.mark.parametrize("boxes", [True, False])
def test_a_date_that_we_printed_is_ours_whatever_it_was(
    field: Settings, reader: str, spoken: str, boxes: bool
) -> None:
    with language.speaking(spoken):
        found = replace(prepared(field), reply_by="2019-10-14")
        page = filled_page(page_for(found, reader), {})
    day = in_words(date(2019, 10, 14 if reader == "city" else 21), spoken)
    label = next(a.text for a, b in pairwise(page.lines) if b.text == day)
    edit_visit(field, "chiba-1", VisitFields(first_day="2019-11-05"))
    for one in (page, in_one_line(page, label)):
        sheet = read(prepared(field), one if boxes else stripped(one))
        named = [text for text in strays(sheet) if "　" not in text]  # but for the running head
        assert (named, answers(sheet)) == ([], [])


def test_a_state_that_we_printed_is_ours_whatever_it_was(field: Settings) -> None:
    set_marks(field, "chiba-1", [PLACE], "to-follow", "", "2019-11-01")
    page = filled_page(page_for(prepared(field), "interviewer"), {})
    set_marks(field, "chiba-1", [PLACE], "clear")
    sheet = read(prepared(field), page)
    assert (strays(sheet), answers(sheet)) == ([], [])


def test_words_of_a_person_in_the_head_are_named(field: Settings) -> None:
    found = replace(prepared(field), reply_by="2019-10-14")
    page = below(filled_page(page_for(found, "city"), {}), "reply by", typed("来週まで待って"))
    assert "来週まで待って" in strays(read(found, page))


def test_words_below_a_topic_are_no_answer_to_the_question_before_it(field: Settings) -> None:
    found = prepared(field)
    page = page_for(found, "interviewer")
    topic = next(_topics(page_texts(page), found))
    sheet = read(found, below(stripped(filled_page(page, {})), topic, typed("全体の話")))
    assert answers(sheet) == [("hiring", "全体の話")]


def page_texts(page: object) -> list[str]:
    return [block.text for block in page.blocks if hasattr(block, "level")]  # type: ignore[attr-defined]


def _topics(texts: list[str], found: Preparation) -> Iterator[str]:
    title = next(t.topic for t in found.coverage.topics if t.topic.key == "hiring")
    yield from (text for text in texts if text == f"{title.number} {title.title}")


def test_the_sign_of_a_list_is_a_part_of_an_answer(field: Settings) -> None:
    found = prepared(field)
    item = typed("正規 10", style="item", mark="- ")
    page = stripped(filled_page(page_for(found, "city"), {}))
    page = below(page, cells_of(found)["question"], item)
    assert answers(read(found, page)) == [(PLACE, "- 正規 10")]


def test_what_a_sheet_said_before_its_notes_and_questions_were_settled_is_ours(
    field: Settings,
) -> None:
    note = add_note(field, "chiba-1", "話", P())
    ask_questions(field, "chiba-1", {"ai-rpa/status": "skip"}, [])
    before = prepared(field)
    page = filled_page(page_for(before, "interviewer"), {})
    table = filled_table(field_grid.grid(before), {})
    edit_note(field, note.handle, None, P(place=PLACE))
    ask_questions(field, "chiba-1", {"ai-rpa/status": "ask", "ai-rpa/effect": "skip"}, [])
    for returned in (page, table):
        sheet = read(prepared(field), returned)
        assert strays(sheet) == []
        assert [text for _place, text in answers(sheet)] == ["話"]


def test_of_a_copied_box_the_first_counts_and_the_other_is_named(field: Settings) -> None:
    note = add_note(field, "chiba-1", "12名", P(place=PLACE))
    found = prepared(field)
    tag = note_tag(found.visit.id, note.handle, note.revision)
    page = filled_page(page_for(found, "interviewer"), {tag: "13名"})
    where = Where("sheet.docx", "paragraph", 900)
    result = stored(
        field, found, replace(page, lines=(*page.lines, Line("", where), Line("14名", where, tag)))
    )
    assert [changed.body for changed in result.changed] == ["13名"]
    assert [stray.text for stray in result.strays] == ["14名"]
