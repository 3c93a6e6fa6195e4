"""Confirmation (内容確認): whether a city has agreed to a note as it stood when it was sent."""

import unicodedata

from msgspec import Struct

from fieldvisit.fieldwork.note import Note
from fieldvisit.fieldwork.study import Kept
from fieldvisit.harmless import visible

# A city has agreed to these.
CONFIRMED = frozenset({"ok", "corrected"})
# And has said these of a note instead; a later tick does not undo it.
OBJECTED = frozenset({"corrected", "anonymous", "withheld"})


class Confirmation(Kept, frozen=True):
    """What a city was asked about a note, and what it said.

    ``state`` is one of ``terms.CONFIRMATIONS``. ``note_revision`` is the revision that the
    city saw, or the one that its correction made: the confirmation holds for no other. Days are
    ISO dates or empty; ``who`` answered for the city, ``comment`` is what else was said;
    ``letter_number`` is its number in the letter that was sent last.
    """

    named_by = ("note_id",)

    note_id: str
    visit_id: str
    state: str
    note_revision: str
    department: str = ""
    sent_on: str = ""
    due: str = ""
    answered_on: str = ""
    who: str = ""
    comment: str = ""
    letter_number: int = 0
    by: str = ""

    def holds_for(self, note: Note) -> bool:
        """Tell whether it speaks of the note as it stands now."""
        return not self.deleted and self.note_revision == note.revision

    def is_agreed(self, note: Note) -> bool:
        """Tell whether the city agreed to the note as it stands now."""
        return self.state in CONFIRMED and self.holds_for(note)


class SentPassage(Struct, frozen=True):
    """The note as it stands now, and what the city was asked about it."""

    note: Note
    request: Confirmation


def same_words(one: str, other: str) -> bool:
    """Tell whether two texts are one to a reader: blanks and ends of lines do not count."""
    return bare(one) == bare(other)


def bare(text: str) -> str:
    """Return what of a text a reader sees, without its blanks."""
    return "".join(visible(unicodedata.normalize("NFC", text)).split())


def says_as_seen(note: Note, seen: Note | None) -> bool:
    """Tell whether ``note`` stands as it did when the city saw it: after an undo it does again."""
    return seen is not None and _told(note) == _told(seen)


def _told(note: Note) -> tuple[object, ...]:
    speaker = note.speaker and note.speaker.person_id
    filed = (note.places, note.tags, note.only_for)
    named = (speaker, note.attribution)
    return (note.body, note.kind, note.disclosure, named, filed, note.origin, note.deleted)
