"""What a city says of a note, stored: the confirmation, and what its correction makes of the note.

A confirmation holds for what the city saw. What changed meanwhile is not overwritten. A note that
keeps its words is not changed: a reply of that day takes its place.
"""

from collections.abc import Iterable
from functools import cached_property

from msgspec import Struct
from msgspec.structs import replace

from fieldvisit.actions.write_note import new_handle, save_note
from fieldvisit.errors import Conflict, Refused
from fieldvisit.fieldwork.confirmation import Confirmation, same_words, says_as_seen
from fieldvisit.fieldwork.disclosure import OFF_RECORD, level, strictest
from fieldvisit.fieldwork.note import Note
from fieldvisit.fieldwork.terms import VERBATIM
from fieldvisit.language import _
from fieldvisit.storage import gate, ids, records
from fieldvisit.storage.connection import Change
from fieldvisit.study.view import StudyView, today
from fieldvisit.text import checked


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
    """A note as it stands after an answer; ``is_new`` if something was stored.

    ``holds`` tells whether the answer is about the note as it stands.
    """

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

    def agrees(self, note: Note, seen: Note, said: Said) -> Answered:
        """Store that the city agrees to the note as it was ``seen``."""
        return self._settle(note, seen, "ok", said)

    def keeps_silent(self, note: Note, seen: Note, said: Said) -> Answered:
        """Store that the city did not answer."""
        return self._settle(note, seen, "no-reply", said)

    def corrects(self, note: Note, seen: Note, text: str, said: Said) -> Answered:
        """Store a correction, to which the city agrees.

        Raises Conflict where the note says by now what the city did not see, BadText for a text
        that cannot be kept.
        """
        known = self.known(note)
        if known and known.state == "corrected" and self._is_taken(note, known, text):
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
        """Store a text as what a note says from now, or as a reply in its place; return that.

        The city has not agreed to it by that.
        """
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
        """Let a note be no more open than the city wishes; return it as it then stands."""
        found = strictest((note.disclosure, wished))
        state = state or ("anonymous" if wished == "anonymous" else "withheld")
        if found != note.disclosure:
            note = save_note(self.view, self.change, replace(note, disclosure=found))
        self._save(note, self.known(note), state, note.revision, said)
        return note

    def _is_taken(self, note: Note, known: Confirmation, text: str) -> bool:
        then = gate.note_at(self.view.connection, note.id, known.note_revision)
        return then is not None and same_words(then.body, text)

    def _settle(self, note: Note, seen: Note, state: str, said: Said) -> Answered:
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


def seen_at(view: StudyView, note: Note, known: Confirmation | None) -> Note:
    """Return a note as the city was last asked about it; as it stands if it never was."""
    if known is None:
        return note
    return gate.note_at(view.connection, note.id, known.note_revision) or note


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


def who_answers(known: Confirmation | None) -> str:
    """Return the department that was asked, empty if none was."""
    return known.department if known else ""


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
