"""One schema, two doors: what goes in through SQLModel comes out equal through plain SQL."""

from typing import Any

from hypothesis import given, settings
from hypothesis import strategies as st
from msgspec.structs import replace

import strategies
from fieldvisit.fieldwork.study import STUDY_ID, Study, StudyGroup
from fieldvisit.storage import gate, queries, records
from fieldvisit.storage.writing import writing
from storage.changes import CHIBA, change, read

FEW = settings(max_examples=25)


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
