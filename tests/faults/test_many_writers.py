"""Twenty processes that write at once: nothing is lost, and nobody is turned away."""

import json
import shutil
import sqlite3
from collections.abc import Callable
from contextlib import closing
from pathlib import Path

import pytest

from faults.rig import Command, Warm
from fieldvisit.settings import Settings
from fieldvisit.storage.connection import reading
from fieldvisit.storage.gate import notes

WRITERS, EACH = 20, 20


@pytest.mark.faults
def test_twenty_processes_lose_nothing(
    field: Settings, faulty: Warm, room: Path, record_property: Callable[[str, object], None]
) -> None:
    folder = shutil.copytree(field.study().folder, room / "study")
    command = Command(("write-together", str(folder), str(WRITERS), str(EACH)))
    outcome = faulty.run(command, folder)
    assert (outcome.code, outcome.err) == (0, "")
    handles = outcome.out.split()
    assert len(handles) == len(set(handles)) == WRITERS * EACH
    record_property("trials", f"{WRITERS} writers at once: {2 * WRITERS * EACH} writes")

    with reading(folder / "fieldvisit.db") as connection:
        stored = notes(connection, "all")
    assert {note.handle for note in stored} == set(handles)
    assert {note.body for note in stored} == {
        f"w{writer}-{number}!" for writer in range(WRITERS) for number in range(EACH)
    }
    assert {note.number for note in stored} == {2}
    assert all(note.body.startswith(f"{note.by}-") for note in stored)
    with closing(sqlite3.connect(folder / "fieldvisit.db")) as connection:
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
