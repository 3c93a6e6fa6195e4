"""One list of columns: whatever a field holds comes back, through every door, and none is left out.

The strategies are made of the fields of the value classes, so that a new field is varied, stored
and read at once, or fails here.
"""

import sqlite3
from collections.abc import Mapping
from contextlib import closing
from typing import Any

import pytest
from hypothesis import given, settings
from hypothesis import strategies as st
from msgspec.structs import fields, replace
from sqlalchemy import Integer
from sqlmodel import SQLModel

from conftest import Fresh
from fieldvisit.fieldwork.city import City
from fieldvisit.fieldwork.note import Note
from fieldvisit.fieldwork.study import Kept, Study, StudyGroup
from fieldvisit.fieldwork.summary import SeenNote
from fieldvisit.fieldwork.terms import NAMED
from fieldvisit.fieldwork.visit import Participant, Visit
from fieldvisit.review.pieces import Where
from fieldvisit.settings import Settings
from fieldvisit.storage import gate, queries, records
from fieldvisit.storage.connection import writing
from fieldvisit.storage.kinds import KINDS
from fieldvisit.storage.layout import Kind
from storage.changes import CHIBA, one_change, read
from strategies import ADDED, DERIVED, addresses, bare, ids, storable, whole

FEW = settings(max_examples=25)
PEOPLE = (Participant("p", "respondent", "山田", "課", "長"), Participant("q", "interviewer"))
CITIES = (CHIBA, City("282014", "兵庫県", "姫路市", "ひめじし", "himeji"))
VISITS = tuple(Visit(f"v{c.code}", c.romaji, c.code, participants=PEOPLE) for c in CITIES)
NOTES = tuple(
    Note(f"n{at}", f"aaaaaaaaa{at}", CHIBA.code, VISITS[0].id, "statement", "x", level, "t")
    for at, level in enumerate(("public", "group", "off-record"))
)
GROUND: tuple[Kept, ...] = (
    StudyGroup("a", "A"), StudyGroup("b", "B"), *CITIES, *VISITS, *NOTES
)  # fmt: skip
# Fields that name something else must name what is there.
codes = st.sampled_from([city.code for city in CITIES])
visit_ids = st.sampled_from([visit.id for visit in VISITS])
note_ids = st.sampled_from([note.id for note in NOTES])
groups = st.lists(st.sampled_from("ab"), max_size=2).map(tuple)


@st.composite
def notes(draw: st.DrawFn) -> Note:
    visit_id = draw(st.none() | visit_ids)
    speaker = draw(st.none() | st.sampled_from(PEOPLE)) if visit_id else None
    drawn: Note = draw(
        whole(Note, city_code=codes, visit_id=st.just(visit_id), only_for=groups,
              speaker=st.just(speaker))
    )  # fmt: skip
    return drawn


POINTING: Mapping[str, Mapping[str, st.SearchStrategy[Any]]] = {
    "visit": {
        "city_code": codes,
        "study_groups": groups,
        # Somebody who is known keeps the name that was given first.
        "participants": st.lists(
            whole(Participant, person_id=ids), max_size=3, unique_by=lambda p: p.person_id
        ).map(tuple),
    },
    "mark": {"visit_id": visit_ids},
    "material": {"visit_id": visit_ids},
    "city-fact": {"city_code": codes},
    "summary": {
        "city_code": st.none() | codes,
        "address": addresses,
        "seen": st.lists(whole(SeenNote, note_id=note_ids), max_size=3).map(tuple),
    },
    "confirmation": {"note_id": note_ids, "visit_id": visit_ids},
    "note-conflict": {"first": note_ids, "second": note_ids},
    "item": {"where": whole(Where), "place": st.none() | addresses},
}


def things(kind: Kind[Any]) -> st.SearchStrategy[Any]:
    return notes() if kind.made is Note else whole(kind.made, **POINTING.get(kind.name, {}))


every_kind = pytest.mark.parametrize("kind", KINDS.values(), ids=list(KINDS))


@every_kind
def test_every_field_is_varied(kind: Kind[Any]) -> None:
    varied = [field.name for field in fields(kind.made) if field.name not in ADDED]
    seen: dict[str, set[str]] = {name: set() for name in varied}

    @settings(max_examples=100)
    @given(things(kind))
    def look(thing: Any) -> None:
        for name in varied:
            seen[name].add(repr(getattr(thing, name)))

    look()
    assert [name for name in varied if len(seen[name]) < 2] == []


@every_kind
@FEW
@given(data=st.data())
def test_what_was_stored_comes_back_through_every_door(
    fresh_study: Fresh, kind: Kind[Any], data: st.DataObject
) -> None:
    given_study = fresh_study()
    with one_change(given_study) as change:
        before = [records.save(change, thing) for thing in GROUND if not isinstance(thing, Study)]
        drawn = data.draw(things(kind))
        known: dict[Any, Any] = {(type(thing), thing.id): thing for thing in before}
        known[Study, "study"] = queries.study(change.connection)
        first = records.save_over(change, drawn, known.get((kind.made, drawn.id)))
        again = data.draw(things(kind))
        key = {name: getattr(drawn, name) for name in _key_fields(kind)}
        second = records.save_over(change, replace(again, **key), first)
        others = len(change.connection.execute(f"SELECT 1 FROM {kind.table}").fetchall())
    assert second.number == first.number + 1
    with read(given_study) as connection:
        back = gate.stands(connection, kind.name, drawn.id)
        assert repr(_undated(back)) == repr(_undated(second))
        connection.row_factory = sqlite3.Row
        rows = [dict(row) for row in connection.execute(f"SELECT * FROM {kind.table}")]
        assert len(rows) == others
        assert kind.row(second).items() <= next(r for r in rows if r["seq"] == back.seq).items()
    body = kind.to_body(second)
    assert repr(kind.from_body(body)) == repr(bare(second))
    assert kind.to_body(kind.from_body(body)) == body


def _key_fields(kind: Kind[Any]) -> tuple[str, ...]:
    """The fields that make the name of an object."""
    return {
        "summary": ("city_code", "address"),
        "mark": ("visit_id", "address"),
        "city-fact": ("city_code", "key", "as_of"),
        "note-conflict": ("first", "second"),
        "name-alias": ("kind", "name"),
        "study": (),
    }.get(kind.name, kind.key)


def _undated(thing: Any) -> Any:
    """The thing without its place in the table, and without what other rows say of it."""
    own = DERIVED | {"seq"}
    return replace(thing, **{f.name: f.default for f in fields(type(thing)) if f.name in own})


@FEW
@given(data=st.data())
def test_they_come_in_the_order_of_their_entry_and_without_the_deleted(
    fresh_study: Fresh, data: st.DataObject
) -> None:
    given_study = fresh_study()
    reading_them: dict[str, Any] = {
        "city-fact": queries.city_facts,
        "mark": queries.marks,
        "name-alias": queries.name_aliases,
        "study-group": queries.study_groups,
    }
    drawn: dict[str, list[Any]] = {
        name: data.draw(st.lists(things(KINDS[name]), max_size=3, unique_by=lambda one: one.id))
        for name in reading_them
    }
    with one_change(given_study) as change:
        for thing in (*CITIES, *VISITS, *(one for batch in drawn.values() for one in batch)):
            records.save(change, thing)
    with read(given_study) as connection:
        for name, reads in reading_them.items():
            assert [bare(one) for one in reads(connection, deleted=True)] == drawn[name]
            standing = [thing for thing in drawn[name] if not thing.deleted]
            assert [bare(one) for one in reads(connection)] == standing


@FEW
@given(storable, storable)
def test_a_kept_guide_comes_back_as_it_was_stored_and_once(
    fresh_study: Fresh, yaml: str, json_text: str
) -> None:
    given_study = fresh_study()
    for text in (json_text, "something else under the same bytes"):
        with one_change(given_study) as change:
            records.keep_guide(change, "0" * 64, "g", "1", yaml, text)
    with read(given_study) as connection:
        assert queries.snapshots(connection)["0" * 64] == json_text


@FEW
@given(storable, storable)
def test_a_change_comes_back_with_its_words_and_its_objects(
    fresh_study: Fresh, by: str, command: str
) -> None:
    given_study = fresh_study()
    with writing(given_study.study().database, command, by) as change:
        records.save(change, StudyGroup("a", "A"))
        with change.apart("apart"):
            records.save(change, StudyGroup("b", "B"))
        records.save(change, CHIBA)
    with read(given_study) as connection:
        apart, logged = queries.changes(connection)[:2]
        (revision,) = gate.revisions_of_change(connection, apart.id)
    assert (logged.command, logged.by) == (command, by)
    assert logged.objects == ("study-group:a", "city:121002")
    assert apart.objects == ("study-group:b",)
    assert (revision.by, revision.number, revision.parents) == (by, 1, ())


@FEW
@given(
    lines=st.lists(storable, max_size=5),
    names=st.dictionaries(storable, st.tuples(st.sampled_from(list(NAMED)), storable), max_size=5),
)
def test_the_key_of_an_output_is_kept_letter_by_letter(
    fresh_study: Fresh, lines: list[str], names: dict[str, tuple[str, str]]
) -> None:
    given_study = fresh_study()
    with one_change(given_study) as change:
        number = records.keep_output(change, lines, names)
        assert records.keep_output(change, [], {}) == number + 1
    with read(given_study) as connection:
        assert queries.output_made(connection, number) == (lines, names)
        assert queries.output_made(connection, number + 2) == ([], {})


def test_no_stored_value_is_anything_but_text_number_or_nothing(field: Settings) -> None:
    with closing(sqlite3.connect(field.study().database)) as connection:
        for table in SQLModel.metadata.tables.values():
            for column in table.columns:
                found = connection.execute(f'SELECT DISTINCT typeof("{column.name}") FROM {table}')
                wanted = "integer" if isinstance(column.type, Integer) else "text"
                assert {kind for (kind,) in found} <= {wanted, *(["null"] * bool(column.nullable))}


def test_no_column_of_a_read_is_taken_for_a_text(field: Settings) -> None:
    """SQLite takes an unknown column in double quotes for a text; none of ours is quoted."""
    with closing(sqlite3.connect(field.study().database)) as connection:
        for kind in KINDS.values():
            assert '"' not in kind.select()
            connection.execute(kind.select())
