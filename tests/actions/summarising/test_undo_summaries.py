"""`undo` and summaries: what is taken back stands as before, and nothing opens by it."""

import sqlite3
from contextlib import closing

import pytest

from fieldvisit.actions.plan_visits import add_visits
from fieldvisit.actions.show import changes
from fieldvisit.actions.summarising.write_summary import delete_summary
from fieldvisit.actions.undo import undo
from fieldvisit.actions.write_note import delete_note, edit_note
from fieldvisit.errors import Refused, StillInUse
from fieldvisit.fieldwork.terms import DISCLOSURES
from fieldvisit.settings import Settings
from fieldvisit.study.fields import NoteFields, VisitFields
from summarised import PLACE, listed, noted, past, summed, texts, why_stale

P = NoteFields


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


def test_what_a_summary_rested_on_comes_back_with_it(field: Settings) -> None:
    first = noted(field, "一")
    summed(field, "文", notes=[first.handle])
    second = noted(field, "二")
    assert why_stale(field) == {"文": {("new", second.handle)}}
    summed(field, "文")
    assert why_stale(field) == {"文": set()}
    undo(field)
    assert why_stale(field) == {"文": {("new", second.handle)}}
    [one] = listed(field)
    assert [note.id for note in one.notes] == [first.id]


def test_a_change_of_a_note_that_is_taken_back_makes_nothing_stale(field: Settings) -> None:
    note = noted(field, "一")
    summed(field, "文")
    changes: list[tuple[str | None, P]] = [
        ("二", P()),
        (None, P(disclosure="public")),
        (None, P(place="hiring")),
        (None, P(kind="quote")),
    ]
    for body, particulars in changes:
        edit_note(field, note.handle, body, particulars)
        assert why_stale(field)["文"]
        undo(field)
        assert why_stale(field) == {"文": set()}
    delete_note(field, note.handle)
    assert why_stale(field) == {"文": {("gone", note.handle)}}
    undo(field)
    assert why_stale(field) == {"文": set()}


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


def test_a_summary_whose_level_alone_was_closed_is_opened_by_summary_set_only(
    field: Settings,
) -> None:
    noted(field, level="public")
    summed(field, "一", level="group")
    summed(field, "一", level="off-record")
    with pytest.raises(Refused, match="off the record"):
        undo(field)
    assert [one.summary.disclosure for one in listed(field)] == ["off-record"]


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


def test_a_city_of_which_a_summary_stands_stays(field: Settings) -> None:
    noted(field, "公表資料", "public", "hiring", "大津市", kind="desk")
    summed(field, "文", "hiring", city="大津市")
    with pytest.raises(StillInUse, match="hiring"):
        undo(field, change_id(field, "note add"))
    assert texts(field) == ["文"]
    undo(field)
    undo(field)
    assert texts(field) == []


def test_a_visit_under_a_deleted_summary_can_go(field: Settings) -> None:
    add_visits(field, ["大津市"], VisitFields())
    note = noted(field, "話", "public", "hiring", "otsu-1")
    summed(field, "文", "hiring", city="大津市")
    delete_summary(field, "hiring", city="大津市")
    delete_note(field, note.handle)
    for _ in range(5):
        undo(field)
    assert texts(field) == []
