"""The states of contract section 7, against a model of its own."""

from hypothesis import example, given
from hypothesis import strategies as st

from fieldvisit.fieldwork.guide import Address, Question, Topic, Words
from fieldvisit.fieldwork.note import Note
from fieldvisit.fieldwork.states import (
    STILL_TO_ASK,
    TOPIC_ORDER,
    Counts,
    Mark,
    Standing,
    in_scope,
    kinds_at,
    standing,
    topic_standings,
    topic_state,
)
from fieldvisit.fieldwork.terms import ATTRIBUTES, KINDS, MARKS, STATES

SET = sorted(set(MARKS) - {"clear"})
PLACES = [Address("t"), *(Address("t", key) for key in "abc"), Address("u"), Address("u", "a")]
ADDRESSES = st.sampled_from(PLACES)
CLASSES = st.lists(st.sampled_from(sorted(ATTRIBUTES)), max_size=2, unique=True)


def note(kind: str, *places: Address) -> Note:
    return Note("n", "h", "c", "v", kind, "x", "public", "t", places)


def mark(address: Address, state: str, reason: str = "") -> Mark:
    due = "2019-11-01" if state == "to-follow" else ""
    return Mark("v", address, state, reason, due)


def topic(classes: dict[str, list[str]]) -> Topic:
    questions = tuple(
        Question(key, n, Words("問"), classes=tuple(whom))
        for n, (key, whom) in enumerate(classes.items(), 1)
    )
    return Topic("t", 1, Words("項目"), questions=questions)


def model(notes: list[Note], marks: dict[Address, Mark], whom: list[str], city: set[str]) -> str:
    """The state of question t/a, read off the table of the contract line by line."""
    here = [n.kind for n in notes if Address("t", "a") in n.places]
    answered = any(k not in ("desk", "remark") for k in here)
    meant = whom == [] or city == set() or any(c in city for c in whom)
    own, above = marks.get(Address("t", "a")), marks.get(Address("t"))
    if own and own.state == "to-follow":
        return "to-follow"
    if answered:
        return "answered"
    if own:
        return own.state
    if above and meant and "desk" not in here:
        return above.state
    if "desk" in here:
        return "desk-only"
    return "open" if meant else "out-of-scope"


material = (
    st.lists(
        st.builds(note, st.sampled_from(sorted(KINDS)), ADDRESSES, ADDRESSES),
        max_size=3,
    ),
    st.lists(st.builds(mark, ADDRESSES, st.sampled_from(SET)), max_size=3).map(
        lambda marks: {m.address: m for m in marks}
    ),
    CLASSES,
    CLASSES.map(set),
)


@given(*material)
@example([note("desk", PLACES[1])], {PLACES[0]: mark(PLACES[0], "to-follow")}, [], set())
def test_a_question_stands_as_the_contract_says(
    notes: list[Note], marks: dict[Address, Mark], whom: list[str], city: set[str]
) -> None:
    (found,) = topic_standings(topic({"a": whom}), frozenset(city), kinds_at(notes), marks)
    assert found.state == model(notes, marks, whom, city)
    answering = [n for n in notes if found.address in n.places and n.kind not in ("desk", "remark")]
    assert found.answered == bool(answering)
    assert bool(found.due) == (found.state == "to-follow")
    assert found.in_scope == in_scope(topic({"a": whom}).questions[0], frozenset(city))


@given(*material)
def test_a_remark_never_changes_a_state(
    notes: list[Note], marks: dict[Address, Mark], whom: list[str], city: set[str]
) -> None:
    one = topic({"a": whom})
    with_remark = [*notes, note("remark", *PLACES)]
    without = [n for n in notes if n.kind != "remark"]
    assert topic_standings(one, frozenset(city), kinds_at(with_remark), marks) == topic_standings(
        one, frozenset(city), kinds_at(without), marks
    )


@given(st.lists(st.sampled_from(sorted(KINDS)), max_size=3), st.none() | st.sampled_from(SET))
def test_to_follow_stands_beside_an_answer_and_other_marks_yield(
    kinds: list[str], state: str | None
) -> None:
    found = standing(PLACES[1], kinds, mark(PLACES[1], state, "理由") if state else None)
    answering = set(kinds) - {"desk", "remark"}
    if state == "to-follow" or (state and not answering):
        assert (found.state, found.reason) == (state, "理由")
    else:
        assert found.state in {"answered", "desk-only", "open"}
        assert found.reason == ""


def test_notes_under_an_earlier_name_stand_on_the_question() -> None:
    old, new = Address("old", "q"), Address("t", "a")
    assert kinds_at([note("quote", old)], {old: new}.__getitem__) == {new: {"quote"}}


def test_desk_notes_are_the_state_of_a_topic_where_no_question_could_be_put() -> None:
    own = Standing(Address("t"), "desk-only")
    not_asked, not_put = Standing(PLACES[1], "not-asked"), Standing(PLACES[2], "open")
    assert topic_state(own, [not_asked]) == "desk-only"
    assert topic_state(own, [not_put], visited=False) == "desk-only"
    assert topic_state(own, [not_put]) == topic_state(own, [not_asked, not_put]) == "open"


standings = st.builds(
    Standing,
    ADDRESSES,
    st.sampled_from(sorted(set(STATES) - {"not-stated"})),
    st.just(False),
    st.booleans(),
).flatmap(
    lambda s: st.just(
        Standing(s.address, s.state, s.state == "answered", s.in_scope or s.state == "answered")
    )
)


@given(standings, st.lists(standings, max_size=4))
def test_a_topic_stands_as_the_contract_says(own: Standing, questions: list[Standing]) -> None:
    order = [
        "to-follow", "open", "no-answer", "withheld", "declined", "not-asked", "desk-only",
        "not-applicable", "out-of-scope",
    ]  # fmt: skip
    assert list(TOPIC_ORDER) == order
    states = [q.state for q in questions] or [own.state]
    answered = own.answered or "answered" in states
    expected = "answered" if answered else min(states, key=order.index)
    assert topic_state(own, questions) == expected


def test_a_topic_with_an_answer_is_answered_although_something_is_to_follow() -> None:
    own = Standing(PLACES[0], "open")
    both = Standing(PLACES[1], "to-follow", answered=True)
    assert topic_state(own, [both, Standing(PLACES[2], "open")]) == "answered"


@given(st.lists(standings, max_size=6))
def test_counts_count_questions(questions: list[Standing]) -> None:
    found = Counts.of(questions)
    states = [q.state for q in questions]
    assert found.answered == states.count("answered")
    assert found.to_follow == states.count("to-follow")
    assert found.open == states.count("open")
    assert found.asked == len([q for q in questions if q.in_scope])
    assert found.answered <= found.asked <= len(questions)


def test_an_answer_out_of_scope_was_asked_after_all() -> None:
    extra = Standing(PLACES[1], "answered", answered=True, in_scope=False)
    silent = Standing(PLACES[2], "out-of-scope", in_scope=False)
    assert Counts.of([extra, silent]) == Counts(answered=1, asked=1)


def test_what_is_still_to_ask() -> None:
    assert {"open", "to-follow", "desk-only", "not-stated"} == STILL_TO_ASK
