"""Start-up of fieldvisit as a ratio to a bare Python start, beside two other tools.

Each round runs every command once, so that a busy moment touches all alike; shown is the median
of the rounds' ratios, CPU time first, then wall time. Nothing is asserted: figures are for people.
Run it with the project's Python: `.venv/bin/python benchmarks/startup.py [ROUNDS]`. sqlite-utils
and jrnl are measured if they are on the PATH.
"""

import json
import os
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

ROUNDS = int(sys.argv[1]) if len(sys.argv) > 1 else 11
BARE = [sys.executable, "-I", "-c", "pass"]
TOOL = [sys.executable, "-m", "fieldvisit"]
NOTES = 100
TEXT = "職員の研修を行っている。"
COMPLETION = {
    "_FIELDVISIT_COMPLETE": "complete_bash",
    "COMP_WORDS": "fieldvisit note add chi",
    "COMP_CWORD": "3",
}


def run(command: Sequence[str], environment: Mapping[str, str]) -> None:
    """Run a command to its end, reading all it prints; CalledProcessError if it fails."""
    subprocess.run(
        command, check=True, env=environment, stdin=subprocess.DEVNULL, capture_output=True
    )


def timed(command: Sequence[str], environment: Mapping[str, str]) -> tuple[float, float]:
    """Run a command; return the CPU and wall seconds it took."""
    before, begun = resource.getrusage(resource.RUSAGE_CHILDREN), time.perf_counter()
    run(command, environment)
    wall, after = time.perf_counter() - begun, resource.getrusage(resource.RUSAGE_CHILDREN)
    return after.ru_utime + after.ru_stime - before.ru_utime - before.ru_stime, wall


def surroundings(home: Path) -> dict[str, str]:
    """Return the environment of all commands: one study, and compiled modules that are kept."""
    kept = {k: v for k, v in os.environ.items() if k != "PYTHONDONTWRITEBYTECODE"}
    return {**kept, "HOME": str(home), "FIELDVISIT_STUDY": str(home / "study")}


def ours(home: Path, environment: Mapping[str, str]) -> dict[str, list[str]]:
    """Make a study of one visit and a hundred notes; return the commands measured on it."""
    run([*TOOL, "init", str(home / "study")], environment)
    run([*TOOL, "visit", "add", "千葉市"], environment)
    for number in range(NOTES):
        run([*TOOL, "note", "add", "chiba-1", "1/1", f"{TEXT}（{number}）"], environment)
    return {
        "fieldvisit --help": [*TOOL, "--help"],
        "fieldvisit --version": [*TOOL, "--version"],
        "fieldvisit, completion": TOOL,
        "fieldvisit note list": [*TOOL, "note", "list"],
        "fieldvisit note add": [*TOOL, "note", "add", "chiba-1", "1/2", TEXT],
        "fieldvisit search": [*TOOL, "search", "研修"],
        "fieldvisit coverage": [*TOOL, "coverage"],
        "fieldvisit compare": [*TOOL, "compare"],
    }


def sqlite_utils(home: Path) -> dict[str, list[str]]:
    """Return what sqlite-utils is measured with: the same notes in a table of its own."""
    found = shutil.which("sqlite-utils")
    if not found:
        return {}
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


def jrnl(home: Path) -> dict[str, list[str]]:
    """Return what jrnl is measured with: the same notes in a journal of its own."""
    found = shutil.which("jrnl")
    if not found:
        return {}
    journal, settings = home / "journal.txt", home / "jrnl.yaml"
    journal.write_text(f"[2019-10-21 09:00] {TEXT}\n\n" * NOTES, encoding="utf-8")
    settings.write_text(f"version: v4.6\njournals:\n  default: {journal}\n", encoding="utf-8")
    tool = [found, "--config-file", str(settings)]
    return {
        "jrnl --version": [found, "--version"],
        "jrnl add": [*tool, TEXT],
        "jrnl list": [*tool, "--short", "-to", "today"],
    }


def measure(commands: Mapping[str, Sequence[str]], environment: Mapping[str, str]) -> None:
    """Print the table of the commands."""
    completing = {**environment, **COMPLETION}
    of = {name: completing if "completion" in name else environment for name in commands}
    for name, command in commands.items():
        run(command, of[name])  # so that every module is compiled
    ratios: dict[str, list[tuple[float, float]]] = {name: [] for name in commands}
    for _round in range(ROUNDS):
        bare = timed(BARE, environment)
        for name, command in commands.items():
            cpu, wall = timed(command, of[name])
            ratios[name].append((cpu / bare[0], wall / bare[1]))
    print(f"{'':26}{'CPU':>8}{'wall':>8}")
    for name, found in ratios.items():
        cpu, wall = (statistics.median(column) for column in zip(*found, strict=True))
        print(f"{name:26}{cpu:8.1f}{wall:8.1f}")


def main() -> None:
    """Make the samples, and print the table."""
    version = f"Python {sys.version.split()[0]}, SQLite {sqlite3.sqlite_version}"
    print(f"{ROUNDS} rounds, {NOTES} notes, {version}; 1 = a bare start of Python")
    with tempfile.TemporaryDirectory() as name:
        home = Path(name)
        environment = surroundings(home)
        peers = {"sqlite-utils": sqlite_utils(home), "jrnl": jrnl(home)}
        commands = ours(home, environment)
        for of_peer in peers.values():
            commands |= of_peer
        measure(commands, environment)
    for tool, of_peer in peers.items():
        if not of_peer:
            print(f"{tool}: not installed, not measured")


if __name__ == "__main__":
    main()
