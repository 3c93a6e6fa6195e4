"""The walk through one part of a Word file, which is never held as a tree.

Neither depth nor length costs memory, and nothing is passed over because it is unknown.
"""

from collections.abc import Callable

from fieldvisit.exchange.office.xml import parse
from fieldvisit.exchange.word.names import NAMES, Attributes
from fieldvisit.language import _

MOST_ELEMENTS = 700_000


class TooMuch(Exception):
    """More than any sheet holds; the text says of what."""


class Walk:
    """The elements of one part by their short names; who wants to know of one says so first.

    ``found`` counts the characters (and pictures) that were found so far, ``root`` is the name
    of the outermost element.
    """

    def __init__(self) -> None:
        self.found = 0
        self.root = ""
        self.stack = ["", "", ""]
        self._starts: dict[str, list[Callable[[Attributes], None]]] = {}
        self._ends: dict[str, list[Callable[[], None]]] = {}
        self._characters: Callable[[str], object] = str
        self._elements = 0
        self._choices: list[int] = []
        self._skipped = 0

    def on(
        self,
        names: str,
        start: Callable[[Attributes], None] | None = None,
        end: Callable[[], None] | None = None,
    ) -> None:
        """Call ``start`` and ``end`` at the tags of each of ``names``, parted by blanks."""
        for name in names.split():
            if start:
                self._starts.setdefault(name, []).append(start)
            if end:
                self._ends.setdefault(name, []).append(end)

    def on_characters(self, tell: Callable[[str], None]) -> None:
        """Call ``tell`` with whatever stands between tags."""
        self._characters = tell

    def is_under(self, *names: str) -> bool:
        """Tell whether the present element lies right inside of ``names``, the nearest last."""
        return tuple(self.stack[-len(names) :]) == names

    def read(self, data: bytes) -> None:
        """Walk through ``data``; raises ForbiddenXml for broken XML, TooMuch beyond limits."""
        parse(
            data,
            {
                "StartElementHandler": self._start,
                "EndElementHandler": self._end,
                "CharacterDataHandler": self._text,
            },
        )

    def _start(self, name: str, attributes: Attributes) -> None:
        short = NAMES.get(name, "")
        if self._skipped or (short in ("Choice", "Fallback") and self._is_read_already()):
            self._skipped += 1
            return
        self.root = self.root or name.rpartition(" ")[2]
        self._elements += 1
        if self._elements > MOST_ELEMENTS:
            raise TooMuch(_("it is made of too many pieces."))
        if short == "AlternateContent":
            self._choices.append(self.found)
        for tell in self._starts.get(short, ()):
            tell(attributes)
        self.stack.append(short)

    def _end(self, _name: str) -> None:
        if self._skipped:
            self._skipped -= 1
            return
        short = self.stack.pop()
        if short == "AlternateContent":
            self._choices.pop()
        for tell in self._ends.get(short, ()):
            tell()

    def _text(self, text: str) -> None:
        if not self._skipped:
            self._characters(text)

    def _is_read_already(self) -> bool:
        """Tell whether the same thing stood there in another form: text boxes come twice."""
        return bool(self._choices) and self.found > self._choices[-1]
