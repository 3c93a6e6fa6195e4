"""Words that stand in one field alone, in five scripts, and every form in which they may leak."""

import html
import io
import json
import re
import unicodedata
import zipfile
from collections.abc import Callable
from functools import cache
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
        """Return the canaries of the family that ``data`` holds in any form, also across lines."""
        unfolded = re.sub(rb"\r?\n", b"", data)
        both = data, unfolded
        return [word for word in self.family
                if any(needle in one for needle in _needles(word) for one in both)]  # fmt: skip

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


# Every way in which our formats, addresses and reports write what they cannot write as it is;
# that a format is understood at all is tested over the table of formats.
ESCAPES: tuple[Callable[[str], str], ...] = (
    str, str.lower, lambda text: json.dumps(text)[1:-1], html.escape, quote,
    lambda text: text.encode("unicode_escape").decode(), lambda text: str(text.encode())[2:-1],
    lambda text: _escaped(text, "&#{};"), lambda text: _escaped(text, "&#x{:x};"),
    lambda text: _escaped(text, "_x{:04X}_"), lambda text: _escaped(text, "<U+{:04X}>"),
)  # fmt: skip


@cache
def _needles(word: str) -> tuple[bytes, ...]:
    folded = {word, *(unicodedata.normalize(form, word) for form in ("NFC", "NFD", "NFKC"))}
    return tuple({escape(text).encode() for text in folded for escape in ESCAPES})
