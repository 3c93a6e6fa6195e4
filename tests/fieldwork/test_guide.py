"""Guides of several versions lined up."""

import pytest
from hypothesis import given
from hypothesis import strategies as st
from msgspec.structs import replace

from fieldvisit.fieldwork.crosswalk import Crosswalk
from fieldvisit.fieldwork.guide import Address, Guide, Probe, Topic, Words
from fieldvisit.fieldwork.guide_diff import Change, differences
from fieldwork.small_guides import guide, question, topic
from guide_files.strategies import guides

REST = topic("b", question("r"))
OLD = guide(topic("a", question("p"), question("q")), REST)


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


@pytest.mark.parametrize(
    ("first", "changes"),
    [
        (topic("a", question("p"), question("s", "a/q", ask="y")),
         [Change("renamed", Address("a", "s"), ("ask",), Address("a", "q"))]),
        (topic("c", question("p"), question("q", send=True), was=("a",)),
         [Change("renamed", Address("c"), (), Address("a")),
          Change("changed", Address("c", "q"), ("send",), values=(("send", "false", "true"),))]),
        *(
            (topic("c", question("p"), question("s", was), was=("a",)),
             [Change("renamed", Address("c"), (), Address("a")),
              Change("renamed", Address("c", "s"), (), Address("a", "q"))])
            for was in ("c/q", "a/q")
        ),
        (topic("a", question("s", "a/p", "a/q")),
         [Change("renamed", Address("a", "s"), (), Address("a", "p")),
          Change("renamed", Address("a", "s"), (), Address("a", "q"))]),
    ],
    ids=["reworded too", "follows its topic", "with its topic", "of its old topic", "two made one"],
)  # fmt: skip
def test_what_was_renamed_is_told_once_and_whole(first: Topic, changes: list[Change]) -> None:
    assert differences(OLD, guide(first, REST)) == changes


@pytest.mark.parametrize(
    ("changed", "fields"),
    [
        ({"ask": Words("y")}, ("ask",)), ({"written": Words("y")}, ("written",)),
        ({"probes": (Probe(Words("y")),)}, ("probes",)), ({"classes": ("town",)}, ("for",)),
        ({"gate": Words("y")}, ("gate",)), ({"common": True, "send": True}, ("common", "send")),
        ({"sensitive": True, "disclosure": "group"}, ("sensitive", "disclosure")),
    ],
)  # fmt: skip
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


def shape(crosswalk: Crosswalk) -> dict[str, list[str]]:
    return {t.key: [q.key for q in t.questions] for t in crosswalk.topics}


def test_topics_are_merged_and_the_earlier_guide_has_the_say() -> None:
    new = guide(topic("b", question("y", ask="新"), title="新"), topic("c"))
    old = guide(topic("a"), topic("b", question("x"), question("y", ask="旧"), title="旧"))
    found = Crosswalk([new, old])
    assert shape(found) == {"b": ["y", "x"], "c": [], "a": []}
    merged = found.topic("b")
    assert merged
    assert (merged.title.ja, merged.questions[0].ask.ja) == ("新", "新")
    assert found.topic("zzz") is None


def test_a_renamed_topic_takes_its_questions_along() -> None:
    new, old = guide(topic("new", question("q"), was=("old",))), guide(topic("old", question("q")))
    for order in ([new, old], [old, new]):
        found = Crosswalk(order)
        assert shape(found) == {"new": ["q"]}
        assert found.now(Address("old", "q")) == Address("new", "q")
        assert found.now(Address("old", "gone")) == Address("new", "gone")
        merged = found.topic("old")
        assert merged
        assert merged.key == "new"


def test_a_question_may_be_renamed_moved_and_renamed_again() -> None:
    first = guide(topic("a", question("x")))
    second = guide(topic("a"), topic("b", question("y", "a/x")))
    third = guide(topic("a"), topic("c", question("z", "b/y"), was=("b",)))
    found = Crosswalk([third, second, first])
    assert found.now(Address("a", "x")) == Address("c", "z")
    assert found.now(Address("b", "y")) == Address("c", "z")
    assert found.now(Address("a")) == Address("a")
    assert shape(found) == {"a": [], "c": ["z"]}


def test_names_that_go_round_in_a_circle_come_to_an_end() -> None:
    round_ = [guide(topic("a", was=("b",))), guide(topic("b", was=("a",)))]
    found = Crosswalk(round_)
    assert found.now(Address("a", "q")).topic in {"a", "b"}
    assert shape(found)


@given(st.lists(guides(), max_size=3))
def test_no_question_is_lost_or_doubled(several: list[Guide]) -> None:
    found = Crosswalk(several)
    standing = [Address(t.key, q.key) for t in found.topics for q in t.questions]
    assert len(standing) == len(set(standing))
    for one in several:
        for address in one.addresses():
            assert found.now(address) in standing
