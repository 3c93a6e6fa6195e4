"""A machine that lacks something: what is installed first, what is not tested and said so."""

import os
import subprocess
import sys
from pathlib import Path
from unittest import mock

import pytest

import programs
from test_language import dev

HERE = Path(__file__).resolve().parent.parent
TEST = """
import programs

def test_pages(): programs.program("pdffonts")
"""


@pytest.mark.parametrize(
    ("ci", "code", "said"),
    [
        ("", 0, "NOT TESTED (1): pdffonts is not installed (Debian: poppler-utils)"),
        ("true", 1, "::test_pages: Skipped: pdffonts is not installed (Debian: poppler-utils)"),
    ],
)
def test_a_missing_program_skips_aloud_and_fails_in_ci(
    tmp_path: Path, ci: str, code: int, said: str
) -> None:
    (tmp_path / "test_it.py").write_text(TEST, encoding="utf-8")
    command = [sys.executable, "-m", "pytest", "-p", "conftest", "-c", str(HERE / "pyproject.toml"),
               "--rootdir", str(tmp_path), str(tmp_path)]  # fmt: skip
    where = os.environ | {"CI": ci, "PATH": "", "PYTHONPATH": str(HERE / "tests")}
    ended = subprocess.run(command, env=where, capture_output=True, text=True, check=False)
    assert (ended.returncode, said in ended.stdout) == (code, True), ended.stdout


def test_a_missing_font_is_named(monkeypatch: pytest.MonkeyPatch) -> None:
    monkeypatch.setattr(programs, "without_font", programs.without_font.__wrapped__)
    monkeypatch.setattr(programs, "program", lambda name: name)
    monkeypatch.setattr(
        programs, "run", lambda *command: "x.ttf" * (command[1] == ":charset=20bb7")
    )
    with pytest.raises(pytest.skip.Exception, match=r"no font has 🏥 .*fonts-noto-color-emoji"):
        programs.fonts()


RUNS, DEVELOPS = ("--editable", "."), ("--editable", ".[dev]")


@pytest.mark.parametrize(
    ("tasks", "installed"),
    [
        (["demo", "demo"], [RUNS]),
        (["demo", "test", "demo", "test"], [RUNS, DEVELOPS]),
        (["test", "demo"], [DEVELOPS]),
    ],
)
def test_the_demo_installs_what_running_needs_and_the_others_the_tools(
    tmp_path: Path,
    monkeypatch: pytest.MonkeyPatch,
    tasks: list[str],
    installed: list[tuple[str, str]],
) -> None:
    ran: list[tuple[str, ...]] = []
    monkeypatch.setattr(dev(), "HOME", tmp_path)
    monkeypatch.setattr(dev(), "BIN", tmp_path)
    monkeypatch.setattr(dev(), "run", lambda *words: ran.append(words))
    called = mock.Mock(return_value=0)
    monkeypatch.setattr(subprocess, "call", called)
    for task in tasks:
        monkeypatch.setattr(sys, "argv", ["dev.py", task])
        if task == "demo":
            with pytest.raises(SystemExit, match="0"):
                dev().main()
            assert called.call_args.args[0][-2:] == ["fieldvisit", "demo"]
        else:
            dev().main()
    assert [words[-2:] for words in ran if "pip" in words] == installed
