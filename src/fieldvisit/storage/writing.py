"""A change of the study: one transaction, one entry in the log, all of it or nothing."""

import sqlite3
from collections.abc import Iterator
from contextlib import contextmanager, suppress
from pathlib import Path

from msgspec import Struct, field

from fieldvisit.errors import DatabaseTrouble
from fieldvisit.storage import ids, queries
from fieldvisit.storage.connection import check_schema, connect, reading, speaking_of
from fieldvisit.storage.layout import inserting

_ENTER = inserting("change", ("id", "at", "by", "command", "undone_by", "undoes", "sitting"))


class Change(Struct):
    """An open change. ``connection`` also reads what was written within it.

    It is entered with the first thing saved under it, so that a command which found nothing to do
    leaves no trace. ``sitting`` is the id that the changes of one sitting share.
    """

    connection: sqlite3.Connection
    by: str
    command: str
    at: str = field(default_factory=ids.now)
    undoes: str = ""
    sitting: str = ""
    id: str = ""

    def enter(self, name: str = "") -> str:
        """Return the id of the change, entering it if this is its first use.

        ``name`` is the id it is to have, if that was settled before.
        """
        if not self.id:
            self.id = name or ids.new_id()
            values = (self.id, self.at, self.by, self.command, "", self.undoes, self.sitting)
            self.connection.execute(_ENTER, values)
        return self.id

    @contextmanager
    def apart(self, command: str) -> Iterator[None]:
        """Enter what is saved meanwhile as a change of its own, in the same transaction."""
        kept = self.command, self.id
        self.command, self.id = command, ""
        try:
            yield
        finally:
            self.command, self.id = kept


@contextmanager
def writing(path: Path, command: str, by: str) -> Iterator[Change]:
    """Open the database for one change; it is committed when the block ends without an error."""
    change: Change | None = None
    try:
        with speaking_of(path), _transaction(path) as connection:
            change = Change(connection, by, command)
            yield change
    except DatabaseTrouble:
        # The disk may fail after the commit itself, when only its folder is still to be synced.
        if change is None or not _is_stored(path, change.id):
            raise


@contextmanager
def _transaction(path: Path) -> Iterator[sqlite3.Connection]:
    """Begin at once, commit at the end, roll back at an error.

    A deferred BEGIN would fail at the first write while another process writes; the immediate
    one waits its turn, and no update can be lost between reading and writing.
    """
    connection = connect(path, write=True)
    try:
        connection.execute("BEGIN IMMEDIATE")
        check_schema(connection, path)
        yield connection
        connection.commit()
    finally:
        with suppress(sqlite3.Error):
            connection.rollback()
        connection.close()


def _is_stored(path: Path, change_id: str) -> bool:
    with suppress(DatabaseTrouble), reading(path) as connection:
        return queries.has_change(connection, change_id)
    return False
