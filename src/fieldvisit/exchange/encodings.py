"""Text files as they come back: UTF-8, UTF-16 with its mark, or the CP932 of Japanese Windows.

Nothing is guessed and no character is ever put in the place of another.
"""

import codecs
from pathlib import Path

from fieldvisit.doors.inputs import LARGEST_TABLE, bytes_of
from fieldvisit.errors import BadText
from fieldvisit.language import _

_MARKS = (
    (codecs.BOM_UTF8, "utf-8-sig"),
    (codecs.BOM_UTF16_LE, "utf-16"),
    (codecs.BOM_UTF16_BE, "utf-16"),
)
# Bytes that CP932 leaves undefined and Python lets through.
_UNDEFINED = frozenset("\x80\xa0\uf8f0\uf8f1\uf8f2\uf8f3")
_ISO_2022 = b"\x1b$"


def text_of(path: Path) -> str:
    """Return the text of the file at ``path``; Refused where it cannot be had whole."""
    return decoded(bytes_of(path, LARGEST_TABLE), path.name)[0]


def decoded(data: bytes, name: str) -> tuple[str, str]:
    """Return the text of the file ``name`` and its encoding as Python calls it.

    Line ends stay as they are. Raises BadText that names the byte which no encoding takes.
    """
    text, encoding = _decoded(data, name)
    if "\0" in text:
        line = text.count("\n", 0, text.index("\0")) + 1
        raise BadText(
            _("“{file}” holds a NUL character in line {n}.").format(file=name, n=line),
            _hint(),
        )
    return text, encoding


def _decoded(data: bytes, name: str) -> tuple[str, str]:
    encoding = next((known for mark, known in _MARKS if data.startswith(mark)), "")
    if encoding:
        return _strict(data, name, encoding), encoding
    if _is_iso_2022(data):
        raise _other(name, "ISO-2022-JP")
    try:
        return data.decode("utf-8"), "utf-8"
    except UnicodeDecodeError as error:
        return _as_cp932(data, name, error), "cp932"


def _strict(data: bytes, name: str, encoding: str) -> str:
    try:
        return data.decode(encoding)
    except UnicodeDecodeError as error:
        mark = len(data) - len(error.object)  # what Python took off before it counted
        raise _bad_byte(data, name, mark + error.start, encoding.upper()) from error


def _as_cp932(data: bytes, name: str, as_utf8: UnicodeDecodeError) -> str:
    if _decodes(data, "euc_jp"):
        raise _other(name, "EUC-JP")
    try:
        text = data.decode("cp932")
    except UnicodeDecodeError as error:
        at = max(error.start, as_utf8.start)
        raise _bad_byte(data, name, at, "UTF-8 / CP932") from error
    if bad := _UNDEFINED.intersection(text):
        before = text[: min(map(text.index, bad))]
        raise _bad_byte(data, name, len(before.encode("cp932")), "CP932")
    return text


def _is_iso_2022(data: bytes) -> bool:
    found = data.isascii() and _ISO_2022 in data and _decodes(data, "iso2022_jp")
    return found and not data.decode("iso2022_jp").isascii()


def _decodes(data: bytes, encoding: str) -> bool:
    try:
        data.decode(encoding)
    except UnicodeDecodeError:
        return False
    return True


def _bad_byte(data: bytes, name: str, at: int, encoding: str) -> BadText:
    line = data.count(b"\n", 0, at) + 1
    return BadText(
        _("“{file}” cannot be read as {encoding}: byte {byte} at {at} (line {n}).").format(
            file=name, encoding=encoding, byte=f"0x{data[at]:02X}", at=at, n=line
        ),
        _hint(),
    )


def _other(name: str, encoding: str) -> BadText:
    return BadText(
        _("“{file}” seems to be in {encoding}.").format(file=name, encoding=encoding), _hint()
    )


def _hint() -> str:
    return _("Save it as UTF-8 (in Excel: “CSV UTF-8”). Nothing was stored.")
