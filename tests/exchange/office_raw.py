"""Word and Excel files made by hand, as no program writes them."""

import random
import struct
import zipfile
import zlib
from collections.abc import Callable
from pathlib import Path

import pytest

from exchange.word_raw import OFFICE, TYPES, links, pack
from fieldvisit.exchange import office

Make = Callable[[Path], Path]

BODY = "<w:document xmlns:w='w'><w:body/></w:document>"
GOOD: dict[str, str | bytes] = {
    "[Content_Types].xml": TYPES,
    "_rels/.rels": links({"officeDocument": "word/document.xml"}),
    "word/document.xml": BODY,
}


def with_part(name: str, data: str | bytes) -> Make:
    return lambda path: pack(path, GOOD | {name: data})


def outside(kind: str, target: str = "http://x.invalid/x") -> str:
    return (
        '<Relationships xmlns="http://schemas.openxmlformats.org/package/2006/relationships">'
        f'<Relationship Id="r" Type="{OFFICE}/{kind}" Target="{target}" TargetMode="External"/>'
        "</Relationships>"
    )


def typed(kind: str) -> str:
    return TYPES.replace("</Types>", f'<Override PartName="/x" ContentType="{kind}"/></Types>')


def in_utf_16(xml: str, encoding: str = "utf-16") -> bytes:
    return f'<?xml version="1.0" encoding="UTF-16"?>{xml}'.encode(encoding)


def twice(path: Path) -> Path:
    pack(path, GOOD)
    with pytest.warns(UserWarning, match="Duplicate"), zipfile.ZipFile(path, "a") as out:
        out.writestr("word/document.xml", "<w:other/>")
    return path


def as_link(path: Path) -> Path:
    pack(path, GOOD)
    with zipfile.ZipFile(path, "a") as out:
        entry = zipfile.ZipInfo("word/link.xml")
        entry.create_system, entry.external_attr = 3, 0o120777 << 16
        out.writestr(entry, "/etc/passwd")
    return path


def changed(path: Path, change: Callable[[bytearray, zipfile.ZipInfo], None]) -> Path:
    """Change the entry of the document in the directory of the zip."""
    pack(path, GOOD)
    data = bytearray(path.read_bytes())
    with zipfile.ZipFile(path) as packed:
        entry = packed.getinfo("word/document.xml")
    at = data.rindex(b"word/document.xml") - 46
    view = data[at : at + 46]
    change(view, entry)
    data[at : at + 46] = view
    path.write_bytes(data)
    return path


def marked_encrypted(path: Path) -> Path:
    return changed(path, lambda view, _entry: view.__setitem__(8, view[8] | 1))


def lying_about_size(path: Path) -> Path:
    def shrink(view: bytearray, entry: zipfile.ZipInfo) -> None:
        view[24:28] = struct.pack("<I", entry.file_size - 5)

    return changed(path, shrink)


def in_another_packing(path: Path) -> Path:
    with zipfile.ZipFile(path, "w", zipfile.ZIP_LZMA) as out:
        for name, data in GOOD.items():
            out.writestr(name, data)
    return path


def many_parts(path: Path) -> Path:
    return pack(path, GOOD | {f"word/media/{n}.bin": "" for n in range(office.MOST_PARTS)})


def huge_directory(path: Path) -> Path:
    """A file of two million entries, which a reader must not make objects of first."""
    entry = b"PK\x01\x02" + bytes(24) + struct.pack("<H", 1) + bytes(16) + b"x"
    directory = entry * 2_000_000
    end = b"PK\x05\x06" + struct.pack("<HHHHIIH", 0, 0, 65535, 65535, len(directory), 0, 0)
    path.write_bytes(directory + end)
    return path


def bomb(path: Path) -> Path:
    return pack(path, GOOD | {"word/big.xml": b"<a>" + b"x" * 120_000_000})


def piece() -> bytes:
    """Bytes that shrink much, but not more than is suspicious."""
    return (random.Random(0).randbytes(1_000) + bytes(40_000)) * 460


def many_small_bombs(path: Path) -> Path:
    """Each part is harmless; together they are too much."""
    parts = {f"word/media/{n}.bin": piece() for n in range(11)}
    with zipfile.ZipFile(path, "w", zipfile.ZIP_DEFLATED, compresslevel=1) as out:
        for name, data in (GOOD | parts).items():
            out.writestr(name, data)
    return path


def overlapping(path: Path) -> Path:
    """Many entries over the same bytes, as in bombs of a new kind."""
    packer = zlib.compressobj(9, zlib.DEFLATED, -15)
    packed = packer.compress(piece()) + packer.flush()
    local = b"PK\x03\x04" + struct.pack(
        "<HHHHHIIIHH", 20, 0, 8, 0, 0, zlib.crc32(piece()), len(packed), len(piece()), 1, 0
    )
    one = b"PK\x01\x02" + struct.pack(
        "<HHHHHHIIIHHHHHII",
        20, 20, 0, 8, 0, 0, zlib.crc32(piece()), len(packed), len(piece()), 1, 0, 0, 0, 0, 0, 0,
    )  # fmt: skip
    directory = one + b"x"
    more = b"".join(one[:28] + struct.pack("<H", 4) + one[30:46] + b"%04d" % n for n in range(1000))
    body = local + b"x" + packed
    end = b"PK\x05\x06" + struct.pack(
        "<HHHHIIH", 0, 0, 1001, 1001, len(directory + more), len(body), 0
    )
    path.write_bytes(body + directory + more + end)
    return path


def compound(*streams: str) -> Make:
    def make(path: Path) -> Path:
        names = b"".join(name.encode("utf-16-le") + bytes(8) for name in streams)
        path.write_bytes(b"\xd0\xcf\x11\xe0\xa1\xb1\x1a\xe1" + bytes(504) + names)
        return path

    return make


def of_bytes(data: bytes) -> Make:
    def make(path: Path) -> Path:
        path.write_bytes(data)
        return path

    return make


TYPE = '<!DOCTYPE w [<!ENTITY a "aaaa">]>'
