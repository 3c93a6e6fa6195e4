"""What is said when a database is damaged, not ours, or not there."""

import random
import sqlite3
from collections.abc import Callable
from contextlib import closing
from pathlib import Path

import pytest

from fieldvisit.actions.coverage import coverage
from fieldvisit.doors.kept import APPLICATION_ID
from fieldvisit.errors import DatabaseTrouble
from fieldvisit.settings import Settings
from fieldvisit.storage import connection
from fieldvisit.storage.connection import reading
from storage.changes import both_ways


@pytest.mark.parametrize(
    ("content", "sentence", "hint"),
    [
        (b"", "is not a fieldvisit database", ""), (b"x", "is not a fieldvisit database", ""),
        (b"# notes\n" * 500, "is not a database", ""),
        (random.Random(1).randbytes(9000), "is not a database", ""),
        (b"SQLite format 3\0" + b"\xff" * 4080, "", ""),
        ('CREATE TABLE "note" (id, body)', "is not a fieldvisit database", "left as it is"),
        (f"PRAGMA application_id={APPLICATION_ID}", "is damaged", ""),
        (None, "", ""),
    ],
    ids=["empty", "short", "text", "noise", "head", "other program", "our mark alone", "folder"],
)  # fmt: skip
def test_what_is_no_database_of_ours_is_named(
    study: Settings, content: bytes | str | None, sentence: str, hint: str
) -> None:
    path = study.study().database
    path.unlink()
    if isinstance(content, bytes):
        path.write_bytes(content)
    elif content:
        with closing(sqlite3.connect(path)) as foreign:
            foreign.execute(content)
    else:
        path.mkdir()
    for told in both_ways(study):
        assert sentence in told.sentence
        assert hint in told.hint


@pytest.mark.parametrize("version", ["0000", "9999", "', '", None])
def test_a_database_of_another_schema_is_refused(study: Settings, version: str | None) -> None:
    with closing(sqlite3.connect(study.study().database)) as other:
        other.execute("DELETE FROM alembic_version")
        if version:
            other.execute("INSERT INTO alembic_version VALUES (?)", (version,))
        other.commit()
    for told in both_ways(study):
        assert f"schema {version or '-'}" in told.sentence
        assert connection.SCHEMA in told.hint


def test_a_database_that_is_gone_is_not_made_anew(tmp_path: Path) -> None:
    with pytest.raises(DatabaseTrouble, match="cannot be opened"), reading(tmp_path / "f.db"):
        pass
    assert not list(tmp_path.glob("f.db*"))


@pytest.mark.parametrize("size", [1, 15, 16, 99, 100, 512, 4096, 8192, 50_000, -4096, -1])
def test_a_truncated_database_is_refused_or_read_as_it_was(field: Settings, size: int) -> None:
    whole = coverage(field, [], "all")
    path = field.study().database
    content = path.read_bytes()
    path.write_bytes(content[:size])
    try:
        assert coverage(field, [], "all") == whole
    except DatabaseTrouble as told:
        assert str(path) in told.sentence  # noqa: PT017 - both outcomes are right
    assert path.read_bytes() == content[:size]


TABLE = b'CREATE TABLE "note" ('


@pytest.mark.parametrize(
    "damage",
    [
        lambda content: content[:4096].ljust(len(content), b"\xff"),
        lambda content: content.replace(TABLE, TABLE.replace(b"CREATE", b"CR\xecATE")),
        lambda content: content.replace(TABLE, TABLE.replace(b"CREATE", b"CR?ATE")),
    ],
    ids=["pages", "no text", "no SQL"],
)
def test_damage_in_pages_or_in_the_description_of_a_table_is_a_refusal(
    field: Settings, damage: Callable[[bytes], bytes]
) -> None:
    path = field.study().database
    content = path.read_bytes()
    path.write_bytes(damage(content))
    assert path.read_bytes() != content
    for told in both_ways(field):
        assert "is damaged" in told.sentence
