"""What the READMEs show: command lines run in this process, in a folder made for the occasion.

A README begins with a ``Shell``. Ids, handles, the clock, today's date and the width of the
terminal are fixed, so that the same program always prints the same.
"""

import contextlib
import io
import os
import random
import re
import shlex
import tempfile
import time
from collections.abc import Iterator, Mapping, Sequence
from datetime import UTC, date, datetime, timedelta, tzinfo
from pathlib import Path
from types import SimpleNamespace
from unittest import mock

from cli.harness import every_command
from fieldvisit import language
from fieldvisit.cli import editor
from fieldvisit.cli.declaring import Group
from fieldvisit.cli.running import run
from fieldvisit.fieldwork.note import ALPHABET, HANDLE_LENGTH
from fieldvisit.storage import ids
from fieldvisit.study import view
from fieldvisit.study.drafts import Draft

TODAY = date(2019, 11, 5)
FIRST_CHANGE = datetime(2019, 11, 5, 1, tzinfo=UTC)
SEED = 20191003
# The clock of Japan, by a name that needs no table of zones.
TERMINAL = {"COLUMNS": "80", "NO_COLOR": "1", "FORCE_COLOR": "", "TZ": "JST-9"}
HANDLE = f"^[{ALPHABET}]{{{HANDLE_LENGTH}}}$"
CUT = "…"


def set_clock() -> None:
    """Let the local time follow TZ, where the system can."""
    if hasattr(time, "tzset"):
        time.tzset()


class Terminal(io.StringIO):
    """A stream that says it is a terminal; ``typed`` is what a person will type.

    What is typed appears on the ``screen``.
    """

    def __init__(self, typed: str = "", screen: "Terminal | None" = None) -> None:
        super().__init__(typed)
        self._screen = screen

    def isatty(self) -> bool:
        return True

    def readline(self, size: int = -1, /) -> str:  # type: ignore[override]  # as StringIO does
        line = super().readline(size)
        if self._screen:
            self._screen.write(line)
        return line


class Shell:
    """A person called ``author`` at a terminal who speaks ``lang``, at first in an empty folder."""

    def __init__(self, lang: str, author: str) -> None:
        self._room = tempfile.TemporaryDirectory(prefix="fieldvisit-readme-")
        self._folder = Path(self._room.name).resolve()
        self._dice = random.Random(SEED)
        self._ticks = 0
        self._lang = lang
        home = {name: str(self._folder) for name in ("HOME", "USERPROFILE", "XDG_CONFIG_HOME")}
        told = {"FIELDVISIT_LANG": lang, "FIELDVISIT_BY": author}
        self._environment = {**TERMINAL, **home, **told}
        self._written: Mapping[str, str] = {}
        self._sheet = ""
        self.handles: list[str] = []  # of all notes stored so far

    def run(
        self, *lines: str, head: int = 0, start: str = "", typed: str = "", code: int = 0
    ) -> str:
        """Return a block with command lines and what they print, cut as ``part`` does.

        ``cd FOLDER`` changes the folder; ``< FILE`` at the end gives standard input. ``typed``
        answers questions. Raises RuntimeError if a command fails, or if the last one does not
        end with ``code``.
        """
        shown: list[str] = []
        for at, line in enumerate(lines, 1):
            ended, printed = self._outcome(line, typed)
            if ended != (code if at == len(lines) else 0):
                raise RuntimeError(line, ended, printed)
            shown += [f"$ {line}", *part(printed, head, start)]
        return block("console", shown)

    def record(self, line: str, written: Mapping[str, str], typed: str = "") -> str:
        """Run `record`, ``written`` being what goes into the boxes of these addresses."""
        self._written = written
        return self.run(line, typed=typed)

    def sheet(self, start: str, head: int) -> str:
        """Return a block with a part of the sheet recorded last, as it was saved."""
        return block("markdown", part(self._sheet, head, start))

    def file(self, name: str, kind: str, head: int = 0) -> str:
        """Return a block with a file of the folder, or its beginning."""
        return block(kind, part((self._folder / name).read_text(encoding="utf-8-sig"), head))

    def write(self, name: str, kind: str, text: str) -> str:
        """Write a file into the folder and return a block with it."""
        (self._folder / name).write_text(f"{text}\n", encoding="utf-8")
        return block(kind, text.splitlines())

    def path(self, name: str) -> Path:
        return self._folder / name

    def fill(self, name: str, answers: Mapping[str, str]) -> None:
        """Fill in the boxes of a sheet in Markdown, by the addresses of its questions."""
        path = self._folder / name
        text = path.read_text(encoding="utf-8")
        for address, answer in answers.items():
            before, box, after = text.partition(f":{address}}}\n")
            text = f"{before}{box}{answer}\n{after}"
        path.write_text(text, encoding="utf-8")

    def commands(self, heads: tuple[str, str]) -> str:
        """Return a table of all commands with their help."""
        found = [
            (f"`{' '.join(words)}`", (command.help or "").split("\n\n")[0])
            for words, command in every_command(self._lang).items()
            if not isinstance(command, Group) or command.invoke_without_command
        ]
        return "".join(f"| {name} | {help_} |\n" for name, help_ in [heads, ("---", "---"), *found])

    def _outcome(self, line: str, typed: str = "") -> tuple[int, str]:
        program, *words = shlex.split(line)
        if program == "cd":
            self._folder = self._folder / words[0]
            return 0, ""
        screen = Terminal()
        given: io.TextIOBase = Terminal(typed, screen)
        if "<" in words:
            *words, _sign, name = words
            given = io.TextIOWrapper(io.BytesIO((self._folder / name).read_bytes()))
        with (
            self._surroundings(),
            contextlib.redirect_stderr(screen),
            contextlib.redirect_stdout(screen),
            mock.patch("sys.stdin", given),
        ):
            code = run(words)
        self.handles += re.findall(HANDLE, screen.getvalue(), re.MULTILINE)
        return code, screen.getvalue()

    @contextlib.contextmanager
    def _surroundings(self) -> Iterator[None]:
        spoken = language.current()
        kept = {name: value for name, value in os.environ.items() if "FIELDVISIT_" not in name}
        chance = SimpleNamespace(
            randbits=self._dice.getrandbits,
            choice=self._dice.choice,
            SystemRandom=lambda: self._dice,
            token_hex=lambda size: self._dice.randbytes(size).hex(),
        )
        with (
            mock.patch.dict(os.environ, {**kept, **self._environment}, clear=True),
            contextlib.chdir(self._folder),
            mock.patch.object(ids, "secrets", chance),
            mock.patch.object(ids, "time", SimpleNamespace(time_ns=self._time_ns)),
            mock.patch.object(ids, "datetime", SimpleNamespace(now=self._now)),
            mock.patch.object(view, "date", SimpleNamespace(today=lambda: TODAY)),
            mock.patch.object(editor, "edited", self._edited),
        ):
            set_clock()
            try:
                yield
            finally:
                language.use(spoken)
        set_clock()

    def _now(self, zone: tzinfo) -> datetime:
        self._ticks += 1
        return (FIRST_CHANGE + timedelta(seconds=self._ticks)).astimezone(zone)

    def _time_ns(self) -> int:
        return int(self._now(UTC).timestamp()) * 1_000_000_000

    def _edited(self, draft: Draft, _start: str) -> str:
        """Write into the boxes of a draft, as a person would in an editor."""
        self._sheet = draft.text()
        for address, text in self._written.items():
            before, box, after = self._sheet.partition(f"{{{address}}}\n")
            self._sheet = f"{before}{box}{text}{after}"
        draft.path.write_text(self._sheet, encoding="utf-8")
        return self._sheet


def part(text: str, head: int = 0, start: str = "") -> list[str]:
    """Return the lines of a text, or ``head`` of them from the first that holds ``start``.

    A line with … stands for what was cut.
    """
    lines = text.splitlines()
    first = next(at for at, line in enumerate(lines) if start in line) if start else 0
    last = first + head if head else len(lines)
    before, after = ([CUT] if first else []), ([CUT] if last < len(lines) else [])
    return [*before, *lines[first:last], *after]


def block(kind: str, lines: Sequence[str]) -> str:
    longest = max((len(run) for line in lines for run in re.findall("`+", line)), default=0)
    fence = "`" * max(3, longest + 1)
    return "\n".join([fence + kind, *lines, fence]) + "\n"
