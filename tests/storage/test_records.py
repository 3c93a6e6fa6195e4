"""One schema, two doors: what goes in through SQLModel comes out equal through plain SQL."""

import hashlib
import sqlite3
import traceback
from collections.abc import Iterator
from contextlib import closing, contextmanager
from dataclasses import replace
from pathlib import Path
from typing import Any

import pytest
from hypothesis import given, settings
from hypothesis import strategies as st
from sqlalchemy import Integer, Text
from sqlmodel import SQLModel

import strategies
from fieldvisit.errors import Conflict
from fieldvisit.fieldwork.guide import Address
from fieldvisit.fieldwork.mark import Mark
from fieldvisit.fieldwork.note import Note
from fieldvisit.fieldwork.study import STUDY_ID, Study, StudyGroup
from fieldvisit.fieldwork.visit import Visit
from fieldvisit.settings import Settings
from fieldvisit.shipped_cities import shipped
from fieldvisit.storage import gate, queries, records
from fieldvisit.storage.connection import reading
from fieldvisit.storage.writing import Ledger, writing

CHIBA = next(city for city in shipped() if city.code == "121002")
FEW = settings(max_examples=25)


@contextmanager
def change(given_study: Settings) -> Iterator[Ledger]:
    with writing(given_study.study().database, "test", "t") as ledger:
        yield ledger


def read(given_study: Settings) -> Any:
    return reading(given_study.study().database)


@FEW
@given(strategies.studies)
def test_a_study_comes_back_as_it_was_stored(fresh_study: Any, study: Study) -> None:
    given_study = fresh_study()
    with read(given_study) as connection:
        before = queries.study(connection)
    with change(given_study) as ledger:
        stored = records.save(
            ledger, replace(study, revision=before.revision, number=before.number)
        )
    with read(given_study) as connection:
        assert queries.study(connection) == stored
    assert stored.number == before.number + 1
    assert stored.id == STUDY_ID


@FEW
@given(st.lists(strategies.groups, max_size=4, unique_by=lambda group: group.short))
def test_study_groups_come_back_as_they_were_stored(
    fresh_study: Any, groups: list[StudyGroup]
) -> None:
    given_study = fresh_study()
    with change(given_study) as ledger:
        stored = [records.save(ledger, group) for group in groups]
    with read(given_study) as connection:
        assert queries.study_groups(connection, deleted=True) == tuple(stored)
        assert queries.study_groups(connection) == tuple(g for g in stored if not g.deleted)


@FEW
@given(st.lists(strategies.cities, max_size=3, unique_by=lambda city: city.code))
def test_cities_come_back_as_they_were_stored(fresh_study: Any, cities: list[Any]) -> None:
    given_study = fresh_study()
    with change(given_study) as ledger:
        stored = {records.save(ledger, city).code: city for city in cities}
    with read(given_study) as connection:
        found = queries.cities(connection, deleted=True)
        assert {c.code: replace(c, revision="", number=0) for c in found} == stored
        assert {c.code for c in queries.cities(connection)} == {
            c.code for c in cities if not c.deleted
        }


@FEW
@given(st.data())
def test_visits_notes_and_marks_come_back_as_they_were_stored(
    fresh_study: Any, data: st.DataObject
) -> None:
    given_study = fresh_study()
    visit = data.draw(strategies.visits(CHIBA.code, ("a", "b")))
    notes = data.draw(
        st.lists(
            strategies.notes(CHIBA.code, visit, ("a", "b")) | strategies.notes(CHIBA.code),
            max_size=3,
            unique_by=(lambda note: note.id, lambda note: note.handle),
        )
    )
    marks = data.draw(st.lists(strategies.marks(visit.id), max_size=3, unique_by=lambda m: m.id))
    with change(given_study) as ledger:
        records.save(ledger, CHIBA)
        for short in "ab":
            records.save(ledger, StudyGroup(short, short))
        records.save(ledger, visit)
        for note in notes:
            records.save(ledger, note)
        for mark in marks:
            records.save(ledger, mark)
    with read(given_study) as connection:
        (back,) = queries.visits(connection, deleted=True)
        assert replace(back, seq=0, revision="", number=0) == visit
        found = gate.notes(connection, "all", deleted=True)
        assert {note.id: strategies.bare(note) for note in found} == {n.id: n for n in notes}
        assert {note.id for note in gate.notes(connection, "all")} == {
            note.id for note in notes if not note.deleted
        }
        assert [
            replace(mark, seq=0, revision="", number=0)
            for mark in queries.marks(connection, deleted=True)
        ] == marks
        people = queries.people(connection)
        assert people == {person.person_id: person.name for person in visit.participants}


@FEW
@given(strategies.storable, strategies.storable)
def test_a_kept_guide_comes_back_as_it_was_stored_and_once(
    fresh_study: Any, yaml: str, json_text: str
) -> None:
    given_study = fresh_study()
    for text in (json_text, "something else under the same bytes"):
        with change(given_study) as ledger:
            records.keep_guide(ledger, records.snapshot("0" * 64, "g", "1", yaml, text))
    with read(given_study) as connection:
        assert queries.snapshots(connection)["0" * 64] == json_text


@FEW
@given(strategies.storable, strategies.storable)
def test_a_change_comes_back_with_its_words_and_its_objects(
    fresh_study: Any, by: str, command: str
) -> None:
    given_study = fresh_study()
    with writing(given_study.study().database, command, by) as ledger:
        records.save(ledger, StudyGroup("a", "A"))
        with ledger.apart("apart"):
            records.save(ledger, StudyGroup("b", "B"))
        records.save(ledger, CHIBA)
    with read(given_study) as connection:
        apart, whole = queries.changes(connection)[:2]
        (revision,) = gate.revisions_of_change(connection, apart.id)
    assert (whole.command, whole.by) == (command, by)
    assert whole.objects == ("study-group:a", "city:121002")
    assert apart.objects == ("study-group:b",)
    assert (revision.by, revision.number, revision.parents) == (by, 1, ())


def test_a_change_that_stores_nothing_leaves_no_trace(study: Settings) -> None:
    before = study.study().database.read_bytes()
    with change(study):
        pass
    assert study.study().database.read_bytes() == before


def test_an_error_within_a_change_leaves_everything_as_it_was(study: Settings) -> None:
    before = study.study().database.read_bytes()

    def fail_midway() -> None:
        with change(study) as ledger:
            records.save(ledger, CHIBA)
            records.save(ledger, StudyGroup("a", "A"))
            raise RuntimeError

    with pytest.raises(RuntimeError):
        fail_midway()
    assert study.study().database.read_bytes() == before
    assert not list(study.study().folder.glob("*-journal"))


def test_who_saw_an_older_revision_cannot_write_over_a_newer_one(study: Settings) -> None:
    with change(study) as ledger:
        first = records.save(ledger, StudyGroup("a", "A"))
        records.save(ledger, replace(first, name="B"))
    before = study.study().database.read_bytes()
    with pytest.raises(Conflict), change(study) as ledger:
        records.save(ledger, replace(first, name="C"))
    assert study.study().database.read_bytes() == before


def test_the_words_of_a_note_stand_in_no_error(study: Settings) -> None:
    secret = chr(0x79D8) + chr(0x5BC6)  # not in this file, whose lines a traceback shows
    note = Note("i", "h", "999999", None, "desk", secret, "public", "t")
    with pytest.raises(sqlite3.IntegrityError) as caught, change(study) as ledger:
        records.save(ledger, note)
    assert secret not in "".join(traceback.format_exception(caught.value))


def test_a_note_has_the_time_of_its_first_and_its_last_change(study: Settings) -> None:
    with change(study) as ledger:
        records.save(ledger, CHIBA)
        made = Note("i", "h", "121002", None, "desk", "x", "public", "t")
        note = records.save(ledger, made)
    assert note.created_at == note.updated_at
    with change(study) as ledger:
        later = records.save(ledger, replace(note, body="y"))
    assert later.created_at == note.created_at < later.updated_at
    with read(study) as connection:
        assert gate.note(connection, "all", "i") == replace(later, seq=1)


def test_a_mark_on_a_topic_and_one_on_its_question_are_two(study: Settings) -> None:
    with change(study) as ledger:
        records.save(ledger, CHIBA)
        visit = Visit("v", "chiba-1", "121002")
        records.save(ledger, visit)
        records.save(ledger, Mark("v", Address("a"), "declined"))
        records.save(ledger, Mark("v", Address("a", "b"), "no-answer"))
    with read(study) as connection:
        assert [(str(m.address), m.state) for m in queries.marks(connection)] == [
            ("a", "declined"),
            ("a/b", "no-answer"),
        ]


def test_columns_are_text_and_integer_only() -> None:
    for table in SQLModel.metadata.sorted_tables:
        for column in table.columns:
            assert type(column.type) in (Text, Integer), f"{table.name}.{column.name}"


def test_every_table_has_an_explicit_integer_key(study: Settings) -> None:
    with closing(sqlite3.connect(study.study().database)) as connection:
        tables = [
            name
            for (name,) in connection.execute("SELECT name FROM sqlite_master WHERE type = 'table'")
            if name != "alembic_version"
        ]
        assert sorted(tables) == sorted(SQLModel.metadata.tables)
        for table in tables:
            columns = connection.execute(f"PRAGMA table_info({table})").fetchall()
            assert [(name, kind) for _, name, kind, _, _, key in columns if key] == [
                ("seq", "INTEGER")
            ]
            assert {kind for _, _, kind, *_ in columns} <= {"TEXT", "INTEGER"}


def test_no_stored_value_is_anything_but_text_number_or_nothing(field: Settings) -> None:
    with closing(sqlite3.connect(field.study().database)) as connection:
        for table in SQLModel.metadata.tables.values():
            for column in table.columns:
                kinds = {
                    kind
                    for (kind,) in connection.execute(
                        f'SELECT DISTINCT typeof("{column.name}") FROM {table.name}'
                    )
                }
                wanted = "integer" if isinstance(column.type, Integer) else "text"
                assert kinds <= ({wanted, "null"} if column.nullable else {wanted})


def test_a_snapshot_is_kept_under_the_sum_of_its_bytes(study: Settings, tmp_path: Path) -> None:
    with closing(sqlite3.connect(study.study().database)) as connection:
        rows = connection.execute("SELECT sha256, slug, yaml FROM guide_snapshot").fetchall()
    assert len(rows) == 2
    for sha256, slug, yaml in rows:
        assert hashlib.sha256(yaml.encode()).hexdigest() == sha256
        assert (study.study().guides / f"{slug}.yaml").read_text(encoding="utf-8") == yaml
