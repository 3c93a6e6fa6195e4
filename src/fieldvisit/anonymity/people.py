"""The people of a study, found in texts that are for others.

A name counts as it was registered, wherever it stands. A family or a given name alone and a name
of one letter count where somebody is addressed by it (山田課長, Ms. Smith), and so does a family
name that was registered as such if it is a place's too (千葉). Within the name of a place, or of
what is ``held`` besides, nobody is named.
"""

import re
from collections.abc import Collection, Iterator, Mapping
from functools import cached_property

from msgspec import Struct

from fieldvisit.anonymity.form import KANJI, bare, form
from fieldvisit.anonymity.names import PREFECTURES, SHORTEST, alternation, whole
from fieldvisit.anonymity.perhaps import addressed, parts_of_name

_K = f"[{KANJI}]"


class People(Struct, frozen=True, dict=True):
    """Looks for people by their ``names``; ``places`` and ``held`` may have theirs in them."""

    names: Collection[str]
    places: Collection[str] = ()
    held: Collection[str] = ()

    def named_in(self, text: str) -> Iterator[str]:
        """Yield the names that stand in a text, as they stand there."""
        pattern, meant = self._pattern
        read = form(text)
        for match in pattern.finditer(read.text):
            if meant[bare(match.group())]:
                start, end = read.span(*match.span())
                yield text[start:end]

    @cached_property
    def _pattern(self) -> tuple[re.Pattern[str], Mapping[str, bool]]:
        """Return the pattern, and what of the bare forms in it is a person's name."""
        own = [(bare(word), regex) for name in self.names for word, regex in self._regexes(name)]
        keys = {key for key, _regex in own if key}
        longer = {bare(name): name for name in (*self.places, *PREFECTURES, *self.held)}
        held = {key: name for key, name in longer.items()
                if key not in keys and any(part in key for part in keys)}  # fmt: skip
        patterns = [*own, *((key, whole(name)) for key, name in held.items())]
        return alternation(patterns), dict.fromkeys(held, False) | dict.fromkeys(keys, True)

    def _regexes(self, name: str) -> Iterator[tuple[str, str]]:
        """Yield the forms of a name and how each is found."""
        letters = bare(name)
        if not re.fullmatch(f"{_K}*", letters):
            if len(letters) >= SHORTEST:
                yield name, _whole(name)
        elif len(letters) > SHORTEST:
            yield name, whole(name)
        elif len(letters) == SHORTEST and letters not in self._stems:
            yield name, f"(?<!{_K}){whole(name)}(?!{_K})"
        for part in {*parts_of_name(name), *([name] if letters else ())}:
            yield part, addressed(part)

    @cached_property
    def _stems(self) -> Collection[str]:
        """The places without their last letter."""
        return {bare(name)[:-1] for name in (*self.places, *PREFECTURES)}


def _whole(name: str) -> str:
    """Return how a name is found: one Roman word as a name alone, not as a word like it (will)."""
    word = form(name).text
    if not (word.isascii() and word.isalpha()):
        return whole(name)
    return f"(?-i:{whole(word[0].upper() + word[1:])}|{whole(word.upper())})"
