"""How much a correction has in common with the passage that it is to replace."""

import re
from itertools import pairwise

from fieldvisit.text import normal

_PIECE = re.compile(r"[a-z']+|#|\w")
_DIGIT = "[0-9〇一二三四五六七八九十百千万億]"
_NUMBER = re.compile(rf"{_DIGIT}(?:[0-9.,]*{_DIGIT})*")
_GRAMMAR = re.compile("[ぁ-ゖー]*")
_LONG_WORD = 4  # letters
_FEW = 0.3


def has_little_in_common(text: str, passage: str) -> bool:
    """Tell whether a text shares next to nothing with a passage, and so is no correction of it.

    Compared are characters side by side and words of Latin letters; any number stands for any
    other. Of the shorter of the two a third is enough.
    """
    own, other = _units(text), _units(passage)
    if not own or not other:  # a word or two
        return not set(_pieces(text)) & set(_pieces(passage))
    return len(own & other) < _FEW * min(len(own), len(other))


def kept_share(text: str, passage: str) -> float:
    """Return how much of a passage a text holds, from 0 to 1."""
    own, other = _units(text), _units(passage)
    return len(own & other) / len(other) if other else 0.0


def _units(text: str) -> frozenset[str]:
    pieces = _pieces(text)
    pairs = (" ".join(two) for two in pairwise(pieces) if not _GRAMMAR.fullmatch("".join(two)))
    words = (piece for piece in pieces if len(piece) >= _LONG_WORD)
    return frozenset((*pairs, *words))


def _pieces(text: str) -> list[str]:
    return _PIECE.findall(_NUMBER.sub("#", normal(text)))
