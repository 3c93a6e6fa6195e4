"""The one reader of marks on every way in: 【…】, and words of levels alone in （…）.

Those at the start or the end of a text are honoured if they are known. Anywhere else, unknown or
at odds they make it a text that a person must look at; none is ever kept silently.
"""

import re
from collections.abc import Iterator

from msgspec import Struct

from fieldvisit import language
from fieldvisit.fieldwork.disclosure import strictest
from fieldvisit.fieldwork.terms import DISCLOSURES, KINDS
from fieldvisit.fieldwork.vocabulary import Vocabulary

_BRACKET = r"【[^【】\n]*】|[（(][^（）()\n]*[）)]"
_AT_START = re.compile(rf"\s*({_BRACKET})")
_AT_END = re.compile(rf"({_BRACKET})\s*([。．.]?)\s*$")
_ANYWHERE = re.compile(_BRACKET)
_SPEAKER = re.compile(r"(?i)\s*(?:発言者|said by)\s*[:：]\s*(\S.*)")
_BETWEEN = re.compile("[・、,，/／]")
_LONGEST = 200  # characters of a mark at the end


class Marks(Struct, frozen=True):
    """What marks say: fixed values, speakers as typed by name, post or both."""

    kinds: frozenset[str] = frozenset()
    disclosures: frozenset[str] = frozenset()
    speakers: frozenset[str] = frozenset()

    def __or__(self, other: "Marks") -> "Marks":
        """Return what both say."""
        return Marks(
            self.kinds | other.kinds,
            self.disclosures | other.disclosures,
            self.speakers | other.speakers,
        )

    @property
    def are_at_odds(self) -> bool:
        """Tell whether they exclude each other."""
        return max(map(len, (self.kinds, self.disclosures, self.speakers))) > 1


class MarkedText(Struct, frozen=True):
    """A text and what its marks say.

    ``text`` is without those that were honoured; with ``reasons`` to look (of
    ``review.item.REASONS``) it is whole. ``kind``, ``disclosure`` and ``speaker`` are empty where
    no mark says them; of several levels the most closed counts. ``is_bare`` tells that there is
    no text but marks: they may be meant for what stands below.
    """

    text: str
    kind: str = ""
    disclosure: str = ""
    speaker: str = ""
    reasons: tuple[str, ...] = ()
    is_bare: bool = False


def read_marks(text: str) -> MarkedText:
    """Return what the marks of a text say, and the text."""
    rest, marks = _without(text.strip())
    inside = [(found[0], _said(found[0])) for found in _ANYWHERE.finditer(rest)]
    known = [said for _bracket, said in inside if said]
    strange = any(bracket[0] == "【" for bracket, said in inside if not said) or bool(
        re.search("[【】]", _ANYWHERE.sub("", rest))
    )
    every = marks
    for said in known:
        every |= said
    doubts = {
        "unknown-mark": strange or not rest,
        "mark-inside": bool(known),
        "marks-at-odds": every.are_at_odds,
    }
    reasons = tuple(reason for reason, holds in doubts.items() if holds)
    return MarkedText(
        text.strip() if reasons else rest,
        min(every.kinds, default=""),
        strictest(every.disclosures) if every.disclosures else "",
        min(every.speakers, default=""),
        reasons,
        not rest,
    )


def _without(text: str) -> tuple[str, Marks]:
    """Return a text without the known marks at its two ends, and what they say."""
    marks = Marks()
    while (found := _AT_START.match(text)) and (said := _said(found[1])):
        marks |= said
        text = text[found.end() :].lstrip()
    while (found := _AT_END.search(text, max(0, len(text) - _LONGEST))) and (
        said := _said(found[1])
    ):
        marks |= said
        text = text[: found.start()].rstrip() + found[2]
    return text, marks


def _at_end(text: str) -> re.Match[str] | None:
    return _AT_END.search(text, max(0, len(text) - _LONGEST))


def _said(bracket: str) -> Marks | None:
    """Return what one bracket says, None if any part of it is no mark."""
    inside = bracket[1:-1]
    if bracket[0] != "【":
        level = DISCLOSURES.exactly(inside)
        return Marks(disclosures=frozenset({level})) if level else None
    marks = Marks()
    for part in _parts(inside):
        if (one := _part(part)) is None:
            return None
        marks |= one
    return marks


def _parts(inside: str) -> Iterator[str]:
    """Yield the parts of a mark; a name of several words is one of them."""
    if _SPEAKER.fullmatch(inside):
        yield inside
        return
    for part in _BETWEEN.split(inside):
        if _part(part) is None and len(part.split()) > 1:
            yield from part.split()
        else:
            yield part


def _part(part: str) -> Marks | None:
    if speaker := _SPEAKER.fullmatch(part):
        return Marks(speakers=frozenset({" ".join(speaker[1].split())}))
    if level := DISCLOSURES.exactly(part):
        return Marks(disclosures=frozenset({level}))
    kind = KINDS.exactly(part)
    return Marks(kinds=frozenset({kind})) if kind else None


def brackets_in(text: str) -> frozenset[str]:
    """Return what may be a mark in a text, known or not, as it stands there."""
    found = {one[0] for one in _ANYWHERE.finditer(text) if one[0][0] == "【" or _said(one[0])}
    return frozenset(found | set(re.findall("[【】]", _ANYWHERE.sub("", text))))


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
