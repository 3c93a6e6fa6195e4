"""What is said when a database is damaged, not ours, or not there."""

import random
import sqlite3
from contextlib import closing
from pathlib import Path

import pytest

from fieldvisit.actions.coverage import coverage
from fieldvisit.doors.kept import APPLICATION_ID
from fieldvisit.errors import DatabaseTrouble
from fieldvisit.settings import Settings
from fieldvisit.storage import connection
from fieldvisit.storage.connection import reading
from storage.told import both_ways


@pytest.mark.parametrize(
    ("content", "sentence"),
    [
        (b"", "is not a fieldvisit database"),
        (b"x", "is not a fieldvisit database"),
        (b"# notes\n" * 500, "is not a database"),
        (random.Random(1).randbytes(9000), "is not a database"),
        (b"SQLite format 3\0" + b"\xff" * 4080, ""),
    ],
)
def test_a_file_that_is_no_database_is_named(
    study: Settings, content: bytes, sentence: str
) -> None:
    study.study().database.write_bytes(content)
    for told in both_ways(study):
        assert sentence in told.sentence


def test_a_database_of_another_program_is_left_as_it_is(study: Settings) -> None:
    path = study.study().database
    path.unlink()
    with closing(sqlite3.connect(path)) as foreign:
        foreign.execute('CREATE TABLE "note" (id, body)')
    for told in both_ways(study):
        assert "is not a fieldvisit database" in told.sentence
        assert "left as it is" in told.hint


def test_our_mark_on_an_otherwise_empty_database_is_damage(study: Settings) -> None:
    path = study.study().database
    path.unlink()
    with closing(sqlite3.connect(path)) as empty:
        empty.execute(f"PRAGMA application_id={APPLICATION_ID}")
    for told in both_ways(study):
        assert "is damaged" in told.sentence


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


def test_a_folder_in_its_place_is_named(study: Settings) -> None:
    path = study.study().database
    path.unlink()
    path.mkdir()
    both_ways(study)


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


def test_a_damaged_page_is_a_refusal_that_names_the_file(field: Settings) -> None:
    path = field.study().database
    content = bytearray(path.read_bytes())
    for page in range(1, len(content) // 4096):
        content[page * 4096 : page * 4096 + 100] = b"\xff" * 100
    path.write_bytes(content)
    for told in both_ways(field):
        assert "damaged" in told.sentence


@pytest.mark.parametrize("damage", [b"\xec", b"?"])
def test_damage_in_the_description_of_a_table_is_a_refusal(field: Settings, damage: bytes) -> None:
    path = field.study().database
    content = path.read_bytes()
    assert content.count(b'CREATE TABLE "note" (') == 1
    path.write_bytes(
        content.replace(b'CREATE TABLE "note" (', b"CR" + damage + b'ATE TABLE "note" (')
    )
    for told in both_ways(field):
        assert "is damaged" in told.sentence
