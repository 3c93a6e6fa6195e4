"""The sample study: honest about real cities, plainly fictional about the other."""

import datetime as dt
from collections import Counter
from collections.abc import Iterator
from pathlib import Path
from typing import Any

import pytest
import yaml
from msgspec.structs import replace

from fieldvisit import language
from fieldvisit.actions.compare import Choice, compare
from fieldvisit.actions.coverage import coverage
from fieldvisit.actions.demo import DemoFacts, DemoFiction, Fact, demo_data, make_demo
from fieldvisit.actions.undo import undo
from fieldvisit.actions.write_note import add_note
from fieldvisit.dates import first_day
from fieldvisit.doors import inputs
from fieldvisit.fieldwork.note import Note
from fieldvisit.fieldwork.study import DEMO
from fieldvisit.fieldwork.terms import DISCLOSURES, KINDS, MARKS
from fieldvisit.settings import Settings
from fieldvisit.shipped_cities import shipped
from fieldvisit.storage import queries
from fieldvisit.study.fields import NoteFields
from fieldvisit.study.view import viewing

SURVEY_ENDED = dt.date(2020, 4, 1)
FILES = ("demo_facts.yaml", "demo_fiction.yaml")
CITIES = {city.code: city for city in shipped()}


@pytest.fixture
def facts() -> DemoFacts:
    return demo_data("demo_facts.yaml", DemoFacts)


def published(facts: DemoFacts) -> tuple[Fact, ...]:
    return facts.facts + facts.minutes.statements


def words(data: Any, key: str = "") -> Iterator[tuple[str, dict[str, str]]]:
    """Every text of a data file in both languages, and what it stands under."""
    if isinstance(data, list):
        for value in data:
            yield from words(value, key)
    elif isinstance(data, dict) and data.keys() & {"ja", "en"}:
        yield key, data
    elif isinstance(data, dict):
        for name, value in data.items():
            yield from words(value, name)


def test_every_public_fact_is_there(facts: DemoFacts) -> None:
    assert (len(facts.facts), len(facts.minutes.statements), len(facts.not_found)) == (77, 4, 12)
    assert Counter(CITIES[fact.city].name for fact in facts.facts) == {
        "千葉市": 22, "大津市": 20, "つくば市": 13, "姫路市": 12, "西予市": 10,
    }  # fmt: skip
    ids = {fact.id for fact in published(facts)}
    assert len(ids) == 81
    # What contradicts each other is both kept.
    assert {"tsukuba-rpa-330-hours", "tsukuba-rpa-336-hours"} <= ids
    assert {"seiyo-start-fy2014", "seiyo-start-2015"} <= ids
    # All but three are dated, and those after the survey are told apart.
    dated = {fact.id: fact for fact in published(facts) if fact.as_of}
    assert {fact.id for fact in facts.facts} - set(dated) == {
        "himeji-shared-database", "himeji-abstracted-records", "seiyo-network-model",
    }  # fmt: skip
    later = {name for name, fact in dated.items() if first_day(fact.as_of) >= SURVEY_ENDED}
    assert later == {name for name, fact in dated.items() if fact.later_than_survey}
    assert sum(fact.later_than_survey for fact in published(facts)) == 12


def test_both_languages_are_complete_and_nothing_invented_speaks_of_a_real_city() -> None:
    both = {name: list(words(yaml.safe_load(inputs.shipped(name)))) for name in FILES}
    assert sum(map(len, both.values())) > 150
    for key, text in (pair for pairs in both.values() for pair in pairs):
        assert text["ja"].strip()
        assert text["en"].strip()
        if key == "not_found":
            assert text["ja"].startswith("公表資料では確認できず（未調査）：")
            assert text["en"].startswith("Not found in public sources (not surveyed): ")
    names = {n for city in shipped() for n in (city.name, city.romaji.title())}
    invented = [one for key, text in both["demo_fiction.yaml"] for one in text.values()
                if key != "purpose"]  # fmt: skip
    assert not [one for one in invented if any(name in one for name in names)]


@pytest.mark.parametrize(
    ("spoken", "fictional", "sample", "unasked"),
    [
        ("ja", ("架空", "仮名", "見本"), "見本", "市が調査に答えたものではない"),
        ("en", ("Fictional", "Pseudonym", "Sample"), "Sample", "said nothing"),
    ],
)
def test_the_fictional_city_and_its_people_are_plainly_fictional(
    spoken: str, fictional: tuple[str, ...], sample: str, unasked: str
) -> None:
    with language.speaking(spoken):
        fiction = demo_data("demo_fiction.yaml", DemoFiction)
    city = fiction.city
    assert (city.name, city.prefecture, city.code) == ("架空市", "架空県", "")
    for person in fiction.visit.respondents:
        assert any(word in person.split("/")[2] for word in fictional)
    assert sample in fiction.study["title"]
    assert unasked in fiction.study["purpose"]
    # Its visit shows every mark, and most kinds and levels.
    assert {mark.state for mark in fiction.marks} == set(MARKS) - {"clear"}
    assert {note.kind for note in fiction.notes} == set(KINDS) - {"desk", "questionnaire"}
    levels = Counter(note.disclosure or "" for note in fiction.notes)
    assert set(levels) == {*DISCLOSURES, ""} - {"confirm"}
    assert levels["off-record"] == 1


def made(folder: Path, chosen: str) -> Settings:
    with language.speaking(chosen):
        return make_demo(Settings(folder, by="somebody real"), folder)


@pytest.fixture(scope="module")
def ja(tmp_path_factory: pytest.TempPathFactory) -> Settings:
    return made(tmp_path_factory.mktemp("demo"), "ja")


@pytest.mark.parametrize("spoken", ["ja", "en"])
def test_of_real_cities_it_holds_published_statements_with_their_sources_and_gaps_alone(
    tmp_path: Path, spoken: str
) -> None:
    with viewing(made(tmp_path, spoken), "all") as view:
        notes = [note for note in view.notes if note.city_code in CITIES]
        planned = [visit for visit in view.visits if visit.handle != "kaku-1"]
    assert Counter(note.kind for note in notes) == {"desk": 81, "remark": 12}
    assert all(note.visit_id is None and note.speaker is None for note in notes)
    with language.speaking(spoken):
        facts = demo_data("demo_facts.yaml", DemoFacts)
    known = {fact.statement: fact for fact in published(facts)}
    desk = {note.body: note for note in notes if note.kind == "desk"}
    assert desk.keys() == known.keys()
    for text, fact in known.items():
        note = desk[text]
        source = facts.minutes.source if fact in facts.minutes.statements else fact.source
        assert (note.source.title, note.source.url, note.source.date) == (
            source.source_title or "", source.source_url or "", source.source_date or "",
        )  # fmt: skip
        assert note.source.title
        assert (note.as_of, note.disclosure) == (fact.as_of, "public")
        assert [str(place) for place in note.places] == [fact.topic]
        assert bool(note.tags) == (fact.later_than_survey or fact in facts.minutes.statements)
    # Visits to them are planned, and say nothing else.
    assert [visit.handle for visit in planned] == ["chiba-1", "himeji-1", "otsu-1"]
    for visit in planned:
        assert (visit.status, visit.first_day, visit.sent) == ("planned", "", "")
        assert (visit.participants, visit.contact, visit.consent) == ((), "", "")
        assert visit.study_groups == ("jimu", "jinzai")


def test_the_fictional_visit_stands_in_every_state(ja: Settings) -> None:
    found = {str(s.address): s for s in coverage(ja, ["kaku-1"], "group")[0][0].questions}
    expected = {
        "hiring/staff-mix": "to-follow",
        "hiring/recruitment-track": "answered",
        "hiring/outside-hires": "not-applicable",
        "hiring/pay-and-promotion": "no-answer",
        "hiring/training": "open",
        "hiring/ward-and-bureau-staff": "out-of-scope",
        "collaboration/failed-cooperation": "declined",
        "ai-rpa/dropped": "withheld",
        "open-data/volume-and-licence": "answered",
        "open-data/use": "not-asked",
        "themes/policy-section-role": "answered",
    }
    assert {place: found[place].state for place in expected} == expected
    assert found["hiring/staff-mix"].answered
    assert found["hiring/staff-mix"].due == "2019-11-15"


def test_its_off_record_note_is_closed_and_every_audience_is_told_that_the_city_is_fictional(
    ja: Settings,
) -> None:
    seen = {}
    for audience in ("all", "group", "public"):
        with viewing(ja, audience) as view:
            seen[audience] = [n for n in view.notes if str(n.body).startswith("（オフレコ")]
    assert [str(place) for place in seen["all"][0].places] == ["ai-rpa/dropped"]
    assert (len(seen["all"]), seen["group"], seen["public"]) == (1, [], [])
    comparison, _register, _held_back = compare(ja, Choice(topics=("other",)), "public")
    column = comparison.topics[0].cities[-1]
    assert column.city.name == "架空市"
    assert "実在しない" in column.cells[0].notes[0].body


def test_two_runs_hold_the_same_and_who_runs_it_goes_on_under_their_own_name(
    ja: Settings, tmp_path: Path
) -> None:
    again = made(tmp_path / "new folder", "ja")
    assert again.study().folder == tmp_path / "new folder"
    with viewing(ja, "all") as one, viewing(again, "all") as other:
        assert [plain(note) for note in one.notes] == [plain(note) for note in other.notes]
        assert replace(one.study, revision="") == replace(other.study, revision="")
        assert [m.address for m in one.marks] == [m.address for m in other.marks]
        assert [v.handle for v in one.visits] == [v.handle for v in other.visits]
    note = add_note(again, "kaku-1", "一言", NoteFields(place="ai-rpa/sharing"))
    assert note.by == "somebody real"
    assert undo(again).changes[0].command == "note add"


def plain(note: Note) -> Note:
    speaker = replace(note.speaker, person_id="") if note.speaker else None
    blank = {"handle": "", "visit_id": None, "created_at": "", "updated_at": "", "revision": ""}
    return replace(note, id="", speaker=speaker, **blank)


def test_notes_and_marks_are_one_change_signed_by_the_sample(ja: Settings) -> None:
    with viewing(ja, "all") as view:
        changes = queries.changes(view.connection)
        notes, marks = len(view.notes), len(view.marks)
        assert {note.by for note in view.notes} == {"見本"}
    (entered,) = (change for change in changes if change.command == DEMO)
    kinds = Counter(name.partition(":")[0] for name in entered.objects)
    assert (kinds["note"], kinds["mark"]) == (notes, marks)
    assert {change.by for change in changes} == {"見本"}
