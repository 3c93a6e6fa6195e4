"""A new database: whole or not at all; and the migrations that make it."""

import multiprocessing
import os
import shutil
import signal
import sqlite3
import stat
from collections.abc import Callable
from contextlib import closing
from pathlib import Path

import pytest
from alembic.script import ScriptDirectory
from sqlalchemy import create_engine
from sqlmodel import SQLModel

from fieldvisit.doors.kept import APPLICATION_ID
from fieldvisit.errors import DatabaseTrouble
from fieldvisit.storage import creation
from fieldvisit.storage.connection import SCHEMA, reading
from older_studies import dump

NEXT = f"{int(SCHEMA) + 1:04}"
FAILS_MIDWAY = """
import sqlalchemy as sa
from alembic import op
revision = "{number}"
down_revision = "{last}"
def upgrade():
    op.create_table("extra", sa.Column("seq", sa.Integer(), primary_key=True))
    with op.batch_alter_table("note") as batch:
        batch.add_column(sa.Column("extra", sa.Text(), nullable=True))
    op.execute("UPDATE note SET extra = body")
    {rest}
"""


@pytest.fixture
def database(tmp_path: Path) -> Path:
    path = tmp_path / "fieldvisit.db"
    creation.create(path)
    return path


@pytest.fixture
def scripts(tmp_path: Path, monkeypatch: pytest.MonkeyPatch) -> Path:
    folder = tmp_path / "migrations"
    shutil.copytree(creation.MIGRATIONS, folder)
    monkeypatch.setattr(creation, "MIGRATIONS", folder)
    return folder / "versions"


def step(scripts: Path, rest: str) -> Path:
    path = scripts / f"{NEXT}_extra.py"
    path.write_text(FAILS_MIDWAY.format(number=NEXT, last=SCHEMA, rest=rest))
    return path


def ended(act: Callable[[Path], None], path: Path) -> int | None:
    """How a process of its own ends that does this to a database, and tells nobody of it."""

    def quietly() -> None:
        os.dup2(os.open(os.devnull, os.O_WRONLY), 2)
        act(path)

    child = multiprocessing.get_context("fork").Process(target=quietly)
    child.start()
    child.join()
    return child.exitcode


def test_the_database_is_readable_by_its_owner_alone(tmp_path: Path) -> None:
    for umask in (0o000, 0o022, 0o077):
        path = tmp_path / f"{umask}.db"
        before = os.umask(umask)
        try:
            creation.create(path)
        finally:
            os.umask(before)
        assert stat.S_IMODE(path.stat().st_mode) == 0o600


def test_the_database_says_whose_it_is_and_uses_a_rollback_journal(database: Path) -> None:
    with closing(sqlite3.connect(database)) as connection:
        assert connection.execute("PRAGMA application_id").fetchone() == (APPLICATION_ID,)
        assert connection.execute("PRAGMA journal_mode").fetchone() == ("delete",)
        assert connection.execute("PRAGMA integrity_check").fetchone() == ("ok",)
    with reading(database) as connection:
        assert connection.execute("SELECT count(*) FROM note").fetchone() == (0,)


def _create_into(path: Path, ends: "multiprocessing.Queue[str]") -> None:
    try:
        creation.create(path)
        ends.put("made")
    except FileExistsError:
        ends.put("too late")
    except Exception as error:  # noqa: BLE001 - whatever it is, the test tells it
        ends.put(repr(error))


def test_of_many_who_make_the_same_database_at_once_one_succeeds(tmp_path: Path) -> None:
    path = tmp_path / "fieldvisit.db"
    context = multiprocessing.get_context("fork")
    ends: multiprocessing.Queue[str] = context.Queue()
    makers = [context.Process(target=_create_into, args=(path, ends)) for _ in range(6)]
    for maker in makers:
        maker.start()
    found = [ends.get(timeout=60) for _ in makers]
    for maker in makers:
        maker.join()
    assert sorted(found) == ["made", *["too late"] * 5]
    with reading(path) as connection:
        assert connection.execute("PRAGMA integrity_check").fetchone() == ("ok",)
    assert [left.name for left in tmp_path.iterdir()] == ["fieldvisit.db"]


def test_the_models_make_the_same_tables_as_the_migrations(database: Path) -> None:
    def columns(connection: sqlite3.Connection, table: str) -> list[str]:
        pragmas = ("table_info", "foreign_key_list", "index_list")
        rows = [row for p in pragmas for row in connection.execute(f"PRAGMA {p}({table})")]
        return sorted(repr(row[1:]) for row in rows)  # the first is a mere ordinal number

    engine = create_engine("sqlite://")
    with closing(sqlite3.connect(database)) as migrated, engine.connect() as modelled:
        SQLModel.metadata.create_all(modelled)
        driver = modelled.connection.driver_connection
        assert isinstance(driver, sqlite3.Connection)
        for table in SQLModel.metadata.tables:
            assert columns(migrated, table) == columns(driver, table)
    engine.dispose()


def test_the_program_reads_the_newest_migration() -> None:
    engine = create_engine("sqlite://")
    with engine.connect() as connection:
        script = ScriptDirectory.from_config(creation.configuration(connection))
        assert script.get_current_head() == SCHEMA
    engine.dispose()


def test_a_good_migration_would_be_kept(database: Path, scripts: Path) -> None:
    step(scripts, "pass")
    creation.migrate(database)
    with closing(sqlite3.connect(database)) as connection:
        assert connection.execute("SELECT version_num FROM alembic_version").fetchone() == (NEXT,)
        assert connection.execute("SELECT extra FROM note").fetchall() == []


@pytest.mark.parametrize(
    "rest",
    [
        "raise RuntimeError",
        'op.execute("SELECT * FROM nothing")',
        "import os; os._exit(9)",
        # A reference that leads nowhere.
        "op.execute(\"INSERT INTO note_tag (note_id, tag) VALUES ('nobody', 'x')\")",
    ],
)
def test_a_migration_that_breaks_off_leaves_the_database_as_it_was(
    database: Path, scripts: Path, rest: str
) -> None:
    step(scripts, rest)
    before = dump(database)
    assert ended(creation.migrate, database) != 0
    assert dump(database) == before
    with reading(database):
        pass


@pytest.mark.parametrize(
    "rest", ["raise RuntimeError", f"import os; os.kill(os.getpid(), {signal.SIGKILL})"]
)
def test_an_error_or_a_kill_while_it_is_made_leaves_no_database_and_can_be_repeated(
    tmp_path: Path, scripts: Path, rest: str
) -> None:
    path = tmp_path / "fieldvisit.db"
    written = step(scripts, rest)
    assert ended(creation.create, path) == (-signal.SIGKILL if "kill" in rest else 1)
    assert not path.exists()
    assert "kill" in rest or not list(tmp_path.glob("fieldvisit.db*"))
    written.unlink()
    creation.create(path)
    assert not list(tmp_path.glob("fieldvisit.db.new*"))
    with reading(path) as connection:
        assert connection.execute("PRAGMA integrity_check").fetchone() == ("ok",)


def test_a_folder_that_is_no_folder_is_named(tmp_path: Path) -> None:
    with pytest.raises((OSError, DatabaseTrouble)):
        creation.create(tmp_path / "nowhere" / "fieldvisit.db")
