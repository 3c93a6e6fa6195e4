"""What a reader and a writer are told of a database that they cannot use."""

import pytest

from fieldvisit.actions.coverage import coverage
from fieldvisit.actions.make_study import add_study_group
from fieldvisit.errors import DatabaseTrouble
from fieldvisit.settings import Settings


def both_ways(given: Settings) -> list[DatabaseTrouble]:
    """What a reader and a writer are told; the file must stay as it is."""
    path = given.study().database
    before = path.read_bytes() if path.is_file() else b""
    told = []
    for action in (
        lambda: coverage(given, [], "all"),
        lambda: add_study_group(given, "x", "X"),
    ):
        with pytest.raises(DatabaseTrouble) as caught:
            action()
        told.append(caught.value)
        assert str(path) in caught.value.sentence
        assert caught.value.hint
        assert caught.value.exit_code == 1
    assert (path.read_bytes() if path.is_file() else b"") == before
    return told
