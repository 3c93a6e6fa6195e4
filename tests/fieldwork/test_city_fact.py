"""A fact of a city: what its key means, which one a date names, and its number."""

import pytest
from hypothesis import given
from hypothesis import strategies as st

import strategies
from fieldvisit.dates import first_day
from fieldvisit.errors import BadText
from fieldvisit.fieldwork.city_fact import CityFact, fact_key, in_order, latest, on_the_same_date
from fieldvisit.fieldwork.terms import FACTS


def fact(name: str, value: str, as_of: str) -> CityFact:
    return CityFact("121002", name, value, as_of, "出典")


@pytest.mark.parametrize(
    ("typed", "key"),
    [
        ("人口", "population"), ("Population", "population"), ("ＡＲＥＡ", "area"),
        ("職員数", "staff"), ("面積", "area"), ("世帯数", "households"), ("予算", "budget"),
        ("財政力指数", "financial-index"), ("図書館数", "図書館数"), (" 人口 密度 ", "人口 密度"),
        ("popul", "popul"),
    ],
)  # fmt: skip
def test_a_key_is_a_common_one_by_its_whole_name_else_as_typed(typed: str, key: str) -> None:
    assert fact_key(typed) == key


def test_a_key_that_the_study_uses_is_found_in_whatever_width() -> None:
    assert fact_key("ict職員", ["ＩＣＴ職員"]) == "ＩＣＴ職員"
    assert fact_key("ICT 職員", ["ＩＣＴ職員"]) == "ＩＣＴ職員"
    assert fact_key("ICT職員A", ["ＩＣＴ職員"]) == "ICT職員A"


@pytest.mark.parametrize("typed", ["", " ", "??", "a\0b"])
def test_what_is_no_name_is_refused(typed: str) -> None:
    with pytest.raises(BadText):
        fact_key(typed)


@given(strategies.bodies)
def test_a_key_means_itself(typed: str) -> None:
    key = fact_key(typed)
    assert fact_key(key) == key
    assert fact_key(typed, [key]) == key


@pytest.mark.parametrize(
    ("typed", "found"),
    [
        ("2019-10-01", "a"), ("令和元年10月1日", "a"), ("2019年10月", "b"), ("2019-10", "b"),
        ("FY2019", "c"), ("令和元年度", "c"), ("2019", None), ("2019-10-02", None),
    ],
)  # fmt: skip
def test_a_date_is_the_same_in_whatever_form_it_is_typed(typed: str, found: str | None) -> None:
    known = [
        fact("p", "a", "2019-10-01"),
        fact("p", "b", "令和元年10月"),
        fact("p", "c", "2019年度"),
    ]
    there = on_the_same_date([fact("q", "other", typed), *known], "p", typed)
    assert (there.value if there else None) == found


@pytest.mark.parametrize(
    ("value", "amount"),
    [
        ("977,752人", 977752), ("約34万人", 340_000), ("0.94", 0.94), ("－1.5%", -1.5),
        ("２７１．７７平方キロ", 271.77), ("不明", None), ("98万人", 980_000),
        ("３４万５千人", 345_000), ("1億2,345万6789円", 123_456_789), ("12百万円", 12_000_000),
        ("0.5 million", 500_000), ("▲5", -5), ("△ 3%", -3), ("−5", -5),
        ("2019年：340人", 340), ("10月1日 5人", 5), ("12年", 12),
    ],
)  # fmt: skip
def test_the_first_number_with_its_unit_is_the_amount(value: str, amount: float | None) -> None:
    assert fact("p", value, "2019").amount == amount


def test_common_facts_come_first_and_of_one_key_the_latest() -> None:
    facts = [
        fact("x", "1", "2018"),
        fact("population", "2", "2018"),
        fact("population", "3", "2019"),
    ]
    assert [one.value for one in in_order(facts)] == ["3", "2", "1"]
    assert {key: one.value for key, one in latest(facts).items()} == {"x": "1", "population": "3"}


def test_every_common_fact_goes_by_both_of_its_names() -> None:
    for key, term in FACTS.items():
        assert {fact_key(term.ja), fact_key(term.en), fact_key(key)} == {key}


@given(st.lists(st.sampled_from(["2018", "2019", "2019-04-01", "FY2019", "R1.5"]), min_size=1))
def test_no_other_is_later_than_the_latest(dates: list[str]) -> None:
    facts = [fact("p", str(number), as_of) for number, as_of in enumerate(dates)]
    newest = first_day(latest(facts)["p"].as_of)
    assert newest == max(map(first_day, dates)) == first_day(in_order(facts)[0].as_of)
