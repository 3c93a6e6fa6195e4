"""Finding many names in one pass over a text: from the left, and of several the longest."""

import re
from collections.abc import Iterable, Iterator
from functools import cache
from typing import Generic, TypeVar

from msgspec import Struct

from fieldvisit.fieldwork.anonymity.patterns import Pattern

Meaning = TypeVar("Meaning")


class Found(Struct, Generic[Meaning], frozen=True):
    """A name from ``start`` to ``end`` of a folded text, and what it means."""

    start: int
    end: int
    means: Meaning


class Finder(Generic[Meaning]):
    """Finds names that do not overlap; of two for the same letters the one given first."""

    def __init__(self, wanted: Iterable[tuple[Pattern, Meaning]]) -> None:
        self._by_first: dict[str, list[tuple[re.Pattern[str], Meaning]]] = {}
        for regex, (first, means) in _once(wanted).items():
            self._by_first.setdefault(first, []).append((_compiled(regex), means))
        firsts = "".join(map(re.escape, self._by_first))
        self._firsts = re.compile(f"[{firsts}]") if firsts else None

    def find(self, text: str) -> Iterator[Found[Meaning]]:
        """Yield what stands in a folded text, in order."""
        at = 0
        while self._firsts and (begins := self._firsts.search(text, at)):
            start = begins.start()
            found = self._longest(text, start)
            if found:
                yield found
            at = found.end if found else start + 1

    def _longest(self, text: str, start: int) -> Found[Meaning] | None:
        best: Found[Meaning] | None = None
        for regex, means in self._by_first[text[start]]:
            match = regex.match(text, start)
            if match and (best is None or match.end() > best.end):
                best = Found(start, match.end(), means)
        return best


@cache
def _compiled(regex: str) -> re.Pattern[str]:
    """Return a pattern, made once: names are looked for to replace them, then for what is left."""
    return re.compile(regex)


def _once(wanted: Iterable[tuple[Pattern, Meaning]]) -> dict[str, tuple[str, Meaning]]:
    found: dict[str, tuple[str, Meaning]] = {}
    for pattern, means in wanted:
        found.setdefault(pattern.regex, (pattern.first, means))
    return found
