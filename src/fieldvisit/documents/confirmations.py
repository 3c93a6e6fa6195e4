"""What cities were asked to confirm and what they said: the list, and a line for one note."""

from collections.abc import Mapping, Sequence
from datetime import date
from typing import Any

from fieldvisit.documents import shapes, wordings
from fieldvisit.documents.document import Document
from fieldvisit.documents.grid import Column, Value
from fieldvisit.documents.listing import listing
from fieldvisit.fieldwork.city import City
from fieldvisit.fieldwork.confirmation import Confirmation
from fieldvisit.fieldwork.confirming.standing import STANDINGS, ConfirmationStanding
from fieldvisit.fieldwork.note import Note
from fieldvisit.fieldwork.terms import CONFIRMATIONS
from fieldvisit.language import _, enumerated


def confirmation_list(
    found: Sequence[ConfirmationStanding], cities: Mapping[str, City], audience: str, today: date
) -> Document:
    """Return how each note stands with its city, in the order given."""
    day = today.isoformat()
    return listing(
        "confirmations",
        _("Confirmation by the cities"),
        (
            Column("visit", _("visit")),
            Column("note", _("handle")),
            Column("state", _("state of the confirmation")),
            Column("due", _("reply by")),
            Column("department", _("department asked")),
            Column("sent_on", _("sent on")),
            Column("answered_on", _("answered on")),
            Column("who", _("answered by")),
            Column("comment", _("comment")),
            Column("body", _("text")),
        ),
        (_row(one, day) for one in found),
        lambda: {
            "audience": audience,
            "confirmations": [_shape(one, cities, day) for one in found],
        },
        head=[wordings.audience_line(audience)],
        empty=_("There is nothing that a city could be asked to confirm."),
    )


def _row(one: ConfirmationStanding, today: str) -> tuple[Value, ...]:
    asked = one.confirmation
    overdue = _("OVERDUE ") if one.is_overdue(today) else ""
    return (
        one.visit.handle,
        one.note.handle,
        STANDINGS.word(one.state),
        overdue + wordings.day(one.due) or None,
        *(
            (
                asked.department or None,
                wordings.day(asked.sent_on) or None,
                wordings.day(asked.answered_on) or None,
                asked.who or None,
                asked.comment or None,
            )
            if asked
            else (None,) * 5
        ),
        one.note.body,
    )


def _shape(one: ConfirmationStanding, cities: Mapping[str, City], today: str) -> dict[str, Any]:
    return {
        "visit": one.visit.handle,
        "city": shapes.city_name(cities[one.visit.city_code]),
        "note": one.note.handle,
        "state": one.state,
        "overdue": one.is_overdue(today),
        "confirmation": shape(one.confirmation, one.note),
    }


def shape(found: Confirmation | None, note: Note) -> dict[str, Any] | None:
    """Return what a city was asked and said about a note; ``holds`` = of it as it stands."""
    if found is None:
        return None
    return {
        "state": found.state,
        "holds": found.holds_for(note),
        "department": found.department or None,
        "sent_on": found.sent_on or None,
        "due": found.due or None,
        "answered_on": found.answered_on or None,
        "who": found.who or None,
        "comment": found.comment or None,
        "by": found.by or None,
    }


def in_words(found: Confirmation | None, note: Note) -> str:
    """Return in one line what a city was asked and said, who and when; empty if nothing."""
    if found is None:
        return ""
    state = CONFIRMATIONS.word(found.state)
    if found.state == "sent":
        details = (wordings.day(found.sent_on), _due(found.due))
    else:
        details = (found.who, wordings.day(found.answered_on))
    changed = "" if found.holds_for(note) else _("the note was changed since")
    return state + wordings.bracketed(enumerated(filter(None, (*details, changed))))


def _due(day: str) -> str:
    return _("reply by {date}").format(date=wordings.day(day)) if day else ""
