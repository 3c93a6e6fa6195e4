"""What styles of a Word file say of text (struck, hidden, bold, heading, list), and its numbers.

The numbers are those that Word writes before paragraphs by itself; points of a list have none.
"""

import re
from collections.abc import Mapping, Sequence

from msgspec import Struct, field
from msgspec.structs import asdict, replace

from fieldvisit.exchange.word.tree import Element, child, is_on, name_of, number, value, within
from fieldvisit.review.pieces import HEADING, ITEM

SWITCHES = ("strike", "dstrike", "vanish", "b")

_TITLES = {"title": 1, "subtitle": 2}  # they stand above all headings
_NAMED = _TITLES | {f"heading {at}": at + len(_TITLES) for at in range(1, 10)}
_LISTED = re.compile(r"list.* ([2-9])")
_TEXT = 9  # the outline level of what is no heading
_DEEPEST = 99


class Look(Struct, frozen=True):
    """What a style says, or a paragraph of itself; None where what is below holds.

    ``level`` counts headings from 1, titles above them, and is 0 for what is none; ``depth`` counts
    points of a list from 0.
    """

    style: str = ""  # by which it is shown, or on which it is based
    name: str = ""
    is_listed: bool | None = None
    level: int | None = None
    depth: int | None = None
    numbered: str | None = None  # the id of the list whose numbers it bears
    switches: Mapping[str, bool] = {}

    def over(self, base: "Look") -> "Look":
        """Return this with what ``base`` says where this one says nothing."""
        said = {key: own for key, own in asdict(self).items() if own is not None}
        return replace(base, **said | {"switches": {**base.switches, **self.switches}})


class Styles(Struct):
    """The styles of one file, by their ids."""

    own: Mapping[str, Look] = {}
    defaults: Mapping[str, bool] = {}
    usual: str = ""  # the style of paragraphs that name none
    _whole: dict[str, Look] = field(default_factory=dict)
    _switched: dict[tuple[str, str], frozenset[str]] = field(default_factory=dict)

    def whole(self, style_id: str) -> Look:
        """Return a style with all that it inherits; an unknown one says nothing."""
        if style_id not in self._whole:
            chain: list[str] = []
            at = style_id
            while at in self.own and at not in chain:
                chain.append(at)
                at = self.own[at].style
            found = Look()
            for name in reversed(chain):
                found = self.own[name].over(found)
            self._whole[style_id] = found
        return self._whole[style_id]

    def outline(self, look: Look) -> tuple[str, int]:
        """Return `heading`, `item` or nothing for a paragraph, and its level from 1 (0 = none)."""
        style = self.whole(look.style or self.usual)
        said = look.over(style)
        if said.level:
            return HEADING, _TITLES.get(style.name, said.level)
        return (ITEM, min(said.depth or 0, _DEEPEST) + 1) if said.is_listed else ("", 0)

    def list_of(self, look: Look) -> tuple[str, int | None, str]:
        """Return the list of a paragraph, its level there and its style; empty without a list."""
        style = look.style or self.usual
        said = look.over(self.whole(style))
        level = look.depth if look.numbered else said.depth if said.level is None else None
        return said.numbered or "", level, style

    def switched_on(self, paragraph: str, run: str) -> frozenset[str]:
        """Return which of SWITCHES the styles of a paragraph and of a run put on together."""
        key = (paragraph or self.usual, run)
        if key not in self._switched:
            on = (switch for switch in SWITCHES if self._is_on(switch, *key))
            self._switched[key] = frozenset(on)
        return self._switched[key]

    def _is_on(self, switch: str, paragraph: str, run: str) -> bool:
        said = [
            style.switches[switch]
            for style in (self.whole(paragraph), self.whole(run))
            if switch in style.switches
        ]
        # Two styles that both strike out cancel each other; a double line does not.
        if len(said) > 1 and switch != "dstrike":
            return said[0] != said[1]
        return said[-1] if said else self.defaults.get(switch, False)

    def is_placeholder(self, run: str) -> bool:
        """Tell whether a run's style is Word's own for "click here to enter text"."""
        return run in self.own and self.own[run].name == "placeholder text"


def read_styles(root: Element) -> Styles:
    """Return the styles that ``styles.xml`` holds; what they say of parts of tables is not read."""
    own, usual = {}, ""
    for style in root:
        if name_of(style) == "style":
            style_id, said = value(style, "styleId"), within(style)
            own[style_id] = _style(said)
            if value(style, "default") in ("1", "true") and value(style, "type") == "paragraph":
                usual = style_id
    defaults = within(within(within(root).get("docDefaults")).get("rPrDefault"))
    return Styles(own, switches_of(within(defaults.get("rPr"))), usual)


def switches_of(said: Mapping[str, Element]) -> Mapping[str, bool]:
    """Return which of SWITCHES stand within an ``rPr``, and whether they are on."""
    return {name: is_on(said[name]) for name in SWITCHES if name in said}


def look_of(said: Mapping[str, Element]) -> Look:
    """Return what stands within a ``pPr``."""
    listed, outline = within(said.get("numPr")), number(value(said.get("outlineLvl")))
    level = 0 if outline is None or outline >= _TEXT else outline + 1 + len(_TITLES)
    return Look(
        value(said.get("pStyle")),
        is_listed=value(listed["numId"]) != "0" if "numId" in listed else None,
        level=level if "outlineLvl" in said else None,
        depth=number(value(listed.get("ilvl"))),
        numbered=value(listed["numId"]) if "numId" in listed else None,
    )


def _style(said: Mapping[str, Element]) -> Look:
    look, name = look_of(within(said.get("pPr"))), value(said.get("name")).casefold()
    listed = _LISTED.fullmatch(name)
    return replace(
        look, style=value(said.get("basedOn")), name=name,
        level=look.level if look.level == 0 else _NAMED.get(name, look.level),
        depth=int(listed[1]) - 1 if listed else None,
        switches=switches_of(within(said.get("rPr"))),
    )  # fmt: skip


def _counted(tens: Sequence[str], ones: Sequence[str]) -> Sequence[str]:
    return [ten + one for ten in ("", *tens) for one in ("", *ones)][1:]


_PLACE = re.compile("%([1-9])")
_KANJI = "一二三四五六七八九"
_WIDE = str.maketrans("0123456789", "０１２３４５６７８９")
_LATIN = "abcdefghijklmnopqrstuvwxyz"
_TENS, _ONES = "x xx xxx xl l lx lxx lxxx xc", "i ii iii iv v vi vii viii ix"
_ROMAN = _counted(_TENS.split(), _ONES.split())
_COUNTED = _counted(["十", *(f"{digit}十" for digit in _KANJI[1:])], _KANJI)
_KANA = (
    "アイウエオカキクケコサシスセソタチツテトナニヌネノハヒフヘホマミムメモヤユヨラリルレロワヲン"
)
_IROHA = (
    "イロハニホヘトチリヌルヲワカヨタレソツネナラムウ"
    "ヰノオクヤマケフコエテアサキユメミシヱヒモセスン"
)
# What stands for 1, 2 and so on; beyond, and in other forms, it is digits.
_FORMATS: Mapping[str, Sequence[str]] = {
    "decimalFullWidth": [str(count).translate(_WIDE) for count in range(1, 100)],
    "decimalEnclosedCircle": "①②③④⑤⑥⑦⑧⑨⑩⑪⑫⑬⑭⑮⑯⑰⑱⑲⑳",
    **dict.fromkeys(("aiueo", "aiueoFullWidth"), _KANA),
    **dict.fromkeys(("iroha", "irohaFullWidth"), _IROHA),
    "lowerLetter": _LATIN, "upperLetter": _LATIN.upper(),
    "lowerRoman": _ROMAN, "upperRoman": [sign.upper() for sign in _ROMAN],
    **dict.fromkeys(("japaneseCounting", "ideographDigital", "chineseCounting"), _COUNTED),
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
    count, signs = counts.get(at, level.start), _FORMATS.get(level.form, "")
    return signs[count - 1] if 0 < count <= len(signs) else str(count)


def read_numbering(root: Element) -> Numbering:
    """Return the lists that ``numbering.xml`` holds."""
    patterns, lists, starts = {}, {}, {}
    for one in root:
        if name_of(one) == "abstractNum":
            levels = (inner for inner in one if name_of(inner) == "lvl")
            patterns[value(one, "abstractNumId")] = {
                _at(level): _level_of(level) for level in levels
            }
        elif name_of(one) == "num":
            overs = (inner for inner in one if name_of(inner) == "lvlOverride")
            anew = {_at(over): within(over).get("startOverride") for over in overs}
            lists[value(one, "numId")] = value(child(one, "abstractNumId"))
            starts[value(one, "numId")] = {
                at: number(value(start)) or 1 for at, start in anew.items() if start is not None
            }
    return Numbering(lists, patterns, starts)


def _level_of(element: Element) -> _Level:
    said = within(element)
    start = number(value(said.get("start")))
    return _Level(
        value(said.get("numFmt")) or "decimal", value(said.get("lvlText")),
        1 if start is None else start, value(said.get("pStyle")),
    )  # fmt: skip


def _at(element: Element) -> int:
    return number(value(element, "ilvl")) or 0
