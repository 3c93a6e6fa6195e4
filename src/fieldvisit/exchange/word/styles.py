"""What the styles of a Word file say about text: struck through, hidden, heading, list."""

import re
from collections.abc import Mapping

from msgspec import Struct, field
from msgspec.structs import asdict, replace

from fieldvisit.exchange.word.tree import Element, is_on, name_of, number, value, within
from fieldvisit.review.pieces import HEADING, ITEM

SWITCHES = ("strike", "dstrike", "vanish")

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

    def kind(self, look: Look) -> str:
        """Return `heading`, `item` or nothing for a paragraph with what it says by itself."""
        said = look.over(self.whole(look.style or self.usual))
        return HEADING if said.level else ITEM if said.is_listed else ""

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
    listed = within(said.get("numPr"))
    return Look(
        value(said.get("pStyle")),
        is_listed=value(listed["numId"]) != "0" if "numId" in listed else None,
        level=_level(said["outlineLvl"]) if "outlineLvl" in said else None,
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


def _level(outline: Element) -> int:
    said = number(value(outline))
    return 0 if said is None or said >= _TEXT else said + 1 + len(_TITLES)
