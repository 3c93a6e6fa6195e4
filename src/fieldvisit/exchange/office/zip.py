"""The zip around a Word or Excel file: every entry is inflated once, counted and looked through."""

import io
import stat
import zipfile

from fieldvisit.exchange.office import xml
from fieldvisit.exchange.office.hostile import HostileFile, damaged
from fieldvisit.exchange.office.links import check_content_types, outside, with_macros
from fieldvisit.language import _

MOST_PARTS = 2_000
LARGEST = 200_000_000  # bytes, as a file and unpacked
STEEPEST = 200  # times that a part may shrink when packed
STEEP_FROM = 1_000_000  # bytes unpacked: below, anything may shrink

_ENTRY = b"PK\x01\x02"
_PIECE = 1 << 18
_ENCRYPTED = 0x1 | 0x40 | 0x2000
_TYPES = "[content_types].xml"


def check_parts(file: str, data: bytes) -> tuple[str, ...]:
    """Return the names of the parts after each was looked through; raises HostileFile."""
    # zipfile makes an object of every entry before one can count them.
    if data.count(_ENTRY) > 10 * MOST_PARTS:
        raise _too_many(file)
    with zipfile.ZipFile(io.BytesIO(data)) as packed:
        entries = packed.infolist()
        if len(entries) > MOST_PARTS:
            raise _too_many(file)
        _check_names(file, entries)
        left = LARGEST
        for entry in entries:
            left -= _check_entry(file, packed, entry, left)
    if _TYPES not in (entry.filename.casefold() for entry in entries):
        raise damaged(file)
    return tuple(entry.filename for entry in entries)


def _check_names(file: str, entries: list[zipfile.ZipInfo]) -> None:
    seen: set[str] = set()
    for entry in entries:
        name = entry.orig_filename
        if name.startswith("/") or {"\\", ":", "\0"} & set(name) or ".." in name.split("/"):
            raise _bad(file, _("the name of a part ({part}) leads out of it."), repr(name))
        if name.casefold() in seen:
            raise _bad(file, _("two of its parts have one name ({part})."), name)
        seen.add(name.casefold())
        _check_kind(file, entry)


def _check_kind(file: str, entry: zipfile.ZipInfo) -> None:
    name = entry.filename
    if stat.S_ISLNK(entry.external_attr >> 16):
        raise _bad(file, _("a part ({part}) is a link to another file."), name)
    if entry.flag_bits & _ENCRYPTED:
        raise _bad(file, _("a part ({part}) is encrypted."), name)
    if entry.compress_type not in (zipfile.ZIP_STORED, zipfile.ZIP_DEFLATED):
        raise damaged(file)
    if name.casefold().endswith("vbaproject.bin"):
        raise with_macros(file)


def _check_entry(file: str, packed: zipfile.ZipFile, entry: zipfile.ZipInfo, left: int) -> int:
    """Return how many bytes the entry really has, after looking into it."""
    name, pieces, size, parsed = entry.filename, [], 0, False
    with packed.open(entry) as part:
        while piece := part.read(_PIECE):
            parsed = parsed if size else xml.is_xml(name, piece)
            size += len(piece)
            if size > left:
                raise _too_large(file)
            if size > max(STEEP_FROM, STEEPEST * entry.compress_size):
                raise _bad(file, _("a part ({part}) would unpack to a suspicious size."), name)
            if parsed:
                _check_length(file, name, size)
                pieces.append(piece)
    if size != entry.file_size:
        raise damaged(file)
    if parsed:
        _check_xml(file, name, b"".join(pieces))
    return size


def _check_length(file: str, part: str, size: int) -> None:
    if size > xml.LARGEST_XML:
        raise HostileFile(
            file,
            _("a part ({part}) is larger than {limit} MB.").format(
                part=part, limit=xml.LARGEST_XML // 1_000_000
            ),
        )


def _check_xml(file: str, part: str, data: bytes) -> None:
    if xml.declares_a_type(data):
        raise _bad(file, _("a part ({part}) declares a document type (DTD)."), part)
    if not xml.has_known_encoding(data):
        raise _bad(file, _("a part ({part}) is not in UTF-8 or UTF-16."), part)
    if part.casefold() == _TYPES:
        check_content_types(file, data)
    if part.casefold().endswith(".rels"):
        list(outside(data))  # one that cannot be read is found here


def _too_many(file: str) -> HostileFile:
    return HostileFile(file, _("it has more than {limit} parts.").format(limit=f"{MOST_PARTS:,}"))


def _too_large(file: str) -> HostileFile:
    return HostileFile(
        file,
        _("unpacked it is larger than {limit} MB.").format(limit=LARGEST // 1_000_000),
    )


def _bad(file: str, reason: str, part: str) -> HostileFile:
    return HostileFile(file, reason.format(part=part[:80]))
