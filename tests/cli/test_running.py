"""Every way a run can end: a bug, Ctrl-C, a reader that goes away."""

import os
import stat
import tempfile
from pathlib import Path

import pytest

from cli.harness import Editor, Run, in_shell, run_here, tree
from cli.pty_run import on_terminal
from fieldvisit.actions import show, write_note
from fieldvisit.cli.endings import report

SECRET = "漏れてはならない話"


class Unforeseen(RuntimeError):
    """An error nobody thought of."""


@pytest.fixture
def reports(tmp_path: Path, monkeypatch: pytest.MonkeyPatch) -> Path:
    """The folder in which reports of bugs are left."""
    folder = tmp_path / "reports"
    folder.mkdir()
    monkeypatch.setattr(tempfile, "tempdir", str(folder))
    return folder


def fail(*_words: object, **_more: object) -> None:
    try:
        raise ValueError(SECRET)
    except ValueError as error:
        raise Unforeseen(f"while storing {SECRET}") from error


@pytest.mark.parametrize("language", ["en", "ja"])
def test_a_bug_ends_with_3_and_a_report_without_any_words_of_the_note(
    run: Run, three: Path, monkeypatch: pytest.MonkeyPatch, reports: Path, language: str
) -> None:
    monkeypatch.setattr(write_note, "add_note", fail)
    words = ("note", "add", "chiba-1", "hiring", SECRET)
    before = (three / "fieldvisit.db").read_bytes()
    result = run_here(*words, lang=language)
    assert (result.code, result.out) == (3, "")
    assert (three / "fieldvisit.db").read_bytes() == before
    (report,) = reports.iterdir()
    assert str(report) in result.err
    assert len(result.err.splitlines()) == 2
    assert "Unforeseen" in result.err
    assert stat.S_IMODE(report.stat().st_mode) == 0o600
    text = report.read_text("utf-8")
    for piece in ("Unforeseen", "ValueError", "test_running.py", "Python", "SQLite"):
        assert piece in text
    for hidden in (SECRET, "while storing", "chiba-1", str(three)):
        assert hidden not in text + result.err


def test_a_report_that_cannot_be_written_does_not_hide_the_bug(
    run: Run, three: Path, monkeypatch: pytest.MonkeyPatch
) -> None:
    monkeypatch.setattr(tempfile, "tempdir", "/proc/none")
    monkeypatch.setattr(show, "notes", fail)
    result = run_here("note", "list")
    assert result.code == 3
    assert "Unforeseen" in result.err
    assert SECRET not in result.err


def test_a_bug_in_a_ring_of_causes_is_reported(reports: Path) -> None:
    one, other = ValueError("内緒"), KeyError("内緒")
    one.__cause__, other.__cause__ = other, one
    _sentence, hint = report(one)
    (path,) = reports.iterdir()
    assert str(path) in hint
    assert "内緒" not in path.read_text("utf-8")


def test_a_bug_while_text_comes_from_the_editor_keeps_and_names_the_draft(
    run: Run, three: Path, monkeypatch: pytest.MonkeyPatch, reports: Path, editor: Editor
) -> None:
    editor(f"text = {SECRET!r}")
    monkeypatch.setattr(write_note, "add_note", fail)
    result = run_here("note", "add", "chiba-1", "hiring", tty="all")
    assert result.code == 3
    assert (three / "drafts" / "note-add-chiba-1.txt").read_text("utf-8") == SECRET
    assert "note-add-chiba-1.txt" in result.err.replace("\n", "")


@pytest.mark.parametrize("error", [KeyboardInterrupt, EOFError])
def test_an_interrupt_ends_with_130(
    run: Run, three: Path, monkeypatch: pytest.MonkeyPatch, error: type[BaseException]
) -> None:
    def interrupted(*_words: object) -> None:
        raise error

    monkeypatch.setattr(write_note, "add_note", interrupted)
    result = run("note", "add", "chiba-1", "hiring", "x")
    assert (result.code, result.out) == (130, "")
    assert result.err.strip().startswith("Interrupted.")


def test_ctrl_c_at_a_prompt_ends_with_130_and_nothing_changed(noted: Path) -> None:
    (noted / "drafts").mkdir(exist_ok=True)
    (noted / "drafts" / "x.txt").write_text("x")
    before = tree(noted)
    screen = on_terminal("draft", "drop", "x", typed=[("for good?", "\x03")])
    assert screen.code == 130
    assert "Interrupted." in screen.text
    assert "Traceback" not in screen.text
    assert tree(noted) == before


@pytest.mark.parametrize("words", ["log --json", "compare", "note list --format csv", "--help"])
@pytest.mark.skipif(os.name == "nt", reason="a POSIX shell")
def test_a_reader_that_goes_away_is_no_error(noted: Path, words: str) -> None:
    ended = in_shell(f"fieldvisit {words} | head -c 1")
    assert len(ended.stdout) == 1
    for piece in (b"Traceback", b"bug", b"Exception", b"roken pipe"):
        assert piece not in ended.stderr


def test_the_version_is_told(run: Run) -> None:
    from fieldvisit import __version__

    assert run("--version").out == f"fieldvisit {__version__}\n"


@pytest.mark.skipif(os.name == "nt", reason="a POSIX shell")
@pytest.mark.parametrize(
    ("line", "code"),
    [
        ("note add chiba-1 hiring - <&-", 1), ("note list --json >&-", 1), ("--help >&-", 1),
        ("mark chiba-1 4/3 declined >&-", 0), ("visit show nara-1 2>&-", 1), ("nothing 2>&-", 2),
        ("note list <&- >&- 2>&-", 1),
    ],
)  # fmt: skip
def test_a_stream_that_is_closed_is_no_bug(noted: Path, line: str, code: int) -> None:
    ended = in_shell(f"fieldvisit {line}")
    assert (ended.returncode, b"bug" in ended.stderr) == (code, False)
    assert (b"it is closed" in ended.stderr) == (line in {"note list --json >&-", "--help >&-"})
