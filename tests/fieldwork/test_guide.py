"""Guides of several versions lined up."""

from hypothesis import given
from hypothesis import strategies as st

from fieldvisit.fieldwork.crosswalk import Crosswalk
from fieldvisit.fieldwork.guide import Address, Guide
from fieldwork.small_guides import guide, question, topic
from guide_files.strategies import guides


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
