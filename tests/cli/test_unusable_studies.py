"""A study that is not there, damaged, locked or read-only: said clearly, and left as it is."""

import os
import shutil
import sqlite3
import subprocess
import sys
import tempfile
from collections.abc import Iterator
from contextlib import closing, contextmanager
from pathlib import Path

import pytest

from cli.harness import Run, assert_refused, tree
from fieldvisit.storage import connection

NEEDING_A_STUDY = [
    "status", "study show", "study edit --title x", "study-group add a b", "study-group list",
    "guide list", "guide show x", "guide check", "guide new x", "guide edit x", "guide diff x y",
    "city add x --prefecture x --romaji x --class 町 --kana あ", "visit add 千葉市", "visit list",
    "visit show chiba-1", "visit edit chiba-1 --place x", "visit remove chiba-1", "prepare chiba-1",
    "record chiba-1", "note add chiba-1 hiring x", "note edit abcd x", "note list",
    "note show abcd",
    "note history abcd", "note delete abcd", "note restore abcd", "mark chiba-1 4/3 declined",
    "coverage", "compare", "search x", "undo", "log", "draft list", "draft show x", "draft drop x",
]  # fmt: skip


@pytest.mark.parametrize("line", NEEDING_A_STUDY)
def test_without_a_study_the_refusal_says_how_to_make_one(
    run: Run, tmp_path: Path, line: str
) -> None:
    before = tree(tmp_path)
    assert_refused(run(*line.split(), tty="keyboard"), 1, "There is no study", "fieldvisit init")
    missing = run("--study", "missing", *line.split(), tty="keyboard")
    assert_refused(missing, 1, "missing", "fieldvisit init")
    assert tree(tmp_path) == before


NOT_OURS = {
    "text": b"this is no database, but a text that is long enough for a header of SQLite\n" * 20,
    "nothing": b"",
    "half-a-header": b"SQLite format 3\0",
}


@pytest.fixture(params=[*NOT_OURS, "foreign", "newer", "truncated", "overwritten", "no-schema"])
def strange(noted: Path, request: pytest.FixtureRequest) -> Path:
    """A study whose database is not what it should be."""
    database = noted / "fieldvisit.db"
    data = database.read_bytes()
    match request.param:
        case "foreign":
            database.unlink()
            _execute(database, "CREATE TABLE note (body TEXT)")
        case "newer":
            _execute(database, "UPDATE alembic_version SET version_num = '9999'")
        case "truncated":
            database.write_bytes(data[: len(data) // 3])
        case "overwritten":
            database.write_bytes(data[:4096] + b"\xa5" * (len(data) - 4096))
        case "no-schema":
            _execute(database, "DROP TABLE alembic_version")
        case name:
            database.write_bytes(NOT_OURS[name])
    return noted


def _execute(database: Path, statement: str) -> None:
    with closing(sqlite3.connect(database)) as opened:
        opened.execute(statement)
        opened.commit()


@pytest.mark.parametrize("line", ["note list", "note add chiba-1 hiring x", "undo", "status"])
def test_a_database_that_is_not_ours_is_named_and_left_as_it_is(
    run: Run, strange: Path, line: str
) -> None:
    before = tree(strange)
    assert_refused(run(*line.split()), 1, "fieldvisit.db")
    assert tree(strange) == before


def test_a_newer_database_says_what_to_do(run: Run, noted: Path) -> None:
    _execute(noted / "fieldvisit.db", "UPDATE alembic_version SET version_num = '9999'")
    assert_refused(run("status"), 1, "schema 9999", "newest fieldvisit")


def test_init_keeps_a_database_that_is_not_ours(run: Run, tmp_path: Path) -> None:
    (tmp_path / "fieldvisit.db").write_bytes(NOT_OURS["text"])
    before = tree(tmp_path)
    assert_refused(run("init"), 1)
    assert tree(tmp_path) == before


def test_a_folder_in_the_place_of_the_database_is_refused(run: Run, tmp_path: Path) -> None:
    (tmp_path / "fieldvisit.db").mkdir()
    for line in ("status", "note add chiba-1 hiring x", "init"):
        assert_refused(run(*line.split()), 1)


@pytest.mark.parametrize("line", ["note list", "note add chiba-1 hiring x"])
def test_a_locked_database_is_waited_for_and_then_named(
    run: Run, noted: Path, monkeypatch: pytest.MonkeyPatch, line: str
) -> None:
    monkeypatch.setattr(connection, "WAIT_SECONDS", 0.1)
    before = tree(noted)
    with closing(sqlite3.connect(noted / "fieldvisit.db", isolation_level=None)) as other:
        other.execute("BEGIN EXCLUSIVE")
        assert_refused(run(*line.split()), 1, "fieldvisit.db", "in use", "Try again")
        other.execute("ROLLBACK")
    assert tree(noted) == before
    assert run(*line.split()).code == 0


CRASH = """
import os, sqlite3, sys
opened = sqlite3.connect(sys.argv[1], isolation_level=None)
opened.execute("PRAGMA cache_size=1")
opened.execute("BEGIN IMMEDIATE")
opened.execute("UPDATE note SET body = hex(zeroblob(3000))")
opened.execute("UPDATE revision SET body = hex(zeroblob(3000))")
os._exit(0)
"""


@pytest.mark.parametrize("line", ["note list", "note add chiba-1 hiring x"])
def test_after_a_crash_the_next_command_sees_what_stood_before(
    run: Run, noted: Path, line: str
) -> None:
    stored = run("note", "list", "--json").json["notes"]
    database = noted / "fieldvisit.db"
    clean = database.read_bytes()
    subprocess.run([sys.executable, "-c", CRASH, str(database)], check=True)
    assert (noted / "fieldvisit.db-journal").stat().st_size
    assert database.read_bytes() != clean
    result = run(*line.split())
    assert result.code == 0
    now = run("note", "list", "--json").json["notes"]
    assert [note for note in now if note in stored] == stored
    assert not (noted / "fieldvisit.db-journal").exists()


@contextmanager
def _read_only(folder: Path) -> Iterator[None]:
    """Take away the right to write; somebody who may do everything becomes nobody for a while."""
    for path in [*folder.rglob("*"), folder]:
        path.chmod(0o555 if path.is_dir() else 0o444)
    almighty = os.geteuid() == 0
    if almighty:
        os.seteuid(65534)
    try:
        yield
    finally:
        if almighty:
            os.seteuid(0)
        for path in [folder, *folder.rglob("*")]:
            path.chmod(0o755)


@pytest.mark.skipif(os.name == "nt", reason="modes of folders are POSIX")
def test_a_read_only_study_is_read_and_writing_says_why(run: Run, noted: Path) -> None:
    shown = run("note", "list").out
    run("note", "add", "chiba-1", "hiring", "x", "--by", "y")
    run("undo")
    room = Path(tempfile.mkdtemp())
    try:
        folder = Path(shutil.copytree(noted, room / "study"))
        room.chmod(0o755)
        before = tree(folder)
        with _read_only(folder):
            listed = run("--study", str(folder), "note", "list")
            refused = run("--study", str(folder), "note", "add", "chiba-1", "hiring", "x")
        assert listed.out == shown
        assert_refused(refused, 1, "fieldvisit.db", "cannot be written")
        assert tree(folder) == before
    finally:
        shutil.rmtree(room)
