"""`upgrade`: an older study is refused, brought up to date whole, and kept as it was."""

import multiprocessing
import os
import re
import shutil
import signal
import sqlite3
import stat
from collections.abc import Callable
from contextlib import closing
from pathlib import Path

import pytest

from conftest import Fresh
from fieldvisit.actions.coverage import coverage
from fieldvisit.actions.upgrade import upgrade
from fieldvisit.errors import DatabaseTrouble
from fieldvisit.settings import Settings
from fieldvisit.storage import creation
from fieldvisit.storage.connection import OLDER, SCHEMA
from older_studies import aged, dump, rows, schema
from storage.told import both_ways
from summarised import noted, summed, texts

KEPT = "fieldvisit.db.schema-0001"
NEXT = f"{int(SCHEMA) + 1:04}"
BREAKS_OFF = """
from alembic import op
revision = "{number}"
down_revision = "{last}"
def upgrade():
    op.execute("UPDATE note SET body = 'lost'")
    {rest}
"""


@pytest.fixture
def older(field: Settings) -> Settings:
    """A study of the first schema, with a note."""
    noted(field, "前からの話")
    return aged(field)


@pytest.fixture
def broken(tmp_path: Path, monkeypatch: pytest.MonkeyPatch) -> Callable[[str], None]:
    """Make the last step of the migrations do something else in its middle."""

    def breaks(rest: str) -> None:
        folder = tmp_path / "migrations"
        shutil.copytree(creation.MIGRATIONS, folder, dirs_exist_ok=True)
        text = BREAKS_OFF.format(number=NEXT, last=SCHEMA, rest=rest)
        (folder / "versions" / f"{NEXT}_last.py").write_text(text)
        monkeypatch.setattr(creation, "MIGRATIONS", folder)

    return breaks


def names(given: Settings) -> list[str]:
    return sorted(path.name for path in given.study().folder.glob("fieldvisit.db*"))


def test_every_schema_follows_the_one_before_it() -> None:
    assert sorted({*OLDER, SCHEMA}) == [f"{n:04}" for n in range(1, len(OLDER) + 2)]


def test_an_older_study_is_refused_by_readers_and_writers(older: Settings) -> None:
    for told in both_ways(older):
        assert "older version" in told.sentence
        assert "fieldvisit upgrade" in told.hint


@pytest.mark.parametrize("from_schema", sorted(OLDER))
def test_it_is_brought_up_to_date_whole_and_kept_as_it_was(
    field: Settings, from_schema: str
) -> None:
    noted(field, "前からの話")
    if from_schema != "0001":
        summed(field, "前からの要約")
    database = aged(field, from_schema).study().database
    before, held = dump(database), rows(database)
    kept = upgrade(field)
    assert kept == database.with_name(f"fieldvisit.db.schema-{from_schema}")
    assert dump(kept) == before
    assert stat.S_IMODE(kept.stat().st_mode) == stat.S_IMODE(database.stat().st_mode) == 0o600
    assert (schema(database), schema(kept)) == (SCHEMA, from_schema)
    now = rows(database)
    assert {table: [{name: row[name] for name in was} for was, row in zip(held[table], now[table],
            strict=True)] for table in held} == held  # fmt: skip
    assert names(field) == ["fieldvisit.db", kept.name]
    summed(field, "要約")
    assert texts(field) == ["要約"]


def test_an_upgraded_study_has_the_tables_of_a_new_one(older: Settings, fresh_study: Fresh) -> None:
    upgrade(older)

    def tables(given: Settings) -> list[tuple[str, list[str]]]:
        with closing(sqlite3.connect(given.study().database)) as connection:
            found = connection.execute("SELECT name, sql FROM sqlite_master ORDER BY 1").fetchall()
        # A table that was made anew has its constraints in whatever order.
        return [(name, sorted(re.split(r",? *\n", sql or ""))) for name, sql in found]

    assert tables(older) == tables(fresh_study())


def test_a_study_that_is_up_to_date_is_left_alone(field: Settings) -> None:
    before = field.study().database.read_bytes()
    assert upgrade(field) is None
    assert field.study().database.read_bytes() == before
    assert names(field) == ["fieldvisit.db"]


def test_a_second_upgrade_leaves_the_study_and_the_copy_alone(older: Settings) -> None:
    kept = upgrade(older)
    assert kept is not None
    before = older.study().database.read_bytes(), kept.read_bytes()
    assert upgrade(older) is None
    assert (older.study().database.read_bytes(), kept.read_bytes()) == before


def test_a_copy_that_is_there_is_never_written_over(older: Settings) -> None:
    folder = older.study().folder
    (folder / KEPT).write_text("mine", encoding="utf-8")
    (folder / f"{KEPT}-1").mkdir()
    kept = upgrade(older)
    assert kept == folder / f"{KEPT}-2"
    assert (folder / KEPT).read_text("utf-8") == "mine"


@pytest.mark.parametrize("found", [NEXT, "9999", "", "x"])
def test_a_newer_or_strange_schema_is_refused_and_left_alone(field: Settings, found: str) -> None:
    database = field.study().database
    with closing(sqlite3.connect(database)) as connection:
        connection.execute("UPDATE alembic_version SET version_num = ?", (found,))
        connection.commit()
    before = database.read_bytes()
    with pytest.raises(DatabaseTrouble, match="another version") as caught:
        upgrade(field)
    assert SCHEMA in caught.value.hint
    assert database.read_bytes() == before
    assert names(field) == ["fieldvisit.db"]


@pytest.mark.parametrize(
    "rest", ['op.execute("SELECT * FROM nothing")',
             "op.execute(\"INSERT INTO note_tag (note_id, tag) VALUES ('nobody', 'x')\")"],
)  # fmt: skip
def test_an_upgrade_that_fails_is_told_and_leaves_no_copy(
    older: Settings, broken: Callable[[str], None], rest: str
) -> None:
    broken(rest)
    before = older.study().database.read_bytes()
    with pytest.raises(DatabaseTrouble) as caught:
        upgrade(older)
    assert str(older.study().database) in caught.value.sentence
    assert older.study().database.read_bytes() == before
    assert names(older) == ["fieldvisit.db"]


def test_a_fault_of_the_program_leaves_no_copy_either(
    older: Settings, broken: Callable[[str], None]
) -> None:
    broken("raise RuntimeError")
    before = dump(older.study().database)
    with pytest.raises(RuntimeError):
        upgrade(older)
    assert dump(older.study().database) == before
    assert names(older) == ["fieldvisit.db"]


def test_a_kill_in_the_middle_leaves_the_old_study_which_can_be_upgraded_then(
    older: Settings, broken: Callable[[str], None], monkeypatch: pytest.MonkeyPatch
) -> None:
    before = dump(older.study().database)
    with monkeypatch.context():
        broken(f"import os; os.kill(os.getpid(), {signal.SIGKILL})")
        child = multiprocessing.get_context("fork").Process(target=upgrade, args=(older,))
        child.start()
        child.join()
        assert child.exitcode == -signal.SIGKILL
        monkeypatch.undo()
    assert dump(older.study().database) == before
    upgrade(older)
    assert schema(older.study().database) == SCHEMA
    assert names(older) == ["fieldvisit.db", KEPT, f"{KEPT}-1"]
    assert coverage(older, [], "all")


def test_a_copy_that_cannot_be_finished_does_not_stay(
    older: Settings, monkeypatch: pytest.MonkeyPatch
) -> None:
    def fails(_path: Path) -> None:
        raise OSError(28, os.strerror(28))

    monkeypatch.setattr(creation, "sync_folder", fails)
    before = older.study().database.read_bytes()
    with pytest.raises(OSError, match=os.strerror(28)):
        upgrade(older)
    assert older.study().database.read_bytes() == before
    assert names(older) == ["fieldvisit.db"]


def test_of_two_who_upgrade_at_once_both_end_with_the_new_study(older: Settings) -> None:
    context = multiprocessing.get_context("fork")
    children = [context.Process(target=upgrade, args=(older,)) for _ in range(3)]
    for child in children:
        child.start()
    for child in children:
        child.join()
    assert [child.exitcode for child in children] == [0, 0, 0]
    assert schema(older.study().database) == SCHEMA
    noted(older, "upgradeのあとの話")
