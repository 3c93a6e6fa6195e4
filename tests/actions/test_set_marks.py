import pytest

from fieldvisit.actions.coverage import coverage, status
from fieldvisit.actions.plan_visits import edit_visit
from fieldvisit.actions.set_marks import set_marks
from fieldvisit.actions.undo import undo
from fieldvisit.actions.write_note import add_note
from fieldvisit.errors import NotFound
from fieldvisit.fieldwork.states import Mark
from fieldvisit.settings import Settings
from fieldvisit.storage import queries
from fieldvisit.storage.connection import reading
from fieldvisit.study.fields import NoteFields, VisitFields


def stored(given: Settings) -> dict[str, Mark]:
    with reading(given.study().database) as connection:
        return {str(mark.address): mark for mark in queries.marks(connection)}


def state(given: Settings, address: str) -> str:
    ((found,), _) = coverage(given, ["chiba-1"], "all")
    return {str(s.address): s.state for s in found.questions}[address]


def test_one_mark_goes_to_each_address_once(field: Settings) -> None:
    made = set_marks(field, "chiba-1", ["4/1", "ai-rpa/status", "other"], "declined", "理由")
    assert [str(mark.address) for mark in made] == ["ai-rpa/status", "other"]
    found = stored(field)
    assert {a: (m.state, m.reason, m.by) for a, m in found.items()} == {
        "ai-rpa/status": ("declined", "理由", "t"),
        "other": ("declined", "理由", "t"),
    }


def test_a_new_mark_takes_the_place_of_the_old(field: Settings) -> None:
    set_marks(field, "chiba-1", ["other"], "to-follow", "担当者不在", "2019-11-01")
    set_marks(field, "chiba-1", ["other"], "not-asked")
    (mark,) = stored(field).values()
    assert (mark.state, mark.reason, mark.due, mark.number) == ("not-asked", "", "", 2)


def test_a_mark_is_cleared_and_may_come_again(field: Settings) -> None:
    set_marks(field, "chiba-1", ["other"], "declined")
    assert set_marks(field, "chiba-1", ["other"], "clear")[0].deleted
    assert stored(field) == {}
    with pytest.raises(NotFound, match="no mark on other"):
        set_marks(field, "chiba-1", ["other"], "clear")
    set_marks(field, "chiba-1", ["other"], "declined")
    assert stored(field)["other"].number == 3


def test_marks_of_two_visits_do_not_meet(field: Settings) -> None:
    set_marks(field, "chiba-1", ["other"], "declined")
    with pytest.raises(NotFound):
        set_marks(field, "himeji-1", ["other"], "clear")
    assert len(stored(field)) == 1


def test_a_topic_and_its_question_have_marks_of_their_own(field: Settings) -> None:
    set_marks(field, "chiba-1", ["ai-rpa"], "not-asked")
    set_marks(field, "chiba-1", ["ai-rpa/effect"], "declined")
    assert (state(field, "ai-rpa/effect"), state(field, "ai-rpa/status")) == (
        "declined", "not-asked",
    )  # fmt: skip
    add_note(field, "chiba-1", "x", NoteFields(place="ai-rpa/effect"))
    assert state(field, "ai-rpa/effect") == "answered"
    set_marks(field, "chiba-1", ["ai-rpa/effect"], "to-follow", "", "2019-11-01")
    assert state(field, "ai-rpa/effect") == "to-follow"
    undo(field)
    assert state(field, "ai-rpa/effect") == "answered"


def test_clearing_does_not_fix_the_guides(field: Settings) -> None:
    with pytest.raises(NotFound):
        set_marks(field, "chiba-1", ["other"], "clear")
    ((found,), _) = coverage(field, ["chiba-1"], "all")
    assert not found.visit.keeps_its_guides


def test_a_topic_that_the_visit_does_not_ask_is_refused(field: Settings) -> None:
    with pytest.raises(NotFound, match="themes") as caught:
        set_marks(field, "chiba-1", ["themes"], "declined")
    assert "1\u00a0hiring" in caught.value.hint
    assert stored(field) == {}


def test_what_is_to_follow_on_a_topic_is_seen_until_it_is_cleared(field: Settings) -> None:
    set_marks(field, "chiba-1", ["other", "hiring"], "to-follow", "", "2019-11-01")
    ((found,), _) = coverage(field, ["chiba-1"], "all")
    assert [str(s.address) for s in found.owed] == ["other"]
    assert found.counts.to_follow == 1 + len(found.topics[0].questions)
    for question in found.topics[0].questions:
        add_note(field, "chiba-1", "答え", NoteFields(place=str(question.address)))
    ((found,), _) = coverage(field, ["chiba-1"], "all")
    assert [str(s.address) for s in found.owed] == ["hiring", "other"]
    follow_up = status(field, "all")[0].follow_up()
    owed = [str(one.standing.address) for one in follow_up if one.standing]
    assert owed == ["hiring", "other"]
    set_marks(field, "chiba-1", ["other", "hiring"], "clear")
    ((found,), _) = coverage(field, ["chiba-1"], "all")
    assert (found.owed, found.counts.to_follow) == ((), 0)


def test_a_renamed_question_has_one_mark(field: Settings) -> None:
    path = field.study().guides / "own.yaml"
    text = (
        'guide: own\nversion: "1"\ntitle: {ja: 表題}\ntopics:\n  - topic: old\n'
        "    title: {ja: 甲}\n    questions:\n      - {question: q, ask: {ja: 問}}\n"
    )
    path.write_text(text, encoding="utf-8")
    edit_visit(field, "chiba-1", VisitFields(guides=("own",)))
    set_marks(field, "chiba-1", ["old/q"], "declined")
    path.write_text(text.replace("topic: old", "topic: new\n    was: [old]"), encoding="utf-8")
    edit_visit(field, "himeji-1", VisitFields(guides=("own",)))
    set_marks(field, "chiba-1", ["new/q"], "not-asked")
    assert [mark.state for mark in stored(field).values()] == ["not-asked"]
    set_marks(field, "chiba-1", ["new/q"], "clear")
    assert stored(field) == {}
