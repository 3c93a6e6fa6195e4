"""What the blocks of a memo became, one entry a block: a note, or none."""

from collections.abc import Callable, Iterable, Iterator
from typing import Generic, TypeVar

NoteT = TypeVar("NoteT")


class Found(Generic[NoteT]):
    """The notes so far; a heading counts as one until another stands below it.

    ``closed`` makes a note off the record.
    """

    def __init__(self, closed: Callable[[NoteT], NoteT]) -> None:
        self._notes: list[NoteT | None] = []
        self._closed = closed
        self._above: dict[int, tuple[int, ...]] = {}  # of each heading that counts as a note

    def __len__(self) -> int:
        return len(self._notes)

    def __getitem__(self, at: int) -> NoteT | None:
        return self._notes[at]

    def __iter__(self) -> Iterator[NoteT | None]:
        return iter(self._notes)

    def add(self, note: NoteT | None, headings: Iterable[int] = ()) -> None:
        """Take what the next block became, and the places of the headings it stands under."""
        self._notes.append(note)
        self._fill(headings)

    def add_heading(self, note: NoteT, headings: Iterable[int]) -> None:
        """Take the next block, a heading that is a note if none comes below it."""
        self._above[len(self._notes)] = tuple(headings)
        self._notes.append(note)

    def close(self, which: Iterable[int]) -> None:
        """Make those of the notes off the record."""
        for at in which:
            note = self._notes[at]
            self._notes[at] = note and self._closed(note)

    def finish(self) -> None:
        """Let headings be no notes that have one below them, be it a heading itself."""
        for at, above in reversed(self._above.items()):
            if self._notes[at]:
                self._fill(above)

    def _fill(self, headings: Iterable[int]) -> None:
        for at in headings:
            self._notes[at] = None
