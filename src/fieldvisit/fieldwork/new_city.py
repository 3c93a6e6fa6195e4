"""What somebody typed of a new city, checked before it is stored."""

import re

from msgspec.structs import replace

from fieldvisit.dates import read_date
from fieldvisit.errors import WrongUsage
from fieldvisit.fieldwork.city import City, CityAttribute, full_code
from fieldvisit.fieldwork.terms import ATTRIBUTES, CLASSES
from fieldvisit.language import _
from fieldvisit.text import checked, key


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
