"""Nothing is overwritten: every revision stays, verifies, and hangs on the one before it."""

import hashlib
import json
import sqlite3
from collections.abc import Callable
from contextlib import closing

import pytest
from hypothesis import given, settings
from hypothesis import strategies as st

import strategies
from fieldvisit.actions.make_study import add_study_group, edit_study
from fieldvisit.actions.plan_visits import add_visits, edit_visit
from fieldvisit.actions.set_marks import set_marks
from fieldvisit.actions.undo import undo
from fieldvisit.actions.write_note import add_note, delete_note, edit_note, restore_note
from fieldvisit.errors import Refused
from fieldvisit.fieldwork.note import Note
from fieldvisit.fieldwork.study import StudyGroup
from fieldvisit.settings import Settings
from fieldvisit.storage import gate
from fieldvisit.storage.connection import reading
from fieldvisit.storage.kinds import KINDS, NOTE, STUDY_GROUP
from fieldvisit.study.fields import NoteFields, VisitFields

GUARD = """
CREATE TRIGGER no_update BEFORE UPDATE ON revision BEGIN SELECT RAISE(ABORT, 'updated'); END;
CREATE TRIGGER no_delete BEFORE DELETE ON revision BEGIN SELECT RAISE(ABORT, 'deleted'); END;
"""
COLUMNS = "id, kind, object, parents, change_id, at, by, salt, body_hash, body"


def rows(given_study: Settings) -> list[tuple[str, ...]]:
    with closing(sqlite3.connect(given_study.study().database)) as connection:
        return connection.execute(f"SELECT {COLUMNS} FROM revision ORDER BY seq").fetchall()


def check(given_study: Settings) -> None:
    """Every id verifies, parents chain, and every head is its object's last revision."""
    depth: dict[str, int] = {}
    last: dict[tuple[str, str], str] = {}
    for id_, kind, name, parents, change_id, at, by, salt, body_hash, body in rows(given_study):
        rest = [kind, name, json.loads(parents), change_id, at, by, salt, body_hash]
        text = json.dumps(rest, ensure_ascii=False, separators=(",", ":"))
        assert hashlib.sha256(text.encode()).hexdigest() == id_
        assert hashlib.sha256((salt + body).encode()).hexdigest() == body_hash
        before = last.get((kind, name))
        assert json.loads(parents) == ([before] if before else [])
        depth[id_] = 1 + depth.get(before or "", 0)
        last[kind, name] = id_
        assert KINDS[kind].from_body(body).id == name
    with reading(given_study.study().database) as connection:
        for (kind, name), id_ in last.items():
            head = gate.stands(connection, kind, name)
            assert (head.revision, head.number) == (id_, depth[id_])
        changes = {id_ for (id_,) in connection.execute("SELECT id FROM change")}
        assert {row[4] for row in rows(given_study)} == changes
    assert len({row[7] for row in rows(given_study)}) == len(rows(given_study)), "a salt twice"


Step = Callable[[Settings, str, str], object]
STEPS: dict[str, Step] = {
    "note": lambda s, _handle, word: add_note(s, "chiba-1", word, NoteFields(place="other")),
    "edit": lambda s, handle, word: edit_note(s, handle, word, NoteFields(tags=(word,))),
    "delete": lambda s, handle, _word: delete_note(s, handle),
    "restore": lambda s, handle, _word: restore_note(s, handle),
    "mark": lambda s, _handle, word: set_marks(s, "chiba-1", ["other"], "declined", word),
    "clear": lambda s, _handle, _word: set_marks(s, "chiba-1", ["other"], "clear"),
    "group": lambda s, _handle, word: add_study_group(s, word.split()[0], word),
    "study": lambda s, _handle, word: edit_study(s, {"title": word}, {}),
    "visit": lambda s, _handle, word: add_visits(s, ["chiba"], VisitFields(place=word)),
    "place": lambda s, _handle, word: edit_visit(s, "chiba-1", VisitFields(place=word)),
    "undo": lambda s, _handle, _word: undo(s),
}


@settings(max_examples=20)
@given(st.lists(st.tuples(st.sampled_from(sorted(STEPS)), strategies.bodies), max_size=12))
def test_revisions_are_only_ever_added(
    fresh_field: Callable[[], Settings], steps: list[tuple[str, str]]
) -> None:
    field = fresh_field()
    note = add_note(field, "chiba-1", "x", NoteFields())
    with closing(sqlite3.connect(field.study().database)) as connection:
        connection.executescript(GUARD)
    before = rows(field)
    for step, word in steps:
        try:
            STEPS[step](field, note.handle, word)
        except Refused:
            assert rows(field) == before
        assert rows(field)[: len(before)] == before
        before = rows(field)
    check(field)


def test_deleted_is_a_state_and_so_is_restored(field: Settings) -> None:
    note = add_note(field, "chiba-1", "x", NoteFields())
    delete_note(field, note.handle)
    restored = restore_note(field, note.handle)
    bodies = [json.loads(row[9]) for row in rows(field) if row[1] == "note"]
    assert [body["deleted"] for body in bodies] == [False, True, False]
    assert {body["body"] for body in bodies} == {"x"}
    assert (restored.number, restored.created_at) == (3, note.created_at)


def test_a_body_holds_what_is_true_everywhere_and_that_of_a_later_program_may_hold_more() -> None:
    note = Note("n", "h", "c", None, "desk", "x", "public", "t", seq=7, revision="r", number=3)
    own = {"seq", "revision", "number", "created_at", "updated_at"}
    assert not own & set(json.loads(NOTE.to_body(note)))
    body = json.loads(STUDY_GROUP.to_body(StudyGroup("a", "A"))) | {"colour": "red"}
    assert STUDY_GROUP.from_body(json.dumps(body)) == StudyGroup("a", "A")


def test_what_does_not_stand_is_a_key_error(field: Settings) -> None:
    with reading(field.study().database) as connection:
        for kind in KINDS.keys() - {"study"}:
            with pytest.raises(KeyError):
                gate.stands(connection, kind, "nothing")
