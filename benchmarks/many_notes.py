"""30,000 notes of 1,500 cities: what a narrow question costs, in two source trees.

The study is made once, by plain SQL through the kinds. Each round runs every command in both trees
in turn; shown is the median CPU time of each and the ratio. Nothing is asserted. Run it with the
project's Python: `.venv/bin/python benchmarks/many_notes.py BEFORE [AFTER] [ROUNDS]`; BEFORE and
AFTER are working trees with a `.venv`, AFTER this one if it is not named. A tree of an older schema
gets a copy of the study without what it does not know.
"""

import os
import resource
import shutil
import sqlite3
import statistics
import subprocess
import sys
import tempfile
from collections.abc import Iterator, Sequence
from pathlib import Path
from typing import Any

from fieldvisit.actions.make_study import make_study
from fieldvisit.fieldwork.city import City, CityAttribute
from fieldvisit.fieldwork.guide import Address
from fieldvisit.fieldwork.note import Note
from fieldvisit.fieldwork.study import Kept
from fieldvisit.fieldwork.visit import UsedGuide, Visit
from fieldvisit.settings import Settings
from fieldvisit.storage import ids
from fieldvisit.storage.connection import Change, writing
from fieldvisit.storage.kinds import CITY, NOTE, VISIT
from fieldvisit.storage.layout import Kind
from fieldvisit.study.view import viewing

HERE = Path(__file__).resolve().parents[1]
CITIES, NOTES = 1_500, 30_000
OFF_RECORD_EACH = 20  # every so many notes one is off the record
TEXT = "職員の研修を年二回行い、うち一回は情報部門の職員を対象としている。"
AT = "2019-10-21T01:00:00.000000Z"
LEVELS = ("confirm", "group", "public", "anonymous")
COMMANDS = {
    "compare TOPIC -o x.csv": ("compare", "hiring", "-o", "{out}", "--force"),
    "note list --visit": ("note", "list", "--visit", "kaku700-1"),
    "note show": ("note", "show", "{handle}"),
    "search, newest 20": ("search", "研修", "--limit", "20"),
}


def study(folder: Path) -> tuple[Settings, str]:
    """Make the study; return it and the handle of a note in its middle."""
    given = Settings(folder, str(folder), "bench")
    make_study(given, folder)
    with viewing(given, "all") as view:
        topics = view.guides.current("it-workforce")
        places = [Address(t.key, q.key) for t in topics.topics for q in t.questions]
    with writing(given.study().database, "bench", "bench") as change:
        stored = list(things(places, topics.sha256))
        for kind, of_kind in stored:
            store(change, kind, of_kind)
    middle = stored[-1][1][NOTES // 2 + 1]
    return given, getattr(middle, "handle", "")


def things(places: Sequence[Address], sha256: str) -> Iterator[tuple[Kind[Any], list[Kept]]]:
    """Yield cities, a visit to each, and notes on every question in turn."""
    core = (CityAttribute("core-city"),)
    codes = [f"99{number:04}" for number in range(CITIES)]
    yield (
        CITY,
        [
            City(code, "架空県", f"架空{n}市", "", f"kaku{n}", attributes=core)
            for n, code in enumerate(codes)
        ],
    )
    guides = (UsedGuide("it-workforce", sha256),)
    visits = [
        Visit(f"v{n}", f"kaku{n}-1", code, "2019-10-21", status="held", guides=guides)
        for n, code in enumerate(codes)
    ]
    yield VISIT, list(visits)
    yield NOTE, [
        Note(
            ids.new_id(), ids.new_handle(), visits[n % CITIES].city_code, visits[n % CITIES].id,
            "statement", f"{TEXT}（{n}）",
            "off-record" if n % OFF_RECORD_EACH == 0 else LEVELS[n % len(LEVELS)], "bench",
            (places[n // CITIES * 7 % len(places)],), created_at=AT, updated_at=AT,
        )
        for n in range(NOTES)
    ]  # fmt: skip


def store(change: Change, kind: Kind[Any], things: Sequence[Kept]) -> None:
    """Store heads and parts at once, without revisions."""
    change.connection.executemany(kind.insert, [kind.put(thing) for thing in things])
    for field, part in kind.parts.items():
        rows = [
            (getattr(thing, kind.key[0]), *part.put(value))
            for thing in things
            for value in getattr(thing, field)
        ]
        change.connection.executemany(part.insert, rows)


def older(folder: Path, tree: Path) -> None:
    """Let a copy of the study say the newest schema of ``tree``, whose tables are as ours are."""
    steps = tree / "src/fieldvisit/storage/migrations/versions"
    newest = max(path.name[:4] for path in steps.glob("[0-9]*.py"))
    with sqlite3.connect(folder / "fieldvisit.db") as connection:
        connection.execute("UPDATE alembic_version SET version_num = ?", (newest,))
        if newest < "0003":
            for index in ("note_place_topic", "note_conflict_first", "note_conflict_second"):
                connection.execute(f"DROP INDEX ix_{index}")


def seconds(tree: Path, folder: Path, words: Sequence[str], handle: str) -> float:
    """Return the CPU seconds of one command."""
    typed = [word.format(out=folder.parent / "x.csv", handle=handle) for word in words]
    command = [str(tree / ".venv/bin/python"), "-m", "fieldvisit", "--study", str(folder), *typed]
    before = resource.getrusage(resource.RUSAGE_CHILDREN)
    environment = {**os.environ, "PYTHONPATH": str(tree / "src"), "HOME": str(folder.parent)}
    done = subprocess.run(
        command, check=False, env=environment, capture_output=True, stdin=subprocess.DEVNULL
    )
    after = resource.getrusage(resource.RUSAGE_CHILDREN)
    if done.returncode:
        raise SystemExit(done.stderr.decode())
    return after.ru_utime + after.ru_stime - before.ru_utime - before.ru_stime


def main() -> None:
    """Print the table of the commands."""
    trees = [Path(word) for word in sys.argv[1:] if not word.isdigit()]
    if not trees:
        raise SystemExit(__doc__)
    rounds = next((int(word) for word in sys.argv[1:] if word.isdigit()), 5)
    before, after = [*trees, HERE][:2]
    with tempfile.TemporaryDirectory() as name:
        given, handle = study(Path(name, "after"))
        shutil.copytree(given.start, Path(name, "before"))
        older(Path(name, "before"), before)
        print(f"{NOTES} notes, {CITIES} cities, median of {rounds} rounds, CPU seconds")
        for title, words in COMMANDS.items():
            runs = [
                (seconds(before, Path(name, "before"), words, handle),
                 seconds(after, Path(name, "after"), words, handle))
                for _round in range(rounds)
            ]  # fmt: skip
            was, now = (statistics.median(column) for column in zip(*runs, strict=True))
            print(f"{title:24}{was:8.2f}{now:8.2f}   1/{was / now:.1f}")


if __name__ == "__main__":
    main()
