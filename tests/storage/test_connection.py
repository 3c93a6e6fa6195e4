"""Readers and writers beside each other, without rights, and after a crash."""

import os
import signal
import sqlite3
import sys
import tempfile
from collections.abc import Callable, Iterator
from contextlib import closing
from pathlib import Path

import pytest

from fieldvisit.actions.coverage import coverage
from fieldvisit.actions.make_study import add_study_group
from fieldvisit.actions.write_note import add_note
from fieldvisit.errors import DatabaseTrouble, Refused
from fieldvisit.settings import Settings
from fieldvisit.storage import connection, queries
from fieldvisit.storage.connection import connect, reading
from fieldvisit.study.fields import NoteFields
from storage.changes import both_ways

ROOT = os.name == "posix" and os.getuid() == 0
NOBODY = 65534


def test_readers_and_writers_wait_for_a_writer_and_then_say_so(
    study: Settings, monkeypatch: pytest.MonkeyPatch
) -> None:
    monkeypatch.setattr(connection, "WAIT_SECONDS", 0.05)
    with closing(connect(study.study().database, write=True)) as other:
        other.execute("BEGIN IMMEDIATE")  # readers go on
        assert coverage(study, [], "all") == ((), 0)
        with pytest.raises(DatabaseTrouble, match="in use by another program"):
            add_study_group(study, "x", "X")
        other.execute("ROLLBACK")
        other.execute("BEGIN EXCLUSIVE")
        for told in both_ways(study):
            assert "in use by another program" in told.sentence


def test_a_reader_sees_one_state_and_cannot_write(study: Settings) -> None:
    with reading(study.study().database) as view:
        queries.study_groups(view)
        with pytest.raises(sqlite3.OperationalError):
            view.execute("DELETE FROM study")


def test_connections_are_careful(study: Settings) -> None:
    path = study.study().database
    wanted = {"foreign_keys": 1, "trusted_schema": 0, "cell_size_check": 1, "busy_timeout": 30_000}
    writer = wanted | {"synchronous": 3, "secure_delete": 1, "query_only": 0}
    for write, pragmas in ((True, writer), (False, wanted | {"query_only": 1})):
        with closing(connect(path, write=write)) as found:
            for name, value in pragmas.items():
                assert found.execute(f"PRAGMA {name}").fetchone() == (value,), name


def test_a_path_with_signs_of_an_address_is_a_path(
    fresh_study: Callable[[], Settings], tmp_path: Path
) -> None:
    folder = tmp_path / "a?mode=ro#b%20c 調査"
    fresh_study().study().folder.rename(folder)
    given = Settings(folder, str(folder), "t")
    add_study_group(given, "x", "X")
    with reading(folder / "fieldvisit.db") as view:
        assert [group.short for group in queries.study_groups(view)] == ["x"]


@pytest.mark.skipif(sys.platform == "win32", reason="kills by signal")
def test_what_a_killed_writer_had_begun_is_rolled_back_by_a_reader(field: Settings) -> None:
    path = field.study().database
    add_note(field, "chiba-1", "残るべきもの", NoteFields())
    before, content = coverage(field, [], "all"), path.read_bytes()
    if not (child := os.fork()):
        try:
            writer = connect(path, write=True)
            writer.execute("PRAGMA cache_size=2")
            writer.execute("PRAGMA cache_spill=ON")
            writer.execute("BEGIN IMMEDIATE")
            writer.execute("UPDATE note SET body = 'half'")
            for number in range(300):
                writer.execute(
                    "INSERT INTO person (id, name) VALUES (?, ?)", (str(number), "x" * 2000)
                )
            os.kill(os.getpid(), signal.SIGKILL)
        finally:
            os._exit(1)
    os.waitpid(child, 0)
    journal = path.with_name(path.name + "-journal")
    assert path.read_bytes() != content, "the writer wrote nothing before it was killed"
    assert journal.stat().st_size
    assert coverage(field, [], "all") == before
    assert not journal.exists()
    assert path.read_bytes() == content


@pytest.fixture
def elsewhere(fresh_study: Callable[[], Settings]) -> Iterator[Settings]:
    """A study in a folder that another user can reach."""
    with tempfile.TemporaryDirectory() as room:
        Path(room).chmod(0o755)
        folder = fresh_study().study().folder.rename(Path(room) / "study")
        folder.chmod(0o755)
        (folder / "fieldvisit.db").chmod(0o644)
        yield Settings(folder, str(folder), "t")
        folder.chmod(0o755)


def as_somebody_else(action: Callable[[], object]) -> str:
    """What ``action`` says to a user who owns nothing here."""
    reader, writer = os.pipe()
    if not (child := os.fork()):
        said = "done"
        try:
            if ROOT:
                os.setgroups([])
                os.setgid(NOBODY)
                os.setuid(NOBODY)
            action()
        except Refused as refused:
            said = f"{refused.sentence} {refused.hint}"
        except BaseException as error:  # noqa: BLE001 - told to the test
            said = repr(error)
        finally:
            os.write(writer, said.encode())
            os._exit(0)
    os.close(writer)
    with open(reader, "rb") as pipe:  # noqa: PTH123 - a descriptor, not a path
        said = pipe.read().decode()
    os.waitpid(child, 0)
    return said


@pytest.mark.skipif(os.name != "posix", reason="permissions of POSIX")
@pytest.mark.parametrize(("folder", "file"), [(0o555, 0o444), (0o555, 0o644), (0o755, 0o444)])
def test_a_read_only_study_can_be_read_and_is_not_written(
    elsewhere: Settings, folder: int, file: int
) -> None:
    place = elsewhere.study()
    coverage(elsewhere, [], "all")  # loads what is imported late, as nobody may read it
    add_study_group(elsewhere, "x", "X")
    place.database.chmod(file)
    place.folder.chmod(folder)
    before = place.database.read_bytes()
    assert as_somebody_else(lambda: coverage(elsewhere, [], "all")) == "done"
    said = as_somebody_else(lambda: add_study_group(elsewhere, "y", "Y"))
    if ROOT or folder == 0o555:
        assert f"{place.database} or its folder cannot be written." in said
        assert place.database.read_bytes() == before


@pytest.mark.skipif(os.name != "posix", reason="permissions of POSIX")
@pytest.mark.parametrize("closed", ["database", "folder"])
def test_what_may_not_be_read_or_entered_is_named(elsewhere: Settings, closed: str) -> None:
    coverage(elsewhere, [], "all")
    getattr(elsewhere.study(), closed).chmod(0)
    said = as_somebody_else(lambda: coverage(elsewhere, [], "all"))
    assert f"{elsewhere.study_option}/fieldvisit.db cannot be opened." in said
