"""`confirm send`: which passages go to a city, and that they went."""

from collections.abc import Iterable, Sequence
from pathlib import Path

from fieldvisit.actions.confirming.confirmations import passages
from fieldvisit.doors.outputs import written_until
from fieldvisit.errors import Conflict, NotFound, Refused
from fieldvisit.fieldwork.confirmation import Confirmation
from fieldvisit.fieldwork.letter import Letter, Passage, sorted_out
from fieldvisit.fieldwork.note import Note
from fieldvisit.fieldwork.visit import Visit
from fieldvisit.language import _, enumerated
from fieldvisit.settings import Settings
from fieldvisit.storage import gate
from fieldvisit.study.references import find_note, find_visit
from fieldvisit.study.view import StudyView, today, viewing
from fieldvisit.text import key


def letter(
    given: Settings,
    typed: str,
    *,
    department: str = "",
    due: str = "",
    named: Sequence[str] = (),
    everything: bool = False,
) -> Letter:
    """Return the letter about a visit, or about what one ``department`` said there.

    ``named`` are notes, as typed, that go though their person is not to be known. With
    ``everything`` it holds also what the city agreed to as it stands. What is off the record
    decides nothing in it, and is counted only among what is left out. Refused for a visit that is
    still to come or did not take place, and for an answer ``due`` before today.
    """
    with viewing(given, "group") as view:
        visit = find_visit(view, typed)
        _refuse_early(visit, due)
        department = _department(visit, department) if department else ""
        notes = gate.notes(view.connection, "all", gate.NotesAsked(visit_id=visit.id))
        known = view.confirmations  # of an off-record note none is needed
        chosen = [find_note(view, name).id for name in named]
        going, left_out = sorted_out(notes, known, department, chosen=chosen, everything=everything)
        agreed = {n.id for n in going if n.id in known and known[n.id].is_agreed(n)}
        return Letter(
            view.study,
            visit,
            view.cities[visit.city_code],
            today(),
            department,
            due,
            passages(view, visit, going),
            left_out,
            frozenset(agreed),
        )


def send(given: Settings, sent: Letter, path: Path, data: bytes) -> None:
    """Write the letter, ``data``, to ``path`` and store that it went: both or neither.

    Raises Conflict if a passage says something else by now. What the city agreed to already
    stays so.
    """
    from fieldvisit.storage import records
    from fieldvisit.study.change import changing

    with written_until(path, data) as put, changing(given, "confirm send") as (view, change):
        known = _known(view)
        for one in sent.passages:
            _refuse_changed(view, one.note)
            if one.note.id not in sent.agreed:
                records.save_over(change, _request(sent, one, change.by), known.get(one.note.id))
        put()


def _refuse_changed(view: StudyView, note: Note) -> None:
    now = gate.note(view.connection, "all", note.id)
    if now is None or now.deleted or now.revision != note.revision:
        raise Conflict(
            _("Note {handle} was changed meanwhile.").format(handle=note.handle),
            _("Nothing was sent or stored. Do it once more: fieldvisit confirm send"),
        )


def _request(sent: Letter, passage: Passage, by: str) -> Confirmation:
    """Return what the city is asked about a note by the letter."""
    return Confirmation(
        passage.note.id,
        sent.visit.id,
        "sent",
        passage.note.revision,
        department=sent.department,
        sent_on=sent.day.isoformat(),
        due=sent.due,
        letter_number=passage.number,
        by=by,
    )


def _refuse_early(visit: Visit, due: str) -> None:
    day = today().isoformat()
    if visit.status in ("postponed", "cancelled") or (
        not visit.took_place(today()) and visit.first_day > day
    ):
        raise Refused(
            _("{visit} has not taken place.").format(visit=visit.handle),
            _("If it has: fieldvisit visit edit {visit} --status held. Nothing was sent.").format(
                visit=visit.handle
            ),
        )
    if due and due < day:
        raise Refused(
            _("The answer would be due on {date}, which is over.").format(date=due),
            _("Name a later day with --due. Nothing was sent."),
        )


def _known(view: StudyView) -> dict[str, Confirmation]:
    found: Iterable[Confirmation] = gate.confirmations(
        view.connection, "all", gate.NotesAsked(deleted=True)
    )
    return {one.note_id: one for one in found}


def _department(visit: Visit, typed: str) -> str:
    """Return the department as it was entered at the visit; NotFound if nobody was from there."""
    known = dict.fromkeys(p.department for p in visit.respondents if p.department)
    found = next((name for name in known if key(name) == key(typed)), "")
    if not found:
        raise NotFound(
            _("Nobody from “{department}” was at {visit}.").format(
                department=typed, visit=visit.handle
            ),
            _("There are: {names}").format(names=enumerated(known) or "-"),
        )
    return found
