"""A bug in the program: what the person is told, and a report that holds no word of any note."""

import platform
import sys
import traceback
from collections.abc import Iterator
from datetime import UTC, datetime
from pathlib import Path

from fieldvisit import __version__
from fieldvisit.doors.outputs import write_aside
from fieldvisit.language import _
from fieldvisit.storage.connection import SQLITE_VERSION


def report(error: BaseException) -> tuple[str, str]:
    """Write a report aside; return what to say and where the report is.

    The report names types, files and lines. Messages of errors are left out, since they may
    carry what a person wrote.
    """
    sentence = _("This is a bug in fieldvisit ({kind}). What was stored before is not affected.")
    stamp = datetime.now(UTC).strftime("%Y%m%dT%H%M%S%f")
    try:
        path = write_aside(f"fieldvisit-bug-{stamp}.txt", _text(error).encode())
    except OSError:
        return sentence.format(kind=type(error).__name__), ""
    return (
        sentence.format(kind=type(error).__name__),
        _("A report without any note's text is in {path}; please pass it on.").format(path=path),
    )


def _text(error: BaseException) -> str:
    versions = (
        f"fieldvisit {__version__}",
        f"Python {platform.python_version()}",
        f"SQLite {SQLITE_VERSION}",
        platform.system(),
        f"stdout {getattr(sys.stdout, 'encoding', '')}",
    )
    lines = [", ".join(versions)]
    for seen in _chain(error):
        lines.append(f"{type(seen).__module__}.{type(seen).__name__}")
        lines += [
            f"  {Path(frame.filename).name}:{frame.lineno} {frame.name}"
            for frame in traceback.extract_tb(seen.__traceback__)
        ]
    return "\n".join(lines) + "\n"


def _chain(error: BaseException | None) -> Iterator[BaseException]:
    """Yield an error and what led to it; a chain that comes back to itself ends."""
    told: set[int] = set()
    while error is not None and id(error) not in told:
        told.add(id(error))
        yield error
        error = error.__cause__ or error.__context__
