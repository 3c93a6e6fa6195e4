"""Start-up: what a command does not need is not imported."""

import json
import subprocess
import sys
from pathlib import Path

import pytest

from cli.harness import READING, every_command, run_here, surroundings
from fieldvisit.cli.running import COMMANDS

HEAVY = {"sqlmodel", "sqlalchemy", "alembic", "pydantic", "docx", "openpyxl"}
NOT_FOR_THE_ROOT = HEAVY | {
    "msgspec", "sqlite3", "yaml", "tomllib", "platformdirs", "rich", "budoux", "tempfile",
    "fieldvisit.settings", "fieldvisit.documents", "fieldvisit.fieldwork", "fieldvisit.doors",
    "fieldvisit.cli.endings", "fieldvisit.cli.session",
    *(f"fieldvisit.cli.{module}" for module, _help in COMMANDS.values()),
}  # fmt: skip
ALSO_READING = [
    "guide show it-workforce --visit chiba-1", "note show {note}", "note history {note}",
    "compare ai-rpa", "search 効果", "draft show x --audience all", "alias list", "summary list",
    "confirm list", "confirm list chiba-1", "confirm send chiba-1",
]  # fmt: skip
FORMATTED = ["status", "note list", "coverage", "compare", "search 効果", "log", "confirm list"]
WRITING = [
    "note add chiba-1 hiring x", "visit add 千葉市", "mark chiba-1 4/3 declined", "undo",
    "study edit --title x", "city fact 千葉市 population 1 --as-of 2019 --source x",
    "summary set hiring x --city 千葉市", "visit edit chiba-1 --place x",
]  # fmt: skip

PROBE = """
import atexit, io, json, sys

class Out(io.TextIOWrapper):
    def isatty(self):
        return terminal

found, lines = [], json.load(sys.stdin)
atexit.register(lambda: print(json.dumps(found), file=sys.stderr))
for words, terminal in lines:
    out, sys.stdout = sys.stdout, Out(io.BytesIO(), encoding="utf-8")
    try:
        sys.argv = ["fieldvisit", *words]
        from fieldvisit.cli import main
        main()
    except SystemExit as ended:
        sys.stdout = out
        found.append((" ".join(words), ended.code, list(sys.modules)))
"""


def loaded(
    *lines: list[str],
    terminals: tuple[bool, ...] = (False,),
    of: set[str] = HEAVY,
    environment: dict[str, str] | None = None,
) -> list[tuple[str, int, set[str]]]:
    """Run the lines one after the other: how each ended, and which modules ``of`` there are."""
    ended = subprocess.run(
        [sys.executable, "-c", PROBE],
        input=json.dumps([(words, terminal) for words in lines for terminal in terminals]),
        capture_output=True,
        check=True,
        encoding="utf-8",
        env=surroundings(**environment or {}),
    )
    found = json.loads(ended.stderr.splitlines()[-1])
    return [(words, code, of & set(names)) for words, code, names in found]


def completing(line: str) -> dict[str, str]:
    """What the shell asks with."""
    return {
        "_FIELDVISIT_COMPLETE": "complete_bash",
        "COMP_WORDS": line,
        "COMP_CWORD": str(line.count(" ")),
    }


@pytest.fixture
def note(noted: Path) -> str:
    """The handle of a note; there is a draft `x`, too."""
    (noted / "drafts").mkdir(exist_ok=True)
    (noted / "drafts" / "x.txt").write_text("x")
    handle: str = run_here("note", "list", "--json").json["notes"][0]["handle"]
    return handle


@pytest.mark.parametrize("spoken", ["en", "ja"])
def test_the_root_imports_nothing_that_it_does_not_need(spoken: str) -> None:
    told = {"FIELDVISIT_LANG": spoken}
    ended = loaded(["--version"], ["--help"], of=NOT_FOR_THE_ROOT, environment=told)
    ended += loaded([], of=NOT_FOR_THE_ROOT, environment=completing("fieldvisit no"))
    # Japanese is measured by rich, and broken between phrases by budoux.
    allowed = {"rich", "budoux"} if spoken == "ja" else set()
    assert [(code, names - allowed) for _words, code, names in ended] == [(0, set())] * 3


def test_only_the_noun_that_is_named_is_imported(noted: Path) -> None:
    ((_words, _code, names),) = loaded(["search", "効果"], of=NOT_FOR_THE_ROOT)
    nouns = {f"fieldvisit.cli.{module}" for module, _help in COMMANDS.values()}
    assert names & nouns == {"fieldvisit.cli.study"}
    assert not names & {"yaml", "tomllib", "fieldvisit.cli.endings"}


def test_no_help_loads_anything_heavy() -> None:
    ended = loaded(*([*words, "--help"] for words in every_command()))
    assert len(ended) > 50
    assert [entry for entry in ended if entry[1:] != (0, set())] == []


def test_neither_reading_nor_writing_loads_anything_heavy(note: str) -> None:
    lines = [line.format(note=note).split() for line in (*READING, *ALSO_READING)]
    lines += [[*line.split(), "--format", f] for line in FORMATTED for f in ("json", "table", "md")]
    lines += [line.split() for line in WRITING]
    ended = loaded(*lines, terminals=(False, True))
    assert [entry for entry in ended if entry[1:] != (0, set())] == []


@pytest.mark.parametrize("words", ["visit show ", "note show ", "compare "])
def test_completion_loads_nothing_heavy(note: str, words: str) -> None:
    assert loaded([], environment=completing(f"fieldvisit {words}")) == [("", 0, set())]


def test_a_refusal_while_reading_loads_nothing_heavy(note: str) -> None:
    ended = loaded(["nothing"], ["note", "add"], ["visit", "show", "nara-1"], ["compare", "none"])
    assert [(code, names) for _words, code, names in ended] == [
        (2, set()), (2, set()), (1, set()), (1, set())
    ]  # fmt: skip


def test_reading_imports_no_yaml_once_the_guides_are_kept(note: str) -> None:
    ended = loaded(
        ["note", "list"], ["search", "効果"], ["log"], ["city", "list"], of={"yaml", *HEAVY}
    )
    assert [names for _words, _code, names in ended] == [set()] * 4
