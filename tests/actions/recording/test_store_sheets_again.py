"""Sheets that meet notes that are there: nothing doubled, nothing overwritten."""

import pytest

from actions.recording.stored_sheets import bodies, stored
from fieldvisit import language
from fieldvisit.actions.plan_visits import edit_visit
from fieldvisit.actions.undo import undo
from fieldvisit.actions.write_note import add_note, delete_note, edit_note
from fieldvisit.documents import field_grid
from fieldvisit.fieldwork.sheets.returned_file import ReturnedPage
from fieldvisit.fieldwork.sheets.tags import note_tag
from fieldvisit.harmless import visible
from fieldvisit.settings import Settings
from fieldvisit.study.fields import NoteFields, VisitFields
from returned import filled_page, filled_table, page_for, prepared, tag_at

P = NoteFields


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
