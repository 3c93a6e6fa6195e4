"""Tags that a file carries out and brings back: whose sheet it is, what each box or row is for.

Word allows a tag 64 characters, so that the visit's id stands in them in base 64.
"""

import base64
import hashlib
import uuid
from collections.abc import Iterable, Mapping
from functools import lru_cache

from msgspec import Struct

from fieldvisit.fieldwork.guide import Address
from fieldvisit.fieldwork.note import Note
from fieldvisit.fieldwork.summary import Cell, StandingSummary, is_taken_unasked
from fieldvisit.harmless import visible
from fieldvisit.text import key

LONGEST = 64
READERS = ("city", "interviewer")
CONFIRMATION = "confirmation"  # instead of a reader: passages that the city is to confirm
_SHEET = "fieldvisit-sheet-1"
_PASSAGE = "fieldvisit-note-1"
_CELL = "fieldvisit-cell-1"
_WHOLE = "all"  # stands where the tag of a passage names a revision
_NONE = "-"
UNSORTED = "unsorted"  # in a tag the place of what has none yet
REVISION_LENGTH = 12  # characters of a revision's id
_SHORT_LENGTH = 22  # of 16 bytes in base 64


class Tag(Struct, frozen=True):
    """What a box is for: a new note at ``address``, or the note ``handle`` at a revision.

    ``revision`` is the beginning of the revision's id that was shown.
    """

    address: Address | None
    handle: str = ""
    revision: str = ""


def sheet_tag(visit_id: str, reader: str) -> str:
    """Return the tag of a whole sheet for one of READERS, or of a CONFIRMATION."""
    return f"{_SHEET}:{_short(visit_id)}:{reader}"


def read_sheet_tag(tag: str) -> tuple[str, str] | None:
    """Return the visit's id and the reader, None if it is no such tag."""
    name, short, reader = (*tag.strip().split(":", 2), "", "")[:3]
    known = name == _SHEET and reader in (*READERS, CONFIRMATION)
    return (_long(short), reader) if known and _long(short) else None


def passage_tag(note_id: str, revision: str) -> str:
    """Return the tag of the row that shows a note, as it stood at a revision, to the city."""
    return f"{_PASSAGE}:{uuid.UUID(note_id).hex}.{revision[:REVISION_LENGTH]}"


def read_passage_tag(tag: str) -> tuple[str, str] | None:
    """Return the note's id and the beginning of the revision's, None if it is no such tag."""
    name, _colon, rest = tag.strip().partition(":")
    note, dot, revision = rest.partition(".")
    try:
        return (str(uuid.UUID(hex=note)), revision) if name == _PASSAGE and dot else None
    except ValueError:
        return None


def whole_tag(visit_id: str) -> str:
    """Return the tag of the box that agrees to a whole letter about a visit."""
    return passage_tag(visit_id, _WHOLE)


def is_whole_tag(tag: str) -> bool:
    """Tell whether a tag is that of the box for a whole letter."""
    read = read_passage_tag(tag)
    return read is not None and read[1] == _WHOLE


def box_tag(visit_id: str, address: Address | None, reader: str = "interviewer") -> str:
    """Return the tag of the box under a question or topic, of at most LONGEST characters.

    Without an address it is that of the box for what has no place yet.
    """
    start, place = f"{_short(visit_id)}{reader[0]}:", str(address or UNSORTED)
    if len(start) + len(place) <= LONGEST:
        return f"{start}{place}"
    return f"{start}={hashlib.sha256(place.encode()).hexdigest()[:32]}"


def note_tag(visit_id: str, handle: str, revision: str) -> str:
    """Return the tag of a box that holds a note as it was shown, to the interviewer alone."""
    return f"{_short(visit_id)}i:#{handle}.{revision[:REVISION_LENGTH]}"


@lru_cache(maxsize=1000)
def visit_of(tag: str) -> str:
    """Return the id of the visit that a box's tag names, empty if it is no such tag."""
    start, colon, _rest = tag.strip().partition(":")
    return _long(start[:-1]) if colon and reader_of(tag) else ""


def reader_of(tag: str) -> str:
    """Return who was to fill in the box of a tag, empty if it is no such tag."""
    start, colon, _rest = tag.strip().partition(":")
    letters = {reader[0]: reader for reader in READERS}
    return letters.get(start[-1:], "") if colon and len(start) == _SHORT_LENGTH + 1 else ""


def tags_of(visit_id: str, addresses: Iterable[Address]) -> Mapping[str, Address | None]:
    """Return the address of every box tag that a sheet of this visit may carry."""
    tags = {
        box_tag(visit_id, address, reader): address for address in addresses for reader in READERS
    }
    return {**tags, box_tag(visit_id, None): None}


def read_box_tag(tag: str, known: Mapping[str, Address | None]) -> Tag | None:
    """Return what a box is for; ``known`` is from ``tags_of``. None if no sheet of ours has it."""
    tag = tag.strip()
    if tag in known:
        return Tag(known[tag])
    _start, _colon, rest = tag.partition(":")
    handle, dot, revision = rest.removeprefix("#").partition(".")
    return Tag(None, handle, revision) if rest.startswith("#") and dot else None


class CellTag(Struct, frozen=True):
    """What the tag of a cell of a comparison says: its name, the summary's revision, what was seen.

    ``revision`` is the beginning of its id, empty where there was no summary; ``seen`` are handles
    of notes with the beginnings of the ids of their revisions.
    """

    name: str
    revision: str
    seen: tuple[tuple[str, str], ...]


def cell_name(cell: Cell) -> str:
    """Return the name of a cell in a tag; it shows no code."""
    city, address = cell
    return hashlib.sha256(f"{city}:{address}".encode()).hexdigest()[:16]


def cell_tag(cell: Cell, notes: Iterable[Note], summary: StandingSummary | None) -> str:
    """Return the tag of a cell that shows these notes."""
    under = summary.summary.rests_on if summary else frozenset()
    seen = ",".join(
        f"{note.handle}.{note.revision[:REVISION_LENGTH]}"
        for note in notes
        if is_taken_unasked(note) or note.id in under
    )
    revision = summary.summary.revision[:REVISION_LENGTH] if summary else _NONE
    return f"{_CELL}:{cell_name(cell)}:{revision}:{seen}"


def read_cell_tag(text: str) -> CellTag | None:
    """Return what a tag says, None if it is no such tag."""
    start, *rest = text.strip().split(":")
    if start != _CELL or len(rest) != len(CellTag.__struct_fields__):
        return None
    name, revision, seen = rest
    pairs = [one.partition(".") for one in seen.split(",") if one]
    known = tuple((handle, of) for handle, _dot, of in pairs)
    return CellTag(name, "" if revision == _NONE else revision, known)


def lasting(text: str) -> str:
    """Return what any file keeps of a text: one in CP932 has not every character."""
    kept = visible(text).replace("?", "").encode("cp932", "ignore").decode("cp932")
    return "".join(key(kept).split())


def _short(visit_id: str) -> str:
    return base64.urlsafe_b64encode(uuid.UUID(visit_id).bytes).decode().rstrip("=")


def _long(short: str) -> str:
    try:
        return str(uuid.UUID(bytes=base64.urlsafe_b64decode(f"{short}==")))
    except ValueError:
        return ""
