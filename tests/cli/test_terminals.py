"""What a terminal gets: lines that fit, no colour unless wanted, nothing that acts."""

import re
import subprocess
import sys
from pathlib import Path

import pytest
from rich.cells import cell_len

from cli.harness import HOSTILE, Run, assert_harmless, run_here, surroundings
from cli.pty_run import on_terminal
from fieldvisit.harmless import visible

READING = [
    "status", "study show", "study-group list", "guide list", "guide show it-workforce",
    "city list", "city show 千葉市", "visit list", "visit show chiba-1", "prepare chiba-1",
    "prepare chiba-1 --for city", "note list", "coverage", "coverage --open", "compare",
    "compare --view city", "compare --rows cities", "search x", "log", "draft list",
]  # fmt: skip
ESCAPES = re.compile(r"\x1b\[[0-9;]*m")


def letters(text: str) -> str:
    """The text without blanks, lines of tables and signs at which it may be broken."""
    return re.sub(r"[\s│|┌┬┐├┼┤└┴┘─=+:-]", "", text)


@pytest.mark.parametrize("columns", ["80", "40"])
@pytest.mark.parametrize("language", ["en", "ja"])
@pytest.mark.parametrize("words", READING)
def test_every_line_fits(
    run: Run,
    noted: Path,
    monkeypatch: pytest.MonkeyPatch,
    words: str,
    columns: str,
    language: str,
) -> None:
    monkeypatch.setenv("COLUMNS", columns)
    shown = ESCAPES.sub("", run(*words.split(), tty="out", lang=language).out)
    assert max(map(cell_len, shown.splitlines())) <= int(columns)
    frames = {cell_len(line) for line in shown.splitlines() if line[:1] in set("│┌├└")}
    assert all(width <= int(columns) for width in frames)


@pytest.mark.parametrize("words", ["note list --audience all", "compare", "prepare chiba-1"])
@pytest.mark.parametrize("columns", ["120", "80", "40", "20"])
def test_all_text_is_there_however_narrow(
    run: Run, noted: Path, monkeypatch: pytest.MonkeyPatch, words: str, columns: str
) -> None:
    monkeypatch.setenv("COLUMNS", columns)
    shown = letters(ESCAPES.sub("", run(*words.split(), tty="out").out))
    for text in ("効果を測っている。", "RPAを税務で使う。"):
        left = iter(shown)
        assert all(sign in left for sign in letters(text)), "a sign is missing or out of order"


@pytest.mark.parametrize("columns", [80, 40])
@pytest.mark.parametrize("words", ["compare ai-rpa", "coverage chiba-1", "--help"])
def test_a_real_terminal_tells_its_width(noted: Path, words: str, columns: int) -> None:
    screen = on_terminal(*words.split(), columns=columns)
    assert screen.code == 0
    lines = ESCAPES.sub("", screen.text).splitlines()
    assert max(map(cell_len, lines)) <= columns
    assert max(map(cell_len, lines)) > columns // 2


def test_a_terminal_gets_colour_unless_told_otherwise(
    run: Run, noted: Path, monkeypatch: pytest.MonkeyPatch
) -> None:
    assert ESCAPES.search(run("visit", "list", tty="out").out)
    assert "\x1b" not in run("visit", "list").out
    assert "\x1b" not in run("--no-color", "visit", "list", tty="out").out
    for name, value in {"NO_COLOR": "1", "TERM": "dumb"}.items():
        with monkeypatch.context() as patched:
            patched.setenv(name, value)
            assert "\x1b" not in run("visit", "list", tty="out").out


@pytest.mark.parametrize(("name", "value"), [("NO_COLOR", "1"), ("TERM", "dumb")])
def test_a_real_terminal_gets_no_escape_where_none_is_wanted(
    noted: Path, monkeypatch: pytest.MonkeyPatch, name: str, value: str
) -> None:
    monkeypatch.setenv(name, value)
    for words in (["compare", "ai-rpa"], ["--help"], ["visit", "show", "nowhere"]):
        assert "\x1b" not in on_terminal(*words).text


@pytest.mark.parametrize("words", [*READING, "note show {note}", "note history {note}"])
@pytest.mark.parametrize("how", ["md", "table", "csv", "json", "out", "narrow"])
def test_nothing_that_was_typed_acts_anywhere(
    run: Run, hostile: Path, monkeypatch: pytest.MonkeyPatch, words: str, how: str
) -> None:
    note = run("note", "list", "--json").json["notes"][-1]["handle"]
    line = [*words.format(note=note).split(), "--audience", "all"]
    if words.split(maxsplit=1)[0] in {"study", "study-group", "guide", "city", "log", "draft"}:
        line = line[:-2]
    monkeypatch.setenv("NO_COLOR", "1")
    if how in {"out", "narrow"}:
        monkeypatch.setenv("COLUMNS", "80" if how == "out" else "24")
        result = run(*line, tty="out")
    else:
        result = run(*line, "--format", how)
        if result.code == 2:
            assert how in {"csv", "json"}
            return
    assert result.code == 0, result.err
    assert_harmless(result.out.removeprefix("\ufeff").replace("\r\n", "\n"))
    assert_harmless(result.err)


def test_hostile_notes_are_stored_untouched_and_shown_whole(run: Run, hostile: Path) -> None:
    notes = run("note", "list", "--json").json["notes"]
    assert {f"x{text}x" for text in HOSTILE} <= {note["body"] for note in notes}
    for note in notes:
        shown = run("note", "show", note["handle"], "--format", "table").out
        assert letters(visible(note["body"])) in letters(shown)


@pytest.mark.parametrize(
    "words",
    [
        ("note", "add", "chiba-1", "{bad}", "x"), ("visit", "show", "{bad}"), ("search", "{bad}"),
        ("{bad}",), ("--{bad}",), ("status", "--format", "{bad}"), ("compare", "-o", "{bad}.md"),
        ("note", "add", "{bad}", "hiring", "x"), ("guide", "check", "{bad}"), ("--study", "{bad}"),
        ("guide", "new", "{bad}"), ("draft", "show", "{bad}"), ("mark", "chiba-1", "4/3", "{bad}"),
        ("visit", "add", "千葉市", "--date", "{bad}"),
        ("note", "add", "chiba-1", "hiring", "@{bad}"),
        ("note", "list", "-k", "{bad}"), ("undo", "{bad}"), ("--lang", "{bad}", "status"),
        ("search", "x", "--limit", "{bad}"), ("status", "{bad}"), ("city", "import", "{bad}"),
    ],
)  # fmt: skip
def test_messages_repeat_nothing_that_acts(run: Run, three: Path, words: tuple[str, ...]) -> None:
    for text in HOSTILE:
        bad = text.replace("/", "").replace("\0", "")
        for tty in ("", "keyboard"):
            result = run(*(word.replace("{bad}", bad) for word in words), tty=tty)
            assert_harmless(result.out)
            assert_harmless(result.err)


def test_a_prompt_repeats_nothing_that_acts(run: Run, three: Path) -> None:
    (three / "drafts").mkdir(exist_ok=True)
    (three / "drafts" / "x\x1b[2J\u202e.txt").write_text("x")
    result = run("draft", "drop", "x", stdin="n\n", tty="keyboard")
    assert_harmless(result.err)
    assert_harmless(run("draft", "list", tty="out", lang="ja").out.replace("\x1b[", ""))


@pytest.mark.parametrize("encoding", ["cp932", "ascii", "latin-1"])
def test_a_console_that_is_not_unicode_does_not_crash(run: Run, noted: Path, encoding: str) -> None:
    run("note", "add", "chiba-1", "hiring", "効果 — あり🏥 髙﨑 \x1b[2J")
    for words in READING:
        for tty in ("out", "all"):
            result = run_here(*words.split(), tty=tty, encoding=encoding)
            assert result.code == 0, result.err_bytes
            result.out_bytes.decode(encoding)
    refused = run_here("visit", "show", "🏥—", tty="all", encoding=encoding)
    assert refused.code == 1
    refused.err_bytes.decode(encoding)


def test_a_process_on_a_cp932_console_does_not_crash(run: Run, noted: Path) -> None:
    run("note", "add", "chiba-1", "hiring", "効果 — あり🏥")
    for words in ("note list --format table", "note list", "--help", "visit show 🏥"):
        ended = subprocess.run(
            [sys.executable, "-m", "fieldvisit", *words.split()],
            capture_output=True,
            check=False,
            env=surroundings(PYTHONIOENCODING="cp932"),
        )
        assert ended.returncode in {0, 1}, ended.stderr
        ended.stderr.decode("cp932")
        ended.stdout.decode("cp932" if "table" in words or "help" in words else "utf-8")


def test_a_file_and_a_pipe_get_utf8_whatever_the_console(run: Run, noted: Path) -> None:
    path = Path.cwd() / "x.md"
    run_here("compare", "-o", str(path), encoding="cp932")
    assert path.read_bytes() == run_here("compare", encoding="cp932").out_bytes
    assert path.read_bytes() == run("compare").out_bytes
