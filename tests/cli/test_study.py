"""A whole study by hand; and `init`, `status`, `study`, `study-group`."""

import os
import re
import shutil
import sqlite3
import subprocess
import sys
import tempfile
from collections.abc import Iterator
from contextlib import closing, contextmanager
from pathlib import Path
from typing import Any

import pytest

from cli.harness import Editor, Run, assert_refused, tree
from cli.pty_run import on_terminal
from fieldvisit.settings import Settings
from fieldvisit.storage import connection
from older_studies import aged


def ok(run: Run, *words: str, stdin: str = "") -> list[str]:
    result = run(*words, stdin=stdin)
    assert result.code == 0, result.err
    return result.lines


def test_a_whole_study_by_hand(
    run: Run, tmp_path: Path, monkeypatch: pytest.MonkeyPatch, editor: Editor
) -> None:
    folder = tmp_path / "調査"
    ok(run, "init", str(folder))
    monkeypatch.chdir(folder)
    ok(
        run,
        "study",
        "edit",
        "--title",
        "人材調査",
        "--institute",
        "研究所",
        "--interviewer",
        "佐藤",
    )
    assert ok(run, "visit", "add", "千葉市", "--date", "令和元年10月21日") == ["chiba-1"]
    assert ok(run, "visit", "add", "姫路市", "大津市") == ["himeji-1", "otsu-1"]
    ok(run, "prepare", "chiba-1", "--for", "city", "-o", "questions.md")
    ok(run, "prepare", "千葉市", "姫路市", "大津市", "-o", "sheets")
    assert sorted(path.name for path in Path("sheets").iterdir()) == [
        "chiba-1-field-sheet.md", "himeji-1-field-sheet.md", "otsu-1-field-sheet.md"
    ]  # fmt: skip
    handles = _ten_by_argument(run) + _ten_by_stdin(run) + _five_by_file(run, tmp_path)
    _five_by_record(editor)
    notes = run("note", "list", "--json").json["notes"]
    assert len(notes) == 30
    assert {*handles} < {note["handle"] for note in notes}
    ok(run, "mark", "otsu-1", "4/2", "4/3", "to-follow", "--due", "2030-10-31")
    covered = run("coverage", "otsu-1", "--json").json["visits"][0]
    assert covered["to_follow"] == 2
    ok(run, "undo")
    assert run("coverage", "otsu-1", "--json").json["visits"][0]["to_follow"] == 0
    one = run("compare", "ai-rpa", "--json").json["topics"]
    assert [topic["topic"] for topic in one] == ["ai-rpa"]
    everything = run("compare", "--json").json["topics"]
    assert [topic["topic"] for topic in everything] == [
        "hiring", "collaboration", "coordination", "ai-rpa", "open-data", "security", "other"
    ]  # fmt: skip
    placed = [n for t in everything for c in t["cities"] for x in c["cells"] for n in x["notes"]]
    assert len(placed) == 30
    assert "人材調査" in run().out


def _ten_by_argument(run: Run) -> list[str]:
    texts = [f"千葉市の発言{number}" for number in range(10)]
    return [h for text in texts for h in ok(run, "note", "add", "chiba-1", "hiring/training", text)]


def _ten_by_stdin(run: Run) -> list[str]:
    words = ("note", "add", "姫路市", "4/1", "-")
    return [h for n in range(10) for h in ok(run, *words, stdin=f"姫路市の\n発言{n}\n")]


def _five_by_file(run: Run, folder: Path) -> list[str]:
    path = folder / "発言.txt"
    path.write_bytes("\ufeff大津市の発言\r\n".encode())
    return [
        h
        for _ in range(5)
        for h in ok(run, "note", "add", "otsu-1", "ＡＩやＲＰＡの活用状況", f"@{path}")
    ]


def _five_by_record(editor: Editor) -> None:
    editor(
        "heading = next(l for l in text.splitlines() if l.endswith('{security}'))\n"
        "new = '\\n\\n'.join(f'記録{n}\\n二行目' for n in range(5))\n"
        "text = text.replace(heading, f'{heading}\\n\\n{new}\\n')"
    )
    screen = on_terminal("record", "chiba-1")
    assert screen.code == 0, screen.text
    assert "added 5" in screen.text


def test_init_makes_a_study_with_the_shipped_guides_and_only_once(run: Run, tmp_path: Path) -> None:
    result = run("init", "study")
    assert (result.code, result.out) == (0, "")
    assert "A study was made in study." in result.err
    assert sorted(tree(tmp_path / "study")) == [
        "fieldvisit.db",
        "interview_guides/exchange-of-views.yaml",
        "interview_guides/guide.schema.json",
        "interview_guides/it-workforce.yaml",
    ]
    before = tree(tmp_path)
    assert_refused(run("init", "study"), 1, "study")
    assert tree(tmp_path) == before


def test_fieldvisit_alone_is_help_outside_a_study_and_status_inside(
    run: Run, tmp_path: Path, monkeypatch: pytest.MonkeyPatch
) -> None:
    assert run().out == run("--help").out
    run("init", "study")
    inside = tmp_path / "study" / "interview_guides"
    monkeypatch.chdir(inside)
    assert run().out == run("status").out
    assert run().out.startswith("# Study without a title")


def test_the_option_then_the_variable_then_the_folder_name_the_study(
    run: Run, tmp_path: Path, monkeypatch: pytest.MonkeyPatch
) -> None:
    for name in ("a", "b", "c"):
        run("init", name)
        run("--study", name, "study", "edit", "--title", f"調査{name}")
    monkeypatch.chdir(tmp_path / "a")
    assert run("study", "show", "--json").json["title"] == "調査a"
    monkeypatch.setenv("FIELDVISIT_STUDY", str(tmp_path / "b"))
    assert run("study", "show", "--json").json["title"] == "調査b"
    option = ("--study", str(tmp_path / "c"))
    assert run(*option, "study", "show", "--json").json["title"] == "調査c"


def test_what_holds_for_the_study_is_changed_piece_by_piece(run: Run, three: Path) -> None:
    ok(run, "study", "edit", "--institute", "研究所", "--contact", "x@example.org")
    ok(run, "study", "edit", "--purpose", "比較のため")
    found = run("study", "show", "--json").json
    assert (found["title"], found["institute"], found["purpose"]) == (
        "調査",
        "研究所",
        "比較のため",
    )
    assert_refused(run("study", "edit"), 2, "Nothing to change", "study edit --help")
    assert_refused(run("study", "edit", "--guide", "none"), 1, "none", "it-workforce")
    assert_refused(run("study", "edit", "--study-group", "none"), 1, "none", "wg")


def test_status_tells_what_is_overdue_and_what_comes_next(run: Run, noted: Path) -> None:
    shown = run("status").out
    assert re.search(r"\(OVERDUE by \d+ days\) \| 姫路市 himeji-1 \| 4/2 .+確認中", shown)
    assert "Notes not filed under a topic: 1" in shown
    assert shown.rstrip().splitlines()[-1] == (
        "Ask himeji-1 for what is overdue: fieldvisit coverage --open himeji-1"
    )


def test_the_next_command_is_data_and_the_same_in_both_languages(run: Run, noted: Path) -> None:
    found = {lang: run("status", "--json", lang=lang).json["next"] for lang in ("en", "ja")}
    assert set(found.values()) == {"fieldvisit coverage --open himeji-1"}
    assert "：fieldvisit coverage --open himeji-1" in run("status", lang="ja").out


NEEDING_A_STUDY = [
    "status", "study show", "study edit --title x", "study-group add a b", "study-group list",
    "guide list", "guide show x", "guide check", "guide new x", "guide edit x", "guide diff x y",
    "city add x --prefecture x --romaji x --class 町 --kana あ", "visit add 千葉市", "visit list",
    "visit show chiba-1", "visit edit chiba-1 --place x", "visit remove chiba-1", "prepare chiba-1",
    "record chiba-1", "note add chiba-1 hiring x", "note edit abcd x", "note list",
    "note show abcd",
    "note history abcd", "note delete abcd", "note restore abcd", "mark chiba-1 4/3 declined",
    "coverage", "compare", "search x", "undo", "log", "draft list", "draft show x", "draft drop x",
]  # fmt: skip


@pytest.mark.parametrize("line", NEEDING_A_STUDY)
def test_without_a_study_the_refusal_says_how_to_make_one(
    run: Run, tmp_path: Path, line: str
) -> None:
    before = tree(tmp_path)
    assert_refused(run(*line.split(), tty="keyboard"), 1, "There is no study", "fieldvisit init")
    missing = run("--study", "missing", *line.split(), tty="keyboard")
    assert_refused(missing, 1, "missing", "fieldvisit init")
    assert tree(tmp_path) == before


NOT_OURS = {
    "text": b"this is no database, but a text that is long enough for a header of SQLite\n" * 20,
    "nothing": b"",
    "half-a-header": b"SQLite format 3\0",
}


@pytest.fixture(params=[*NOT_OURS, "foreign", "newer", "truncated", "overwritten", "no-schema"])
def strange(noted: Path, request: pytest.FixtureRequest) -> Path:
    """A study whose database is not what it should be."""
    database = noted / "fieldvisit.db"
    data = database.read_bytes()
    match request.param:
        case "foreign":
            database.unlink()
            _execute(database, "CREATE TABLE note (body TEXT)")
        case "newer":
            _execute(database, "UPDATE alembic_version SET version_num = '9999'")
        case "truncated":
            database.write_bytes(data[: len(data) // 3])
        case "overwritten":
            database.write_bytes(data[:4096] + b"\xa5" * (len(data) - 4096))
        case "no-schema":
            _execute(database, "DROP TABLE alembic_version")
        case name:
            database.write_bytes(NOT_OURS[name])
    return noted


def _execute(database: Path, statement: str) -> None:
    with closing(sqlite3.connect(database)) as opened:
        opened.execute(statement)
        opened.commit()


@pytest.mark.parametrize("line", ["note list", "note add chiba-1 hiring x", "undo", "status"])
def test_a_database_that_is_not_ours_is_named_and_left_as_it_is(
    run: Run, strange: Path, line: str
) -> None:
    before = tree(strange)
    assert_refused(run(*line.split()), 1, "fieldvisit.db")
    assert tree(strange) == before


def test_init_keeps_a_database_that_is_not_ours(run: Run, tmp_path: Path) -> None:
    (tmp_path / "fieldvisit.db").write_bytes(NOT_OURS["text"])
    before = tree(tmp_path)
    assert_refused(run("init"), 1)
    assert tree(tmp_path) == before


def test_a_folder_in_the_place_of_the_database_is_refused(run: Run, tmp_path: Path) -> None:
    (tmp_path / "fieldvisit.db").mkdir()
    for line in ("status", "note add chiba-1 hiring x", "init"):
        assert_refused(run(*line.split()), 1)


@pytest.mark.parametrize("line", ["note list", "note add chiba-1 hiring x"])
def test_a_locked_database_is_waited_for_and_then_named(
    run: Run, noted: Path, monkeypatch: pytest.MonkeyPatch, line: str
) -> None:
    monkeypatch.setattr(connection, "WAIT_SECONDS", 0.1)
    before = tree(noted)
    with closing(sqlite3.connect(noted / "fieldvisit.db", isolation_level=None)) as other:
        other.execute("BEGIN EXCLUSIVE")
        assert_refused(run(*line.split()), 1, "fieldvisit.db", "in use", "Try again")
        other.execute("ROLLBACK")
    assert tree(noted) == before
    assert run(*line.split()).code == 0


CRASH = """
import os, sqlite3, sys
opened = sqlite3.connect(sys.argv[1], isolation_level=None)
opened.execute("PRAGMA cache_size=1")
opened.execute("BEGIN IMMEDIATE")
opened.execute("UPDATE note SET body = hex(zeroblob(3000))")
opened.execute("UPDATE revision SET body = hex(zeroblob(3000))")
os._exit(0)
"""


@pytest.mark.parametrize("line", ["note list", "note add chiba-1 hiring x"])
def test_after_a_crash_the_next_command_sees_what_stood_before(
    run: Run, noted: Path, line: str
) -> None:
    stored = run("note", "list", "--json").json["notes"]
    database = noted / "fieldvisit.db"
    clean = database.read_bytes()
    subprocess.run([sys.executable, "-c", CRASH, str(database)], check=True)
    assert (noted / "fieldvisit.db-journal").stat().st_size
    assert database.read_bytes() != clean
    result = run(*line.split())
    assert result.code == 0
    now = run("note", "list", "--json").json["notes"]
    assert [note for note in now if note in stored] == stored
    assert not (noted / "fieldvisit.db-journal").exists()


@contextmanager
def _read_only(folder: Path) -> Iterator[None]:
    """Take away the right to write; somebody who may do everything becomes nobody for a while."""
    for path in [*folder.rglob("*"), folder]:
        path.chmod(0o555 if path.is_dir() else 0o444)
    almighty = os.geteuid() == 0
    if almighty:
        os.seteuid(65534)
    try:
        yield
    finally:
        if almighty:
            os.seteuid(0)
        for path in [folder, *folder.rglob("*")]:
            path.chmod(0o755)


@pytest.mark.skipif(os.name == "nt", reason="modes of folders are POSIX")
def test_a_read_only_study_is_read_and_writing_says_why(run: Run, noted: Path) -> None:
    shown = run("note", "list").out
    run("note", "add", "chiba-1", "hiring", "x", "--by", "y")
    run("undo")
    room = Path(tempfile.mkdtemp())
    try:
        folder = Path(shutil.copytree(noted, room / "study"))
        room.chmod(0o755)
        before = tree(folder)
        with _read_only(folder):
            listed = run("--study", str(folder), "note", "list")
            refused = run("--study", str(folder), "note", "add", "chiba-1", "hiring", "x")
        assert listed.out == shown
        assert_refused(refused, 1, "fieldvisit.db", "cannot be written")
        assert tree(folder) == before
    finally:
        shutil.rmtree(room)


COMMANDS = (
    "status", "study show", "study edit --title x", "study-group list", "study-group add a A",
    "city list", "city show 千葉市",
    "visit list", "visit show chiba-1", "visit add 千葉市", "visit edit chiba-1 --place x",
    "note add chiba-1 4/1 話", "note list", "note show abcd", "note edit abcd 話",
    "note delete abcd", "note history abcd", "mark chiba-1 4/1 declined",
    "search 話", "coverage", "coverage --open", "compare", "compare --cells both",
    "prepare chiba-1", "prepare chiba-1 --for city", "summary list", "summary set 4/1 話 --across",
    "summary history 4/1 --across", "summary delete 4/1 --across", "material list", "log", "undo",
    "guide show it-workforce --visit chiba-1",
)  # fmt: skip
OLDER = {"en": ("older version", "fieldvisit upgrade"), "ja": ("古い版", "fieldvisit upgrade")}


@pytest.fixture
def older(noted: Path) -> Path:
    aged(Settings(noted, str(noted), "t"))
    return noted


@pytest.mark.parametrize("words", COMMANDS)
@pytest.mark.parametrize("lang", OLDER)
def test_every_command_names_the_command_that_helps(
    run: Run, older: Path, words: str, lang: str
) -> None:
    before = tree(older)
    assert_refused(run(*words.split(), lang=lang), 1, str(older / "fieldvisit.db"), *OLDER[lang])
    assert tree(older) == before


@pytest.mark.parametrize(
    ("lang", "done", "again"),
    [("en", "up to date.", "up to date already"), ("ja", "今の版に合わせました", "すでに")],
)
def test_an_upgrade_says_where_the_old_study_is_and_a_second_one_that_there_is_nothing_to_do(
    run: Run, older: Path, lang: str, done: str, again: str
) -> None:
    first = run("upgrade", lang=lang)
    assert (first.code, first.out) == (0, "")
    assert done in first.err
    assert str(older / "fieldvisit.db.schema-0001") in first.err
    second = run("upgrade", lang=lang)
    assert second.code == 0
    assert again in second.err
    assert "schema-0001" not in second.err
    assert run("note", "list").code == 0
    assert run("upgrade", "--quiet").code == 2
    assert run("--quiet", "upgrade").err == ""


def test_an_older_study_is_refused_before_anybody_types(older: Path, editor: Editor) -> None:
    editor("sys.exit('opened')")
    screen = on_terminal("note", "add", "chiba-1", "4/1")
    assert screen.code == 1
    assert "fieldvisit upgrade" in screen.text
    assert "opened" not in screen.text
    assert list((older / "drafts").iterdir()) == []


def shape(run: Run, visit: str) -> dict[str, Any]:
    found: dict[str, Any] = run("visit", "show", visit, "--json").json["visit"]
    return found


def test_all_of_the_visits_are_planned_or_none(run: Run, three: Path) -> None:
    before = tree(three)
    assert_refused(run("visit", "add", "千葉市", "無い市"), 1, "無い市")
    assert tree(three) == before


def test_what_was_said_of_a_visit_is_shown(run: Run, three: Path) -> None:
    found = shape(run, "chiba-1")
    assert found["date"] == "2019-10-21"
    assert found["time"] == "13:30"
    assert found["interviewers"] == ["佐藤"]
    assert found["respondents"] == [
        {"department": "情報経営部", "position": "課長", "name": "山田太郎"}
    ]
    assert found["study_groups"] == ["wg"]
    assert found["mode"] == "onsite"
    assert shape(run, "otsu-1")["mode"] == "online"


def test_a_removed_visit_comes_back_with_undo_and_its_number_is_not_given_again(
    run: Run, three: Path
) -> None:
    assert "himeji-1" in run("visit", "remove", "himeji-1").err
    assert "himeji-1" not in run("visit", "list").out
    assert run("visit", "add", "姫路市").out == "himeji-2\n"
    assert run("undo").code == 0
    assert run("undo").code == 0
    assert [v["handle"] for v in run("visit", "list", "--json").json["visits"]] == [
        "chiba-1", "himeji-1", "otsu-1"
    ]  # fmt: skip
