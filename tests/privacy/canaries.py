"""Words that stand in one field alone, in five scripts, and every form in which they may leak."""

import base64
import html
import io
import json
import quopri
import re
import unicodedata
import zipfile
from collections.abc import Callable, Iterator
from urllib.parse import quote

from msgspec import Struct, field

OFF_RECORD = ("KAGEMUSHA", "鵺啼夜話", "🦉🌘🔥", "か\u3099き\u3099く\u3099け\u3099", "ｵﾌﾚｺﾖﾀｶ")
GROUP = ("KANKEISHA", "籠中之鳥", "🐤🔒📎", "し\u3099す\u3099せ\u3099そ\u3099", "ｶﾝｹｲｼｬﾉﾐ")


class Cage(Struct):
    """Canaries of one family; each field gets its own, and is known again by its number."""

    family: tuple[str, ...]
    fields: dict[str, str] = field(default_factory=dict)

    def __call__(self, name: str, *, joint: str = " ") -> str:
        """Return the text to put into the field ``name``."""
        number = len(self.fields) + 10
        self.fields[name] = joint.join(f"{word}{number}" for word in self.family)
        return self.fields[name]

    def leaks(self, data: bytes) -> list[str]:
        """Return the forms of any canary of the family that ``data`` holds, also across lines."""
        unfolded = re.sub(rb"=?\r?\n", b"", data)
        return [
            f"{word} as {form}"
            for word in self.family
            for form, needle in _needles(word)
            if needle in data or needle in unfolded
        ]

    def missing(self, data: str) -> list[str]:
        """Return the fields of which not every word stands in ``data``."""
        return [name for name, text in self.fields.items()
                if any(word not in data for word in text.split())]  # fmt: skip


def unzipped(data: bytes) -> bytes:
    """The parts of a file of Word or Excel one after the other; other data as it is."""
    if not data.startswith(b"PK"):
        return data
    with zipfile.ZipFile(io.BytesIO(data)) as office:
        return b"\n".join(office.read(name) for name in office.namelist())


def _escaped(text: str, form: str) -> str:
    return "".join(form.format(ord(c)) for c in text)


# Every form that an output could hold a text in: how a whole text would be written in it.
ENCODINGS = ("utf-8", "utf-16-le", "utf-16-be", "utf-32-le", "cp932", "euc-jp", "iso2022_jp_3")
ESCAPES: dict[str, Callable[[str], str]] = {
    "JSON": lambda text: json.dumps(text)[1:-1],
    "JSON in capitals": lambda text: json.dumps(text)[1:-1].upper(),
    "Python": lambda text: text.encode("unicode_escape").decode(),
    "the bytes of Python": lambda text: str(text.encode())[2:-1],
    "an address": quote,
    "an address in small letters": lambda text: quote(text).lower(),
    "HTML": html.escape,
    "HTML in numbers": lambda text: _escaped(text, "&#{};"),
    "XML": lambda text: _escaped(text, "&#x{:x};"),
    "XML in capitals": lambda text: _escaped(text, "&#x{:X};"),
    "Excel": lambda text: _escaped(text, "_x{:04X}_"),
    "RTF": lambda text: _escaped(text, r"\u{}?"),
    "a terminal": lambda text: _escaped(text, "<U+{:04X}>"),
    "quoted-printable": lambda text: "".join(f"={byte:02X}" for byte in text.encode()),
    "quoted-printable but for letters": lambda text: quopri.encodestring(text.encode()).decode(),
    "hexadecimal": lambda text: text.encode().hex(),
    "hexadecimal in capitals": lambda text: text.encode().hex().upper(),
}


def _needles(word: str) -> Iterator[tuple[str, bytes]]:
    folded = {unicodedata.normalize(form, word) for form in ("NFC", "NFD", "NFKC")}
    for text in {word, word.lower(), *folded}:
        for encoding in ENCODINGS:
            if can(text, encoding):
                # What switches to other characters stands elsewhere among others of their kind.
                yield encoding, re.sub(rb"^\x1b\$.[A-Z]?|\x1b\(B$", b"", text.encode(encoding))
        for name, escape in ESCAPES.items():
            yield name, escape(text).encode()
        yield from (("base64", piece) for piece in _base64(text.encode()))
        yield from (("UTF-7", piece) for piece in _base64(text.encode("utf-16-be")))


def can(text: str, encoding: str) -> bool:
    """Tell whether the encoding has every character of the text."""
    try:
        return text.encode(encoding).decode(encoding) == text
    except UnicodeError:
        return False


def _base64(data: bytes) -> Iterator[bytes]:
    """Yield what of ``data`` is the same in base64 wherever it stands in a text."""
    for before in range(3):
        coded = base64.b64encode(b"\0" * before + data)
        yield coded[4 if before else 0 : len(coded) - 4]
