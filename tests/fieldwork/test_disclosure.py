"""Who may see what. Everything that is not certainly open is off the record."""

import pytest
from hypothesis import given
from hypothesis import strategies as st
from msgspec.structs import replace

import strategies
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
from fieldvisit.fieldwork.terms import AUDIENCES, DISCLOSURES, STATES
from fieldvisit.fieldwork.visit import Participant, Visit

LEVELS = ["public", "confirm", "anonymous", "group", "off-record"]
SEEN = {"public": LEVELS[:1], "group": LEVELS[:4], "all": LEVELS}
NEAR_MISSES = [
    None, "", " ", "Public", "PUBLIC", "public ", " public", "public\n", "ｐｕｂｌｉｃ", "公表可",
    "pub",
    "confirmed", "open", "off_record", "offrecord", "group\0", "publiс",
]  # fmt: skip

PERSON = Participant("p1", "respondent", "山田太郎", "情報経営部", "課長")
PLACE = Visit(
    "v",
    "chiba-1",
    "121002",
    contact="043-000-0000",
    consent="録音可",
    participants=(
        PERSON,
        Participant("p2", "interviewer", "佐藤"),
        Participant("p3", "respondent", "無所属の人"),
    ),
)


def note(disclosure: str, **more: object) -> Note:
    made = Note("n", "h", "121002", "v", "quote", "本文", disclosure, "書いた人")
    return replace(made, speaker=PERSON, tags=("札",), only_for=("g",), **more)


def test_the_levels_and_audiences_are_those_of_the_contract_in_its_order() -> None:
    assert list(DISCLOSURES) == LEVELS
    assert list(AUDIENCES) == list(SEEN)
    assert OFF_RECORD == "off-record"


@pytest.mark.parametrize("audience", SEEN)
@pytest.mark.parametrize("disclosure", LEVELS)
def test_each_audience_sees_its_levels(audience: str, disclosure: str) -> None:
    assert may_see(disclosure, audience) == (disclosure in SEEN[audience])
    seen = note_for(note(disclosure), audience)
    assert (seen is not None) == (disclosure in SEEN[audience])
    if seen and audience != "public":
        assert seen == note(disclosure)


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


@given(st.lists(st.sampled_from(LEVELS), min_size=1))
def test_the_strictest_is_the_most_closed(levels: list[str]) -> None:
    found = strictest(levels)
    assert found in levels
    for audience in SEEN:
        if may_see(found, audience):
            assert all(may_see(one, audience) for one in levels)


def test_of_nothing_the_strictest_is_off_the_record() -> None:
    assert strictest([]) == OFF_RECORD


@given(st.sampled_from(sorted(SEEN)), st.sampled_from(sorted(SEEN)))
def test_the_tighter_audience_sees_no_more_than_either(one: str, other: str) -> None:
    found = tighter(one, other)
    assert found == tighter(other, one)
    assert found in {one, other}
    assert set(SEEN[found]) <= set(SEEN[one]) & set(SEEN[other])


def test_the_public_sees_no_person_author_tag_or_group() -> None:
    seen = note_for(note("public"), "public")
    assert seen
    assert seen.speaker == Participant("", "respondent", "", "情報経営部", "課長")
    assert (seen.by, seen.tags, seen.only_for) == ("", (), ())
    assert (seen.body, seen.handle, seen.disclosure) == ("本文", "h", "public")


def test_a_note_without_a_speaker_stays_without_one() -> None:
    seen = note_for(replace(note("public"), speaker=None), "public")
    assert seen
    assert seen.speaker is None


@given(strategies.whole(Visit, participants=st.lists(strategies.people, max_size=3).map(tuple)))
def test_the_public_sees_no_name_contact_or_consent_of_a_visit(visit: Visit) -> None:
    assert visit_for(visit, "group") is visit
    assert visit_for(visit, "all") is visit
    seen = visit_for(visit, "public")
    assert (seen.contact, seen.consent, seen.interviewers) == ("", "", ())
    assert all((person.name, person.person_id) == ("", "") for person in seen.participants)
    assert [p.role for p in seen.respondents] == [p.role for p in visit.respondents if p.role]


def test_a_respondent_known_by_name_alone_is_not_counted_to_the_public() -> None:
    assert [p.role for p in visit_for(PLACE, "public").participants] == ["情報経営部 課長"]


@pytest.mark.parametrize("state", [s for s in STATES if s != "not-stated"])
def test_the_public_learns_no_confidential_reason(state: str) -> None:
    assert state_for(state, "group") == state
    assert state_for(state, "all") == state
    hidden = {"withheld", "declined", "not-asked", "no-answer", "open"}
    assert state_for(state, "public") == ("not-stated" if state in hidden else state)
