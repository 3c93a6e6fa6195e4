"""What stands in a study after changes: its notes, its marks, its last change."""

import pytest

from fieldvisit.actions.cities import add_city
from fieldvisit.actions.combine_notes import (
    clear_conflict,
    combine_notes,
    notes_together,
    set_conflict,
)
from fieldvisit.actions.make_study import add_study_group, edit_study
from fieldvisit.actions.materials import add_material
from fieldvisit.actions.plan_visits import add_visits, edit_visit, remove_visit
from fieldvisit.actions.set_marks import set_marks
from fieldvisit.actions.show import changes
from fieldvisit.actions.undo import undo
from fieldvisit.actions.write_note import add_note, delete_note, edit_note, restore_note
from fieldvisit.errors import Ambiguous, Conflict, NotFound, Refused, StillInUse
from fieldvisit.fieldwork.city import City, CityAttribute
from fieldvisit.fieldwork.note import Note
from fieldvisit.fieldwork.states import Mark
from fieldvisit.fieldwork.visit import Material
from fieldvisit.settings import Settings
from fieldvisit.storage import gate, queries
from fieldvisit.storage.connection import reading
from fieldvisit.study.fields import NoteFields, VisitFields
from fieldvisit.study.view import viewing


def notes(given: Settings) -> dict[str, Note]:
    with reading(given.study().database) as connection:
        return {note.id: note for note in gate.notes(connection, "all")}


def marks(given: Settings) -> tuple[Mark, ...]:
    with reading(given.study().database) as connection:
        return queries.marks(connection)


def last(given: Settings) -> str:
    return changes(given)[0][0].id


P = NoteFields


def test_an_edit_is_taken_back_whole(field: Settings) -> None:
    note = add_note(field, "chiba-1", "前", P(place="hiring", tags=("a",), said_by="山田太郎"))
    before = notes(field)[note.id]
    edit_note(field, note.handle, "後", P(place="security", tags=("b",), said_by=""))
    undone = undo(field).changes[0]
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
    assert undo(field, named[-8:]).changes[0].id == named
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


def test_a_text_comes_back_though_its_note_stays_off_the_record(field: Settings) -> None:
    note = add_note(field, "chiba-1", "はじめ", P(disclosure="public"))
    edit_note(field, note.handle, "あと", P(disclosure="off-record"))
    assert undo(field).still_closed == (note.handle,)
    found = notes(field)[note.id]
    assert (found.body, found.disclosure) == ("はじめ", "off-record")


def test_a_visit_and_its_city_go_together_and_come_again(study: Settings) -> None:
    add_visits(study, ["千葉市", "姫路市"], VisitFields(interviewers=("佐藤",)))
    undo(study)
    with reading(study.study().database) as connection:
        assert queries.cities(connection) == ()
        assert queries.visits(connection) == ()
        assert len(queries.cities(connection, deleted=True)) == 2
    assert [v.handle for v in add_visits(study, ["千葉市"], VisitFields())] == ["chiba-2"]


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
    assert undo(study, plan).changes[0].command == "visit add"


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
    assert undo(field).still_closed == (note.handle,)
    assert notes(field)[note.id].disclosure == "off-record"
    edit_note(field, note.handle, None, P(disclosure="public"), reason="先方の了解")
    undo(field)
    assert notes(field)[note.id].disclosure == "off-record"


def test_a_material_on_which_a_note_rests_is_not_taken_back(field: Settings) -> None:
    label = add_material(field, "chiba-1", Material("", 0, "資料"), None).label
    added = last(field)
    note = add_note(field, "chiba-1", "x", P(material=label))
    with pytest.raises(StillInUse, match=note.handle):
        undo(field, added)
    delete_note(field, note.handle)
    undo(field, added)
    with pytest.raises(StillInUse):
        restore_note(field, note.handle)


def reasons(given: Settings, audience: str) -> list[str]:
    with viewing(given, audience) as view:
        return [conflict.why for conflict in view.conflicts]


def test_combined_notes_keep_every_reason_of_their_conflicts(field: Settings) -> None:
    first, second = (add_note(field, "chiba-1", body, P()) for body in "ab")
    other = add_note(field, "himeji-1", "c", P())
    set_conflict(field, first.handle, other.handle, "数が違う")
    set_conflict(field, second.handle, other.handle, "日が違う")
    found = notes_together(field, [first.handle, second.handle])
    combine_notes(field, found.notes, found.text)
    assert reasons(field, "group") == ["数が違う / 日が違う"]


def test_what_was_said_of_a_conflict_off_the_record_stays_so(
    field: Settings,
) -> None:
    first = add_note(field, "chiba-1", "a", P())
    secret = add_note(field, "chiba-1", "b", P(disclosure="off-record"))
    other = add_note(field, "himeji-1", "c", P())
    set_conflict(field, secret.handle, other.handle, "内密")
    edit_note(field, secret.handle, None, P(disclosure="confirm"), "許可あり")
    assert reasons(field, "group") == []
    clear_conflict(field, secret.handle, other.handle)
    undo(field)
    assert (reasons(field, "group"), reasons(field, "all")) == ([], ["内密"])
    found = notes_together(field, [first.handle, secret.handle])
    combine_notes(field, found.notes, found.text)
    assert reasons(field, "group") == []
