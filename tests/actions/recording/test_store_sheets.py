"""Sheets read back and stored: nothing lost, nothing doubled."""

import pytest
from hypothesis import given
from hypothesis import strategies as st

import strategies
from actions.recording.stored_sheets import bodies, notes, stored
from examples import examples
from fieldvisit.actions.ask_questions import ask_questions
from fieldvisit.actions.recording.arrival import Arrival
from fieldvisit.actions.recording.store_sheets import StoredSheets, store_sheets
from fieldvisit.actions.set_marks import set_marks
from fieldvisit.actions.undo import undo
from fieldvisit.actions.write_note import add_note
from fieldvisit.documents.page import Box
from fieldvisit.fieldwork.record.sheet import settled
from fieldvisit.fieldwork.sheets.returned_file import Line, ReturnedPage
from fieldvisit.fieldwork.sheets.tags import note_tag
from fieldvisit.settings import Settings
from fieldvisit.study.fields import NoteFields
from fieldvisit.study.view import viewing
from returned import filled_page, filled_table, page_for, prepared, reading_of, stripped, tag_at

P = NoteFields
FEW = examples(30)


def assert_adds_up(found: StoredSheets) -> None:
    parts = len(found.added) + len(found.changed) + found.unchanged + len(found.strays)
    assert found.read == parts


def test_a_city_s_answers_become_replies_and_end_what_was_to_follow(field: Settings) -> None:
    set_marks(field, "chiba-1", ["hiring/staff-mix"], "to-follow", "", "2019-11-01")
    found = prepared(field)
    page = page_for(found, "city")
    texts = {
        tag_at(found, "hiring/staff-mix", "city"): "正規12名。\n\n委託3名。",
        tag_at(found, "ai-rpa/status", "city"): "RPAを税務で使用。",
    }
    lines = tuple(
        Line("ご回答（ご担当課：情報政策課）", line.where) if "section that answers" in line.text
        else line
        for line in filled_page(page, texts).lines
    )  # fmt: skip
    result = stored(
        field, found, ReturnedPage(lines, page.sheet), arrival=Arrival("written", "2019-11-08")
    )
    first, second = notes(field)
    assert (first.body, first.kind, first.mode, first.on_day) == (
        "正規12名。\n\n委託3名。", "reply", "written", "2019-11-08",
    )  # fmt: skip
    assert str(first.speaker) == str(second.speaker) == "情報政策課"
    assert [mark.deleted for mark in result.marks] == [True]
    assert result.strays == ()
    assert_adds_up(result)
    with viewing(field, "all") as view:
        assert view.marks == ()
    assert undo(field).change.command == "record"
    assert bodies(field) == []


def test_the_same_words_to_two_questions_are_two_notes(field: Settings) -> None:
    found = prepared(field)
    texts = {tag_at(found, "ai-rpa/status"): "なし", tag_at(found, "ai-rpa/effect"): "なし\n\nなし"}
    result = stored(field, found, filled_page(page_for(found, "interviewer"), texts))
    assert [str(note.places[0]) for note in result.added] == [
        "ai-rpa/status", "ai-rpa/effect", "ai-rpa/effect",
    ]  # fmt: skip


def test_two_note_takers_are_both_kept_with_their_names(field: Settings) -> None:
    found = prepared(field)
    page = page_for(found, "interviewer")
    for by, text in (("佐藤", "12名"), ("鈴木", "13名")):
        reading = reading_of(found, filled_page(page, {tag_at(found, "hiring/staff-mix"): text}))
        given_by = Settings(field.start, field.study_option, by)
        store_sheets(given_by, reading, Arrival())
    assert [(note.by, note.body) for note in notes(field)] == [("佐藤", "12名"), ("鈴木", "13名")]


@pytest.mark.parametrize("reader", ["city", "interviewer"])
def test_without_boxes_the_questions_own_text_tells_where_an_answer_belongs(
    field: Settings, reader: str
) -> None:
    found = prepared(field)
    texts = {
        tag_at(found, "hiring/staff-mix", reader): "12名\nうち専門職2名",
        tag_at(found, "ai-rpa/status", reader): "税務で使用",
    }
    page = stripped(filled_page(page_for(found, reader), texts))
    arrival = Arrival("written") if reader == "city" else Arrival()
    result = stored(field, found, page, arrival=arrival)
    assert {str(n.places[0]): n.body for n in result.added} == {
        "hiring/staff-mix": "12名\nうち専門職2名", "ai-rpa/status": "税務で使用",
    }  # fmt: skip
    assert result.strays == ()


def test_a_table_of_the_interviewer_sets_levels_states_and_choices(field: Settings) -> None:
    from fieldvisit.documents import field_grid

    note = add_note(field, "chiba-1", "話", P(place="ai-rpa/effect"))
    found = prepared(field)
    shown = note_tag(found.visit.id, note.handle, note.revision)
    cells = {
        tag_at(found, "ai-rpa/status"): {
            "answer": "使用中", "disclosure": "オフレコ", "kind": "発言", "speaker": "山田太郎",
        },
        shown: {"disclosure": "関係者限り（グループ）"[:5], "kind": "quote"},
        tag_at(found, "ai-rpa/sharing"): {"state": "後日回答予定（2019-11-30）"},
        tag_at(found, "ai-rpa/upkeep"): {"state": "回答差控え", "choice": "省略"},
        tag_at(found, "hiring/training"): {"choice": "事前送付"},
        tag_at(found, "ai-rpa/dropped"): {"choice": "事前送付", "state": "へんな状態"},
    }  # fmt: skip
    table = filled_table(field_grid.grid(found), cells)
    result = store_sheets(field, reading_of(found, table), Arrival())
    (added,) = result.added
    assert (added.disclosure, added.kind, str(added.speaker)) == (
        "off-record", "quote", "情報経営部 課長 山田太郎",
    )  # fmt: skip
    assert [(n.kind, n.disclosure) for n in result.changed] == [("quote", "group")]
    assert {str(m.address): (m.state, m.due) for m in result.marks} == {
        "ai-rpa/sharing": ("to-follow", "2019-11-30"), "ai-rpa/upkeep": ("declined", ""),
    }  # fmt: skip
    assert {str(a) for a in result.decided} == {"ai-rpa/upkeep", "hiring/training"}
    assert sorted(stray.text for stray in result.strays) == ["へんな状態", "事前送付"]
    again = store_sheets(field, reading_of(prepared(field), table), Arrival())
    assert (again.added, again.changed, again.marks, again.decided) == ((), (), (), ())


def test_a_trial_tells_the_same_and_stores_nothing(field: Settings) -> None:
    found = prepared(field)
    texts = {
        tag_at(found, "ai-rpa/status"): "話",
        tag_at(found, "ai-rpa/effect"): "【発言者：誰】話",
    }
    reading = reading_of(found, filled_page(page_for(found, "interviewer"), texts))
    before = field.study().database.read_bytes()
    tried = store_sheets(field, reading, Arrival(), trial=True)
    assert field.study().database.read_bytes() == before
    result = store_sheets(field, reading, Arrival())
    assert [note.body for note in tried.added] == [note.body for note in result.added] == ["話"]
    assert tried.strays == result.strays
    assert_adds_up(result)


def test_a_question_of_this_visit_only_comes_back_too(field: Settings) -> None:
    ask_questions(field, "chiba-1", {}, [("ai-rpa", "生成AIの規程はありますか。")])
    found = prepared(field)
    page = filled_page(page_for(found, "interviewer"), {tag_at(found, "ai-rpa/extra-1"): "ある"})
    (note,) = stored(field, found, page).added
    assert str(note.places[0]) == "ai-rpa/extra-1"


@FEW
@given(data=st.data())
def test_whatever_is_written_into_boxes_is_stored_once_and_whole(
    fresh_field: object, data: st.DataObject
) -> None:
    given_study = fresh_field()  # type: ignore[operator] # a fixture that makes studies
    found = prepared(given_study)
    reader = data.draw(st.sampled_from(["city", "interviewer"]))
    page = page_for(found, reader)
    tags = [block.tag for block in page.blocks if isinstance(block, Box)]
    texts = data.draw(st.dictionaries(st.sampled_from(tags), strategies.bodies, max_size=4))
    result = stored(given_study, found, filled_page(page, texts))
    assert_adds_up(result)
    kept = [note.body for note in result.added] + [stray.text for stray in result.strays]
    written = "".join("".join(settled(text).split()) for text in texts.values())
    for body in kept:
        assert "".join(body.split()) in written
    if "【" not in written:  # no mark can have been taken off
        assert sum(len("".join(body.split())) for body in kept) == len(written)
    again = stored(given_study, found, filled_page(page, texts))
    assert (again.added, again.changed) == ((), ())
    assert again.unchanged == len(result.added)
