"""Taking changes back, each as a change of its own."""

import pytest

from actions.changed import last, marks, notes
from fieldvisit.actions.edit_study import add_study_group, edit_study
from fieldvisit.actions.plan_visits import add_visits, edit_visit
from fieldvisit.actions.set_marks import set_marks
from fieldvisit.actions.show import changes
from fieldvisit.actions.undo import undo
from fieldvisit.actions.write_note import add_note, edit_note, restore_note
from fieldvisit.errors import Ambiguous, NotFound, Refused
from fieldvisit.settings import Settings
from fieldvisit.storage import queries
from fieldvisit.storage.connection import reading
from fieldvisit.study.fields import NoteFields, VisitFields

P = NoteFields


def test_an_edit_is_taken_back_whole(field: Settings) -> None:
    note = add_note(field, "chiba-1", "前", P(place="hiring", tags=("a",), said_by="山田太郎"))
    before = notes(field)[note.id]
    edit_note(field, note.handle, "後", P(place="security", tags=("b",), said_by=""))
    undone = undo(field).change
    assert undone.command == "note edit"
    after = notes(field)[note.id]
    assert (after.body, after.places, after.tags, after.speaker) == (
        before.body, before.places, before.tags, before.speaker,
    )  # fmt: skip
    assert (after.number, after.created_at) == (3, before.created_at)
    assert after.updated_at > before.updated_at


def test_an_undo_is_a_change_too_and_is_not_undone(field: Settings) -> None:
    note = add_note(field, "chiba-1", "x", P())
    undo(field)
    assert notes(field) == {}
    log, _handles = changes(field)
    assert [(c.command, bool(c.undone_by), bool(c.undoes)) for c in log[:2]] == [
        ("undo", False, True),
        ("note add", True, False),
    ]
    assert (log[1].undone_by, log[0].undoes) == (log[0].id, log[1].id)
    for which in (log[0].id, log[1].id):
        with pytest.raises(Refused, match="cannot be taken back"):
            undo(field, which)
    assert restore_note(field, note.handle).body == "x"


def test_changes_go_one_after_the_other_back_to_the_beginning(study: Settings) -> None:
    add_study_group(study, "WG", "A")
    edit_study(study, {"title": "題"}, {"study_groups": ["WG"]})
    commands = [undo(study).change.command for _ in range(2)]
    assert commands == ["study edit", "study-group add"]
    with pytest.raises(NotFound, match="no change to take back"):
        undo(study)
    with reading(study.study().database) as connection:
        found = queries.study(connection)
        assert (found.title, found.study_groups) == ("", ())
        assert queries.study_groups(connection) == ()


def test_neither_the_beginning_nor_keeping_guides_is_taken_back(field: Settings) -> None:
    add_note(field, "chiba-1", "x", P())
    log, _ = changes(field)
    for command in ("init", "keep guides"):
        which = next(change.id for change in log if change.command == command)
        with pytest.raises(Refused, match="cannot be taken back"):
            undo(field, which)


def test_a_change_is_named_by_its_id_or_its_end(field: Settings) -> None:
    first = add_note(field, "chiba-1", "a", P())
    named = last(field)
    add_note(field, "chiba-1", "b", P())
    with pytest.raises(NotFound):
        undo(field, named[-3:])
    assert undo(field, named[-8:]).change.id == named
    assert first.id not in notes(field)
    assert len(notes(field)) == 1


def test_an_end_that_several_changes_have_is_ambiguous(
    field: Settings, monkeypatch: pytest.MonkeyPatch
) -> None:
    from fieldvisit.storage import ids

    made = iter(range(100))
    monkeypatch.setattr(ids, "new_id", lambda: f"{next(made)}-same")
    add_study_group(field, "a", "A")
    add_study_group(field, "b", "B")
    with pytest.raises(Ambiguous):
        undo(field, "same")


def test_changes_of_one_object_are_taken_back_one_after_the_other(field: Settings) -> None:
    note = add_note(field, "chiba-1", "a", P())
    for text in "bcd":
        edit_note(field, note.handle, text, P())
    bodies = []
    for _ in range(3):
        undo(field)
        bodies.append(notes(field)[note.id].body)
    assert bodies == ["c", "b", "a"]
    edit_note(field, note.handle, "e", P())
    undo(field)
    undo(field)
    assert notes(field) == {}
    assert undo(field).change.command == "visit add"


def test_guides_that_a_note_fixed_stay_fixed_when_an_older_change_is_taken_back(
    field: Settings,
) -> None:
    edit_visit(field, "chiba-1", VisitFields(place="市役所"))
    placed = last(field)
    edit_visit(field, "himeji-1", VisitFields(sent="2019-10-01"))
    sent = last(field)
    for handle in ("chiba-1", "himeji-1"):
        add_note(field, handle, "x", P())
    for change in (placed, sent):
        undo(field, change)
    with reading(field.study().database) as connection:
        for visit in queries.visits(connection):
            assert (visit.place, visit.sent, visit.keeps_its_guides) == ("", "", True)


def test_marks_and_their_clearing_are_taken_back(field: Settings) -> None:
    set_marks(field, "chiba-1", ["hiring"], "to-follow", "担当者不在", "2019-11-01")
    (before,) = marks(field)
    set_marks(field, "chiba-1", ["hiring"], "clear")
    assert marks(field) == ()
    undo(field)
    (after,) = marks(field)
    assert (after.state, after.reason, after.due) == (before.state, before.reason, before.due)
    set_marks(field, "chiba-1", ["hiring"], "declined")
    undo(field)
    assert marks(field)[0].state == "to-follow"


def test_a_text_comes_back_though_its_note_stays_off_the_record(field: Settings) -> None:
    note = add_note(field, "chiba-1", "はじめ", P(disclosure="public"))
    edit_note(field, note.handle, "あと", P(disclosure="off-record"))
    assert undo(field).still_closed == (note.handle,)
    found = notes(field)[note.id]
    assert (found.body, found.disclosure) == ("はじめ", "off-record")


def test_adding_a_note_off_the_record_can_be_taken_back(field: Settings) -> None:
    add_note(field, "chiba-1", "x", P(disclosure="off-record"))
    undo(field)
    assert notes(field) == {}


def test_a_visit_and_its_city_go_together_and_come_again(study: Settings) -> None:
    add_visits(study, ["千葉市", "姫路市"], VisitFields(interviewers=("佐藤",)))
    undo(study)
    with reading(study.study().database) as connection:
        assert queries.cities(connection) == ()
        assert queries.visits(connection) == ()
        assert len(queries.cities(connection, deleted=True)) == 2
    assert [v.handle for v in add_visits(study, ["千葉市"], VisitFields())] == ["chiba-2"]
