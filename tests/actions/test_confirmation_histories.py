"""What a city had seen and said, kept without any SQL: the model of the stateful test."""

from collections.abc import Callable, Iterable
from typing import ClassVar

import pytest
from hypothesis import strategies as st
from hypothesis.stateful import (
    Bundle,
    RuleBasedStateMachine,
    invariant,
    precondition,
    rule,
    run_state_machine_as_test,
)
from msgspec import Struct, field
from msgspec.structs import replace

from examples import examples
from fieldvisit.actions.confirm_answers import set_confirmations
from fieldvisit.actions.confirm_letter import confirmations, letter, send
from fieldvisit.actions.undo import undo
from fieldvisit.actions.write_note import add_note, delete_note, edit_note, restore_note
from fieldvisit.documents.confirmation_letter import document
from fieldvisit.documents.formats import render
from fieldvisit.errors import Refused
from fieldvisit.fieldwork.note import Note
from fieldvisit.settings import Settings
from fieldvisit.storage import gate
from fieldvisit.storage.connection import reading
from fieldvisit.study.fields import NoteFields

AGREED = ("ok", "corrected")
SENT_LEVELS = ("public", "confirm", "anonymous")


class Content(Struct, frozen=True):
    """What a note says, how it may be used, and whether it is there."""

    body: str
    level: str
    there: bool = True


class Asked(Struct, frozen=True):
    """What is stored of the city's answer; ``version`` is the one that it is about."""

    state: str
    version: int


class Stands(Struct, frozen=True):
    """How one note stands: its version, and what its city was asked."""

    version: int
    asked: Asked | None = None


class Step(Struct):
    """How the notes stood before a command that changed something."""

    before: dict[str, tuple[Content, Asked | None]]
    notes: frozenset[str]
    undone: bool = False


class Model(Struct):
    """Notes by handle; every version that a note ever had, and what it said then."""

    notes: dict[str, Stands] = field(default_factory=dict)
    said: dict[str, list[Content]] = field(default_factory=dict)
    steps: list[Step] = field(default_factory=list)

    def now(self, note: str) -> Content:
        return self.said[note][self.notes[note].version]

    def seen(self, note: str) -> int:
        """The version about which the city was asked last, else the present one."""
        stands = self.notes[note]
        return stands.asked.version if stands.asked else stands.version

    def is_confirmed(self, note: str) -> bool:
        stands = self.notes[note]
        return bool(
            stands.asked and stands.asked.state in AGREED and stands.asked.version == stands.version
        )

    def is_public(self, note: str) -> bool:
        now = self.now(note)
        agreed = now.level == "confirm" and self.is_confirmed(note)
        return now.there and (now.level == "public" or agreed)

    def asked(self, note: str, audience: str) -> Asked | None:
        """What the city was asked, as ``audience`` may know it: before an opening is for `all`."""
        stands = self.notes[note]
        since = self.said[note][stands.asked.version : stands.version + 1] if stands.asked else ()
        closed = any(content.level == "off-record" for content in since)
        return None if closed and audience != "all" else stands.asked

    def state(self, note: str, audience: str) -> str:
        asked = self.asked(note, audience)
        if asked is None:
            return "not-sent"
        if asked.version == self.notes[note].version:
            return asked.state
        return "changed" if asked.state in AGREED else "changed-since-sent"

    def goes(self) -> list[str]:
        """The notes that are sent when the whole visit is."""
        return [
            note
            for note in self.notes
            if self.now(note).there
            and self.now(note).level in SENT_LEVELS
            and not self.is_confirmed(note)
        ]

    def begin(self, notes: Iterable[str]) -> None:
        """Take note of how things stand before a command that changes these notes."""
        names = frozenset(notes)
        before = {n: (self.now(n), self.notes[n].asked) for n in names if n in self.notes}
        self.steps.append(Step(before, names))

    def write(self, note: str, content: Content) -> None:
        """Give a note a new version."""
        self.said.setdefault(note, []).append(content)
        asked = self.notes[note].asked if note in self.notes else None
        self.notes[note] = Stands(len(self.said[note]) - 1, asked)

    def ask(self, note: str, asked: Asked | None) -> None:
        self.notes[note] = replace(self.notes[note], asked=asked)

    def outcome(self, note: str, seen: int, state: str, text: str = "") -> str:
        """What an answer about version ``seen`` does: `nothing`, `stored` or `refused`."""
        asked, said = self.notes[note].asked, self.said[note]
        corrected = asked is not None and asked.state == "corrected"
        if state == "corrected" and corrected and asked and said[asked.version].body == text:
            return "nothing"
        if asked and asked.version > seen and said[asked.version] != said[seen]:
            return "refused"
        same = self.now(note) == said[seen]
        if state == "corrected":
            return "stored" if same and self.now(note).there else "refused"
        about = self.notes[note].version if same else seen
        return "nothing" if asked == Asked(state, about) else "stored"

    def answer(self, note: str, seen: int, state: str, text: str = "") -> None:
        """Store an answer whose outcome is `stored`."""
        if state == "corrected":
            self.write(note, replace(self.now(note), body=text))
        same = self.now(note) == self.said[note][seen] or state == "corrected"
        self.ask(note, Asked(state, self.notes[note].version if same else seen))

    def undo(self) -> bool:
        """Take the last step back that is not; False if that is refused.

        What became off the record stays so. A note that says again what the city saw is again
        what it was asked about.
        """
        step = next(one for one in reversed(self.steps) if not one.undone)
        back: dict[str, Content] = {}
        for note in step.notes:
            content = step.before[note][0] if note in step.before else None
            content = content or replace(self.now(note), there=False)
            if self.now(note).level == "off-record" != content.level:
                content = replace(content, level="off-record")
                if content == self.now(note):
                    return False
            back[note] = content
        step.undone = True
        for note in step.notes:
            self._put_back(note, back[note], step.before.get(note))
        return True

    def _put_back(
        self, note: str, content: Content, before: tuple[Content, Asked | None] | None
    ) -> None:
        if before is None or content != self.now(note):
            self.write(note, content)
        asked = before[1] if before else None
        if asked and self.said[note][asked.version] == content:
            asked = Asked(asked.state, self.notes[note].version)
        self.ask(note, asked)


LEVELS = st.sampled_from(["public", "confirm", "confirm", "anonymous", "group", "off-record"])
# Few, so that a text comes back by an edit, too.
FEW_BODIES = st.sampled_from(["三課に置いている。", "四課に置いている。"])
STATES = st.sampled_from(["ok", "ok", "corrected", "no-reply"])


class Confirmations(RuleBasedStateMachine):
    """Notes are written, sent, answered about in every way, changed, and steps taken back."""

    fresh: ClassVar[Callable[[], Settings]]
    notes = Bundle("notes")

    def __init__(self) -> None:
        super().__init__()
        self.given = type(self).fresh()
        self.model = Model()
        self.times = 0

    def _new_text(self) -> str:
        self.times += 1
        return f"{self.times}課に置いている。"

    @rule(target=notes, body=FEW_BODIES, level=LEVELS)
    def add(self, body: str, level: str) -> str:
        note = add_note(self.given, "chiba-1", body, NoteFields(disclosure=level)).handle
        self.model.begin([note])
        self.model.write(note, Content(body, level))
        return note

    @rule(note=notes, body=FEW_BODIES, level=LEVELS)
    def edit(self, note: str, body: str, level: str) -> None:
        now = self.model.now(note)
        if not now.there:
            with pytest.raises(Refused):
                edit_note(self.given, note, body, NoteFields(disclosure=level), "了解")
            return
        edit_note(self.given, note, body, NoteFields(disclosure=level), "了解")
        if now != Content(body, level):
            self.model.begin([note])
            self.model.write(note, Content(body, level))

    @rule(note=notes)
    def delete_or_restore(self, note: str) -> None:
        now = self.model.now(note)
        (delete_note if now.there else restore_note)(self.given, note)
        self.model.begin([note])
        self.model.write(note, replace(now, there=not now.there))

    @precondition(lambda self: self.model.goes())
    @rule()
    def send(self) -> None:
        sent = letter(self.given, "chiba-1")
        path = self.given.study().folder / f"letter-{self.times}.md"
        self.times += 1
        send(self.given, sent, path, render(document(sent), "md"))
        handles = [one.note.handle for one in sent.passages]
        assert sorted(handles) == sorted(self.model.goes())
        self.model.begin(handles)
        for note in handles:
            self.model.ask(note, Asked("sent", self.model.notes[note].version))

    @rule(note=notes, state=STATES)
    def answer(self, note: str, state: str) -> None:
        now, asked = self.model.now(note), self.model.notes[note].asked
        text = self._new_text() if state == "corrected" else ""
        seen = self.model.seen(note)
        fits = now.there and (asked or now.level in ("public", "confirm", "anonymous"))
        outcome = self.model.outcome(note, seen, state, text) if fits else "refused"
        if outcome == "refused":
            with pytest.raises(Refused):
                set_confirmations(self.given, "chiba-1", [note], state, text)
            return
        set_confirmations(self.given, "chiba-1", [note], state, text)
        if outcome == "stored":
            self.model.begin([note])
            self.model.answer(note, seen, state, text)

    @precondition(lambda self: any(not step.undone for step in self.model.steps))
    @rule()
    def undo(self) -> None:
        if self.model.undo():
            undo(self.given)
        else:
            with pytest.raises(Refused):
                undo(self.given)

    @invariant()
    def everybody_sees_what_the_city_agreed_to(self) -> None:
        with reading(self.given.study().database) as connection:
            seen: dict[str, dict[str, Note]] = {
                audience: {
                    n.handle: n
                    for n in gate.notes(connection, audience, gate.NotesAsked(deleted=True))
                }
                for audience in ("all", "group", "public")
            }
        model = self.model
        assert {note: found.confirmed for note, found in seen["all"].items()} == {
            note: model.is_confirmed(note) for note in model.notes
        }
        assert {note for note, found in seen["public"].items() if not found.deleted} == {
            note for note in model.notes if model.is_public(note)
        }

    @invariant()
    def the_list_says_how_each_note_stands(self) -> None:
        for audience, hidden in (("all", ()), ("group", ("off-record",))):
            found, _cities, _held = confirmations(self.given, "chiba-1", audience)
            assert {one.note.handle: one.state for one in found} == {
                note: self.model.state(note, audience)
                for note in self.model.notes
                if self._is_listed(note, audience) and self.model.now(note).level not in hidden
            }

    def _is_listed(self, note: str, audience: str) -> bool:
        now, asked = self.model.now(note), self.model.asked(note, audience)
        return now.there and bool(asked or now.level in ("public", "confirm", "anonymous"))


@pytest.mark.hypothesis
def test_confirmation_follows_what_the_city_had_seen(
    fresh_field: Callable[[], Settings], record_property: Callable[[str, object], None]
) -> None:
    Confirmations.fresh = fresh_field
    few = examples(8, steps=20)
    run_state_machine_as_test(Confirmations, settings=few)
    record_property("trials", f"{few.max_examples} histories of confirmation of up to 20 steps")
