"""Studies as earlier versions of the program left them."""

import sqlite3
from contextlib import closing
from pathlib import Path

from fieldvisit.doors.kept import APPLICATION_ID
from fieldvisit.settings import Settings
from fieldvisit.storage import creation


def aged(given: Settings, to: str = "0001") -> Settings:
    """Put everything that the study holds into a database of the schema ``to``, in its place.

    A table that newer schemas have no more stays empty.
    """
    database = given.study().database
    older = database.with_name("older")
    with closing(sqlite3.connect(older)) as connection:
        connection.execute(f"PRAGMA application_id={APPLICATION_ID}")
    creation.migrate(older, to)
    with closing(sqlite3.connect(older, isolation_level=None)) as connection:
        connection.execute("ATTACH ? AS newer", (str(database),))
        connection.execute("PRAGMA foreign_keys=OFF")
        for (table,) in connection.execute(
            "SELECT name FROM main.sqlite_master WHERE type = 'table' AND name <> 'alembic_version'"
            " AND name IN (SELECT name FROM newer.sqlite_master)"
        ).fetchall():
            columns = ", ".join(
                f'"{row[1]}"' for row in connection.execute(f"PRAGMA main.table_info({table})")
            )
            connection.execute(
                f"INSERT INTO main.{table} ({columns}) SELECT {columns} FROM newer.{table}"
            )
    older.chmod(0o600)
    older.replace(database)
    return given


def dump(database: Path) -> list[str]:
    with closing(sqlite3.connect(database)) as connection:
        return list(connection.iterdump())


def schema(database: Path) -> str:
    with closing(sqlite3.connect(database)) as connection:
        [(found,)] = connection.execute("SELECT version_num FROM alembic_version").fetchall()
    return str(found)


def rows(database: Path) -> dict[str, list[dict[str, object]]]:
    """All rows of every table but that of the schema, in order."""
    with closing(sqlite3.connect(database)) as connection:
        connection.row_factory = sqlite3.Row
        found = connection.execute("SELECT name FROM sqlite_master WHERE type = 'table'").fetchall()
        tables = [row["name"] for row in found if row["name"] != "alembic_version"]
        return {
            table: [dict(row) for row in connection.execute(f"SELECT * FROM {table} ORDER BY seq")]
            for table in tables
        }
