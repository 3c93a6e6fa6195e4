"""Two statements that contradict each other (食い違い): both stay, and are shown together."""

from collections.abc import Iterable, Mapping, Sequence

from msgspec import Struct

from fieldvisit.fieldwork.note import Note


class NoteConflict(Struct, frozen=True):
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


class Contradiction(Struct, frozen=True):
    """A note that contradicts another, by its handle and city, and why both cannot be right."""

    handle: str
    city_code: str
    why: str


def between(one: Note, other: Note, why: str, by: str) -> NoteConflict:
    """Return the conflict of two notes, whichever was named first."""
    first, second = sorted((one.id, other.id))
    return NoteConflict(first, second, why, by)


def contradictions(
    conflicts: Iterable[NoteConflict], notes: Mapping[str, Note]
) -> dict[str, tuple[Contradiction, ...]]:
    """Return by handle what contradicts each note; ``notes`` by id are those in the conflicts."""
    found: dict[str, tuple[Contradiction, ...]] = {}
    for conflict in conflicts:
        for note_id in (conflict.first, conflict.second):
            other = notes[conflict.other(note_id)]
            against = Contradiction(other.handle, other.city_code, conflict.why)
            handle = notes[note_id].handle
            found[handle] = (*found.get(handle, ()), against)
    return found


def side_by_side(
    notes: Iterable[Note], against: Mapping[str, Sequence[Contradiction]]
) -> tuple[Note, ...]:
    """Return notes in their order, but each followed by those that contradict it.

    ``against`` tells by the handle of a note what contradicts it.
    """
    left = {note.handle: note for note in notes}
    found: list[Note] = []
    while left:
        waiting = [next(iter(left))]
        while waiting:
            if note := left.pop(waiting.pop(), None):
                found.append(note)
                others = [one.handle for one in against.get(note.handle, ())]
                waiting += [other for other in reversed(others) if other in left]
    return tuple(found)
