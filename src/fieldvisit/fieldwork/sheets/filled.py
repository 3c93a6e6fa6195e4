"""A text that was not stored, where it stands, and why."""

from msgspec import Struct

from fieldvisit.fieldwork.sheets.returned_file import Where
from fieldvisit.language import _


class Stray(Struct, frozen=True):
    """A text that was not recognised or not stored, where it stands, and why."""

    text: str
    where: Where
    why: str


def why_apart(apart: str) -> str:
    """Return why a text that stands apart is not read as an answer."""
    return {
        "struck": _("It is struck through."),
        "deleted": _("It was deleted with changes being tracked."),
        "comment": _("It is a comment."),
        "instruction": _("It stands on another sheet."),
        "hidden": _("It is hidden."),
        "formula": _("It is a formula whose value was not saved."),
        "above": _("It stands above the table."),
        "drawn": _("It stands in a text box."),
        "margin": _("It stands above or below every page."),
    }.get(apart, apart)
