"""Bad input: a clear sentence, the right exit code, nothing on stdout, nothing changed."""

import os
import shutil
import sqlite3
import subprocess
import sys
import tempfile
from collections.abc import Iterator
from contextlib import closing, contextmanager
from pathlib import Path

import pytest

from cli.harness import Run, assert_refused, tree
from fieldvisit.storage import connection

LOST = "\udce5\udc8d"  # bytes on the command line that are no UTF-8
NOTE = ("note", "add", "chiba-1", "ai-rpa/effect")
VISIT = ("visit", "add", "千葉市")
CITY = ("city", "add", "架空町", "--prefecture", "千葉県", "--romaji", "kaku", "--class", "町")
KANA = ("--kana", "かくうちょう")

WRONG: list[tuple[tuple[str, ...], int, str]] = [
    (("visit", "add", "無い市"), 1, "無い市"),
    (("note", "add", "無い市", "hiring", "x"), 1, "無い市"),
    (("note", "add", "つくば市", "hiring", "x"), 1, "visit add つくば市"),
    (("note", "add", "nara-1", "hiring", "x"), 1, "nara-1"),
    (("note", "add", "chiba-1", "hirring", "x"), 1, "hirring"),
    (("note", "add", "chiba-1", "ai-rpa/efect", "x"), 1, "3 effect"),
    (("note", "add", "chiba-1", "4/99", "x"), 1, "4/99"),
    (("note", "add", "chiba-1", "99", "x"), 1, "99"),
    (("note", "add", "chiba-1", "", "x"), 1, "topic"),
    ((*NOTE, ""), 1, "empty"),
    ((*NOTE, " \u3000\n"), 1, "empty"),
    ((*NOTE, "??? ??"), 1, "question marks"),
    ((*NOTE, LOST), 1, "UTF-8"),
    ((*NOTE, f"字{LOST}"), 1, "UTF-8"),
    ((*NOTE, "@none.txt"), 1, "none.txt"),
    ((*NOTE, "@/"), 1, "/"),
    (NOTE, 2, "@FILE"),
    ((*NOTE, "x", "-k", "remrk"), 2, "remark"),
    ((*NOTE, "x", "-k", "q"), 2, "quote"),
    ((*NOTE, "x", "-d", "secret"), 2, "off-record"),
    ((*NOTE, "x", "-d", ""), 2, "off-record"),
    ((*NOTE, "x", "--said-by", "誰か"), 1, "誰か"),
    ((*NOTE, "x", "--as-of", "いつか"), 1, "いつか"),
    ((*NOTE, "x", "--as-of", "2019-13"), 1, "2019-13"),
    ((*NOTE, "x", "--source-date", "2019-02-30"), 1, "2019-02-30"),
    ((*NOTE, "x", "--also", "none"), 1, "none"),
    ((*NOTE, "x", "--only-for", "none"), 1, "none"),
    ((*NOTE, "x", "-t", LOST), 1, "UTF-8"),
    ((*NOTE, "x", "-t", ""), 1, "empty"),
    ((*NOTE, "x", "--by", LOST), 1, "UTF-8"),
    ((*NOTE, "x", "--source-title", LOST), 1, "UTF-8"),
    ((*NOTE, "x", "--source-url", LOST), 1, "UTF-8"),
    (("note", "edit", "zzzz", "x"), 1, "zzzz"),
    (("note", "edit", "zzz", "x"), 1, "4 characters"),
    (("note", "show", ""), 1, "4 characters"),
    (("note", "delete", "zzzzzzzzzz"), 1, "zzzzzzzzzz"),
    (("note", "restore", "zzzzzzzzzz"), 1, "zzzzzzzzzz"),
    (("note", "history", "zzzzzzzzzz"), 1, "zzzzzzzzzz"),
    ((*VISIT, "--date", "2019-02-29"), 1, "2019-02-29"),
    ((*VISIT, "--date", "令和0年1月1日"), 1, "令和0年"),
    ((*VISIT, "--date", "平成32年1月1日"), 1, "平成32年"),
    ((*VISIT, "--date", "10/3"), 1, "10/3"),
    ((*VISIT, "--date", "03/10/2019"), 1, "03/10/2019"),
    ((*VISIT, "--date", "43741"), 1, "43741"),
    ((*VISIT, "--date", LOST), 1, "U+DCE5"),
    ((*VISIT, "--date", "2019-10-21", "--until", "2019-10-20"), 2, "2019-10-20"),
    ((*VISIT, "--until", "2019-10-20"), 2, "2019-10-20"),
    ((*VISIT, "--time", "25:00"), 1, "25:00"),
    ((*VISIT, "--mode", "o"), 2, "online"),
    ((*VISIT, "--guide", "none"), 1, "it-workforce"),
    ((*VISIT, "--study-group", "none"), 1, "wg"),
    ((*VISIT, "--interviewer", ""), 1, "empty"),
    ((*VISIT, "--interviewer", LOST), 1, "UTF-8"),
    ((*VISIT, "--respondent", "a/b/c/d"), 2, "a/b/c/d"),
    ((*VISIT, "--respondent", "//"), 2, "department/position/name"),
    ((*VISIT, "--respondent", f"{LOST}//"), 1, "UTF-8"),
    ((*VISIT, "--place", LOST), 1, "UTF-8"),
    ((*VISIT, "--contact", LOST), 1, "UTF-8"),
    (("visit", "edit", "chiba-1", "--consent", LOST), 1, "UTF-8"),
    (("visit", "edit", "chiba-1", "--remove-person", "誰か"), 1, "誰か"),
    (("visit", "edit", "chiba-1", "--remove-person", "山田太郎"), 1, "山田太郎"),
    (("visit", "edit", "chiba-1"), 2, "Nothing to change"),
    (("visit", "remove", "chiba-1"), 1, "chiba-1"),
    (("study", "edit"), 2, "Nothing to change"),
    (("study", "edit", "--title", LOST), 1, "UTF-8"),
    (("study", "edit", "--interviewer", LOST), 1, "UTF-8"),
    (("study", "edit", "--interviewer", ""), 1, "empty"),
    (("study", "edit", "--guide", LOST), 1, "U+DCE5"),
    (("study-group", "add", "wg", "x"), 1, "wg"),
    (("study-group", "add", "", "x"), 1, "empty"),
    (("study-group", "add", "x", LOST), 1, "UTF-8"),
    ((*CITY, *KANA, "--code", "12345x"), 2, "12345x"),
    ((*CITY, *KANA, "--code", "121002"), 1, "121002"),
    ((*CITY, *KANA, "--since", "2019-02-29"), 1, "2019-02-29"),
    ((*CITY, "--kana", "kaku"), 2, "kaku"),
    (("city", "add", "架空町", *CITY[3:-1], "都市", *KANA), 2, "core-city"),
    (("city", "import", "none.csv"), 1, "none.csv"),
    (("mark", "chiba-1", "4/3", "maybe"), 2, "not-asked"),
    (("mark", "chiba-1", "none", "declined"), 1, "none"),
    (("mark", "chiba-1", "4/3", "declined", "--reason", LOST), 1, "UTF-8"),
    (("mark", "chiba-1", "4/3", "to-follow", "--due", "2/30"), 1, "2/30"),
    (("undo", "zzzz"), 1, "zzzz"),
    (("draft", "drop", "none", "--yes"), 1, "none"),
    (("guide", "new", "it-workforce"), 1, "it-workforce"),
    (("guide", "new", "x", "--from", "none"), 1, "none"),
    (("guide", "new", "x", "--title", LOST), 1, "UTF-8"),
    (("guide", "diff", "it-workforce", "none.yaml"), 1, "none.yaml"),
    (("status", "--audience", "me"), 2, "public"),
    (("note", "list", "--audience", ""), 0, ""),
    (("search", "x", "--limit", "-1"), 2, "--limit"),
    (("search", "x", "--limit", "many"), 2, "many"),
]


@pytest.mark.parametrize(("words", "code", "piece"), WRONG)
def test_what_is_wrong_is_refused_and_nothing_changed(
    run: Run, noted: Path, words: tuple[str, ...], code: int, piece: str
) -> None:
    before = tree(noted)
    result = run(*words)
    if code:
        assert_refused(result, code, piece)
    assert result.code == code
    assert tree(noted) == before


@pytest.mark.parametrize(
    ("data", "piece"),
    [
        (b"a\0b", "NUL"),
        (b"", "empty"),
        (b"\n\n", "empty"),
        (b"????", "question marks"),
        (b"\xe5\x8d", "standard input is not valid UTF-8 (byte 0)"),
        ("題".encode("cp932"), "not valid UTF-8"),
        ("題".encode("utf-16"), "not valid UTF-8"),
        (b"\xed\xa0\x80", "not valid UTF-8"),
    ],
)
def test_what_cannot_be_kept_is_refused_from_standard_input_and_files(
    run: Run, noted: Path, tmp_path: Path, data: bytes, piece: str
) -> None:
    before = tree(noted)
    assert_refused(run(*NOTE, "-", stdin=data), 1, piece)
    path = tmp_path / "text"
    path.write_bytes(data)
    assert_refused(run(*NOTE, f"@{path}"), 1, piece.replace("standard input", str(path)))
    assert tree(noted) == before


@pytest.mark.parametrize(
    "text", ["-1名", "--dry", "-定員は", "-text", "-dpublic", "-k", "-t", "-also", "- x"]
)
def test_text_that_begins_with_a_dash_is_told_how_it_goes(run: Run, noted: Path, text: str) -> None:
    before = tree(noted)
    assert_refused(run(*NOTE, text), 2, "“--”", "“-”")
    assert tree(noted) == before


@pytest.mark.parametrize(
    ("words", "piece"),
    [
        (("nothing",), "nothing"),
        (("stauts",), "status"),
        (("note", "ad"), "add"),
        ((LOST,), "no command"),
        (("--none",), "--none"),
        (("status", "--none"), "--none"),
        (("status", "--formt", "md"), "--format"),
        (("status", "--format"), "--format"),
        (("status", "too", "much"), "too"),
        (("--study",), "--study"),
        (("--lang", "de", "status"), "ja or en"),
        (("note", "add"), "VISIT|CITY"),
        (("note", "add", "chiba-1"), "TOPIC[/QUESTION]"),
        (("note", "edit"), "NOTE"),
        (("note", "show"), "NOTE"),
        (("note", "history"), "NOTE"),
        (("note", "delete"), "NOTE"),
        (("note", "restore"), "NOTE"),
        (("visit", "add"), "CITY"),
        (("visit", "show"), "VISIT"),
        (("visit", "edit"), "VISIT"),
        (("visit", "remove"), "VISIT"),
        (("city", "show"), "CITY"),
        (("city", "add"), "NAME"),
        (("city", "add", "架空町"), "--prefecture"),
        (("city", "import"), "FILE"),
        (("guide", "show"), "GUIDE"),
        (("guide", "new"), "GUIDE"),
        (("guide", "edit"), "GUIDE"),
        (("guide", "diff", "it-workforce"), "VISIT|FILE"),
        (("study-group", "add", "x"), "NAME"),
        (("mark", "chiba-1"), "STATE"),
        (("mark", "chiba-1", "4/3"), "at least one topic"),
        (("prepare",), "VISIT"),
        (("record",), "VISIT"),
        (("search",), "WORDS"),
        (("draft", "show"), "DRAFT"),
        (("draft", "drop"), "DRAFT"),
        (("note",), "Usage"),
        (("visit",), "Usage"),
    ],
)
def test_a_wrong_command_line_ends_with_2(
    run: Run, noted: Path, words: tuple[str, ...], piece: str
) -> None:
    before = tree(noted)
    assert_refused(run(*words), 2, piece)
    assert tree(noted) == before


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


def test_a_newer_database_says_what_to_do(run: Run, noted: Path) -> None:
    _execute(noted / "fieldvisit.db", "UPDATE alembic_version SET version_num = '9999'")
    assert_refused(run("status"), 1, "schema 9999", "newest fieldvisit")


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


def test_an_editor_that_is_not_there_is_named(
    run: Run, noted: Path, monkeypatch: pytest.MonkeyPatch
) -> None:
    monkeypatch.setenv("EDITOR", "nosuch-editor")
    words = ("note", "add", "chiba-1", "hiring")
    english = run(*words, tty="all").err
    assert english.startswith("The editor nosuch-editor was not found. Check EDITOR.")
    japanese = run(*words, tty="all", stdin="n\n", lang="ja").err
    assert "エディター nosuch-editor が見つかりません。" in japanese
    assert "failed" not in english + japanese


def test_a_file_that_is_not_there_is_told_in_the_language(run: Run, noted: Path) -> None:
    missing = ("note", "add", "chiba-1", "hiring", "@nosuch.txt")
    assert "nosuch.txt cannot be read: it does not exist" in run(*missing).err
    assert "No such file" not in run(*missing, lang="ja").err
    nowhere = ("compare", "-o", "nowhere/x.md")
    assert "it does not exist" in run(*nowhere).err
    assert "見つからないため" in run(*nowhere, lang="ja").err
