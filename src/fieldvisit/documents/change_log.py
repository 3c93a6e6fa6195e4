"""The changes of a study as a list; objects by their handles, never with their text."""

from collections.abc import Callable, Iterable, Iterator, Mapping, Sequence

from fieldvisit.documents import wordings
from fieldvisit.documents.document import Document
from fieldvisit.documents.grid import Column
from fieldvisit.documents.lists import listing
from fieldvisit.fieldwork.study import KEEP_GUIDES, LoggedChange
from fieldvisit.fieldwork.terms import OBJECTS
from fieldvisit.language import _, enumerated


def change_log(changes: Sequence[LoggedChange], handles: Mapping[str, str]) -> Document:
    """Return the changes of the study; objects by their handles, never with their text."""
    return listing(
        "log",
        _("Changes"),
        (
            Column("change", _("change")),
            Column("at", _("time")),
            Column("by", _("by")),
            Column("command", _("command")),
            Column("objects", _("what it touched")),
            Column("undone", _("taken back")),
        ),
        (
            (
                change.id[-8:],
                wordings.moment(change.at),
                change.by,
                _("guides fixed") if change.command == KEEP_GUIDES else change.command,
                objects_of(change, handles),
                _("yes") if change.undone_by else None,
            )
            for change in changes
        ),
        lambda: {
            "changes": [
                {
                    "id": change.id,
                    "at": change.at,
                    "by": change.by,
                    "command": change.command,
                    "objects": [_object(found, handles) for found in change.objects],
                    "undone_by": change.undone_by or None,
                    "undoes": change.undoes or None,
                }
                for change in changes
            ]
        },
        empty=_("Nothing was changed yet."),
    )


def objects_of(change: LoggedChange, handles: Mapping[str, str]) -> str:
    """Return what a change touched, by kinds and handles."""
    return enumerated(_object(found, handles, OBJECTS.word) for found in change.objects)


def _object(found: str, handles: Mapping[str, str], word: Callable[[str], str] = str) -> str:
    kind, _colon, name = found.partition(":")
    first, colon, rest = name.partition(":")
    if kind == name:
        return word(kind)
    return (
        f"{word(kind)} {handles.get(first, first)}{' ' + handles.get(rest, rest) if colon else ''}"
    )


def told_closed_summaries(addresses: Iterable[str]) -> Iterator[str]:
    """Yield a line for each summary that an undone change had closed and that stays closed."""
    for address in addresses:
        yield _(
            "The summary of {place} stays off the record. Open it, if somebody allowed it:"
            " fieldvisit summary set {place} -d LEVEL"
        ).format(place=address)


def told_still_closed(handles: Iterable[str]) -> Iterator[str]:
    """Yield a line for each note that an undone change had closed and that stays closed."""
    for handle in handles:
        yield _(
            "{handle} stays off the record. Open it, if somebody allowed it:"
            " fieldvisit note edit {handle} -d LEVEL --reason TEXT"
        ).format(handle=handle)
