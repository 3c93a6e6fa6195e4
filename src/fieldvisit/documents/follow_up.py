"""Who owes what by when, as the head of other pages and as a shape."""

from collections.abc import Iterator, Sequence
from typing import Any

from fieldvisit.documents import shapes, wordings
from fieldvisit.documents.page import Block, Heading, Table
from fieldvisit.fieldwork.follow_up import Owed
from fieldvisit.language import _, counted, enumerated


def blocks(found: Sequence[Owed]) -> Iterator[Block]:
    """Yield the list in its order, nothing if nothing is owed."""
    if not found:
        return
    rows = [
        [_due(owed), f"{owed.city.name} {owed.visit.handle}", owed.who, what(owed)]
        for owed in found
    ]
    head = [_("due"), _("city"), _("to ask"), _("what")]
    if not any(owed.who for owed in found):
        head, rows = [head[at] for at in (0, 1, 3)], [[row[at] for at in (0, 1, 3)] for row in rows]
    yield Heading(2, _("To follow"))
    yield Table.of(head, rows)


def what(owed: Owed) -> str:
    """Return in words what is owed: the question, or how many passages."""
    if owed.topic is None:
        return _passages(owed)
    number, words = str(owed.topic.number), owed.topic.title
    if owed.question:
        number, words = f"{number}/{owed.question.number}", owed.question.ask
    day = owed.visit.day
    said = wordings.addressed(words, owed.city, day) if day else str(words)
    reason = owed.standing.reason if owed.standing else ""
    return f"{number} {said}{wordings.bracketed(reason)}"


def _passages(owed: Owed) -> str:
    number = len(owed.passages)
    text = counted("{n} passage to be confirmed", "{n} passages to be confirmed", number)
    sent = min(one.request.sent_on for one in owed.passages)
    details = [
        _("sent {date}").format(date=wordings.day(sent)) if sent else "",
        _("changed since: {n}").format(n=owed.changed) if owed.changed else "",
    ]
    return text + wordings.bracketed(enumerated(detail for detail in details if detail))


def _due(owed: Owed) -> str:
    if not owed.due:
        return _("no date")
    return wordings.day(owed.due) + wordings.bracketed(_overdue(owed))


def _overdue(owed: Owed) -> str:
    """Return by how many days it is overdue; empty if it is not."""
    if not owed.is_overdue:
        return ""
    return counted("OVERDUE by {n} day", "OVERDUE by {n} days", owed.days_over)


def shape(found: Sequence[Owed]) -> list[dict[str, Any]]:
    """Return the list for JSON."""
    return [_shape(owed) for owed in found]


def _shape(owed: Owed) -> dict[str, Any]:
    sent = [one.request.sent_on for one in owed.passages]
    return {
        "kind": owed.kind,
        "visit": owed.visit.handle,
        "city": shapes.city_name(owed.city),
        "to_ask": owed.who or None,
        "topic": owed.standing.address.topic if owed.standing else None,
        "question": owed.standing.address.question if owed.standing else None,
        "reason": (owed.standing.reason if owed.standing else "") or None,
        "passages": [one.note.handle for one in owed.passages],
        "changed": owed.changed,
        "sent": min(sent, default="") or None,
        "due": owed.due or None,
        "days_overdue": owed.days_over,
    }
