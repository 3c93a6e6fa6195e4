"""`summary set`, `summary delete`: the researcher's text for a cell, and the notes it rests on."""

from collections.abc import Collection, Iterable, Sequence
from dataclasses import dataclass, replace

from fieldvisit.actions.cells import find_cell, notes_of, standing, stored_summary
from fieldvisit.actions.changing import changing
from fieldvisit.actions.looking import Look
from fieldvisit.actions.references import find_note
from fieldvisit.errors import Conflict, NotFound, Refused, WrongUsage
from fieldvisit.fieldwork.disclosure import OFF_RECORD, strictest
from fieldvisit.fieldwork.matrix import Cell, StandingSummary
from fieldvisit.fieldwork.note import Note
from fieldvisit.fieldwork.summary import ACROSS, SeenNote, Summary, is_taken_unasked
from fieldvisit.fieldwork.terms import DISCLOSURES
from fieldvisit.language import _, enumerated
from fieldvisit.settings import Settings
from fieldvisit.storage import records
from fieldvisit.storage.writing import Ledger
from fieldvisit.text import checked


@dataclass(frozen=True, slots=True)
class Wording:
    """A text for a cell. ``level`` empty = that of its notes, or the level it had off the record.

    ``seen`` are the notes that the author had before the eyes, as they then stood (None = those
    that stand in the cell now); ``rests`` the ids of those it rests on (None = all that are taken
    unasked); ``revision`` is what is known of the summary that it replaces (None = not asked).
    """

    body: str
    level: str = ""
    seen: Sequence[Note] | None = None
    rests: Collection[str] | None = None
    revision: str | None = None


def set_summary(
    given: Settings,
    place: str,
    text: str,
    *,
    city: str = "",
    across: bool = False,
    notes: Sequence[str] = (),
    level: str = "",
) -> StandingSummary:
    """Store the summary of a cell and return it as it stands.

    ``notes`` are those on which it rests, as typed; none = all in the cell but remarks and
    off-record ones.
    """
    with changing(given, "summary set") as (look, ledger):
        cell = find_cell(look, place, city, across=across)
        named = [find_note(look, typed) for typed in notes]
        _refuse_other_cities(cell, named)
        seen = {note.id: note for note in (*notes_of(look, cell), *named)}
        rests = {note.id for note in named} if named else None
        write_summary(look, ledger, cell, Wording(text, level, tuple(seen.values()), rests))
        return standing(fresh(look))[cell]


def fresh(look: Look) -> Look:
    """Return a look that sees what was stored since ``look`` was taken."""
    return Look(look.place, look.connection, look.audience)


def write_summary(look: Look, ledger: Ledger, cell: Cell, wording: Wording) -> Summary:
    """Store a summary within an open change.

    Raises Refused where there is nothing to rest on, or a level more open than the notes';
    Conflict where somebody changed the summary meanwhile.
    """
    body = checked(wording.body, _("summary"))
    before = stored_summary(look, cell)
    _refuse_if_changed(cell, before, wording.revision)
    shown = notes_of(look, cell) if wording.seen is None else wording.seen
    seen = tuple(_seen(shown, wording.rests))
    resting = [one for one in seen if one.rests]
    if not resting:
        raise Refused(
            _("Nothing stands in this cell on which a summary could rest."),
            _("Enter notes first, or name them with --notes. Nothing was stored."),
        )
    level = _level(wording.level, resting, before)
    if before and _says(before) == (body, level, seen, False):
        return before
    city, address = cell
    return records.save(
        ledger,
        Summary(
            city_code=before.city_code if before else None if city == ACROSS else city,
            address=before.address if before else address,
            body=body,
            disclosure=level,
            by=ledger.by,
            seen=seen,
            created_at=before.created_at if before else "",
            revision=before.revision if before else "",
            number=before.number if before else 0,
        ),
    )


def delete_summary(given: Settings, place: str, *, city: str = "", across: bool = False) -> Summary:
    """Take a summary out of every output; its text stays in its history."""
    with changing(given, "summary delete") as (look, ledger):
        before = stored_summary(look, find_cell(look, place, city, across=across))
        if before is None or before.deleted:
            raise NotFound(
                _("There is no summary there."), _("See them with: fieldvisit summary list")
            )
        return records.save(ledger, replace(before, deleted=True))


def _says(summary: Summary) -> tuple[str, str, tuple[SeenNote, ...], bool]:
    return summary.body, summary.disclosure, summary.seen, summary.deleted


def _seen(notes: Iterable[Note], rests: Collection[str] | None) -> Iterable[SeenNote]:
    for note in notes:
        usual = is_taken_unasked(note)
        if usual if rests is None else note.id in rests:
            yield SeenNote(note.id, note.revision, note.disclosure)
        elif usual:
            yield SeenNote(note.id, note.revision, note.disclosure, rests=False)


def _level(asked: str, resting: Sequence[SeenNote], before: Summary | None) -> str:
    """Return the level: never more open than the notes; off the record stays so unless asked."""
    closest = strictest(one.disclosure for one in resting)
    if not asked:
        was_closed = before is not None and before.disclosure == OFF_RECORD
        return OFF_RECORD if was_closed else closest
    if strictest([asked, closest]) != asked:
        raise Refused(
            _("The notes under this summary are more closed than that: {level}").format(
                level=DISCLOSURES.word(closest)
            ),
            _("Leave out -d, or name other notes with --notes. Nothing was stored."),
        )
    return asked


def _refuse_if_changed(cell: Cell, before: Summary | None, known: str | None) -> None:
    stands = before.revision if before and not before.deleted else ""
    changed = known is not None and not (stands.startswith(known) and bool(stands) == bool(known))
    if changed:
        raise Conflict(
            _("The summary of {cell} was changed meanwhile.").format(cell=cell[1]),
            _("Nothing was stored. See it with: fieldvisit summary list"),
        )


def _refuse_other_cities(cell: Cell, named: Sequence[Note]) -> None:
    strange = [note.handle for note in named if cell[0] not in (ACROSS, note.city_code)]
    if strange:
        raise WrongUsage(
            _("These notes are of another city: {names}").format(names=enumerated(strange)),
            _("Name notes of the city, or summarise with --across."),
        )
