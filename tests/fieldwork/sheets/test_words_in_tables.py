"""What a person wrote into a table becomes a note or is named; what we printed is neither."""

import pytest
from msgspec.structs import replace

from fieldvisit import language
from fieldvisit.actions.set_marks import set_marks
from fieldvisit.actions.write_note import add_note
from fieldvisit.documents import field_grid, question_sheet
from fieldvisit.fieldwork.sheets.returned_file import Line, ReturnedTable, Row, Where
from fieldvisit.fieldwork.sheets.tags import note_tag
from fieldvisit.settings import Settings
from returned import (
    expected,
    filled_table,
    prepared,
    tag_at,
)
from returned_words import PLACE, P, answers, cells_of, city_table, read, stored, strays

DATES = ("1月2日", "2-Jan", "2020/1/2", "2020-01-02 00:00:00", "43832")


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


@pytest.mark.parametrize("number", [*DATES, "１／２", ""])
def test_a_number_that_became_a_date_is_nobody_s_words(field: Settings, number: str) -> None:
    found = prepared(field)
    assert strays(read(found, city_table(found, {"number": number}))) == []


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
