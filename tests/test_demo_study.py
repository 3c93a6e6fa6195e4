"""The sample study's data: honest about real cities, plainly fictional about the other."""

import datetime as dt
from collections import Counter
from collections.abc import Iterator, Mapping
from typing import Any

from msgspec import Struct
from msgspec.structs import fields

from fieldvisit.dates import first_day
from fieldvisit.demo_study import Fact, demo_facts, demo_fiction
from fieldvisit.doors.inputs import shipped_folder
from fieldvisit.fieldwork.guide import Guide, Words
from fieldvisit.fieldwork.terms import DISCLOSURES, KINDS, MARKS
from fieldvisit.guide_files.reading import read
from fieldvisit.shipped_cities import shipped

SURVEY_ENDED = dt.date(2020, 4, 1)
FICTIONAL = {"ja": {"架空", "仮名", "見本"}, "en": {"Fictional", "Pseudonym", "Sample"}}


def published() -> tuple[Fact, ...]:
    return demo_facts().facts + demo_facts().minutes


def guides() -> list[Guide]:
    return [read(path) for path in sorted(shipped_folder().glob("*.yaml"))]


def leaves(thing: Any, kind: type) -> Iterator[Any]:
    """Yield every object of ``kind`` anywhere in a tree of value objects, tuples and mappings."""
    if isinstance(thing, kind):
        yield thing
    elif isinstance(thing, Struct):
        for field in fields(thing):
            yield from leaves(getattr(thing, field.name), kind)
    elif isinstance(thing, Mapping):
        for value in thing.values():
            yield from leaves(value, kind)
    elif isinstance(thing, tuple):
        for value in thing:
            yield from leaves(value, kind)


def test_every_public_fact_is_there() -> None:
    facts = demo_facts()
    assert (len(facts.facts), len(facts.minutes), len(facts.gaps)) == (77, 4, 12)
    cities = {city.code: city.name for city in shipped()}
    assert Counter(cities[fact.city_code] for fact in facts.facts) == {
        "千葉市": 22,
        "大津市": 20,
        "つくば市": 13,
        "姫路市": 12,
        "西予市": 10,
    }
    assert len({fact.id for fact in published()}) == 81


def test_only_facts_whose_date_is_not_on_record_lack_one() -> None:
    assert {fact.id for fact in demo_facts().facts if not fact.as_of} == {
        "himeji-shared-database",
        "himeji-abstracted-records",
        "seiyo-network-model",
    }


def test_what_came_after_the_survey_is_told_apart() -> None:
    dated = {fact.id: fact for fact in published() if fact.as_of}
    later = {name for name, fact in dated.items() if first_day(fact.as_of) >= SURVEY_ENDED}
    assert later == {name for name, fact in dated.items() if fact.later}
    assert sum(fact.later for fact in published()) == 12


def test_statements_that_contradict_each_other_are_both_kept() -> None:
    ids = {fact.id for fact in published()}
    assert {"tsukuba-rpa-330-hours", "tsukuba-rpa-336-hours"} <= ids
    assert {"seiyo-start-fy2014", "seiyo-start-2015"} <= ids


def test_a_gap_says_that_nobody_was_asked() -> None:
    for gap in demo_facts().gaps:
        assert gap.text.ja.startswith("公表資料では確認できず（未調査）：")
        assert gap.text.en.startswith("Not found in public sources (not surveyed): ")


def test_both_languages_are_complete() -> None:
    texts = [fact.statement for fact in published()]
    texts += [gap.text for gap in demo_facts().gaps]
    texts += [demo_facts().later_tag, demo_facts().minutes_tag]
    texts += [fact.source.publisher for fact in demo_facts().minutes]
    texts += [words for words in leaves(demo_fiction(), Words) if words]
    assert len(texts) > 150
    assert all(words.ja.strip() and words.en.strip() for words in texts)


def test_the_fictional_city_and_its_people_are_plainly_fictional() -> None:
    fiction = demo_fiction()
    assert (fiction.city.name, fiction.city.prefecture, fiction.city.code) == (
        "架空市",
        "架空県",
        "",
    )
    for person in fiction.visit.respondents.values():
        assert any(word in person.name.ja for word in FICTIONAL["ja"])
        assert any(word in person.name.en for word in FICTIONAL["en"])


def test_nothing_invented_speaks_of_a_real_city() -> None:
    names = {city.name for city in shipped()} | {city.romaji.title() for city in shipped()}
    said = [str(text) for text in leaves(demo_fiction().visit, str)]
    said += [text for words in leaves(demo_fiction().visit, Words) for text in (words.ja, words.en)]
    assert not [text for text in said if any(name in text for name in names)]


def test_the_purpose_says_that_no_city_has_answered() -> None:
    purpose = demo_fiction().words["purpose"]
    assert "市が調査に答えたものではない" in purpose.ja
    assert "said nothing" in purpose.en
    assert "見本" in demo_fiction().words["title"].ja


def test_the_visit_shows_every_mark_and_most_kinds_and_levels() -> None:
    visit = demo_fiction().visit
    assert {mark.state for mark in visit.marks} == set(MARKS) - {"clear"}
    assert {note.kind for note in visit.notes} == set(KINDS) - {"desk", "questionnaire"}
    assert {note.disclosure for note in visit.notes} == {*DISCLOSURES, ""} - {"confirm"}
    assert sum(note.disclosure == "off-record" for note in visit.notes) == 1
