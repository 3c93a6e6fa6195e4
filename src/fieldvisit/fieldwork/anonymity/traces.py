"""What may still lead to a name once the names are replaced: parts of names, and codes.

None of these is replaced unasked: 千葉 may be the city, its prefecture or a university. An output
that holds one is refused, and the user says what it stands for.
"""

import re
from collections.abc import Iterator

from msgspec import Struct

from fieldvisit.fieldwork.anonymity.folding import bare, fold
from fieldvisit.fieldwork.anonymity.names import SHORTEST, Names, is_long_enough
from fieldvisit.fieldwork.anonymity.patterns import KANJI, Pattern, katakana, reading, whole
from fieldvisit.fieldwork.city import KINDS, READINGS, City
from fieldvisit.fieldwork.visit import Participant

_LONG = 3  # letters of a part of a department's name, or of a reading, that tell something
_HONORIFIC = (
    "氏|さん|様|さま|殿|君|くん|先生|主幹|主査|主任|主事|参事|理事|補佐|専門監|市長|町長|村長|区長"
    f"|[{KANJI}]{{0,2}}(?:部|課|係|局|室|次|班|所|館|センター)長"
)
_TITLES = ("mr", "ms", "mrs", "dr", "prof")
_DEPARTMENT = re.compile(".*?(?:局|部|課|室|係|班|センター)")
_IN_KANJI = re.compile(f"[{KANJI}]{{{SHORTEST},}}")
_COUNTED = "[人件円千百万億台名戸時%年か所]"


class Trace(Struct, frozen=True):
    """What leads to a name: the part that gives away ``name``, itself of ``kind``.

    A code, a handle or an id (``kind`` empty) stands for no name, and has to be taken out.
    """

    part: str
    kind: str = ""
    name: str = ""


def traces(names: Names) -> Iterator[tuple[Pattern, Trace]]:
    """Yield how everything is found that must not be left, whole names among them."""
    for city in names.cities:
        yield from _codes(city)
        yield from _stems(city)
    for city in names.cities:
        stem = city.prefecture[:-1]
        if len(stem) >= SHORTEST and city.prefecture != "北海道":
            yield whole(stem), Trace(stem, "city", city.prefecture)
    for person in names.participants:
        yield from _family_names(person)
        yield from _parts_of_departments(person)


def _codes(city: City) -> Iterator[tuple[Pattern, Trace]]:
    six, five = city.code, city.code[:5]
    yield Pattern(f"(?<![0-9.,]){six}(?![0-9])", six[0]), Trace(six)
    end = f"(?![0-9]|[.,][0-9]| *{_COUNTED})"  # so many people are no code
    yield Pattern(f"(?<![0-9.,]){five}{end}", five[0]), Trace(five)


def _stems(city: City) -> Iterator[tuple[Pattern, Trace]]:
    kind = city.name[-1:]
    if kind not in KINDS:
        return
    stem = city.name[:-1]
    trace = Trace(stem, "city", city.name)
    if len(stem) >= SHORTEST:
        yield whole(stem), trace
    elif stem:
        yield whole(city.name), Trace(city.name, "city", city.name)
    for end in READINGS[kind]:
        short = city.kana.removesuffix(end)
        if short == city.kana or len(short) < SHORTEST:
            continue
        yield whole(katakana(short)), Trace(katakana(short), "city", city.name)
        if len(short) >= _LONG:
            yield reading(short), Trace(short, "city", city.name)


def _family_names(person: Participant) -> Iterator[tuple[Pattern, Trace]]:
    """Yield the parts of a name before how one is addressed, and the family name by itself.

    That is what stands before a blank, else two letters; by itself it is told from other words in
    kanji alone.
    """
    words = fold(person.name).split()
    if not words:
        return
    if "".join(words).isascii():
        yield from _roman_family_names(person, words)
        return
    family = words[0] if len(words) > 1 else bare(person.name)[:SHORTEST]
    if len(words) == 1 and len(bare(person.name)) == SHORTEST:
        return
    yield _addressed(family, person)
    if _IN_KANJI.fullmatch(family):
        found = whole(family)
        alone = f"(?<![{KANJI}]){found.regex}(?! *[{KANJI}])"
        yield Pattern(alone, found.first), Trace(family, "person", person.name)
    for given in words[1:]:
        if is_long_enough(given):
            yield _addressed(given, person)


def _addressed(name: str, person: Participant) -> tuple[Pattern, Trace]:
    """Return how a part of a name is found before how one is addressed."""
    found = whole(name)
    before = f"(?<![{KANJI}])" if len(name) == 1 else ""
    regex = f"{before}{found.regex}(?= *(?:{_HONORIFIC}))"
    return Pattern(regex, found.first), Trace(name, "person", person.name)


def _roman_family_names(person: Participant, words: list[str]) -> Iterator[tuple[Pattern, Trace]]:
    for word in (words[0], words[-1]) if len(words) > 1 else ():
        if is_long_enough(word):
            trace = Trace(word, "person", person.name)
            found = whole(word)
            yield Pattern(f"{found.regex}[ -](?:san|sama|shi)(?![a-z])", found.first), trace
            for title in _TITLES:
                regex = rf"(?<![a-z]){title}\.? *{found.regex.removeprefix('(?<![a-z])')}"
                yield Pattern(regex, title[0]), trace


def _parts_of_departments(person: Participant) -> Iterator[tuple[Pattern, Trace]]:
    # A word of an English name, such as Section, names no department by itself.
    words = [word for word in person.department.split() if not word.isascii()]
    parts = [part for word in words for part in _parts(word)]
    for part in parts if len(parts) > 1 else ():
        if len(bare(part)) >= _LONG:
            yield whole(part), Trace(part, "department", person.department)


def _parts(word: str) -> list[str]:
    return _DEPARTMENT.findall(word) or [word]
