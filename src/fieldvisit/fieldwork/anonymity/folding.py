"""The form in which names are looked for, with the places in the text from which it came.

It is the normal form of `text.normal`; beyond that, letters lose their accents (Ōtsu), forms of one
letter are one (ヶ and ケ, 邉 and 辺), and characters that show nothing are left out.
"""

import re
import unicodedata
from collections.abc import Iterator
from functools import lru_cache

from msgspec import Struct

from fieldvisit.text import normal

# Forms of one letter in names: who is 渡邉 on his card is 渡辺 in a note.
_FORMS = (
    "ヶケ ヵカ ゖけ ゕか 邉辺 邊辺 髙高 﨑崎 齋斎 斉斎 齊斎 澤沢 濱浜 濵浜"
    " 廣広 國国 嶋島 嶌島 曾曽 櫻桜 惠恵 德徳 眞真 瀧滝 龍竜 條条 冨富 榮栄"
    " 與与 壽寿 圓円 實実 藏蔵 黑黒 淺浅 關関 柳栁 槇槙"
)
_SAME = {pair[0]: pair[1] for pair in _FORMS.split()}
_BLANK = " "
# Letters and signs that never change what stands before them; most of any text.
_FOR_ITSELF = re.compile(
    r"[\x00-\u02ff\u3001-\u3029\u3030-\u3096\u30a0-\u30ff\u4e00-\u9fff\uff01-\uff9d]"
)


class Folded(Struct, frozen=True):
    """A text in that form; ``starts`` and ``ends`` say for each character where it came from."""

    text: str
    starts: tuple[int, ...]
    ends: tuple[int, ...]

    def span(self, start: int, end: int) -> tuple[int, int]:
        """Return where in the original the characters from ``start`` to ``end`` stand."""
        return self.starts[start], self.ends[end - 1]


def fold(text: str) -> str:
    """Return a text in the form in which names are looked for."""
    return "".join(map(_plain, normal(text)))


def folded(text: str) -> Folded:
    """Return the same with its places."""
    characters, starts, ends = [], [], []
    for at, cluster in _clusters(text):
        for character in _folded(cluster):
            characters.append(character)
            starts.append(at)
            ends.append(at + len(cluster))
    return Folded("".join(characters), tuple(starts), tuple(ends))


def bare(text: str) -> str:
    """Return the same form without blanks: equal names are equal so."""
    return fold(text).replace(_BLANK, "")


def _clusters(text: str) -> Iterator[tuple[int, str]]:
    """Yield with its place each piece of the text that folds for itself."""
    start = 0
    for at in range(1, len(text) + 1):
        if at == len(text) or not _belongs(text[start:at], text[at]):
            yield start, text[start:at]
            start = at


def _belongs(before: str, character: str) -> bool:
    """Tell whether a character changes, or is changed by, what stands before it."""
    if _FOR_ITSELF.match(character):
        return (before, character) == ("\r", "\n")
    if unicodedata.combining(unicodedata.normalize("NFKD", character)[0]):
        return True
    together = unicodedata.normalize("NFKC", before + character)
    apart = unicodedata.normalize("NFKC", before) + unicodedata.normalize("NFKC", character)
    return together != apart


@lru_cache(maxsize=4096)
def _folded(cluster: str) -> str:
    return fold(cluster)


@lru_cache(maxsize=4096)
def _plain(character: str) -> str:
    if character.isascii():
        return character
    if unicodedata.category(character) == "Cf" or "VARIATION SELECTOR" in _name(character):
        return ""
    base = unicodedata.normalize("NFKD", character)[0]
    return base if base.isascii() and base.isalpha() else _SAME.get(character, character)


def _name(character: str) -> str:
    return unicodedata.name(character, "")
