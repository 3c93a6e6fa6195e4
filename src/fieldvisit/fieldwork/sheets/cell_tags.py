"""Tags of the cells of a comparison: which cell it is, and what its reader had before the eyes."""

import hashlib
from collections.abc import Iterable
from dataclasses import dataclass

from fieldvisit.fieldwork.guide import Address
from fieldvisit.fieldwork.matrix import Cell, StandingSummary
from fieldvisit.fieldwork.note import Note
from fieldvisit.fieldwork.summary import is_taken_unasked

_START = "fieldvisit-cell-1"
_NONE = "-"
_REVISION = 12  # characters of a revision's id


@dataclass(frozen=True, slots=True)
class CellTag:
    """What a tag says: the name of the cell, the summary's revision, and the notes seen.

    ``revision`` is the beginning of its id, empty where there was no summary; ``seen`` are handles
    with the beginnings of the ids of their revisions.
    """

    name: str
    revision: str = ""
    seen: tuple[tuple[str, str], ...] = ()


def cell_name(cell: Cell) -> str:
    """Return the name of a cell in a tag; it shows no code."""
    city, address = cell
    return hashlib.sha256(f"{city}:{address}".encode()).hexdigest()[:16]


def cell_tag(
    city: str, address: Address, notes: Iterable[Note], summary: StandingSummary | None
) -> str:
    """Return the tag of a cell (``city`` is a code, or ACROSS) that shows these notes."""
    seen = " ".join(
        f"{note.handle}.{note.revision[:_REVISION]}" for note in notes if is_taken_unasked(note)
    )
    revision = summary.summary.revision[:_REVISION] if summary else _NONE
    return f"{_START}:{cell_name((city, address))}:{revision}:{seen}"


def read_cell_tag(text: str) -> CellTag | None:
    """Return what a tag says, None if it is no such tag."""
    start, *rest = text.strip().split(":")
    if start != _START or len(rest) != len(("name", "revision", "seen")):
        return None
    name, revision, seen = rest
    pairs = [one.partition(".") for one in seen.split()]
    return CellTag(
        name,
        "" if revision == _NONE else revision,
        tuple((handle, of) for handle, _dot, of in pairs),
    )
