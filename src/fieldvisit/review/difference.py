"""What differs between two texts, word by word."""

import re
from collections.abc import Iterator
from difflib import SequenceMatcher

from msgspec import Struct

# A number with its points stays whole, and so does a run of one script; all else goes by signs.
_WORD = r"[0-9０-９][0-9０-９.,．，]*|[^\W\d_一-鿿ぁ-ゖァ-ヺー]+|[ァ-ヺー]+|[一-鿿々]+|\s+|."


class Part(Struct, frozen=True):
    """A run of a text: ``how`` is `same`, `gone` (only before) or `new` (only after)."""

    how: str
    text: str


def difference(before: str, after: str) -> tuple[Part, ...]:
    """Return the parts: without the new ones they are ``before``, without those gone ``after``."""
    return tuple(part for part in _parts(_words(before), _words(after)) if part.text)


def _words(text: str) -> list[str]:
    return re.findall(_WORD, text, re.DOTALL)


def _parts(before: list[str], after: list[str]) -> Iterator[Part]:
    matcher = SequenceMatcher(None, before, after, autojunk=False)
    for how, start, end, start_after, end_after in matcher.get_opcodes():
        if how == "equal":
            yield Part("same", "".join(before[start:end]))
        else:
            yield Part("gone", "".join(before[start:end]))
            yield Part("new", "".join(after[start_after:end_after]))
