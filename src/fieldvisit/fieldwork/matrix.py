"""The matrix: which notes stand in a cell, and the summaries of cells as they stand now."""

from collections.abc import Collection, Iterable, Mapping

from msgspec import Struct

from fieldvisit.fieldwork.crosswalk import Crosswalk
from fieldvisit.fieldwork.guide import Address
from fieldvisit.fieldwork.note import Note
from fieldvisit.fieldwork.summary import ACROSS, Staleness, Summary, staleness

Cell = tuple[str, Address]
"""A city's code, or ACROSS, and the address under which its notes are found today."""


class StandingSummary(Struct, frozen=True):
    """A summary as an audience may see it now: its notes in order, and why it is stale, if it is.

    ``address`` is where it stands today.
    """

    summary: Summary
    address: Address
    notes: tuple[Note, ...]
    stale: tuple[Staleness, ...]

    @property
    def cell(self) -> Cell:
        """Return the cell of which it speaks."""
        return self.summary.city_code or ACROSS, self.address

    @property
    def is_agreed(self) -> bool:
        """Tell whether the cities agreed to all its notes that had to be confirmed."""
        return all(note.confirmed for note in self.notes if note.disclosure == "confirm")

    @property
    def bounds(self) -> tuple[str, ...]:
        """Return the levels that bind its readers, none where it may be quoted.

        One `to be confirmed` is free once the cities agreed to a note under it; `anonymous` waits
        for them too.
        """
        level = self.summary.disclosure
        asked = any(note.disclosure == "confirm" for note in self.notes)
        if level == "public" or (level == "confirm" and asked and self.is_agreed):
            return ()
        waits = level == "anonymous" and not self.is_agreed
        return ("confirm", level) if waits else (level,)

    def rests_within(self, note_ids: Collection[str]) -> bool:
        """Tell whether the notes that it rests on, but for deleted ones, are all among these."""
        return all(note.deleted or note.id in note_ids for note in self.notes)


def filled_cells(notes: Iterable[Note], crosswalk: Crosswalk) -> dict[Cell, tuple[Note, ...]]:
    """Return what stands in each cell; in that of a topic also what stands on its questions.

    Notes that were deleted stand in none.
    """
    found: dict[Cell, dict[str, Note]] = {}
    for note in notes:
        for place in () if note.deleted else note.places:
            now = crosswalk.now(place)
            for address in {now, Address(now.topic)}:
                for city in (note.city_code, ACROSS):
                    found.setdefault((city, address), {})[note.id] = note
    return {cell: tuple(here.values()) for cell, here in found.items()}


def standing_summaries(
    summaries: Iterable[Summary], notes: Mapping[str, Note], crosswalk: Crosswalk
) -> dict[Cell, StandingSummary]:
    """Return the summaries by their cells; ``notes`` are all in order, deleted ones too, by id.

    Of several whose cells became one, the one written last stands.
    """
    cells = filled_cells(notes.values(), crosswalk)
    order = {note_id: at for at, note_id in enumerate(notes)}
    found: dict[Cell, StandingSummary] = {}
    for summary in sorted(summaries, key=lambda one: one.updated_at):
        address = crosswalk.now(summary.address)
        cell = (summary.city_code or ACROSS, address)
        known = sorted(summary.rests_on & order.keys(), key=order.__getitem__)
        under = tuple(notes[note_id] for note_id in known)
        stale = staleness(summary, cells.get(cell, ()), notes)
        found[cell] = StandingSummary(summary, address, under, stale)
    return found
