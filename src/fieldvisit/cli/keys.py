"""Single keys as they are typed, and whole lines in between."""

import codecs
import re
import sys
import unicodedata
from collections.abc import Callable, Collection, Iterator
from contextlib import contextmanager

ENTER, SPACE, ESCAPE, END = "\n", " ", "\x1b", "\x04"

_SEQUENCE = re.compile(r"\x1b[\[O][0-9;?]*[ -/]*[@-~]")  # an arrow, a function key


class Keys:
    """The keyboard of a terminal, from ``keyboard`` on.

    click's getchar would throw away what was typed ahead while a note was stored, and the rest
    would be taken for another key; so the terminal is set by hand where that is possible.
    """

    def __init__(self) -> None:
        self._typed: list[str] = []
        self._decoder = codecs.getincrementaldecoder(sys.stdin.encoding or "utf-8")("replace")

    def next(self) -> str:
        """Return the next key, full-width ones as half-width; END when there are no more."""
        while not self._typed:
            typed = _SEQUENCE.sub("", self._read()).replace("\r", ENTER)
            self._typed += unicodedata.normalize("NFKC", typed)
        return self._typed.pop(0)

    def number(self, first: str, allowed: Collection[int]) -> int | None:
        """Return the number that begins with the key ``first``, None if it was given up.

        Nothing more is read once only one of the allowed numbers fits; else Enter ends it.
        """
        typed = first
        while typed:
            fitting = [number for number in allowed if str(number).startswith(typed)]
            if not fitting or (len(fitting) == 1 and str(fitting[0]) == typed):
                return fitting[0] if fitting else None
            key = self.next()
            if key == ENTER:
                return int(typed) if int(typed) in fitting else None
            if key == END:
                self._typed.append(END)
            typed = typed + key if key.isdecimal() else ""
        return None

    def line(self, ask: Callable[[], None]) -> str:
        """Return a whole line, which the person sees and can correct unless it was typed ahead.

        ``ask`` shows what is asked once the terminal is ready for the answer.
        """
        typed = "".join(self._typed)
        if ENTER in typed:
            ask()
        else:
            with _set(line_by_line=True):
                ask()
                typed += self._rest_of_line()
        line, _end, rest = typed.partition(ENTER)
        self._typed = list(rest)
        return line

    def _rest_of_line(self) -> str:
        if sys.platform == "win32":
            return sys.stdin.readline()
        typed = ""
        while ENTER not in typed:
            more = self._read()
            typed += ENTER if more == END else more
        return typed

    def _read(self) -> str:
        if sys.platform == "win32":
            import click

            key = click.getchar()
            return key if len(key) == 1 else ""
        import os

        data = os.read(sys.stdin.fileno(), 1024)
        return self._decoder.decode(data) if data else END


@contextmanager
def keyboard() -> Iterator[Keys]:
    """Take over the keyboard: keys come one by one and are not echoed; Ctrl-C works as ever."""
    with _set(line_by_line=False):
        yield Keys()


@contextmanager
def _set(*, line_by_line: bool) -> Iterator[None]:
    """Set the terminal for a while; what waits in it to be read stays there."""
    if sys.platform == "win32":
        yield
        return
    import termios

    device = sys.stdin.fileno()
    before, mode = termios.tcgetattr(device), termios.tcgetattr(device)
    cooked = termios.ECHO | termios.ICANON
    mode[3] = mode[3] | cooked if line_by_line else mode[3] & ~cooked
    termios.tcsetattr(device, termios.TCSADRAIN, mode)
    try:
        yield
    finally:
        termios.tcsetattr(device, termios.TCSADRAIN, before)
