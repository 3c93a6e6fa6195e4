"""The numbers that Word writes before paragraphs by itself; points of a list have none."""

import re
from collections.abc import Callable, Mapping

from msgspec import Struct, field

from fieldvisit.exchange.word.tree import Element, number, value

_PLACE = re.compile("%([1-9])")
_KANA = (
    "アイウエオカキクケコサシスセソタチツテトナニヌネノハヒフヘホマミムメモヤユヨラリルレロワヲン"
)
_IROHA = (
    "イロハニホヘトチリヌルヲワカヨタレソツネナラムウ"
    "ヰノオクヤマケフコエテアサキユメミシヱヒモセスン"
)
_LATIN = "abcdefghijklmnopqrstuvwxyz"
_CIRCLED = "①②③④⑤⑥⑦⑧⑨⑩⑪⑫⑬⑭⑮⑯⑰⑱⑲⑳"
_WIDE = str.maketrans("0123456789", "０１２３４５６７８９")
_DIGITS = "〇一二三四五六七八九"
_ROMAN = tuple(
    zip(
        (100, 90, 50, 40, 10, 9, 5, 4, 1),
        ["c", "xc", "l", "xl", "x", "ix", "v", "iv", "i"],
        strict=True,
    )
)
_MOST = 100  # larger ones are shown in plain digits


def _of(signs: str) -> Callable[[int], str]:
    return lambda count: signs[count - 1] if count <= len(signs) else str(count)


def _roman(count: int) -> str:
    text = ""
    for worth, sign in _ROMAN:
        text += sign * (count // worth)
        count %= worth
    return text


def _counted(count: int) -> str:
    """Return a number below 100 as Japanese counts: 二十三."""
    tens, ones = divmod(count, 10)
    before = ("" if tens == 1 else _DIGITS[tens]) + "十" if tens else ""
    return before + (_DIGITS[ones] if ones else "")


_FORMATS: Mapping[str, Callable[[int], str]] = {
    "decimalFullWidth": lambda count: str(count).translate(_WIDE),
    "decimalEnclosedCircle": _of(_CIRCLED),
    **dict.fromkeys(("aiueo", "aiueoFullWidth"), _of(_KANA)),
    **dict.fromkeys(("iroha", "irohaFullWidth"), _of(_IROHA)),
    "lowerLetter": _of(_LATIN), "upperLetter": _of(_LATIN.upper()),
    "lowerRoman": _roman, "upperRoman": lambda count: _roman(count).upper(),
    **dict.fromkeys(("japaneseCounting", "ideographDigital", "chineseCounting"), _counted),
}  # fmt: skip


class _Level(Struct, frozen=True):
    """How one level of a list is numbered; ``style`` is that of paragraphs which stand on it."""

    form: str = "none"
    text: str = ""
    start: int = 1
    style: str = ""


class Numbering(Struct):
    """The lists of a file by their ids, and how far each was counted."""

    lists: Mapping[str, str] = {}  # the pattern of each list
    patterns: Mapping[str, Mapping[int, _Level]] = {}
    starts: Mapping[str, Mapping[int, int]] = {}  # of lists that begin anew
    _counts: dict[str, dict[int, int]] = field(default_factory=dict)
    _begun: set[tuple[str, int]] = field(default_factory=set)

    def next(self, of: str, level: int | None, style: str) -> str:
        """Return what stands before the next paragraph of the list ``of``; empty for a point."""
        pattern = self.lists.get(of, "")
        levels = self.patterns.get(pattern, {})
        if level is None:
            level = next((at for at, one in levels.items() if one.style and one.style == style), 0)
        if level not in levels:
            return ""
        counts = self._counts.setdefault(pattern, {})
        if (start := self.starts.get(of, {}).get(level)) and (of, level) not in self._begun:
            counts[level] = start - 1
        self._begun.add((of, level))
        counts[level] = counts.get(level, levels[level].start - 1) + 1
        for deeper in [at for at in counts if at > level]:
            del counts[deeper]
        if levels[level].form in ("bullet", "none"):
            return ""
        return _PLACE.sub(lambda found: _shown(levels, counts, int(found[1]) - 1),
                          levels[level].text)  # fmt: skip


def _shown(levels: Mapping[int, _Level], counts: Mapping[int, int], at: int) -> str:
    level = levels.get(at, _Level())
    count = counts.get(at, level.start)
    return _FORMATS.get(level.form, str)(count) if 0 < count < _MOST else str(count)


def read_numbering(root: Element) -> Numbering:
    """Return the lists that ``numbering.xml`` holds."""
    patterns, lists, starts = {}, {}, {}
    for one in root:
        name = _local(one)
        if name == "abstractNum":
            levels = (inner for inner in one if _local(inner) == "lvl")
            patterns[value(one, "abstractNumId")] = {_at(level): _level(level) for level in levels}
        elif name == "num":
            said = {_local(inner): inner for inner in one}
            lists[value(one, "numId")] = value(said.get("abstractNumId"))
            overs = (inner for inner in one if _local(inner) == "lvlOverride")
            anew = {_at(over): _within(over).get("startOverride") for over in overs}
            starts[value(one, "numId")] = {
                at: number(value(start)) or 1 for at, start in anew.items() if start is not None
            }
    return Numbering(lists, patterns, starts)


def _level(element: Element) -> _Level:
    said = _within(element)
    start = number(value(said.get("start")))
    return _Level(
        value(said.get("numFmt")) or "decimal", value(said.get("lvlText")),
        1 if start is None else start, value(said.get("pStyle")),
    )  # fmt: skip


def _at(element: Element) -> int:
    return number(value(element, "ilvl")) or 0


def _within(element: Element) -> Mapping[str, Element]:
    return {_local(inner): inner for inner in element}


def _local(element: Element) -> str:
    return str(element.tag).rpartition("}")[2]
