"""The one form in which names and shapes are looked for, with the places from which it came.

Widths and look-alikes are one (NFKC), Latin letters lose their accents (Ōtsu), forms of a letter in
names are one (渡邉, 渡辺), what shows nothing is gone, and so is a blank or line end beside a
Japanese letter. Capitals stay: shapes need them; names are compared without.
"""

import re
import unicodedata
from functools import lru_cache

from msgspec import Struct

KANJI = "㐀-䶿一-鿿々〆ケヵ"  # the last two as they stand in 龍ケ崎
_FORMS = (
    "ヶケ ゖけ ゕか 邉辺 邊辺 髙高 﨑崎 齋斎 斉斎 齊斎 澤沢 濱浜 濵浜"
    " 廣広 國国 嶋島 嶌島 曾曽 櫻桜 惠恵 德徳 眞真 瀧滝 龍竜 條条 冨富 榮栄"
    " 與与 壽寿 圓円 實実 藏蔵 黑黒 淺浅 關関 柳栁 槇槙 ‐- ‑- ‒- –- —- −- ’' ıi"
)
_ONE = str.maketrans({pair[0]: pair[1] for pair in _FORMS.split()})
# What is read together: a letter with its accents, voicing marks and what only steers its look.
_CLUSTER = re.compile(
    "[\u1100-\u115f][\u1160-\u11a7][\u11a8-\u11ff]?"
    "|.[\u0300-\u036f\u1ab0-\u1aff\u1dc0-\u1dff\u20d0-\u20ff\u3099\u309a\uff9e\uff9f"
    "\ufe00-\ufe0f\ufe20-\ufe2f\U000e0100-\U000e01ef]*",
    re.DOTALL,
)
_WIDE = re.compile("[\u2e80-\u9fff\uf900-\ufaff\U00020000-\U0003ffff]")


class Form(Struct, frozen=True):
    """A text in that form; ``starts`` and ``ends`` say of each character where it came from."""

    text: str
    starts: tuple[int, ...]
    ends: tuple[int, ...]

    def span(self, start: int, end: int) -> tuple[int, int]:
        """Return where in the original the characters from ``start`` to ``end`` stand."""
        return self.starts[start], self.ends[end - 1]


def form(text: str) -> Form:
    """Return a text in the form in which names are looked for."""
    found: list[tuple[str, int, int]] = []
    for match in _CLUSTER.finditer(text):
        for character in _folded(match.group()):
            before = found[-1][0] if found else ""
            if character == " " and (before == " " or _WIDE.match(before)):
                continue
            if before == " " and _WIDE.match(character):
                found.pop()
            found.append((character, match.start(), match.end()))
    characters, starts, ends = zip(*found, strict=True) if found else ((), (), ())
    return Form("".join(characters), starts, ends)


def bare(text: str) -> str:
    """Return what two ways to write one name have in common: its letters and digits, small."""
    return "".join(filter(str.isalnum, form(text).text.casefold()))


@lru_cache(maxsize=4096)
def _folded(cluster: str) -> str:
    shown = unicodedata.normalize("NFKC", cluster).translate(_ONE)
    return "".join(map(_plain, shown))


def _plain(character: str) -> str:
    if character.isascii():
        return " " if character.isspace() else character
    name = unicodedata.name(character, "")
    if unicodedata.category(character) == "Cf" or "VARIATION SELECTOR" in name:
        return ""
    base = unicodedata.normalize("NFKD", character)[0]
    if base.isascii() and base.isalpha():
        return base
    return " " if character.isspace() else character
