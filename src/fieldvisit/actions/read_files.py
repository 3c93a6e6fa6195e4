"""`read`: whatever came back, each piece of it stored, unchanged, waiting or ignored."""

from collections.abc import Callable, Collection, Mapping, Sequence
from pathlib import Path

from msgspec import Struct
from msgspec.structs import replace

from fieldvisit.actions.returned import comparisons, letters, sheets
from fieldvisit.actions.review import Decision, settle
from fieldvisit.errors import Refused
from fieldvisit.exchange.returned_files import read_file
from fieldvisit.language import _
from fieldvisit.review.columns import FILLED_IN
from fieldvisit.review.item import Arrival, Item, Proposed
from fieldvisit.review.pieces import ReturnedFile
from fieldvisit.review.tags import read_tag
from fieldvisit.settings import Settings
from fieldvisit.storage import queries, records
from fieldvisit.storage.connection import Change
from fieldvisit.study.change import changing
from fieldvisit.study.view import StudyView, viewing

Proposer = Callable[[StudyView, ReturnedFile, Arrival], Proposed]
PROPOSERS: Mapping[str, Proposer] = {
    "letter": letters.propose,
    "memo": sheets.propose_memo,
    "sheet": sheets.propose_sheet,
    "comparison": comparisons.propose_comparison,
}

# What a file is, by what its first tag is of.
_KINDS = {
    "sheet": "sheet", "box": "sheet", "letter": "letter", "whole": "letter", "cell": "comparison",
}  # fmt: skip


class Reading(Struct, frozen=True):
    """A file that was parsed, and what it would change as the study stood then."""

    file: ReturnedFile
    proposed: Proposed


class ReadFile(Struct, frozen=True):
    """What became of a file: its items as they stand now, those stored and those that wait."""

    reading: Reading
    items: tuple[Item, ...]


def read_files(given: Settings, files: Sequence[Path], arrival: Arrival) -> tuple[Reading, ...]:
    """Return what the files would change; nothing is stored. Refused names a file and why."""
    return tuple(propose(given, file, arrival) for file in [read_file(path) for path in files])


def propose(given: Settings, file: ReturnedFile, arrival: Arrival) -> Reading:
    """Return what a file that was parsed would change; nothing is stored."""
    with viewing(given, "all") as view:
        return Reading(file, _propose(view, file, arrival))


def store_reading(
    given: Settings,
    reading: Reading,
    arrival: Arrival,
    taken: Collection[str] | None = None,
    sitting: str = "",
    command: str = "",
) -> ReadFile:
    """Store plain items (those ``taken``, None = all), let all others wait, in one change."""
    command = command or f"read {Path(reading.file.path).name.replace(': ', ':')}"
    with changing(given, command, sitting) as (view, change):
        proposed = _propose(view, reading.file, arrival)
        items = tuple(
            store_item(view, change, item, take=taken is None or item.id in taken)
            for item in proposed.items
        )
        return ReadFile(replace(reading, proposed=proposed), (*items, *proposed.waiting))


def store_item(view: StudyView, change: Change, item: Item, *, take: bool = True) -> Item:
    """Store an item, over one of the same place whose reading was undone."""
    before = next(iter(queries.items(view.connection, beginning=item.id, deleted=True)), None)
    if before:
        item = replace(item, revision=before.revision, number=before.number)
    if take and item.is_plain:
        return settle(view, change, item, Decision("take"))
    return records.save(change, item)


def _propose(view: StudyView, file: ReturnedFile, arrival: Arrival) -> Proposed:
    """Return what a file would change, without what was read from the same file before."""
    kind = arrival.kind or _kind_of(file)
    if not kind:
        raise Refused(
            _("Nothing in {path} says what it is.").format(path=file.path),
            _("A memo of a colleague: fieldvisit read FILE --as memo --visit VISIT"),
        )
    found = PROPOSERS[kind](view, file, arrival)
    known = {item.id: item for item in queries.items(view.connection, sha256=file.sha256)}
    fresh = tuple(item for item in found.items if item.id not in known)
    again = [known[item.id] for item in found.items if item.id in known]
    waiting = tuple(item for item in again if item.state == "waiting")
    unchanged = found.unchanged + len(again) - len(waiting)
    return replace(found, items=fresh, unchanged=unchanged, waiting=waiting)


def _kind_of(file: ReturnedFile) -> str:
    """Return what a file is: `sheet`, `letter`, `comparison`; empty if nothing says.

    A note is shown in both, in a row of a letter with columns of its own.
    """
    whats = [read_tag(file.sheet).what, *(read_tag(piece.slot).what for piece in file.pieces)]
    kind = next((_KINDS[what] for what in whats if what in _KINDS), "")
    in_letter = any(piece.slot and piece.column in FILLED_IN for piece in file.pieces)
    return kind or ("letter" if in_letter else "sheet" if "note" in whats else "")
