"""Lines that we printed ourselves: the list of them that a file carries, and how it is used.

A line is known by the beginning of a hash, so that the list says nothing to whoever reads it.
"""

import base64
import hashlib
import re
from collections import Counter
from collections.abc import Iterable, Iterator, Mapping
from datetime import date, timedelta

from fieldvisit.dates import MONTHS
from fieldvisit.harmless import visible
from fieldvisit.review.tags import lasting

_SIGNS = b"_."  # they mean nothing in Markdown, XML and CSV
_LENGTH = 5  # characters of base 64: 30 bits
OWN_LINES = "fieldvisit-own:"  # with this the comment begins that holds the list in Markdown
_CHECKS = "~"
_CHECKED = re.compile(
    rf"([^\s{_CHECKS}]+){_CHECKS}((?:[A-Za-z0-9_.]{{{_LENGTH}}}){{0,3}})(.*)", re.DOTALL
)
_MONTHS = {name[:3].casefold(): number for number, name in enumerate(MONTHS, start=1)}
_PART = rf"([0-9]{{1,2}}|{'|'.join(_MONTHS)})"
_DATE = re.compile(rf"(?:[0-9]{{4}}[-/.年])?{_PART}[-/.月]{_PART}日?(?:-[0-9]{{2,4}}|t?00:00:00)?")
_SERIAL = re.compile("4[0-9]{4}")  # days since 1899: of 2009 to 2036


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
    return f"{tag}{_CHECKS}{marks}" if tag and marks else tag


class CheckedTag:
    """The tag of a row that came back, and the checks of its cells; ``rest`` is what is neither.

    A tag that may hold blanks has no such checks.
    """

    def __init__(self, text: str) -> None:
        found = _CHECKED.fullmatch(text.strip())
        self.tag, checks, self.rest = found.groups("") if found else (text.strip(), "", "")
        self._checks = frozenset(_marks(checks))

    def is_own(self, column: str, text: str) -> bool:
        """Tell whether a cell holds what we printed; a number may have been made a date."""
        texts = [text, *_made_a_date(text)] if column == "number" else [text]
        return any(_check(column, one) in self._checks for one in texts)


def _check(column: str, text: str) -> str:
    """Return a check of what any file keeps of a cell: one in CP932 has not every character."""
    return own_mark(lasting(text), column)


def _marks(found: str) -> list[str]:
    return [found[at : at + _LENGTH] for at in range(0, len(found), _LENGTH)]


def _made_a_date(text: str) -> Iterator[str]:
    """Yield the numbers of questions, such as 1/2, of which a spreadsheet may have made a date."""
    if found := _SERIAL.fullmatch(text):
        text = (date(1899, 12, 30) + timedelta(days=int(found[0]))).isoformat()
    if found := _DATE.fullmatch(text.strip().casefold()):
        first, second = (_MONTHS.get(part) or int(part) for part in found.groups())
        yield f"{first}/{second}"
        yield f"{second}/{first}"
