"""What an Excel sheet carries besides its cells, and the one spelling that Excel takes for a sign.

The tag of the sheet stands in a property of the file, beside the marks of the lines that we wrote
ourselves on the sheet of instructions: what somebody adds there is told apart by them.
"""

import hashlib
import re
from collections.abc import Iterable, Iterator

SHEET_PROPERTY = "fieldvisit-sheet"
_OWN_PROPERTY = "fieldvisit-own-"
_MARK = 12
_MARKS_EACH = 18  # a property of more than 255 characters is cut by some programs

_SPELLED = re.compile("_(?=x[0-9A-Fa-f]{4}_)")
_ESCAPE = re.compile("_x([0-9A-Fa-f]{4})_")
_KEPT = (0, *range(0xD800, 0xE000))


def own_properties(lines: Iterable[str]) -> Iterator[tuple[str, str]]:
    """Yield names and values of the properties by which ``lines`` are known as our own."""
    marks = [_mark(line) for line in lines]
    for number, at in enumerate(range(0, len(marks), _MARKS_EACH), start=1):
        yield f"{_OWN_PROPERTY}{number}", " ".join(marks[at : at + _MARKS_EACH])


def own_marks(name: str, value: str) -> frozenset[str]:
    """Return the marks of our own lines that a property holds, none if it is another one."""
    return frozenset(value.split()) if name.startswith(_OWN_PROPERTY) else frozenset()


def is_own(line: str, marks: frozenset[str]) -> bool:
    """Tell whether ``line`` is one of those that we wrote ourselves."""
    return bool(marks) and _mark(line) in marks


def _mark(line: str) -> str:
    return hashlib.sha256("".join(line.split()).encode()).hexdigest()[:_MARK]


def spelled(text: str) -> str:
    """Return ``text`` so that Excel shows it as it is: `_x0041_` would be shown as `A`."""
    return _SPELLED.sub("_x005F_", text) if "_x" in text else text


def unspelled(text: str) -> str:
    """Return the text that Excel shows for what stands in the file."""
    return _ESCAPE.sub(_sign, text) if "_x" in text else text


def _sign(found: re.Match[str]) -> str:
    code = int(found[1], 16)
    return found[0] if code in _KEPT else chr(code)
