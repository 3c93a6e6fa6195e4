"""Names that an anonymised output replaces, beside those that the study knows anyway."""

from msgspec import Struct

from fieldvisit.fieldwork.note import Note

IGNORED = "word"


class NameAlias(Struct, frozen=True):
    """A name as it may stand in a text.

    ``kind`` is one of ``terms.NAMED``; what is IGNORED was ticked off as no name and stays as it
    stands. ``stands_for`` is whom it names: a city's code or a prefecture, or the name of which it
    is another form; empty = a name of its own.
    """

    kind: str
    name: str
    stands_for: str = ""
    by: str = ""
    deleted: bool = False
    seq: int = 0
    revision: str = ""
    number: int = 0

    @property
    def id(self) -> str:
        """Return the name under which its revisions are kept."""
        return f"{self.kind}:{self.name}"


class Traced(Struct, frozen=True):
    """What a mark stands for: a note, or else a name of that kind."""

    mark: str
    note: Note | None = None
    kind: str = ""
    name: str = ""
