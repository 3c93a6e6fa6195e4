"""A YAML file as a tree in which every value is text and knows its line, and what is wrong."""

from typing import TypeAlias

from msgspec import Struct

from fieldvisit.language import together

LONGEST_QUOTATION = 40


class Problem(Struct, frozen=True, order=True):
    """What is wrong at ``line`` (from 1); ``path`` leads there, such as `topics.hiring.title`.

    ``allowed`` is a sentence that says what may stand there, the same for each such place.
    """

    line: int
    path: str
    sentence: str
    allowed: str = ""

    def __str__(self) -> str:
        """Return line, path if there is one, and sentence, to stand behind a file's name."""
        said = together(self.sentence, self.allowed)
        return ": ".join(part for part in (str(self.line), self.path, said) if part)


class Text(Struct, frozen=True):
    """A value as it was typed, without quotation marks; nothing typed is empty text."""

    line: int
    value: str


class Listing(Struct, frozen=True):
    """The entries of a list."""

    line: int
    items: tuple["Node", ...]


class Mapping(Struct, frozen=True):
    """The keys of a mapping with their values, in order; no key comes twice."""

    line: int
    entries: tuple[tuple[Text, "Node"], ...]

    def line_of(self, key: str) -> int:
        """Return the line on which ``key`` stands, or the mapping's own."""
        return next((name.line for name, _node in self.entries if name.value == key), self.line)


Node: TypeAlias = Text | Listing | Mapping


def joined(path: str, step: object) -> str:
    """Return ``path`` with one more step."""
    return f"{path}.{shortened(str(step))}" if path else shortened(str(step))


def shortened(text: str) -> str:
    """Return ``text`` on one line and short enough to be quoted in a sentence."""
    line = " ".join(text.split())
    return line if len(line) <= LONGEST_QUOTATION else line[: LONGEST_QUOTATION - 1] + "…"
