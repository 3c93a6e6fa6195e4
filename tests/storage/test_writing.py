"""A change is stored whole or not at all, and never over a newer one."""

import re
import sqlite3
import traceback
import uuid

import pytest
from msgspec.structs import replace

from fieldvisit.errors import Conflict
from fieldvisit.fieldwork.note import ALPHABET, Note
from fieldvisit.fieldwork.study import StudyGroup
from fieldvisit.settings import Settings
from fieldvisit.storage import gate, ids, records
from storage.changes import CHIBA, one_change, read


def test_a_change_that_stores_nothing_leaves_no_trace(study: Settings) -> None:
    before = study.study().database.read_bytes()
    with one_change(study):
        pass
    assert study.study().database.read_bytes() == before


def test_an_error_within_a_change_leaves_everything_as_it_was(study: Settings) -> None:
    before = study.study().database.read_bytes()

    def fail_midway() -> None:
        with one_change(study) as change:
            records.save(change, CHIBA)
            records.save(change, StudyGroup("a", "A"))
            raise RuntimeError

    with pytest.raises(RuntimeError):
        fail_midway()
    assert study.study().database.read_bytes() == before
    assert not list(study.study().folder.glob("*-journal"))


def test_who_saw_an_older_revision_cannot_write_over_a_newer_one(study: Settings) -> None:
    with one_change(study) as change:
        first = records.save(change, StudyGroup("a", "A"))
        records.save(change, replace(first, name="B"))
    before = study.study().database.read_bytes()
    with pytest.raises(Conflict), one_change(study) as change:
        records.save(change, replace(first, name="C"))
    assert study.study().database.read_bytes() == before


def test_the_words_of_a_note_stand_in_no_error(study: Settings) -> None:
    secret = chr(0x79D8) + chr(0x5BC6)  # not in this file, whose lines a traceback shows
    note = Note("i", "h", "999999", None, "desk", secret, "public", "t")
    with pytest.raises(sqlite3.IntegrityError) as caught, one_change(study) as change:
        records.save(change, note)
    assert secret not in "".join(traceback.format_exception(caught.value))


def test_a_note_has_the_time_of_its_first_and_its_last_change(study: Settings) -> None:
    with one_change(study) as change:
        records.save(change, CHIBA)
        made = Note("i", "h", "121002", None, "desk", "x", "public", "t")
        note = records.save(change, made)
    assert note.created_at == note.updated_at
    with one_change(study) as change:
        later = records.save(change, replace(note, body="y"))
    assert later.created_at == note.created_at < later.updated_at
    with read(study) as connection:
        assert gate.note(connection, "all", "i") == replace(later, seq=1, city_name="千葉市")


def test_ids_are_of_version_7_and_what_is_made_has_its_form_and_does_not_repeat() -> None:
    first = ids.new_id()
    found = uuid.UUID(first)
    assert (found.version, found.variant, str(found)) == (7, uuid.RFC_4122, first)
    while (later := ids.new_id())[:13] == first[:13]:
        pass
    assert later > first
    assert len(ALPHABET) == len(set(ALPHABET)) == 32
    assert all(re.fullmatch("[a-z2-7]{10}", ids.new_handle()) for _ in range(100))
    assert re.fullmatch("[0-9a-f]{32}", ids.new_salt())
    assert re.fullmatch(r"\d{4}-\d\d-\d\dT\d\d:\d\d:\d\d\.\d{6}Z", ids.now())
    for made in (ids.new_id, ids.new_handle, ids.new_salt):
        assert len({made() for _ in range(500)}) == 500
