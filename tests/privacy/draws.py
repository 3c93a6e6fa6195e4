"""Which study is asked what: each command in each of its formats so often, and every line."""

import random
from collections import Counter
from functools import cache
from pathlib import Path

from msgspec.structs import replace

from privacy.commands import LANGUAGES, Line, asked, command_of, lines, names_for
from privacy.worlds import cells, handles

AT_LEAST = 30
STUDIES = 300
Kind = tuple[str, str]
Decks = dict[Kind, list[Line]]


def kind(line: Line) -> Kind:
    """What is counted: the command and the format."""
    return command_of(line.words), line.format


@cache
def decks(folder: Path) -> Decks:
    """Every line in English, by command and format; a form that a command has not is left out.

    ``folder`` is a study in which it is tried.
    """
    found: Decks = {}
    for line in lines():
        if line.language == LANGUAGES[0]:
            found.setdefault(kind(line), []).append(line)
    return {of: deck for of, deck in found.items() if not of[1] or _is_a_form(folder, deck)}


def _is_a_form(folder: Path, deck: list[Line]) -> bool:
    names = names_for(handles(folder)[:1], [], [], cells(folder))
    codes = set()
    for line in {line.words: line for line in deck}.values():
        codes.add(asked(folder, line, names).code)
        if 0 in codes:
            return True
    return 2 not in codes


def forms(folder: Path, command: str) -> list[str]:
    """The formats in which a command can be asked for."""
    return [format_ for known, format_ in decks(folder) if known == command]


@cache
def draws(folder: Path, seed: int = 0) -> list[Line]:
    """Every line for every audience, again and again until there are enough."""
    dice = random.Random(seed)
    found: list[Line] = []
    for deck in decks(folder).values():
        for _ in range(-(-AT_LEAST // len(deck))):
            found += [replace(line, language=dice.choice(LANGUAGES)) for line in deck]
    dice.shuffle(found)
    return found


def share(folder: Path, study: int) -> list[Line]:
    """What the study of that number is asked; after each 300 all begins anew in another order."""
    again, place = divmod(study, STUDIES)
    return draws(folder, again)[place::STUDIES]


def counted(folder: Path, studies: int) -> Counter[Kind]:
    """How often so many studies are asked each command in each format."""
    return Counter(kind(line) for study in range(studies) for line in share(folder, study))


def told(found: Counter[Kind]) -> str:
    """The same in words."""
    each: dict[str, list[str]] = {}
    for (name, format_), number in sorted(found.items()):
        each.setdefault(name, []).append(f"{format_} {number}")
    return "; ".join(f"{name}: {', '.join(formats)}" for name, formats in each.items())
