"""`dev.py`: what it installs before a task."""

import subprocess
import sys
from pathlib import Path

import pytest

from test_language import dev

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

    def called(command: list[str]) -> int:
        ran.append(tuple(command))
        return 0

    monkeypatch.setattr(subprocess, "call", called)
    for task in tasks:
        monkeypatch.setattr(sys, "argv", ["dev.py", task])
        if task == "demo":
            with pytest.raises(SystemExit, match="0"):
                dev().main()
            assert ran[-1][-2:] == ("fieldvisit", "demo")
        else:
            dev().main()
    assert [words[-2:] for words in ran if "pip" in words] == installed
