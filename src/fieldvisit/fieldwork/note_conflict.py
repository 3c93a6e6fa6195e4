"""Two statements that contradict each other (食い違い): both stay, and are shown together."""

from dataclasses import dataclass


@dataclass(frozen=True, slots=True)
class NoteConflict:
    """Two notes by id, the smaller first, and why they cannot both be right."""

    first: str
    second: str
    why: str
    by: str = ""
    deleted: bool = False
    seq: int = 0
    revision: str = ""
    number: int = 0

    @property
    def id(self) -> str:
        """Return the name under which its revisions are kept."""
        return f"{self.first}:{self.second}"

    def other(self, note_id: str) -> str:
        """Return the id of the note that contradicts the one given."""
        return self.second if note_id == self.first else self.first
