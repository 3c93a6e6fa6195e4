"""The one place that opens the database: PRAGMAs, BEGIN, and what is said when it cannot be done.

Rollback journal with synchronous=EXTRA and not WAL: one file to copy, safe on old SQLite, and a
commit that was reported survives power loss.
"""

import sqlite3
from collections.abc import Iterator
from contextlib import contextmanager, suppress
from pathlib import Path

from msgspec import Struct, field

from fieldvisit.doors.kept import APPLICATION_ID
from fieldvisit.errors import DatabaseTrouble
from fieldvisit.language import N_, _
from fieldvisit.storage import ids, queries
from fieldvisit.storage.layout import inserting

Connection = sqlite3.Connection
SQLITE_VERSION = sqlite3.sqlite_version
SCRIPTS = Path(__file__).parent / "migrations" / "versions"
_STEPS = sorted(path.name[:4] for path in SCRIPTS.glob("[0-9]*.py"))
SCHEMA = _STEPS[-1]
OLDER = frozenset(_STEPS[:-1])
WAIT_SECONDS = 30
_ALWAYS = (
    "PRAGMA foreign_keys=ON",
    "PRAGMA trusted_schema=OFF",
    "PRAGMA cell_size_check=ON",
    "PRAGMA mmap_size=0",
)
_FOR_WRITING = ("PRAGMA synchronous=EXTRA", "PRAGMA secure_delete=ON")
_FOR_READING = ("PRAGMA query_only=ON",)


def connect(path: Path, *, write: bool) -> sqlite3.Connection:
    """Open an existing database; transactions are begun by hand.

    Read-only use opens with mode=rw too: after a crash only a writer may roll back the journal.
    """
    connection = sqlite3.connect(
        f"{path.absolute().as_uri()}?mode=rw", uri=True, timeout=WAIT_SECONDS, isolation_level=None
    )
    try:
        with _quoting(path):
            for pragma in (*_ALWAYS, *(_FOR_WRITING if write else _FOR_READING)):
                connection.execute(pragma).close()
    except (sqlite3.Error, DatabaseTrouble):
        connection.close()
        raise
    return connection


@contextmanager
def _opened(path: Path, begin: str, *, write: bool) -> Iterator[sqlite3.Connection]:
    """Open the database and begin; what is not committed at the end is rolled back."""
    connection = connect(path, write=write)
    try:
        connection.execute(begin)
        yield connection
    finally:
        with suppress(sqlite3.Error):
            connection.rollback()
        connection.close()


@contextmanager
def reading(path: Path) -> Iterator[sqlite3.Connection]:
    """Open the database for one consistent view; DatabaseTrouble says why it cannot be read."""
    with speaking_of(path), _opened(path, "BEGIN", write=False) as connection:
        check_schema(connection, path)
        yield connection


def schema_of(path: Path) -> str:
    """Return the schema of a database that this program can read or bring up to date."""
    with speaking_of(path), _opened(path, "BEGIN", write=False) as connection:
        return _known_schema(connection, path)


def check_schema(connection: sqlite3.Connection, path: Path) -> None:
    """Refuse a database that is not ours, or was made by an older or a newer program."""
    if _known_schema(connection, path) in OLDER:
        raise DatabaseTrouble(
            _("{path} was made by an older version of fieldvisit.").format(path=path),
            _("Bring it up to date with: fieldvisit upgrade. A copy of it is kept."),
        )


def _known_schema(connection: sqlite3.Connection, path: Path) -> str:
    """Return the schema; DatabaseTrouble for a database not ours, or newer than this program."""
    application = connection.execute("PRAGMA application_id").fetchone()[0]
    if application != APPLICATION_ID:
        raise DatabaseTrouble(
            _("{path} is not a fieldvisit database.").format(path=path),
            _("It was left as it is. Move it away, or name another folder with --study."),
        )
    with _quoting(path):
        found = connection.execute("SELECT version_num FROM alembic_version").fetchone()
    if found is None or found[0] not in {SCHEMA, *OLDER}:
        raise DatabaseTrouble(
            _("{path} was made by another version of fieldvisit (schema {found}).").format(
                path=path, found=found[0] if found else "-"
            ),
            _("This program reads schema {known}. Install the newest fieldvisit.").format(
                known=SCHEMA
            ),
        )
    return str(found[0])


@contextmanager
def speaking_of(path: Path) -> Iterator[None]:
    """Turn what SQLite reports about the file into a refusal that names it."""
    try:
        yield
    except (sqlite3.IntegrityError, sqlite3.ProgrammingError):
        raise
    except sqlite3.DatabaseError as error:
        raise DatabaseTrouble(*_explained(error, path)) from error


_AS_IT_WAS = N_("Nothing was changed.")
_TROUBLE = (
    (("SQLITE_BUSY", "SQLITE_LOCKED"), N_("{path} is in use by another program."),
     N_("Nothing was changed. Try again in a moment.")),
    (("SQLITE_READONLY", "SQLITE_PERM"), N_("{path} or its folder cannot be written."),
     N_("Nothing was changed. Check who owns the folder and whether it is read-only.")),
    ("SQLITE_NOTADB", N_("{path} is not a database."), N_("It was left as it is.")),
    ("SQLITE_FULL", N_("There is no room left to write {path}."), _AS_IT_WAS),
    ("SQLITE_CANTOPEN", N_("{path} cannot be opened."), _AS_IT_WAS),
    ("", N_("{path} could not be read or written."), _AS_IT_WAS),
)  # fmt: skip


@contextmanager
def _quoting(path: Path) -> Iterator[None]:
    """What SQLite says of a damaged schema quotes it, whatever bytes stand there."""
    try:
        yield
    except UnicodeDecodeError as error:
        raise DatabaseTrouble(*_damage(path)) from error


def _explained(error: sqlite3.DatabaseError, path: Path) -> tuple[str, str]:
    name = getattr(error, "sqlite_errorname", "")
    if name.startswith("SQLITE_CORRUPT") or "no such table" in str(error):
        return _damage(path)
    known = ((sentence, hint) for begins, sentence, hint in _TROUBLE if name.startswith(begins))
    sentence, hint = next(known)
    return _(sentence).format(path=path), _(hint)


def _damage(path: Path) -> tuple[str, str]:
    sentence = _("{path} is damaged.").format(path=path)
    return sentence, _("Keep the file as it is and go back to a copy.")


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
    """Open the database for one change; it is committed when the block ends without an error.

    A deferred BEGIN would fail at the first write while another process writes; the immediate one
    waits its turn, and no update can be lost between reading and writing.
    """
    change: Change | None = None
    try:
        with speaking_of(path), _opened(path, "BEGIN IMMEDIATE", write=True) as connection:
            check_schema(connection, path)
            change = Change(connection, by, command)
            yield change
            connection.commit()
    except DatabaseTrouble:
        # The disk may fail after the commit itself, when only its folder is still to be synced.
        if change is None or not is_stored(path, change.id):
            raise


def is_stored(path: Path, change_id: str) -> bool:
    """Tell whether a change was committed, as far as that can be read."""
    with suppress(DatabaseTrouble), reading(path) as connection:
        return queries.has_change(connection, change_id)
    return False
