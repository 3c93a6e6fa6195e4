"""`upgrade`: bring an older database to the schema of this program, and keep a copy of it."""

from contextlib import suppress
from pathlib import Path

from fieldvisit import stored
from fieldvisit.doors.outputs import remove
from fieldvisit.errors import DatabaseTrouble
from fieldvisit.settings import Settings
from fieldvisit.storage.connection import SCHEMA, schema_of


def upgrade(given: Settings) -> Path | None:
    """Bring the study's database up to date; return the copy of the old one, None if it is so.

    A crash leaves the old database as it was, or the new one whole; a refusal leaves no copy.
    """
    database = given.study().database
    found = schema_of(database)
    if found == SCHEMA:
        return None
    from fieldvisit.storage.creation import migrate, told

    kept = _copied(database, found)
    try:
        with told(database):
            migrate(database)
    except BaseException:
        with suppress(OSError, DatabaseTrouble):
            if schema_of(database) == found:
                remove(kept)
        raise
    stored.remember()
    return kept


def _copied(database: Path, schema: str) -> Path:
    """Copy the database under the first name that no earlier copy has, nor one made meanwhile."""
    from fieldvisit.storage.creation import copy

    n = 0
    while True:
        target = database.with_name(f"{database.name}.schema-{schema}{f'-{n}' if n else ''}")
        with suppress(FileExistsError):
            if not target.exists():
                return copy(database, target)
        n += 1
