"""`confirm set`: what a city said by mail, by telephone, or not at all."""

import unicodedata
from collections.abc import Iterable, Iterator, Sequence

from msgspec.structs import replace

from fieldvisit.actions.confirming.answers import (
    Answered,
    Answers,
    Said,
    check_day,
    corrected_by,
    seen_at,
    who_answers,
)
from fieldvisit.errors import Ambiguous, NotFound, Refused, WrongUsage
from fieldvisit.fieldwork.confirmation import Confirmation, same_words
from fieldvisit.fieldwork.confirming.letter import LEVELS, may_go
from fieldvisit.fieldwork.note import Note
from fieldvisit.fieldwork.study import with_reason
from fieldvisit.fieldwork.visit import Visit
from fieldvisit.language import _, enumerated
from fieldvisit.review.marks import hints_in
from fieldvisit.settings import Settings
from fieldvisit.storage import gate
from fieldvisit.study.change import changing
from fieldvisit.study.references import find_note, find_visit
from fieldvisit.study.view import StudyView, today
from fieldvisit.text import checked, storable

NOT_SAID = Said("", "")
_LONGEST_NUMBER = 3  # digits; a note goes by four characters or more


def set_confirmations(
    given: Settings,
    typed_visit: str,
    typed_notes: Sequence[str],
    state: str,
    text: str = "",
    said: Said = NOT_SAID,
    *,
    letter: str = "",
    as_it_stands: bool = False,
) -> tuple[Answered, ...]:
    """Store the answer for the notes named, else for all that still wait for one.

    Notes go by handle, or by their number in the last letter, or in that of the day ``letter``
    (ISO date). ``text`` is the correction, or what else was ``said``, which is today by the
    department that was asked unless it tells. The answer is about what the city was sent, or
    ``as_it_stands`` about the notes as they are.
    """
    with changing(given, "confirm set") as (view, change):
        visit = find_visit(view, typed_visit)
        answers = Answers(view, change)
        notes = _named(view, visit, typed_notes, letter) or _waiting(answers, visit)
        _refuse_unfit(answers, notes)
        said = replace(said, on_day=said.on_day or today().isoformat())
        check_day(said.on_day, map(answers.known, notes))
        if state == "corrected":
            who = said.who or who_answers(answers.known(notes[0]))
            change.command = with_reason(change.command, corrected_by(storable(who)))
        found = []
        for note in notes:
            known = answers.known(note)
            seen = note if as_it_stands else seen_at(view, note, known)
            name = "" if state == "no-reply" else said.who or who_answers(known)
            named = replace(said, who=storable(name))
            found.append(_settle(answers, note, seen, state, text, named))
        return tuple(found)


def _settle(
    answers: Answers, note: Note, seen: Note, state: str, text: str, said: Said
) -> Answered:
    _refuse_off_record(text, note)
    if state == "corrected":
        return answers.corrects(note, seen, _correction(note, text), said)
    said = replace(said, comment=storable(text))
    if state in LEVELS:
        closed = answers.closes(note, LEVELS[state], said)
        return Answered(closed, state, is_new=True, holds=True)
    settle = answers.agrees if state == "ok" else answers.keeps_silent
    return settle(note, seen, said)


def _correction(note: Note, typed: str) -> str:
    """Return the text that the note is to have; Refused if it says that already."""
    text = checked(typed, _("correction"))
    if same_words(text, note.body):
        raise Refused(
            _("Note {handle} says that already.").format(handle=note.handle),
            _("If the city agrees to it: fieldvisit confirm set VISIT {handle} ok").format(
                handle=note.handle
            ),
        )
    return text


def _refuse_off_record(text: str, note: Note) -> None:
    if {*hints_in(text)} - {*hints_in(note.body)}:
        raise WrongUsage(
            _("The text may mean that this is off the record."),
            _("Then: fieldvisit note edit {handle} -d off-record. Nothing was stored.").format(
                handle=note.handle
            ),
        )


def _named(view: StudyView, visit: Visit, typed: Sequence[str], letter: str) -> tuple[Note, ...]:
    numbers = {name: number for name in typed if (number := _number(name))}
    sent = tuple(_of_letter(view, visit, letter)) if numbers else ()
    found = (
        _numbered(view, visit, sent, numbers[name]) if name in numbers else find_note(view, name)
        for name in typed
    )
    notes = {note.id: note for note in found}
    for note in notes.values():
        if note.visit_id != visit.id:
            raise WrongUsage(
                _("Note {handle} is not from {visit}.").format(
                    handle=note.handle, visit=visit.handle
                ),
                _("Nothing was changed."),
            )
    return tuple(notes.values())


def _number(typed: str) -> int:
    """Return the number that was typed, in full-width digits too; 0 if it is a handle."""
    digits = unicodedata.normalize("NFKC", typed).strip()
    is_number = digits.isascii() and digits.isdecimal() and len(digits) <= _LONGEST_NUMBER
    return int(digits) if is_number else 0


def _of_letter(view: StudyView, visit: Visit, day: str) -> Iterator[Confirmation]:
    """Yield what was asked by the letters of a day (ISO date), else of the last one."""
    asked = gate.requests(view.connection, visit.id)
    wanted = day or max((one.sent_on for one in asked), default="")
    yield from (one for one in asked if one.sent_on == wanted)


def _numbered(view: StudyView, visit: Visit, sent: Iterable[Confirmation], number: int) -> Note:
    ids = dict.fromkeys(one.note_id for one in sent if one.letter_number == number)
    found = [note for id_ in ids if (note := gate.note(view.connection, "all", id_))]
    if not found:
        raise NotFound(
            _("No passage {number} was in that letter to {visit}.").format(
                number=number, visit=visit.handle
            ),
            _("Name the note by its handle, or the letter with --letter DATE."),
        )
    if len(found) > 1:
        raise Ambiguous(
            _("Several letters of that day have a passage {number}.").format(number=number),
            _("Name one of them: {names}").format(names=enumerated(n.handle for n in found)),
        )
    return found[0]


def _waiting(answers: Answers, visit: Visit) -> tuple[Note, ...]:
    """Return the notes of the visit that were sent and wait; Refused if there is none."""
    notes = gate.notes(answers.view.connection, "all", gate.NotesAsked(visit_id=visit.id))
    states = {note.id: known.state for note in notes if (known := answers.known(note))}
    found = tuple(note for note in notes if states.get(note.id) == "sent")
    if not found:
        raise Refused(
            _("Nothing from {visit} waits for an answer of the city.").format(visit=visit.handle),
            _("Name the notes, or send them first: fieldvisit confirm send {visit}").format(
                visit=visit.handle
            ),
        )
    return found


def _refuse_unfit(answers: Answers, notes: Sequence[Note]) -> None:
    for note in notes:
        if not may_go(note) and answers.known(note) is None:
            raise Refused(
                _("Note {handle} is nothing that a city is asked to confirm.").format(
                    handle=note.handle
                ),
                _("Its kind or its level keeps it from being sent. Nothing was changed."),
            )
