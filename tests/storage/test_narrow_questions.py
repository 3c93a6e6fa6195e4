"""A narrow question gets what the wide one would, filtered; and reads no more than it takes."""

import re
import sqlite3
from collections.abc import Collection, Sequence
from typing import Any

import pytest
from hypothesis import given, settings
from hypothesis import strategies as st
from msgspec.structs import replace

import strategies
from conftest import Fresh
from fieldvisit.fieldwork.confirmation import Confirmation
from fieldvisit.fieldwork.disclosure import certain_levels, may_see, possible_levels
from fieldvisit.fieldwork.guide import Address
from fieldvisit.fieldwork.note import Note
from fieldvisit.fieldwork.study import StudyGroup
from fieldvisit.fieldwork.terms import AUDIENCES, DISCLOSURES
from fieldvisit.fieldwork.visit import Visit
from fieldvisit.settings import Settings
from fieldvisit.storage import gate, records
from fieldvisit.storage.gate.present import seen_ids
from storage.changes import CHIBA, one_change, read
from strategies import addresses

VISITS = (
    Visit("v", "chiba-1", CHIBA.code, "2019-10-21", study_groups=("a",)),
    Visit("w", "chiba-2", CHIBA.code, "2019-10-01", study_groups=("a", "b")),
)
audiences = st.sampled_from([*AUDIENCES, "strangers"])


@st.composite
def notes(draw: st.DrawFn) -> list[Note]:
    one = st.sampled_from(VISITS).flatmap(lambda v: strategies.notes(CHIBA.code, v, ("a", "b")))
    own = strategies.notes(CHIBA.code, None, ("a", "b"))
    unique = (lambda note: note.id, lambda note: note.handle)
    drawn: list[Note] = draw(st.lists(one | own, max_size=6, unique_by=unique))
    return drawn


@st.composite
def questions(draw: st.DrawFn, known: Sequence[Note]) -> gate.NotesAsked:
    ids = st.lists(st.sampled_from([note.id for note in known] or ["x"]), max_size=4)
    handles = [note.handle[:length] for note in known for length in (4, 10)]
    places = [place for note in known for place in note.places]
    return gate.NotesAsked(
        ids=draw(st.none() | ids),
        handle=draw(st.just("") | st.sampled_from([*handles, "~", "あ", "zz"])),
        visit_id=draw(st.sampled_from([None, "v", "w"])),
        city_code=draw(st.sampled_from([None, CHIBA.code, "x"])),
        places=draw(st.none() | st.lists(st.sampled_from(places) if places else addresses)),
        study_group=draw(st.sampled_from(["", "a", "b"])),
        deleted=draw(st.booleans()),
    )


def asked_for(note: Note, asked: gate.NotesAsked) -> bool:
    """What ``asked`` means, without SQL."""
    serves = {visit.id: visit.study_groups for visit in VISITS}.get(note.visit_id or "")
    group = asked.study_group
    return (
        (asked.ids is None or note.id in asked.ids)
        and (note.handle.startswith(asked.handle) or note.id == asked.handle)
        and asked.visit_id in (None, note.visit_id)
        and asked.city_code in (None, note.city_code)
        and (asked.places is None or not set(asked.places).isdisjoint(note.places))
        and (not group or serves is None or group in serves)
        and (not group or not note.only_for or group in note.only_for)
        and (asked.deleted or not note.deleted)
    )


def store(given_study: Settings, notes: Sequence[Note], confirmed: Collection[Note] = ()) -> None:
    with one_change(given_study) as change:
        for thing in (StudyGroup("a", "A"), StudyGroup("b", "B"), CHIBA, *VISITS):
            records.save(change, thing)
        for note in notes:
            stored = records.save(change, note)
            if note in confirmed:
                records.save(change, Confirmation(note.id, "v", "ok", stored.revision))


@settings(max_examples=60)
@given(data=st.data(), known=notes(), audience=audiences, anonymised=st.booleans())
def test_the_answer_is_the_wide_one_filtered(
    fresh_study: Fresh, data: st.DataObject, known: list[Note], audience: str, *, anonymised: bool
) -> None:
    given_study = fresh_study()
    confirmed = data.draw(st.sets(st.sampled_from(known)) if known else st.just(set()))
    store(given_study, known, confirmed)
    asked = replace(data.draw(questions(known)), anonymised=anonymised)
    everything = gate.NotesAsked(deleted=True, anonymised=anonymised)
    whole = replace(everything, study_group=asked.study_group, deleted=asked.deleted)
    phrases = data.draw(st.lists(st.sampled_from([n.body[:2] for n in known] or ["x"]), max_size=1))
    with read(given_study) as connection:
        wide = gate.notes(connection, audience, everything)
        by_id = {note.id: note for note in gate.notes(connection, "all", everything)}
        full = [by_id[note.id] for note in wide]  # groups and tags as the question sees them
        wanted = [note for note, own in zip(wide, full, strict=True) if asked_for(own, asked)]
        assert list(gate.notes(connection, audience, asked)) == wanted
        ids = {note.id for note in wanted}
        assert seen_ids(connection, audience, asked) == ids
        found = gate.occasions(connection, audience, asked)
        assert {(one.visit_id, one.as_of) for one in found} == {
            (note.visit_id, note.as_of) for note in wanted
        }
        filed = gate.places_seen(connection, audience, whole)
        allowed = [n for n, own in zip(wide, full, strict=True) if asked_for(own, whole)]
        assert filed == {place for note in allowed for place in note.places}
        assert gate.places_filed(connection) == {p for n in known for p in n.places}
        hidden = [
            note
            for note in by_id.values()
            if asked_for(note, replace(asked, deleted=False))
            and note.id not in {n.id for n in wide}
        ]
        standing = replace(asked, deleted=False)
        for fits in (None, lambda note: bool(note.tags)):
            count = gate.held_back(connection, audience, standing, fits)
            assert count == sum(fits is None or fits(note) for note in hidden)
        if all(phrases):
            hits = gate.search(connection, audience, phrases, standing, limit=2)
            brute = gate.search(connection, audience, phrases, standing)
            assert hits == brute[:2]


@pytest.mark.parametrize("audience", [*AUDIENCES, "strangers"])
@pytest.mark.parametrize("level", DISCLOSURES)
def test_what_sql_may_choose_by_is_never_narrower_than_the_rule(audience: str, level: str) -> None:
    cases = [{"confirmed": c, "anonymised": a} for c in (False, True) for a in (False, True)]
    seen = [may_see(level, audience, **case) for case in cases]
    assert (level in possible_levels(audience)) == any(seen)
    assert (level in certain_levels(audience)) == all(seen)


@pytest.mark.parametrize(
    "asked",
    [
        gate.NotesAsked(ids=["n"]),
        gate.NotesAsked(handle="abcd"),
        gate.NotesAsked(visit_id="v"),
        gate.NotesAsked(city_code=CHIBA.code),
        gate.NotesAsked(places=[Address("hiring", "graduates")]),
    ],
    ids=["ids", "handle", "visit", "city", "places"],
)
def test_a_narrow_question_walks_through_no_whole_table(
    fresh_study: Fresh, asked: gate.NotesAsked
) -> None:
    given_study = fresh_study()
    note = Note("n", "abcdefghij", CHIBA.code, "v", "statement", "x", "public", "t",
                (Address("hiring", "graduates"),), tags=("t",))  # fmt: skip
    store(given_study, [note])
    told: list[str] = []
    with read(given_study) as connection:
        connection.set_trace_callback(told.append)
        assert [one.id for one in gate.notes(connection, "group", asked)] == [note.id]
        connection.set_trace_callback(None)
        plans = [_plan(connection, sql) for sql in told if sql.startswith("SELECT")]
    assert len(plans) >= 4
    assert [plan for plan in plans if re.search(r"\bSCAN (?!CONSTANT)", plan)] == []


def _plan(connection: sqlite3.Connection, sql: str) -> str:
    rows: Any = connection.execute(f"EXPLAIN QUERY PLAN {sql}")
    return "; ".join(row[-1] for row in rows)
