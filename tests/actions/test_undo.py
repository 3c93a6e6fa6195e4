"""What stands in a study after changes: its notes, its marks, its last change."""

from collections.abc import Callable
from typing import Any

import pytest

from fieldvisit.actions.cities import add_city, set_fact
from fieldvisit.actions.combine_notes import (
    clear_conflict,
    combine_notes,
    set_conflict,
)
from fieldvisit.actions.make_study import add_study_group, edit_study
from fieldvisit.actions.materials import add_material
from fieldvisit.actions.plan_visits import add_visits, edit_visit, remove_visit
from fieldvisit.actions.set_marks import set_marks
from fieldvisit.actions.show import changes
from fieldvisit.actions.summaries import set_summary
from fieldvisit.actions.undo import undo
from fieldvisit.actions.write_note import add_note, delete_note, edit_note, restore_note
from fieldvisit.errors import Ambiguous, Conflict, NotFound, Refused, StillInUse
from fieldvisit.fieldwork.city import City, CityAttribute, CityFact
from fieldvisit.fieldwork.note import Note
from fieldvisit.fieldwork.visit import Material
from fieldvisit.settings import Settings
from fieldvisit.storage import gate, queries
from fieldvisit.storage.connection import reading
from fieldvisit.study.fields import NoteFields, VisitFields
from fieldvisit.study.view import viewing
from returned_sheets import marks


def notes(given: Settings) -> dict[str, Note]:
    with reading(given.study().database) as connection:
        return {note.id: note for note in gate.notes(connection, "all")}


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


def test_neither_an_undo_nor_what_it_took_back_nor_the_beginning_is_undone(
    field: Settings,
) -> None:
    note = add_note(field, "chiba-1", "x", P())
    undo(field)
    assert notes(field) == {}
    log, _handles = changes(field)
    assert [(c.command, bool(c.undone_by), bool(c.undoes)) for c in log[:2]] == [
        ("undo", False, True),
        ("note add", True, False),
    ]
    assert (log[1].undone_by, log[0].undoes) == (log[0].id, log[1].id)
    never = [change.id for change in log if change.command in ("init", "keep guides")]
    assert len(never) >= 2
    for which in (log[0].id, log[1].id, *never):
        with pytest.raises(Refused, match="cannot be taken back"):
            undo(field, which)
    assert restore_note(field, note.handle).body == "x"


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


def keeping(given: Settings) -> list[bool]:
    with reading(given.study().database) as connection:
        return [visit.keeps_its_guides for visit in queries.visits(connection)]


def test_guides_that_a_note_fixed_stay_fixed_when_an_older_change_is_taken_back(
    field: Settings,
) -> None:
    edit_visit(field, "chiba-1", VisitFields(place="市役所"))
    placed = last(field)
    edit_visit(field, "himeji-1", VisitFields(sent="2019-10-01"))
    undo(field)
    assert not any(keeping(field))
    edit_visit(field, "himeji-1", VisitFields(sent="2019-10-01"))
    assert keeping(field) == [False, True]
    sent = last(field)
    for handle in ("chiba-1", "himeji-1"):
        add_note(field, handle, "x", P())
    for change in (placed, sent):
        undo(field, change)
    with reading(field.study().database) as connection:
        for visit in queries.visits(connection):
            assert (visit.place, visit.sent, visit.keeps_its_guides) == ("", "", True)


def test_a_visit_and_its_city_go_together_and_come_again(study: Settings) -> None:
    add_visits(study, ["千葉市", "姫路市"], VisitFields(interviewers=("佐藤",)))
    undo(study)
    with reading(study.study().database) as connection:
        assert queries.cities(connection) == ()
        assert queries.visits(connection) == ()
        assert len(queries.cities(connection, deleted=True)) == 2
    assert [v.handle for v in add_visits(study, ["千葉市"], VisitFields())] == ["chiba-2"]
    found = add_note(study, "大津市", "計画がある", P(kind="desk", place="ai-rpa"))
    undo(study)
    with pytest.raises(StillInUse, match=found.handle):
        restore_note(study, found.handle)


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
    set_marks(field, "chiba-1", ["hiring", "security"], "declined")
    both = last(field)
    set_marks(field, "chiba-1", ["security"], "no-answer")
    with pytest.raises(Conflict):
        undo(field, both)
    assert [mark.state for mark in marks(field)] == ["declined", "no-answer"]


Does = Callable[[Settings], object]


def says(visit: str, **more: Any) -> Does:
    return lambda given: add_note(given, visit, "x", P(**more))


def groups(*names: str) -> Does:
    return lambda given: edit_visit(given, "chiba-1", VisitFields(study_groups=names))


def group(given: Settings) -> None:
    add_study_group(given, "WG", "A")


def visit(given: Settings) -> None:
    add_visits(given, ["大津市"], VisitFields(sent="2019-10-01"))


def person(given: Settings) -> None:
    edit_visit(given, "chiba-1", VisitFields(respondents=("総務部/部長/高橋",)))


def document(given: Settings) -> None:
    add_material(given, "chiba-1", Material("", 0, "資料"), None)


def city(given: Settings) -> None:
    fuchu = City("13206", "東京都", "府中市", "ふちゅうし", "fuchu",
                 attributes=(CityAttribute("ordinary-city"),))  # fmt: skip
    add_city(given, fuchu)


def visit_there(given: Settings) -> None:
    add_visits(given, ["府中市"], VisitFields())


@pytest.mark.parametrize(
    ("made", "used"),
    [
        (visit, says("otsu-1")), (says("大津市", kind="desk"), visit),
        (lambda given: add_visits(given, ["大津市"], VisitFields()), says("otsu-1")),
        (city, visit_there), (person, says("chiba-1", said_by="高橋")),
        (document, says("chiba-1", material=1)), (group, says("himeji-1", only_for=("WG",))),
        (group, groups("WG")),
        (group, lambda given: edit_study(given, {}, {"study_groups": ["WG"]})),
        (lambda given: set_fact(given, "大津市", CityFact("", "人口", "1", "2019", "a")),
         lambda given: set_fact(given, "大津市", CityFact("", "面積", "1", "2019", "a"))),
        (says("大津市", kind="desk", disclosure="public", place="hiring"),
         lambda given: set_summary(given, "hiring", "文", city="大津市")),
    ],
)  # fmt: skip
def test_what_is_in_use_is_not_taken_back(field: Settings, made: Does, used: Does) -> None:
    edit_visit(field, "chiba-1", VisitFields(sent="2019-10-01"))
    made(field)
    change = last(field)
    used(field)
    with pytest.raises(StillInUse):
        undo(field, change)
    undo(field)
    assert undo(field, change).changes[0].id == change


def drop(given: Settings) -> None:
    (note,) = notes(given).values()
    delete_note(given, note.handle)


def another_group(given: Settings) -> None:
    add_study_group(given, "W2", "B")
    groups("W2")(given)


@pytest.mark.parametrize(
    ("made", "used", "dropped"),
    [
        (group, says("chiba-1", only_for=("WG",)), drop), (group, groups("WG"), another_group),
        (person, says("chiba-1", said_by="高橋"), drop), (visit, says("otsu-1"), drop),
        (document, says("chiba-1", material=1), drop),
        (city, visit_there, lambda given: remove_visit(given, "fuchu-1")),
    ],
)  # fmt: skip
def test_nothing_comes_back_without_what_it_needs(
    field: Settings, made: Does, used: Does, dropped: Does
) -> None:
    edit_visit(field, "chiba-1", VisitFields(sent="2019-10-01"))
    made(field)
    change = last(field)
    used(field)
    dropped(field)
    gone = last(field)
    undo(field, change)
    with pytest.raises(StillInUse):
        undo(field, gone)
    with reading(field.study().database) as connection:
        found = gate.notes(connection, "all", gate.NotesAsked(deleted=True))
    for note in found:
        with pytest.raises(StillInUse, match=note.handle):
            restore_note(field, note.handle)


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


def test_an_undo_does_not_open_what_is_off_the_record(field: Settings) -> None:
    note = add_note(field, "chiba-1", "x", P(disclosure="public"))
    edit_note(field, note.handle, "y", P(disclosure="off-record"))
    assert undo(field).still_closed == (note.handle,)
    assert (notes(field)[note.id].body, notes(field)[note.id].disclosure) == ("x", "off-record")
    edit_note(field, note.handle, None, P(disclosure="public"), reason="先方の了解")
    undo(field)
    assert notes(field)[note.id].disclosure == "off-record"
    edit_note(field, note.handle, None, P(disclosure="public"), reason="先方の了解")
    edit_note(field, note.handle, None, P(disclosure="off-record"))
    assert undo(field).still_closed == (note.handle,)
    assert notes(field)[note.id].disclosure == "off-record"
    edit_note(field, note.handle, None, P(disclosure="public"), reason="先方の了解")
    undo(field)
    assert notes(field)[note.id].disclosure == "off-record"


def reasons(given: Settings, audience: str) -> list[str]:
    with viewing(given, audience) as view:
        return [conflict.why for conflict in view.conflicts]


def test_a_note_that_contradicts_another_stays_or_takes_others_in(field: Settings) -> None:
    first, second = (add_note(field, "chiba-1", body, P()) for body in "ab")
    other = add_note(field, "himeji-1", "c", P())
    set_conflict(field, second.handle, other.handle, "日が違う")
    with pytest.raises(Refused, match="contradicted by"):
        combine_notes(field, [first.handle, second.handle])
    combine_notes(field, [second.handle, first.handle])
    assert reasons(field, "group") == ["日が違う"]


def test_what_was_said_of_a_conflict_off_the_record_stays_so(
    field: Settings,
) -> None:
    secret = add_note(field, "chiba-1", "b", P(disclosure="off-record"))
    other = add_note(field, "himeji-1", "c", P())
    set_conflict(field, secret.handle, other.handle, "内密")
    edit_note(field, secret.handle, None, P(disclosure="confirm"), "許可あり")
    assert reasons(field, "group") == []
    clear_conflict(field, secret.handle, other.handle)
    undo(field)
    assert (reasons(field, "group"), reasons(field, "all")) == ([], ["内密"])
