"""Texts that stand at a visit already, so that the same file twice changes nothing."""

from collections import defaultdict
from collections.abc import Callable, Hashable, Iterable

from fieldvisit.errors import Conflict
from fieldvisit.fieldwork.disclosure import strictest
from fieldvisit.fieldwork.note import Note
from fieldvisit.language import _


class KnownTexts:
    """Which notes have or had a text; each of them answers for one text that comes back."""

    def __init__(self) -> None:
        self._left: dict[Hashable, list[Note]] = defaultdict(list)
        self._levels: dict[Hashable, set[str]] = defaultdict(set)

    def add(self, note: Note, texts: Iterable[Hashable], levels: Iterable[str]) -> None:
        """Learn what a note says or ever said, and all levels that it ever had."""
        known = frozenset(levels)
        for text in dict.fromkeys(texts):
            self._left[text].append(note)
            self._levels[text] |= known

    def knows(self, text: Hashable) -> bool:
        """Tell whether a note that says this has not answered yet."""
        return bool(self._left[text])

    def take(
        self, text: Hashable, level: str, fits: Callable[[Note], bool] = lambda _note: True
    ) -> Note | None:
        """Return the note that says this, which has then answered; None if none that ``fits`` does.

        ``level`` is what was said of it, empty if nothing. Raises Conflict if the note that
        stands was never as closed; one that was deleted while more open says something else.
        """
        found = [note for note in self._left[text] if fits(note)]
        if level and strictest((level, *self._levels[text])) not in self._levels[text]:
            found = [note for note in found if not note.deleted]
            for note in found:
                raise _more_open(note, level)
        if not found:
            return None
        self._left[text].remove(found[0])
        return found[0]


def _more_open(note: Note, level: str) -> Conflict:
    return Conflict(
        _("Note {handle} says the same, but is more open.").format(handle=note.handle),
        _("Change it with: fieldvisit note edit {handle} -d {level}").format(
            handle=note.handle, level=level
        ),
    )
