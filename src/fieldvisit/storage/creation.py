"""A new database: made aside, migrated to the newest schema, then moved into its place."""

import os
import sqlite3
from collections.abc import Callable
from contextlib import closing
from pathlib import Path

from alembic import command
from alembic.config import Config
from sqlalchemy import create_engine, event
from sqlalchemy.engine import Connection
from sqlalchemy.pool import NullPool

from fieldvisit.storage.connection import APPLICATION_ID, connect
from fieldvisit.storage.writing import told

MIGRATIONS = Path(__file__).parent / "migrations"


def create(path: Path, fill: Callable[[Path], None] = lambda _aside: None) -> None:
    """Make a database at ``path``, readable by its owner alone.

    ``fill`` writes what it holds from the start, before it stands in its place. Raises
    FileExistsError if there is one; a crash leaves none, at most ``path`` + `.new`.
    """
    if path.exists():
        raise FileExistsError(path)
    aside = path.with_name(path.name + ".new")
    aside.unlink(missing_ok=True)
    os.close(os.open(aside, os.O_CREAT | os.O_EXCL | os.O_RDWR, 0o600))
    try:
        with told(path):
            _prepare(aside)
            fill(aside)
        aside.replace(path)
    finally:
        aside.unlink(missing_ok=True)


def _prepare(path: Path) -> None:
    with closing(connect(path, write=True)) as connection:
        connection.execute("PRAGMA journal_mode=DELETE")
        connection.execute(f"PRAGMA application_id={APPLICATION_ID}")
    migrate(path)


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
