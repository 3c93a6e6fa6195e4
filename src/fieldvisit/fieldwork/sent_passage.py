"""A passage that a city was asked to confirm and on which no word has come yet."""

from msgspec import Struct

from fieldvisit.fieldwork.confirmation import Confirmation
from fieldvisit.fieldwork.note import Note


class SentPassage(Struct, frozen=True):
    """The note as it stands now, and what the city was asked about it."""

    note: Note
    request: Confirmation

    @property
    def is_changed(self) -> bool:
        """Tell whether the note no longer reads as it was sent."""
        return not self.request.holds_for(self.note)
