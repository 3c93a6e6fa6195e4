"""`confirm list`: what each note still waits for, and which agreements a change made void."""

from collections.abc import Iterable, Mapping

from fieldvisit.fieldwork.city import City
from fieldvisit.fieldwork.confirmation import CONFIRMED
from fieldvisit.fieldwork.confirming.standing import ConfirmationStanding, standings
from fieldvisit.fieldwork.note import Note
from fieldvisit.settings import Settings
from fieldvisit.storage import gate, queries
from fieldvisit.study.references import find_visit
from fieldvisit.study.view import today, viewing


def confirmations(
    given: Settings, typed: str, audience: str, study_group: str = ""
) -> tuple[tuple[ConfirmationStanding, ...], Mapping[str, City], int]:
    """Return how the notes of a visit (empty = of all) stand, overdue ones first.

    The others are the cities by code, and how many notes were held back from ``audience``.
    """
    with viewing(given, audience, study_group) as view:
        visits = [find_visit(view, typed)] if typed else view.visits
        found = standings(visits, view.notes, view.confirmations, today().isoformat())
        held_back = view.held_back_at(visits) if typed else view.held_back()
        return found, view.cities, held_back


def voided_by_last_change(
    given: Settings, names: Iterable[str], *, changes: int = 1
) -> tuple[tuple[Note, str], ...]:
    """Return the notes whose last ``changes`` made a city's agreement void, each with its visit.

    ``names`` are handles or ids.
    """
    found = []
    with viewing(given, "all") as view:
        handles = {visit.id: visit.handle for visit in queries.visits(view.connection)}
        ids = {handle: note_id for note_id, handle in gate.handles(view.connection).items()}
        for note_id in dict.fromkeys(ids.get(name, name) for name in names):
            note = gate.note(view.connection, "all", note_id)
            asked = gate.confirmation(view.connection, "all", note_id)
            if note is None or asked is None or asked.state not in CONFIRMED:
                continue
            before = [note.revision]
            for _step in range(changes):
                before = [
                    up for one in before for up in gate.revision(view.connection, one).parents
                ]
            if asked.note_revision in before:
                found.append((note, handles.get(note.visit_id or "", "")))
    return tuple(found)
