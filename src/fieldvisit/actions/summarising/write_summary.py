"""`summary set`, `summary delete`: the researcher's text for a cell, and the notes it rests on."""

from collections.abc import Iterator, Sequence

from msgspec import Struct
from msgspec.structs import replace

from fieldvisit.actions.summarising.summaries import (
    chosen_before,
    find_cell,
    kept_summaries,
    notes_by_cell,
    summaries_by_cell,
)
from fieldvisit.errors import Conflict, NotFound, Refused, WrongUsage
from fieldvisit.fieldwork.disclosure import strictest
from fieldvisit.fieldwork.note import Note
from fieldvisit.fieldwork.summary import (
    ACROSS,
    Cell,
    SeenNote,
    StandingSummary,
    Summary,
    is_taken_unasked,
)
from fieldvisit.fieldwork.terms import DISCLOSURES
from fieldvisit.language import _, enumerated
from fieldvisit.settings import Settings
from fieldvisit.storage import gate, records
from fieldvisit.storage.connection import Change
from fieldvisit.study.change import changing
from fieldvisit.study.references import find_note
from fieldvisit.study.view import StudyView
from fieldvisit.text import checked


class Wording(Struct, frozen=True):
    """A text for a cell. ``level`` empty = that of its notes, or its own where that is more closed.

    ``shown`` are the notes that stood in the cell before the author's eyes, ``named`` those on
    which the text is said to rest, be they in the cell or not (none = all that are taken unasked).
    ``unseen`` stays as it was known: it was not before the author's eyes this time.
    """

    body: str
    shown: Sequence[Note]
    named: Sequence[Note] = ()
    level: str = ""
    unseen: Sequence[SeenNote] = ()


def set_summary(
    given: Settings,
    place: str,
    text: str,
    *,
    city: str = "",
    across: bool = False,
    notes: Sequence[str] = (),
    level: str = "",
    seen: str | None = None,
) -> StandingSummary:
    """Store the summary of a cell and return it as it stands.

    ``notes`` are those on which it rests, as typed; none = those chosen before, else all in the
    cell but remarks and off-record ones. ``seen`` is the revision that the person had before the
    eyes, if there was time in between (empty = none): Conflict if the summary has another by now.
    """
    with changing(given, "summary set") as (view, change):
        cell = find_cell(view, place, city, across=across)
        named = [find_note(view, typed) for typed in notes]
        _refuse_other_cities(cell, named)
        before = _kept_summary(view, cell)
        stands = before.revision if before and not before.deleted else ""
        if seen is not None and seen != stands:
            raise Conflict(
                _("The summary of {place} was changed meanwhile.").format(place=cell[1]),
                _("Nothing was stored. See it with: fieldvisit summary list --audience all"),
            )
        named = named or list(chosen_before(view, before))
        wording = Wording(text, notes_by_cell(view).get(cell, ()), named, level)
        write_summary(change, cell, before, wording)
        return summaries_by_cell(view.anew())[cell]


def _kept_summary(view: StudyView, cell: Cell) -> Summary | None:
    """Return the summary that counts of those ever kept for a cell, None if there is none."""
    return next(iter(kept_summaries(view).get(cell, ())), None)


def write_summary(change: Change, cell: Cell, before: Summary | None, wording: Wording) -> Summary:
    """Store a summary in place of the one before, within an open change.

    Raises Refused where there is nothing to rest on, or a level more open than the notes'.
    """
    body = checked(wording.body, _("summary"))
    seen, resting = tuple(_seen(wording)), resting_notes(wording)
    if not resting:
        raise Refused(
            _("Nothing stands in this cell on which a summary could rest."),
            _("Enter notes first, or name them with --notes. Nothing was stored."),
        )
    level = _level(wording.level, resting, before)
    if before and _says(before) == (body, level, seen, False):
        return before
    city, address = cell
    fresh = Summary(
        city_code=before.city_code if before else None if city == ACROSS else city,
        address=before.address if before else address,
        body=body,
        disclosure=level,
        by=change.by,
        seen=seen,
    )
    return records.save_over(change, fresh, before)


def delete_summary(given: Settings, place: str, *, city: str = "", across: bool = False) -> Summary:
    """Take a summary out of every output; its text stays in its history."""
    with changing(given, "summary delete") as (view, change):
        before = _kept_summary(view, find_cell(view, place, city, across=across))
        if before is None or before.deleted:
            raise NotFound(
                _("There is no summary there."), _("See them with: fieldvisit summary list")
            )
        # As it was stored: by now its notes may have closed it.
        stored = gate.summary_at(view.connection, before.id, before.revision) or before
        return records.save(change, replace(stored, deleted=True, created_at=before.created_at))


def resting_notes(wording: Wording) -> list[SeenNote]:
    """Return the notes on which a text rests."""
    return [one for one in _seen(wording) if one.rests]


def _says(summary: Summary) -> tuple[str, str, tuple[SeenNote, ...], bool]:
    return summary.body, summary.disclosure, summary.seen, summary.deleted


def _seen(wording: Wording) -> Iterator[SeenNote]:
    here = {note.id for note in wording.shown}
    named = {note.id for note in wording.named}
    unseen = {one.note_id for one in wording.unseen}
    elsewhere = [note for note in wording.named if note.id not in here | unseen]
    for note in {note.id: note for note in (*wording.shown, *elsewhere)}.values():
        usual = is_taken_unasked(note)
        rests = note.id in named if named else usual
        if rests or usual:
            yield SeenNote(note.id, note.revision, note.disclosure, rests, note.id in here)
    yield from wording.unseen


def _level(asked: str, resting: Sequence[SeenNote], before: Summary | None) -> str:
    """Return the level: never more open than the notes, nor opened unasked."""
    closest = strictest(one.disclosure for one in resting)
    if not asked:
        return strictest([closest, before.disclosure]) if before else closest
    if strictest([asked, closest]) != asked:
        raise Refused(
            _("The notes under this summary are more closed than that: {level}").format(
                level=DISCLOSURES.word(closest)
            ),
            _("Leave out -d, or name other notes with --notes. Nothing was stored."),
        )
    return asked


def _refuse_other_cities(cell: Cell, named: Sequence[Note]) -> None:
    strange = [note.handle for note in named if cell[0] not in (ACROSS, note.city_code)]
    if strange:
        raise WrongUsage(
            _("These notes are of another city: {names}").format(names=enumerated(strange)),
            _("Name notes of the city, or summarise with --across."),
        )
