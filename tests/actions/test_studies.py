"""`upgrade`: an older study is refused, brought up to date whole, and kept as it was."""

import multiprocessing
import os
import re
import shutil
import signal
import sqlite3
import stat
from collections.abc import Callable
from contextlib import closing
from pathlib import Path

import pytest

from conftest import Fresh
from fieldvisit.actions.coverage import coverage
from fieldvisit.actions.make_study import add_study_group, edit_study, make_study, upgrade
from fieldvisit.actions.plan_visits import add_visits
from fieldvisit.doors import outputs
from fieldvisit.errors import BadGuide, DatabaseTrouble, Refused
from fieldvisit.guide_files.reading import check
from fieldvisit.settings import Settings
from fieldvisit.storage import creation, queries
from fieldvisit.storage.connection import OLDER, SCHEMA, reading
from fieldvisit.study.fields import VisitFields
from older_studies import aged, dump, rows, schema
from summarised import noted, summed, texts


def tree(folder: Path) -> set[str]:
    return {str(path.relative_to(folder)) for path in folder.rglob("*")}


WHOLE = {
    "fieldvisit.db",
    "drafts",
    "interview_guides",
    "interview_guides/it-workforce.yaml",
    "interview_guides/exchange-of-views.yaml",
    "interview_guides/guide.schema.json",
}


def test_a_study_is_a_folder_with_database_guides_and_drafts(tmp_path: Path) -> None:
    folder = tmp_path / "a" / "調査"
    assert make_study(Settings(tmp_path, by="t"), folder) == folder
    assert tree(folder) == WHOLE
    assert stat.S_IMODE(folder.stat().st_mode) == 0o700
    assert stat.S_IMODE((folder / "drafts").stat().st_mode) == 0o700
    assert stat.S_IMODE((folder / "fieldvisit.db").stat().st_mode) == 0o600
    for guide in folder.glob("interview_guides/*.yaml"):
        assert check(guide)[1] == ()
    with reading(folder / "fieldvisit.db") as connection:
        assert queries.study(connection).guides == ("it-workforce",)
        assert len(queries.snapshots(connection)) == 2
        (change,) = queries.changes(connection)
        assert (change.command, change.by, change.objects) == ("init", "t", ("study:study",))


def test_it_may_be_made_where_we_stand_beside_other_files_and_guides_and_once(
    tmp_path: Path,
) -> None:
    given, guide = Settings(tmp_path), tmp_path / "interview_guides" / "it-workforce.yaml"
    guide.parent.mkdir()
    (tmp_path / "memo.txt").write_text("x")
    guide.write_text("guide: [")
    before = tree(tmp_path)
    with pytest.raises(BadGuide, match=r"it-workforce\.yaml"):
        make_study(given, tmp_path)
    assert tree(tmp_path) == before
    head = 'guide: it-workforce\nversion: "9"\ntitle: {ja: 表題}\n'
    text = head + "topics:\n  - {topic: a, title: {ja: 甲}}\n"
    guide.write_text(text, encoding="utf-8")
    make_study(given, tmp_path)
    assert tree(tmp_path) == WHOLE | {"memo.txt"}
    assert guide.read_text(encoding="utf-8") == text
    assert add_visits(given, ["千葉市"], VisitFields())[0].handle == "chiba-1"
    guide.unlink()
    database = (tmp_path / "fieldvisit.db").read_bytes()
    with pytest.raises(Refused, match="already") as caught:
        make_study(given, tmp_path)
    assert str(tmp_path) in caught.value.sentence
    assert not guide.exists()
    assert (tmp_path / "fieldvisit.db").read_bytes() == database


@pytest.mark.parametrize("name", ["", "interview_guides", "drafts"])
def test_a_file_in_the_way_is_a_refusal_that_names_the_folder(tmp_path: Path, name: str) -> None:
    folder = tmp_path / "study"
    (folder / name).parent.mkdir(exist_ok=True)
    (folder / name).write_text("x")
    for wanted in (folder, tmp_path / ("x" * 300)):
        with pytest.raises(Refused, match="cannot be written") as caught:
            make_study(Settings(tmp_path), wanted)
        assert str(wanted) in caught.value.sentence
    assert not (folder / "fieldvisit.db").exists()


def test_an_edit_changes_what_it_says_and_no_more(study: Settings) -> None:
    add_study_group(study, "WG", "A")
    edit_study(
        study,
        {"title": "調査", "institute": "研究所", "purpose": None},
        {"study_groups": ["WG"], "interviewers": None, "guides": []},
    )
    edit_study(study, {"purpose": "把握", "title": None}, {"interviewers": ["佐藤", "鈴木"]})
    with reading(study.study().database) as connection:
        found = queries.study(connection)
    assert (found.title, found.institute, found.purpose) == ("調査", "研究所", "把握")
    assert (found.guides, found.study_groups) == (("it-workforce",), ("WG",))
    assert (found.interviewers, found.number) == (("佐藤", "鈴木"), 3)
    assert edit_study(study, {"title": ""}, {}).title == ""


KEPT = "fieldvisit.db.schema-0001"
NEXT = f"{int(SCHEMA) + 1:04}"
BREAKS_OFF = """
from alembic import op
revision = "{number}"
down_revision = "{last}"
def upgrade():
    op.execute("UPDATE note SET body = 'lost'")
    {rest}
"""


@pytest.fixture
def older(field: Settings) -> Settings:
    """A study of the first schema, with a note."""
    noted(field, "前からの話")
    return aged(field)


@pytest.fixture
def broken(tmp_path: Path, monkeypatch: pytest.MonkeyPatch) -> Callable[[str], None]:
    """Make the last step of the migrations do something else in its middle."""

    def breaks(rest: str) -> None:
        folder = tmp_path / "migrations"
        shutil.copytree(creation.MIGRATIONS, folder, dirs_exist_ok=True)
        text = BREAKS_OFF.format(number=NEXT, last=SCHEMA, rest=rest)
        (folder / "versions" / f"{NEXT}_last.py").write_text(text)
        monkeypatch.setattr(creation, "MIGRATIONS", folder)

    return breaks


def names(given: Settings) -> list[str]:
    return sorted(path.name for path in given.study().folder.glob("fieldvisit.db*"))


def test_every_schema_follows_the_one_before_it() -> None:
    assert sorted({*OLDER, SCHEMA}) == [f"{n:04}" for n in range(1, len(OLDER) + 2)]


@pytest.mark.parametrize("from_schema", sorted(OLDER))
def test_it_is_brought_up_to_date_whole_and_kept_as_it_was(
    field: Settings, fresh_study: Fresh, from_schema: str
) -> None:
    noted(field, "前からの話")
    if from_schema != "0001":
        summed(field, "前からの要約")
    database = aged(field, from_schema).study().database
    before, held = dump(database), rows(database)
    kept = upgrade(field)
    assert kept == database.with_name(f"fieldvisit.db.schema-{from_schema}")
    assert dump(kept) == before
    assert stat.S_IMODE(kept.stat().st_mode) == stat.S_IMODE(database.stat().st_mode) == 0o600
    assert (schema(database), schema(kept)) == (SCHEMA, from_schema)
    now = rows(database)
    assert held.pop("pseudonym", []) == []  # its letters were drawn once for all outputs
    assert {table: [{name: row[name] for name in was} for was, row in zip(held[table], now[table],
            strict=True)] for table in held} == held  # fmt: skip
    assert names(field) == ["fieldvisit.db", kept.name]
    assert tables(field) == tables(fresh_study())
    summed(field, "要約")
    assert texts(field) == ["要約"]
    whole = database.read_bytes()  # and now there is nothing to do
    assert upgrade(field) is None
    assert (database.read_bytes(), names(field)) == (whole, ["fieldvisit.db", kept.name])


def tables(given: Settings) -> list[tuple[str, list[str]]]:
    with closing(sqlite3.connect(given.study().database)) as connection:
        found = connection.execute("SELECT name, sql FROM sqlite_master ORDER BY 1").fetchall()
    # A table that was made anew has its constraints in whatever order.
    return [(name, sorted(re.split(r",? *\n", sql or ""))) for name, sql in found]


def test_a_copy_that_is_there_is_never_written_over(older: Settings) -> None:
    folder = older.study().folder
    (folder / KEPT).write_text("mine", encoding="utf-8")
    (folder / f"{KEPT}-1").mkdir()
    kept = upgrade(older)
    assert kept == folder / f"{KEPT}-2"
    assert (folder / KEPT).read_text("utf-8") == "mine"


@pytest.mark.parametrize("found", [NEXT, "9999", "", "x"])
def test_a_newer_or_strange_schema_is_refused_and_left_alone(field: Settings, found: str) -> None:
    database = field.study().database
    with closing(sqlite3.connect(database)) as connection:
        connection.execute("UPDATE alembic_version SET version_num = ?", (found,))
        connection.commit()
    before = database.read_bytes()
    with pytest.raises(DatabaseTrouble, match="another version") as caught:
        upgrade(field)
    assert SCHEMA in caught.value.hint
    assert database.read_bytes() == before
    assert names(field) == ["fieldvisit.db"]


@pytest.mark.parametrize(
    ("rest", "error"),
    [
        ('op.execute("SELECT * FROM nothing")', DatabaseTrouble),
        ("op.execute(\"INSERT INTO note_tag (note_id, tag) VALUES ('nobody', 'x')\")",
         DatabaseTrouble),
        ("raise RuntimeError", RuntimeError),
    ],
)  # fmt: skip
def test_an_upgrade_that_fails_is_told_and_leaves_no_copy(
    older: Settings, broken: Callable[[str], None], rest: str, error: type[Exception]
) -> None:
    broken(rest)
    before = older.study().database.read_bytes()
    with pytest.raises(error) as caught:
        upgrade(older)
    told = getattr(caught.value, "sentence", None)
    assert told is None or str(older.study().database) in told
    assert older.study().database.read_bytes() == before
    assert names(older) == ["fieldvisit.db"]


def test_a_kill_in_the_middle_leaves_the_old_study_which_can_be_upgraded_then(
    older: Settings, broken: Callable[[str], None], monkeypatch: pytest.MonkeyPatch
) -> None:
    before = dump(older.study().database)
    with monkeypatch.context():
        broken(f"import os; os.kill(os.getpid(), {signal.SIGKILL})")
        child = multiprocessing.get_context("fork").Process(target=upgrade, args=(older,))
        child.start()
        child.join()
        assert child.exitcode == -signal.SIGKILL
        monkeypatch.undo()
    assert dump(older.study().database) == before
    upgrade(older)
    assert schema(older.study().database) == SCHEMA
    assert names(older) == ["fieldvisit.db", KEPT, f"{KEPT}-1"]
    assert coverage(older, [], "all")


def test_a_copy_that_cannot_be_finished_does_not_stay(
    older: Settings, monkeypatch: pytest.MonkeyPatch
) -> None:
    def fails(folder: Path) -> None:
        if any(copy.stat().st_size for copy in folder.glob("*.schema-*")):
            raise OSError(28, os.strerror(28))

    monkeypatch.setattr(outputs, "sync_folder", fails)
    before = older.study().database.read_bytes()
    with pytest.raises(OSError, match=os.strerror(28)):
        upgrade(older)
    assert older.study().database.read_bytes() == before
    assert names(older) == ["fieldvisit.db"]


def test_of_two_who_upgrade_at_once_both_end_with_the_new_study(older: Settings) -> None:
    context = multiprocessing.get_context("fork")
    children = [context.Process(target=upgrade, args=(older,)) for _ in range(3)]
    for child in children:
        child.start()
    for child in children:
        child.join()
    assert [child.exitcode for child in children] == [0, 0, 0]
    assert schema(older.study().database) == SCHEMA
    noted(older, "upgradeのあとの話")
