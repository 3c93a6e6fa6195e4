"""`confirm send`, `confirm list`: what goes to a city, and what each note still waits for."""

from collections.abc import Iterable, Mapping, Sequence
from pathlib import Path

from msgspec.structs import replace

from fieldvisit.actions.write_note import changed_meanwhile
from fieldvisit.documents import wordings
from fieldvisit.doors.outputs import files_with
from fieldvisit.errors import NotFound, Refused
from fieldvisit.fieldwork.city import City
from fieldvisit.fieldwork.confirmation import CONFIRMED, Confirmation, says_as_seen
from fieldvisit.fieldwork.coverage import CoverageInputs, lined_up
from fieldvisit.fieldwork.guide import Topic
from fieldvisit.fieldwork.letter import ConfirmationStanding, Letter, Passage, sorted_out, standings
from fieldvisit.fieldwork.note import Note
from fieldvisit.fieldwork.visit import Visit
from fieldvisit.language import _, enumerated
from fieldvisit.settings import Settings
from fieldvisit.storage import gate, queries, records
from fieldvisit.storage.connection import Change
from fieldvisit.study.change import changing
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
    with files_with() as put, changing(given, "confirm send") as (view, change):
        asked = gate.confirmations(view.connection, "all", gate.NotesAsked(deleted=True))
        known = {one.note_id: one for one in asked}
        for one in sent.passages:
            now = gate.note(view.connection, "all", one.note.id)
            if now is None or now.deleted or now.revision != one.note.revision:
                raise changed_meanwhile(one.note)
            if one.note.id not in sent.agreed:
                request = Confirmation(
                    one.note.id,
                    sent.visit.id,
                    "sent",
                    one.note.revision,
                    department=sent.department,
                    sent_on=sent.day.isoformat(),
                    due=sent.due,
                    letter_number=one.number,
                    by=change.by,
                )
                records.save_over(change, request, known.get(one.note.id))
        put(path, data)


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


def confirmations(
    given: Settings, typed: str, audience: str, study_group: str = ""
) -> tuple[tuple[ConfirmationStanding, ...], Mapping[str, City], int]:
    """Return how notes stand, overdue ones first, the cities by code, how many are held back."""
    with viewing(given, audience, study_group) as view:
        visits = [find_visit(view, typed)] if typed else view.visits
        found = standings(visits, view.notes, view.confirmations, today().isoformat())
        held_back = view.held_back_at(visits) if typed else view.held_back()
        return found, view.cities, held_back


def voided_by_last_change(
    given: Settings, names: Iterable[str], *, changes: int = 1
) -> tuple[tuple[Note, str], ...]:
    """Return the notes (by handle or id) that last changes made void, each with its visit."""
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


def follow_words(view: StudyView, change: Change, note_ids: Iterable[str]) -> None:
    """Let confirmations, by the ids of notes, name the revision that stands if it says the same."""
    for note_id in sorted(note_ids):
        note = gate.note(view.connection, "all", note_id)
        asked = gate.confirmation(view.connection, "all", note_id)
        if note is None or asked is None or asked.note_revision == note.revision:
            continue
        if says_as_seen(note, gate.note_at(view.connection, note_id, asked.note_revision)):
            records.save(change, replace(asked, note_revision=note.revision))


def passages(view: StudyView, visit: Visit, notes: Iterable[Note]) -> tuple[Passage, ...]:
    """Return the notes as they are numbered in a letter; those without a topic come last."""
    order, now = view.crosswalk.order, view.crosswalk.now
    last = len(order)
    placed = sorted(
        notes, key=lambda note: order.get(now(note.places[0]), last) if note.places else last + 1
    )
    inputs = CoverageInputs(
        visit, view.cities[visit.city_code], view.guides.of(visit), frozenset(), (), ()
    )
    # The visit's own guides hold what the city was asked.
    asked = {topic.key: topic for topic in lined_up(inputs, view.crosswalk)} if placed else {}
    return tuple(
        Passage(number, _topic_of(view, visit, asked, note), note)
        for number, note in enumerate(placed, 1)
    )


def _topic_of(view: StudyView, visit: Visit, asked: Mapping[str, Topic], note: Note) -> str:
    """Return topic and question as the city was or would be sent them, none that is sensitive."""
    if not note.places:
        return ""
    place = view.crosswalk.now(note.places[0])
    known = view.crosswalk.topic(place.topic)
    topic = asked.get(place.topic, known)
    if topic is None:
        return ""
    now = known.question(place.question or "") if known else None
    question = topic.question(place.question or "") or now
    if question is None or question.sensitive or (now and now.sensitive):
        return str(topic.label)
    words = wordings.addressed(
        question.written or question.ask, view.cities[visit.city_code], visit.day or today()
    )
    return wordings.labelled(str(topic.label), words)
