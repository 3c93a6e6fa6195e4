"""A change that a test makes in a study, and how it reads one."""

from collections.abc import Iterator
from contextlib import contextmanager
from typing import Any

from fieldvisit.settings import Settings
from fieldvisit.shipped_cities import shipped
from fieldvisit.storage.connection import Change, reading, writing

CHIBA = next(city for city in shipped() if city.code == "121002")


@contextmanager
def one_change(given_study: Settings) -> Iterator[Change]:
    with writing(given_study.study().database, "test", "t") as change:
        yield change


def read(given_study: Settings) -> Any:
    return reading(given_study.study().database)
