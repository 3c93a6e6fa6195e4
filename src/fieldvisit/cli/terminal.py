"""What may reach a terminal, and how: the streams, their width and colour, pages and messages.

The program's own name, too, as a shell has to read it in a command that is suggested.
"""

import codecs
import io
import os
import re
import shutil
import sys
from contextlib import suppress
from pathlib import Path
from typing import TYPE_CHECKING, TextIO

from fieldvisit.cli.wrapping import wrap
from fieldvisit.harmless import visible
from fieldvisit.language import NO_BREAK

if TYPE_CHECKING:
    from fieldvisit.documents.page import Page

_NAME = "fieldvisit"
_TAB = "    "
_USUAL_WIDTH = 80
_LEAST_WIDTH = 20


def prepare_streams() -> None:
    """Let stdout and stderr of a console that is not UTF-8 show `?` where they would crash.

    A stream that the caller closed is replaced by nothingness, but that an output is lost is told.
    """
    if None in (sys.stdin, sys.stdout, sys.stderr):
        from fieldvisit.doors.outputs import closed_output, nothingness

        # In the order of their numbers: the file that is opened gets the lowest that is free.
        sys.stdin = sys.stdin or nothingness("r")
        sys.stdout = sys.stdout or closed_output()
        sys.stderr = sys.stderr or nothingness("w")
    for stream in (sys.stdout, sys.stderr):
        if isinstance(stream, io.TextIOWrapper) and not _is_unicode(stream):
            stream.reconfigure(errors="replace")


def silence(stream: TextIO) -> None:
    """Let what is still written to a stream that takes nothing any more go nowhere."""
    from fieldvisit.doors.outputs import nothingness

    with suppress(OSError, ValueError), nothingness("w") as nowhere:
        os.dup2(nowhere.fileno(), stream.fileno())


def width_of(stream: TextIO) -> int:
    """Return the width in cells: COLUMNS, else the terminal's, else 80; never below 20."""
    told = os.environ.get("COLUMNS", "")
    width = int(told) if told.isdecimal() else 0
    with suppress(OSError, ValueError, AttributeError):
        width = width or os.get_terminal_size(stream.fileno()).columns
    return max(width or _USUAL_WIDTH, _LEAST_WIDTH)


def wants_colour(stream: TextIO, no_color_option: bool = False) -> bool:
    """Tell whether ``stream`` may get escape sequences.

    The option, then NO_COLOR, FORCE_COLOR, TERM=dumb decide; else a terminal gets them. On
    Windows only those consoles that announce themselves are known to understand them.
    """
    if no_color_option or os.environ.get("NO_COLOR"):
        return False
    if os.environ.get("FORCE_COLOR", "0") not in ("", "0"):
        return True
    if os.environ.get("TERM") == "dumb" or not stream.isatty():
        return False
    return os.name != "nt" or any(n in os.environ for n in ("WT_SESSION", "TERM", "ANSICON"))


def print_page(page: "Page", out: TextIO, width: int, colour: bool) -> None:
    """Draw ``page`` on ``out``, ``width`` cells wide; escape sequences only with ``colour``."""
    from fieldvisit.cli.drawing import Pen, drawn

    pen = Pen(
        width=max(width, _LEAST_WIDTH),
        clean=lambda text: shown(text, out),
        colour=colour,
        ascii_only=not _is_unicode(out),
    )
    out.writelines(f"{line}\n" for line in drawn(page, pen))


def say(message: str, hint: str = "", stream: TextIO | None = None) -> None:
    """Tell a person something, on stderr unless said otherwise; the hint on lines of its own.

    Commands in the hint name the program as a shell has to read it here. Lines are wrapped on a
    terminal only: in a file or pipe, a sentence stays on one line.
    """
    stream = sys.stderr if stream is None else stream
    for text in filter(None, (message, runnable(hint))):
        clean = shown(text, stream)
        lines = wrap(clean, width_of(stream), whole_words=True) if stream.isatty() else [clean]
        stream.write("".join(f"{line}\n" for line in lines).replace(NO_BREAK, " "))
    stream.flush()


def ask(question: str, stream: TextIO | None = None) -> None:
    """Put a question to a person, on stderr unless said otherwise; the answer goes behind it."""
    stream = sys.stderr if stream is None else stream
    lines = wrap(shown(question, stream), width_of(stream) - 1, whole_words=True)
    stream.write("\n".join(lines) + " ")
    stream.flush()


def shown(text: str, stream: TextIO) -> str:
    """Return ``text`` as ``stream`` can show it: harmless, tabs as blanks, `?` for lost letters."""
    harmless = visible(text).replace("\t", _TAB)
    if _is_unicode(stream):
        return harmless
    known = harmless.replace(NO_BREAK, " ")
    return known.encode(stream.encoding, "replace").decode(stream.encoding)


def _is_unicode(stream: TextIO) -> bool:
    encoding = getattr(stream, "encoding", None) or "utf-8"
    return codecs.lookup(encoding).name.startswith("utf")


def own_name() -> str:
    """Return `fieldvisit` where a shell finds this very program by that name, else its path."""
    ending = ".exe" if os.name == "nt" else ""
    script = Path(sys.executable).with_name(_NAME + ending)
    found = shutil.which(_NAME)
    if found and (not script.exists() or script.samefile(found)):
        return _NAME
    if script.exists():
        return quoted(script)
    return f"{quoted(sys.executable)} -m {_NAME}"


def runnable(text: str) -> str:
    """Return a text with the commands in it as a shell has to read them here."""
    commands = rf"(?<![\w/.-]){_NAME}(?= (?:--[a-z]|[a-z]))"
    return re.sub(commands, lambda _found: own_name(), text, flags=re.ASCII)


def quoted(path: str | Path) -> str:
    """Return a path as one word of a shell."""
    if os.name == "nt":
        import subprocess

        return subprocess.list2cmdline([str(path)])
    import shlex

    return shlex.quote(str(path))
