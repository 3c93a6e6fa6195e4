"""What the READMEs show: command lines run in this process, in studies made for the occasion.

A README begins with ``Shell``. Ids, handles, the clock, today's date and the width of the
terminal are fixed, so that the same program always prints the same.
"""

import contextlib
import io
import os
import random
import re
import shlex
import tempfile
from collections.abc import Iterator, Mapping, Sequence
from datetime import UTC, date, datetime, timedelta, tzinfo
from pathlib import Path
from types import SimpleNamespace
from unittest import mock

from typer._click.core import Command, Context
from typer.core import TyperGroup

from fieldvisit import language
from fieldvisit.actions import looking
from fieldvisit.actions.drafts import Draft
from fieldvisit.cli import record as record_command
from fieldvisit.cli.registry import Declared
from fieldvisit.cli.running import run
from fieldvisit.storage import ids

TODAY = date(2019, 11, 5)
FIRST_CHANGE = datetime(2019, 11, 5, 1, tzinfo=UTC)
SEED = 20191003
CUT = "…"
SURROUNDINGS = {"COLUMNS": "80", "NO_COLOR": "1", "TERM": "dumb", "FORCE_COLOR": ""}


class Terminal(io.StringIO):
    """A stream that says it is a terminal."""

    encoding = "utf-8"  # type: ignore[assignment]  # StringIO has none, a terminal has

    def isatty(self) -> bool:
        """Return that it is."""
        return True


class Shell:
    """A person at a terminal who speaks ``lang``, at first in an empty folder."""

    def __init__(self, lang: str, author: str) -> None:
        self._room = tempfile.TemporaryDirectory(prefix="fieldvisit-readme-")
        self._folder = Path(self._room.name).resolve()
        self._dice = random.Random(SEED)
        self._ticks = 0
        self._lang = lang
        home = {name: str(self._folder) for name in ("HOME", "USERPROFILE", "XDG_CONFIG_HOME")}
        told = {"FIELDVISIT_LANG": lang, "FIELDVISIT_BY": author}
        self._environment = {**SURROUNDINGS, **home, **told}
        self._typed: Mapping[str, str] = {}
        self._sheet = ""

    def run(self, *lines: str, head: int = 0, start: str = "") -> str:
        """Return a block with command lines and what they print, cut as ``part`` does.

        ``cd FOLDER`` changes the folder, ``< FILE`` at the end gives a file as standard input.
        Raises RuntimeError if a command fails.
        """
        shown: list[str] = []
        for line in lines:
            printed = self._printed(line)
            shown += [f"$ {line}", *part(printed, head, start)]
        return block("console", shown)

    def quietly(self, *lines: str) -> str:
        """Run command lines as ``run`` does and show the lines alone."""
        for line in lines:
            self._printed(line)
        return block("console", [f"$ {line}" for line in lines])

    def refused(self, line: str) -> str:
        """Return a block with a command line that is refused, and what it says."""
        code, printed = self._outcome(line)
        if code not in {1, 2}:
            raise RuntimeError(line, code, printed)
        return block("console", [f"$ {line}", *printed.splitlines()])

    def record(self, line: str, typed: Mapping[str, str]) -> str:
        """Run `record`, ``typed`` being what is written under the sections of these addresses."""
        self._typed = typed
        return self.run(line)

    def sheet(self, start: str, head: int) -> str:
        """Return a part of the sheet that was recorded last, as it was saved."""
        return block("markdown", part(self._sheet, head, start))

    def file(self, name: str, kind: str, head: int = 0, start: str = "") -> str:
        """Return a block with a file of the folder."""
        text = (self._folder / name).read_text(encoding="utf-8-sig")
        return block(kind, part(text, head, start))

    def write(self, name: str, text: str) -> str:
        """Write a file into the folder and return a block with it."""
        (self._folder / name).write_text(f"{text}\n", encoding="utf-8")
        return block("text", text.splitlines())

    def commands(self, heads: tuple[str, str]) -> str:
        """Return a table of all commands with their help."""
        with self._surroundings():
            language.use(self._lang)
            found = [(path, command.get_short_help_str()) for path, command in all_commands()]
        rows = [(f"`fieldvisit {path}`", help_) for path, help_ in found]
        return "".join(f"| {a} | {b} |\n" for a, b in [heads, ("---", "---"), *rows])

    def _printed(self, line: str) -> str:
        code, printed = self._outcome(line)
        if code:
            raise RuntimeError(line, code, printed)
        return printed

    def _outcome(self, line: str) -> tuple[int, str]:
        program, *words = shlex.split(line)
        if program == "cd":
            self._folder = self._folder / words[0]
            return 0, ""
        words, given = self._redirected(words)
        screen = Terminal()
        with self._surroundings(), contextlib.redirect_stderr(screen):
            with contextlib.redirect_stdout(screen), mock.patch("sys.stdin", given):
                code = run(words)
        return code, screen.getvalue()

    def _redirected(self, words: list[str]) -> tuple[list[str], io.TextIOBase]:
        if "<" not in words:
            return words, Terminal()
        at = words.index("<")
        return words[:at], io.TextIOWrapper(io.BytesIO((self._folder / words[at + 1]).read_bytes()))

    @contextlib.contextmanager
    def _surroundings(self) -> Iterator[None]:
        spoken = language.current()
        kept = {name: value for name, value in os.environ.items() if "FIELDVISIT_" not in name}
        chance = SimpleNamespace(
            randbits=self._dice.getrandbits,
            choice=self._dice.choice,
            token_hex=lambda size: self._dice.randbytes(size).hex(),
        )
        with (
            mock.patch.dict(os.environ, {**kept, **self._environment}, clear=True),
            contextlib.chdir(self._folder),
            mock.patch.object(ids, "secrets", chance),
            mock.patch.object(ids, "time", SimpleNamespace(time_ns=self._time_ns)),
            mock.patch.object(ids, "datetime", SimpleNamespace(now=self._now)),
            mock.patch.object(looking, "date", SimpleNamespace(today=lambda: TODAY)),
            mock.patch.object(record_command, "edited", self._edited),
        ):
            yield
        language.use(spoken)

    def _now(self, zone: tzinfo) -> datetime:
        self._ticks += 1
        return (FIRST_CHANGE + timedelta(seconds=self._ticks)).astimezone(zone)

    def _time_ns(self) -> int:
        return int(self._now(UTC).timestamp()) * 1_000_000_000

    def _edited(self, draft: Draft) -> str:
        """Write what is typed into its sections, as a person would in an editor."""
        before, *sections = re.split(r"^(?=##)", draft.text(), flags=re.MULTILINE)
        for address, text in self._typed.items():
            at = next(at for at, one in enumerate(sections) if f"{{{address}}}\n" in one)
            sections[at] = f"{sections[at].rstrip()}\n\n{text}\n\n\n"
        self._sheet = "".join([before, *sections])
        draft.path.write_text(self._sheet, encoding="utf-8")
        return self._sheet


def part(text: str, head: int = 0, start: str = "") -> list[str]:
    """Return the lines of a text, or ``head`` of them from the one on that holds ``start``.

    A line with … stands for what was cut.
    """
    lines = text.splitlines()
    first = next(at for at, line in enumerate(lines) if start in line) if start else 0
    last = first + head if head else len(lines)
    before, after = ([CUT] if first else []), ([CUT] if last < len(lines) else [])
    return [*before, *lines[first:last], *after]


def block(kind: str, lines: Sequence[str]) -> str:
    """Return a fenced block of code."""
    fence = "````" if any("```" in line for line in lines) else "```"
    return "\n".join([fence + kind, *lines, fence]) + "\n"


def all_commands() -> Iterator[tuple[str, Command]]:
    """Yield every command that does something, with its words."""
    for name, command in Declared().items():
        if not isinstance(command, TyperGroup):
            yield name, command
            continue
        for under, child in command.commands.items():
            yield f"{name} {under}", child
