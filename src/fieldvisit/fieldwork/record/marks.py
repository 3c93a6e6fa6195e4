"""The marks 【…】 at the start of a paragraph.

They are read in both languages whatever language is in use.
"""

import re
from collections.abc import Mapping
from functools import cache

from msgspec import Struct

from fieldvisit import language
from fieldvisit.fieldwork.off_record_words import sounds_off_record
from fieldvisit.fieldwork.terms import DISCLOSURES, KINDS
from fieldvisit.fieldwork.vocabulary import Vocabulary
from fieldvisit.text import key

_MARK = r"【([^【】\n]*)(】?)"
_SPEAKER = r"(?i)【\s*(?:発言者|said by)\s*[:：]\s*([^【】\n]*)】"
_BETWEEN = "[・、,，/／]"


@cache
def _names(of: str) -> Mapping[str, str]:
    """The names of the kinds or the levels, in both languages, with the values that they mean."""
    return {
        key(name): value
        for value, term in (KINDS if of == "kind" else DISCLOSURES).items()
        for name in (value, term.ja, term.en, term.mark)
        if name
    }


class Marks(Struct, frozen=True):
    """What stood at the start of a paragraph, and the text after it without blanks around.

    ``speakers`` are as typed, by name, post or both.
    """

    kinds: frozenset[str]
    disclosures: frozenset[str]
    rest: str
    speakers: frozenset[str] = frozenset()


def mark(vocabulary: Vocabulary, value: str) -> str:
    """Return the 【…】 of a kind or disclosure in the language in use; empty if unknown."""
    term = vocabulary.get(value)
    if term is None:
        return ""
    return f"【{term.mark if language.current() == 'ja' else term.en}】"


def speaker_mark(speaker: str) -> str:
    """Return the 【…】 that says who spoke; empty if nobody, or if the name cannot stand in it."""
    name = " ".join(speaker.split())
    if not name or "【" in name or "】" in name:
        return ""
    return f"【発言者：{name}】" if language.current() == "ja" else f"【said by: {name}】"


def read_marks(text: str) -> Marks:
    """Take all known marks off the start of ``text``; `【発言・オフレコ】` is two."""
    rest, at = text.strip(), 0
    names: set[str] = set()
    speakers: set[str] = set()
    while (said_by := re.compile(_SPEAKER).match(rest, at)) or _known_parts(rest, at):
        if said_by:
            speakers.add(" ".join(said_by[1].split()))
        else:
            names.update(_known_parts(rest, at))
        at = _behind_blanks(rest, rest.index("】", at) + 1)
    rest = rest[at:]
    return Marks(
        frozenset(value for name, value in _names("kind").items() if name in names),
        frozenset(value for name, value in _names("disclosure").items() if name in names),
        rest,
        frozenset(speakers - {""}),
    )


def begins_with_mark(text: str) -> bool:
    """Tell whether a known mark stands at the very start."""
    return bool(_known_parts(text) or re.match(_SPEAKER, text))


def almost_off_record(text: str) -> bool:
    r"""Tell whether the first line means off the record without being that mark: `（オフレコ）`.

    Such a paragraph must not pass for one without a mark. A `\` at the start says that it is text.
    """
    line, _newline, _rest = text.partition("\n")
    return not (line.startswith("\\") or begins_with_mark(line)) and sounds_off_record(line)


def _behind_blanks(text: str, at: int) -> int:
    while at < len(text) and text[at].isspace():
        at += 1
    return at


def _known_parts(text: str, at: int = 0) -> list[str]:
    found = re.compile(_MARK).match(text, at)
    if not found or not found[2]:
        return []
    parts = [key(part) for part in re.split(_BETWEEN, found[1])]
    return parts if {*_names("kind"), *_names("disclosure")}.issuperset(parts) else []
