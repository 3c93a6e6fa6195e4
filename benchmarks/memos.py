"""A memo of 3,000 paragraphs proposed, in CPU time as a ratio to a bare Python start.

With TREE, the root of an older checkout, also as a ratio to its `record --as memo --yes` of the
same file, less the cost of its `status`. Shown is the median of the rounds; nothing is asserted.
That was 0.02 and 0.03 (text, Word) of the state after part 3, 0.15 and 0.24 of 60f8937.
Run it with the project's Python: `.venv/bin/python benchmarks/memos.py [TREE]`.
"""

import os
import resource
import shutil
import statistics
import subprocess
import sys
import tempfile
import time
from collections.abc import Sequence
from pathlib import Path

import docx

from fieldvisit.actions.make_study import make_study
from fieldvisit.actions.plan_visits import add_visits
from fieldvisit.actions.read_files import read_files
from fieldvisit.review.item import Arrival
from fieldvisit.settings import Settings
from fieldvisit.study.fields import VisitFields

ROUNDS, PARAGRAPHS = 5, 3000
PYTHON = (sys.executable, "-I", "-c")
OLDER = (
    "import runpy, sys; sys.path.insert(0, sys.argv[1]); sys.argv = ['fieldvisit', *sys.argv[2:]];"
    "runpy.run_module('fieldvisit', run_name='__main__')"
)


def paragraphs() -> list[str]:
    """Return headings, points and sentences; every third section is off the record."""
    texts = []
    for n in range(PARAGRAPHS):
        if n % 20 == 0:
            texts.append(f"{n // 20 + 1}．採用について{'（オフレコ）' if n % 60 == 0 else ''}")
        elif n % 2:
            texts.append(f"・第{n}回の研修を年二回行い、うち一回は情報部門の職員を対象としている。")
        else:
            texts.append(f"情報職の採用区分を設けたが、応募者が減っており、{n}校と連携している。")
    return texts


def written(folder: Path) -> Sequence[Path]:
    """Write the memo as text and in Word."""
    text, word = folder / "memo.txt", folder / "memo.docx"
    text.write_text("\n\n".join(paragraphs()), "utf-8")
    document = docx.Document()
    for paragraph in paragraphs():
        document.add_paragraph(paragraph)
    document.save(str(word))
    return text, word


def cpu_of(*command: str, folder: Path | None = None) -> float:
    """Return the seconds of CPU that a program takes."""
    before = resource.getrusage(resource.RUSAGE_CHILDREN)
    subprocess.run(command, check=True, capture_output=True, cwd=folder)
    after = resource.getrusage(resource.RUSAGE_CHILDREN)
    return after.ru_utime + after.ru_stime - before.ru_utime - before.ru_stime


def proposing(given: Settings, path: Path) -> float:
    """Return the seconds of CPU that proposing the memo takes here."""
    started = time.process_time()
    read_files(given, [path], Arrival("chiba-1", "memo"))
    return time.process_time() - started


def recording(tree: str, folder: Path, path: Path) -> float:
    """Return the seconds of CPU that an older tree takes to store the memo."""
    study = folder / "older"
    shutil.rmtree(study, ignore_errors=True)
    older = (*PYTHON, OLDER, os.fspath(Path(tree, "src")))
    cpu_of(*older, "init", str(study))
    cpu_of(*older, "visit", "add", "千葉市", folder=study)
    bare = cpu_of(*older, "status", folder=study)
    return (
        cpu_of(*older, "record", "chiba-1", str(path), "--as", "memo", "--yes", folder=study) - bare
    )


def main() -> None:
    """Print the ratios."""
    tree = sys.argv[1] if len(sys.argv) > 1 else ""
    with tempfile.TemporaryDirectory() as name:
        folder = Path(name)
        given = Settings(folder / "study", str(folder / "study"), "t")
        make_study(given, folder / "study")
        add_visits(given, ["千葉市"], VisitFields())
        for path in written(folder):
            proposing(given, path)  # what is read once
            rounds = [(proposing(given, path), cpu_of(*PYTHON, "pass")) for _round in range(ROUNDS)]
            bare = statistics.median(here / start for here, start in rounds)
            print(f"{path.name:10} {bare:6.1f} bare starts", end="")
            if tree:
                here = statistics.median(here for here, _start in rounds)
                print(f"  {here / recording(tree, folder, path):6.2f} of the older tree", end="")
            print()


if __name__ == "__main__":
    main()
