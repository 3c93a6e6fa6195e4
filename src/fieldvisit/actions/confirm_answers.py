"""What a city says of a note, by letter, by mail, by telephone or not at all: stored."""

import unicodedata
from collections.abc import Iterable, Sequence
from functools import cached_property

from msgspec import Struct
from msgspec.structs import replace

from fieldvisit.actions.write_note import new_handle, save_note
from fieldvisit.errors import Ambiguous, Conflict, NotFound, Refused, WrongUsage
from fieldvisit.fieldwork.confirmation import Confirmation, same_words, says_as_seen
from fieldvisit.fieldwork.disclosure import OFF_RECORD, level, strictest
from fieldvisit.fieldwork.letter import LEVELS, may_go
from fieldvisit.fieldwork.note import Note
from fieldvisit.fieldwork.study import with_reason
from fieldvisit.fieldwork.terms import VERBATIM
from fieldvisit.fieldwork.visit import Visit
from fieldvisit.language import _, enumerated
from fieldvisit.review.marks import brackets_in, hints_in
from fieldvisit.settings import Settings
from fieldvisit.storage import gate, ids, records
from fieldvisit.storage.connection import Change
from fieldvisit.study.change import changing
from fieldvisit.study.references import find_note, find_visit
from fieldvisit.study.view import StudyView, today
from fieldvisit.text import checked, storable


class Said(Struct, frozen=True):
    """Who answered for the city (empty = not said), on which day (ISO date), and a comment.

    ``mode`` is how, ``item`` the id of the item that brought it, if one did.
    """

    who: str
    on_day: str
    comment: str = ""
    mode: str = ""
    item: str = ""


class Answered(Struct, frozen=True):
    """A note after an answer: ``is_new`` if stored, ``holds`` if it is about the note now."""

    note: Note
    state: str
    is_new: bool
    holds: bool


class Answers(Struct, frozen=True, dict=True):
    """Stores answers within an open change."""

    view: StudyView
    change: Change

    @cached_property
    def _known(self) -> dict[str, Confirmation]:
        found = gate.confirmations(self.view.connection, "all", gate.NotesAsked(deleted=True))
        return {one.note_id: one for one in found}

    def known(self, note: Note) -> Confirmation | None:
        """Return what was asked and said about a note so far."""
        found = self._known.get(note.id)
        return None if found is None or found.deleted else found

    def department(self, note: Note) -> str:
        """Return the department that was asked about a note, empty if none was."""
        known = self.known(note)
        return known.department if known else ""

    def seen(self, note: Note) -> Note:
        """Return a note as the city was last asked about it; as it stands if it never was."""
        known = self.known(note)
        then = known and gate.note_at(self.view.connection, note.id, known.note_revision)
        return then or note

    def corrects(self, note: Note, seen: Note, text: str, said: Said) -> Answered:
        """Store a correction, to which the city agrees; Conflict if it did not see the note so."""
        known = self.known(note)
        then = known and gate.note_at(self.view.connection, note.id, known.note_revision)
        if known and known.state == "corrected" and then and same_words(then.body, text):
            return Answered(note, "corrected", is_new=False, holds=known.holds_for(note))
        self._refuse_older(note, seen, known)
        if not says_as_seen(note, seen):
            raise Conflict(_changed_meanwhile(note))
        fresh = self.rewords(note, text, said)
        self._save(note, known, "corrected", fresh.revision, said)
        if fresh.id != note.id:
            self._save(fresh, known and replace(known, note_id=fresh.id, revision="", number=0),
                       "corrected", fresh.revision, said)  # fmt: skip
        return Answered(fresh, "corrected", is_new=True, holds=True)

    def rewords(self, note: Note, text: str, said: Said) -> Note:
        """Store a text as what a note says, or as a reply in its place; no agreement yet."""
        if note.deleted or note.replaced_by:
            raise Conflict(_changed_meanwhile(note))
        if note.kind not in VERBATIM:
            return records.save(self.change, replace(note, body=checked(text), item=said.item))
        reply = replace(
            note,
            id=ids.new_id(),
            handle=new_handle(self.view),
            kind="reply",
            body=checked(text),
            by=self.change.by,
            mode=said.mode or "written",
            on_day=said.on_day,
            replaces=note.id,
            item=said.item,
            confirmed=False,
            waits=False,
            created_at="",
            seq=0,
            revision="",
            number=0,
        )
        return save_note(self.view, self.change, reply)

    def closes(self, note: Note, wished: str, said: Said, state: str = "") -> Note:
        """Let a note be no more open than the city wishes; return it as it then stands.

        So is one that stands in its place: the city speaks of the passage.
        """
        if later := note.replaced_by and gate.note(self.view.connection, "all", note.replaced_by):
            self.closes(later, wished, said, state)
            note = gate.note(self.view.connection, "all", note.id) or note
        found = strictest((note.disclosure, wished))
        state = state or ("anonymous" if wished == "anonymous" else "withheld")
        if found != note.disclosure:
            note = save_note(self.view, self.change, replace(note, disclosure=found))
        self._save(note, self.known(note), state, note.revision, said)
        return note

    def settle(self, note: Note, seen: Note, state: str, said: Said) -> Answered:
        """Store `ok` or `no-reply` (no answer came) to the note as it was ``seen``."""
        known = self.known(note)
        self._refuse_older(note, seen, known)
        holds = says_as_seen(note, seen)
        revision = note.revision if holds else seen.revision
        if known and (known.state, known.note_revision) == (state, revision):
            return Answered(note, state, is_new=False, holds=holds)
        self._save(note, known, state, revision, said)
        return Answered(note, state, is_new=True, holds=holds)

    def _refuse_older(self, note: Note, seen: Note, known: Confirmation | None) -> None:
        """Refuse an answer about an older text than the one that the city was asked about last."""
        if known and is_older(self.view, note, seen, known):
            raise Conflict(
                _("The city has answered about a later text of note {handle}.").format(
                    handle=note.handle
                )
                if known.state != "sent"
                else _("The city was asked about a later text of note {handle} since.").format(
                    handle=note.handle
                )
            )

    def _save(
        self, note: Note, known: Confirmation | None, state: str, revision: str, said: Said
    ) -> None:
        start = known or Confirmation(note.id, note.visit_id or "", "", "")
        fresh = replace(
            start,
            state=state,
            note_revision=revision,
            answered_on=said.on_day,
            who=said.who,
            comment=said.comment,
            by=self.change.by,
        )
        self._known[note.id] = records.save_over(self.change, fresh, self._known.get(note.id))


def is_older(view: StudyView, note: Note, seen: Note, known: Confirmation) -> bool:
    """Tell whether the city was asked about a later text than the one ``seen``, or gave one."""
    asked = gate.note_at(view.connection, note.id, known.note_revision)
    if asked is None:
        return known.note_revision not in ("", seen.revision)  # that of a reply in its place
    if says_as_seen(asked, seen):
        return False
    history = gate.revisions(view.connection, "all", note.id)
    order = {revision.id: at for at, (revision, _then) in enumerate(history)}
    return order.get(known.note_revision, -1) > order.get(seen.revision, len(order))


def check_day(on_day: str, asked: Iterable[Confirmation | None]) -> None:
    """Refuse a day (ISO date) of an answer that is still to come, or before the city was asked."""
    sent_on = max((one.sent_on for one in asked if one), default="")
    if on_day > today().isoformat():
        raise Refused(
            _("The answer of {date} is still to come.").format(date=on_day),
            _("Say with --on when it came. Nothing was stored."),
        )
    if sent_on and on_day < sent_on:
        raise Refused(
            _("The answer of {date} would be older than the letter of {sent}.").format(
                date=on_day, sent=sent_on
            ),
            _("Say with --on when it came. Nothing was stored."),
        )


def corrected_by(who: str) -> str:
    """Return the reason that a correction leaves in the history of its note."""
    return _("corrected by {who}").format(who=who or _("the city"))


def _changed_meanwhile(note: Note) -> str:
    if note.deleted:
        return _("Note {handle} was deleted meanwhile.").format(handle=note.handle)
    if note.replaced_by:
        return _("Another note stands in the place of note {handle} by now.").format(
            handle=note.handle
        )
    if level(note.disclosure) == OFF_RECORD:
        return _("Note {handle} went off the record meanwhile.").format(handle=note.handle)
    return _(
        "Note {handle} was changed after the city saw it and now reads: “{text}”. To settle it: "
        "fieldvisit note edit {handle}"
    ).format(handle=note.handle, text=note.body)


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
        for note in notes:
            if not may_go(note) and answers.known(note) is None:
                raise Refused(
                    _("Note {handle} is nothing that a city is asked to confirm.").format(
                        handle=note.handle
                    ),
                    _("Its kind or its level keeps it from being sent. Nothing was changed."),
                )
        said = replace(said, on_day=said.on_day or today().isoformat())
        check_day(said.on_day, map(answers.known, notes))
        if state == "corrected":
            who = storable(said.who or answers.department(notes[0]))
            change.command = with_reason(change.command, corrected_by(who))
        found = []
        for note in notes:
            seen = note if as_it_stands else answers.seen(note)
            name = "" if state == "no-reply" else said.who or answers.department(note)
            named = replace(said, who=storable(name))
            found.append(_settle(answers, note, seen, state, text, named))
        return tuple(found)


def _settle(
    answers: Answers, note: Note, seen: Note, state: str, text: str, said: Said
) -> Answered:
    handle = note.handle
    if state == "corrected" and (marks := brackets_in(text) - brackets_in(note.body)):
        raise WrongUsage(
            _("The correction bears marks: {marks}").format(marks=" ".join(sorted(marks))),
            _("Give the words alone. The level: fieldvisit note edit {handle} -d LEVEL").format(
                handle=handle
            ),
        )
    if LEVELS.get(state) != OFF_RECORD and {*hints_in(text)} - {*hints_in(note.body)}:
        then = _("Then: fieldvisit note edit {handle} -d off-record. Nothing was stored.")
        raise WrongUsage(
            _("The text may mean that this is off the record."), then.format(handle=handle)
        )
    if state == "corrected":
        body = checked(text, _("correction"))
        if same_words(body, note.body):
            agreed = _("If the city agrees to it: fieldvisit confirm set VISIT {handle} ok")
            raise Refused(
                _("Note {handle} says that already.").format(handle=handle),
                agreed.format(handle=handle),
            )
        return answers.corrects(note, seen, body, said)
    said = replace(said, comment=storable(text))
    if state in LEVELS:
        closed = answers.closes(note, LEVELS[state], said)
        return Answered(closed, state, is_new=True, holds=True)
    return answers.settle(note, seen, state, said)


def _named(view: StudyView, visit: Visit, typed: Sequence[str], letter: str) -> tuple[Note, ...]:
    numbers = {name: number for name in typed if (number := _number(name))}
    asked = gate.requests(view.connection, visit.id) if numbers else ()
    letter = letter or max((one.sent_on for one in asked), default="")
    sent = [one for one in asked if one.sent_on == letter]
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


def _numbered(view: StudyView, visit: Visit, sent: Iterable[Confirmation], number: int) -> Note:
    ids = dict.fromkeys(one.note_id for one in sent if one.letter_number == number)
    known = [note for id_ in ids if (note := gate.note(view.connection, "all", id_))]
    found = [note for note in known if note.replaced_by not in ids]
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
