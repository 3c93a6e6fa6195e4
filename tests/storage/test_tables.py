"""The tables: plain types, integer keys, and no value of another type."""

import sqlite3
from contextlib import closing

from sqlalchemy import Integer
from sqlmodel import SQLModel

from fieldvisit.settings import Settings


def test_every_table_has_an_explicit_integer_key(study: Settings) -> None:
    with closing(sqlite3.connect(study.study().database)) as connection:
        tables = [
            name
            for (name,) in connection.execute("SELECT name FROM sqlite_master WHERE type = 'table'")
            if name != "alembic_version"
        ]
        assert sorted(tables) == sorted(SQLModel.metadata.tables)
        for table in tables:
            columns = connection.execute(f"PRAGMA table_info({table})").fetchall()
            assert [(name, kind) for _, name, kind, _, _, key in columns if key] == [
                ("seq", "INTEGER")
            ]
            assert {kind for _, _, kind, *_ in columns} <= {"TEXT", "INTEGER"}


def test_no_stored_value_is_anything_but_text_number_or_nothing(field: Settings) -> None:
    with closing(sqlite3.connect(field.study().database)) as connection:
        for table in SQLModel.metadata.tables.values():
            for column in table.columns:
                kinds = {
                    kind
                    for (kind,) in connection.execute(
                        f'SELECT DISTINCT typeof("{column.name}") FROM {table.name}'
                    )
                }
                wanted = "integer" if isinstance(column.type, Integer) else "text"
                assert kinds <= ({wanted, "null"} if column.nullable else {wanted})
