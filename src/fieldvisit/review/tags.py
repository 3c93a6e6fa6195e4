"""The tag that a file carries out and brings back: of a sheet, or of a box or row in it.

It holds ids and never a handle. Word allows a tag 64 characters.
"""

import hashlib
import re
import uuid
from collections.abc import Iterable, Mapping
from functools import lru_cache

from msgspec import Struct

from fieldvisit.fieldwork.guide import Address
from fieldvisit.fieldwork.note import Note
from fieldvisit.fieldwork.summary import Cell, StandingSummary, is_taken_unasked

LONGEST = 64
UNSORTED = "unsorted"  # in a tag the place of what has none yet
REVISION_LENGTH = 12  # characters of a revision's id
# What a tag is of, by its letter; it is a capital where the city has the sheet.
_WHATS = {what[0]: what for what in ("sheet", "letter", "box", "note", "whole", "cell")}
_TAG = re.compile(
    rf"fv1([{''.join(_WHATS)}])([0-9a-f]{{32}}):([^\s.]*)\.?([0-9a-f]*)", re.IGNORECASE
)
_SEEN = re.compile(r"([0-9a-f]{32})-([0-9a-f]*)")
_LONGEST_PLACE = LONGEST - len(f"fv1b{32 * '0'}:")


class Tag(Struct, frozen=True):
    """What a sheet, a box or a row is for.

    ``what`` is `sheet` or `letter` as a whole, `box` for a new note at the ``place`` in the guide,
    `note` for one that is shown, `whole` for the box that agrees to all of a letter, `cell` of a
    comparison, or empty if it is no tag of ours. ``owner`` is the id of the visit, the note, the
    cell; ``revision`` the beginning of the id of what was shown there.
    """

    what: str
    owner: str
    place: str = ""
    revision: str = ""
    reader: str = "interviewer"

    def __str__(self) -> str:
        """Return the tag as it is written; the place of a box is its hash if it is too long."""
        letter = self.what[0].upper() if self.reader == "city" else self.what[0]
        place = self.place
        if self.what == "box" and len(place) > _LONGEST_PLACE:
            digest = hashlib.sha256(place.encode()).hexdigest()
            place = f"={digest[: _LONGEST_PLACE - 1]}"
        revision = f".{self.revision[:REVISION_LENGTH]}" if self.revision else ""
        return f"fv1{letter}{_short(self.owner)}:{place}{revision}"

    @property
    def seen(self) -> tuple[tuple[str, str], ...]:
        """The notes that a cell showed: their ids with the beginnings of those of revisions."""
        return tuple((str(uuid.UUID(note)), of) for note, of in _SEEN.findall(self.place))


@lru_cache(maxsize=1000)
def read_tag(text: str) -> Tag:
    """Return what a tag says; its ``what`` is empty if it is none of ours."""
    found = _TAG.fullmatch(text.strip())
    if not found:
        return Tag("", "")
    letter, owner, place, revision = found.groups()
    reader = "city" if letter.isupper() else "interviewer"
    return Tag(_WHATS[letter.lower()], str(uuid.UUID(owner)), place, revision, reader)


def is_of_a_sheet(text: str) -> bool:
    """Tell whether a tag is that of a sheet or letter as a whole."""
    return read_tag(text).what in ("sheet", "letter")


def is_of_a_letter_row(text: str) -> bool:
    """Tell whether a tag is that of a row in a letter, and of no box."""
    tag = read_tag(text)
    return tag.what in ("note", "whole") and tag.reader == "city"


def box_tag(visit_id: str, address: Address | None, reader: str = "interviewer") -> str:
    """Return the tag of the box under a question or topic, or for what has no place yet."""
    return str(Tag("box", visit_id, str(address or UNSORTED), reader=reader))


def note_tag(note: Note) -> str:
    """Return the tag of a box that shows a note to the interviewer."""
    return str(Tag("note", note.id, revision=note.revision))


def tags_of(visit_id: str, addresses: Iterable[Address]) -> Mapping[str, Address | None]:
    """Return the address of every box that a sheet of this visit may carry, by its tag."""
    readers = ("city", "interviewer")
    tags = {box_tag(visit_id, place, reader): place for place in addresses for reader in readers}
    return {**tags, box_tag(visit_id, None): None}


def cell_id(cell: Cell) -> str:
    """Return the id of a cell of a comparison; it shows no code."""
    city, address = cell
    return str(uuid.UUID(bytes=hashlib.sha256(f"{city}:{address}".encode()).digest()[:16]))


def cell_tag(cell: Cell, notes: Iterable[Note], summary: StandingSummary | None) -> str:
    """Return the tag of a cell that shows these notes; no revision where there is no summary."""
    under = summary.summary.rests_on if summary else frozenset()
    seen = ",".join(
        f"{_short(note.id)}-{note.revision[:REVISION_LENGTH]}"
        for note in notes
        if is_taken_unasked(note) or note.id in under
    )
    return str(Tag("cell", cell_id(cell), seen, summary.summary.revision if summary else ""))


def _short(owner: str) -> str:
    return owner.replace("-", "")
