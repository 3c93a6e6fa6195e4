"""The municipalities that come with the program; a study copies those it uses."""

import csv
from collections.abc import Iterator
from functools import cache

from fieldvisit.doors.inputs import shipped as shipped_text
from fieldvisit.fieldwork.city import City, CityAttribute


@cache
def shipped() -> tuple[City, ...]:
    """Return the shipped cities with their dated classes and attributes, by code."""
    attributes: dict[str, list[CityAttribute]] = {}
    for row in _rows("city_attributes.csv"):
        attribute = CityAttribute(row["name"], row["since"] or None, row["until"] or None)
        attributes.setdefault(row["code"], []).append(attribute)
    cities = (_city(row, tuple(attributes.get(row["code"], ()))) for row in _rows("cities.csv"))
    return tuple(sorted(cities, key=lambda city: city.code))


def _rows(name: str) -> Iterator[dict[str, str]]:
    return iter(csv.DictReader(shipped_text(name).splitlines()))


def _city(row: dict[str, str], attributes: tuple[CityAttribute, ...]) -> City:
    return City(
        code=row["code"],
        prefecture=row["prefecture"],
        name=row["name"],
        kana=row["kana"],
        romaji=row["romaji"],
        prefecture_en=row["prefecture_en"],
        attributes=attributes,
        since=row["since"] or None,
        until=row["until"] or None,
        successor=row["successor"] or None,
    )
