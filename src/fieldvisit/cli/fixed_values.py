"""Options that hold fixed values and dates: read where they are typed, stored in one form."""

from collections.abc import Iterable
from datetime import date
from functools import partial

from fieldvisit import dates
from fieldvisit.errors import WrongUsage
from fieldvisit.fieldwork.terms import (
    ATTRIBUTIONS,
    CLASSES,
    DISCLOSURES,
    KINDS,
    MARKS,
    MODES,
    NAMED,
    STATES,
    STATUSES,
)
from fieldvisit.fieldwork.vocabulary import Vocabulary
from fieldvisit.language import _, enumerated
from fieldvisit.study.view import today
from fieldvisit.text import key


def _value(vocabulary: Vocabulary, typed: str | None) -> str | None:
    """Return the value meant; None stays None."""
    return vocabulary.read(typed) if typed is not None else None


kind, disclosure, mode, status = (
    partial(_value, vocabulary) for vocabulary in (KINDS, DISCLOSURES, MODES, STATUSES)
)


def attribution(typed: str | None) -> str | None:
    """Return how far a speaker may be named; None stays None, empty takes it away."""
    return _value(ATTRIBUTIONS, typed) if typed else typed


def mark(typed: str) -> str:
    """Return the mark meant; a state that follows from the notes is no beginning of one."""
    derived = [
        name
        for value, term in STATES.items()
        if value not in MARKS
        for name in (value, term.ja, term.en)
    ]
    if key(typed) in map(key, derived):
        raise WrongUsage(
            _("“{typed}” follows from the notes and is not set by hand.").format(typed=typed),
            _("Allowed: {values}").format(values=MARKS.listed()),
        )
    return MARKS.read(typed)


def city_class(typed: str) -> str:
    """Return the class of cities meant; empty stays empty."""
    return CLASSES.read(typed) if typed else ""


def named(typed: str) -> str:
    """Return the kind of name meant; empty stays empty."""
    return NAMED.read(typed) if typed else ""


def one_of(option: str, typed: str, allowed: Iterable[str]) -> str:
    """Return what was typed if it is one of the ``allowed`` values; an empty one is not named."""
    allowed = tuple(allowed)
    if typed not in allowed:
        raise WrongUsage(
            _("{option} is none of the allowed values: {typed}").format(option=option, typed=typed),
            _("Allowed: {values}").format(values=enumerated(filter(None, allowed))),
        )
    return typed


def day(typed: str | None) -> str | None:
    """Return a date as ISO text; None stays None, empty (= no date) stays empty."""
    return dates.read_date(typed).isoformat() if typed else typed


def time(typed: str | None) -> str | None:
    """Return a time as `HH:MM` or `HH:MM-HH:MM`; None and empty stay."""
    return dates.read_time(typed) if typed else typed


def as_of(typed: str | None) -> str | None:
    """Return an as-of date as typed, once it is known to be one; None and empty stay."""
    return dates.read_as_of(typed) if typed else typed


def due(typed: str) -> str:
    """Return a due date as ISO text; without a year the next such day."""
    return dates.read_due(typed, today()).isoformat() if typed else ""


def period(since: str, until: str) -> tuple[date | None, date | None]:
    """Return the first day of ``since`` and the last of ``until``; empty leaves the end open."""
    first = dates.days_of(since)[0] if since else None
    last = dates.days_of(until)[1] if until else None
    if first and last and last < first:
        raise WrongUsage(
            _("--until {until} lies before --since {since}.").format(until=until, since=since),
            _("Give the earlier day with --since."),
        )
    return first, last
