"""Start-up of fieldvisit as a ratio to a bare Python start, beside two other tools.

Each round runs every command once, so that a busy moment touches all alike; shown is the median
of the rounds' ratios, CPU time first, then wall time. Nothing is asserted: figures are for people.
Run it with the project's Python: `.venv/bin/python benchmarks/startup.py [ROUNDS]`.
"""

import os
import shutil
import statistics
import subprocess
import sys
import tempfile
import time
from collections.abc import Sequence
from pathlib import Path

ROUNDS = int(sys.argv[1]) if len(sys.argv) > 1 else 11
BARE = [sys.executable, "-I", "-c", "pass"]
TOOL = [sys.executable, "-m", "fieldvisit"]
NOTES = 100


def timed(command: Sequence[str], environment: dict[str, str]) -> tuple[float, float]:
    """Run a command; return the CPU and wall seconds it took. CalledProcessError if it fails."""
    before, begun = os.times(), time.perf_counter()
    subprocess.run(
        command, check=True, env=environment, stdin=subprocess.DEVNULL, capture_output=True
    )
    after = os.times()
    cpu = after.children_user + after.children_system
    return (
        cpu - before.children_user - before.children_system,
        time.perf_counter() - begun,
    )


def sample(folder: Path, environment: dict[str, str]) -> None:
    """Make a study of one visit and a hundred notes."""
    for words in (["init", str(folder)], ["visit", "add", "千葉市"]):
        subprocess.run([*TOOL, *words], check=True, env=environment, capture_output=True)
    for number in range(NOTES):
        words = ["note", "add", "chiba-1", "1/1", f"職員の研修を行っている（{number}）。"]
        subprocess.run([*TOOL, *words], check=True, env=environment, capture_output=True)


def commands(folder: Path) -> dict[str, list[str]]:
    """Return what is measured, by the name under which it is shown."""
    found = {
        "fieldvisit --help": [*TOOL, "--help"],
        "fieldvisit --version": [*TOOL, "--version"],
        "fieldvisit note list": [*TOOL, "note", "list"],
        "fieldvisit coverage": [*TOOL, "coverage"],
        "fieldvisit compare": [*TOOL, "compare"],
        "fieldvisit search": [*TOOL, "search", "研修"],
        "fieldvisit note add": [*TOOL, "note", "add", "chiba-1", "1/2", "職員の研修"],
    }
    if sqlite_utils := shutil.which("sqlite-utils"):
        database = str(folder / "fieldvisit.db")
        found["sqlite-utils --help"] = [sqlite_utils, "--help"]
        found["sqlite-utils rows"] = [sqlite_utils, "rows", database, "note"]
    if jrnl := shutil.which("jrnl"):
        found["jrnl --version"] = [jrnl, "--version"]
    return found


def main() -> None:
    """Print the table."""
    with tempfile.TemporaryDirectory() as name:
        folder = Path(name) / "study"
        environment = {**os.environ, "FIELDVISIT_STUDY": str(folder), "HOME": name}
        sample(folder, environment)
        measured = commands(folder)
        ratios: dict[str, list[tuple[float, float]]] = {name: [] for name in measured}
        for _round in range(ROUNDS):
            bare = timed(BARE, environment)
            for label, command in measured.items():
                taken = timed(command, environment)
                ratios[label].append((taken[0] / bare[0], taken[1] / bare[1]))
    print(f"{ROUNDS} rounds, {NOTES} notes, Python {sys.version.split()[0]}; 1 = a bare start")
    print(f"{'':26}{'CPU':>8}{'wall':>8}")
    for label, found in ratios.items():
        cpu, wall = (statistics.median(column) for column in zip(*found, strict=True))
        print(f"{label:26}{cpu:8.1f}{wall:8.1f}")
    for tool in ("sqlite-utils", "jrnl"):
        if shutil.which(tool) is None:
            print(f"{tool}: not installed, not measured")


if __name__ == "__main__":
    main()
