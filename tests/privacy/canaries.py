"""Words that stand in one field alone, in five scripts, and every form in which they may leak."""

import base64
import html
import json
import unicodedata
from collections.abc import Iterator
from dataclasses import dataclass, field
from urllib.parse import quote

OFF_RECORD = ("KAGEMUSHA", "鵺啼夜話", "🦉🌘🔥", "か\u3099き\u3099く\u3099け\u3099", "ｵﾌﾚｺﾖﾀｶ")
GROUP = ("KANKEISHA", "籠中之鳥", "🐤🔒📎", "し\u3099す\u3099せ\u3099そ\u3099", "ｶﾝｹｲｼｬﾉﾐ")


@dataclass
class Cage:
    """Canaries of one family; each field gets its own, and is known again by its number."""

    family: tuple[str, ...]
    fields: dict[str, str] = field(default_factory=dict)

    def __call__(self, name: str, *, joint: str = " ") -> str:
        """Return the text to put into the field ``name``."""
        number = len(self.fields) + 10
        self.fields[name] = joint.join(f"{word}{number}" for word in self.family)
        return self.fields[name]

    def leaks(self, data: bytes) -> list[str]:
        """Return the forms of any canary of the family that ``data`` holds."""
        return [f"{word} as {form}" for word in self.family for form, n in _needles(word)
                if n in data]  # fmt: skip

    def missing(self, data: str) -> list[str]:
        """Return the fields of which not every word stands in ``data``."""
        return [name for name, text in self.fields.items()
                if any(word not in data for word in text.split())]  # fmt: skip


def _needles(word: str) -> Iterator[tuple[str, bytes]]:
    folded = {unicodedata.normalize(form, word) for form in ("NFC", "NFD", "NFKC")}
    for text in {word, word.lower(), *folded}:
        for encoding in ("utf-8", "utf-16-le", "utf-16-be"):
            yield encoding, text.encode(encoding)
        if cp932 := text.encode("cp932", "ignore"):
            whole = len(cp932.decode("cp932")) == len(text)
            yield from [("cp932", cp932)] if whole else []
        for escaped in _escaped(text):
            yield "an escape", escaped.encode()
        yield from (("base64", piece) for piece in _base64(text.encode()))


def _escaped(text: str) -> Iterator[str]:
    yield json.dumps(text)[1:-1]
    yield json.dumps(text)[1:-1].upper()
    yield quote(text)
    yield quote(text).lower()
    yield html.escape(text)
    yield "".join(f"&#{ord(c)};" for c in text)
    yield "".join(f"&#x{ord(c):x};" for c in text)
    yield "".join(f"<U+{ord(c):04X}>" for c in text)
    yield text.encode("unicode_escape").decode()
    yield str(text.encode())[2:-1]


def _base64(data: bytes) -> Iterator[bytes]:
    """Yield what of ``data`` is the same in base64 wherever it stands in a text."""
    for before in range(3):
        coded = base64.b64encode(b"\0" * before + data)
        yield coded[4 if before else 0 : len(coded) - 4]
