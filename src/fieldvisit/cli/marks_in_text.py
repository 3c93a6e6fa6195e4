"""Marks of the record sheet in the text of a single note, where they would silently stay text."""

from fieldvisit.errors import WrongUsage
from fieldvisit.fieldwork.record.marks import almost_off_record, begins_with_mark
from fieldvisit.language import _


def refuse_marks(body: str, level: str | None) -> None:
    """Refuse a mark of the record sheet in the text: here it would silently stay text.

    Words that may mean off the record are text once ``level`` says how the note may be used.
    """
    text = body.lstrip()
    if begins_with_mark(text):
        raise WrongUsage(
            _("The text begins with a mark of the record sheet, 【…】."),
            _("Say it with an option, like -d off-record or -k quote. Nothing was stored."),
        )
    if level is None and any(almost_off_record(line.lstrip()) for line in text.split("\n")):
        raise WrongUsage(
            _("The text may mean that this is off the record."),
            _("Say how it may be used: -d off-record, or another level. Nothing was stored."),
        )
