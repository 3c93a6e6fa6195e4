"""What is pinned to a sheet of an Excel file: comments, old and new, and boxes with text."""

from collections.abc import Iterator

from fieldvisit.exchange.excel.cells import ApartCell
from fieldvisit.exchange.excel.drawn import drawn_texts
from fieldvisit.exchange.excel.names import Attributes, place
from fieldvisit.exchange.excel.texts import TextReader, walk
from fieldvisit.exchange.office.file import OfficeFile

# Beside a thread of comments Excel keeps a copy for old versions, written by such an author.
_COPY = "tc="


def remarks(file: OfficeFile, part: str) -> Iterator[ApartCell]:
    """Yield the remarks on the sheet in ``part``; the names of their authors are left out.

    Raises ForbiddenXml and TooMuch.
    """
    threads = [
        found
        for name in file.related(part, "threadedComment")
        for found in _threads(file.part(name))
    ]
    yield from threads
    for name in file.related(part, "comments"):
        yield from _comments(file.part(name), with_copies=not threads)
    for name in file.related(part, "drawing"):
        yield from drawn_texts(file.part(name))


def _comments(data: bytes | None, *, with_copies: bool) -> Iterator[ApartCell]:
    reader = _Comments()
    if data is not None:
        walk(data, reader.start, reader.end, reader.characters)
    for reference, author, text in reader.found:
        if with_copies or not author.startswith(_COPY):
            yield ApartCell(*place(reference), _without_name(text, author), "comment")


def _without_name(text: str, author: str) -> str:
    """Return a comment without the name that Excel writes on top of it."""
    rest = text.removeprefix(author).lstrip(" ") if author else ""
    return rest[1:].strip() if rest[:1] in (":", "：") and rest != text else text.strip()


class _Comments:
    def __init__(self) -> None:
        self.found: list[tuple[str, str, str]] = []
        self._authors: list[str] = []
        self._name: list[str] | None = None
        self._text = TextReader()
        self._reference, self._author = "", ""

    def start(self, name: str, attributes: Attributes) -> None:
        if name == "author":
            self._name = []
        elif name == "comment":
            self._reference = attributes.get("ref", "A1")
            self._author = self._author_of(attributes.get("authorId", ""))
        else:
            self._text.start(name, attributes)

    def end(self, name: str) -> None:
        if name == "author":
            self._authors.append("".join(self._name or ()))
            self._name = None
        elif name == "comment":
            standing, struck = self._text.taken().parted(struck=False)
            self.found.append((self._reference, self._author, standing or struck))
        else:
            self._text.end(name)

    def characters(self, text: str) -> None:
        if self._name is None:
            self._text.characters(text)
        else:
            self._name.append(text)

    def _author_of(self, number: str) -> str:
        known = number.isascii() and number.isdigit() and int(number) < len(self._authors)
        return self._authors[int(number)] if known else ""


def _threads(data: bytes | None) -> Iterator[ApartCell]:
    found: list[tuple[str, list[str]]] = []
    taking: list[bool] = []

    def start(name: str, attributes: Attributes) -> None:
        if name == "threadedComment":
            found.append((attributes.get("ref", "A1"), []))
        elif name == "text":
            taking.append(True)

    def end(name: str) -> None:
        if name == "text":
            taking.pop()

    def characters(text: str) -> None:
        if taking and found:
            found[-1][1].append(text)

    if data is not None:
        walk(data, start, end, characters)
    for reference, texts in found:
        yield ApartCell(*place(reference), "".join(texts).strip(), "comment")
