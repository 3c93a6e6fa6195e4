"""`compare` for 15 to 240 cities under 6 topics: time and memory for what is printed.

Each city has a visit and a note on every question, a summary for every topic. Shown are CPU time
per printed character as a ratio to that of the smallest study, memory likewise beyond what the
program needs for a single city: constant ratios mean that both grow with what is printed and no
faster. The median of several rounds is taken; nothing is asserted.
Linux alone tells the peak. Run it with the project's Python:
`.venv/bin/python benchmarks/compare.py [ROUNDS]`.
"""

import statistics
import subprocess
import sys
import tempfile
import time
from pathlib import Path

from fieldvisit.actions.make_study import make_study
from fieldvisit.fieldwork.city import City, CityAttribute
from fieldvisit.fieldwork.guide import Address
from fieldvisit.fieldwork.note import Note
from fieldvisit.fieldwork.summary import SeenNote, Summary
from fieldvisit.fieldwork.visit import UsedGuide, Visit
from fieldvisit.settings import Settings
from fieldvisit.storage import ids, records
from fieldvisit.storage.connection import Change
from fieldvisit.study.change import changing
from fieldvisit.study.view import StudyView

ROUNDS = int(sys.argv[1]) if len(sys.argv) > 1 else 3
CITIES = (15, 30, 60, 120, 240)
TOPICS = 6
TEXT = "職員の研修を年二回行い、うち一回は情報部門の職員を対象としている。"
# The peak of the process itself: what `wait4` tells is that of its parent, if that was larger.
_RUN = """
import pathlib, sys, time
from fieldvisit.cli.running import run
run(sys.argv[1:])
lines = pathlib.Path("/proc/self/status").read_text().splitlines()
peak = next(line.split()[1] for line in lines if line.startswith("VmHWM"))
print(time.process_time(), peak, file=sys.stderr)
"""
WAYS = (
    ("Markdown", ("--format", "md")),
    ("terminal", ("--format", "table")),
    ("summaries, CSV", ("--cells", "both", "--format", "csv")),
    ("JSON", ("--format", "json")),
)


def study(folder: Path, cities: int) -> Settings:
    """Make a study of so many made-up cities."""
    given = Settings(folder, str(folder), "bench")
    make_study(given, folder)
    with changing(given, "bench") as (view, change):
        for number in range(cities):
            _city(view, change, number)
    return given


def _city(view: StudyView, change: Change, number: int) -> None:
    code = f"99{number + 10:03}9"
    attributes = (CityAttribute("core-city"),)
    name = f"架空{number}市"
    records.save(change, City(code, "架空県", name, "", f"kaku{number}", attributes=attributes))
    visit = Visit(ids.new_id(), f"kaku{number}-1", code, "2019-10-21", mode="onsite",
                  status="held", guides=(UsedGuide("it-workforce"),))  # fmt: skip
    records.save(change, visit)
    for topic in view.guides.current("it-workforce").topics[:TOPICS]:
        seen = []
        for at, question in enumerate(topic.questions):
            places = (Address(topic.key, question.key),)
            note = Note(ids.new_id(), ids.new_handle(), code, visit.id, "statement",
                        f"{TEXT}（{number}・{at}）", "group", "bench", places)  # fmt: skip
            stored = records.save(change, note)
            seen.append(SeenNote(stored.id, stored.revision, "group"))
        address = Address(topic.key)
        records.save(change, Summary(code, address, TEXT, "group", "bench", tuple(seen)))


def measured(given: Settings, words: tuple[str, ...]) -> tuple[float, float, int]:
    """Return the CPU seconds, the megabytes and the characters of one run."""
    command = [sys.executable, "-c", _RUN, "--study", str(given.start), "compare", *words]
    found = subprocess.run(command, check=True, capture_output=True)
    seconds, kilobytes = found.stderr.decode().split()[-2:]
    return float(seconds), int(kilobytes) / 1024, len(found.stdout.decode("utf-8"))


def main() -> None:
    """Print a table for each way to compare."""
    with tempfile.TemporaryDirectory() as folder:
        begun = time.perf_counter()
        one, *studies = (study(Path(folder) / str(n), n) for n in (1, *CITIES))
        print(f"studies made in {time.perf_counter() - begun:.0f} s")
        for name, words in WAYS:
            _report(name, words, one, studies)


def _report(name: str, words: tuple[str, ...], one: Settings, studies: list[Settings]) -> None:
    base = _median(one, words)
    first: tuple[float, float] | None = None
    for cities, given in zip(CITIES, studies, strict=True):
        seconds, megabytes, printed = _median(given, words)
        per = ((seconds - base[0]) / printed, max(megabytes - base[1], 0.1) / printed)
        first = first or per
        print(
            f"{name:15} {cities:4} cities {printed:9} characters"
            f"  CPU {per[0] / first[0]:5.2f}  memory {per[1] / first[1]:5.2f}"
            f"  ({seconds:6.2f} s, {megabytes:5.0f} MB)"
        )


def _median(given: Settings, words: tuple[str, ...]) -> tuple[float, float, int]:
    runs = [measured(given, words) for _round in range(ROUNDS)]
    times, sizes, printed = zip(*runs, strict=True)
    return statistics.median(times), statistics.median(sizes), printed[0]


if __name__ == "__main__":
    main()
