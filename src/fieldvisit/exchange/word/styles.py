"""What the styles of a Word file say about text: struck through, hidden, heading, list."""

import re
from collections.abc import Mapping

from msgspec import Struct, field

from fieldvisit.exchange.word.tree import Element, child, is_on, name_of, number, value
from fieldvisit.fieldwork.memo.signs import HEADING, ITEM

SWITCHES = ("strike", "dstrike", "vanish")

_TITLES = {"title": 1, "subtitle": 2}  # they stand above all headings
_NAMED = re.compile(r"heading ([1-9])")
_LISTED = re.compile(r"list.* ([2-9])")
_TEXT = 9  # the outline level of what is no heading
_DEEPEST = 99


class Look(Struct, frozen=True):
    """What a style says, or a paragraph of itself; None where what is below holds.

    ``level`` is that of the outline, ``depth`` that in a list, both from 0.
    """

    style: str = ""  # by which it is shown, or on which it is based
    name: str = ""
    is_heading: bool | None = None
    is_listed: bool | None = None
    level: int | None = None
    depth: int | None = None
    switches: Mapping[str, bool] = {}

    def over(self, base: "Look") -> "Look":
        """Return this with what ``base`` says where this one says nothing."""
        return Look(
            self.style,
            self.name,
            base.is_heading if self.is_heading is None else self.is_heading,
            base.is_listed if self.is_listed is None else self.is_listed,
            base.level if self.level is None else self.level,
            self.depth,
            {**base.switches, **self.switches},
        )


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

    def kind(self, look: Look) -> str:
        """Return `heading`, `item` or nothing for a paragraph with what it says by itself."""
        style = look.over(self.whole(look.style or self.usual))
        if style.is_heading if style.level is None else style.level < _TEXT:
            return HEADING
        return ITEM if style.is_listed else ""

    def kind_and_level(self, look: Look) -> str:
        """Return the same with its level, as `heading3` or `item1`, where it is known.

        Headings count from 1, titles above them; points of a list from 0.
        """
        kind, style = self.kind(look), self.whole(look.style or self.usual)
        if kind == HEADING:
            outline = style.level if look.level is None else look.level
            return f"{kind}{_heading_level(style.name, outline) or ''}"
        listed = _LISTED.fullmatch(style.name)
        depth = int(listed[1]) - 1 if listed and look.depth is None else look.depth
        return kind if not kind or depth is None else f"{kind}{min(depth, _DEEPEST)}"

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
            own[value(style, "styleId")] = _style(style)
            if value(style, "default") in ("1", "true") and value(style, "type") == "paragraph":
                usual = value(style, "styleId")
    return Styles(own, switches_of(child(root, "docDefaults", "rPrDefault", "rPr")), usual)


def switches_of(look: Element) -> Mapping[str, bool]:
    """Return which of SWITCHES an ``rPr`` (or None) puts on or off."""
    inside = () if look is None else look
    return {name: is_on(said) for said in inside if (name := name_of(said)) in SWITCHES}


def look_of(described: Element) -> Look:
    """Return what a ``pPr`` (or None) says."""
    if described is None:
        return Look()
    listed, outline = child(described, "numPr", "numId"), child(described, "outlineLvl")
    level = number(value(outline))
    return Look(
        value(child(described, "pStyle")),
        is_listed=None if listed is None else value(listed) != "0",
        level=_TEXT if outline is not None and level is None else level,
        depth=number(value(child(described, "numPr", "ilvl"))),
    )


def _style(style: Element) -> Look:
    name, said = value(child(style, "name")).casefold(), look_of(child(style, "pPr"))
    is_heading = name in _TITLES or _NAMED.fullmatch(name) is not None
    switches = switches_of(child(style, "rPr"))
    based_on = value(child(style, "basedOn"))
    return Look(based_on, name, is_heading or None, said.is_listed, said.level, None, switches)


def _heading_level(name: str, outline: int | None) -> int:
    """Return the level that the name of a style or the outline says, 0 if neither does."""
    if name in _TITLES:
        return _TITLES[name]
    if outline is not None:
        return outline + 1 + len(_TITLES)
    named = _NAMED.fullmatch(name)
    return int(named[1]) + len(_TITLES) if named else 0
