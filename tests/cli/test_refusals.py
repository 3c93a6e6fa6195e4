"""Bad input: a clear sentence, the right exit code, nothing on stdout, nothing changed."""

import re
import shlex
import shutil
from collections.abc import Callable
from pathlib import Path

import pytest
from typer.core import TyperArgument

from cli.harness import OFF_RECORD, Result, Run, assert_refused, every_command, run_here, tree
from fieldvisit.storage import gate
from fieldvisit.storage.connection import reading

LOST = "\udce5\udc8d"  # bytes on the command line that are no UTF-8
NOTE = "note add chiba-1 ai-rpa/effect"
VISIT = "visit add 千葉市"
CITY = "city add 架空町 --prefecture 千葉県 --romaji kaku --class 町"

WRONG = [
    ("visit add 無い市", 1, "無い市"), ("note add 無い市 hiring x", 1, "無い市"),
    ("note add つくば市 hiring x", 1, "visit add つくば市"),
    ("note add nara-1 hiring x", 1, "nara-1"), ("note add chiba-1 hirring x", 1, "hirring"),
    ("note add chiba-1 ai-rpa/efect x", 1, "3 effect"), ("note add chiba-1 4/99 x", 1, "4/99"),
    ("note add chiba-1 99 x", 1, "99"), ("note add chiba-1 '' x", 1, "topic"),
    (f"compare -o {'x' * 300}.md", 1, "too long"), (f"{NOTE} ''", 1, "empty"),
    (f"{NOTE} ' \u3000\n'", 1, "empty"),
    (f"{NOTE} '??? ??'", 1, "question marks"), (f"{NOTE} {LOST}", 1, "UTF-8"),
    (f"{NOTE} 字{LOST}", 1, "UTF-8"), (f"{NOTE} @none.txt", 1, "none.txt"), (f"{NOTE} @/", 1, "/"),
    (NOTE, 2, "@FILE"), (f"{NOTE} x -k remrk", 2, "remark"), (f"{NOTE} x -k q", 2, "quote"),
    (f"{NOTE} x -d secret", 2, "off-record"), (f"{NOTE} x -d ''", 2, "off-record"),
    (f"{NOTE} x --said-by 誰か", 1, "誰か"), (f"{NOTE} x --as-of いつか", 1, "いつか"),
    (f"{NOTE} x --as-of 2019-13", 1, "2019-13"),
    (f"{NOTE} x --source-date 2019-02-30", 1, "2019-02-30"), (f"{NOTE} x --also none", 1, "none"),
    (f"{NOTE} x --only-for none", 1, "none"), (f"{NOTE} x -t {LOST}", 1, "UTF-8"),
    (f"{NOTE} x -t ''", 1, "empty"), (f"{NOTE} x --by {LOST}", 1, "UTF-8"),
    (f"{NOTE} x --source-title {LOST}", 1, "UTF-8"), (f"{NOTE} x --source-url {LOST}", 1, "UTF-8"),
    ("note edit zzzz x", 1, "zzzz"), ("note edit zzz x", 1, "4 characters"),
    ("note show ''", 1, "4 characters"), ("note delete zzzzzzzzzz", 1, "zzzzzzzzzz"),
    ("note restore zzzzzzzzzz", 1, "zzzzzzzzzz"), ("note history zzzzzzzzzz", 1, "zzzzzzzzzz"),
    (f"{VISIT} --date 2019-02-29", 1, "2019-02-29"),
    (f"{VISIT} --date 令和0年1月1日", 1, "令和0年"),
    (f"{VISIT} --date 平成32年1月1日", 1, "平成32年"), (f"{VISIT} --date 10/3", 1, "10/3"),
    (f"{VISIT} --date 03/10/2019", 1, "03/10/2019"), (f"{VISIT} --date 43741", 1, "43741"),
    (f"{VISIT} --date {LOST}", 1, "U+DCE5"),
    (f"{VISIT} --date 2019-10-21 --until 2019-10-20", 2, "2019-10-20"),
    (f"{VISIT} --until 2019-10-20", 2, "2019-10-20"), (f"{VISIT} --time 25:00", 1, "25:00"),
    (f"{VISIT} --mode o", 2, "online"), (f"{VISIT} --guide none", 1, "it-workforce"),
    (f"{VISIT} --study-group none", 1, "wg"), (f"{VISIT} --interviewer ''", 1, "empty"),
    (f"{VISIT} --interviewer {LOST}", 1, "UTF-8"), (f"{VISIT} --respondent a/b/c/d", 2, "a/b/c/d"),
    (f"{VISIT} --respondent //", 2, "department/position/name"),
    (f"{VISIT} --respondent {LOST}//", 1, "UTF-8"), (f"{VISIT} --place {LOST}", 1, "UTF-8"),
    (f"{VISIT} --contact {LOST}", 1, "UTF-8"),
    (f"visit edit chiba-1 --consent {LOST}", 1, "UTF-8"),
    ("visit edit chiba-1 --remove-person 誰か", 1, "誰か"),
    ("visit edit chiba-1 --remove-person 山田太郎", 1, "山田太郎"),
    ("visit edit chiba-1", 2, "Nothing to change"), ("visit remove chiba-1", 1, "chiba-1"),
    ("study edit", 2, "Nothing to change"), (f"study edit --title {LOST}", 1, "UTF-8"),
    (f"study edit --interviewer {LOST}", 1, "UTF-8"), ("study edit --interviewer ''", 1, "empty"),
    (f"study edit --guide {LOST}", 1, "U+DCE5"), ("study-group add wg x", 1, "wg"),
    ("study-group add '' x", 1, "empty"), (f"study-group add x {LOST}", 1, "UTF-8"),
    (f"{CITY} --kana かくうちょう --code 12345x", 2, "12345x"),
    (f"{CITY} --kana かくうちょう --code 121002", 1, "121002"),
    (f"{CITY} --kana かくうちょう --since 2019-02-29", 1, "2019-02-29"),
    (f"{CITY} --kana kaku", 2, "kaku"),
    (f"{CITY[:-1]}都市 --kana かくうちょう", 2, "core-city"),
    ("city import none.csv", 1, "none.csv"), ("mark chiba-1 4/3 maybe", 2, "not-asked"),
    ("mark chiba-1 none declined", 1, "none"),
    (f"mark chiba-1 4/3 declined --reason {LOST}", 1, "UTF-8"),
    ("mark chiba-1 4/3 to-follow --due 2/30", 1, "2/30"), ("undo zzzz", 1, "zzzz"),
    ("draft drop none --yes", 1, "none"), ("guide new it-workforce", 1, "it-workforce"),
    ("guide new x --from none", 1, "none"), (f"guide new x --title {LOST}", 1, "UTF-8"),
    ("guide diff it-workforce none.yaml", 1, "none.yaml"), (f"{NOTE} a\0b", 1, "NUL"),
    (f"{NOTE} x --source-title a\0", 1, "NUL"), ("note add 府中市 hiring x", 1, "132063"),
    ("note add 121001 hiring x -k desk", 2, "121001"), ("note add chiba-1 8 x", 1, "8"),
    (f"{NOTE} x --said-by 情報経営部", 1, "several people"),
    ("note add 千葉市 hiring x -k desk --said-by 山田太郎", 2, ""),
    ("note edit {open} ''", 1, "empty"), ("note edit {deleted} x", 1, "no note"),
    ("note edit {closed} -d group", 1, "--reason"),
    ("note edit {closed} -d public --reason '  '", 1, "--reason"),
    ("note edit {closed} -d public --reason a\0", 1, "NUL"),
    ("note delete {deleted}", 1, "deleted already"), ("note restore {open}", 1, "not deleted"),
    ("visit remove himeji-1", 1, "1 marks"), ("visit add 大津市 無い市", 1, "無い市"),
    ("visit edit chiba-1 --date 2019-10-22 --until 2019-10-21", 2, "before it begins"),
    ("visit edit chiba-1 --study-group zz", 1, "wg"),
    ("mark chiba-1 hiring none declined", 1, "none"),
    ("mark chiba-1 1 declined --due 2019-11-01", 2, "due date"),
    ("mark chiba-1 1 clear", 1, "no mark"), ("mark otsu-1 ai-rpa 1 clear", 1, "no mark"),
    ("study-group add W2 ' '", 1, "empty"), ("study-group add 'W 2' x", 2, "W 2"),
    ("study edit --study-group zz", 1, "wg"), ("study edit --interviewer \0", 1, "NUL"),
    ("undo a", 1, "names 0 changes"), ("init study", 1, "already"), ("demo study", 1, "study"),
    ("status --audience me", 2, "public"), ("note list --audience ''", 0, ""),
    ("search x --limit -1", 2, "--limit"), ("search x --limit many", 2, "many"),
    ("city fact 千葉市", 2, "KEY"), ("city fact 千葉市 人口", 2, "VALUE, --as-of"),
    ("city fact 千葉市 人口 1", 2, "--as-of, --source"),
    ("city fact 千葉市 人口 1 --as-of 2019", 2, "--source"),
    ("city fact 千葉市 人口 1 --as-of 昨年 --source a", 1, "昨年"),
    ("city fact 無い市 人口 1 --as-of 2019 --source a", 1, "無い市"),
    ("city fact 千葉市 人口 1 --remove", 2, "--remove"),
    ("city fact 千葉市 人口 --remove", 1, "population"),
    ("city fact 千葉市 増減 -1% --as-of 2019 --source a", 2, "--"),
    ("compare ai-rap", 1, "ai-rap"), ("compare --view x", 2, "topic, city"),
    ("compare --rows x", 2, "items, cities"), ("compare --city 無い市", 1, "無い市"),
    ("compare --class x", 2, "core-city"), ("compare --study-group x", 1, "wg"),
    ("compare --group-by x", 2, "class"), ("compare --prefecture なし", 1, "なし"),
    *((f"{NOTE} '{text}'", 2, "behind “--”, or give “-”") for text in (
        "-1名", "--dry", "-定員は", "-text", "-dpublic", "-k", "-t", "-also", "- x", "-dg",
        "-technical staff",
    )),
    *((f"guide new -- {slug}", 1, f"“{slug}” cannot be the name") for slug in (
        "../x", "a/b", "-x", "日本", "A", "x.y",
    )),
    *((f"guide new {name}", 1, "Windows keeps the name") for name in ("con", "nul", "com1")),
    ("guide new ''", 1, "empty"), ("study edit --guide none", 1, "it-workforce"),
    ("confirm send chiba-1 -o a.xlsx", 2, "cannot be written as xlsx"),
    ("confirm send chiba-1 -o a.pdf", 1, "stands for no format"),
    ("confirm send chiba-1 -o none/a.md", 1, "cannot be written"),
    ("confirm send chiba-1 --department 財政課", 1, "財政課"),
    ("confirm send chiba-1 --due 99/99 -o a.md", 1, "99/99"),
    ("confirm send otsu-1 -o a.md", 1, "nothing from otsu-1 to send"),
    ("confirm send nowhere-1 -o a.md", 1, "nowhere-1"),
    ("confirm set chiba-1 maybe", 2, "ok, corrected, anonymous, withheld, no-reply"),
    ("confirm set chiba-1 sent", 2, "ok, corrected, anonymous, withheld, no-reply"),
    ("confirm set chiba-1 corrected 文", 2, "exactly one note"),
    ("confirm set chiba-1 {open} {other} corrected 文", 2, "exactly one note"),
    ("confirm set chiba-1 {open} corrected", 2, "no text"),
    ("confirm set chiba-1 ok", 1, "Nothing from chiba-1 waits"),
    ("confirm set chiba-1 zzzz ok", 1, "zzzz"),
    ("confirm set himeji-1 {open} ok", 2, "not from himeji-1"),
    ("confirm set chiba-1 {open} ok --on 99/99", 1, "99/99"),
    ("confirm set chiba-1 {open} corrected 効果を測っている。", 1, "says that already"),
    ("confirm set chiba-1 {open} corrected オフレコの話", 2, "off the record"),
    ("confirm set chiba-1 {open} ok オフレコでお願いします", 2, "off the record"),
    ("note conflicts {open} {other}", 2, "--why"),
    ("note conflicts {open} {other} --why ''", 2, "--why"),
    ("note conflicts {open} {other} --why x --clear", 2, "--clear"),
    ("note conflicts {open} {other} --clear", 1, "contradict"),
    ("note conflicts {open} {other} --why ???", 1, "question marks"),
    ("mark chiba-1 4/3 to-follow", 2, "--due"),
    ("mark chiba-1 4/3 declined --due 10/31", 2, "due"),
    ("mark chiba-1 4/3 clear", 1, "ai-rpa/effect"), ("mark chiba-1 4/3 not", 2, "not-asked"),
    ("mark chiba-1 declined", 2, "at least one topic"), ("mark chiba-1 4/99 declined", 1, "4/99"),
    ("mark chiba-1 4/3 4/99 declined", 1, "4/99"),
    ("mark chiba-1 4/3 to-follow --due 2019-02-29", 1, "2019-02-29"),
    ("prepare chiba-1 himeji-1 -o a-file.md", 2, ""),
    ("prepare chiba-1 himeji-1 -o no/such/folder", 1, ""),
    ("prepare chiba-1 himeji-1 -o new --format json", 2, ""),
    ("prepare chiba-1 himeji-1 --format csv", 2, ""),
    ("prepare chiba-1 himeji-1 --format docx", 2, ""),
    ("prepare chiba-1 himeji-1 -o new --format table", 2, ""),
    ("prepare chiba-1 himeji-1 -o /proc/none", 1, ""),
    ("prepare chiba-1 --for mayor", 2, "interviewer, city"), ("prepare nara-1", 1, "nara-1"),
    ("note combine {open}", 2, ""), ("note combine {open} {open}", 2, ""),
    ("note combine {open} nowhere000", 1, ""),
    ("summary set 4/1 x", 2, "--across"),
    ("summary set 4/1 x --city 千葉市 --across", 2, "--across"),
    ("summary set 4/1 --city 千葉市", 2, "no text"),
    ("summary set 4/1 --city 千葉市 x【オフレコ】y", 2, "mark"),
    ("summary set 4/1 --city 千葉市 【発言】x", 2, "no kind"),
    ("summary set 4/1 --city 千葉市 オフレコです", 2, "-d off-record"),
    ("summary set 4/1 --city 千葉市 x -d none", 2, "none"),
    ("summary set 4/1 --city 姫路市 x", 1, "Nothing stands"),
    ("summary set 4/9 --city 千葉市 x", 1, "no question"),
    ("summary set 4/1 --city 千葉市 x --notes zzzz", 1, "no note"),
    ("summary delete 4/1 --city 千葉市", 1, "no summary"),
    ("summary history 4/1 --city 千葉市", 1, "no summary"), ("summary edit", 2, "terminal"),
    ("summary list --study-group none", 1, "none"), ("compare --json --format md", 2, "at odds"),
    ("compare --format docx", 2, "md, csv, json"), ("status --format csv", 2, "md"),
    ("visit show chiba-1 --format csv", 2, "md"), ("study show --format csv", 2, "md"),
    ("compare --format ''", 0, ""), ("compare -o x.txt", 1, ".csv"), ("compare -o x", 1, ".csv"),
    ("compare -o no/such/x.md", 1, "no/such/x.md"), ("compare -o /proc/x.md", 1, "/proc/x.md"),
    ("compare -o a-folder --format md", 1, "a-folder"),
    ("compare -o a-folder --format md --force", 1, "a-folder"),
    ("compare -o . --format md --force", 1, "."), ("compare -o / --format md --force", 1, "/"),
    ("compare -o '' --format md", 1, ""),

    ("compare -o x.md --format table", 2, "table"), ("nothing", 2, "nothing"),
    ("stauts", 2, "status"), ("note ad", 2, "add"), (f"{LOST}", 2, "no command"),
    ("--none", 2, "--none"), ("status --none", 2, "--none"), ("status --formt md", 2, "--format"),
    ("status --format", 2, "--format"), ("status too much", 2, "too"), ("--study", 2, "--study"),
    ("--lang de status", 2, "ja or en"), ("city add 架空町", 2, "--prefecture"),
    ("mark chiba-1", 2, "STATE"), ("mark chiba-1 4/3", 2, "at least one topic"),
    ("note", 2, "Usage"), ("visit", 2, "Usage"), ("read a-file.md --as novel", 2, "novel"),
    ("read a-file.md --as memo --visit nara-1", 1, "nara-1"),
    ("read a-file.md --as memo --visit chiba-1 -d public", 2, "-d confirm"),
    ("read a-file.md --as memo --visit chiba-1 --on 2019-02-30", 1, "2019-02-30"),
]  # fmt: skip


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
    """Of two notes that stand, of one off the record, of one that was deleted."""
    with reading(study / "fieldvisit.db") as connection:
        notes = gate.notes(connection, "all", gate.NotesAsked(deleted=True))
    called = {"効果を測っている。": "open", "導入はこれから。": "other", OFF_RECORD: "closed"}
    names = {"deleted" if note.deleted else called.get(note.body, ""): note for note in notes}
    return {name: note.handle for name, note in names.items()}


@pytest.mark.parametrize(("line", "code", "piece"), WRONG)
def test_what_is_wrong_is_refused_and_nothing_changed(
    run: Run, busy: Path, tmp_path: Path, line: str, code: int, piece: str
) -> None:
    words = [re.sub("^{(.*)}$", lambda n: handles(busy)[n[1]], w) for w in shlex.split(line)]
    (tmp_path / "a-folder").mkdir()
    (tmp_path / "a-file.md").write_text("mine")
    before = tree(tmp_path)
    result = run(*words)
    if code:
        assert_refused(result, code, piece)
        japanese = run(*words, lang="ja")
        assert any("ぁ" <= letter <= "ん" for letter in japanese.err)
        assert japanese.code == code
    assert result.code == code
    assert tree(tmp_path) == before


REQUIRED = {
    words: str(argument.metavar).removesuffix("...")
    for words, command in every_command().items()
    for argument in reversed(command.params)
    if isinstance(argument, TyperArgument) and argument.required
}


@pytest.mark.parametrize("words", REQUIRED, ids=" ".join)
def test_what_has_to_be_given_is_named(run: Run, noted: Path, words: tuple[str, ...]) -> None:
    assert_refused(run(*words), 2, f"{REQUIRED[words]} is missing")


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
    assert_refused(run(*NOTE.split(), "-", stdin=data), 1, piece)
    path = tmp_path / "text"
    path.write_bytes(data)
    assert_refused(run(*NOTE.split(), f"@{path}"), 1, piece.replace("standard input", str(path)))
    assert tree(noted) == before


def test_a_file_that_is_not_there_is_told_in_the_language(run: Run, noted: Path) -> None:
    missing = ("note", "add", "chiba-1", "hiring", "@nosuch.txt")
    assert "nosuch.txt cannot be read: it does not exist" in run(*missing).err
    assert "No such file" not in run(*missing, lang="ja").err
    nowhere = ("compare", "-o", "nowhere/x.md")
    assert "it does not exist" in run(*nowhere).err
    assert "見つからないため" in run(*nowhere, lang="ja").err


def test_what_is_already_so_changes_nothing(run: Run, busy: Path) -> None:
    stands = handles(busy)["open"]
    for words in (
        ("note", "edit", stands, "効果を測っている。", "--topic", "ai-rpa/effect"),
        ("visit", "edit", "chiba-1", "--date", "2019-10-21", "--interviewer", "佐藤"),
        ("study", "edit", "--title", "調査", "--guide", "it-workforce"),
        ("mark", "otsu-1", "ai-rpa", "not-asked"),
    ):
        before = tree(busy)
        assert run(*words).code == 0, words
        assert tree(busy) == before, words
