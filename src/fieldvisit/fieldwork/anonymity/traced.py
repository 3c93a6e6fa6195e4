"""What stands behind a mark of an anonymised output."""

from dataclasses import dataclass

from fieldvisit.fieldwork.note import Note


@dataclass(frozen=True, slots=True)
class Traced:
    """What a mark stands for: a note, or else a name."""

    mark: str
    note: Note | None = None
    kind: str = ""
    name: str = ""
