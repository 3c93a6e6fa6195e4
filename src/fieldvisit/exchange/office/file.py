"""A Word or Excel file that came from outside: checked as a whole before anything reads it.

Nothing is ever extracted. What passes is a copy in memory that holds no bomb, no document type
and no macro. Links that lead out of it are named, and nobody follows them.
"""

import io
import struct
import zipfile
import zlib
from collections.abc import Iterator
from pathlib import PurePosixPath

from msgspec import Struct

from fieldvisit.exchange.office.hostile import HostileFile, damaged
from fieldvisit.exchange.office.links import outside, related, seen_alone
from fieldvisit.exchange.office.xml import ForbiddenXml
from fieldvisit.exchange.office.zip import check_parts
from fieldvisit.language import _
from fieldvisit.review.pieces import Piece, Where

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
_LONGEST_NAME = 80  # characters of the name of another file
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

    def ignored(self, where: Where) -> Iterator[Piece]:
        """Yield what lies outside of the file and is not followed, with where it leads."""
        for part in self.parts:
            if part.casefold().endswith(".rels"):
                for look, target in outside(self.part(part) or b""):
                    name = target.replace("\\", "/").rpartition("/")[2][:_LONGEST_NAME]
                    yield Piece(f"{seen_alone(look)}: {name}", where, look=look)


def office_parts(name: str, data: bytes) -> OfficeFile:
    """Return the file called ``name`` for reading; HostileFile says what is wrong with it."""
    if data.startswith(_OLD):
        raise _old(name, data)
    try:
        return OfficeFile(name, data, check_parts(name, data))
    except _BROKEN as error:
        raise damaged(name) from error


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
