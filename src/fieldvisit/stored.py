"""What this run has stored by now: after that, only what is true is said of it.

Whoever commits remembers it here; the one place where every run ends asks.
"""

from collections.abc import Iterator
from contextlib import contextmanager


class _Run:
    stored = 0


def begin() -> None:
    """Begin a run in which nothing is stored yet."""
    _Run.stored = 0


def remember() -> None:
    """Remember that what was asked for is stored: no later trouble takes it back."""
    _Run.stored += 1


def anything() -> int:
    """Return how often this run has stored something that was asked for."""
    return _Run.stored


@contextmanager
def not_yet() -> Iterator[None]:
    """Commit parts of what was asked for, which alone are not what was asked for."""
    before = _Run.stored
    try:
        yield
    finally:
        _Run.stored = before
