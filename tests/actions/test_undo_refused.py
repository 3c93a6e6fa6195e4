"""What later changes built on is not taken back."""

import pytest

from actions.changed import last, marks, notes
from fieldvisit.actions.cities import add_city
from fieldvisit.actions.edit_study import add_study_group, edit_study
from fieldvisit.actions.plan_visits import add_visits, edit_visit, remove_visit
from fieldvisit.actions.set_marks import set_marks
from fieldvisit.actions.undo import undo
from fieldvisit.actions.write_note import add_note, delete_note, edit_note, restore_note
from fieldvisit.errors import Conflict, Refused, StillInUse
from fieldvisit.fieldwork.city import City, CityAttribute
from fieldvisit.settings import Settings
from fieldvisit.study.fields import NoteFields, VisitFields

P = NoteFields


def test_what_a_later_change_touched_is_not_taken_back(field: Settings) -> None:
    note = add_note(field, "chiba-1", "a", P())
    add = last(field)
    edit_note(field, note.handle, "b", P())
    with pytest.raises(Conflict, match="later change"):
        undo(field, add)
    edit_note(field, note.handle, "c", P())
    with pytest.raises(Conflict):
        undo(field, add)
    assert notes(field)[note.id].body == "c"


def test_one_of_two_objects_touched_later_keeps_both(field: Settings) -> None:
    set_marks(field, "chiba-1", ["hiring", "security"], "declined")
    both = last(field)
    set_marks(field, "chiba-1", ["security"], "no-answer")
    with pytest.raises(Conflict):
        undo(field, both)
    assert [mark.state for mark in marks(field)] == ["declined", "no-answer"]


def test_a_visit_in_use_is_not_taken_back(study: Settings) -> None:
    add_visits(study, ["千葉市"], VisitFields())
    plan = last(study)
    add_note(study, "chiba-1", "x", P())
    with pytest.raises(StillInUse):
        undo(study, plan)
    add_visits(study, ["姫路市"], VisitFields(sent="2019-10-01"))
    plan = last(study)
    note = add_note(study, "himeji-1", "x", P())
    with pytest.raises(StillInUse, match=note.handle):
        undo(study, plan)
    delete_note(study, note.handle)
    assert undo(study, plan).change.command == "visit add"


def test_a_city_in_use_is_not_taken_back(field: Settings) -> None:
    add_note(field, "大津市", "x", P(kind="desk"))
    first = last(field)
    add_visits(field, ["大津市"], VisitFields())
    with pytest.raises(StillInUse):
        undo(field, first)
    undo(field)
    undo(field, first)
    assert notes(field) == {}


def test_a_group_in_use_is_not_taken_back(field: Settings) -> None:
    add_study_group(field, "WG", "A")
    added = last(field)
    for use in (
        lambda: edit_study(field, {}, {"study_groups": ["WG"]}),
        lambda: edit_visit(field, "chiba-1", VisitFields(study_groups=("WG",))),
        lambda: add_note(field, "himeji-1", "x", P(only_for=("WG",))),
    ):
        use()
        with pytest.raises(StillInUse):
            undo(field, added)
        undo(field)
    undo(field, added)


def test_nothing_comes_back_to_a_visit_that_was_removed(field: Settings) -> None:
    note = add_note(field, "himeji-1", "x", P())
    set_marks(field, "himeji-1", ["hiring"], "declined")
    set_marks(field, "himeji-1", ["hiring"], "clear")
    cleared = last(field)
    delete_note(field, note.handle)
    deleted = last(field)
    remove_visit(field, "himeji-1")
    removed = last(field)
    for change in (cleared, deleted):
        with pytest.raises(StillInUse):
            undo(field, change)
    with pytest.raises(StillInUse):
        restore_note(field, note.handle)
    undo(field, removed)
    undo(field, cleared)
    assert [mark.state for mark in marks(field)] == ["declined"]
    assert restore_note(field, note.handle).body == "x"


def test_a_visit_does_not_come_back_to_a_city_that_is_gone(study: Settings) -> None:
    fuchu = City("13206", "東京都", "府中市", "ふちゅうし", "fuchu",
                 attributes=(CityAttribute("ordinary-city"),))  # fmt: skip
    add_city(study, fuchu)
    added = last(study)
    add_visits(study, ["府中市"], VisitFields())
    remove_visit(study, "fuchu-1")
    removed = last(study)
    undo(study, added)
    with pytest.raises(StillInUse):
        undo(study, removed)


def test_a_visit_does_not_come_back_for_a_group_that_is_gone(field: Settings) -> None:
    add_study_group(field, "WG", "A")
    added = last(field)
    edit_visit(field, "chiba-1", VisitFields(study_groups=("WG",)))
    add_study_group(field, "W2", "B")
    edit_visit(field, "chiba-1", VisitFields(study_groups=("W2",)))
    changed = last(field)
    undo(field, added)
    with pytest.raises(StillInUse):
        undo(field, changed)


def test_somebody_who_said_something_was_there(field: Settings) -> None:
    edit_visit(field, "chiba-1", VisitFields(sent="2019-10-01"))
    edit_visit(field, "chiba-1", VisitFields(respondents=("総務部/部長/高橋",)))
    joined = last(field)
    note = add_note(field, "chiba-1", "x", P(said_by="高橋"))
    with pytest.raises(StillInUse):
        undo(field, joined)
    edit_note(field, note.handle, None, P(said_by=""))
    undo(field, joined)


def test_an_undo_does_not_open_what_is_off_the_record(field: Settings) -> None:
    note = add_note(field, "chiba-1", "x", P(disclosure="public"))
    edit_note(field, note.handle, None, P(disclosure="off-record"))
    with pytest.raises(Refused, match="off the record"):
        undo(field)
    assert notes(field)[note.id].disclosure == "off-record"
    edit_note(field, note.handle, None, P(disclosure="public"), reason="先方の了解")
    undo(field)
    assert notes(field)[note.id].disclosure == "off-record"
