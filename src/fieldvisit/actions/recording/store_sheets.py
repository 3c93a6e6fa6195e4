"""`record VISIT FILE…`, its last step: everything that was recognised, in one change."""

import re
from collections.abc import Iterable
from contextlib import suppress

from msgspec import Struct
from msgspec.structs import replace

from fieldvisit import dates
from fieldvisit.actions.people import find_participant, participant
from fieldvisit.actions.recording.arrival import Arrival
from fieldvisit.actions.recording.known_notes import known_notes, versions
from fieldvisit.actions.recording.read_sheets import SheetReading
from fieldvisit.actions.set_marks import CLEAR, put_mark
from fieldvisit.actions.write_note import new_handle
from fieldvisit.errors import Refused, WrongUsage
from fieldvisit.fieldwork.crosswalk import decided, usual_choice
from fieldvisit.fieldwork.guide import Address, Question
from fieldvisit.fieldwork.note import Note
from fieldvisit.fieldwork.sheets.filled import Answer, FilledSheet, Stray
from fieldvisit.fieldwork.sheets.settled import Correction, CoverageInputs, NewText, settle
from fieldvisit.fieldwork.states import Mark
from fieldvisit.fieldwork.terms import CHOICES, MARKS, STATES
from fieldvisit.fieldwork.visit import THEIRS, Participant, Visit
from fieldvisit.language import _
from fieldvisit.settings import Settings
from fieldvisit.storage import gate, ids, records
from fieldvisit.storage.connection import Change
from fieldvisit.study.change import changing, keep_guides, trying
from fieldvisit.study.disclosure_levels import usual_level
from fieldvisit.study.references import find_visit
from fieldvisit.study.view import StudyView, today
from fieldvisit.text import checked, key

# A state, and behind it the date on which the answer is to follow: 後日回答予定（11/15）.
_STATE = re.compile(r"(?P<state>[^0-9０-９]*?)[\s　]*[（(]?(?P<due>[0-9０-９][^)）]*)?[)）]?\s*")


class Decisions:
    """The marks to set and the questions as they are decided then; strays say what is unclear."""

    def __init__(self, view: StudyView, visit: Visit, sheet: FilledSheet, by: str) -> None:
        self._look = view
        self._visit = visit
        self._by = by
        self._questions = {
            Address(topic.key, question.key): question
            for guide in view.guides.of(visit)
            for topic in guide.topics
            for question in topic.questions
        }
        self._standing = {
            view.crosswalk.now(m.address): m for m in view.marks if m.visit_id == visit.id
        }
        self.marks: list[Mark] = []
        self.decided: list[Address] = []
        self.strays: list[Stray] = []
        self.questions = visit.questions
        for answer in sheet.answers:
            if answer.address and not answer.handle:
                self._take(answer, answer.address)

    def _take(self, answer: Answer, address: Address) -> None:
        for word, read in ((answer.state, self._read_state), (answer.choice, self._read_choice)):
            if word:
                try:
                    read(word, address)
                except Refused as error:
                    self.strays.append(Stray(word, answer.where, error.sentence))

    def _read_state(self, typed: str, address: Address) -> None:
        if _is_derived(typed):
            return
        found = _STATE.fullmatch(typed)
        state = MARKS.read(found["state"] if found else typed)
        known = self._standing.get(address)
        shown = known or self._standing.get(Address(address.topic))
        due = ""
        if found and found["due"]:
            due = dates.read_due(found["due"], today()).isoformat()
        if shown and shown.state == state and due in ("", shown.due):
            return  # as it stands; a mark of the topic is shown at its questions
        if state == "to-follow" and not due:
            raise WrongUsage(_("An answer that is to follow needs a date behind it, like 11/15."))
        self.marks.append(
            Mark(self._visit.id, known.address if known else address, state, "", due, self._by)
        )

    def _read_choice(self, typed: str, address: Address) -> None:
        choice, question = CHOICES.read(typed), self._questions.get(address)
        if question is None or choice == self._choice_now(address, question):
            return
        if choice == "send" and question.sensitive:
            raise WrongUsage(
                _("{address} is sensitive and is never sent ahead.").format(address=address)
            )
        self.questions = decided(self.questions, {address: choice})
        self.decided.append(address)

    def _choice_now(self, address: Address, question: Question) -> str:
        skipped = any(q.address == address and q.choice == "skip" for q in self.questions)
        return "skip" if skipped else usual_choice(question)


def _is_derived(typed: str) -> bool:
    """Tell whether a state follows from the notes: it is shown, and never set by a sheet."""
    derived = (term for value, term in STATES.items() if value not in MARKS)
    return key(typed) in {key(name) for term in derived for name in (term.ja, term.en)}


class StoredSheets(Struct, frozen=True):
    """What became of the sheets; ``closed`` were taken as off the record for what they say."""

    added: tuple[Note, ...]
    changed: tuple[Note, ...]
    unchanged: int
    marks: tuple[Mark, ...]
    decided: tuple[Address, ...]
    closed: tuple[Note, ...]
    strays: tuple[Stray, ...]

    @property
    def read(self) -> int:
        """Count what was read: stored, unchanged and refused."""
        return len(self.added) + len(self.changed) + self.unchanged + len(self.strays)


def store_sheets(
    given: Settings, reading: SheetReading, arrival: Arrival, *, trial: bool = False
) -> StoredSheets:
    """Store what the sheets say; a ``trial`` says what would become of them and stores nothing."""
    with (trying if trial else changing)(given, "record") as (view, change):
        storing = _Storing(view, change, find_visit(view, reading.visit), arrival)
        for sheet in reading.sheets:
            storing.take(sheet)
        return storing.outcome()


class _Storing:
    def __init__(self, view: StudyView, change: Change, visit: Visit, arrival: Arrival) -> None:
        self._look = view
        self._change = change
        self._visit = visit
        self._arrival = arrival
        self._added: list[Note] = []
        self._changed: list[Note] = []
        self._closed: list[Note] = []
        self._marks: list[Mark] = []
        self._decided: list[Address] = []
        self._strays: list[Stray] = []
        self._unchanged = 0

    def take(self, sheet: FilledSheet) -> None:
        """Store one sheet."""
        replies = sheet.reader == "city" or (not sheet.reader and bool(self._arrival.mode))
        found = settle(sheet, self._ground(), replies=replies)
        self._unchanged += found.unchanged
        self._strays += found.strays
        if found.added:
            self._visit = keep_guides(self._look, self._change, self._visit)
        for correction in found.changed:
            self._correct(correction)
        for new in found.added:
            self._add(new, replies=replies)
        self._decide(sheet)

    def outcome(self) -> StoredSheets:
        """Return what became of all sheets."""
        return StoredSheets(
            tuple(self._added),
            tuple(self._changed),
            self._unchanged,
            tuple(self._marks),
            tuple(self._decided),
            tuple(self._closed),
            tuple(self._strays),
        )

    def _ground(self) -> CoverageInputs:
        connection = self._look.connection
        notes = gate.notes(
            connection, "all", gate.NotesAsked(visit_id=self._visit.id, deleted=True)
        )
        return CoverageInputs(
            {note.handle: note for note in notes},
            known_notes(self._look, self._visit),
            lambda note, revision: gate.note_at(connection, note.id, revision),
            self._places,
            lambda note: frozenset(then.disclosure for then in versions(self._look, note)),
            lambda place: usual_level(self._look, (place,) if place else (), self._visit),
            self._is_of,
        )

    def _places(self, note: Note) -> frozenset[Address | None]:
        """Return where a note stands or once stood: it may have been filed elsewhere since."""
        now = self._look.crosswalk.now
        ever = versions(self._look, note)
        return frozenset(p and now(p) for then in ever for p in (then.places or (None,)))

    def _is_of(self, note: Note, typed: str) -> bool:
        if not typed:
            return True
        with suppress(Refused):
            return find_participant(self._visit, typed) == note.speaker
        return True  # the same text once more; nobody knows whose

    def _correct(self, correction: Correction) -> None:
        where = correction.answer.where
        try:
            fresh = replace(
                correction.note,
                body=checked(correction.body),
                kind=correction.kind,
                disclosure=correction.disclosure,
            )
            if correction.speaker:
                speaker = find_participant(self._visit, correction.speaker)
                fresh = replace(fresh, speaker=speaker)
        except Refused as error:
            self._strays.append(Stray(correction.answer.text, where, error.sentence))
            return
        self._changed.append(records.save(self._change, fresh))

    def _add(self, new: NewText, *, replies: bool) -> None:
        try:
            speaker = self._speaker(new, replies=replies)
            body = checked(new.body)
        except Refused as error:
            self._strays.append(Stray(new.body, new.answer.where, error.sentence))
            return
        place = new.answer.address
        note = Note(
            id=ids.new_id(),
            handle=new_handle(self._look),
            city_code=self._visit.city_code,
            visit_id=self._visit.id,
            kind=new.kind,
            body=body,
            disclosure=new.disclosure,
            by=self._change.by,
            speaker=speaker,
            places=(place,) if place else (),
            mode=self._arrival.mode,
            on_day=self._arrival.on_day,
        )
        stored = records.save(self._change, note)
        self._added.append(stored)
        if new.closed:
            self._closed.append(stored)
        if replies and place:
            self._end_waiting(place)

    def _speaker(self, new: NewText, *, replies: bool) -> Participant | None:
        """Return who said it; the section that answers is entered among those of the city."""
        if new.speaker:
            return find_participant(self._visit, new.speaker)
        department = " ".join(new.answer.department.split())
        if not (replies and department):
            return None
        person = participant(self._look, self._visit, THEIRS, "", department)
        if person not in self._visit.participants:
            people = (*self._visit.participants, person)
            self._visit = records.save(self._change, replace(self._visit, participants=people))
        return person

    def _end_waiting(self, place: Address) -> None:
        """Clear what was to follow: it has come."""
        for mark in self._standing_marks():
            if mark.state == "to-follow" and self._look.crosswalk.now(mark.address) == place:
                cleared = replace(mark, state=CLEAR, by=self._change.by)
                self._marks.append(put_mark(self._look, self._change, cleared))

    def _decide(self, sheet: FilledSheet) -> None:
        """Store the states and choices that a table of the interviewer says."""
        decisions = Decisions(self._look, self._visit, sheet, self._change.by)
        if decisions.marks:
            self._visit = keep_guides(self._look, self._change, self._visit)
        for mark in decisions.marks:
            self._marks.append(put_mark(self._look, self._change, mark))
        if decisions.questions != self._visit.questions:
            fresh = replace(self._visit, questions=decisions.questions)
            self._visit = records.save(self._change, fresh)
        self._decided += decisions.decided
        self._strays += decisions.strays

    def _standing_marks(self) -> Iterable[Mark]:
        cleared = {mark.address for mark in self._marks if mark.deleted}
        return [
            mark
            for mark in self._look.marks
            if mark.visit_id == self._visit.id and mark.address not in cleared
        ]
