"""A Word or Excel file that came from outside: checked as a whole before anything reads it.

Nothing is ever extracted. What passes is a copy in memory that holds no bomb, no document type,
no macro and no link that a library might follow.
"""

import io
import struct
import zipfile
import zlib
from pathlib import Path, PurePosixPath

from msgspec import Struct

from fieldvisit.doors.inputs import bytes_of
from fieldvisit.exchange.office.hostile import HostileFile, damaged
from fieldvisit.exchange.office.links import related
from fieldvisit.exchange.office.xml import ForbiddenXml
from fieldvisit.exchange.office.zip import LARGEST, check_parts
from fieldvisit.language import _

# What zipfile and its decompressor raise for broken files.
_BROKEN = (
    zipfile.BadZipFile,
    zlib.error,
    struct.error,
    ForbiddenXml,
    EOFError,
    OSError,
    ValueError,
    NotImplementedError,
    OverflowError,
)
_OLD = b"\xd0\xcf\x11\xe0\xa1\xb1\x1a\xe1"


class OfficeFile(Struct, frozen=True):
    """A file that passed: its ``name`` without folders, and the ``copy`` that was checked."""

    name: str
    copy: bytes
    parts: tuple[str, ...] = ()

    def stream(self) -> io.BytesIO:
        """Return the checked copy as an open file, to hand to a library."""
        return io.BytesIO(self.copy)

    def part(self, name: str) -> bytes | None:
        """Return the bytes of a part, None if there is none; names know no case."""
        stored = {part.casefold(): part for part in self.parts}.get(name.casefold())
        if stored is None:
            return None
        with zipfile.ZipFile(self.stream()) as packed:
            return packed.read(stored)

    def links(self, part: str, kind: str) -> tuple[tuple[str, str], ...]:
        """Return id and name of each part that ``part`` (empty: the file) names as its ``kind``."""
        at = PurePosixPath(part)
        links = self.part(str(at.parent / "_rels" / f"{at.name}.rels") if part else "_rels/.rels")
        return related(links, part, kind) if links else ()

    def related(self, part: str, kind: str) -> tuple[str, ...]:
        """Return the names of the parts that ``links`` gives: `styles`, `comments` and so on."""
        return tuple(name for _id, name in self.links(part, kind))


def office_parts(path: Path) -> OfficeFile:
    """Return the file at ``path`` for reading.

    Raises HostileFile, whose sentence says what is wrong with it, or Refused where it cannot be
    opened at all.
    """
    data = bytes_of(path, LARGEST)
    if data.startswith(_OLD):
        raise _old(path.name, data)
    try:
        return OfficeFile(path.name, data, check_parts(path.name, data))
    except _BROKEN as error:
        raise damaged(path.name) from error


def _old(file: str, data: bytes) -> HostileFile:
    """Return the refusal of a compound file, by the names of the streams that it holds."""
    if "EncryptedPackage".encode("utf-16-le") in data:
        return HostileFile(
            file,
            _("it is protected by a password."),
            _("Open it with the password, take the password out, and save it."),
        )
    if "WordDocument".encode("utf-16-le") in data:
        kind, ending = _("it is in the old format of Word (.doc)."), ".docx"
    elif any(name.encode("utf-16-le") in data for name in ("Workbook", "Book\0")):
        kind, ending = _("it is in the old format of Excel (.xls)."), ".xlsx"
    else:
        kind, ending = _("it is in an old format of Office."), ".docx / .xlsx"
    return HostileFile(file, kind, _("Open it and save it as {ending}.").format(ending=ending))
