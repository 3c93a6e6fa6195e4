"""The program in a process of its own, on a pseudo-terminal."""

import fcntl
import os
import pty
import re
import select
import struct
import subprocess
import sys
import termios
import time
from collections.abc import Callable, Sequence

from msgspec import Struct

from cli.harness import surroundings

_PATIENCE = 20.0
_MAIN = (
    "import fcntl, termios; fcntl.ioctl(0, termios.TIOCSCTTY, 0)\n"
    "from fieldvisit.cli import main; main()"
)


class Screen(Struct, frozen=True):
    """What was seen: the exit code, and all that reached the terminal with LF as line end."""

    code: int
    text: str

    @property
    def plain(self) -> str:
        """The same without what moves the cursor and paints."""
        return re.sub(r"\x1b(\[[0-9;?]*[ -/]*[@-~]|[=>78])|\r", "", self.text).replace(">\b", "")


class Terminal(Struct, frozen=True):
    """The other end of the terminal, for what a person does there but typing."""

    end: int
    process: subprocess.Popen[bytes]

    def type_bytes(self, *typed: bytes) -> None:
        for part in typed:
            os.write(self.end, part)
            time.sleep(0.05)

    def resize(self, columns: int) -> None:
        fcntl.ioctl(self.end, termios.TIOCSWINSZ, struct.pack("HHHH", 50, columns, 0, 0))


Act = str | Callable[[Terminal], object]


def on_terminal(
    *words: str, typed: Sequence[tuple[str, Act]] = (), columns: int = 80, before: str = ""
) -> Screen:
    r"""Run `fieldvisit` with ``words`` on a terminal.

    ``typed`` are pairs: once the first was seen (after what was typed before), the second is
    typed, or done; Ctrl-C is `\x03`. ``before`` is Python that the process runs first.
    """
    ours, theirs = pty.openpty()
    fcntl.ioctl(theirs, termios.TIOCSWINSZ, struct.pack("HHHH", 50, columns, 0, 0))
    process = subprocess.Popen(
        [sys.executable, "-c", f"{before}\n{_MAIN}", *words],
        stdin=theirs,
        stdout=theirs,
        stderr=theirs,
        env={k: v for k, v in surroundings().items() if k != "COLUMNS"},
        start_new_session=True,
    )
    os.close(theirs)
    try:
        seen = _conversation(Terminal(ours, process), typed)
        return Screen(process.wait(_PATIENCE), seen.replace("\r\n", "\n"))
    finally:
        process.kill()
        process.wait()
        os.close(ours)


def _conversation(at: Terminal, typed: Sequence[tuple[str, Act]]) -> str:
    waiting, data, told = list(typed), b"", 0
    until = time.monotonic() + _PATIENCE
    while part := _read(at.end, until, data):
        data += part
        while waiting and waiting[0][0].encode() in data[told:]:
            _seen, act = waiting.pop(0)
            told = len(data)
            if isinstance(act, str):
                os.write(at.end, act.encode())
            else:
                act(at)
    assert not waiting, f"never seen: {waiting[0][0]!r}"
    return data.decode()


def _read(ours: int, until: float, seen: bytes) -> bytes:
    ready, _, _ = select.select([ours], [], [], max(until - time.monotonic(), 0))
    assert ready, f"nothing more came after: {seen.decode(errors='replace')}"
    try:
        return os.read(ours, 65536)
    except OSError:  # Linux: nobody has the other end open any more
        return b""
