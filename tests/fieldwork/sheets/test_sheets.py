"""Words on sheets that came back: whose they are, and where they belong."""

from collections.abc import Iterator, Mapping
from datetime import date
from itertools import pairwise

import pytest
from hypothesis import given
from hypothesis import strategies as st
from msgspec.structs import replace

from fieldvisit import language
from fieldvisit.actions.plan_visits import edit_visit
from fieldvisit.actions.prepare import ask_questions
from fieldvisit.actions.recording.arrival import AT_THE_VISIT
from fieldvisit.actions.recording.store_sheets import StoredSheets, store_sheets
from fieldvisit.actions.set_marks import set_marks
from fieldvisit.actions.write_note import add_note, edit_note
from fieldvisit.dates import in_words
from fieldvisit.documents import field_grid, question_sheet
from fieldvisit.fieldwork.preparation import Preparation
from fieldvisit.fieldwork.sheets.excel_carriers import is_own, own_marks, own_properties, spelled
from fieldvisit.fieldwork.sheets.filled import FilledSheet
from fieldvisit.fieldwork.sheets.long_cells import joined, numbered, parts
from fieldvisit.fieldwork.sheets.returned_file import Line, ReturnedPage, ReturnedTable, Row, Where
from fieldvisit.fieldwork.sheets.tags import note_tag
from fieldvisit.settings import Settings
from fieldvisit.study.fields import NoteFields, VisitFields
from returned import (
    expected,
    filled_page,
    filled_table,
    page_for,
    prepared,
    reading_of,
    stripped,
    tag_at,
)

P = NoteFields
PLACE = "hiring/staff-mix"


def read(found: Preparation, *returned: ReturnedPage | ReturnedTable) -> FilledSheet:
    (sheet,) = reading_of(found, *returned).sheets
    return sheet


def answers(sheet: FilledSheet) -> list[tuple[str, str]]:
    return [(str(one.address or ""), one.text) for one in sheet.answers if one.text]


def strays(sheet: FilledSheet) -> list[str]:
    return [one.text for one in sheet.strays]


def cells_of(found: Preparation, place: str = PLACE) -> Mapping[str, str]:
    """The cells of a question's row in the city's table."""
    grid = question_sheet.grid(found)
    table = filled_table(grid, {})
    return next(r.cells for r in table.rows if r.cells["tag"] == tag_at(found, place, "city"))


def city_table(found: Preparation, changed: Mapping[str, str], *more: Mapping[str, str]) -> (
    ReturnedTable
):  # fmt: skip
    """The city's table with one row changed, and rows below the last one."""
    table = filled_table(question_sheet.grid(found), {tag_at(found, PLACE, "city"): changed})
    rows = (Row(Where("q.xlsx", "row", 90 + n, "Q"), cells) for n, cells in enumerate(more))
    return replace(table, rows=(*table.rows, *rows))


def stored(given: Settings, found: Preparation, *files: ReturnedPage | ReturnedTable) -> (
    StoredSheets
):  # fmt: skip
    return store_sheets(given, reading_of(found, *files), AT_THE_VISIT)


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
    from fieldvisit.fieldwork.sheets.filled import read_page

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


# Columns of ours


def test_an_answer_behind_the_question_in_its_own_cell_is_named(field: Settings) -> None:
    found = prepared(field)
    asked = cells_of(found)["question"]
    sheet = read(found, city_table(found, {"question": f"{asked}\n→ 正規12名"}))
    assert strays(sheet) == ["正規12名"]
    over = {"question": "正規12名", "topic": "雑談", "number": "済"}
    rewritten = read(found, city_table(found, over))
    assert strays(rewritten) == ["済", "雑談", "正規12名"]
    assert answers(rewritten) == []


@pytest.mark.parametrize("number", ["yes", "12", "12名", "may be"])
def test_other_words_in_the_column_of_numbers_are_named(field: Settings, number: str) -> None:
    found = prepared(field)
    assert strays(read(found, city_table(found, {"number": number}))) == [number]


def test_a_section_without_an_answer_is_named(field: Settings) -> None:
    found = prepared(field)
    sheet = read(found, city_table(found, {"department": "人事課"}))
    assert strays(sheet) == ["section that answers: 人事課"]
    filled = read(found, city_table(found, {"department": "人事課", "answer": "12名"}))
    assert (strays(filled), answers(filled)) == ([], [(PLACE, "12名")])


def test_a_row_with_a_question_of_one_s_own_is_named_whole(field: Settings) -> None:
    found = prepared(field)
    own = {"number": "99/1", "question": "当方からの質問です。"}
    topic = {"topic": "雑談"}
    sheet = read(found, city_table(found, {}, own, own | {"answer": "回答です"}, topic))
    asked = "99/1 当方からの質問です。"
    assert strays(sheet) == [asked, f"{asked} 回答です", "雑談"]
    assert answers(sheet) == []


def test_a_question_of_one_s_own_is_not_filed_by_a_number_that_another_has(field: Settings) -> None:
    found = prepared(field)
    own = {"number": cells_of(found)["number"], "question": "別の問い", "answer": "話"}
    sheet = read(found, city_table(found, {}, own))
    assert answers(sheet) == []
    assert strays(sheet) == [f"{own['number']} 別の問い 話"]


@pytest.mark.parametrize("spoken", language.LANGUAGES)
def test_nothing_of_an_untouched_table_is_named(field: Settings, spoken: str) -> None:
    note = add_note(field, "chiba-1", "分けていない話", P(kind="quote"))
    add_note(field, "chiba-1", "項目の話", P(place="hiring"))
    with language.speaking(spoken):
        found = prepared(field)
        for grid in (question_sheet.grid(found), field_grid.grid(found)):
            sheet = read(found, filled_table(grid, {}))
            assert strays(sheet) == []
    assert note.handle in {one.handle for one in sheet.answers}


def test_a_comment_in_our_words_is_still_a_comment(field: Settings) -> None:
    found = prepared(field)
    where = Where("q.xlsx", "row", 2)
    apart = (Line("回答", where, apart="comment"), Line("回答", where, apart="instruction"))
    assert strays(read(found, replace(city_table(found, {}), apart=apart))) == ["回答"]


# Rows without their tag


def test_a_number_alone_finds_its_question(field: Settings) -> None:
    found = prepared(field)
    number = cells_of(found)["number"]
    rows = (
        Row(Where("a.csv", "row", 2), {"number": number, "answer": "12名"}),
        Row(Where("a.csv", "row", 3), {"number": "99/9", "answer": "話"}),
        Row(Where("a.csv", "row", 4), {"number": cells_of(found, "ai-rpa/status")["number"]}),
    )
    sheet = read(found, ReturnedTable(rows))
    assert answers(sheet) == [(PLACE, "12名")]
    assert strays(sheet) == ["99/9 話"]


def test_a_number_that_two_questions_have_finds_none(field: Settings) -> None:
    found = prepared(field)
    number = cells_of(found)["number"]
    known = expected(found)
    twice = replace(known, numbers={**known.numbers, number: None})
    from fieldvisit.fieldwork.sheets.returned_table import read_table

    row = Row(Where("a.csv", "row", 2), {"number": number, "answer": "12名"})
    sheet = read_table(ReturnedTable((row,)), twice)
    assert (answers(sheet), strays(sheet)) == ([], [f"{number} 12名"])


def test_a_note_this_study_does_not_know_is_filed_under_its_question(field: Settings) -> None:
    add_note(field, "chiba-1", "話", P(place=PLACE))
    found = prepared(field)
    tag = note_tag(found.visit.id, "abcdefgh23", "0123456789ab")
    cells = {**cells_of(found), "tag": tag, "answer": "よその話"}
    below = {"answer": "その下の話"}
    result = stored(field, found, city_table(found, {}, cells, below))
    assert [(str(n.places[0]), n.body) for n in result.added] == [
        (PLACE, "よその話"), (PLACE, "その下の話"),
    ]  # fmt: skip


# Copies


def test_of_a_copied_row_the_first_counts_and_the_other_is_named(field: Settings) -> None:
    note = add_note(field, "chiba-1", "12名", P(place=PLACE))
    found = prepared(field)
    tag = note_tag(found.visit.id, note.handle, note.revision)
    table = filled_table(field_grid.grid(found), {tag: {"answer": "13名"}})
    at = next(n for n, row in enumerate(table.rows) if row.cells["tag"] == tag)
    copy = Row(Where("sheet.xlsx", "row", 90, "1"), {**table.rows[at].cells, "answer": "14名"})
    rows = (*table.rows[: at + 1], copy, replace(copy, cells=table.rows[at].cells))
    status = {tag_at(found, "ai-rpa/status"): {"answer": "税務"}}
    others = filled_table(field_grid.grid(found), status).rows
    rest = [row for row in others if row.cells["tag"] != tag]
    result = stored(field, found, ReturnedTable((*rows, *rest), table.sheet))
    assert [changed.body for changed in result.changed] == ["13名"]
    assert [added.body for added in result.added] == ["税務"]
    ((text, where),) = [(stray.text, str(stray.where)) for stray in result.strays]
    assert (text, where) == ("14名", "sheet.xlsx, sheet 1, row 90")


@pytest.mark.parametrize("typed", ["後で電話", "{tag} 後で電話", "{tag}\n後で電話"])
def test_words_in_the_column_of_tags_are_named(field: Settings, typed: str) -> None:
    found = prepared(field)
    text = typed.format(tag=cells_of(found)["tag"])
    sheet = read(found, city_table(found, {"tag": text, "answer": "12名"}))
    assert (strays(sheet), answers(sheet)) == ([text], [(PLACE, "12名")])


def test_state_and_choice_beside_a_note_are_named(field: Settings) -> None:
    note = add_note(field, "chiba-1", "12名", P(place=PLACE))
    found = prepared(field)
    tag = note_tag(found.visit.id, note.handle, note.revision)
    table = filled_table(field_grid.grid(found), {tag: {"state": "私の覚え", "choice": "別の覚え"}})
    named = [text.partition(": ")[2] for text in strays(read(found, table))]
    assert named == ["私の覚え", "別の覚え"]


def test_a_mark_of_a_topic_that_is_shown_at_its_questions_is_not_set_there(field: Settings) -> None:
    set_marks(field, "chiba-1", ["ai-rpa"], "not-asked", "時間切れ")
    found = prepared(field)
    table = filled_table(field_grid.grid(found), {})
    assert stored(field, found, table).marks == ()
    declined = {tag_at(found, "ai-rpa/status"): {"state": "declined"}}
    other = filled_table(field_grid.grid(found), declined)
    assert [str(mark.address) for mark in stored(field, found, other).marks] == ["ai-rpa/status"]


def row(at: int, **cells: str) -> Row:
    return Row(Where("x", "row", at), cells)


@given(
    text=st.text("字𠮷_x0041\n　か\u3099\U000e0100👩\u200d", max_size=40),
    times=st.integers(1, 3000),
)
def test_parts_are_the_text_and_no_longer_than_a_cell(text: str, times: int) -> None:
    whole = text * times
    found = parts(whole)
    assert "".join(found) == whole
    assert all(len(spelled(part).encode("utf-16-le")) // 2 <= 32_767 for part in found)
    units = len(spelled(whole).encode("utf-16-le")) // 2
    assert (len(found) == 1) == (units <= 32_767)


def test_a_text_is_parted_where_neither_side_is_harmed() -> None:
    for unit in ("語\u3099", "👩\u200d", "葛\U000e0100", "語 ", "語\n"):
        for part in parts("a" * 31_990 + unit * 5_000 + "終"):
            assert part == part.strip()
            assert part[0] not in "\u3099\u200d\U000e0100"
    assert len(parts(" " * 70_000)) == 3  # there is no good place, and no endless search for one


def test_parts_are_joined_wherever_they_stand() -> None:
    rows = [
        row(2, tag=numbered("A", 2, 3), number="1 (2/3)", answer="い"),
        row(3, tag="B", answer="別"),
        row(4, tag=numbered("A", 3, 3), answer="う"),
        row(5, tag=f" {numbered('A', 1, 3)} ", number="1", answer="あ", kind="発言"),
    ]
    first, second = joined(rows)
    assert first.cells == {"tag": "A", "number": "1", "answer": "あいう", "kind": "発言"}
    assert first.where.number == 5
    assert second.cells == {"tag": "B", "answer": "別"}


def test_a_part_whose_others_are_gone_keeps_its_text() -> None:
    (only,) = joined([row(2, tag=numbered("A", 2, 2), answer="後")])
    assert only.cells == {"tag": "A", "answer": "後"}


@given(
    lines=st.lists(st.text(max_size=9), max_size=40, unique_by=lambda line: "".join(line.split()))
)
def test_our_own_lines_are_known_again_and_others_are_not(lines: list[str]) -> None:
    ours, others = lines[::2], lines[1::2]
    said = list(own_properties(ours))
    assert all(len(value) <= 255 for _name, value in said)
    marks = frozenset(mark for pair in said for mark in own_marks(*pair))
    assert all(is_own(f" {line}", marks) for line in ours)
    assert not any(is_own(line, marks) for line in others)
    assert own_marks("fieldvisit-sheet", "x") == frozenset()
