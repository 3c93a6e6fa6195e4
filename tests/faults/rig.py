"""Runs of the program under faults: how they are started, and what is compared afterwards."""

import json
import os
import re
import shutil
import sqlite3
import subprocess
import sys
from collections.abc import Iterator
from contextlib import closing, contextmanager
from errno import EIO, ENOSPC
from pathlib import Path

from msgspec import Struct, to_builtins

HERE = Path(__file__).parent
KILLED = -9
# As in shim.c.
COUNT, KILL, TORN, FAIL_ONCE, FAIL_FROM_THERE = range(5)
OF_NO_STUDY = {"init", "write-whole", "write-together"}

Rows = dict[str, list[tuple[object, ...]]]


class Fault(Struct, frozen=True):
    """What happens at the ``at``-th change of a file, counted from 1."""

    how: int = COUNT
    error: int = 0
    at: int = 0

    @property
    def kills(self) -> bool:
        return self.how in {KILL, TORN}


FAULTS = {
    "killed": Fault(KILL),
    "torn": Fault(TORN),
    "full once": Fault(FAIL_ONCE, ENOSPC),
    "broken once": Fault(FAIL_ONCE, EIO),
    "full from there": Fault(FAIL_FROM_THERE, ENOSPC),
    "broken from there": Fault(FAIL_FROM_THERE, EIO),
}


class Outcome(Struct, frozen=True):
    """How a run ended, what it printed, how many changes of files it made or began."""

    code: int
    out: str
    err: str
    changes: int


class Command(Struct, frozen=True):
    """Words of the command line, and the editor of a run that somebody sits at."""

    words: tuple[str, ...]
    editor: str = ""


class Warm:
    """The process of `warm.py`."""

    def __init__(self, process: subprocess.Popen[str]) -> None:
        self._process = process

    def run(self, command: Command, folder: Path, fault: Fault | None = None) -> Outcome:
        """Run a command on the study in ``folder``, with a fault in the files under it."""
        here = () if command.words[0] in OF_NO_STUDY else ("--study", str(folder))
        job = {
            "words": [*here, *(word.format(folder=folder) for word in command.words)],
            "editor": command.editor,
            "watched": str(folder) if fault else "",
            "dies": bool(fault and fault.kills),
            **to_builtins(fault or Fault()),
        }
        assert self._process.stdin is not None
        assert self._process.stdout is not None
        self._process.stdin.write(json.dumps(job) + "\n")
        self._process.stdin.flush()
        answer = self._process.stdout.readline()
        assert answer, "the warm process is gone"
        return Outcome(**json.loads(answer))


@contextmanager
def warm(home: Path, shim: Path) -> Iterator[Warm]:
    """Start a warm process; it is ended when the block ends."""
    environment = {
        "PATH": os.environ["PATH"],
        "HOME": str(home),
        "LC_ALL": "C.UTF-8",
        "LD_PRELOAD": str(shim),
        "PYTHONPATH": os.pathsep.join(filter(None, sys.path)),
    }
    with subprocess.Popen(
        [sys.executable, str(HERE / "warm.py")],
        stdin=subprocess.PIPE,
        stdout=subprocess.PIPE,
        text=True,
        env=environment,
        cwd=home,
    ) as process:
        yield Warm(process)


def rows(database: Path) -> Rows:
    """Every row of every table of a sound database; nothing of one that does not exist."""
    if not database.exists():
        return {}
    with closing(sqlite3.connect(database)) as connection:
        assert connection.execute("PRAGMA integrity_check").fetchall() == [("ok",)]
        assert connection.execute("PRAGMA foreign_key_check").fetchall() == []
        names = connection.execute("SELECT name FROM sqlite_master WHERE type = 'table'")
        return {
            name: connection.execute(f'SELECT * FROM "{name}" ORDER BY 1').fetchall()
            for (name,) in names.fetchall()
        }


def rows_as_found(folder: Path, room: Path) -> Rows:
    """The rows of a study as the next program would find them; the study itself is left alone."""
    if not (folder / "fieldvisit.db-journal").exists():
        return rows(folder / "fieldvisit.db")
    shutil.rmtree(room, ignore_errors=True)
    room.mkdir()
    for file in folder.glob("fieldvisit.db*"):
        shutil.copy2(file, room)
    return rows(room / "fieldvisit.db")


_CHOSEN_AT_RANDOM = re.compile(
    r"[0-9a-f]{8}(-[0-9a-f]{4}){3}-[0-9a-f]{12}|\b[0-9a-f]{64}\b|\b[0-9a-f]{32}\b"
    r"|\b[0-9a-f]{12}\b|\b[a-z2-7]{26}\b|\b[a-z0-9]{10}\b|\d{4}-\d\d-\d\dT[\d:.]+Z"
)


def shape(found: Rows) -> list[str]:
    """The rows without what differs from run to run: ids, handles, hashes, times, numbers."""
    return [
        f"{name} {_CHOSEN_AT_RANDOM.sub('*', repr(row))}" for name in found for row in found[name]
    ]
