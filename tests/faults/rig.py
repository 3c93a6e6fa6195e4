"""Runs of the program under faults: how they are started, and what is compared afterwards."""

import json
import os
import re
import shutil
import sqlite3
import subprocess
import sys
from collections.abc import Iterator, Mapping
from contextlib import closing, contextmanager
from pathlib import Path

from msgspec import Struct, field

HERE = Path(__file__).parent
KILLED = -9
# As in shim.c.
COUNT, KILL, TORN, FAIL_ONCE, FAIL_FROM_THERE = range(5)

Rows = dict[str, list[tuple[object, ...]]]


class Fault(Struct, frozen=True):
    """What happens at the ``at``-th change of a file, counted from 1."""

    at: int = 0
    how: int = COUNT
    error: int = 0


class Outcome(Struct, frozen=True):
    """How a run ended; ``changes`` is 0 if it was killed."""

    code: int
    out: str
    err: str
    changes: int


class Command(Struct, frozen=True):
    """Words of the command line, a keyboard or none, and what the fake editor leaves behind."""

    words: tuple[str, ...]
    keyboard: bool = False
    environment: Mapping[str, str] = field(default_factory=dict)


class Warm:
    """The process of `warm.py`."""

    def __init__(self, process: subprocess.Popen[str]) -> None:
        self._process = process

    def run(self, command: Command, folder: Path, fault: Fault | None = None) -> Outcome:
        """Run a command on the study in ``folder``, with a fault in the files under it."""
        here = () if command.words[0] in {"init", "write-whole"} else ("--study", str(folder))
        job = {
            "words": [*here, *(word.format(folder=folder) for word in command.words)],
            "keyboard": command.keyboard,
            "environment": dict(command.environment),
            "watched": str(folder) if fault else "",
            "at": fault.at if fault else 0,
            "how": fault.how if fault else COUNT,
            "error": fault.error if fault else 0,
        }
        assert self._process.stdin is not None
        assert self._process.stdout is not None
        self._process.stdin.write(json.dumps(job) + "\n")
        self._process.stdin.flush()
        answer = self._process.stdout.readline()
        assert answer, "the warm process is gone"
        return Outcome(**json.loads(answer))


@contextmanager
def warm(home: Path, preload: Path | None) -> Iterator[Warm]:
    """Start a warm process; it is ended when the block ends."""
    environment = {name: os.environ[name] for name in ("PATH", "TMPDIR") if name in os.environ}
    environment |= {
        "HOME": str(home),
        "LC_ALL": "C.UTF-8",
        "PYTHONPATH": os.pathsep.join(filter(None, sys.path)),
        **({"LD_PRELOAD": str(preload)} if preload else {}),
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
    r"|\b[a-z0-9]{10}\b|\d{4}-\d\d-\d\dT[\d:.]+Z"
)


def shape(found: Rows) -> list[str]:
    """The rows without what differs from run to run: ids, handles, hashes, times, numbers."""
    return [
        f"{name} {_CHOSEN_AT_RANDOM.sub('*', repr(row))}" for name in found for row in found[name]
    ]
