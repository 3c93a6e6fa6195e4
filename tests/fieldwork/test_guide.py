"""Guides of several versions lined up."""

from collections.abc import Callable
from datetime import date
from typing import Any

import pytest
from hypothesis import given
from hypothesis import strategies as st

from fieldvisit.fieldwork.city import City, CityFact
from fieldvisit.fieldwork.crosswalk import Crosswalk
from fieldvisit.fieldwork.guide import Address, Guide
from fieldvisit.fieldwork.narrowing import Listed, sorted_cities
from fieldvisit.fieldwork.terms import CLASSES
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


NEVER = float("inf")
ALIKE = str.maketrans("アイウ", "あいう")
ORDER: dict[str, Callable[[Listed, float], Any]] = {
    **dict.fromkeys(("", "code", "コード"), lambda one, _value: one.city.code),
    **dict.fromkeys(("kana", "五十音"), lambda one, _value: one.city.kana.translate(ALIKE) or "ん"),
    **dict.fromkeys(("date", "日付"), lambda one, _value: one.day or date.max),
    **dict.fromkeys(("population", "人口"), lambda _one, value: -value),
}
listed = st.builds(
    Listed,
    st.builds(
        City, st.integers(10000, 99999).map(str), st.just(""), st.just(""),
        st.text("あいうアイウ", max_size=3), st.just(""),
    ),
    st.none() | st.sampled_from(list(CLASSES)),
    st.none() | st.dates(),
)  # fmt: skip
several = st.lists(
    st.tuples(listed, st.just(-NEVER) | st.integers(0, 9)),
    unique_by=lambda one: one[0].city.code,
    max_size=6,
)


@pytest.mark.parametrize("by", ORDER)
@given(several, st.booleans())
def test_no_city_is_lost_and_the_order_holds(
    by: str, several: list[tuple[Listed, float]], grouped: bool
) -> None:
    facts = {"0": [CityFact("0", "population", "1", "2019", "出典")]} | {
        one.city.code: [CityFact(one.city.code, "population", str(value), "2019", "出典")]
        for one, value in several
        if value != -NEVER
    }
    wanted = sorted(sorted(several, key=lambda of: of[0].city.code), key=lambda of: ORDER[by](*of))
    if grouped:
        ranks = [*CLASSES, None]
        wanted.sort(key=lambda of: ranks.index(of[0].city_class))
    found = sorted_cities([one for one, _value in several], facts, by, grouped=grouped)
    assert found == [one.city for one, _value in wanted]
