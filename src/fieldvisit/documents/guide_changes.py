"""What differs between two states of a guide: the list, and the values that changed."""

from collections.abc import Iterator, Sequence

from fieldvisit.documents.document import Document
from fieldvisit.documents.grid import Column
from fieldvisit.documents.listing import listing
from fieldvisit.fieldwork.guide import Address
from fieldvisit.fieldwork.guide_diff import Change
from fieldvisit.language import _, enumerated

_VALUE = ("field", "old", "new")


def guide_changes(changes: Sequence[Change]) -> Document:
    """Return what differs between two states of a guide."""
    words = {
        "added": _("added"),
        "dropped": _("dropped"),
        "renamed": _("renamed"),
        "changed": _("changed"),
    }
    return listing(
        "guide-diff",
        _("Changes of the guide"),
        (
            Column("what", _("change")),
            Column("address", _("address")),
            Column("was", _("was")),
            Column("fields", _("fields")),
        ),
        (
            (words[c.what], _named(c.address), _named(c.was), enumerated(_fields(c)))
            for c in changes
        ),
        lambda: {
            "changes": [
                {
                    "what": change.what,
                    "address": _named(change.address),
                    "was": _named(change.was),
                    "fields": list(change.fields),
                    "values": [dict(zip(_VALUE, found, strict=True)) for found in change.values],
                }
                for change in changes
            ]
        },
        empty=_("Nothing differs."),
    )


def _fields(change: Change) -> Iterator[str]:
    """Yield the fields that differ, those of one value with what it was and is."""
    values = {name: f"{name}: {old or '-'} → {new or '-'}" for name, old, new in change.values}
    return (values.get(name, name) for name in change.fields)


def _named(address: Address | None) -> str | None:
    return str(address) if address else None
