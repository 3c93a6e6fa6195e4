"""Municipalities: dated classes, codes with their check digit, names, and dated facts."""

import datetime as dt
import re
from collections.abc import Iterable, Iterator

from msgspec import Struct
from msgspec.structs import replace

from fieldvisit.dates import days_of, first_day, read_date
from fieldvisit.errors import Ambiguous, NotFound, Refused, WrongUsage
from fieldvisit.fieldwork.study import Kept
from fieldvisit.fieldwork.terms import ATTRIBUTES, CLASSES, FACTS
from fieldvisit.language import _, enumerated
from fieldvisit.text import checked, key, keys

OWN_PREFECTURE = "99"
KINDS = {"市": "city", "区": "ward", "町": "town", "村": "village"}
_KIND_OF_CLASS = dict.fromkeys(
    ("designated-city", "core-city", "special-case-city", "ordinary-city"), "市"
) | {"special-ward": "区", "town": "町", "village": "村", "prefecture": "団体", "other": "団体"}
READINGS = {
    "市": ("し", "shi"),
    "区": ("く", "ku"),
    "町": ("ちょう", "まち", "cho", "machi"),
    "村": ("そん", "むら", "son", "mura"),
}
_ASCII_DIGITS = str.maketrans("０１２３４５６７８９", "0123456789")
_CLOSE_NAMES = 5


class CityAttribute(Struct, frozen=True):
    """A class or attribute (``terms.ATTRIBUTES``) with its first and last day as ISO text.

    ``since`` None = always, ``until`` None = to this day.
    """

    name: str
    since: str | None = None
    until: str | None = None

    def holds_on(self, day: dt.date) -> bool:
        """Tell whether it was valid on ``day``."""
        return (self.since or "") <= day.isoformat() <= (self.until or "9999-12-31")


class City(Kept, frozen=True):
    """One municipality or other body, known by its 6-digit code.

    ``since`` and ``until`` are its own first and last day, ``successor`` the code of the city
    that took its place. ``revision`` and ``number`` are of its last revision in a study.
    """

    named_by = ("code",)

    code: str
    prefecture: str
    name: str
    kana: str
    romaji: str
    prefecture_en: str = ""
    attributes: tuple[CityAttribute, ...] = ()
    since: str | None = None
    until: str | None = None
    successor: str | None = None

    @property
    def is_ours(self) -> bool:
        """Tell whether the code is one of ours, not the ministry's."""
        return self.code.startswith(OWN_PREFECTURE)

    @property
    def printed_code(self) -> str:
        """Return the code as documents may show it: empty if it is one of ours."""
        return "" if self.is_ours else self.code

    def lies_in(self, prefecture: str) -> bool:
        """Tell whether it lies in the prefecture, named in either language, 県 or not."""
        names = (self.prefecture, self.prefecture_en, re.sub("[都道府県]$", "", self.prefecture))
        return key(prefecture) in map(key, names)

    def attributes_on(self, day: dt.date) -> frozenset[str]:
        """Return the class and the attributes of the city on ``day``."""
        return frozenset(a.name for a in self.attributes if a.holds_on(day))

    def class_on(self, day: dt.date) -> str | None:
        """Return its class on ``day``, None if unknown; of two the one that began later."""
        classes = [a for a in self.attributes if a.name in CLASSES and a.holds_on(day)]
        latest = max(classes, key=lambda a: a.since or "", default=None)
        return latest.name if latest else None

    def kind_on(self, day: dt.date) -> str:
        """Return what kind of body it is on ``day``: 市, 区, 町, 村 or 団体."""
        by_name = self.name[-1:] if self.name[-1:] in KINDS else "団体"
        return _KIND_OF_CLASS.get(self.class_on(day) or "", by_name)

    def you_word(self, day: dt.date, language: str) -> str:
        """Return how a letter of ``day`` addresses the city: 貴市, or “your city”."""
        kind = self.kind_on(day)
        return f"貴{kind}" if language == "ja" else f"your {KINDS.get(kind, 'organisation')}"


def check_digit(five: str) -> str:
    """Return the check digit of a code's first ``five`` ASCII digits."""
    weighted = sum(int(digit) * weight for digit, weight in zip(five, range(6, 1, -1), strict=True))
    return str((11 - weighted % 11) % 10)


def full_code(typed: str) -> str | None:
    """Return the 6-digit code that 5 or 6 digits mean, None for anything else.

    Raises WrongUsage if the sixth digit is not the check digit of the five before it.
    """
    digits = typed.strip().translate(_ASCII_DIGITS)
    if not re.fullmatch("[0-9]{5,6}", digits):
        return None
    code = digits[:5] + check_digit(digits[:5])
    if not code.startswith(digits):
        sentence = _("{typed} is not a city code: after {five} the check digit is {right}.")
        raise WrongUsage(
            sentence.format(typed=digits, five=digits[:5], right=code[-1]),
            _("Look the code up again, or give the name of the city."),
        )
    return code


def next_own_code(taken: Iterable[str]) -> str:
    """Return the first code of ours, from 990019 on, that is not ``taken``; Refused after 999."""
    used = set(taken)
    for number in range(1, 1000):
        five = f"{OWN_PREFECTURE}{number:03}"
        if (code := five + check_digit(five)) not in used:
            return code
    raise Refused(
        _("All 999 codes for bodies without an official one are taken."),
        _("Give the city its official code."),
    )


def matching(typed: str, cities: Iterable[City]) -> tuple[City, ...]:
    """Return the cities that ``typed`` may mean, in the given order.

    A code, else a name, prefecture and name, kana or romaji; only if nothing answers to that,
    the same without 市, 区, 町 or 村. Raises WrongUsage for a code with a wrong check digit.
    """
    known = tuple(cities)
    if code := full_code(typed):
        return tuple(city for city in known if city.code == code)
    wanted = key(typed)
    whole = tuple(city for city in known if wanted in _names(city))
    return whole or tuple(city for city in known if wanted in _short_names(city))


def find_city(typed: str, cities: Iterable[City]) -> City:
    """Return the one city that ``typed`` means.

    Raises NotFound with names that are close, Ambiguous with every candidate, WrongUsage for a
    code with a wrong check digit.
    """
    known = tuple(cities)
    found = matching(typed, known)
    if len(found) == 1:
        return found[0]
    if found:
        raise Ambiguous(
            _("“{typed}” is the name of several cities: {cities}.").format(
                typed=typed, cities=_listed(found)
            ),
            _("Give the code, or the prefecture and the name together."),
        )
    close = _close(typed, known)
    raise NotFound(
        _("No city is known as “{typed}”.").format(typed=typed),
        _("Did you mean {cities}?").format(cities=_listed(close))
        if close
        else _("See `fieldvisit city list`; `fieldvisit city add` adds a city."),
    )


def _names(city: City) -> set[str]:
    names = {city.name, city.prefecture + city.name, city.kana, city.romaji}
    kind = city.name[-1:]
    readings = [word for word in (*READINGS.get(kind, ()), KINDS.get(kind, "")) if word.isascii()]
    names |= {f"{city.romaji}{joint}{word}" for word in readings for joint in ("-", "") if word}
    if city.prefecture_en:
        names.add(city.prefecture_en + city.romaji)
    return set(keys(names)) - {""}


def _short_names(city: City) -> Iterator[str]:
    kind = city.name[-1:]
    if kind not in KINDS or len(city.name) == 1:
        return
    yield key(city.name[:-1])
    yield key(city.prefecture + city.name[:-1])
    for reading in READINGS[kind]:
        if city.kana.endswith(reading) and city.kana != reading:
            yield key(city.kana.removesuffix(reading))


def _close(typed: str, cities: tuple[City, ...]) -> tuple[City, ...]:
    from difflib import get_close_matches  # slow, and for refusals only

    names = {city.code: {*_names(city), *_short_names(city), city.code} for city in cities}
    close = get_close_matches(key(typed), sorted(set().union(*names.values())), n=_CLOSE_NAMES)
    return tuple(city for city in cities if not names[city.code].isdisjoint(close))


def _listed(cities: Iterable[City]) -> str:
    return enumerated(
        f"{city.prefecture} {city.name}" + (f" ({city.printed_code})" if city.printed_code else "")
        for city in cities
    )


def check_new_city(city: City) -> City:
    """Return the city, whose fields are as somebody typed them, as it is to be stored.

    Kana becomes hiragana, the code gets its check digit, classes their value, days ISO form.
    Raises WrongUsage, BadText or BadDate for what cannot be kept.
    """
    code = full_code(city.code)
    attributes = tuple(
        CityAttribute(ATTRIBUTES.read(a.name), _iso_day(a.since), _iso_day(a.until))
        for a in city.attributes
    )
    if code is None:
        sentence = _("“{typed}” is not a city code.").format(typed=city.code)
        raise WrongUsage(sentence, _("Write 6 digits, or 5."))
    if not any(a.name in CLASSES for a in attributes):
        sentence = _("The class of {city} is missing.").format(city=city.name)
        raise WrongUsage(sentence, _("Allowed: {values}").format(values=CLASSES.listed()))
    return replace(
        city,
        code=code,
        prefecture=_one_line(city.prefecture, _("prefecture")),
        name=_one_line(city.name, _("name of the city")),
        kana=_checked_kana(city.kana) if city.kana else "",
        romaji=_checked_romaji(city.romaji),
        prefecture_en=_one_line(city.prefecture_en, _("prefecture")) if city.prefecture_en else "",
        attributes=attributes,
        since=_iso_day(city.since),
        until=_iso_day(city.until),
    )


def _iso_day(typed: str | None) -> str | None:
    return read_date(typed).isoformat() if typed else None


def _one_line(typed: str, what: str) -> str:
    line = " ".join(checked(typed, what).split())
    if not line.isprintable():
        raise WrongUsage(
            _("The {what} holds control characters.").format(what=what),
            _("Type it again without them."),
        )
    return line


def _checked_kana(typed: str) -> str:
    kana = key(typed)
    if not re.fullmatch("[ぁ-ゖー]+", kana):
        raise WrongUsage(
            _("“{typed}” cannot be read as kana.").format(typed=typed),
            _("Write the reading in hiragana or katakana, for example ちばし."),
        )
    return kana


def _checked_romaji(typed: str) -> str:
    romaji = typed.strip().lower()
    # `chiba-1` is the handle of a visit, so no city may be called that.
    if not re.fullmatch("[a-z][a-z0-9-]*", romaji) or re.search("-[0-9]*$", romaji):
        raise WrongUsage(
            _("“{typed}” cannot be the romaji name of a city.").format(typed=typed),
            _("Use a-z, 0-9 and hyphens, a letter first and no number alone at the end: chiba."),
        )
    return romaji


class CityFact(Kept, frozen=True):
    """One fact as it was published; another date is another fact, and both are kept.

    ``key`` is what the study calls it (`population`), ``value`` as typed with its unit, ``as_of``
    an as-of date as typed.
    """

    named_by = ("city_code", "key", "as_of")

    city_code: str
    key: str
    value: str
    as_of: str
    source: str
    by: str = ""


def fact_key(typed: str, used: Iterable[str] = ()) -> str:
    """Return the key that ``typed`` means.

    That is a common one by its English or Japanese name, one that the study has ``used`` before
    in whatever width, else what was typed. Raises BadText for what is no name.
    """
    name = " ".join(checked(typed, _("name of the fact")).split())
    common = FACTS.exactly(name)
    return common or next((known for known in used if key(known) == key(name)), name)


def on_the_same_date(facts: Iterable[CityFact], name: str, as_of: str) -> CityFact | None:
    """Return the fact of that key and date, in whatever form the date was typed."""
    wanted = days_of(as_of)
    here = (fact for fact in facts if fact.key == name)
    return next((fact for fact in here if days_of(fact.as_of) == wanted), None)


def in_order(facts: Iterable[CityFact]) -> tuple[CityFact, ...]:
    """Return facts by key, the common ones first and then as entered, the latest date first."""
    facts = tuple(facts)
    keys = tuple(dict.fromkeys([*FACTS, *(fact.key for fact in facts)]))
    newest_first = sorted(facts, key=lambda fact: first_day(fact.as_of), reverse=True)
    return tuple(sorted(newest_first, key=lambda fact: keys.index(fact.key)))


def latest(facts: Iterable[CityFact]) -> dict[str, CityFact]:
    """Return the latest fact of each key, in the order in which the keys were first entered."""
    found: dict[str, CityFact] = {}
    for fact in facts:
        known = found.get(fact.key)
        if known is None or first_day(known.as_of) <= first_day(fact.as_of):
            found[fact.key] = fact
    return found
