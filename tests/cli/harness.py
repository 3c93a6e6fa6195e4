"""The program run within the test's process, with streams like those of a real one."""

import io
import json
import os
import subprocess
import sys
from collections.abc import Callable, Iterator, Sequence
from contextlib import contextmanager
from functools import cache
from pathlib import Path
from typing import Any, Protocol

from msgspec import Struct

from fieldvisit import language
from fieldvisit.cli.declaring import AnyCommand, Context, Group
from fieldvisit.cli.running import program, run
from fieldvisit.harmless import visible

OFF_RECORD = "記録に残さないでほしいという話"
HOSTILE = (
    "\x1b]52;c;aGk=\x07", "\x1b[2J", "\x9b31m", "\x7f", "a\rb", "\u202eabc", "\u2066x", "\u2028",
    "\u200b", "[red]x[/red]", "[/foo]", "[link=http://x.invalid]y[/link]", ":smile:", "a\\",
    "%s {0}",
)  # fmt: skip
# Commands that only read, as they are typed.
READING = [
    "status", "study show", "study-group list", "guide list", "guide show it-workforce",
    "city list", "city show 千葉市", "visit list", "visit show chiba-1", "prepare chiba-1",
    "prepare chiba-1 --for city", "note list", "coverage", "coverage --open", "compare",
    "compare --view city", "compare --rows cities", "search x", "log", "draft list",
]  # fmt: skip


Editor = Callable[[str], None]


class Result(Struct, frozen=True):
    """How a run ended: its exit code, and the bytes of its two streams."""

    code: int
    out_bytes: bytes
    err_bytes: bytes

    @property
    def out(self) -> str:
        return self.out_bytes.decode()

    @property
    def err(self) -> str:
        return self.err_bytes.decode()

    @property
    def text(self) -> str:
        return self.out + self.err

    @property
    def json(self) -> Any:
        """The one document on stdout."""
        return json.loads(self.out_bytes)

    @property
    def lines(self) -> list[str]:
        return self.out.splitlines()


class Run(Protocol):
    """Runs the program once; ``tty`` says which streams are a terminal.

    `all`, `out`, `keyboard` (standard input and error) or nothing.
    """

    def __call__(
        self, *words: str, stdin: str | bytes = ..., lang: str = ..., tty: str = ...
    ) -> Result: ...


class _Stream(io.TextIOWrapper):
    """A stream over bytes that may say it is a terminal."""

    terminal = False

    def isatty(self) -> bool:
        return self.terminal


def _stream(data: bytes = b"", *, terminal: bool, encoding: str = "utf-8") -> _Stream:
    made = _Stream(io.BytesIO(data), encoding=encoding, newline="\n", write_through=True)
    made.terminal = terminal
    return made


@contextmanager
def _in_place(*streams: _Stream) -> Iterator[None]:
    before = sys.stdin, sys.stdout, sys.stderr
    sys.stdin, sys.stdout, sys.stderr = streams
    try:
        yield
    finally:
        sys.stdin, sys.stdout, sys.stderr = before


def run_here(
    *words: str, stdin: str | bytes = b"", lang: str = "", tty: str = "", encoding: str = "utf-8"
) -> Result:
    """Run the program with ``words``."""
    typed = stdin if isinstance(stdin, bytes) else stdin.encode()
    keyboard = tty in {"all", "keyboard"}
    out = _stream(terminal=tty in {"all", "out"}, encoding=encoding)
    err = _stream(terminal=keyboard, encoding=encoding)
    with _in_place(_stream(typed, terminal=keyboard), out, err):
        code = run([*(("--lang", lang) if lang else ()), *words])
    return Result(code, _written(out), _written(err))


def at_terminal(*words: str, typed: Sequence[tuple[str, str]] = ()) -> Result:
    """Run the program at a terminal; ``typed`` are pairs of what must be seen and what is typed.

    `pty_run.on_terminal` does the same in a process of its own, where keys and signals matter.
    """
    result = run_here(*words, stdin="".join(answer for _seen, answer in typed), tty="all")
    for seen, _answer in typed:
        assert "".join(seen.split()) in "".join(result.text.split()), result.text
    return result


def _written(stream: _Stream) -> bytes:
    raw = stream.detach()
    assert isinstance(raw, io.BytesIO)
    return raw.getvalue()


def tree(folder: Path) -> dict[str, bytes]:
    """All files under a folder with their bytes: what a refusal must leave as it is."""
    files = (path for path in folder.rglob("*") if path.is_file())
    return {str(path.relative_to(folder)): path.read_bytes() for path in files}


def assert_refused(result: Result, code: int, *pieces: str) -> None:
    """A refusal: its exit code, nothing on stdout, a sentence on stderr that holds ``pieces``."""
    assert result.code == code, result.err
    assert result.out_bytes == b""
    assert "Traceback" not in result.err
    assert result.err.strip()
    for piece in pieces:
        assert piece in result.err


def assert_harmless(text: str) -> None:
    """No control character but line ends."""
    assert visible(text) == text
    assert "\t" not in text


@cache
def every_command(spoken: str = "en") -> dict[tuple[str, ...], AnyCommand]:
    """Every command by its words, groups among them, as its help has it in a language."""
    found: dict[tuple[str, ...], AnyCommand] = {}
    with language.speaking(spoken):
        for name, command in _below(program(spoken)):
            found[name,] = command
            if isinstance(command, Group):
                found |= {(name, under): child for under, child in _below(command)}
    return found


def _below(group: Group) -> Iterator[tuple[str, AnyCommand]]:
    context = Context(group)
    for name in group.list_commands(context):
        command = group.get_command(context, name)
        assert command
        command.get_help(Context(command, **command.context_settings))
        yield name, command


def surroundings(**more: str) -> dict[str, str]:
    """The environment of a child process that finds this program and nobody's settings."""
    import fieldvisit

    source = str(Path(fieldvisit.__file__).parents[1])
    return {**os.environ, "PYTHONPATH": source, "PYTHONDONTWRITEBYTECODE": "1", **more}


def in_shell(line: str, **more: str) -> subprocess.CompletedProcess[bytes]:
    """Run a line of bash in which `fieldvisit` is this program, in processes of its own."""
    here = f'fieldvisit() {{ "{sys.executable}" -m fieldvisit "$@"; }}\n{line}'
    return subprocess.run(
        ["bash", "-c", here], capture_output=True, check=False, env=surroundings(**more)
    )


def meanwhile(*words: str) -> str:
    """Python for an editor that lets somebody else run the program while it is open."""
    command = [sys.executable, "-m", "fieldvisit", *words]
    return (
        "import subprocess\n"
        f"subprocess.run({command!r}, env={surroundings()!r}, check=True, capture_output=True)\n"
    )
