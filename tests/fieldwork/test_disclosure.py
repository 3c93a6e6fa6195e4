"""Who may see what. Everything that is not certainly open is off the record."""

from datetime import date

import pytest
from hypothesis import given
from hypothesis import strategies as st
from msgspec.structs import replace

import strategies
from documents.values import V2, compared
from documents.values import note as dated
from fieldvisit import language
from fieldvisit.errors import WrongUsage
from fieldvisit.fieldwork.comparison import far_apart
from fieldvisit.fieldwork.disclosure import (
    OFF_RECORD,
    level,
    may_see,
    note_for,
    state_for,
    strictest,
    tighter,
    visit_for,
)
from fieldvisit.fieldwork.note import Note
from fieldvisit.fieldwork.terms import (
    ANSWERING_KINDS,
    ATTRIBUTES,
    AUDIENCES,
    CLASSES,
    DISCLOSURES,
    KINDS,
    MARKS,
    MODES,
    STATES,
    STATUSES,
)
from fieldvisit.fieldwork.visit import Participant, Visit
from fieldvisit.fieldwork.vocabulary import Vocabulary

LEVELS = ["public", "confirm", "anonymous", "group", "off-record"]
SEEN = {"public": LEVELS[:1], "group": LEVELS[:4], "all": LEVELS}
NEAR_MISSES = [
    None, "", " ", "Public", "PUBLIC", "public ", " public", "public\n", "ｐｕｂｌｉｃ", "公表可",
    "pub",
    "confirmed", "open", "off_record", "offrecord", "group\0", "publiс",
]  # fmt: skip

PERSON = Participant("p1", "respondent", "山田太郎", "情報経営部", "課長")
PLACE = Visit(
    "v", "chiba-1", "121002", contact="043-000-0000", consent="録音可",
    participants=(
        PERSON,
        Participant("p2", "interviewer", "佐藤"),
        Participant("p3", "respondent", "無所属の人"),
    ),
)  # fmt: skip


def note(disclosure: str, **more: object) -> Note:
    made = Note("n", "h", "121002", "v", "quote", "本文", disclosure, "書いた人")
    return replace(made, speaker=PERSON, tags=("札",), only_for=("g",), **more)


@pytest.mark.parametrize("audience", SEEN)
@pytest.mark.parametrize("disclosure", LEVELS)
def test_each_audience_sees_its_levels(audience: str, disclosure: str) -> None:
    assert may_see(disclosure, audience) == (disclosure in SEEN[audience])
    seen = note_for(note(disclosure), audience)
    assert (seen is not None) == (disclosure in SEEN[audience])
    if seen and audience == "group":  # knows what the speaker is, and not who
        position = replace(PERSON, person_id="", name="")
        assert seen == replace(note(disclosure), speaker=position)
    if seen and audience == "all":
        assert seen == note(disclosure)
    if seen and audience == "public":  # knows no person, author, tag or group
        assert seen == replace(note(disclosure), speaker=None, by="", tags=(), only_for=())


@given(st.none() | strategies.storable | st.text() | st.sampled_from(NEAR_MISSES))
def test_whatever_is_no_level_is_off_the_record(text: str | None) -> None:
    if text in LEVELS:
        return
    assert level(text) == OFF_RECORD
    assert [may_see(text, audience) for audience in SEEN] == [False, False, True]
    assert strictest(["public", text]) == OFF_RECORD
    closed = note(text or "")
    assert note_for(closed, "public") is None
    assert note_for(closed, "group") is None
    shown = note_for(closed, "all")
    assert shown
    assert shown.disclosure == OFF_RECORD


@given(st.text() | st.sampled_from(["", "All", "all ", "everyone", "一般公開"]))
def test_an_unknown_audience_sees_nothing(audience: str) -> None:
    if audience in SEEN:
        return
    for disclosure in [*LEVELS, "", None]:
        assert not may_see(disclosure, audience)
    assert note_for(note("public"), audience) is None


@given(st.lists(st.sampled_from(LEVELS)))
def test_the_strictest_is_the_most_closed_and_of_nothing_off_the_record(levels: list[str]) -> None:
    found = strictest(levels)
    assert found in (levels or [OFF_RECORD])
    for audience in SEEN:
        if may_see(found, audience):
            assert all(may_see(one, audience) for one in levels)


@given(st.sampled_from(sorted(SEEN)), st.sampled_from(sorted(SEEN)))
def test_the_tighter_audience_sees_no_more_than_either(one: str, other: str) -> None:
    found = tighter(one, other)
    assert found == tighter(other, one)
    assert found in {one, other}
    assert set(SEEN[found]) <= set(SEEN[one]) & set(SEEN[other])


@pytest.mark.parametrize(
    ("own", "of_visit", "shown"),
    [
        ("", "", None), ("department", "name", "情報経営部"), ("position", "", "情報経営部 課長"),
        ("name", "", "情報経営部 課長 山田"), ("", "position", "情報経営部 課長"),
        ("city", "name", None),
    ],
)  # fmt: skip
def test_a_speaker_is_named_as_far_as_was_agreed(
    own: str, of_visit: str, shown: str | None
) -> None:
    speaker = Participant("p", "respondent", "山田", "情報経営部", "課長")
    said = replace(note("public"), speaker=speaker, attribution=own, attributed=of_visit)
    for audience in ("public", "group") if own or of_visit else ("public",):
        seen = note_for(said, audience)
        assert seen
        assert (str(seen.speaker) if seen.speaker else None) == shown
    kept = note_for(said, "all")
    assert kept
    assert kept.speaker == speaker


@given(strategies.whole(Visit, participants=st.lists(strategies.people, max_size=3).map(tuple)))
def test_the_public_sees_no_name_contact_or_consent_of_a_visit(visit: Visit) -> None:
    assert visit_for(visit, "group") is visit
    assert visit_for(visit, "all") is visit
    seen = visit_for(visit, "public")
    assert (seen.contact, seen.consent, seen.interviewers) == ("", "", ())
    assert all((person.name, person.person_id) == ("", "") for person in seen.participants)
    assert all(person.role for person in seen.respondents)


@pytest.mark.parametrize(
    ("attribution", "roles"),
    [
        ("", []), ("city", []), ("department", ["情報経営部"]), ("position", ["情報経営部 課長"]),
        ("name", ["情報経営部 課長"]), ("anything", []),
    ],
)  # fmt: skip
def test_the_public_learns_of_respondents_what_may_be_said_of_speakers(
    attribution: str, roles: list[str]
) -> None:
    seen = visit_for(replace(PLACE, attribution=attribution), "public")
    assert [person.role for person in seen.participants] == roles


@pytest.mark.parametrize("state", [s for s in STATES if s != "not-stated"])
def test_the_public_learns_no_confidential_reason(state: str) -> None:
    assert state_for(state, "group") == state
    assert state_for(state, "all") == state
    hidden = {"withheld", "declined", "not-asked", "no-answer", "open"}
    assert state_for(state, "public") == ("not-stated" if state in hidden else state)


def at_himeji(handle: str, place: str = "ai-rpa/status", **more: object) -> Note:
    return dated(handle, place, city_code="282014", visit_id=V2, **more)


def told(*notes: Note) -> list[tuple[str, str, str]]:
    rows = far_apart(compared(notes).topics[0])
    return [(key, oldest.note.handle, newest.note.handle) for key, oldest, newest in rows]


def test_the_oldest_and_the_newest_cell_of_a_row_are_named() -> None:
    old = {"as_of": "2017-10-01"}
    newer = dated("c", as_of="2018")
    assert told(dated("a", **old), newer, at_himeji("b")) == [("status", "c", "b")]
    assert told(dated("a", **old), dated("c"), at_himeji("b")) == []
    assert told(dated("a", **old), newer) == []
    assert told(dated("a", kind="remark", **old), at_himeji("b")) == []
    assert told(dated("a", "ai-rpa/plans", **old), at_himeji("b")) == []
    assert told(dated("a", kind="desk", visit_id=None), at_himeji("b")) == []
    assert told(dated("a", "ai-rpa", **old), at_himeji("b", "ai-rpa")) == [("", "a", "b")]


dates = st.dates(date(2015, 1, 1), date(2022, 12, 31))
told_dates = st.lists(st.tuples(st.booleans(), dates), max_size=6)


@given(told_dates)
def test_it_warns_exactly_where_the_newest_of_two_cities_lie_apart(
    said: list[tuple[bool, date]],
) -> None:
    notes = [
        (dated if here else at_himeji)(f"n{n}", as_of=day.isoformat())
        for n, (here, day) in enumerate(said)
    ]
    one, other = (max((d for h, d in said if h is here), default=None) for here in (True, False))
    assert bool(told(*notes)) == bool(one and other and abs((one - other).days) > 366)


ALL = (KINDS, DISCLOSURES, AUDIENCES, STATES, MARKS, MODES, STATUSES, CLASSES, ATTRIBUTES)
EVERY = [(vocabulary, value) for vocabulary in ALL for value in vocabulary]


@pytest.mark.parametrize(("vocabulary", "value"), EVERY)
def test_every_name_of_a_value_means_it(vocabulary: Vocabulary, value: str) -> None:
    term = vocabulary[value]
    named = (term.ja, term.en, term.mark or value, *term.old)
    for typed in (value, value.upper(), f" {value} ", *named):
        assert vocabulary.read(typed) == value
    assert vocabulary.word(value) == term.en
    language.use("ja")
    assert vocabulary.word(value) == term.ja


@given(st.sampled_from(EVERY), st.data())
def test_the_beginning_of_a_name_means_its_value_or_is_refused_with_all_it_could_mean(
    one: tuple[Vocabulary, str], data: st.DataObject
) -> None:
    vocabulary, value = one
    term = vocabulary[value]
    name = data.draw(st.sampled_from([value, term.ja, term.en]))
    typed = name[: data.draw(st.integers(1, len(name)))]
    try:
        found = vocabulary.read(typed)
    except WrongUsage as refused:
        found = value if value in refused.hint and "more than one" in refused.sentence else ""
    assert found == value or _exact(vocabulary, typed)


def _exact(vocabulary: Vocabulary, typed: str) -> bool:
    return any(typed in (v, t.ja, t.en, t.mark, *t.old) for v, t in vocabulary.items())


@pytest.mark.parametrize("vocabulary", ALL)
@pytest.mark.parametrize("typed", ["", " ", "zzz", "\0", "?", "公" * 50])
def test_nonsense_is_refused_with_what_is_allowed(vocabulary: Vocabulary, typed: str) -> None:
    with pytest.raises(WrongUsage) as caught:
        vocabulary.read(typed)
    assert all(value in caught.value.hint for value in vocabulary)


def test_marks_stand_in_brackets_of_the_language() -> None:
    assert DISCLOSURES.mark("confirm") == "[to be confirmed]"
    language.use("ja")
    assert [DISCLOSURES.mark(v) for v in ("confirm", "anonymous", "group")] == [
        "【先方確認前】", "【市名を伏せれば可】", "【研究会内限り】",
    ]  # fmt: skip
    assert AUDIENCES.mark("group") == ""
    assert DISCLOSURES.mark("unknown") == ""


def test_the_values_are_those_of_the_contract_in_its_order() -> None:
    assert list(DISCLOSURES) == LEVELS
    assert list(AUDIENCES) == list(SEEN)
    assert OFF_RECORD == "off-record"
    assert list(STATES) == [
        "answered", "desk-only", "out-of-scope", "open", "to-follow", "no-answer", "not-asked",
        "declined", "not-applicable", "withheld", "not-stated",
    ]  # fmt: skip
    assert list(MARKS) == [
        "to-follow", "no-answer", "not-asked", "declined", "not-applicable", "withheld", "clear",
    ]  # fmt: skip
    assert list(KINDS) == [
        "statement", "quote", "reply", "handout", "desk", "questionnaire", "remark",
    ]  # fmt: skip
    assert list(MODES) == ["onsite", "online", "phone", "written"]
    assert list(STATUSES) == ["planned", "held", "postponed", "cancelled"]
    assert set(KINDS) > ANSWERING_KINDS
    assert set(CLASSES) < set(ATTRIBUTES)
