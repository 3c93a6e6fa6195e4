"""How a name is looked for in a folded text, so that it is found as a name and as nothing else."""

import re

from msgspec import Struct

from fieldvisit.fieldwork.anonymity.folding import fold

_JOINTS = " -‐‑‒–—−'’.・,"
KANJI = "一-鿿々"
_JOINT = re.compile(f"[{re.escape(_JOINTS)}]+")
_PIECES = re.compile(f"[{re.escape(_JOINTS)}]+|[a-z0-9]+|.")
_HIRAGANA = re.compile("[ぁ-ゖー]+")
_KATAKANA = re.compile("[ァ-ヺー]+")
_ODDLY_SHORT = 3  # fewer letters of a syllabary stand in other words too
# What follows a word that is written in hiragana alone.
_PARTICLES = (
    "の|は|が|で|を|に|と|も|や|か(?![ぁ-ゖ])|へ|から|まで|より|など|なら|だけ|です|でし|さん"
)


class Pattern(Struct, frozen=True):
    """A regular expression over folded text; every match begins with the letter ``first``."""

    regex: str
    first: str


def whole(name: str) -> Pattern:
    """Return how a name is found: also with blanks within, in no longer word of its letters.

    Roman letters and katakana end at others of their kind. So do two letters of hiragana, which
    are found as ``reading`` finds them; kanji and longer hiragana are found anywhere.
    """
    text = fold(name).strip(_JOINTS)
    letters = _JOINT.sub("", text)
    if _KATAKANA.fullmatch(letters):
        return Pattern(f"(?<![ァ-ヺー]){_spaced(text)}(?![ァ-ヺー])", text[0])
    if _HIRAGANA.fullmatch(letters) and len(letters) < _ODDLY_SHORT:
        return reading(name)
    return Pattern(_edge(text[0], "(?<!{})") + _spaced(text) + _edge(text[-1], "(?!{})"), text[0])


def reading(kana: str) -> Pattern:
    """Return how a name in hiragana is found: as a word, with no more than a particle behind it."""
    text = fold(kana).strip()
    end = f"(?=$|[^ぁ-ゖー]|{_PARTICLES})"
    return Pattern(f"(?<![ぁ-ゖー]){_spaced(text)}{end}", text[0])


def apart(name: str) -> Pattern:
    """Return how a name is found that ends many others (津市): with no kanji before it.

    What a prefecture, a county or a city ends with may stand there.
    """
    found = whole(name)
    return Pattern(f"(?:(?<![{KANJI}])|(?<=[都道府県市郡区町村])){found.regex}", found.first)


def katakana(kana: str) -> str:
    """Return hiragana as katakana."""
    return "".join(chr(ord(c) + 0x60) if "ぁ" <= c <= "ゖ" else c for c in kana)


def _spaced(text: str) -> str:
    """Return text with blanks allowed between its letters; between Roman ones all or none."""
    pieces: list[str] = []
    for piece in _PIECES.findall(text):
        if _JOINT.fullmatch(piece):
            pieces.append(_JOINT.pattern[:-1] + "*")
        elif len(piece) > 1:
            pieces.append(f"(?:{piece}|{' +'.join(piece)})")
        else:
            pieces.append(re.escape(piece))
    return " *".join(pieces)


def _edge(letter: str, around: str) -> str:
    if not letter.isascii() or not letter.isalnum():
        return ""
    return around.format("[0-9]" if letter.isdigit() else "[a-z]")
