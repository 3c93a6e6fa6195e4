"""The way in: a file, standard input, what comes with the program. Never more than a limit.

A pipe, a device or a folder that is named as a file is refused at once: it could give bytes for
ever, or keep the program waiting for the first.
"""

import errno
import os
import stat
import sys
from pathlib import Path

from fieldvisit.errors import BadText, NotFound, Refused, reason
from fieldvisit.language import _
from fieldvisit.text import LONGEST_TEXT

SCHEMA_FILE = "guide.schema.json"
_PACKAGE = Path(__file__).resolve().parents[1]
LARGEST_TABLE = 50_000_000  # bytes
LARGEST_FILE = 500_000_000
_MB = 1_000_000


class Unreadable(Refused):
    """A file that cannot be read, or is larger than it may be."""


def bytes_of(path: Path, largest: int = LONGEST_TEXT, hint: str = "") -> bytes:
    """Return what is in the file; Unreadable says why it cannot be had, or that it is too large.

    ``largest`` is in bytes; ``hint`` says what to do about a file that is larger.
    """
    try:
        data = read(path, largest)
    except OSError as error:
        raise Unreadable(
            _("{path} cannot be read: {reason}").format(path=path, reason=reason(error)),
            _("Nothing was stored. Look at the name and the folder."),
        ) from error
    if len(data) > largest:
        too_large = _("it is larger than {n} MB").format(n=largest // _MB)
        raise Unreadable(
            _("{path} cannot be read: {reason}").format(path=path, reason=too_large),
            hint or _("Nothing was stored. Cut it into several files."),
        )
    return data


def read(path: Path, largest: int) -> bytes:
    """Return what is in the file, at most one byte more than ``largest``; raises OSError."""
    without_waiting = getattr(os, "O_NONBLOCK", 0)
    with open(path, "rb", opener=lambda p, how: os.open(p, how | without_waiting)) as file:
        if not stat.S_ISREG(os.fstat(file.fileno()).st_mode):
            raise OSError(errno.ENXIO, os.strerror(errno.ENXIO), str(path))
        return file.read(largest + 1) or b""


def text_of(path: Path) -> str:
    """Return a text in UTF-8, with or without its mark; Unreadable or BadText say why not."""
    return as_text(bytes_of(path), str(path))


def expanded(typed: str) -> Path:
    """Return the path that was typed, with the home that `~` stands for, if somebody has it."""
    try:
        return Path(typed).expanduser()
    except RuntimeError:
        return Path(typed)


def storable_name(path: Path) -> str:
    """Return the path as it can be stored; Unreadable for bytes that are no UTF-8."""
    try:
        str(path).encode()
    except UnicodeEncodeError as error:
        raise Unreadable(
            _("The name {path} is not valid UTF-8.").format(path=path),
            _("Nothing was stored. Give the file, or its folder, another name."),
        ) from error
    return str(path)


def standard_input() -> bytes:
    """Return what comes through standard input, at most one byte more than a text may have."""
    return sys.stdin.buffer.read(LONGEST_TEXT + 1)


def as_text(data: bytes, source: str, largest: int = LONGEST_TEXT) -> str:
    """Return bytes of ``source`` as text; bytes that are no UTF-8 are refused, not replaced."""
    if len(data) > largest:
        raise BadText(
            _("{source} is larger than {n} MB.").format(source=source, n=largest // _MB),
            _("Nothing was stored. Divide it."),
        )
    try:
        return data.decode("utf-8-sig")
    except UnicodeDecodeError as error:
        raise BadText(
            _("{source} is not valid UTF-8 (byte {at}).").format(source=source, at=error.start),
            _("Nothing was stored. Save it as UTF-8 and try again."),
        ) from error


def shipped(name: str) -> str:
    """Return a text that comes with the program."""
    from importlib.resources import files

    return files("fieldvisit").joinpath("data", name).read_text(encoding="utf-8")


def shipped_folder() -> Path:
    """Return the folder of the shipped guides: in the package, or in the checkout above it.

    NotFound if the installation has neither.
    """
    for folder in (_PACKAGE / "interview_guides", _PACKAGE.parents[1] / "interview_guides"):
        if folder.is_dir():
            return folder
    raise NotFound(
        _("The guides that come with fieldvisit are missing from {folder}.").format(
            folder=_PACKAGE
        ),
        _("Install fieldvisit again."),
    )


def shipped_schema() -> Path:
    """Return the JSON Schema file to be copied beside a study's guides as ``SCHEMA_FILE``."""
    return _PACKAGE / "data" / SCHEMA_FILE
