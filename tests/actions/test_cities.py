"""Cities of a study: those added, and the facts about them."""

from pathlib import Path

import pytest
from hypothesis import given as facts_given
from hypothesis import strategies as st

import strategies
from conftest import Fresh
from examples import examples
from fieldvisit.actions.cities import add_city, import_cities, remove_fact, set_fact
from fieldvisit.actions.show import changes, city_and_facts
from fieldvisit.actions.undo import undo
from fieldvisit.errors import Ambiguous, BadDate, BadText, NotFound, Refused
from fieldvisit.fieldwork.city import City, CityAttribute, CityFact
from fieldvisit.settings import Settings
from fieldvisit.study.view import viewing

CORE = (CityAttribute("中核市", "平成20年4月1日"),)
BODY = City("", "架空県", "架空市", "カクウシ", "Kaku", attributes=CORE)
REAL = City("20220", "長野県", "安曇野市", "あづみのし", "azumino", attributes=CORE)


def test_it_is_stored_in_its_checked_form(study: Settings) -> None:
    add_city(study, REAL)
    add_city(study, BODY)
    with viewing(study, "all") as view:
        assert view.cities["202207"].name == "安曇野市"
        body = view.cities["990019"]
    assert (body.kana, body.romaji) == ("かくうし", "kaku")
    assert body.attributes == (CityAttribute("core-city", "2008-04-01"),)


@pytest.mark.parametrize(
    "city",
    [
        City("", "千葉県", "千葉市", "ちばし", "chiba", attributes=CORE),
        City("121002", "千葉県", "別の市", "べつのし", "betsuno", attributes=CORE),
        City("12100", "千葉県", "別の市", "べつのし", "betsuno", attributes=CORE),
        City("", "架空県", "架空市", "かくうし", "kaku-shi", attributes=CORE),
        City("990019", "仮県", "仮市", "かりし", "kari", attributes=CORE),
    ],
)
def test_a_code_or_name_that_is_known_is_refused(study: Settings, city: City) -> None:
    add_city(study, BODY)
    with pytest.raises(Refused, match="already"):
        add_city(study, city)
    with viewing(study, "all") as view:
        assert list(view.cities) == ["990019"]


def test_a_refusal_names_official_codes_and_never_ours(study: Settings) -> None:
    add_city(study, BODY)
    with pytest.raises(Refused) as ours:
        add_city(study, BODY)
    assert "架空県架空市" in ours.value.sentence
    assert "99" not in ours.value.sentence + ours.value.hint
    with pytest.raises(Refused, match="121002"):
        add_city(study, City("121002", "千葉県", "千葉市", "ちばし", "chiba", attributes=CORE))


def fact(key: str = "population", value: str = "977,752人", as_of: str = "2019-01-01",
         source: str = "統計書") -> CityFact:  # fmt: skip
    return CityFact("", key, value, as_of, source)


def known(given_study: Settings, city: str = "千葉市") -> list[tuple[str, str, str, str]]:
    facts = city_and_facts(given_study, city)[1]
    return [(one.key, one.value, one.as_of, one.source) for one in facts]


def test_a_shipped_city_is_taken_over_with_its_first_fact(study: Settings) -> None:
    entered = set_fact(study, "つくば", fact("人口"))
    assert (entered.before, entered.is_known) == (None, False)
    assert known(study, "つくば市") == [("population", "977,752人", "2019-01-01", "統計書")]
    assert city_and_facts(study, "つくば市")[1][0].by == "t"
    assert len(changes(study)[0]) == 2


def test_another_date_is_another_fact_and_the_same_date_a_revision(study: Settings) -> None:
    set_fact(study, "千葉市", fact())
    set_fact(study, "千葉市", fact(value="980,000人", as_of="2020-01-01"))
    revised = set_fact(study, "千葉市", fact(value="977,753人", as_of="平成31年1月1日"))
    assert revised.before
    assert revised.before.value == "977,752人"
    assert revised.fact.number == 2
    assert known(study) == [
        ("population", "977,753人", "2019-01-01", "統計書"),
        ("population", "980,000人", "2020-01-01", "統計書"),
    ]
    undo(study)
    assert known(study)[0][1] == "977,752人"


def test_what_is_known_already_is_no_change(study: Settings) -> None:
    set_fact(study, "千葉市", fact())
    before = len(changes(study)[0])
    assert set_fact(study, "千葉市", fact("人口")).is_known
    assert len(changes(study)[0]) == before
    assert not set_fact(study, "千葉市", fact(source="別の資料")).is_known
    assert known(study)[0][3] == "別の資料"


def test_a_fact_is_taken_away_and_comes_back(study: Settings) -> None:
    set_fact(study, "千葉市", fact())
    set_fact(study, "千葉市", fact(as_of="2020"))
    with pytest.raises(Ambiguous, match="several"):
        remove_fact(study, "千葉市", "人口", "")
    with pytest.raises(NotFound):
        remove_fact(study, "千葉市", "人口", "2021")
    with pytest.raises(NotFound):
        remove_fact(study, "千葉市", "面積", "")
    remove_fact(study, "千葉市", "人口", "令和2年")
    assert [row[2] for row in known(study)] == ["2019-01-01"]
    undo(study)
    assert [row[2] for row in known(study)] == ["2019-01-01", "2020"]
    remove_fact(study, "千葉市", "人口", "2020")
    entered = set_fact(study, "千葉市", fact(value="1人", as_of="2020"))
    assert (entered.before, entered.fact.number) == (None, 5)
    assert ("population", "1人", "2020", "統計書") in known(study)


@pytest.mark.parametrize(
    ("one", "error"),
    [
        (fact(key=" "), BadText), (fact(value=""), BadText), (fact(source=" "), BadText),
        (fact(as_of=""), BadText), (fact(as_of="昨年"), BadDate), (fact(value="???"), BadText),
        (fact(source="a\0"), BadText),
    ],
)  # fmt: skip
def test_a_fact_without_one_of_its_parts_is_refused(
    study: Settings, one: CityFact, error: type[Refused]
) -> None:
    with pytest.raises(error):
        set_fact(study, "千葉市", one)
    assert known(study) == []
    assert len(changes(study)[0]) == 1


@examples(20)
@facts_given(
    st.lists(st.tuples(strategies.bodies, strategies.bodies, strategies.bodies), max_size=4)
)
def test_whatever_was_typed_is_found_again(
    fresh_study: Fresh, typed: list[tuple[str, str, str]]
) -> None:
    given_study = fresh_study()
    wanted: dict[str, tuple[str, str]] = {}
    for key, value, source in typed:
        entered = set_fact(given_study, "千葉市", fact(key, value, "2019", source))
        wanted[entered.fact.key] = (value.strip(), source.strip())
    found = {key: (value, source) for key, value, _as_of, source in known(given_study)}
    assert found == wanted


@pytest.mark.parametrize(
    ("row", "piece"),
    [
        ("121002,千葉県,別市,べつし,betsu,core-city", "cities.csv:3: 121002 is 千葉市"),
        ("990019,架空県,架空市,,kaku,none", "cities.csv:3: “none”"),
        ("990019,架空県,架空市,,kaku,town,2019,a", "cities.csv:3 cannot be read as CSV: the row"),
    ],
)
def test_a_row_that_cannot_be_stored_is_named_and_nothing_is(
    study: Settings, tmp_path: Path, row: str, piece: str
) -> None:
    path = tmp_path / "cities.csv"
    first = "990027,架空県,架空町,かくうまち,kaku,town"
    path.write_text(f"code,prefecture,name,kana,romaji,class\n{first}\n{row}\n", encoding="utf-8")
    with pytest.raises(Refused) as refused:
        import_cities(study, path)
    assert piece in refused.value.sentence
    with viewing(study, "all") as view:
        assert "990027" not in view.cities
    path.write_text("code,name\n", encoding="utf-8")
    with pytest.raises(Refused, match="lacks the columns"):
        import_cities(study, path)
