"""The guides of a visit follow their files until it keeps them; then versions line up."""

import hashlib
import sqlite3
from collections.abc import Callable
from contextlib import closing
from pathlib import Path

import pytest

from actions.own_guide import FIRST, MOVED, SECOND, asked, kept, reworded, states, write
from fieldvisit.actions.compare import Choice, compare
from fieldvisit.actions.coverage import ask_questions, coverage, prepare
from fieldvisit.actions.plan_visits import add_visits, edit_visit
from fieldvisit.actions.set_marks import set_marks
from fieldvisit.actions.undo import undo
from fieldvisit.actions.write_note import add_note
from fieldvisit.doors import inputs
from fieldvisit.errors import BadGuide, NotFound, Refused
from fieldvisit.fieldwork.guide import Address
from fieldvisit.settings import Settings
from fieldvisit.study.fields import NoteFields, VisitFields
from fieldvisit.study.view import viewing

P = NoteFields


@pytest.mark.parametrize(
    "event",
    [
        lambda given: add_note(given, "chiba-1", "x", P()),
        lambda given: [add_note(given, "chiba-1", "x", P()), undo(given)],
        lambda given: add_note(given, "chiba-1", "x", P(kind="remark", disclosure="off-record")),
        lambda given: set_marks(given, "chiba-1", ["staff"], "not-asked"),
        lambda given: edit_visit(given, "chiba-1", VisitFields(sent="2019-10-01")),
    ],
)
def test_the_first_note_or_mark_or_the_sending_fixes_the_guide(
    own: Settings, event: Callable[[Settings], object]
) -> None:
    event(own)
    assert (kept(own, "chiba-1"), kept(own, "himeji-1")) == (True, False)
    write(own, reworded())
    assert asked(own, "chiba-1") == ["How many?", "What pay?"]
    assert asked(own, "himeji-1") == ["How many exactly?", "What pay?"]


@pytest.mark.parametrize(
    "event",
    [
        lambda given: add_note(given, "千葉市", "x", P(kind="desk")),
        lambda given: edit_visit(given, "chiba-1", VisitFields(status="held", place="市役所")),
        lambda given: edit_visit(given, "chiba-1", VisitFields(), refresh_guide=True),
        lambda given: add_visits(given, ["大津市"], VisitFields(sent="2019-10-01")),
    ],
)
def test_other_events_do_not(own: Settings, event: Callable[[Settings], object]) -> None:
    event(own)
    assert not kept(own, "chiba-1")
    with viewing(own, "all") as view:
        assert all(visit.keeps_its_guides == bool(visit.sent) for visit in view.visits)


def test_a_visit_may_take_the_guides_as_they_stand_now(own: Settings) -> None:
    add_note(own, "chiba-1", "x", P(place="staff/number"))
    write(own, reworded())
    edit_visit(own, "chiba-1", VisitFields(), refresh_guide=True)
    assert asked(own, "chiba-1") == ["How many exactly?", "What pay?"]
    write(own, FIRST)
    assert asked(own, "chiba-1") == ["How many exactly?", "What pay?"]


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


def test_renamed_questions_line_up_between_visits(own: Settings) -> None:
    add_note(own, "chiba-1", "42人", P(place="staff/number"))
    set_marks(own, "chiba-1", ["staff/pay"], "declined")
    write(own, SECOND)
    add_note(own, "himeji-1", "30人", P(place="people/headcount"))
    assert states(own, "chiba-1") == {"people/headcount": "answered", "people/pay": "declined"}
    assert states(own, "himeji-1") == {"people/headcount": "answered", "people/pay": "open"}
    for typed in ("people", "staff", "Staff", "職員"):
        (topic,) = compare(own, Choice(topics=(typed,)), "group")[0].topics
        assert (topic.topic.key, topic.topic.title.en) == ("people", "People")
        for city, body in zip(topic.cities, ("42人", "30人"), strict=True):
            found = [(c.question and c.question.key, [n.body for n in c.notes]) for c in city.cells]
            assert found == [("headcount", [body]), ("pay", [])]


def sent_ahead(given: Settings) -> set[str]:
    (found,), _held = prepare(given, ["chiba-1"], "group")
    return {one.key for topic in found.coverage.topics for one in topic.topic.questions if one.send}


def test_what_was_decided_for_a_question_holds_under_its_later_name(own: Settings) -> None:
    ask_questions(own, "chiba-1", {"staff/number": "skip", "staff/pay": "send"})
    edit_visit(own, "chiba-1", VisitFields(sent="2019-10-01"))
    write(own, MOVED.replace("question: number", "question: headcount\n        was: [number]"))
    (found,), _held = prepare(own, ["chiba-1"], "group")
    assert found.left_out == {Address("staff", "headcount")}
    assert states(own, "chiba-1")["staff/headcount"] == "not-asked"
    set_marks(own, "chiba-1", ["staff/number"], "declined")
    assert states(own, "chiba-1")["staff/headcount"] == "declined"
    edit_visit(own, "chiba-1", VisitFields(), refresh_guide=True)
    assert sent_ahead(own) == {"money"}
    visit, _new = ask_questions(own, "chiba-1", {"staff/headcount": "ask"})
    assert [(str(one.address), one.choice) for one in visit.questions] == [
        ("staff/number", "ask"), ("staff/pay", "send"),
    ]  # fmt: skip


def test_a_choice_is_of_the_question_under_its_whole_name_alone(own: Settings) -> None:
    other = "      - question: pay\n        ask: {ja: 支払は。, en: Whom do you pay?}\n"
    write(own, MOVED + other)
    ask_questions(own, "chiba-1", {"rest/pay": "send"})
    assert sent_ahead(own) == {"pay"}


def test_a_question_that_moved_lines_up_too(own: Settings) -> None:
    add_note(own, "chiba-1", "月額", P(place="staff/pay"))
    set_marks(own, "himeji-1", ["staff/pay"], "declined")
    write(own, MOVED)
    for visit, state in (("chiba-1", "answered"), ("himeji-1", "declined")):
        assert states(own, visit) == {"staff/number": "open", "rest/money": state}
    rest = next(t for t in compare(own, Choice(), "group")[0].topics if t.topic.key == "rest")
    found = [[cell.standing.state for cell in city.cells] for city in rest.cities]
    assert found == [["answered"], ["declined"]]


@pytest.mark.parametrize("damage", [None, "guide: [", "", "guide: own\n", "\ud800"])
def test_a_file_that_is_gone_or_broken_does_not_hide_what_visits_keep(
    own: Settings, damage: str | None
) -> None:
    add_note(own, "chiba-1", "42人", P(place="staff/number"))
    set_marks(own, "himeji-1", ["staff"], "declined")
    whole = compare(own, Choice(cities=("千葉市",)), "group")[0]
    spoil(own, damage)
    assert states(own, "chiba-1") == {"staff/number": "answered", "staff/pay": "open"}
    assert compare(own, Choice(cities=("千葉市",)), "group")[0] == whole
    for place in ("staff", "staff/number", "1", "1/1", "職員"):
        add_note(own, "chiba-1", "x", P(place=place))
    undo(own)


@pytest.mark.parametrize(("damage", "error"), [(None, NotFound), ("guide: [", BadGuide)])
def test_a_visit_that_follows_a_file_that_is_gone_or_broken_says_so(
    own: Settings, damage: str | None, error: type[Refused]
) -> None:
    spoil(own, damage)
    with pytest.raises(error, match="own"):
        coverage(own, ["chiba-1"], "all")
    with pytest.raises(error, match="own"):
        add_note(own, "chiba-1", "x", P())


def spoil(given: Settings, damage: str | None) -> None:
    path = given.study().guides / "own.yaml"
    if damage is None:
        path.unlink()
    else:
        path.write_bytes(damage.encode("utf-8", "surrogatepass"))


@pytest.mark.parametrize("ending", ["\n", "\r\n"])
def test_a_guide_is_kept_byte_for_byte_as_it_was_read_though_it_is_edited_meanwhile(
    own: Settings, monkeypatch: pytest.MonkeyPatch, ending: str
) -> None:
    text = FIRST.replace("\n", ending)
    write(own, text)

    def read_and_edit(path: Path, largest: int) -> bytes:
        data = path.read_bytes()[: largest + 1]
        if path.name == "own.yaml":
            write(own, reworded(data.decode()) + "# again\n")
        return data

    monkeypatch.setattr(inputs, "read", read_and_edit)
    add_note(own, "chiba-1", "x", P())
    with closing(sqlite3.connect(own.study().database)) as connection:
        ((sha256, yaml, json),) = connection.execute(
            "SELECT sha256, yaml, json FROM guide_snapshot WHERE slug = 'own'"
        )
    assert (yaml, hashlib.sha256(yaml.encode()).hexdigest()) == (text, sha256)
    assert "How many exactly?" not in json


def test_the_folder_of_guides_may_be_gone(own: Settings, tmp_path: Path) -> None:
    add_note(own, "chiba-1", "x", P())
    own.study().guides.rename(tmp_path / "elsewhere")
    assert asked(own, "chiba-1") == ["How many?", "What pay?"]
