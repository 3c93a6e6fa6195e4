"""Texts longer than an Excel cell can be are parted over several rows.

Rows that belong together carry one tag, each with its number: `TAG|1/3`, `TAG|2/3`, `TAG|3/3`.
"""

import re
import unicodedata

from fieldvisit.review.carriers import spelled

LONGEST = 32_767  # in units of UTF-16, as Excel counts
_PART = 32_000
_LOOKED_BACK = 200  # characters, for a place where no program loses anything

_JOINER = "\u200d"
_NUMBERED = re.compile(r"(.*)\|([0-9]{1,3})/([0-9]{1,3})", re.DOTALL)


def parts(text: str) -> tuple[str, ...]:
    """Return ``text`` in parts that a cell can hold; together they are the text."""
    if 2 * len(text) <= LONGEST:
        return (text,)
    units = len(spelled(text).encode("utf-16-le", "surrogatepass")) // 2
    if units <= LONGEST:
        return (text,)
    longest = _PART if units == len(text) else _PART // 2
    found, start = [], 0
    while start < len(text):
        end = _cut(text, start, start + longest)
        found.append(text[start:end])
        start = end
    return tuple(found)


def _cut(text: str, start: int, end: int) -> int:
    if end >= len(text):
        return len(text)
    places = range(end, max(start, end - _LOOKED_BACK), -1)
    return next((at for at in places if _may_part(text[at - 1], text[at])), end)


def _may_part(before: str, after: str) -> bool:
    """Tell whether both sides look whole alone: no blank at the edge, no sign without its base."""
    blank = before.isspace() or after.isspace()
    joined_on = _JOINER in (before, after) or unicodedata.category(after).startswith("M")
    return not blank and not joined_on


def numbered(tag: str, number: int, of: int) -> str:
    """Return the tag of one of several rows."""
    return f"{tag}|{number}/{of}"


def read_numbered(tag: str) -> tuple[str, int, str] | None:
    """Return the tag, the number of the row and of how many; None if it is none of several."""
    found = _NUMBERED.fullmatch(tag.strip())
    return (found[1], int(found[2]), found[3]) if found else None
