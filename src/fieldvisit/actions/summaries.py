"""Summaries of the cells of the comparison: listed, written, with what they rest on."""

from collections.abc import Collection, Iterable, Iterator, Mapping, Sequence
from contextlib import suppress

from msgspec import Struct
from msgspec.structs import replace

from fieldvisit.actions.show import register
from fieldvisit.errors import BadGuide, Conflict, NotFound, Refused, WrongUsage
from fieldvisit.fieldwork.crosswalk import Crosswalk, extra_questions, forgotten
from fieldvisit.fieldwork.disclosure import OFF_RECORD, level, strictest
from fieldvisit.fieldwork.draft import Purpose
from fieldvisit.fieldwork.guide import Address
from fieldvisit.fieldwork.note import Note, Register
from fieldvisit.fieldwork.study import Revision
from fieldvisit.fieldwork.summary import (
    ACROSS,
    Cell,
    SeenNote,
    StandingSummary,
    Summary,
    filled_cells,
    is_taken_unasked,
    standing_summaries,
)
from fieldvisit.fieldwork.terms import DISCLOSURES
from fieldvisit.language import _, enumerated
from fieldvisit.settings import Settings
from fieldvisit.storage import gate, records
from fieldvisit.storage.connection import Change
from fieldvisit.study.change import changing
from fieldvisit.study.references import find_address, find_any_city, find_note
from fieldvisit.study.view import StudyView, viewing
from fieldvisit.text import checked


def find_cell(view: StudyView, place: str, city: str, *, across: bool) -> Cell:
    """Return the cell of a topic or question, of one city or across them."""
    if bool(city) == across:
        raise WrongUsage(
            _("A summary is of one city, or across the cities."), _("Give --city CITY or --across.")
        )
    address = find_address(view, place)
    code = ACROSS if across else find_any_city(view, city).code
    return code, matrix_crosswalk(view).now(address)


def whole_crosswalk(view: StudyView, filed: Collection[Address]) -> Crosswalk:
    """Return the guides in use, and whatever else is needed so that nothing is left out.

    Any other guide that holds a topic of ``filed`` comes next, then topics and questions that no
    guide has any more, under their bare keys.
    """
    guides = [*view.guides_in_use, extra_questions(view.visits)]
    strange = {address.topic for address in filed if view.crosswalk.topic(address.topic) is None}
    for slug in view.guides.names() if strange else ():
        with suppress(BadGuide):
            guide = view.guides.current(slug)
            if any(guide.topic(topic) for topic in strange):
                guides.append(guide)
    return Crosswalk([*guides, forgotten(filed, Crosswalk(guides))])


def matrix_crosswalk(view: StudyView) -> Crosswalk:
    """Return the guides in use, then what notes or summaries speak of all the same."""
    filed = {place for note in view.notes for place in note.places}
    return whole_crosswalk(view, filed | {one.address for one in view.every_summary})


def notes_by_cell(view: StudyView) -> Mapping[Cell, tuple[Note, ...]]:
    """Return the notes that stand in each cell, in order."""
    return filled_cells(matrix_notes(view).values(), matrix_crosswalk(view))


def summaries_by_cell(view: StudyView) -> dict[Cell, StandingSummary]:
    """Return the summaries of the study as they stand, by cell."""
    return standing_summaries(view.summaries, matrix_notes(view), matrix_crosswalk(view))


def matrix_notes(view: StudyView, notes: Iterable[Note] | None = None) -> Mapping[str, Note]:
    """Return notes (None = all) by id; those of a cancelled visit are gone as if deleted."""
    held = {None, *(visit.id for visit in view.taking_place)}
    return {
        note.id: note if note.visit_id in held else replace(note, deleted=True)
        for note in (view.every_note.values() if notes is None else notes)
    }


def kept_summaries(view: StudyView) -> Mapping[Cell, tuple[Summary, ...]]:
    """Return the summaries ever kept for each cell; renamed questions may bring several together.

    First comes the one that counts: of those not deleted, else of all, the one written last.
    """
    crosswalk = matrix_crosswalk(view)
    found: dict[Cell, tuple[Summary, ...]] = {}
    for one in sorted(view.every_summary, key=lambda one: (not one.deleted, one.updated_at)):
        cell = (one.city_code or ACROSS, crosswalk.now(one.address))
        found[cell] = (one, *found.get(cell, ()))
    return found


def chosen_before(view: StudyView, before: Summary | None) -> tuple[Note, ...]:
    """Return the notes that were chosen for a summary and stand; none if nobody chose any."""
    if before is None or before.deleted or not _was_chosen(view, before):
        return ()
    known = matrix_notes(view)
    under = [known[one.note_id] for one in before.seen if one.rests and one.note_id in known]
    return tuple(note for note in under if not note.deleted)


def out_of_sight(
    before: Summary | None, here: Iterable[Note], shown: Iterable[Note], chosen: Iterable[Note]
) -> tuple[SeenNote, ...]:
    """Return what a summary rested on or knew, and what a sheet did not show to its author.

    A sheet may have been for fewer eyes: of what stands ``here``, in the cell, it would have shown
    else all on which the summary rested.
    """
    if before is None or before.deleted:
        return ()
    stays = {note.id for note in (*here, *chosen)}
    stays -= {note.id for note in shown}
    return tuple(one for one in before.seen if one.note_id in stays)


def _was_chosen(view: StudyView, before: Summary) -> bool:
    """Tell whether somebody named the notes: others were left, or such as nobody takes unasked."""
    return any(
        not (one.rests and one.here)
        or level(one.disclosure) == OFF_RECORD
        or ((then := gate.note_at(view.connection, one.note_id, one.revision))
            and then.kind == "remark")
        for one in before.seen
    )  # fmt: skip


class WantedSummaries(Struct, frozen=True):
    """Which summaries: empty = all. Topics and cities as typed."""

    topic: str = ""
    city: str = ""
    study_group: str = ""
    across: bool = False
    stale: bool = False


def summaries(
    given: Settings, wanted: WantedSummaries, audience: str
) -> tuple[tuple[StandingSummary, ...], Register, int]:
    """Return summaries in the order of the matrix, a register, and how many are held back."""
    with viewing(given, audience, wanted.study_group) as view:
        found = _fitting(view, wanted)
        hidden = 0
        if audience != "all":
            whole = StudyView(view.place, view.connection, "all", wanted.study_group)
            hidden = len(_fitting(whole, wanted)) - len(found)
        return found, register(view), hidden


def summary_to_write(
    given: Settings, place: str, audience: str, *, city: str = "", across: bool = False
) -> tuple[Purpose, Summary | None]:
    """Return what a text for a cell belongs to, and its summary if the audience may see one."""
    with viewing(given, audience) as view:
        cell = find_cell(view, place, city, across=across)
        found = summaries_by_cell(view).get(cell)
        known = found.summary if found else None
        notes = notes_by_cell(view).get(cell, ())
        levels = [note.disclosure for note in notes if is_taken_unasked(note)]
        levels += [known.disclosure] if known else []
        of = find_any_city(view, cell[0]) if cell[0] != ACROSS else None
        whose = f"{of.prefecture}{of.name}" if of else ACROSS
        purpose = Purpose(
            "summary set",
            f"{whose} {cell[1]}",
            level=strictest(levels) if levels else "",
            seen=known.revision if known else "",
        )
        return purpose, known


def _fitting(view: StudyView, wanted: WantedSummaries) -> tuple[StandingSummary, ...]:
    address = find_address(view, wanted.topic) if wanted.topic else None
    city = find_any_city(view, wanted.city).code if wanted.city else ""
    order = view.crosswalk.order

    def fits(one: StandingSummary) -> bool:
        return (
            (address is None or address.covers(one.address))
            and city in ("", one.summary.city_code)
            and not (wanted.across and one.summary.city_code)
            and not (wanted.stale and not one.stale)
        )

    def rank(one: StandingSummary) -> tuple[int, str, str]:
        """Order by topic and question, cities by code, what is across them last."""
        at = order.get(one.address, len(order))
        return at, str(one.address), one.summary.city_code or "~"

    return tuple(sorted(filter(fits, summaries_by_cell(view).values()), key=rank))


def summary_history(
    given: Settings, place: str, audience: str, *, city: str = "", across: bool = False
) -> tuple[tuple[tuple[Revision, Summary], ...], Register, Mapping[str, str]]:
    """Return the revisions of a summary that the audience may see, oldest first.

    Where renamed questions brought several together, those of all. With them come a register and
    the handles of notes by id.
    """
    with viewing(given, audience) as view:
        cell = find_cell(view, place, city, across=across)
        found = kept_summaries(view).get(cell)
        if not found:
            raise NotFound(
                _("There is no summary there."), _("See them with: fieldvisit summary list")
            )
        past = [
            one
            for kept in found
            for one in gate.summary_revisions(view.connection, audience, kept.id)
        ]
        handles = {note.id: note.handle for note in view.every_note.values()}
        return tuple(sorted(past, key=lambda one: one[0].at)), register(view), handles


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
        if strange := [note.handle for note in named if cell[0] not in (ACROSS, note.city_code)]:
            raise WrongUsage(
                _("These notes are of another city: {names}").format(names=enumerated(strange)),
                _("Name notes of the city, or summarise with --across."),
            )
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
    """Store a summary over the one before; Refused without notes, or more open than they."""
    body = checked(wording.body, _("summary"))
    seen, resting = tuple(_seen(wording)), resting_notes(wording)
    if not resting:
        raise Refused(
            _("Nothing stands in this cell on which a summary could rest."),
            _("Enter notes first, or name them with --notes. Nothing was stored."),
        )
    level = _level(wording.level, resting, before)
    if before and (before.body, before.disclosure, before.seen, before.deleted) == (
        body,
        level,
        seen,
        False,
    ):
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
