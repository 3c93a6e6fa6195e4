"""`summary list`, `summary history`: summaries as an audience may see them."""

from collections.abc import Collection, Iterable, Iterator, Mapping
from contextlib import suppress

from msgspec import Struct
from msgspec.structs import replace

from fieldvisit.actions.show import register
from fieldvisit.errors import BadGuide, NotFound, WrongUsage
from fieldvisit.fieldwork.crosswalk import Crosswalk, forgotten
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
from fieldvisit.language import _
from fieldvisit.settings import Settings
from fieldvisit.storage import gate
from fieldvisit.study.references import find_address, find_any_city
from fieldvisit.study.view import StudyView, viewing


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
    guides = list(view.guides.to_line_up(view.study, view.visits))
    known = Crosswalk(guides)
    strange = {address.topic for address in filed if known.topic(address.topic) is None}
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


def summaries_by_cell(
    view: StudyView, crosswalk: Crosswalk | None = None
) -> dict[Cell, StandingSummary]:
    """Return the summaries of the study as they stand, by cell."""
    return standing_summaries(
        view.summaries, matrix_notes(view), crosswalk or matrix_crosswalk(view)
    )


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


def all_cells(view: StudyView) -> Iterator[Cell]:
    """Yield every cell of the matrix: of the study's cities and across them, topic by topic."""
    cities = (*sorted(view.cities), ACROSS)
    for topic in matrix_crosswalk(view).topics:
        yield from ((city, place) for place in topic.places for city in cities)


def chosen_before(view: StudyView, before: Summary | None) -> tuple[Note, ...]:
    """Return the notes that were chosen for a summary and still stand.

    There are none if it rested on all that are taken unasked.
    """
    if before is None or before.deleted or not _was_chosen(view, before):
        return ()
    known = matrix_notes(view)
    under = [known[one.note_id] for one in before.seen if one.rests and one.note_id in known]
    return tuple(note for note in under if not note.deleted)


def out_of_sight(
    before: Summary | None, here: Iterable[Note], shown: Iterable[Note], chosen: Iterable[Note]
) -> tuple[SeenNote, ...]:
    """Return what a summary rested on or knew, and what a sheet did not show to its author.

    A sheet may have been narrowed: of what stands ``here``, in the cell, it would have shown else
    all on which the summary rested.
    """
    if before is None or before.deleted:
        return ()
    stays = {note.id for note in (*here, *chosen)}
    stays -= {note.id for note in shown}
    return tuple(one for one in before.seen if one.note_id in stays)


def _was_chosen(view: StudyView, before: Summary) -> bool:
    """Tell whether somebody named the notes: others were left, or such as nobody takes unasked."""
    return any(
        not one.rests
        or not one.here
        or level(one.disclosure) == OFF_RECORD
        or _was_remark(view, one)
        for one in before.seen
    )


def _was_remark(view: StudyView, one: SeenNote) -> bool:
    then = gate.note_at(view.connection, one.note_id, one.revision)
    return then is not None and then.kind == "remark"


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
        purpose = Purpose(
            "summary set",
            f"{_whose(view, cell)} {cell[1]}",
            level=strictest(levels) if levels else "",
            seen=known.revision if known else "",
        )
        return purpose, known


def _whose(view: StudyView, cell: Cell) -> str:
    if cell[0] == ACROSS:
        return ACROSS
    city = find_any_city(view, cell[0])
    return f"{city.prefecture}{city.name}"


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

    found = filter(fits, summaries_by_cell(view).values())
    return tuple(sorted(found, key=lambda one: _rank(one, order)))


def _rank(one: StandingSummary, order: dict[Address, int]) -> tuple[int, str, str]:
    """Order by topic and question, cities by code, what is across them last."""
    at = order.get(one.address, len(order))
    return at, str(one.address), one.summary.city_code or "~"


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
