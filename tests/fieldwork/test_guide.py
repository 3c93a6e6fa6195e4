"""Guides of several versions lined up."""

from datetime import date

import pytest
from hypothesis import given
from hypothesis import strategies as st

from documents.values import CHIBA, HIMEJI, OURS
from fieldvisit.fieldwork.city import City, CityFact
from fieldvisit.fieldwork.crosswalk import Crosswalk
from fieldvisit.fieldwork.guide import Address, Guide, Question, Topic, Words
from fieldvisit.fieldwork.narrowing import Listed, class_rank, sorted_cities
from fieldvisit.fieldwork.terms import CLASSES
from guide_files.strategies import guides


def question(
    key: str, ask: str = "x", was: tuple[str, ...] = (), *, send: bool = False
) -> Question:
    return Question(key, 1, Words(ask), send=send, was=was)


def topic(key: str, *questions: Question, title: str = "t", was: tuple[str, ...] = ()) -> Topic:
    return Topic(key, 1, Words(title), was=was, questions=questions)


def guide(*topics: Topic) -> Guide:
    return Guide("g", "1", Words("g"), topics=topics)


def shape(crosswalk: Crosswalk) -> dict[str, list[str]]:
    return {t.key: [q.key for q in t.questions] for t in crosswalk.topics}


def test_topics_are_merged_and_the_earlier_guide_has_the_say() -> None:
    new = guide(topic("b", question("y", "新"), title="新"), topic("c"))
    old = guide(
        topic("a"),
        topic("b", question("x"), question("y", "旧"), title="旧"),
    )
    found = Crosswalk([new, old])
    assert shape(found) == {"b": ["y", "x"], "c": [], "a": []}
    merged = found.topic("b")
    assert merged
    assert (merged.title.ja, merged.questions[0].ask.ja) == ("新", "新")
    assert found.topic("zzz") is None


def test_a_renamed_topic_takes_its_questions_along() -> None:
    new, old = (
        guide(topic("new", question("q"), was=("old",))),
        guide(topic("old", question("q"))),
    )
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
    second = guide(topic("a"), topic("b", question("y", was=("a/x",))))
    third = guide(topic("a"), topic("c", question("z", was=("b/y",)), was=("b",)))
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


CITIES = [
    Listed(OURS, "village", date(2019, 10, 1)),
    Listed(HIMEJI, "core-city", None),
    Listed(CHIBA, "designated-city", date(2019, 10, 21)),
]


def fact(code: str, value: str, as_of: str = "2019", key: str = "population") -> CityFact:
    return CityFact(code, key, value, as_of, "出典")


def names(by: str = "", *facts: CityFact, grouped: bool = False) -> list[str]:
    known = {city.code: [f for f in facts if f.city_code == city.code] for city in (CHIBA, HIMEJI)}
    return [city.name for city in sorted_cities(CITIES, known, by, grouped=grouped)]


@pytest.mark.parametrize(
    ("by", "order"),
    [
        ("", "千葉市 姫路市 架空村"), ("code", "千葉市 姫路市 架空村"),
        ("コード", "千葉市 姫路市 架空村"),
        ("kana", "架空村 千葉市 姫路市"), ("五十音", "架空村 千葉市 姫路市"),
        ("date", "架空村 千葉市 姫路市"), ("日付", "架空村 千葉市 姫路市"),
    ],
)  # fmt: skip
def test_cities_stand_by_code_kana_or_date(by: str, order: str) -> None:
    assert names(by) == order.split()


codes = st.lists(st.integers(10000, 99999).map(str), unique=True, max_size=6)


@given(codes, st.data())
def test_no_city_is_lost_and_the_order_holds(codes: list[str], data: st.DataObject) -> None:
    listed, facts = [], {"0": [fact("0", "1")]}
    for code in codes:
        kana = data.draw(st.text("あいうアイウ", max_size=3))
        kind = data.draw(st.none() | st.sampled_from(list(CLASSES)))
        day = data.draw(st.none() | st.dates())
        listed.append(Listed(City(code, "", "", kana, ""), kind, day))
        value = data.draw(st.none() | st.integers(0, 9))
        if value is not None:
            facts[code] = [fact(code, str(value))]
    by = data.draw(st.sampled_from(["code", "kana", "date", "population"]))
    grouped = data.draw(st.booleans())
    found = [city.code for city in sorted_cities(listed, facts, by, grouped=grouped)]
    assert sorted(found) == sorted(codes)
    ranks = [class_rank(one.city_class) for c in found for one in listed if one.city.code == c]
    assert not grouped or ranks == sorted(ranks)
    if by == "population" and not grouped:
        amounts = [facts[code][0].amount if code in facts else None for code in found]
        known = [amount for amount in amounts if amount is not None]
        assert known == sorted(known, reverse=True)
        assert amounts[len(known) :] == [None] * (len(found) - len(known))
    if by == "date" and not grouped:
        days = [one.day or date.max for c in found for one in listed if one.city.code == c]
        assert days == sorted(days)
