"""An anonymised output that was made: its number and its key, and what a mark of it stands for."""

from collections.abc import Mapping

from msgspec import Struct

from fieldvisit.fieldwork.note import Note


class AnonymisedOutput(Struct, frozen=True):
    """The key of an output, which stays in the study.

    ``lines`` are its notes by id, line 1 first; ``names`` says of each label (`A市`) what kind of
    name it stands for and whose: the id of an `anonymity.names.Subject`. ``at`` is UTC ISO 8601.
    """

    at: str
    by: str
    lines: tuple[str, ...]
    names: Mapping[str, tuple[str, str]]


class Traced(Struct, frozen=True):
    """What a mark stands for: a note, or else a name of that kind."""

    mark: str
    note: Note | None = None
    kind: str = ""
    name: str = ""
