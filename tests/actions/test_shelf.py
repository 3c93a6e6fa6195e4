"""The guides of a visit follow the file, until it keeps what it was asked by."""

from collections.abc import Callable

import pytest

from actions.own_guide import FIRST, asked, kept, reworded, write
from fieldvisit.actions.plan_visits import add_visits, edit_visit
from fieldvisit.actions.set_marks import set_marks
from fieldvisit.actions.undo import undo
from fieldvisit.actions.write_note import add_note
from fieldvisit.settings import Settings
from fieldvisit.study.fields import NoteFields, VisitFields

P = NoteFields


def test_a_visit_follows_the_file_until_something_comes_in(own: Settings) -> None:
    assert asked(own, "chiba-1") == ["How many?", "What pay?"]
    write(own, reworded())
    assert asked(own, "chiba-1") == ["How many exactly?", "What pay?"]
    assert not kept(own, "chiba-1")


@pytest.mark.parametrize(
    "event",
    [
        lambda given: add_note(given, "chiba-1", "x", P()),
        lambda given: add_note(given, "chiba-1", "x", P(kind="remark", disclosure="off-record")),
        lambda given: set_marks(given, "chiba-1", ["staff"], "not-asked"),
        lambda given: edit_visit(given, "chiba-1", VisitFields(sent="2019-10-01")),
    ],
)
def test_the_first_note_or_mark_or_the_sending_fixes_the_guide(
    own: Settings, event: Callable[[Settings], object]
) -> None:
    event(own)
    assert kept(own, "chiba-1")
    write(own, reworded())
    assert asked(own, "chiba-1") == ["How many?", "What pay?"]
    assert asked(own, "himeji-1") == ["How many exactly?", "What pay?"]


@pytest.mark.parametrize(
    "event",
    [
        lambda given: add_note(given, "千葉市", "x", P(kind="desk")),
        lambda given: add_note(given, "himeji-1", "x", P()),
        lambda given: edit_visit(given, "chiba-1", VisitFields(status="held", place="市役所")),
    ],
)
def test_other_events_do_not(own: Settings, event: Callable[[Settings], object]) -> None:
    event(own)
    assert not kept(own, "chiba-1")


def test_a_visit_that_was_sent_its_questions_from_the_start_keeps_them(own: Settings) -> None:
    add_visits(own, ["大津市"], VisitFields(guides=("own",), sent="2019-10-01"))
    assert kept(own, "otsu-1")


def test_undoing_the_first_note_does_not_loosen_the_guides(own: Settings) -> None:
    add_note(own, "chiba-1", "x", P())
    undo(own)
    assert kept(own, "chiba-1")


def test_a_visit_may_take_the_guides_as_they_stand_now(own: Settings) -> None:
    add_note(own, "chiba-1", "x", P(place="staff/number"))
    write(own, reworded())
    edit_visit(own, "chiba-1", VisitFields(), refresh_guide=True)
    assert asked(own, "chiba-1") == ["How many exactly?", "What pay?"]
    write(own, FIRST)
    assert asked(own, "chiba-1") == ["How many exactly?", "What pay?"]
    edit_visit(own, "himeji-1", VisitFields(), refresh_guide=True)
    assert not kept(own, "himeji-1")


def test_a_guide_added_to_a_visit_that_keeps_its_guides_is_kept_too(own: Settings) -> None:
    add_note(own, "chiba-1", "x", P())
    write(own, reworded())
    other = reworded().replace("guide: own", "guide: other").replace("topic: ", "topic: o-")
    path = own.study().guides / "other.yaml"
    path.write_text(other, encoding="utf-8")
    edit_visit(own, "chiba-1", VisitFields(guides=("own", "other")))
    path.write_text(other.replace("exactly", "roughly"), encoding="utf-8")
    words = ["How many?", "What pay?", "How many exactly?", "What pay?"]
    assert asked(own, "chiba-1") == words
    path.unlink()
    assert asked(own, "chiba-1") == words
