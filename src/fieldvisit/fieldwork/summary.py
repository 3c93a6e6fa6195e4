"""A summary (要約): the researcher's text for a cell of the comparison, and what it rests on."""

from collections.abc import Iterable, Mapping

from msgspec import Struct

from fieldvisit.fieldwork.guide import Address
from fieldvisit.fieldwork.note import Note

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


class Summary(Struct, frozen=True):
    """A summary as it stands; ``city_code`` is None for one across the cities.

    ``disclosure`` is never more open than the notes under it were when it was written.
    """

    city_code: str | None
    address: Address
    body: str
    disclosure: str
    by: str
    seen: tuple[SeenNote, ...] = ()
    deleted: bool = False
    created_at: str = ""
    updated_at: str = ""
    seq: int = 0
    revision: str = ""
    number: int = 0

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
        return "moved"
    return _how_changed(seen, note)


def _how_changed(seen: SeenNote, note: Note) -> str:
    if note.disclosure != seen.disclosure:
        return "level"
    return "changed" if note.revision != seen.revision else ""
