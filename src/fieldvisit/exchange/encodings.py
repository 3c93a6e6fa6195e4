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
    return decoded(bytes_of(path, LARGEST_TABLE), path.name)


def decoded(data: bytes, name: str) -> str:
    """Return the text of the file ``name``, its line ends as they are.

    Raises BadText that names the byte which no encoding takes.
    """
    marked = next((known for mark, known in _MARKS if data.startswith(mark)), "")
    if not marked and (other := _other(data)):
        raise _bad(_("“{file}” seems to be in {encoding}.").format(file=name, encoding=other))
    tried, furthest = (marked,) if marked else ("utf-8", "cp932"), 0
    for encoding in tried:
        text, at = _try(data, encoding)
        if at < 0 and "\0" in text:
            line = text.count("\n", 0, text.index("\0")) + 1
            raise _bad(_("“{file}” holds a NUL character in line {n}.").format(file=name, n=line))
        if at < 0:
            return text
        furthest = max(furthest, at)
    raise _bad(
        _("“{file}” cannot be read as {encoding}: byte {byte} at {at} (line {n}).").format(
            file=name, encoding=" / ".join(tried).upper(), byte=f"0x{data[furthest]:02X}",
            at=furthest, n=data.count(b"\n", 0, furthest) + 1,
        )
    )  # fmt: skip


def _try(data: bytes, encoding: str) -> tuple[str, int]:
    """Return the text and the place of the first byte that the encoding does not take, or -1."""
    try:
        text = data.decode(encoding)
    except UnicodeDecodeError as error:
        mark = len(data) - len(error.object)  # what Python took off before it counted
        return "", mark + error.start
    bad = _UNDEFINED.intersection(text) if encoding == "cp932" else ()
    return text, len(text[: min(map(text.index, bad))].encode("cp932")) if bad else -1


def _other(data: bytes) -> str:
    """Return the other Japanese encoding that a file must be in, empty if it may be in ours."""
    if data.isascii():
        text, at = _try(data, "iso2022_jp") if _ISO_2022 in data else ("", -1)
        return "" if at >= 0 or text.isascii() else "ISO-2022-JP"
    is_other = _try(data, "utf-8")[1] >= 0 and _try(data, "euc_jp")[1] < 0
    return "EUC-JP" if is_other else ""


def _bad(sentence: str) -> BadText:
    return BadText(sentence, _("Save it as UTF-8 (in Excel: “CSV UTF-8”). Nothing was stored."))
