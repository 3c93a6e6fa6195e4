"""What reads as text in a Word file and is none: signs, breaks, the answers of form fields."""

from collections.abc import Callable, Mapping
from functools import partial

from fieldvisit.exchange.word.tree import Element, is_on, name_of, number, value, within

_SINGLE = {
    "tab": "\t", "ptab": "\t", "br": "\n", "cr": "\n",
    "noBreakHyphen": "\u2011", "softHyphen": "\u00ad",
}  # fmt: skip
# Fractions and powers lose their layout here, not their meaning.
_LAYOUT = {"math-den": "/", "math-sup": "^", "math-sub": "_", "drawn-br": "\n"}
# Signs of Wingdings that stand for ticks; Word writes them by their place in the font.
_TICKS = {0xF0FE: "☑", 0xF0FD: "☒", 0xF0A8: "☐", 0xF06F: "□", 0xF0FC: "✓", 0xF0FB: "✗"}


def _single(element: Element) -> str:
    # In the description of a paragraph the same names stand for stops and the like.
    return _SINGLE[name_of(element)] if name_of(element.getparent()) == "r" else ""


def _layout(element: Element) -> str:
    return _LAYOUT[name_of(element)]


def _symbol(element: Element) -> str:
    try:
        code = int(value(element, "char"), 16)
        return _TICKS.get(code) or chr(code)
    except (ValueError, OverflowError):
        return "\ufffd"


def _check_box(element: Element) -> str:
    said = within(element)
    return "☑" if is_on(said.get("checked", said.get("default"))) else "☐"


def _choice(element: Element) -> str:
    said = within(element)
    chosen = number(value(said.get("result", said.get("default")))) or 0
    choices = [value(inner) for inner in element if name_of(inner) == "listEntry"]
    return "".join(choices[chosen : chosen + 1])


SIGNS: Mapping[str, Callable[[Element], str]] = {
    **dict.fromkeys(_SINGLE, _single), **dict.fromkeys(_LAYOUT, _layout),
    "sym": _symbol, "textpath": partial(value, name="string"),
}  # fmt: skip
ANSWERS: Mapping[str, Callable[[Element], str]] = {"checkBox": _check_box, "ddList": _choice}
