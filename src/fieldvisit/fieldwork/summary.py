"""A summary (要約): the researcher's text for a cell of the matrix, and what it rests on."""

from collections.abc import Collection, Iterable, Mapping

from msgspec import Struct

from fieldvisit.fieldwork.crosswalk import Crosswalk
from fieldvisit.fieldwork.guide import Address
from fieldvisit.fieldwork.note import Note
from fieldvisit.fieldwork.study import Kept

ACROSS = "across"


class SeenNote(Struct, frozen=True):
    """A note as the author of a summary had it before the eyes.

    ``revision`` and ``disclosure`` are those of that moment; ``rests`` tells whether the summary
    rests on the note, or was written in knowledge of it only; ``here`` whether the note stood in
    the cell, or was named from elsewhere.
    """

    note_id: str
    revision: str
    disclosure: str
    rests: bool = True
    here: bool = True


class Summary(Kept, frozen=True):
    """A summary as it stands; ``city_code`` is None for one across the cities.

    ``disclosure`` is never more open than the notes under it were when it was written.
    """

    city_code: str | None
    address: Address
    body: str
    disclosure: str
    by: str
    seen: tuple[SeenNote, ...] = ()
    created_at: str = ""
    updated_at: str = ""

    @property
    def id(self) -> str:
        """Return the name under which its revisions are kept."""
        return f"{self.city_code or ACROSS}:{self.address}"

    @property
    def rests_on(self) -> frozenset[str]:
        """Return the ids of the notes on which it rests."""
        return frozenset(seen.note_id for seen in self.seen if seen.rests)


class Staleness(Struct, frozen=True):
    """Why a summary has to be looked at again: `changed`, `level`, `moved`, `gone` or `new`."""

    why: str
    note: Note


def is_taken_unasked(note: Note) -> bool:
    """Tell whether a summary rests on such a note if nobody says on which it is to rest."""
    return note.kind != "remark" and note.disclosure != "off-record" and not note.deleted


def staleness(
    summary: Summary, cell: Iterable[Note], notes: Mapping[str, Note]
) -> tuple[Staleness, ...]:
    """Return why a summary is stale, nothing if it is not.

    ``cell`` are the notes that stand in its cell now, ``notes`` all by id, deleted ones too; both
    as one audience may see them.
    """
    seen = {one.note_id: one for one in summary.seen}
    here = {note.id: note for note in cell if not note.deleted}
    found = []
    for one in summary.seen:
        note = notes.get(one.note_id) if one.rests else None
        why = _what_happened(one, note, here) if note else ""
        if note and why:
            found.append(Staleness(why, note))
    for note in filter(is_taken_unasked, here.values()):
        known = seen.get(note.id)
        why = _how_changed(known, note) if known else "new"
        if why and not (known and known.rests):
            found.append(Staleness(why, note))
    return tuple(found)


def _what_happened(seen: SeenNote, note: Note, here: Mapping[str, Note]) -> str:
    if note.deleted:
        return "gone"
    if seen.here and note.id not in here:
        return "changed" if note.replaced_by else "moved"
    return _how_changed(seen, note)


def _how_changed(seen: SeenNote, note: Note) -> str:
    if note.disclosure != seen.disclosure:
        return "level"
    return "changed" if note.revision != seen.revision else ""


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

    Notes that were deleted, or replaced, stand in none.
    """
    found: dict[Cell, dict[str, Note]] = {}
    for note in notes:
        for place in () if note.deleted or note.replaced_by else note.places:
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
