"""What stands behind a mark of an anonymised output."""

from msgspec import Struct

from fieldvisit.fieldwork.note import Note


class Traced(Struct, frozen=True):
    """What a mark stands for: a note, or else a name."""

    mark: str
    note: Note | None = None
    kind: str = ""
    name: str = ""
