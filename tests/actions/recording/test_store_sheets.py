"""Sheets read back and stored: nothing lost, nothing doubled, nothing overwritten."""

import pytest
from hypothesis import given
from hypothesis import strategies as st
from msgspec.structs import replace

import strategies
from examples import examples
from fieldvisit import language
from fieldvisit.actions.plan_visits import edit_visit
from fieldvisit.actions.prepare import ask_questions
from fieldvisit.actions.recording.arrival import AT_THE_VISIT, Arrival
from fieldvisit.actions.recording.store_sheets import StoredSheets, store_sheets
from fieldvisit.actions.set_marks import set_marks
from fieldvisit.actions.undo import undo
from fieldvisit.actions.write_note import add_note, delete_note, edit_note
from fieldvisit.documents import field_grid
from fieldvisit.documents.page import Box
from fieldvisit.fieldwork.note import Note
from fieldvisit.fieldwork.preparation import Preparation
from fieldvisit.fieldwork.record.sheet import settled
from fieldvisit.fieldwork.sheets.returned_file import Line, ReturnedPage, ReturnedTable, Row, Where
from fieldvisit.fieldwork.sheets.tags import note_tag
from fieldvisit.harmless import visible
from fieldvisit.settings import Settings
from fieldvisit.study.fields import NoteFields, VisitFields
from fieldvisit.study.view import viewing
from returned import filled_page, filled_table, page_for, prepared, reading_of, stripped, tag_at


def notes(given_study: Settings) -> tuple[Note, ...]:
    with viewing(given_study, "all") as view:
        return view.notes


def bodies(given_study: Settings) -> list[str]:
    return [note.body for note in notes(given_study)]


def stored(
    given_study: Settings,
    found: Preparation,
    *pages: ReturnedPage | ReturnedTable,
    arrival: Arrival = AT_THE_VISIT,
) -> StoredSheets:
    return store_sheets(given_study, reading_of(found, *pages), arrival)


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
    assert undo(field).changes[0].command == "record"
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


@pytest.mark.parametrize("reader", ["city", "interviewer"])
@pytest.mark.parametrize("spoken", language.LANGUAGES)
def test_the_same_file_twice_changes_nothing(field: Settings, reader: str, spoken: str) -> None:
    with language.speaking(spoken):
        found = prepared(field)
        page = filled_page(
            page_for(found, reader), {tag_at(found, "ai-rpa/status", reader): "a\n\nb"}
        )
    first = stored(field, found, page)
    assert len(first.added) == (1 if reader == "city" else 2)
    before = field.study().database.read_bytes()
    again = stored(field, found, page)
    assert (again.added, again.changed, again.strays) == ((), (), ())
    assert again.unchanged == len(first.added)
    assert field.study().database.read_bytes() == before


def test_what_was_filed_elsewhere_or_deleted_since_does_not_come_again(field: Settings) -> None:
    found = prepared(field)
    page = filled_page(
        page_for(found, "interviewer"),
        {tag_at(found, "ai-rpa/status"): "移す話", tag_at(found, "ai-rpa/effect"): "消す話"},
    )
    moved, gone = stored(field, found, page).added
    edit_note(field, moved.handle, None, P(place="security/policy"))
    delete_note(field, gone.handle)
    assert stored(field, found, page).added == ()


def test_a_note_on_the_sheet_is_corrected_in_its_place(field: Settings) -> None:
    note = add_note(field, "chiba-1", "12名", P(place="hiring/staff-mix"))
    found = prepared(field)
    tag = note_tag(found.visit.id, note.handle, note.revision)
    page = page_for(found, "interviewer")
    assert stored(field, found, filled_page(page, {})).unchanged == 1
    result = stored(field, found, filled_page(page, {tag: "13名"}))
    assert [changed.body for changed in result.changed] == ["13名"]
    assert bodies(field) == ["13名"]
    assert stored(field, found, filled_page(page, {tag: "13名"})).unchanged == 1


@pytest.mark.parametrize("body", ["𠮷野家\xa0", "0\xa0", "👩‍💻も\u200bある\n葛\U000e0100"])
def test_what_an_encoding_cannot_hold_is_no_correction(field: Settings, body: str) -> None:
    note = add_note(field, "chiba-1", body, P(place="hiring/staff-mix"))
    found = prepared(field)
    tag = note_tag(found.visit.id, note.handle, note.revision)
    saved = visible(body).encode("cp932", "replace").decode("cp932")
    assert stored(field, found, filled_table(field_grid.grid(found), {tag: {"answer": saved}})) == (
        stored(field, found, filled_page(page_for(found, "interviewer"), {}))
    )
    assert bodies(field) == [body]


def test_the_same_note_edited_in_both_keeps_both_texts(field: Settings) -> None:
    note = add_note(field, "chiba-1", "12名", P(place="hiring/staff-mix"))
    found = prepared(field)
    tag = note_tag(found.visit.id, note.handle, note.revision)
    page = page_for(found, "interviewer")
    stored(field, found, filled_page(page, {tag: "13名"}))
    result = stored(field, found, filled_page(page, {tag: "14名"}))
    (stray,) = result.strays
    assert stray.text == "14名"
    assert "13名" in stray.why
    assert f"fieldvisit note edit {note.handle}" in stray.why
    assert bodies(field) == ["13名"]
    assert stored(field, found, filled_page(page, {})).strays == ()  # left as it was shown


def test_a_note_that_was_taken_out_of_the_file_stays(field: Settings) -> None:
    note = add_note(field, "chiba-1", "12名", P(place="hiring/staff-mix"))
    found = prepared(field)
    tag = note_tag(found.visit.id, note.handle, note.revision)
    page = filled_page(page_for(found, "interviewer"), {tag: " "})
    assert stored(field, found, page).changed == ()
    without = ReturnedPage(tuple(line for line in page.lines if line.box != tag), page.sheet)
    assert stored(field, found, without).changed == ()
    assert bodies(field) == ["12名"]


def test_a_sheet_that_was_taken_back_can_be_stored_again(field: Settings) -> None:
    note = add_note(field, "chiba-1", "12名", P(place="hiring/staff-mix"))
    found = prepared(field)
    tag = note_tag(found.visit.id, note.handle, note.revision)
    page = filled_page(
        page_for(found, "interviewer"), {tag_at(found, "ai-rpa/status"): "新しい話", tag: "13名"}
    )
    first = stored(field, found, page)
    undo(field)
    assert bodies(field) == ["12名"]
    again = stored(field, found, page)
    assert (len(again.added), len(again.changed), again.strays) == (
        len(first.added), len(first.changed), ()
    )  # fmt: skip
    assert sorted(bodies(field)) == ["13名", "新しい話"]


@pytest.mark.parametrize(
    "said", ["【オフレコ】二か月で中止した。", "【関係者限り】二か月で中止した。"]
)
def test_a_second_sheet_that_closes_the_same_text_is_not_passed_over(
    field: Settings, said: str
) -> None:
    found = prepared(field)
    place = tag_at(found, "ai-rpa/status")
    page = page_for(found, "interviewer")
    (open_,) = stored(field, found, filled_page(page, {place: "二か月で中止した。"})).added
    (stray,) = stored(field, found, filled_page(page, {place: said})).strays
    assert stray.text == said
    assert f"fieldvisit note edit {open_.handle} -d" in stray.why
    level = "off-record" if "オフレコ" in said else "group"
    edit_note(field, open_.handle, None, P(disclosure=level))
    assert stored(field, found, filled_page(page, {place: said})).unchanged == 1


def test_the_same_words_of_another_person_are_a_note_of_their_own(field: Settings) -> None:
    edit_visit(field, "chiba-1", VisitFields(respondents=("総務部/部長/高橋", "情報課/課長/山田")))
    found = prepared(field)
    place = tag_at(found, "ai-rpa/status")
    page = page_for(found, "interviewer")
    for speaker in ("高橋", "山田"):
        said = filled_page(page, {place: f"【発言者：{speaker}】ない。"})
        assert len(stored(field, found, said).added) == 1
        assert stored(field, found, said).unchanged == 1


@pytest.mark.parametrize(
    "text", ["この話はオフレコでお願いします。市長が反対した。", "これはオフレコですが、中止した。"]
)
@pytest.mark.parametrize("reader", ["city", "interviewer"])
def test_whoever_says_off_the_record_in_a_sheet_is_believed(
    field: Settings, reader: str, text: str
) -> None:
    found = prepared(field)
    page = filled_page(page_for(found, reader), {tag_at(found, "ai-rpa/status", reader): text})
    result = stored(field, found, page)
    assert [note.disclosure for note in result.closed] == ["off-record"]
    assert [note.body for note in result.added] == [text]


@pytest.mark.parametrize(
    ("text", "kind", "level", "body"),
    [
        ("【オフレコ】実は", "statement", "off-record", "実は"),
        ("【発言】【匿名】足りない", "quote", "anonymous", "足りない"),
        ("・オフレコ：実は", "statement", "off-record", "・オフレコ：実は"),
        ("実は足りない（オフレコ）", "statement", "off-record", "実は足りない（オフレコ）"),
        ("ふつうの話", "statement", "confirm", "ふつうの話"),
    ],
)
def test_marks_are_understood_and_doubt_is_off_the_record(
    field: Settings, text: str, kind: str, level: str, body: str
) -> None:
    found = prepared(field)
    page = filled_page(page_for(found, "interviewer"), {tag_at(found, "ai-rpa/status"): text})
    (note,) = stored(field, found, page).added
    assert (note.kind, note.disclosure, note.body) == (kind, level, body)


def test_text_in_the_wrong_place_is_named_and_never_dropped(field: Settings) -> None:
    found = prepared(field)
    page = filled_page(page_for(found, "interviewer"), {tag_at(found, "ai-rpa/status"): "箱の中"})
    at = next(i for i, line in enumerate(page.lines) if line.text == "箱の中")
    lines = (
        Line("表紙の話", Where("sheet.docx", "paragraph", 1)),
        *page.lines[: at + 1],
        Line("箱の外の話", Where("sheet.docx", "paragraph", 99)),
        Line("消した話", Where("sheet.docx", "paragraph", 100), apart="struck"),
        *page.lines[at + 1 :],
    )
    result = stored(field, found, ReturnedPage(lines, page.sheet))
    assert {stray.text for stray in result.strays} == {"表紙の話", "箱の外の話", "消した話"}
    assert [note.body for note in result.added] == ["箱の中"]


def test_a_sheet_cannot_open_what_was_off_the_record(field: Settings) -> None:
    from fieldvisit.documents import field_grid

    note = add_note(field, "chiba-1", "内緒", P(place="ai-rpa/effect", disclosure="off-record"))
    found = prepared(field, audience="all")
    tag = note_tag(found.visit.id, note.handle, note.revision)
    table = filled_table(field_grid.grid(found), {tag: {"disclosure": "公表可"}})
    result = store_sheets(field, reading_of(found, table), Arrival())
    assert (len(result.strays), result.changed) == (1, ())


def test_a_row_added_below_a_question_belongs_to_it_and_a_lost_one_is_named(
    field: Settings,
) -> None:
    from fieldvisit.documents import field_grid

    found = prepared(field)
    table = filled_table(field_grid.grid(found), {})
    tag = tag_at(found, "ai-rpa/status")
    at = next(i for i, row in enumerate(table.rows) if row.cells["tag"] == tag)
    added = Row(Where("sheet.xlsx", "row", 90), {"answer": "足した話"})
    lost = Row(Where("sheet.xlsx", "row", 91), {"number": "9/9", "state": "回答差控え"})
    rows = (*table.rows[: at + 1], added, lost, *table.rows[at + 1 :])
    result = store_sheets(field, reading_of(found, replace(table, rows=rows)), AT_THE_VISIT)
    assert [(str(n.places[0]), n.body) for n in result.added] == [("ai-rpa/status", "足した話")]
    assert [stray.text for stray in result.strays] == ["9/9 回答差控え"]
