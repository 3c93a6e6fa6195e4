"""Summaries written, written again, taken back."""

import sqlite3
from collections.abc import Callable
from contextlib import closing
from pathlib import Path

import pytest

from fieldvisit.actions.editor_sheets import open_summary_sheet, summaries_on
from fieldvisit.actions.show import changes
from fieldvisit.actions.summaries import delete_summary, set_summary
from fieldvisit.actions.undo import undo
from fieldvisit.actions.write_note import edit_note
from fieldvisit.errors import BadText, NotFound, Refused, WrongUsage
from fieldvisit.fieldwork.note import Note
from fieldvisit.fieldwork.terms import DISCLOSURES
from fieldvisit.settings import Settings
from fieldvisit.study.fields import NoteFields
from summarised import (
    PLACE,
    came_back,
    compared,
    exported,
    listed,
    noted,
    past,
    stored_of,
    summed,
    texts,
    why_stale,
)

P = NoteFields
LEVELS = list(DISCLOSURES)


@pytest.mark.parametrize("asked", LEVELS)
@pytest.mark.parametrize("under", LEVELS)
def test_a_level_more_open_than_the_notes_is_refused(
    field: Settings, asked: str, under: str
) -> None:
    notes = [noted(field, level=under).handle]
    if LEVELS.index(asked) < LEVELS.index(under):
        with pytest.raises(Refused, match="more closed"):
            summed(field, "要約", notes=notes, level=asked)
        assert texts(field) == []
    else:
        assert summed(field, "要約", notes=notes, level=asked).summary.disclosure == asked


def test_without_a_level_it_is_as_closed_as_its_notes_and_off_the_record_stays_so(
    field: Settings,
) -> None:
    quotable = noted(field, level="public").handle
    assert summed(field, "一").summary.disclosure == "public"
    closed = noted(field, level="off-record")
    assert summed(field, "二", notes=[closed.handle]).summary.disclosure == "off-record"
    assert summed(field, "三").summary.disclosure == "off-record"
    assert summed(field, "四", notes=[quotable]).summary.disclosure == "off-record"
    assert summed(field, "四", level="public").summary.disclosure == "public"
    assert past(field, "group") == ["四"]


def test_a_summary_that_was_deleted_comes_back_by_being_written(field: Settings) -> None:
    noted(field)
    summed(field, "一")
    delete_summary(field, PLACE, city="千葉市")
    assert texts(field) == []
    assert compared(field) == {}
    with pytest.raises(NotFound, match="no summary"):
        delete_summary(field, PLACE, city="千葉市")
    summed(field, "二")
    assert (texts(field), past(field, "all")) == (["二"], ["一", "一", "二"])


@pytest.mark.parametrize(
    ("error", "pieces", "how"),
    [
        (WrongUsage, "another city", {"city": "姫路市", "notes": ["{note}"]}),
        (NotFound, "nothing", {"city": "なし市"}),
        (Refused, "Nothing stands", {"city": "大津市"}),
        (BadText, "empty", {"text": " \n"}),
        (BadText, "question marks", {"text": "????"}),
        (BadText, "NUL", {"text": "a\0b"}),
        (NotFound, "topic", {"place": "nothing"}),
    ],
)
def test_what_cannot_be_stored_is_refused_and_changes_nothing(
    field: Settings, error: type[Refused], pieces: str, how: dict[str, object]
) -> None:
    note = noted(field)
    before = field.study().database.read_bytes()
    given: dict[str, object] = {"place": PLACE, "text": "要約", "city": "千葉市", **how}
    if "notes" in how:
        given["notes"] = [str(typed).format(note=note.handle) for typed in how["notes"]]  # type: ignore[attr-defined] # a list
    with pytest.raises(error) as caught:
        set_summary(field, **given)  # type: ignore[arg-type] # as typed
    assert pieces in caught.value.sentence + caught.value.hint or pieces == "nothing"
    assert caught.value.hint
    assert field.study().database.read_bytes() == before


Again = Callable[[Settings, str], None]


def by_command(given: Settings, text: str) -> None:
    summed(given, text)


def by_file(given: Settings, text: str) -> None:
    sheet = exported(given, audience="all")
    sheet.row("千葉市", "status")["summary"] = text
    found = came_back(given, sheet.saved(given.study().folder.parent / "again.csv"))
    assert (len(found.stored), found.waiting) == (1, [])


def by_editor(given: Settings, text: str) -> None:
    standing = texts(given)[0]
    with open_summary_sheet(given, [PLACE], ["千葉市"], "all") as opened:
        sheet = opened.start.replace(f"\n{standing}\n", f"\n{text}\n")
        opened.draft.path.write_text(sheet, "utf-8")
        found = stored_of(given, summaries_on(opened))
    assert (len(found.stored), found.waiting) == (1, [])


EACH_WAY = pytest.mark.parametrize("again", [by_command, by_file, by_editor])


def stands(given: Settings, level: str, *notes: Note) -> bool:
    """Whether the one summary has this level and rests on these notes."""
    [one] = listed(given)
    return (one.summary.disclosure, {note.handle for note in one.notes}) == (
        level,
        {note.handle for note in notes},
    )


def narrowed(given: Settings, text: str) -> Path:
    """A comparison that shows the public a part of the notes, with another text in it."""
    sheet = exported(given, "ai-rpa", audience="public")
    sheet.row("千葉市", "status")["summary"] = text
    return sheet.saved(given.study().folder.parent / "narrowed.csv")


@EACH_WAY
@pytest.mark.parametrize("closed", ["confirm", "anonymous", "group", "off-record"])
def test_one_that_was_closed_by_hand_stays_closed(
    field: Settings, again: Again, closed: str
) -> None:
    noted(field, level="public")
    summed(field, "内輪向け。", level=closed)
    again(field, "内輪向けに。")
    assert [one.summary.disclosure for one in listed(field)] == [closed]
    assert texts(field, "public") == []
    summed(field, "内輪向けに。", level="public")
    assert texts(field, "public") == ["内輪向けに。"]


@EACH_WAY
def test_notes_that_were_chosen_stay_chosen(field: Settings, again: Again) -> None:
    noted(field, "公の話", "public")
    closed = noted(field, "内輪の話", place="hiring")
    remark = noted(field, "所見", "public", kind="remark")
    summed(field, "前の文。", notes=[closed.handle, remark.handle])
    again(field, "次の文。")
    assert stands(field, "group", closed, remark)
    assert why_stale(field) == {"次の文。": set()}


@EACH_WAY
def test_one_that_rests_on_a_part_of_its_cell_stays_as_open_as_that(
    field: Settings, again: Again
) -> None:
    chosen = noted(field, "公の話", "public")
    noted(field, "内輪の話")
    summed(field, "前の文。", notes=[chosen.handle])
    noted(field, "あとからの話")
    edit_note(field, chosen.handle, "直した公の話", P())
    again(field, "次の文。")
    assert stands(field, "public", chosen)
    assert why_stale(field) == {"次の文。": set()}


def test_what_was_changed_elsewhere_and_not_shown_stays_to_be_looked_at(field: Settings) -> None:
    noted(field)
    elsewhere = noted(field, "内輪の話", place="hiring")
    summed(field, "前の文。", notes=[elsewhere.handle])
    edit_note(field, elsewhere.handle, "別の話", P())
    by_file(field, "次の文。")
    assert why_stale(field) == {"次の文。": {("changed", elsewhere.handle)}}
    summed(field, "次の文。")
    assert why_stale(field) == {"次の文。": set()}


def test_a_narrowed_file_leaves_what_was_only_known(field: Settings) -> None:
    chosen = noted(field, "公の話", "public")
    noted(field, "内輪の話", kind="reply")
    summed(field, "前の文。", notes=[chosen.handle])
    assert len(came_back(field, narrowed(field, "次の文。")).stored) == 1
    assert stands(field, "public", chosen)
    assert why_stale(field) == {"次の文。": set()}


def test_what_a_narrowed_file_hid_closes_the_summary_if_it_was_closed_since(
    field: Settings,
) -> None:
    shown = noted(field, "公の話", "public")
    hidden = noted(field, "名前を挙げた話", "public", place="hiring")
    summed(field, "名前を挙げた文。", notes=[shown.handle, hidden.handle])
    path = narrowed(field, "名前を挙げた次の文。")
    edit_note(field, hidden.handle, None, P(disclosure="off-record"))
    assert len(came_back(field, path).stored) == 1
    assert stands(field, "off-record", shown, hidden)
    assert (texts(field, "group"), past(field, "group")) == ([], [])


def change_id(given: Settings, command: str) -> str:
    return next(change.id for change in changes(given)[0] if change.command == command)


def test_each_change_of_a_summary_can_be_taken_back(field: Settings) -> None:
    noted(field)
    summed(field, "一")
    summed(field, "二")
    delete_summary(field, PLACE, city="千葉市")
    seen = [texts(field)]
    for _ in range(3):
        undo(field)
        seen.append(texts(field))
    assert seen == [[], ["二"], ["一"], []]
    assert past(field, "all") == ["一", "二", "二", "二", "一", "一"]
    summed(field, "三")
    assert texts(field) == ["三"]


@pytest.mark.parametrize("level", [level for level in DISCLOSURES if level != "off-record"])
def test_a_summary_that_went_off_the_record_is_not_opened_by_undo(
    field: Settings, level: str
) -> None:
    noted(field, level="public")
    summed(field, "一", level=level)
    summed(field, "二", level="off-record")
    undo(field)
    assert texts(field) == ["一"]
    assert [one.summary.disclosure for one in listed(field)] == ["off-record"]
    assert texts(field, "group") == past(field, "group") == []
    summed(field, "一", level=level)
    assert [one.summary.disclosure for one in listed(field)] == [level]


def test_what_was_closed_by_a_note_alone_is_as_before_once_the_note_is_open(
    field: Settings,
) -> None:
    """The summary itself never was off the record: undoing a later text brings its level back."""
    note = noted(field, level="group")
    summed(field, "一")
    summed(field, "二")
    edit_note(field, note.handle, None, P(disclosure="off-record"))
    undo(field, change_id(field, "summary set"))
    edit_note(field, note.handle, None, P(disclosure="group"), "許可を得た")
    assert texts(field) == ["一"]


def test_a_summary_that_was_deleted_while_a_note_had_closed_it_comes_back_as_it_was(
    field: Settings,
) -> None:
    note = noted(field, level="group")
    created = summed(field, "一").summary.created_at
    edit_note(field, note.handle, None, P(disclosure="off-record"))
    delete_summary(field, PLACE, city="千葉市")
    undo(field, change_id(field, "summary delete"))
    [one] = listed(field)
    assert (one.summary.body, one.summary.created_at) == ("一", created)
    with closing(sqlite3.connect(field.study().database)) as connection:
        stored = connection.execute("SELECT disclosure, deleted FROM summary").fetchall()
    assert stored == [("group", 0)]
