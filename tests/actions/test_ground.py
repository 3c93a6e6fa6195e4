"""Nothing that stands may rest on what does not, whatever is brought back or taken away."""

import pytest

from fieldvisit.actions.compare import Choice, compare
from fieldvisit.actions.edit_study import add_study_group
from fieldvisit.actions.plan_visits import add_visits, edit_visit
from fieldvisit.actions.show import note, notes
from fieldvisit.actions.undo import undo
from fieldvisit.actions.write_note import add_note, delete_note, edit_note, restore_note
from fieldvisit.errors import Refused, StillInUse
from fieldvisit.fieldwork.visit import Visit
from fieldvisit.settings import Settings
from fieldvisit.storage import queries
from fieldvisit.storage.connection import reading
from fieldvisit.study.fields import NoteFields, NoteFilter, VisitFields

P = NoteFields


def visit_of(given: Settings, handle: str) -> Visit:
    with reading(given.study().database) as connection:
        return next(v for v in queries.visits(connection) if v.handle == handle)


def assert_readable(given: Settings) -> None:
    notes(given, NoteFilter(), "all")
    compare(given, Choice(), "all")


def test_a_note_does_not_come_back_without_its_city(study: Settings) -> None:
    found = add_note(study, "千葉市", "計画がある", P(kind="desk", place="ai-rpa"))
    undo(study)
    assert note(study, found.handle, "all")[0].deleted
    with pytest.raises(StillInUse, match=found.handle):
        restore_note(study, found.handle)
    assert_readable(study)


def test_a_note_does_not_come_back_for_a_group_that_is_gone(field: Settings) -> None:
    add_study_group(field, "WG", "A")
    found = add_note(field, "chiba-1", "話", P(only_for=("WG",)))
    delete_note(field, found.handle)
    undo_change(field, "study-group add")
    with pytest.raises(StillInUse, match=found.handle):
        restore_note(field, found.handle)


def undo_change(given: Settings, command: str) -> None:
    with reading(given.study().database) as connection:
        change = next(c for c in queries.changes(connection) if c.command == command)
    undo(given, change.id)


def test_a_speaker_who_has_left_the_visit_does_not_come_back(field: Settings) -> None:
    found = add_note(field, "chiba-1", "話", P(said_by="山田太郎"))
    delete_note(field, found.handle)
    deleted = change_of(field)
    edit_visit(field, "chiba-1", VisitFields(leaving=("山田太郎",)))
    with pytest.raises(StillInUse, match=found.handle):
        restore_note(field, found.handle)
    with pytest.raises(StillInUse, match=found.handle):
        undo(field, deleted)
    assert_readable(field)


def change_of(given: Settings) -> str:
    with reading(given.study().database) as connection:
        return queries.changes(connection)[0].id


def test_sending_that_is_taken_back_lets_the_visit_follow_its_guides_again(
    field: Settings,
) -> None:
    edit_visit(field, "chiba-1", VisitFields(sent="2019-10-01"))
    assert visit_of(field, "chiba-1").keeps_its_guides
    undo(field)
    assert not visit_of(field, "chiba-1").keeps_its_guides
    edit_visit(field, "chiba-1", VisitFields(sent="2019-10-01"))
    sent = change_of(field)
    add_note(field, "chiba-1", "話", P(place="hiring"))
    undo(field, sent)
    assert visit_of(field, "chiba-1").keeps_its_guides


def test_a_guide_with_notes_stays_when_its_adding_is_taken_back(field: Settings) -> None:
    edit_visit(field, "chiba-1", VisitFields(guides=("it-workforce", "exchange-of-views")))
    added = change_of(field)
    add_note(field, "chiba-1", "話", P(place="themes"))
    undo(field, added)
    slugs = [guide.slug for guide in visit_of(field, "chiba-1").guides]
    assert slugs == ["it-workforce", "exchange-of-views"]


def test_the_citys_own_notes_are_desk_research_or_remarks(study: Settings) -> None:
    found = add_note(study, "千葉市", "計画", P(kind="desk", place="ai-rpa"))
    with pytest.raises(Refused, match="city itself"):
        edit_note(study, found.handle, None, P(kind="statement"))
    assert edit_note(study, found.handle, None, P(kind="remark")).kind == "remark"


def test_tags_and_groups_are_taken_away_by_one_empty_word(field: Settings) -> None:
    add_study_group(field, "WG", "A")
    found = add_note(field, "chiba-1", "話", P(tags=("計画",), only_for=("WG",)))
    cleared = edit_note(field, found.handle, None, P(tags=("",), only_for=("",)))
    assert (cleared.tags, cleared.only_for) == ((), ())
    with pytest.raises(Refused):
        add_note(field, "chiba-1", "話", P(tags=("",)))


def test_people_of_two_visits_are_told_apart(study: Settings) -> None:
    add_visits(study, ["千葉市"], VisitFields(respondents=("人事課//田中",)))
    add_note(study, "chiba-1", "話", P(said_by="田中"))
    with pytest.raises(StillInUse):
        edit_visit(study, "chiba-1", VisitFields(leaving=("田中",)))
