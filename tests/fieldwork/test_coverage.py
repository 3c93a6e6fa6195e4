"""How a visit stands, under the addresses of today."""

import pytest
from hypothesis import given
from hypothesis import strategies as st

from fieldvisit.fieldwork.city import City
from fieldvisit.fieldwork.coverage import CoverageInputs, VisitCoverage, cover, readable
from fieldvisit.fieldwork.crosswalk import Crosswalk
from fieldvisit.fieldwork.guide import Address, Guide, Question, Topic, Words
from fieldvisit.fieldwork.note import Note
from fieldvisit.fieldwork.states import Counts, Mark, Standing
from fieldvisit.fieldwork.terms import MARKS
from fieldvisit.fieldwork.visit import Visit

CITY = City("121002", "千葉県", "千葉市", "ちばし", "chiba")
VISIT = Visit("v", "chiba-1", "121002")


def question(key: str, *was: str, classes: tuple[str, ...] = ()) -> Question:
    return Question(key, 1, Words(key), was=was, classes=classes)


def topic(key: str, *questions: Question, was: tuple[str, ...] = ()) -> Topic:
    return Topic(key, 1, Words(key), was=was, questions=questions)


def guide(*topics: Topic) -> Guide:
    return Guide("g", "1", Words("g"), topics=topics)


def note(*places: str, kind: str = "quote") -> Note:
    addresses = tuple(Address.read(place) for place in places)
    return Note("n", "h", "121002", "v", kind, "x", "public", "t", addresses)


def mark(place: str, state: str) -> Mark:
    return Mark("v", Address.read(place), state, "理由", "2019-11-01")


def covered(
    own: Guide,
    notes: tuple[Note, ...] = (),
    marks: tuple[Mark, ...] = (),
    others: tuple[Guide, ...] = (),
    audience: str = "all",
) -> VisitCoverage:
    inputs = CoverageInputs(VISIT, CITY, (own,), frozenset({"core-city"}), notes, marks)
    return cover(inputs, Crosswalk([*others, own]), audience)


def shape(found: VisitCoverage) -> dict[str, str]:
    return {str(standing.address): standing.state for standing in found.questions}


def test_every_question_of_the_guides_has_a_state() -> None:
    own = guide(
        topic("a", question("x"), question("y"), question("z", classes=("town",))),
        topic("b", question("x")),
    )
    found = covered(own, (note("a/x"), note("b", kind="desk")), (mark("a/y", "to-follow"),))
    assert shape(found) == {
        "a/x": "answered",
        "a/y": "to-follow",
        "a/z": "out-of-scope",
        "b/x": "open",
    }
    assert found.counts == Counts(answered=1, asked=3, to_follow=1, open=1)
    assert [(t.topic.key, t.state, t.own.state) for t in found.topics] == [
        ("a", "answered", "open"),
        ("b", "open", "desk-only"),
    ]
    second = found.topic("b")
    assert second
    assert second.counts == Counts(asked=1, open=1)
    assert found.topic("zzz") is None


def test_a_topic_without_questions_stands_by_itself() -> None:
    own = guide(topic("other"))
    assert covered(own).topics[0].state == "open"
    assert covered(own, (note("other"),)).topics[0].state == "answered"
    assert covered(own, marks=(mark("other", "not-asked"),)).topics[0].state == "not-asked"


def test_what_was_answered_outside_the_guides_of_the_visit_counts_there() -> None:
    own, others = guide(topic("a", question("x"))), guide(topic("b", question("y"), question("z")))
    notes = (note("b/y"), note("a/x", "b/z", kind="remark"))
    found = covered(own, notes, others=(others,))
    assert shape(found) == {"a/x": "open", "b/y": "answered"}
    assert [(t.topic.key, t.state) for t in found.topics] == [("a", "open"), ("b", "answered")]
    assert found.counts == Counts(answered=1, asked=2, open=1)
    as_such = covered(own, (note("b"),), others=(others,)).topics[1]
    assert (as_such.state, as_such.questions) == ("answered", ())


def test_an_old_visit_stands_under_the_new_names() -> None:
    old = guide(topic("a", question("x"), question("kept")))
    new = guide(topic("b", question("y", "a/x"), question("kept"), was=("a",)))
    found = covered(old, (note("a/x"),), (mark("a/kept", "declined"),), (new,))
    assert shape(found) == {"b/y": "answered", "b/kept": "declined"}
    assert [t.topic.key for t in found.topics] == ["b"]


@pytest.mark.parametrize("known", [True, False])
def test_a_question_that_moved_to_another_topic_is_not_lost(known: bool) -> None:
    other = (topic("b", question("z")),) if known else ()
    old = guide(topic("a", question("x"), question("w")), *other)
    new = guide(topic("a", question("w")), topic("b", question("z"), question("y", "a/x")))
    found = covered(old, (note("a/x"),), (), (new,))
    assert shape(found) == {"a/w": "open"} | ({"b/z": "open"} if known else {}) | {
        "b/y": "answered"
    }
    assert [(t.topic.key, t.state) for t in found.topics] == [("a", "open"), ("b", "answered")]


def test_two_questions_that_became_one_stand_as_one() -> None:
    old = guide(topic("a", question("x")), topic("b", question("y")))
    new = guide(topic("a", question("z", "a/x", "b/y")), topic("b"))
    found = covered(old, (note("b/y"),), (), (new,))
    assert shape(found) == {"a/z": "answered"}
    assert found.counts == Counts(answered=1, asked=1)


def test_a_question_that_the_visit_did_not_have_is_not_asked_of_it() -> None:
    old, new = guide(topic("a", question("x"))), guide(topic("a", question("x"), question("y")))
    assert shape(covered(old, others=(new,))) == {"a/x": "open"}


def test_the_newer_of_two_marks_that_meet_on_one_question_stands() -> None:
    old = guide(topic("a", question("x")))
    new = guide(topic("a", question("y", "a/x")))
    marks = (mark("a/x", "not-asked"), mark("a/y", "declined"))
    assert shape(covered(old, marks=marks, others=(new,))) == {"a/y": "declined"}


@given(st.lists(st.sampled_from(sorted(set(MARKS) - {"clear"})), min_size=3, max_size=3))
def test_the_public_cannot_tell_confidential_states_apart(states: list[str]) -> None:
    hidden = {"withheld", "declined", "not-asked", "no-answer", "open"}
    own = guide(topic("a", *(question(key) for key in "xyz")))
    marks = tuple(mark(f"a/{key}", state) for key, state in zip("xyz", states, strict=True))
    for_all, for_public = covered(own, (), marks), covered(own, (), marks, audience="public")
    for full, seen in zip(for_all.questions, for_public.questions, strict=True):
        assert seen.state == ("not-stated" if full.state in hidden else full.state)
        assert seen.reason == ""
        assert (full.reason, seen.due) == ("理由", "2019-11-01")
    assert for_public.counts.open == sum(state in hidden for state in states)


def test_a_reason_is_for_the_group() -> None:
    found = Standing(Address("a"), "to-follow", reason="担当者が不在")
    assert readable(found, "group") == found
    assert readable(found, "public").reason == ""
