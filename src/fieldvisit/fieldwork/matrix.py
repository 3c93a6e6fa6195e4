"""The matrix: which notes stand in a cell, and the summaries of cells as they stand now."""

from collections.abc import Collection, Iterable, Mapping
from dataclasses import dataclass

from fieldvisit.fieldwork.guide import Address
from fieldvisit.fieldwork.lineup import Lineup
from fieldvisit.fieldwork.note import Note
from fieldvisit.fieldwork.summary import ACROSS, Staleness, Summary, staleness

Cell = tuple[str, Address]
"""A city's code, or ACROSS, and the address under which its notes are found today."""


@dataclass(frozen=True, slots=True)
class StandingSummary:
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

    def rests_within(self, note_ids: Collection[str]) -> bool:
        """Tell whether the notes that it rests on, but for deleted ones, are all among these."""
        return all(note.deleted or note.id in note_ids for note in self.notes)


def notes_in(cell: Cell, notes: Iterable[Note], lineup: Lineup) -> tuple[Note, ...]:
    """Return the notes that stand in a cell; in that of a topic also those on its questions."""
    city, address = cell
    return tuple(
        note
        for note in notes
        if city in (ACROSS, note.city_code)
        and any(address.covers(lineup.now(place)) for place in note.places)
    )


def standing_summaries(
    summaries: Iterable[Summary], notes: Mapping[str, Note], lineup: Lineup
) -> dict[Cell, StandingSummary]:
    """Return the summaries by their cells; ``notes`` are all in order, deleted ones too, by id.

    Of two whose cells became one, the one written last stands; the other is in its history.
    """
    by_topic = _by_topic(notes.values(), lineup)
    found: dict[Cell, StandingSummary] = {}
    for summary in sorted(summaries, key=lambda one: one.updated_at):
        address = lineup.now(summary.address)
        cell = (summary.city_code or ACROSS, address)
        here = notes_in(cell, by_topic.get(address.topic, ()), lineup)
        under = tuple(note for note in notes.values() if note.id in summary.rests_on)
        found[cell] = StandingSummary(summary, address, under, staleness(summary, here, notes))
    return found


def _by_topic(notes: Iterable[Note], lineup: Lineup) -> dict[str, list[Note]]:
    """Return the notes that were not deleted by topic, so that each cell looks at its own."""
    found: dict[str, list[Note]] = {}
    for note in notes:
        topics = () if note.deleted else {lineup.now(place).topic for place in note.places}
        for topic in topics:
            found.setdefault(topic, []).append(note)
    return found
