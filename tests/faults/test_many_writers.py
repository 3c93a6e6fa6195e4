"""Twenty processes that write at once: nothing is lost, and nobody is turned away."""

import json
import sqlite3
import subprocess
import sys
from contextlib import closing
from pathlib import Path

import pytest

from fieldvisit.settings import Settings
from fieldvisit.storage.connection import reading
from fieldvisit.storage.gate import notes

WRITERS, EACH = 20, 20
PROGRAM = """
import sys
from pathlib import Path
from fieldvisit.study.fields import NoteFields
from fieldvisit.actions.write_note import add_note, edit_note
from fieldvisit.settings import Settings
folder, name, each = Path(sys.argv[1]), sys.argv[2], int(sys.argv[3])
given = Settings(folder, str(folder), name)
print("ready", flush=True)
sys.stdin.readline()
for number in range(each):
    note = add_note(given, "chiba-1", f"{name}-{number}", NoteFields(place="hiring"))
    edit_note(given, note.handle, f"{name}-{number}!", NoteFields())
    print(note.handle, flush=True)
"""


@pytest.mark.faults
def test_twenty_processes_lose_nothing(field: Settings) -> None:
    folder = field.study().folder
    source = str(Path(__file__).parents[2] / "src")
    writers = [
        subprocess.Popen(
            [sys.executable, "-c", PROGRAM, str(folder), f"w{number}", str(EACH)],
            stdin=subprocess.PIPE,
            stdout=subprocess.PIPE,
            stderr=subprocess.PIPE,
            text=True,
            env={"PYTHONPATH": source},
        )
        for number in range(WRITERS)
    ]
    for writer in writers:
        assert writer.stdout
        assert writer.stdout.readline() == "ready\n"
    for writer in writers:
        assert writer.stdin
        writer.stdin.write("\n")
        writer.stdin.flush()
    said = [writer.communicate(timeout=300) for writer in writers]
    assert [error for _out, error in said] == [""] * WRITERS
    handles = [handle for out, _error in said for handle in out.split()]
    assert len(handles) == len(set(handles)) == WRITERS * EACH

    with reading(field.study().database) as connection:
        stored = notes(connection, "all")
    assert {note.handle for note in stored} == set(handles)
    assert {note.body for note in stored} == {
        f"w{writer}-{number}!" for writer in range(WRITERS) for number in range(EACH)
    }
    assert {note.number for note in stored} == {2}
    assert all(note.body.startswith(f"{note.by}-") for note in stored)
    with closing(sqlite3.connect(field.study().database)) as connection:
        assert connection.execute("PRAGMA integrity_check").fetchone() == ("ok",)
        rows = connection.execute(
            "SELECT object, parents, id FROM revision WHERE kind = 'note' ORDER BY seq"
        ).fetchall()
        changes = connection.execute("SELECT count(*) FROM change WHERE command LIKE 'note%'")
        assert changes.fetchone() == (2 * WRITERS * EACH,)
        kept = connection.execute("SELECT count(*) FROM change WHERE command = 'keep guides'")
        assert kept.fetchone() == (1,)
    last: dict[str, list[str]] = {}
    for name, parents, id_ in rows:
        assert json.loads(parents) == last.get(name, [])
        last[name] = [id_]
    assert len(last) == WRITERS * EACH
