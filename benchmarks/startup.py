"""What commands cost as ratios to a bare Python start, beside other tools.

The study holds 100 notes of 6 cities and is put back before every round. Each round runs every
command once, so that a busy moment touches all alike; shown is the median of the rounds' ratios,
CPU time first, then wall time. Nothing is asserted: figures are for people.
Run it with the project's Python: `.venv/bin/python benchmarks/startup.py [ROUNDS]`. The other
tools are measured if they are on the PATH.
"""

import contextlib
import io
import json
import os
import pty
import resource
import shutil
import sqlite3
import statistics
import subprocess
import sys
import tempfile
import time
from collections.abc import Mapping, Sequence
from pathlib import Path

from fieldvisit.cli.running import run

ROUNDS = int(sys.argv[1]) if len(sys.argv) > 1 else 11
BARE = [sys.executable, "-I", "-c", "pass"]
TOOL = [sys.executable, "-m", "fieldvisit"]
NOTES = 100
TEXT = "職員の研修を年二回行い、うち一回は情報部門の職員を対象としている。"
VISITS = ("chiba-1", "himeji-1", "otsu-1", "tsukuba-1", "chiyoda-1", "seiyo-1")
PLACES = ("1/1", "1/2", "2/1", "3/1", "4/1", "4/4", "5/1", "6/2")
COMPLETION = "fieldvisit, completion"
ON_TERMINAL = "fieldvisit compare, terminal"
COMPLETING = {
    "_FIELDVISIT_COMPLETE": "complete_bash",
    "COMP_WORDS": "fieldvisit not",
    "COMP_CWORD": "1",
}
OURS = {
    "fieldvisit --help": ["--help"],
    "fieldvisit --version": ["--version"],
    COMPLETION: [],
    "fieldvisit note list": ["note", "list"],
    "fieldvisit coverage": ["coverage"],
    "fieldvisit search": ["search", "研修"],
    "fieldvisit compare": ["compare"],
    ON_TERMINAL: ["compare"],
    "fieldvisit note add": ["note", "add", "chiba-1", "1/2", TEXT],
    "fieldvisit mark": ["mark", "chiba-1", "3/2", "declined"],
    "fieldvisit visit add": ["visit", "add", "千葉市"],
}


def timed(
    command: Sequence[str], environment: Mapping[str, str], *, terminal: bool = False
) -> tuple[float, float]:
    """Run a command to its end, reading all it prints; return the CPU and wall seconds it took.

    Raises CalledProcessError if it fails.
    """
    before, begun = resource.getrusage(resource.RUSAGE_CHILDREN), time.perf_counter()
    with contextlib.ExitStack() as opened:
        reader, writer = pty.openpty() if terminal else os.pipe()
        screen = opened.enter_context(os.fdopen(reader, "rb", buffering=0))
        child = subprocess.Popen(
            command, env=environment, stdin=subprocess.DEVNULL, stdout=writer,
            stderr=subprocess.DEVNULL,
        )  # fmt: skip
        os.close(writer)
        with contextlib.suppress(OSError):  # a terminal without a writer
            while screen.read(65536):
                pass
        if code := child.wait():
            raise subprocess.CalledProcessError(code, command)
    wall, after = time.perf_counter() - begun, resource.getrusage(resource.RUSAGE_CHILDREN)
    return after.ru_utime + after.ru_stime - before.ru_utime - before.ru_stime, wall


def surroundings(home: Path) -> dict[str, str]:
    """Return the environment of all commands: one study, and compiled modules that are kept."""
    kept = {k: v for k, v in os.environ.items() if k != "PYTHONDONTWRITEBYTECODE"}
    return {**kept, "HOME": str(home), "FIELDVISIT_STUDY": str(home / "study")}


def ours(home: Path) -> dict[str, list[str]]:
    """Make the study in ``home``; return the commands measured on it."""
    os.environ.update(surroundings(home))
    lines = [["init", str(home / "study")], ["visit", "add", *(v[:-2] for v in VISITS)]]
    for number in range(NOTES):
        visit, place = VISITS[number % len(VISITS)], PLACES[number % len(PLACES)]
        lines.append(["note", "add", visit, place, f"{TEXT}（{number}）"])
    with contextlib.redirect_stdout(io.StringIO()):
        codes = [run(["--quiet", *line]) for line in lines]
    if any(codes):
        raise RuntimeError(codes)
    shutil.copytree(home / "study", home / "as it was")
    return {name: [*TOOL, *words] for name, words in OURS.items()}


def sqlite_utils(found: str, home: Path) -> dict[str, list[str]]:
    """Return what sqlite-utils is measured with: the same notes in a table of its own."""
    database, row = home / "peer.db", home / "row.json"
    row.write_text(json.dumps({"body": TEXT}), encoding="utf-8")
    connection = sqlite3.connect(database)
    connection.execute("CREATE TABLE note (id INTEGER PRIMARY KEY, body TEXT)")
    connection.executemany("INSERT INTO note (body) VALUES (?)", [(TEXT,)] * NOTES)
    connection.commit()
    connection.close()
    return {
        "sqlite-utils --help": [found, "--help"],
        "sqlite-utils rows": [found, "rows", str(database), "note"],
        "sqlite-utils insert": [found, "insert", str(database), "note", str(row)],
    }


def jrnl(found: str, home: Path) -> dict[str, list[str]]:
    """Return what jrnl is measured with: the same notes in a journal of its own."""
    journal, settings = home / "journal.txt", home / "jrnl.yaml"
    journal.write_text(f"[2019-10-21 09:00] {TEXT}\n\n" * NOTES, encoding="utf-8")
    settings.write_text(f"version: v4.6\njournals:\n  default: {journal}\n", encoding="utf-8")
    tool = [found, "--config-file", str(settings)]
    return {
        "jrnl --version": [found, "--version"],
        "jrnl add": [*tool, TEXT],
        "jrnl list": [*tool, "--short", "-to", "today"],
    }


def help_alone(found: str, _home: Path) -> dict[str, list[str]]:
    """Return what a tool that keeps no notes of this kind is measured with."""
    return {f"{Path(found).name} --help": [found, "--help"]}


PEERS = {"sqlite-utils": sqlite_utils, "jrnl": jrnl, "papis": help_alone, "qc": help_alone}


def measure(commands: Mapping[str, Sequence[str]], home: Path) -> None:
    """Print the table of the commands."""
    environment = surroundings(home)
    of = dict.fromkeys(commands, environment) | {COMPLETION: environment | COMPLETING}
    ratios: dict[str, list[tuple[float, float]]] = {name: [] for name in commands}
    for number in range(ROUNDS + 1):
        shutil.rmtree(home / "study")
        shutil.copytree(home / "as it was", home / "study")
        bare = timed(BARE, environment)
        for name, command in commands.items():
            cpu, wall = timed(command, of[name], terminal=name == ON_TERMINAL)
            if number:  # the first round compiles every module
                ratios[name].append((cpu / bare[0], wall / bare[1]))
    print(f"{'':30}{'CPU':>8}{'wall':>8}")
    for name, found in ratios.items():
        cpu, wall = (statistics.median(column) for column in zip(*found, strict=True))
        print(f"{name:30}{cpu:8.1f}{wall:8.1f}")


def main() -> None:
    """Make the samples, and print the table."""
    version = f"Python {sys.version.split()[0]}, SQLite {sqlite3.sqlite_version}"
    print(f"{ROUNDS} rounds, {NOTES} notes, {version}; 1 = a bare start of Python")
    installed = {tool: shutil.which(tool) for tool in PEERS}
    with tempfile.TemporaryDirectory() as name:
        home = Path(name)
        commands = ours(home)
        for tool, found in installed.items():
            commands |= PEERS[tool](found, home) if found else {}
        measure(commands, home)
    for tool in (tool for tool, found in installed.items() if not found):
        print(f"{tool}: not installed, not measured")


if __name__ == "__main__":
    main()
