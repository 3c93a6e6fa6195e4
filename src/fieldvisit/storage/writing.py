"""A change of the study: one transaction, one ledger entry, all of it or nothing."""

import sqlite3
from collections.abc import Iterator
from contextlib import contextmanager, suppress
from pathlib import Path

from msgspec import Struct, field
from sqlalchemy import create_engine, event
from sqlalchemy.engine import Connection, Engine
from sqlalchemy.exc import DBAPIError
from sqlalchemy.pool import NullPool
from sqlmodel import Session

from fieldvisit.errors import DatabaseTrouble
from fieldvisit.storage import ids, queries
from fieldvisit.storage.connection import check_schema, connect, reading, speaking_of
from fieldvisit.storage.tables import ChangeRow


class Ledger(Struct):
    """An open change. ``connection`` is the session's own, for reading inside the transaction.

    The change is written with the first thing saved under it, so that a command which found
    nothing to do leaves no trace.
    """

    session: Session
    connection: sqlite3.Connection
    by: str
    command: str
    at: str = field(default_factory=ids.now)
    undoes: str = ""
    change_id: str = ""

    def change(self, name: str = "") -> str:
        """Return the id of the change, entering it if this is its first use.

        ``name`` is the id it is to have, if that was settled before.
        """
        if not self.change_id:
            self.change_id = name or ids.new_id()
            self.session.add(
                ChangeRow(
                    id=self.change_id,
                    at=self.at,
                    by=self.by,
                    command=self.command,
                    undoes=self.undoes,
                )
            )
            self.session.flush()
        return self.change_id

    @contextmanager
    def apart(self, command: str) -> Iterator[None]:
        """Enter what is saved meanwhile as a change of its own, in the same transaction."""
        kept = self.command, self.change_id
        self.command, self.change_id = command, ""
        try:
            yield
        finally:
            self.command, self.change_id = kept


@contextmanager
def writing(path: Path, command: str, by: str) -> Iterator[Ledger]:
    """Open the database for one change; it is committed when the block ends without an error."""
    engine = engine_for(path)
    ledger: Ledger | None = None
    try:
        with told(path), Session(engine) as session, session.begin():
            ledger = Ledger(session, driver(session.connection()), by, command)
            yield ledger
    except DatabaseTrouble:
        # The disk may fail after the commit itself, when only its folder is still to be synced.
        if ledger is None or not _is_stored(path, ledger.change_id):
            raise
    finally:
        engine.dispose()


def _is_stored(path: Path, change_id: str) -> bool:
    with suppress(DatabaseTrouble), reading(path) as connection:
        return queries.has_change(connection, change_id)
    return False


def engine_for(path: Path) -> Engine:
    """Return an engine whose transactions begin with BEGIN IMMEDIATE.

    A deferred BEGIN would fail at the first write while another process writes; the immediate
    one waits its turn, and no update can be lost between reading and writing.
    """
    engine = create_engine(
        "sqlite://",
        creator=lambda: connect(path, write=True),
        poolclass=NullPool,
        hide_parameters=True,
    )

    @event.listens_for(engine, "begin")
    def _begin(connection: Connection) -> None:
        connection.exec_driver_sql("BEGIN IMMEDIATE")
        check_schema(driver(connection), path)

    return engine


def driver(connection: Connection) -> sqlite3.Connection:
    """Return SQLite's own connection under SQLAlchemy's."""
    found = connection.connection.driver_connection
    if not isinstance(found, sqlite3.Connection):
        raise TypeError
    return found


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
