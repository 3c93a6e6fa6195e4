"""The sample study as it stands once it was made."""

from collections import Counter
from collections.abc import Iterator
from contextlib import contextmanager
from pathlib import Path

import pytest
from msgspec.structs import replace

from fieldvisit import language
from fieldvisit.actions.compare import Choice, compare
from fieldvisit.actions.coverage import coverage
from fieldvisit.actions.demo import make_demo
from fieldvisit.actions.undo import undo
from fieldvisit.actions.write_note import add_note
from fieldvisit.demo_study import demo_facts, demo_fiction
from fieldvisit.errors import Refused
from fieldvisit.fieldwork.note import Note
from fieldvisit.fieldwork.study import DEMO
from fieldvisit.settings import Settings
from fieldvisit.shipped_cities import shipped
from fieldvisit.storage import queries
from fieldvisit.study.fields import NoteFields
from fieldvisit.study.view import StudyView, viewing


@contextmanager
def speaking(chosen: str) -> Iterator[None]:
    before = language.current()
    language.use(chosen)
    try:
        yield
    finally:
        language.use(before)


def made(folder: Path, chosen: str) -> Settings:
    with speaking(chosen):
        return make_demo(Settings(folder, by="somebody real"), folder)


@pytest.fixture(scope="module", params=["ja", "en"])
def both(request: pytest.FixtureRequest, tmp_path_factory: pytest.TempPathFactory) -> Settings:
    return made(tmp_path_factory.mktemp("demo"), request.param)


@pytest.fixture(scope="module")
def ja(tmp_path_factory: pytest.TempPathFactory) -> Settings:
    return made(tmp_path_factory.mktemp("demo"), "ja")


def real_notes(view: StudyView) -> list[Note]:
    return [note for note in view.notes if note.city_code in {city.code for city in shipped()}]


def test_of_real_cities_it_holds_published_statements_and_gaps_alone(both: Settings) -> None:
    with viewing(both, "all") as view:
        notes = real_notes(view)
        assert Counter(note.kind for note in notes) == {"desk": 81, "remark": 12}
        assert all(note.visit_id is None and note.speaker is None for note in notes)


def test_every_published_statement_carries_its_source_dates_and_level(both: Settings) -> None:
    facts = demo_facts()
    known = {
        text: fact
        for fact in facts.facts + facts.minutes
        for text in (fact.statement.ja, fact.statement.en)
    }
    with viewing(both, "all") as view:
        desk = [note for note in real_notes(view) if note.kind == "desk"]
    for note in desk:
        fact = known[note.body]
        publishers = (fact.source.publisher.ja, fact.source.publisher.en)
        assert note.source.title, fact.id
        assert note.source.title in publishers, fact.id
        assert (note.source.url, note.source.date, note.as_of, note.disclosure) == (
            fact.source.url,
            fact.source.date,
            fact.as_of,
            "public",
        )
        assert [str(place) for place in note.places] == [fact.topic]
        assert bool(note.tags) == (fact.later or fact in facts.minutes)


def test_visits_to_real_cities_are_planned_and_say_nothing_else(both: Settings) -> None:
    with viewing(both, "all") as view:
        planned = [visit for visit in view.visits if visit.handle != "kaku-1"]
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


def test_the_off_record_note_is_seen_by_those_in_charge_alone(ja: Settings) -> None:
    seen = {}
    for audience in ("all", "group", "public"):
        with viewing(ja, audience) as view:
            seen[audience] = [
                note for note in view.notes if str(note.body).startswith("（オフレコ")
            ]
    assert [str(place) for place in seen["all"][0].places] == ["ai-rpa/dropped"]
    assert (len(seen["all"]), seen["group"], seen["public"]) == (1, [], [])


def test_every_audience_is_told_that_the_city_is_fictional(ja: Settings) -> None:
    comparison, _register, _held_back = compare(ja, Choice(topics=("other",)), "public")
    column = comparison.topics[0].cities[-1]
    assert column.city.name == "架空市"
    assert "実在しない" in column.cells[0].notes[0].body


def test_it_speaks_the_language_in_use(tmp_path: Path) -> None:
    english = made(tmp_path, "en")
    with viewing(english, "all") as view:
        assert view.study.title.startswith("Sample:")
        bodies = {note.body for note in view.notes}
    facts, fiction = demo_facts(), demo_fiction()
    assert {fact.statement.en for fact in facts.facts + facts.minutes} <= bodies
    assert {note.text.en for note in fiction.visit.notes} <= bodies


def test_two_runs_hold_the_same(ja: Settings, tmp_path: Path) -> None:
    again = made(tmp_path, "ja")
    with viewing(ja, "all") as one, viewing(again, "all") as other:
        assert [plain(note) for note in one.notes] == [plain(note) for note in other.notes]
        assert replace(one.study, revision="") == replace(other.study, revision="")
        assert [m.address for m in one.marks] == [m.address for m in other.marks]
        assert [v.handle for v in one.visits] == [v.handle for v in other.visits]


def plain(note: Note) -> Note:
    speaker = replace(note.speaker, person_id="") if note.speaker else None
    blank = {"handle": "", "visit_id": None, "created_at": "", "updated_at": "", "revision": ""}
    return replace(note, id="", speaker=speaker, **blank)


def test_notes_and_marks_are_one_change_signed_by_the_sample(ja: Settings) -> None:
    with viewing(ja, "all") as view:
        changes = queries.changes(view.connection)
        notes, marks = len(view.notes), len(view.marks)
        assert {note.by for note in view.notes} == {"見本"}
    assert [change.command for change in changes].count(DEMO) == 1
    entered = next(change for change in changes if change.command == DEMO)
    kinds = Counter(name.partition(":")[0] for name in entered.objects)
    assert (kinds["note"], kinds["mark"]) == (notes, marks)
    assert {change.by for change in changes} == {"見本"}


def test_who_runs_it_goes_on_under_their_own_name(tmp_path: Path) -> None:
    given = made(tmp_path / "new folder", "ja")
    assert given.study().folder == tmp_path / "new folder"
    note = add_note(given, "kaku-1", "一言", NoteFields(place="ai-rpa/sharing"))
    assert note.by == "somebody real"
    assert undo(given).change.command == "note add"


def test_a_folder_that_holds_a_study_is_refused(tmp_path: Path) -> None:
    made(tmp_path, "ja")
    before = (tmp_path / "fieldvisit.db").read_bytes()
    with pytest.raises(Refused):
        make_demo(Settings(tmp_path), tmp_path)
    assert (tmp_path / "fieldvisit.db").read_bytes() == before
