"""A Word or Excel file that came from outside: checked as a whole before anything reads it.

Every entry of the zip is inflated once and counted. Nothing is ever extracted. What passes is a
copy in memory that holds no bomb and no macro; a part with a document type is never parsed. Links
that lead out of it are named, and nobody follows them.
"""

import io
import posixpath
import stat
import struct
import zipfile
import zlib
from collections.abc import Iterator, Mapping
from contextlib import contextmanager, suppress
from xml.etree.ElementTree import iterparse
from xml.parsers import expat

from msgspec import Struct

from fieldvisit.exchange.refusals import HostileFile, TooMuch
from fieldvisit.language import _
from fieldvisit.review.pieces import Piece, Where

MOST_PARTS = 2_000
LARGEST = 200_000_000  # bytes, as a file and unpacked
STEEPEST = 200  # times that a part may shrink when packed
STEEP_FROM = 1_000_000  # bytes unpacked: below, anything may shrink
LARGEST_XML = 50_000_000  # bytes
MOST_TAGS = 200_000  # in a part that only lists others

# What zipfile, its decompressor and parsers of XML raise for broken files.
_BROKEN = (
    zipfile.BadZipFile, zlib.error, struct.error, EOFError, OSError, ValueError, IndexError,
    NotImplementedError, OverflowError, SyntaxError, expat.ExpatError,
)  # fmt: skip
_LONGEST_NAME = 80  # characters of the name of another file, or of a part
_OLD = b"\xd0\xcf\x11\xe0\xa1\xb1\x1a\xe1"
_ENTRY = b"PK\x01\x02"
_PIECE = 1 << 18
_ENCRYPTED = 0x1 | 0x40 | 0x2000
_TYPES = "[content_types].xml"
# Kinds of content that can act: macros of today and of Excel 4.
_ACTING = ("macroenabled", "vbaproject", "vbadata", "macrosheet")
_TOLD_ELSEWHERE = frozenset({"hyperlink", "image", "oleObject"})


class _Begun(Exception):
    """The first element of a part, before which its document type would stand."""


class OfficeFile(Struct, frozen=True):
    """A file that passed: its ``name`` without folders, and the ``copy`` that was checked."""

    name: str
    copy: bytes
    parts: tuple[str, ...] = ()

    def part(self, name: str) -> bytes | None:
        """Return the bytes of a part of XML, None if there is none; names know no case.

        HostileFile for one with a document type or too large: neither is ever parsed. Raises
        ExpatError, ValueError if it is no XML.
        """
        stored = {part.casefold(): part for part in self.parts}.get(name.casefold())
        if stored is None:
            return None
        with zipfile.ZipFile(io.BytesIO(self.copy)) as packed:
            data = packed.read(stored)
        if len(data) > LARGEST_XML:
            reason = _("a part ({part}) is larger than {limit} MB.")
            raise _bad(self.name, reason, name, LARGEST_XML // 1_000_000)
        _check_type(self.name, name, data)
        return data

    def links(self, part: str, kind: str) -> tuple[tuple[str, str], ...]:
        """Return id and name of each part that ``part`` (empty: the file) names as its ``kind``."""
        folder, name = posixpath.split(part)
        data = self.part(posixpath.join(folder, "_rels", f"{name}.rels"))
        return tuple(
            (link, posixpath.normpath(posixpath.join("/", folder, target)).lstrip("/"))
            for link, known, target, outside in _links(data or b"<none/>")
            if known == kind and not outside
        )

    def related(self, part: str, kind: str) -> tuple[str, ...]:
        """Return the names of the parts that ``links`` gives: `styles`, `comments` and so on."""
        return tuple(name for _id, name in self.links(part, kind))

    def ignored(self, where: Where) -> Iterator[Piece]:
        """Yield what lies outside of the file and is not followed, with where it leads.

        Links to be clicked are text; pictures and objects are told where they are seen.
        """
        for part in self.parts:
            data = self.part(part) if part.casefold().endswith(".rels") else None
            for _id, kind, target, outside in _links(data or b"<none/>"):
                if outside and kind not in _TOLD_ELSEWHERE:
                    look = "template" if kind == "attachedTemplate" else "link"
                    name = target.replace("\\", "/").rpartition("/")[2][:_LONGEST_NAME]
                    yield Piece(f"{seen_alone(look)}: {name}", where, look=look)


def office_parts(name: str, data: bytes) -> OfficeFile:
    """Return the file called ``name`` for reading; HostileFile says what is wrong with it."""
    if data.startswith(_OLD):
        raise _old(name, data)
    with refusing(name):
        file = OfficeFile(name, data, _checked_parts(name, data))
        _check_kinds(file)
        return file


@contextmanager
def refusing(name: str) -> Iterator[None]:
    """Let whatever is broken or too much in the file ``name`` be its refusal."""
    try:
        yield
    except TooMuch as much:
        raise HostileFile(name, str(much), much.way) from much
    except _BROKEN as error:
        raise HostileFile(
            name,
            _("it is no Word or Excel file, or it is damaged."),
            _("If Word or Excel opens it, save it there anew as .docx or .xlsx."),
        ) from error


def seen_alone(look: str) -> str:
    """Return the word for one of IGNORED: something that is seen and holds no text."""
    return {
        "picture": _("picture"),
        "embedded": _("embedded file"),
        "template": _("template"),
        "link": _("link to another file"),
    }[look]


def tags(data: bytes) -> Iterator[tuple[str, Mapping[str, str]]]:
    """Yield the start tags of a small part in order: the local name, the attributes.

    Raises SyntaxError for broken XML, ValueError beyond MOST_TAGS.
    """
    found = iterparse(io.BytesIO(data), ("start",))  # noqa: S314 - nothing here has a type
    for number, (_event, one) in enumerate(found):
        if number == MOST_TAGS:
            raise ValueError("too many tags")
        yield one.tag.rpartition("}")[2], one.attrib


def _links(data: bytes) -> Iterator[tuple[str, str, str, bool]]:
    """Yield id, kind and target of each relationship, and whether it leads out of the file."""
    for tag, attributes in tags(data):
        if tag == "Relationship":
            kind = attributes.get("Type", "").rpartition("/")[2]
            outside = attributes.get("TargetMode", "").casefold() == "external"
            yield attributes.get("Id", ""), kind, attributes.get("Target", ""), outside


def _checked_parts(file: str, data: bytes) -> tuple[str, ...]:
    # zipfile makes an object of every entry before one can count them.
    if data.count(_ENTRY) > 10 * MOST_PARTS:
        raise _too_many(file)
    with zipfile.ZipFile(io.BytesIO(data)) as packed:
        entries = packed.infolist()
        if len(entries) > MOST_PARTS:
            raise _too_many(file)
        seen: set[str] = set()
        for entry in entries:
            _check_name(file, entry, seen)
        left = LARGEST
        for entry in entries:
            left -= _check_entry(file, packed, entry, left)
    return tuple(entry.filename for entry in entries)


def _check_name(file: str, entry: zipfile.ZipInfo, seen: set[str]) -> None:
    name = entry.orig_filename
    if name.startswith("/") or {"\\", ":", "\0"} & set(name) or ".." in name.split("/"):
        raise _bad(file, _("the name of a part ({part}) leads out of it."), repr(name))
    if name.casefold() in seen:
        raise _bad(file, _("two of its parts have one name ({part})."), name)
    seen.add(name.casefold())
    if stat.S_ISLNK(entry.external_attr >> 16):
        raise _bad(file, _("a part ({part}) is a link to another file."), name)
    if entry.flag_bits & _ENCRYPTED:
        raise _bad(file, _("a part ({part}) is encrypted."), name)
    if entry.compress_type not in (zipfile.ZIP_STORED, zipfile.ZIP_DEFLATED):
        raise NotImplementedError
    if name.casefold().endswith("vbaproject.bin"):
        raise _with_macros(file)


def _check_entry(file: str, packed: zipfile.ZipFile, entry: zipfile.ZipInfo, left: int) -> int:
    """Return how many bytes the entry really has, after looking into it."""
    name, size = entry.filename, 0
    with packed.open(entry) as part:
        while piece := part.read(_PIECE):
            size += len(piece)
            if size > left:
                reason = _("unpacked it is larger than {limit} MB.")
                raise HostileFile(file, reason.format(limit=LARGEST // 1_000_000))
            if size > max(STEEP_FROM, STEEPEST * entry.compress_size):
                raise _bad(file, _("a part ({part}) would unpack to a suspicious size."), name)
    if size != entry.file_size:
        raise ValueError(size)
    return size


def _check_kinds(file: OfficeFile) -> None:
    """Refuse what can act; raises ValueError if it is no file of Office, which lists its parts."""
    if (data := file.part(_TYPES)) is None:
        raise ValueError(_TYPES)
    kinds = (attributes.get("ContentType", "").casefold() for _tag, attributes in tags(data))
    if any(word in kind for kind in kinds for word in _ACTING):
        raise _with_macros(file.name)


def _check_type(file: str, part: str, data: bytes) -> None:
    """Refuse a document type, with which a part may name files or grow without end."""

    def refuse(*_said: object) -> None:
        raise _bad(file, _("a part ({part}) declares a document type (DTD)."), part)

    def begin(*_said: object) -> None:
        raise _Begun

    parser = expat.ParserCreate()
    parser.StartDoctypeDeclHandler, parser.StartElementHandler = refuse, begin
    with suppress(_Begun):
        parser.Parse(data, True)


def _old(file: str, data: bytes) -> HostileFile:
    """Return the refusal of a compound file, by the names of the streams that it holds."""

    def holds(*names: str) -> bool:
        return any(name.encode("utf-16-le") in data for name in names)

    if holds("EncryptedPackage"):
        way = _("Open it with the password, take the password out, and save it.")
        return HostileFile(file, _("it is protected by a password."), way)
    if holds("WordDocument"):
        kind, ending = _("it is in the old format of Word (.doc)."), ".docx"
    elif holds("Workbook", "Book\0"):
        kind, ending = _("it is in the old format of Excel (.xls)."), ".xlsx"
    else:
        kind, ending = _("it is in an old format of Office."), ".docx / .xlsx"
    return HostileFile(file, kind, _("Open it and save it as {ending}.").format(ending=ending))


def _with_macros(file: str) -> HostileFile:
    way = _("Open it, save it as .docx or .xlsx (without macros), and give that file.")
    return HostileFile(file, _("it holds macros."), way)


def _too_many(file: str) -> HostileFile:
    return HostileFile(file, _("it has more than {limit} parts.").format(limit=f"{MOST_PARTS:,}"))


def _bad(file: str, reason: str, part: str, limit: int = 0) -> HostileFile:
    return HostileFile(file, reason.format(part=part[:_LONGEST_NAME], limit=limit))
