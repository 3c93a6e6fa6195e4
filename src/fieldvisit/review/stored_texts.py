"""What a visit holds already, so that the same words twice change nothing."""

from collections import defaultdict
from collections.abc import Callable, Iterable, Sequence

from msgspec import Struct

from fieldvisit.fieldwork.disclosure import strictest
from fieldvisit.fieldwork.guide import Address
from fieldvisit.fieldwork.note import Note
from fieldvisit.review.item import Item
from fieldvisit.text import settled

Place = Address | None


class KnownNote(Struct, frozen=True):
    """A note, and all the words, places and levels that it ever had."""

    note: Note
    versions: Sequence[Note]

    @property
    def levels(self) -> frozenset[str]:
        """Return the levels."""
        return frozenset(then.disclosure for then in self.versions)


class StoredTexts:
    """The notes and the items of a visit by place and words; a note answers for one text alone."""

    def __init__(
        self, notes: Iterable[KnownNote], items: Iterable[Item], now: Callable[[Address], Address]
    ) -> None:
        self._left: dict[tuple[Place, str], list[KnownNote]] = defaultdict(list)
        for known in notes:
            places = {
                place and now(place) for then in known.versions for place in then.places or (None,)
            }
            bodies = {settled(then.body) for then in known.versions}
            for said in ((place, body) for place in places for body in bodies):
                self._left[said].append(known)
        self._items = tuple(items)

    def take(self, place: Place, text: str, level: str, fits: Callable[[Note], bool]) -> bool:
        """Tell whether a note says this, and was as closed as ``level``, if any is said."""
        left = self._left[place, settled(text)]
        for known in left:
            if fits(known.note) and (
                not level or strictest((level, *known.levels)) in known.levels
            ):
                left.remove(known)
                return True
        return False

    def more_open(self, place: Place, text: str) -> Note | None:
        """Return a note that says this and stands, None if there is none."""
        left = self._left[place, settled(text)]
        return next((known.note for known in left if not known.note.deleted), None)

    def was_item(self, slot: str, place: Place, text: str, sha256: str) -> bool:
        """Tell whether another file said this in the same place."""
        return any(
            one.sha256 != sha256
            and (one.slot == slot if slot else one.place == place)
            and settled(one.text) == settled(text)
            for one in self._items
        )

    def is_second(self, slot: str, sha256: str, *, also_taken: bool) -> bool:
        """Tell whether another text for the slot waits, or was taken."""
        states = {"waiting", "taken"} if also_taken else {"waiting"}
        return bool(slot) and any(
            one.slot == slot and one.sha256 != sha256 and one.state in states for one in self._items
        )
