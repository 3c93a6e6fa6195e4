"""A change that a test makes in a study, how it reads one, and what is told where nobody can."""

from collections.abc import Iterator
from contextlib import contextmanager
from typing import Any

import pytest

from fieldvisit.actions.coverage import coverage
from fieldvisit.actions.make_study import add_study_group
from fieldvisit.errors import DatabaseTrouble
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


def both_ways(given: Settings) -> list[DatabaseTrouble]:
    """What a reader and a writer are told; the file must stay as it is."""
    path = given.study().database
    before = path.read_bytes() if path.is_file() else b""
    told = []
    for action in (lambda: coverage(given, [], "all"), lambda: add_study_group(given, "x", "X")):
        with pytest.raises(DatabaseTrouble) as caught:
            action()
        told.append(caught.value)
        assert str(path) in caught.value.sentence
        assert caught.value.hint
        assert caught.value.exit_code == 1
    assert (path.read_bytes() if path.is_file() else b"") == before
    return told
