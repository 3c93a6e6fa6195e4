"""Texts of an Excel file with their runs: shared ones, those inside a cell, and comments."""

from collections.abc import Callable, Mapping

from msgspec import Struct

from fieldvisit.exchange.excel.names import NAMES, Attributes, is_on
from fieldvisit.exchange.office.xml import parse
from fieldvisit.exchange.table_limits import TooMuch
from fieldvisit.fieldwork.record.sheet import one_newline
from fieldvisit.fieldwork.sheets.excel_carriers import unspelled
from fieldvisit.language import _

_MOST_ELEMENTS = 3_000_000  # in one part


class Styled(Struct, frozen=True):
    """A text in runs; each is struck through, not, or (None) as its cell is."""

    runs: tuple[tuple[str, bool | None], ...]

    def parted(self, *, struck: bool) -> tuple[str, str]:
        """Return what stands and what is struck, in a cell that is ``struck`` as a whole."""
        marked = [(text, struck if own is None else own) for text, own in self.runs]
        if len(marked) == 1:
            text = _clean(marked[0][0])
            return ("", text) if marked[0][1] else (text, "")
        standing = "".join(text for text, own in marked if not own)
        return _clean(standing), _clean("".join(text for text, own in marked if own))

    def __len__(self) -> int:
        return sum(len(text) for text, _struck in self.runs)


def plain(text: str) -> Styled:
    """Return a text without runs of its own."""
    return Styled(((text, None),))


def _clean(text: str) -> str:
    return one_newline(unspelled(text))


class TextReader:
    """Collects one text after the other; the readings of its signs (furigana) are passed over."""

    def __init__(self) -> None:
        self._runs: list[tuple[str, bool | None]] = []
        self._struck: bool | None = None
        self._text: list[str] = []
        self._takes = False
        self._readings = 0

    def start(self, name: str, attributes: Attributes) -> None:
        """Take the start of an element by its short name."""
        if name == "r":
            self._struck = None
        elif name == "rPr":
            self._struck = False
        elif name == "strike":
            self._struck = is_on(attributes, "val", usual=True)
        elif name == "rPh":
            self._readings += 1
        elif name == "t":
            self._takes = not self._readings

    def end(self, name: str) -> None:
        """Take the end of an element."""
        if name == "t":
            self._runs.append(("".join(self._text), self._struck))
            self._text, self._takes = [], False
        elif name == "r":
            self._struck = None
        elif name == "rPh":
            self._readings -= 1

    def characters(self, text: str) -> None:
        """Take what stands between tags."""
        if self._takes:
            self._text.append(text)

    def taken(self) -> Styled:
        """Return the text that was collected and begin the next."""
        found = Styled(tuple(run for run in self._runs if run[0]))
        self._runs, self._struck = [], None
        return found


def walk(
    data: bytes,
    start: Callable[[str, Attributes], None],
    end: Callable[[str], None],
    characters: Callable[[str], None],
) -> None:
    """Send the elements that mean something to us, by their short names.

    Raises ForbiddenXml for broken XML and TooMuch beyond the limit.
    """
    left = _MOST_ELEMENTS

    def started(name: str, attributes: Mapping[str, str]) -> None:
        nonlocal left
        left -= 1
        if left < 0:
            raise TooMuch(
                _("it has more than {limit} elements.").format(limit=f"{_MOST_ELEMENTS:,}")
            )
        if short := NAMES.get(name):
            start(short, attributes)

    def ended(name: str) -> None:
        if short := NAMES.get(name):
            end(short)

    parse(
        data,
        {
            "StartElementHandler": started,
            "EndElementHandler": ended,
            "CharacterDataHandler": characters,
        },
    )


def shared_texts(data: bytes | None) -> list[Styled]:
    """Return the texts that cells share, in the order of their numbers."""
    reader = TextReader()
    found: list[Styled] = []

    def end(name: str) -> None:
        reader.end(name)
        if name == "si":
            found.append(reader.taken())

    if data is not None:
        walk(data, reader.start, end, reader.characters)
    return found
