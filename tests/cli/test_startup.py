"""Start-up: reading imports none of the heavy libraries. One process tries every command."""

import json
import subprocess
import sys
from pathlib import Path

import pytest

from cli.harness import every_command, surroundings

HEAVY = ["sqlmodel", "sqlalchemy", "alembic", "pydantic", "docx", "openpyxl"]
READING = [
    "status", "study show", "study-group list", "guide list", "guide show it-workforce",
    "guide show it-workforce --visit chiba-1", "city list", "city show 千葉市", "visit list",
    "visit show chiba-1", "prepare chiba-1", "prepare chiba-1 --for city", "note list",
    "note show {note}", "note history {note}", "coverage", "coverage --open", "compare",
    "compare ai-rpa", "search 効果", "log", "draft list", "draft show x --audience all",
    "alias list", "summary list",
    "confirm list", "confirm list chiba-1", "confirm send chiba-1",
]  # fmt: skip
FORMATTED = ["status", "note list", "coverage", "compare", "search 効果", "log", "confirm list"]
WRITING = ["note add chiba-1 hiring x", "visit add 千葉市", "mark chiba-1 4/3 declined", "undo"]

PROBE = """
import io, json, sys
from fieldvisit.cli.running import run

class Out(io.TextIOWrapper):
    def isatty(self):
        return terminal

found = []
for words, terminal in json.load(sys.stdin):
    out, sys.stdout = sys.stdout, Out(io.BytesIO(), encoding="utf-8")
    code = run(words)
    sys.stdout = out
    found.append((words, code, [name for name in %r if name in sys.modules]))
json.dump(found, sys.stdout)
"""


def loaded(
    lines: list[tuple[list[str], bool]], **environment: str
) -> list[tuple[str, int, list[str]]]:
    """Run the command lines one after the other; what each ended with and what is loaded then."""
    ended = subprocess.run(
        [sys.executable, "-c", PROBE % HEAVY],
        input=json.dumps(lines),
        capture_output=True,
        check=True,
        encoding="utf-8",
        env=surroundings(**environment),
    )
    return [(" ".join(words), code, names) for words, code, names in json.loads(ended.stdout)]


@pytest.fixture
def note(run: object, noted: Path) -> str:
    """The handle of a note; there is a draft `x`, too."""
    from cli.harness import run_here

    (noted / "drafts").mkdir(exist_ok=True)
    (noted / "drafts" / "x.txt").write_text("x")
    handle: str = run_here("note", "list", "--json").json["notes"][0]["handle"]
    return handle


def test_help_and_version_load_nothing_heavy() -> None:
    lines = [["--help"], ["-h"], ["--version"], []]
    lines += [[*words, "--help"] for words in every_command()]
    found = loaded([(words, False) for words in lines])
    assert len(found) > 50
    assert [entry for entry in found if entry[1:] != (0, [])] == []


def test_reading_loads_nothing_heavy_and_writing_does(note: str) -> None:
    lines = [line.format(note=note).split() for line in READING]
    lines += [[*line.split(), "--format", f] for line in FORMATTED for f in ("json", "table", "md")]
    tries = [(words, terminal) for words in lines for terminal in (False, True)]
    found = loaded(tries)
    assert [entry for entry in found if entry[1:] != (0, [])] == []
    for line in WRITING:
        ((_words, code, names),) = loaded([(line.split(), False)])
        assert code == 0
        assert {"sqlmodel", "sqlalchemy"} <= set(names)


@pytest.mark.parametrize(
    "words",
    ["fieldvisit ", "fieldvisit visit show ", "fieldvisit note show ", "fieldvisit compare "],
)
def test_completion_loads_nothing_heavy(note: str, words: str) -> None:
    probe = (
        f"import atexit, sys\nheavy = {HEAVY}\n"
        "found = lambda: [name for name in heavy if name in sys.modules]\n"
        "atexit.register(lambda: print(found(), file=sys.stderr))\n"
        "sys.argv = ['fieldvisit']\n"
        "from fieldvisit.cli import main\n"
        "main()\n"
    )
    ended = subprocess.run(
        [sys.executable, "-c", probe],
        capture_output=True,
        check=False,
        encoding="utf-8",
        env=surroundings(
            _FIELDVISIT_COMPLETE="complete_bash", COMP_WORDS=words, COMP_CWORD=str(words.count(" "))
        ),
    )
    assert ended.stdout
    assert ended.stderr.strip() == "[]"


def test_a_refusal_while_reading_loads_nothing_heavy(note: str) -> None:
    lines = [["nothing"], ["note", "add"], ["visit", "show", "nara-1"], ["compare", "none"]]
    found = loaded([(words, False) for words in lines])
    assert [(code, names) for _words, code, names in found] == [(2, []), (2, []), (1, []), (1, [])]


def test_reading_imports_no_yaml_once_the_guides_are_kept(note: str, noted: Path) -> None:
    probe = PROBE % ["yaml", "sqlmodel"]
    lines = [[line.split(), False] for line in ("note list", "search 効果", "log", "city list")]
    ended = subprocess.run(
        [sys.executable, "-c", probe],
        input=json.dumps(lines),
        capture_output=True,
        check=True,
        encoding="utf-8",
        env=surroundings(),
    )
    assert [names for _words, _code, names in json.loads(ended.stdout)] == [[], [], [], []]
