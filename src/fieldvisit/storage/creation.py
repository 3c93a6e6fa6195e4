"""A new database: made aside, migrated to the newest schema, then moved into its place."""

import sqlite3
from collections.abc import Callable, Iterator
from contextlib import closing, contextmanager
from pathlib import Path

from alembic import command
from alembic.config import Config
from sqlalchemy import create_engine, event
from sqlalchemy.engine import Connection
from sqlalchemy.exc import DBAPIError
from sqlalchemy.pool import NullPool

from fieldvisit.doors import outputs
from fieldvisit.doors.kept import APPLICATION_ID
from fieldvisit.storage.connection import SCRIPTS, connect, speaking_of

MIGRATIONS = SCRIPTS.parent


def create(path: Path, fill: Callable[[Path], None] = lambda _aside: None) -> None:
    """Make a database at ``path``, readable by its owner alone.

    ``fill`` writes what it holds from the start, before it stands in its place. Raises
    FileExistsError if there is one; a crash leaves none, at most a file `.new` beside.
    """
    if path.exists():
        raise FileExistsError(path)
    aside = outputs.empty_aside(path)
    try:
        with told(path):
            _prepare(aside)
            fill(aside)
        outputs.move_new(aside, path)
    except Exception:
        if path.exists():  # whoever was faster cleared up behind it
            raise FileExistsError(path) from None
        raise
    finally:
        outputs.remove(aside)
    # By others, who come too late, or by a crash: a file, and the journal of one.
    for left in path.parent.glob(f"{path.name}.*.new*"):
        outputs.remove(left)
    outputs.sync_folder(path.parent)


def _prepare(path: Path) -> None:
    with closing(connect(path, write=True)) as connection:
        connection.execute("PRAGMA journal_mode=DELETE")
        connection.execute(f"PRAGMA application_id={APPLICATION_ID}")
    migrate(path)


def copy(path: Path, target: Path) -> Path:
    """Copy a database whole, readable by its owner alone; FileExistsError if the target is there.

    SQLite makes the copy, so that nobody who writes meanwhile can tear it.
    """
    outputs.write_new(target, b"")
    try:
        with (
            told(path),
            closing(connect(path, write=False)) as source,
            closing(sqlite3.connect(target)) as made,
        ):
            source.backup(made)
        outputs.sync_folder(target.parent)
    except BaseException:
        outputs.remove(target)
        raise
    return target


def migrate(path: Path, to: str = "head") -> None:
    """Bring the schema to revision ``to`` in one transaction: all steps or none.

    Foreign keys are off meanwhile, since batch mode rebuilds tables, and are checked at the end.
    """
    engine = create_engine(
        "sqlite://", creator=lambda: _unchecked(path), poolclass=NullPool, hide_parameters=True
    )

    @event.listens_for(engine, "begin")
    def _begin(connection: Connection) -> None:
        connection.exec_driver_sql("BEGIN IMMEDIATE")

    with engine.begin() as connection:
        command.upgrade(configuration(connection), to)
        if connection.exec_driver_sql("PRAGMA foreign_key_check").fetchall():
            raise sqlite3.DatabaseError


def configuration(connection: Connection) -> Config:
    """Return Alembic's configuration for the migrations in this package."""
    config = Config()
    config.set_main_option("script_location", str(MIGRATIONS).replace("%", "%%"))
    config.attributes["connection"] = connection
    return config


def _unchecked(path: Path) -> sqlite3.Connection:
    connection = connect(path, write=True)
    connection.execute("PRAGMA foreign_keys=OFF")
    return connection


@contextmanager
def told(path: Path) -> Iterator[None]:
    """As ``speaking_of``, also for what SQLAlchemy wraps."""
    with speaking_of(path):
        try:
            yield
        except DBAPIError as error:
            if isinstance(error.orig, sqlite3.Error):
                raise error.orig from None  # which has the error as its own context
            raise
