"""What our files carry besides what people see in them, and how it is read back.

A line that we printed is known by the beginning of a hash, so that the list of them says nothing.
Word and Excel files have it and the tag of the sheet in properties of the document. Other programs
drop the tags of Word's content controls but keep properties and bookmarks: each box has a bookmark
in the paragraph above it, and the property of the same number holds its tag. Offices take
properties out before they send a file; the variables of a Word document stay. Texts longer than an
Excel cell can be are parted over rows without a tag, of which every text is in the list.
"""

import base64
import hashlib
import re
from collections import Counter
from collections.abc import Iterable, Iterator, Mapping

from fieldvisit.dates import MONTHS
from fieldvisit.harmless import visible
from fieldvisit.text import key

_SIGNS = b"_."  # they mean nothing in Markdown, XML and CSV
_LENGTH = 5  # characters of base 64: 30 bits
OWN_LINES = "fieldvisit-own:"  # with this the comment begins that holds the list in Markdown
_CHECKED = re.compile(r"([^\s~]+)~([A-Za-z0-9_.]*)(?:~|(?=\s)|$)(.*)", re.DOTALL)
# A spreadsheet may make a number of a code or a handle.
_MAY_BE_NUMBERS = frozenset({"city_code", "handles", "summary_handles"})
_NUMBER = re.compile(r"[0-9.,+E\s]+")
# The number of a question, 1/2, or the date that a spreadsheet made of it.
_PART = rf"(?:[0-9]{{1,2}}|{'|'.join(name[:3].casefold() for name in MONTHS)})"
_DATE = rf"(?:[0-9]{{4}}[-/.年])?{_PART}[-/.月]{_PART}日?(?:-[0-9]{{2,4}}|t?00:00:00)?"
_NUMBERED_SO = re.compile(rf"[0-9]+(?:[-/.][0-9]+){{0,2}}|{_DATE}")
SHEET_PROPERTY = "fieldvisit-sheet"
OWN_VARIABLE = "fieldvisit-own"
_LONGEST_VALUE = 250  # characters; some programs cut a property after 255
_BOOKMARK = re.compile(r"_fieldvisit_([0-9]{1,6})")
_SPELLED = re.compile("_(?=x[0-9A-Fa-f]{4}_)")
_ESCAPE = re.compile("_x([0-9A-Fa-f]{4})_")
_KEPT = (0, *range(0xD800, 0xE000))
_LONGEST_CELL = 32_767  # in units of UTF-16, as Excel counts
_ONE_CELL = 32_000


def own_mark(text: str, slot: str = "") -> str:
    """Return the mark of a line that we print in a slot, or outside; blanks are all alike."""
    plain = f"{slot}\0{' '.join(visible(text).split())}"
    digest = hashlib.sha256(plain.encode()).digest()
    return base64.b64encode(digest, _SIGNS).decode()[:_LENGTH]


def listed(lines: Iterable[tuple[str, str]]) -> str:
    """Return the list of lines, given as text and slot; empty ones are not in it."""
    return "".join(own_mark(text, slot) for text, slot in lines if text.strip())


class OwnLines:
    """The list that a file brought back; each line is known as often as it was printed."""

    def __init__(self, found: str) -> None:
        self._left = Counter(_marks(found))

    def take(self, text: str, slot: str = "") -> bool:
        """Tell whether a line is one of ours that was not taken yet, and take it."""
        if not self._left or not text.strip():
            return False
        mark = own_mark(text, slot)
        is_own = self._left[mark] > 0
        self._left[mark] -= is_own
        return is_own


def checked_tag(tag: str, printed: Mapping[str, str]) -> str:
    """Return the tag of a row with checks of the cells of it that we print, by column."""
    marks = "".join(_check(column, text) for column, text in printed.items() if text)
    return f"{tag}~{marks}~" if tag and marks else tag


class CheckedTag:
    """The tag of a row that came back, and the checks of its cells; ``rest`` is what is neither."""

    def __init__(self, text: str) -> None:
        found = _CHECKED.fullmatch(text.strip())
        self.tag, checks, self.rest = found.groups("") if found else (text.strip(), "", "")
        self._checks = frozenset(_marks(checks))

    def is_own(self, column: str, text: str) -> bool:
        """Tell whether a cell holds what we printed, be it made a number since."""
        made = column in _MAY_BE_NUMBERS and _NUMBER.fullmatch(text)
        return _check(column, text) in self._checks or bool(made and self._checks)


def _check(column: str, text: str) -> str:
    """Return a check of what any file keeps of a cell: one in CP932 has not every character."""
    kept = visible(text).replace("?", "").encode("cp932", "ignore").decode("cp932")
    return own_mark("".join(key(kept).split()), column)


def is_number(text: str) -> bool:
    """Tell whether a cell may hold the number of a question, be it made a date by a spreadsheet."""
    return bool(_NUMBERED_SO.fullmatch(key(text)))


def _marks(found: str) -> list[str]:
    return [found[at : at + _LENGTH] for at in range(0, len(found), _LENGTH)]


def box_property(number: int) -> str:
    """Return the name of the property that holds the tag of the box ``number``, from 1."""
    return f"fieldvisit-box-{number}"


def box_bookmark(number: int) -> str:
    """Return the name of that box's bookmark; Word hides names that begin with a low line."""
    return f"_fieldvisit_{number}"


def box_number(bookmark: str) -> int:
    """Return the number of the box that ``bookmark`` is for, 0 if it is none of ours."""
    found = _BOOKMARK.fullmatch(bookmark)
    return int(found[1]) if found else 0


def own_properties(listed: str) -> Iterator[tuple[str, str]]:
    """Yield names and values of the properties that hold a list of printed lines."""
    for number, at in enumerate(range(0, len(listed), _LONGEST_VALUE), start=1):
        yield f"{OWN_VARIABLE}-{number}", listed[at : at + _LONGEST_VALUE]


def own_list(properties: Mapping[str, str]) -> str:
    """Return the list that ``own_properties`` divided."""
    numbers = range(1, len(properties) + 1)
    return "".join(properties.get(f"{OWN_VARIABLE}-{number}", "") for number in numbers)


def spelled(text: str) -> str:
    """Return ``text`` so that Excel shows it as it is: `_x0041_` would be shown as `A`."""
    return _SPELLED.sub("_x005F_", text) if "_x" in text else text


def unspelled(text: str) -> str:
    """Return the text that Excel shows for what stands in the file."""

    def sign(found: re.Match[str]) -> str:
        code = int(found[1], 16)
        return found[0] if code in _KEPT else chr(code)

    return _ESCAPE.sub(sign, text) if "_x" in text else text


def parts(text: str) -> tuple[str, ...]:
    """Return ``text`` in parts that a cell can hold; together they are the text."""
    if 2 * len(text) <= _LONGEST_CELL:
        return (text,)
    units = len(spelled(text).encode("utf-16-le", "surrogatepass")) // 2
    if units <= _LONGEST_CELL:
        return (text,)
    longest = _ONE_CELL if units == len(text) else _ONE_CELL // 2
    return tuple(text[at : at + longest] for at in range(0, len(text), longest))
