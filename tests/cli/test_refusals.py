"""Bad input: a clear sentence, the right exit code, nothing on stdout, nothing changed."""

import shutil
from collections.abc import Callable
from pathlib import Path

import pytest

from cli.harness import OFF_RECORD, Result, Run, assert_refused, run_here, tree
from fieldvisit.storage import gate
from fieldvisit.storage.connection import reading

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
    ((*NOTE, "a\0b"), 1, "NUL"),
    ((*NOTE, "x", "--source-title", "a\0"), 1, "NUL"),
    (("note", "add", "府中市", "hiring", "x"), 1, "132063"),
    (("note", "add", "121001", "hiring", "x", "-k", "desk"), 2, "121001"),
    (("note", "add", "chiba-1", "8", "x"), 1, "8"),
    ((*NOTE, "x", "--said-by", "情報経営部"), 1, "several people"),
    (("note", "add", "千葉市", "hiring", "x", "-k", "desk", "--said-by", "山田太郎"), 2, ""),
    (("note", "edit", "{open}", ""), 1, "empty"),
    (("note", "edit", "{deleted}", "x"), 1, "no note"),
    (("note", "edit", "{closed}", "-d", "group"), 1, "--reason"),
    (("note", "edit", "{closed}", "-d", "public", "--reason", "  "), 1, "--reason"),
    (("note", "edit", "{closed}", "-d", "public", "--reason", "a\0"), 1, "NUL"),
    (("note", "delete", "{deleted}"), 1, "deleted already"),
    (("note", "restore", "{open}"), 1, "not deleted"),
    (("visit", "remove", "himeji-1"), 1, "1 marks"),
    (("visit", "add", "大津市", "無い市"), 1, "無い市"),
    (
        ("visit", "edit", "chiba-1", "--date", "2019-10-22", "--until", "2019-10-21"),
        2,
        "before it begins",
    ),
    (("visit", "edit", "chiba-1", "--study-group", "zz"), 1, "wg"),
    (("mark", "chiba-1", "hiring", "none", "declined"), 1, "none"),
    (("mark", "chiba-1", "1", "declined", "--due", "2019-11-01"), 2, "due date"),
    (("mark", "chiba-1", "1", "clear"), 1, "no mark"),
    (("mark", "otsu-1", "ai-rpa", "1", "clear"), 1, "no mark"),
    (("study-group", "add", "W2", " "), 1, "empty"),
    (("study-group", "add", "W 2", "x"), 2, "W 2"),
    (("study", "edit", "--study-group", "zz"), 1, "wg"),
    (("study", "edit", "--interviewer", "\0"), 1, "NUL"),
    (("undo", "a"), 1, "names 0 changes"),
    (("init", "study"), 1, "already"),
    (("status", "--audience", "me"), 2, "public"),
    (("note", "list", "--audience", ""), 0, ""),
    (("search", "x", "--limit", "-1"), 2, "--limit"),
    (("search", "x", "--limit", "many"), 2, "many"),
]


@pytest.fixture(scope="module")
def _busy(_noted: Path, tmp_path_factory: pytest.TempPathFactory) -> Path:
    folder = Path(shutil.copytree(_noted, tmp_path_factory.mktemp("busy") / "study"))

    def ok(*words: str) -> Result:
        result = run_here("--study", str(folder), *words)
        assert result.code == 0, result.err
        return result

    for prefecture, code in (("東京都", "13206"), ("広島県", "34208")):
        city = ("--prefecture", prefecture, "--code", code, "--romaji", "fuchu")
        ok("city", "add", "府中市", "--kana", "ふちゅうし", "--class", "ordinary-city", *city)
    ok("visit", "edit", "chiba-1", "--respondent", "情報経営部/係長/")
    found = ok("note", "list", "--audience", "all", "--json").json["notes"]
    ok("note", "delete", next(note["handle"] for note in found if "税務" in note["body"]))
    return folder


@pytest.fixture
def busy(_busy: Path, fresh: Callable[[Path], Path]) -> Path:
    """`noted`, one of its notes deleted, two cities of one name, two people of one department."""
    return fresh(_busy)


def handles(study: Path) -> dict[str, str]:
    """Of a note that stands, of one off the record, of one that was deleted."""
    with reading(study / "fieldvisit.db") as connection:
        notes = gate.notes(connection, "all", gate.NotesAsked(deleted=True))
    return {
        "{closed}" if note.body == OFF_RECORD else "{deleted}" if note.deleted else "{open}":
        note.handle
        for note in notes
        if note.deleted or note.body in (OFF_RECORD, "効果を測っている。")
    }  # fmt: skip


@pytest.mark.parametrize(("words", "code", "piece"), WRONG)
def test_what_is_wrong_is_refused_and_nothing_changed(
    run: Run, busy: Path, words: tuple[str, ...], code: int, piece: str
) -> None:
    before, named = tree(busy), handles(busy)
    result = run(*(named.get(word, word) for word in words))
    if code:
        assert_refused(result, code, piece)
    assert result.code == code
    assert tree(busy) == before


@pytest.mark.parametrize(
    ("data", "piece"),
    [
        (b"a\0b", "NUL"), (b"", "empty"), (b"\n\n", "empty"), (b"????", "question marks"),
        (b"\xe5\x8d", "standard input is not valid UTF-8 (byte 0)"),
        ("題".encode("cp932"), "not valid UTF-8"), ("題".encode("utf-16"), "not valid UTF-8"),
        (b"\xed\xa0\x80", "not valid UTF-8"),
    ],
)  # fmt: skip
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
        (("nothing",), "nothing"), (("stauts",), "status"), (("note", "ad"), "add"),
        ((LOST,), "no command"), (("--none",), "--none"), (("status", "--none"), "--none"),
        (("status", "--formt", "md"), "--format"), (("status", "--format"), "--format"),
        (("status", "too", "much"), "too"), (("--study",), "--study"),
        (("--lang", "de", "status"), "ja or en"), (("note", "add"), "VISIT|CITY"),
        (("note", "add", "chiba-1"), "TOPIC[/QUESTION]"), (("note", "edit"), "NOTE"),
        (("note", "show"), "NOTE"), (("note", "history"), "NOTE"), (("note", "delete"), "NOTE"),
        (("note", "restore"), "NOTE"), (("visit", "add"), "CITY"), (("visit", "show"), "VISIT"),
        (("visit", "edit"), "VISIT"), (("visit", "remove"), "VISIT"), (("city", "show"), "CITY"),
        (("city", "add"), "NAME"), (("city", "add", "架空町"), "--prefecture"),
        (("city", "import"), "FILE"), (("guide", "show"), "GUIDE"), (("guide", "new"), "GUIDE"),
        (("guide", "edit"), "GUIDE"), (("guide", "diff", "it-workforce"), "VISIT|FILE"),
        (("study-group", "add", "x"), "NAME"), (("mark", "chiba-1"), "STATE"),
        (("mark", "chiba-1", "4/3"), "at least one topic"), (("prepare",), "VISIT"),
        (("record",), "VISIT"), (("search",), "WORDS"), (("draft", "show"), "DRAFT"),
        (("draft", "drop"), "DRAFT"), (("note",), "Usage"), (("visit",), "Usage"),
    ],
)  # fmt: skip
def test_a_wrong_command_line_ends_with_2(
    run: Run, noted: Path, words: tuple[str, ...], piece: str
) -> None:
    before = tree(noted)
    assert_refused(run(*words), 2, piece)
    assert tree(noted) == before


def test_a_file_that_is_not_there_is_told_in_the_language(run: Run, noted: Path) -> None:
    missing = ("note", "add", "chiba-1", "hiring", "@nosuch.txt")
    assert "nosuch.txt cannot be read: it does not exist" in run(*missing).err
    assert "No such file" not in run(*missing, lang="ja").err
    nowhere = ("compare", "-o", "nowhere/x.md")
    assert "it does not exist" in run(*nowhere).err
    assert "見つからないため" in run(*nowhere, lang="ja").err


def test_what_is_already_so_changes_nothing(run: Run, busy: Path) -> None:
    stands = handles(busy)["{open}"]
    for words in (
        ("note", "edit", stands, "効果を測っている。", "--topic", "ai-rpa/effect"),
        ("visit", "edit", "chiba-1", "--date", "2019-10-21", "--interviewer", "佐藤"),
        ("study", "edit", "--title", "調査", "--guide", "it-workforce"),
        ("mark", "otsu-1", "ai-rpa", "not-asked"),
    ):
        before = tree(busy)
        assert run(*words).code == 0, words
        assert tree(busy) == before, words
