"""What this run has stored by now: after that, only what is true is said of it.

Whoever commits remembers it here; the one place where every run ends asks.
"""

from collections.abc import Iterator
from contextlib import contextmanager


class _Run:
    stored = False


def begin() -> None:
    """Begin a run in which nothing is stored yet."""
    _Run.stored = False


def remember() -> None:
    """Remember that what was asked for is stored: no later trouble takes it back."""
    _Run.stored = True


def anything() -> bool:
    """Tell whether this run has stored anything that was asked for."""
    return _Run.stored


@contextmanager
def not_yet() -> Iterator[None]:
    """Commit parts of what was asked for, which alone are not what was asked for."""
    before = _Run.stored
    try:
        yield
    finally:
        _Run.stored = before
