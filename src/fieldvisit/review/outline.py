"""The outline of a memo: the signs before its lines, and what stands under what.

All of it only suggests. Where it cannot be told whether a line ends a section, the section goes on.
"""

import re
import unicodedata

from msgspec import Struct

ASKED, ANSWERED, BOLD = "Q", "A:", "**"  # what questions, answers, bold lines have for a sign
LONGEST_TITLE = 40  # characters; longer lines are sentences

_BLANK = r"[ \t\u3000\u00a0]"
_DIGITS, _KANJI, _KANA = "[0-9０-９]{1,3}", "[一二三四五六七八九十]{1,3}", "[ア-ンｱ-ﾝ]"
_ROMAN, _LETTER = "(?:[\u2160-\u217b]|[ivx]{2,4}|[IVX]{2,4})", "[A-Za-zＡ-Ｚａ-ｚ]"
_FIRM = f"(?:{_DIGITS}|{_KANJI}|{_KANA}|{_ROMAN})"
_COUNTER = f"(?:{_FIRM}|{_LETTER})"
_CIRCLED = "[\u2460-\u249b\u24b6-\u24ff\u2776-\u2793\u3251-\u325f\u32b1-\u32bf]"
_SQUARES, _BULLETS = "■□◆◇▼▽★☆◎▲△▶◼", "・･•●○◯〇◦▪▫‣※"
_OPEN, _CLOSE = r"[(（〔［\[〈<]", r"[)）〕］\]〉>]"
# A number is none if it goes on: `1.5億円`, `(1)と(2)は`, `２、３名`.
_ENDS = "(?![0-9０-９とや及、,~〜～・])"
# Whether the sign is certain enough to be taken off the text.
_SIGNS = tuple((re.compile(pattern + rf"{_BLANK}*(?=\S)"), certain) for pattern, certain in (
    ("#{1,6}(?!#)", True),
    (rf"([{_SQUARES}{_BULLETS}])(?!\1)", True),
    (rf"[-*+–—](?:{_BLANK}+\[[ xX]\])?{_BLANK}", True),
    (rf"第{_BLANK}?{_COUNTER}{_BLANK}?[章節項条編部点]?(?:[.．、:：)）]|{_BLANK})", True),
    (rf"{_OPEN}{_BLANK}?{_FIRM}{_BLANK}?{_CLOSE}{_ENDS}", True),
    (rf"{_OPEN}{_LETTER}{_CLOSE}{_BLANK}", True),
    (rf"{_CIRCLED}{_ENDS}", True),
    (rf"{_DIGITS}(?:[-－‐.．]{_DIGITS})+[.．]?(?:[-－‐]?[(（]{_DIGITS}[)）])?{_BLANK}", False),
    (rf"{_FIRM}[)）.．]{_ENDS}", True),
    (rf"{_LETTER}[)）.．]{_BLANK}", True),
    (rf"{_DIGITS}[、:：]{_ENDS}", True),
    (rf"{_COUNTER}(?:\u3000| {{2}})", True),
    (rf"{_COUNTER}\t", False),  # it may be a cell of a table
    (rf"(?:{_DIGITS}|{_KANA}){_BLANK}(?=[^\x00-\x7f])", False),
))  # fmt: skip
_SORTS = (("[0-9]+", "1"), ("[一二三四五六七八九十]+", "一"), ("[ア-ン]", "ア"),
          ("[IVX]{2,}|[ivx]{2,}", "〓"), ("[A-Z]", "A"), ("[a-z]", "a"))  # fmt: skip
# How official documents nest them.
_NESTED = ("第1", "1", "(1)", "ア", "(ア)", "A", "(A)", "a", "(a)")
_RANKS = {sort: at for at, sort in enumerate(_NESTED, 1)}
_UNFINISHED = re.compile(r"[。．.！!？?、，,；;][」』）)”\"]*$")


class Sign(Struct, frozen=True):
    """What stands before a line: its sort (empty if nothing does) and the text after it.

    ``sort`` is the shape of the sign, as `(1)` for all numbers in brackets; ``indent`` counts
    half-width columns. ``text`` still has a sign that may be a part of the sentence.
    """

    sort: str
    indent: int
    text: str


class Section(Struct):
    """A line under which others may stand, with what it suggests for them.

    ``kind`` is `heading`, `item` or empty, with its ``level`` from 1, where the file says so.
    ``at`` is its place among the lines; ``drops`` tells that nothing below it is a statement.
    """

    at: int
    title: str
    sort: str = ""
    indent: int = 0
    kind: str = ""
    level: int = 0
    is_title: bool = False
    disclosure: str = ""
    note_kind: str = ""
    speaker: str = ""
    drops: bool = False

    @property
    def is_point(self) -> bool:
        """Tell whether it is a point of a list without a number."""
        return self.kind == "item" or self.sort in (*_BULLETS, *"-*+–—")

    @property
    def heads(self) -> bool:
        """Tell whether it can be nothing but a heading, if something stands below it."""
        deep = self.is_point or _RANKS.get(self.sort, 0) > _RANKS["(1)"] or self.sort in ("①", "")
        return self.is_title and (self.kind == "heading" or not deep)

    def ends(self, other: "Section") -> bool:
        """Tell whether it certainly ends the section of ``other``."""
        if self.kind and self.kind == other.kind and self.level and other.level:
            return self.level <= other.level
        if self.sort and self.sort == other.sort:
            return self.indent <= other.indent
        if self.kind == "heading" and (other.is_point or other.sort == ASKED):
            return True
        own, others = _RANKS.get(self.sort, 0), _RANKS.get(other.sort, 0)
        return 0 < own < others

    def holds(self, *, is_signed: bool) -> bool:
        """Tell whether what it says is meant for text below it, which may have a sign itself."""
        return is_signed or self.is_title or not self.is_point


class Outline:
    """The sections in which the reader stands, the outermost first."""

    def __init__(self) -> None:
        self.open: list[Section] = []

    def leave(self, section: Section) -> None:
        """End those sections that ``section`` ends."""
        ended = next((at for at, other in enumerate(self.open) if section.ends(other)), None)
        if ended is not None:
            del self.open[ended:]

    def enter(self, section: Section) -> None:
        """Go on under ``section``."""
        self.open.append(section)


def read_sign(line: str) -> Sign:
    """Return the sign before a line and the text after it."""
    rest = line.lstrip(" \t\u3000\u00a0")
    indent = sum(2 if blank in "\u3000\t" else 1 for blank in line[: len(line) - len(rest)])
    rest = rest.rstrip()
    for pattern, certain in _SIGNS:
        if found := pattern.match(rest):
            return Sign(_sort(found[0]), indent, rest[found.end() :] if certain else rest)
    return Sign("", indent, rest)


def is_title(text: str) -> bool:
    """Tell whether a text can be a title: short, and no sentence."""
    return 0 < len(text) <= LONGEST_TITLE and not _UNFINISHED.search(text)


def _sort(sign: str) -> str:
    bare = sign.strip(" \t\u3000\u00a0")
    if re.fullmatch(_CIRCLED, bare):
        return "①"
    shape = re.sub("[\u2160-\u217b]", "〓", bare)  # NFKC makes letters of Roman numbers
    shape = "".join(unicodedata.normalize("NFKC", shape).split())
    for pattern, letter in _SORTS:
        shape = re.sub(pattern, letter, shape)
    return shape.rstrip(".、:") or bare
