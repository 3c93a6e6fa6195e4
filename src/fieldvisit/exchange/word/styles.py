"""What the styles of a Word file say about text: struck through, hidden, heading, list."""

import re
from collections.abc import Mapping
from typing import Any

from msgspec import Struct, field
from msgspec.structs import replace

from fieldvisit.exchange.office.xml import parse
from fieldvisit.exchange.word.names import NAMES, Attributes, is_on, value

_HEADING = re.compile(r"heading [1-9]|title|subtitle")
_TEXT_LEVEL = 9  # the outline level of what is no heading
SWITCHES = ("strike", "dstrike", "vanish")


class Style(Struct, frozen=True):
    """A style; None where it says nothing and the one it is based on holds."""

    name: str = ""
    based_on: str = ""
    heading: bool | None = None
    strike: bool | None = None
    dstrike: bool | None = None
    vanish: bool | None = None
    listed: bool | None = None
    level: int | None = None

    def over(self, base: "Style") -> "Style":
        """Return this style with what ``base`` says where this one says nothing."""
        said = {
            key: own if (own := getattr(self, key)) is not None else getattr(base, key)
            for key in (*SWITCHES, "heading", "listed", "level")
        }
        return replace(self, **said)


class Styles(Struct):
    """The styles of one file, by their ids."""

    own: Mapping[str, Style] = field(default_factory=dict)
    defaults: Style = field(default_factory=Style)
    usual: str = ""  # the style of paragraphs that name none
    _whole: dict[str, Style] = field(default_factory=dict)
    _switched: dict[tuple[str, str], frozenset[str]] = field(default_factory=dict)

    def whole(self, style_id: str) -> Style:
        """Return a style with all that it inherits; an unknown one says nothing."""
        if style_id not in self._whole:
            chain: list[str] = []
            at = style_id
            while at in self.own and at not in chain:
                chain.append(at)
                at = self.own[at].based_on
            found = Style()
            for name in reversed(chain):
                found = self.own[name].over(found)
            self._whole[style_id] = found
        return self._whole[style_id]

    def kind(self, style_id: str, listed: bool | None, level: int | None) -> str:
        """Return `heading`, `item` or nothing for a paragraph with what it says by itself."""
        style = self.whole(style_id or self.usual)
        level = style.level if level is None else level
        if style.heading if level is None else level < _TEXT_LEVEL:
            return "heading"
        return "item" if (style.listed if listed is None else listed) else ""

    def switched_on(self, paragraph: str, run: str) -> frozenset[str]:
        """Return which of SWITCHES the styles of a paragraph and of a run put on together."""
        key = (paragraph or self.usual, run)
        if key not in self._switched:
            self._switched[key] = frozenset(
                switch for switch in SWITCHES if self._is_on(switch, *key)
            )
        return self._switched[key]

    def _is_on(self, switch: str, paragraph: str, run: str) -> bool:
        by_paragraph = getattr(self.whole(paragraph), switch)
        by_run = getattr(self.whole(run), switch)
        if by_run is None or by_paragraph is None:
            said = by_paragraph if by_run is None else by_run
        else:
            # Two styles that both strike out cancel each other; a double line does not.
            said = by_run if switch == "dstrike" else by_run != by_paragraph
        return bool(getattr(self.defaults, switch) if said is None else said)

    def is_placeholder(self, run: str) -> bool:
        """Tell whether a run's style is Word's own for "click here to enter text"."""
        return self.own.get(run, Style()).name == "placeholder text"


def read_styles(data: bytes | None) -> Styles:
    """Return the styles that ``styles.xml`` holds; raises ForbiddenXml for broken XML."""
    reader = _Reader()
    if data is not None:
        parse(data, {"StartElementHandler": reader.start, "EndElementHandler": reader.end})
    return Styles(reader.found, reader.defaults, reader.usual)


class _Reader:
    def __init__(self) -> None:
        self.found: dict[str, Style] = {}
        self.defaults = Style()
        self.usual = ""
        self._at = ""
        self._stack: list[str] = ["", ""]

    def start(self, name: str, attributes: Attributes) -> None:
        short = NAMES.get(name, "")
        if short == "style":
            self._at = value(attributes, "styleId")
            self.found[self._at] = Style()
            if value(attributes, "default") in ("1", "true") and (
                value(attributes, "type") == "paragraph"
            ):
                self.usual = self._at
        elif self._stack[-2:] == ["rPrDefault", "rPr"] and short in SWITCHES:
            switch: dict[str, Any] = {short: is_on(attributes)}
            self.defaults = replace(self.defaults, **switch)
        elif "style" in self._stack[-3:]:
            self._say(short, attributes)
        self._stack.append(short)

    def end(self, _name: str) -> None:
        self._stack.pop()

    def _say(self, short: str, attributes: Attributes) -> None:
        """Keep what a style says of itself; what it says of parts of tables is passed over."""
        said: dict[str, Any] = {}
        match (*self._stack[-2:], short):
            case (_, "style", "name"):
                name = value(attributes).casefold()
                said = {"name": name, "heading": bool(_HEADING.fullmatch(name)) or None}
            case (_, "style", "basedOn"):
                said = {"based_on": value(attributes)}
            case ("style", "rPr", switch) if switch in SWITCHES:
                said = {switch: is_on(attributes)}
            case ("pPr", "numPr", "numId"):
                said = {"listed": value(attributes) != "0"}
            case ("style", "pPr", "outlineLvl"):
                said = {"level": level_of(attributes)}
        if said:
            self.found[self._at] = replace(self.found[self._at], **said)


def level_of(attributes: Attributes) -> int:
    """Return an outline level, that of plain text if it is none."""
    said = value(attributes)
    return int(said) if said.isascii() and said.isdigit() else _TEXT_LEVEL
