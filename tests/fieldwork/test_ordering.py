"""In which order cities stand."""

from datetime import date

import pytest
from hypothesis import given
from hypothesis import strategies as st

from documents.values import CHIBA, HIMEJI, OURS
from fieldvisit.errors import NotFound
from fieldvisit.fieldwork.city import City
from fieldvisit.fieldwork.city_fact import CityFact
from fieldvisit.fieldwork.narrowing import Listed, class_rank, sorted_cities
from fieldvisit.fieldwork.terms import CLASSES

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


def test_the_highest_value_comes_first_and_no_value_last() -> None:
    facts = (fact("121002", "53.1万人"), fact("282014", "531,218人"), fact("121002", "1人", "2018"))
    assert names("人口", *facts) == ["姫路市", "千葉市", "架空村"]
    assert names("population", facts[0]) == ["千葉市", "姫路市", "架空村"]
    assert names("人口", fact("121002", "不明"), facts[1]) == ["姫路市", "千葉市", "架空村"]
    with pytest.raises(NotFound) as refused:
        names("人口密度", *facts)
    assert "population" in refused.value.hint


def test_classes_come_in_their_order_and_cities_within_them_as_asked() -> None:
    assert names(grouped=True) == ["千葉市", "姫路市", "架空村"]
    assert names("kana", grouped=True) == ["千葉市", "姫路市", "架空村"]
    assert [class_rank(name) for name in CLASSES] == list(range(len(CLASSES)))
    assert class_rank(None) == class_rank("x") == len(CLASSES)


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
