"""`demo`: the sample study on one screen, and its commands run as a shell reads them."""

import os
import shlex
import sys
import tempfile
from pathlib import Path

import pytest
from rich.cells import cell_len

from cli.harness import Run, assert_refused, in_shell, run_here
from fieldvisit.cli import terminal

SCREEN, WIDTH = 45, 80


def rows(out: str) -> int:
    """How many lines a terminal shows: one that is wider goes on below."""
    return sum(max(1, -(-cell_len(line) // WIDTH)) for line in out.splitlines())


@pytest.mark.parametrize("spoken", ["en", "ja"])
@pytest.mark.parametrize("tty", ["", "all"])
def test_the_demo_is_one_screen(
    run: Run, tmp_path: Path, monkeypatch: pytest.MonkeyPatch, spoken: str, tty: str
) -> None:
    monkeypatch.setenv("COLUMNS", str(WIDTH))
    monkeypatch.setenv("NO_COLOR", "1")
    monkeypatch.setattr(tempfile, "tempdir", str(tmp_path))
    shown = run_here("demo", lang=spoken, tty=tty)
    assert (shown.code, shown.err) == (0, "")
    (database,) = tmp_path.glob("fieldvisit-demo-*/study/fieldvisit.db")
    assert str(database.parent) in shown.out
    assert "架空市" in shown.out
    if tty:
        longest = 36  # of a temporary folder as systems make it
        spare = shown.out.replace(str(database.parent), "x" * longest)
        assert rows(spare) <= SCREEN
    assert len(shown.lines) <= SCREEN


@pytest.mark.skipif(os.name == "nt", reason="a POSIX shell")
@pytest.mark.parametrize("spoken", ["en", "ja"])
def test_each_command_runs_alone_as_it_is_printed_from_another_folder(
    tmp_path: Path, spoken: str
) -> None:
    """The PATH leads to no `fieldvisit`, and nobody sits at a terminal."""
    study, elsewhere = tmp_path / "it's a sample", tmp_path / "elsewhere"
    elsewhere.mkdir()
    said = {"PATH": "/usr/bin:/bin", "FIELDVISIT_LANG": spoken}
    shown = in_shell(f"fieldvisit demo {shlex.quote(str(study))}", **said).stdout.decode()
    lines = [line.strip() for line in shown.splitlines() if " --study " in line]
    assert len(lines) == 5
    for line in lines:
        ended = in_shell(f"cd '{elsewhere}'; unset -f fieldvisit; {line} </dev/null", **said)
        assert (ended.returncode, bool(ended.stdout)) == (0, True), (line, ended.stderr)
    assert list(elsewhere.iterdir()) == []


def test_undo_takes_back_what_was_done_since_and_never_the_demo(run: Run, tmp_path: Path) -> None:
    assert run("demo", "sample").code == 0
    study = ("--study", str(tmp_path / "sample"))
    before = run(*study, "note", "list").out
    assert_refused(run(*study, "undo"), 1, "no change to take back")
    assert run(*study, "note", "add", "kaku-1", "hiring", "x").code == 0
    assert run(*study, "undo").code == 0
    assert_refused(run(*study, "undo"), 1, "no change to take back")
    assert run(*study, "note", "list").out == before


def test_the_program_is_called_by_its_path_unless_a_shell_finds_it(
    tmp_path: Path, monkeypatch: pytest.MonkeyPatch
) -> None:
    folder = tmp_path / "a b"
    folder.mkdir()
    python = folder / "python"
    monkeypatch.setattr(sys, "executable", str(python))
    monkeypatch.setenv("PATH", str(tmp_path))
    assert terminal.own_name() == f"'{python}' -m fieldvisit"
    script = folder / "fieldvisit"
    script.write_text("#!/bin/sh\n")
    script.chmod(0o700)
    assert terminal.own_name() == f"'{script}'"
    (tmp_path / "fieldvisit").symlink_to(script)
    assert terminal.own_name() == "fieldvisit"
    assert terminal.runnable("Try: fieldvisit undo") == "Try: fieldvisit undo"
    (tmp_path / "fieldvisit").unlink()
    (tmp_path / "fieldvisit").write_text("#!/bin/sh\n")
    (tmp_path / "fieldvisit").chmod(0o700)
    assert terminal.own_name() == f"'{script}'"
    shown = terminal.runnable("一覧は fieldvisit city list、または“fieldvisit --help”です。")
    assert shown == f"一覧は '{script}' city list、または“'{script}' --help”です。"
    kept = "The program fieldvisit; x/fieldvisit note, fieldvisit（版 2）"
    assert terminal.runnable(kept) == kept
