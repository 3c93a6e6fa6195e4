import pytest
from hypothesis import given
from hypothesis import strategies as st
from msgspec.structs import replace

from fieldvisit.fieldwork.guide import Address, Guide, Probe, Question, Topic, Words
from fieldvisit.fieldwork.guide_diff import Change, differences
from guide_files.strategies import guides


def question(
    key: str, ask: str = "x", was: tuple[str, ...] = (), *, send: bool = False
) -> Question:
    return Question(key, 1, Words(ask), send=send, was=was)


def topic(key: str, *questions: Question, title: str = "t", was: tuple[str, ...] = ()) -> Topic:
    return Topic(key, 1, Words(title), was=was, questions=questions)


def guide(*topics: Topic) -> Guide:
    return Guide("g", "1", Words("g"), topics=topics)


OLD = guide(topic("a", question("p"), question("q")), topic("b", question("r")))


@given(guides())
def test_a_guide_does_not_differ_from_itself(each: Guide) -> None:
    assert differences(each, each) == []


@given(guides(), st.data())
def test_whatever_is_left_out_is_dropped_and_coming_back_is_added(
    each: Guide, data: st.DataObject
) -> None:
    left = data.draw(st.sampled_from(each.topics))
    rest = replace(each, topics=tuple(t for t in each.topics if t is not left))
    gone = {Address(left.key), *(Address(left.key, q.key) for q in left.questions)}
    assert {(c.what, c.address) for c in differences(each, rest)} == {("dropped", a) for a in gone}
    assert {(c.what, c.address) for c in differences(rest, each)} == {("added", a) for a in gone}


def test_an_added_and_a_dropped_question() -> None:
    new = guide(topic("a", question("p"), question("s")), topic("b", question("r")))
    assert differences(OLD, new) == [
        Change("added", Address("a", "s")),
        Change("dropped", Address("a", "q")),
    ]


def test_a_renamed_question_also_tells_what_was_reworded() -> None:
    new = guide(topic("a", question("p"), question("s", "y", ("a/q",))), topic("b", question("r")))
    assert differences(OLD, new) == [
        Change("renamed", Address("a", "s"), ("ask",), Address("a", "q"))
    ]


def test_a_question_under_another_topic_is_renamed() -> None:
    new = guide(topic("a", question("p")), topic("b", question("q", was=("a/q",)), question("r")))
    assert differences(OLD, new) == [Change("renamed", Address("b", "q"), (), Address("a", "q"))]


def test_questions_that_follow_their_renamed_topic_are_not_named() -> None:
    new = guide(
        topic("c", question("p"), question("q", send=True), was=("a",)), topic("b", question("r"))
    )
    assert differences(OLD, new) == [
        Change("renamed", Address("c"), (), Address("a")),
        Change("changed", Address("c", "q"), ("send",), values=(("send", "false", "true"),)),
    ]


@pytest.mark.parametrize("was", ["c/q", "a/q"])
def test_a_question_renamed_together_with_its_topic(was: str) -> None:
    new = guide(
        topic("c", question("p"), question("s", was=(was,)), was=("a",)), topic("b", question("r"))
    )
    assert differences(OLD, new) == [
        Change("renamed", Address("c"), (), Address("a")),
        Change("renamed", Address("c", "s"), (), Address("a", "q")),
    ]


def test_two_questions_made_one_are_both_told() -> None:
    new = guide(topic("a", question("s", was=("a/p", "a/q"))), topic("b", question("r")))
    assert differences(OLD, new) == [
        Change("renamed", Address("a", "s"), (), Address("a", "p")),
        Change("renamed", Address("a", "s"), (), Address("a", "q")),
    ]


@pytest.mark.parametrize(
    ("changed", "fields"),
    [
        ({"ask": Words("y")}, ("ask",)),
        ({"written": Words("y")}, ("written",)),
        ({"probes": (Probe(Words("y")),)}, ("probes",)),
        ({"classes": ("town",)}, ("for",)),
        ({"gate": Words("y")}, ("gate",)),
        ({"common": True, "send": True}, ("common", "send")),
        ({"sensitive": True, "disclosure": "group"}, ("sensitive", "disclosure")),
    ],
)
def test_a_changed_question_names_the_keys_of_the_file(
    changed: dict[str, object], fields: tuple[str, ...]
) -> None:
    reworded = replace(question("r"), **changed)
    new = guide(OLD.topics[0], topic("b", reworded))
    (change,) = differences(OLD, new)
    assert replace(change, values=()) == Change("changed", Address("b", "r"), fields)


def test_a_changed_topic_and_a_changed_guide() -> None:
    new = replace(
        guide(OLD.topics[0], topic("b", question("r"), title="y")), version="2", disclosure="group"
    )
    assert differences(OLD, new) == [
        Change(
            "changed",
            None,
            ("version", "disclosure"),
            values=(("version", "1", "2"), ("disclosure", OLD.disclosure, "group")),
        ),
        Change("changed", Address("b"), ("title",)),
    ]


def test_another_order_is_a_change_of_what_moved() -> None:
    first, second = OLD.topics
    swapped = replace(first, questions=first.questions[::-1])
    assert [c.fields for c in differences(OLD, guide(swapped, second))] == [("order",)]
    assert [c.fields for c in differences(OLD, guide(second, first))] == [("order",)]


def test_a_question_put_in_front_does_not_move_the_others() -> None:
    new = guide(topic("a", question("n"), question("p"), question("q")), OLD.topics[1])
    assert differences(OLD, new) == [Change("added", Address("a", "n"))]
