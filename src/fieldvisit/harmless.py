"""What may reach a terminal or a reader's eye: everything that acts or hides becomes visible."""

import re
import unicodedata
from functools import cache

# Every character here moves a cursor, turns the direction of writing, or takes up no room while
# it changes what the text says. Kept on purpose: the joiners U+200C and U+200D (scripts and
# emoji need them), variation selectors (Japanese names do), and those Cf characters that show
# a sign of their own (the Arabic and Kaithi number signs, hieroglyph layout).
_ACTING = (
    "\x00-\x08\x0b-\x1f\x7f-\x9f"  # C0 but tab and line feed, DEL, C1
    "\u00ad"  # soft hyphen
    "\u061c\u200e\u200f\u202a-\u202e\u2066-\u2069"  # direction of writing
    "\u2028\u2029"  # line ends of another kind
    "\u115f\u1160\u180e\u200b\u2060-\u2065\u3164\ufeff\uffa0"  # take up no room
    "\u206a-\u206f\ufff9-\ufffb"  # deprecated controls, interlinear annotation
    "\U0001bca0-\U0001bca3\U0001d173-\U0001d17a"  # shorthand and musical controls
    "\U000e0000-\U000e00ff\U000e01f0-\U000e0fff"  # tags and their unassigned neighbours
    "\ud800-\udfff\ufdd0-\ufdef"  # surrogates, noncharacters
) + "".join(f"{chr(plane + 0xFFFE)}{chr(plane + 0xFFFF)}" for plane in range(0, 0x110000, 0x10000))

_FORMULA_STARTS = frozenset("=+-@\t\r\n＝＋－＠")
_GUARD = "'"
_QUOTES = frozenset("'\"`‘’“”＇＂\ufeff")


@cache
def acting() -> re.Pattern[str]:
    """Return the pattern of one character that acts or hides."""
    return re.compile(f"[{_ACTING}]")


def visible(text: str) -> str:
    """Return ``text`` with every acting or hidden character as an escape like `<U+001B>`.

    Line feeds and tabs stay, CRLF becomes a line feed; all other text is unchanged.
    """
    if text.isascii() and text.isprintable():
        return text
    return acting().sub(lambda found: f"<U+{ord(found[0]):04X}>", text.replace("\r\n", "\n"))


def one_line(text: str) -> str:
    """Return ``visible(text)`` on one line: line ends and tabs are shown as blanks."""
    return visible(text).replace("\n", " ").replace("\t", " ")


def is_formula_like(text: str) -> bool:
    """Tell whether a spreadsheet might take ``text`` for a formula.

    Blanks, quotes and a byte order mark in front are looked through, as spreadsheets do.
    """
    for character in text:
        if character in _FORMULA_STARTS:
            return True
        if character not in _QUOTES and unicodedata.category(character) != "Zs":
            return False
    return False


def guarded(text: str) -> str:
    """Return ``text`` behind the sign that keeps a spreadsheet from running it as a formula."""
    return _GUARD + text if is_formula_like(text) else text


def unguarded(text: str) -> str:
    """Return the text that ``guarded`` got: without its sign, if it needed one."""
    bare = text.removeprefix(_GUARD)
    return bare if text != bare and is_formula_like(bare) else text
