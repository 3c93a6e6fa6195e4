"""Record sheets that come back, stored."""

import pytest

from fieldvisit.actions.plan_visits import add_visits
from fieldvisit.actions.recording.record import record_sheet
from fieldvisit.actions.recording.store_record import store_record
from fieldvisit.actions.write_note import add_note, edit_note
from fieldvisit.documents.record_sheet import write
from fieldvisit.errors import Conflict, NotFound, Refused
from fieldvisit.exchange.record.sheet import read
from fieldvisit.fieldwork.note import Note
from fieldvisit.fieldwork.record.changes import SheetChanges
from fieldvisit.fieldwork.record.changes import changes as record_changes
from fieldvisit.fieldwork.record.sheet import RecordSheet
from fieldvisit.settings import Settings
from fieldvisit.study.fields import NoteFields, VisitFields
from fieldvisit.study.references import find_visit
from fieldvisit.study.view import viewing

HEADING = "{hiring/rotation}\n"


@pytest.fixture
def visited(study: Settings) -> Settings:
    add_visits(
        study, ["千葉市"], VisitFields(respondents=("情報経営部/課長/山田", "総務部/係長/鈴木"))
    )
    return study


def sheet(given: Settings) -> RecordSheet:
    with viewing(given, "all") as view:
        return record_sheet(view, find_visit(view, "chiba-1"))


def typed(given: Settings, text: str, shown: RecordSheet | None = None) -> SheetChanges:
    shown = shown or sheet(given)
    return record_changes(
        shown, read(write(shown).replace(HEADING, f"{HEADING}\n{text}\n\n", 1), shown)
    )


def record_notes(given: Settings) -> tuple[Note, ...]:
    with viewing(given, "all") as view:
        return view.notes


def test_new_paragraphs_become_notes_with_their_marks_and_speaker(visited: Settings) -> None:
    store_record(
        visited, "chiba-1", typed(visited, "3年です。\n\n【オフレコ】【発言者：課長】実は")
    )
    first, second = record_notes(visited)
    assert (first.body, first.kind, first.disclosure) == ("3年です。", "statement", "confirm")
    assert first.speaker is None
    assert (second.body, second.disclosure) == ("実は", "off-record")
    assert second.speaker is not None
    assert second.speaker.name == "山田"


def test_somebody_who_was_not_there_is_refused_and_nothing_is_stored(visited: Settings) -> None:
    found = typed(visited, "一つ目。\n\n【発言者：市長】二つ目。")
    with pytest.raises(NotFound, match="市長"):
        store_record(visited, "chiba-1", found)
    assert record_notes(visited) == ()


def test_a_sheet_left_alone_changes_nothing(visited: Settings) -> None:
    add_note(visited, "chiba-1", "12名", NoteFields(place="1/1", said_by="課長"))
    assert not typed(visited, "")


def test_a_note_changed_by_somebody_else_is_a_conflict_and_keeps_their_text(
    visited: Settings,
) -> None:
    note = add_note(visited, "chiba-1", "12名", NoteFields(place="1/1"))
    shown = sheet(visited)
    mine = record_changes(shown, read(write(shown).replace("12名", "13名"), shown))
    edit_note(visited, note.handle, "14名", NoteFields())
    with pytest.raises(Conflict):
        store_record(visited, "chiba-1", mine)
    assert [found.body for found in record_notes(visited)] == ["14名"]


def test_the_sheet_cannot_open_what_was_off_the_record(visited: Settings) -> None:
    add_note(visited, "chiba-1", "内緒", NoteFields(place="1/1", disclosure="off-record"))
    shown = sheet(visited)
    [(_place, note)] = shown.placed_notes()
    text = write(shown).replace("【off the record】内緒", "【公表可】内緒")
    with pytest.raises(Refused, match=note.handle):
        store_record(visited, "chiba-1", record_changes(shown, read(text, shown)))
    assert record_notes(visited)[0].disclosure == "off-record"


def test_a_speaker_given_later_on_the_sheet_is_stored(visited: Settings) -> None:
    add_note(visited, "chiba-1", "12名", NoteFields(place="1/1"))
    shown = sheet(visited)
    text = write(shown).replace("12名", "【発言者：鈴木】12名")
    store_record(visited, "chiba-1", record_changes(shown, read(text, shown)))
    [note] = record_notes(visited)
    assert note.speaker is not None
    assert note.speaker.position == "係長"
    assert note.body == "12名"


def test_two_rows_of_one_name_are_two_people(visited: Settings) -> None:
    shown = sheet(visited)
    rows = "| respondent | 人事課 |  | 田中 |\n| respondent | 情報課 |  | 田中 |\n"
    blank = "|  |  |  |  |\n"
    found = record_changes(shown, read(write(shown).replace(blank, rows + blank, 1), shown))
    store_record(visited, "chiba-1", found)
    people = sheet(visited).people
    assert [(p.department, p.name) for p in people[2:]] == [("人事課", "田中"), ("情報課", "田中")]
    assert len({p.person_id for p in people}) == len(people)
