"""Which study is asked what: each command in each format at least so often, and every line."""

import random
from collections import Counter
from collections.abc import Iterator
from itertools import groupby

from msgspec.structs import replace

from cli.harness import every_command
from privacy.commands import LANGUAGES, Line, lines

AT_LEAST = 30
STUDIES = 300


def command_of(line: Line) -> str:
    """The words of the command that a line calls."""
    words = tuple(line.words.split())
    return " ".join(words[:2] if words[:2] in _KNOWN else words[:1])


_KNOWN = {words for words in every_command() if len(words) == 2}


def draws(seed: int = 0) -> list[Line]:
    """Every line for every audience, again and again until there are enough."""
    dice = random.Random(seed)
    found: list[Line] = []
    in_english = [line for line in lines() if line.language == LANGUAGES[0]]
    for _name, group in groupby(sorted(in_english, key=_kind), key=_kind):
        deck = list(group)
        for _ in range(-(-AT_LEAST // len(deck))):
            found += [replace(line, language=dice.choice(LANGUAGES)) for line in deck]
    dice.shuffle(found)
    return found


def _kind(line: Line) -> tuple[str, str]:
    return command_of(line), line.format


def share(study: int) -> Iterator[Line]:
    """What the study of that number is asked; after each 300 all begins anew in another order."""
    again, place = divmod(study, STUDIES)
    yield from draws(again)[place::STUDIES]


def counted(studies: int) -> Counter[tuple[str, str]]:
    """How often so many studies are asked each command in each format."""
    found: Counter[tuple[str, str]] = Counter()
    for again in range(-(-studies // STUDIES)):
        for place, line in enumerate(draws(again)):
            if again * STUDIES + place % STUDIES < studies:
                found[_kind(line)] += 1
    return found


def told(found: Counter[tuple[str, str]]) -> str:
    """The same in words."""
    each: dict[str, list[str]] = {}
    for (name, format_), number in sorted(found.items()):
        each.setdefault(name, []).append(f"{format_} {number}")
    return "; ".join(f"{name}: {', '.join(formats)}" for name, formats in each.items())
