"""Tags of the cells of a comparison: which cell it is, and what its reader had before the eyes."""

import hashlib
import re
from collections.abc import Iterable, Iterator, Mapping

from msgspec import Struct

from fieldvisit.fieldwork.note import Note
from fieldvisit.fieldwork.summary import Cell, StandingSummary, is_taken_unasked
from fieldvisit.review.columns import MATRIX_COLUMNS
from fieldvisit.review.tags import REVISION_LENGTH, lasting

_START = "fieldvisit-cell-1"
_NONE = "-"
_CHECK = 4  # characters for each cell beside the summary
# What we print in a row, but for the summary and the tag itself.
_CHECKED = tuple(column for column in MATRIX_COLUMNS if column not in {"tag", "summary"})
# A spreadsheet may make a number of a code or a handle.
_MAY_BE_NUMBERS = frozenset({"city_code", "handles", "summary_handles"})
_NUMBER = r"[0-9.,+E\s]+"


class CellTag(Struct, frozen=True):
    """What a tag says: the name of the cell, the summary's revision, and the notes seen.

    ``revision`` is the beginning of its id, empty where there was no summary; ``seen`` are handles
    with the beginnings of the ids of their revisions; ``checks`` tell what stood beside it.
    """

    name: str
    revision: str
    seen: tuple[tuple[str, str], ...]
    checks: str

    @property
    def beyond(self) -> str:
        """What a person wrote behind the tag."""
        return self.checks[len(_CHECKED) * _CHECK :].strip()

    def written_over(self, cells: Mapping[str, str]) -> Iterator[str]:
        """Yield the keys of the cells of our own that a person wrote into."""
        for at, column in enumerate(_CHECKED):
            check = self.checks[at * _CHECK : (at + 1) * _CHECK]
            text = cells.get(column, "")
            made = column in _MAY_BE_NUMBERS and re.fullmatch(_NUMBER, text)
            if text.strip() and not made and check != _check(text):
                yield column


def cell_name(cell: Cell) -> str:
    """Return the name of a cell in a tag; it shows no code."""
    city, address = cell
    return hashlib.sha256(f"{city}:{address}".encode()).hexdigest()[:16]


def cell_tag(
    cell: Cell,
    notes: Iterable[Note],
    summary: StandingSummary | None,
    printed: Mapping[str, object],
) -> str:
    """Return the tag of a cell that shows these notes; ``printed`` are the other cells by key."""
    under = summary.summary.rests_on if summary else frozenset()
    seen = " ".join(
        f"{note.handle}.{note.revision[:REVISION_LENGTH]}"
        for note in notes
        if is_taken_unasked(note) or note.id in under
    )
    revision = summary.summary.revision[:REVISION_LENGTH] if summary else _NONE
    checks = "".join(_check(str(printed.get(column) or "")) for column in _CHECKED)
    return f"{_START}:{cell_name(cell)}:{revision}:{seen}:{checks}"


def read_cell_tag(text: str) -> CellTag | None:
    """Return what a tag says, None if it is no such tag."""
    start, *rest = text.strip().split(":")
    if start != _START or len(rest) != len(("name", "revision", "seen", "checks")):
        return None
    name, revision, seen, checks = rest
    pairs = [one.partition(".") for one in seen.split()]
    known = tuple((handle, of) for handle, _dot, of in pairs)
    return CellTag(name, "" if revision == _NONE else revision, known, checks)


def _check(text: str) -> str:
    return hashlib.sha256(lasting(text).encode()).hexdigest()[:_CHECK]
