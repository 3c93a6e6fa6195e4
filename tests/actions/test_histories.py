"""Random histories of one study against a model that knows no SQL: notes, marks, a city's word."""

from collections.abc import Callable
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

import strategies
from examples import examples
from fieldvisit.actions.confirm_answers import set_confirmations
from fieldvisit.actions.confirm_letter import confirmations, letter, send
from fieldvisit.actions.set_marks import set_marks
from fieldvisit.actions.undo import undo
from fieldvisit.actions.write_note import add_note, delete_note, edit_note, restore_note
from fieldvisit.documents.confirmation_letter import document
from fieldvisit.documents.formats import render
from fieldvisit.errors import Refused
from fieldvisit.fieldwork.note import Note
from fieldvisit.settings import Settings
from fieldvisit.storage import gate, queries
from fieldvisit.storage.connection import reading
from fieldvisit.study.fields import NoteFields

OFF = "off-record"
AGREED = ("ok", "corrected")
SENT_LEVELS = ("public", "confirm", "anonymous")
# What no rule does.
BEFORE = ("init", "visit add", "keep guides", "undo")


class Thing(Struct, frozen=True):
    """A note (``text`` its body, ``more`` its level) or a mark (its reason and state)."""

    text: str
    more: str
    there: bool = True


class Asked(Struct, frozen=True):
    """What is stored of the city's answer; ``version`` is the one that it is about."""

    state: str
    version: int


class Step(Struct):
    """How the things that a command changed stood before it, None for what it made."""

    before: dict[str, tuple[Thing | None, Asked | None]]
    undone: bool = False


class Model(Struct):
    """Every version of each thing by name, what was asked of notes, and where these are."""

    said: dict[str, list[Thing]] = field(default_factory=dict)
    asked: dict[str, Asked] = field(default_factory=dict)
    notes: dict[str, str] = field(default_factory=dict)
    steps: list[Step] = field(default_factory=list)

    def now(self, name: str) -> Thing:
        return self.said[name][-1]

    def version(self, name: str) -> int:
        return len(self.said[name]) - 1

    def is_there(self, name: str) -> bool:
        return name in self.said and self.now(name).there

    def seen(self, note: str) -> int:
        """The version about which the city was asked last, else the present one."""
        return self.asked[note].version if note in self.asked else self.version(note)

    def is_confirmed(self, note: str) -> bool:
        asked = self.asked.get(note)
        return bool(asked and asked.state in AGREED and asked.version == self.version(note))

    def is_public(self, note: str) -> bool:
        now = self.now(note)
        agreed = now.more == "confirm" and self.is_confirmed(note)
        return now.there and (now.more == "public" or agreed)

    def known(self, note: str, audience: str) -> Asked | None:
        """What the city was asked, as ``audience`` may know it: before an opening is for `all`."""
        asked = self.asked.get(note)
        since = self.said[note][asked.version :] if asked else ()
        closed = any(thing.more == OFF for thing in since)
        return None if closed and audience != "all" else asked

    def state(self, note: str, audience: str) -> str:
        asked = self.known(note, audience)
        if asked is None:
            return "not-sent"
        if asked.version == self.version(note):
            return asked.state
        return "changed" if asked.state in AGREED else "changed-since-sent"

    def goes(self, visit: str) -> list[str]:
        """The notes that are sent when the whole visit is."""
        return [
            note
            for note, of in self.notes.items()
            if of == visit
            and self.now(note).there
            and self.now(note).more in SENT_LEVELS
            and not self.is_confirmed(note)
        ]

    def begin(self, *names: str) -> None:
        """Take note of how things stand before a command that changes them."""
        before = {n: (self.now(n) if n in self.said else None, self.asked.get(n)) for n in names}
        self.steps.append(Step(before))

    def do(self, after: dict[str, Thing]) -> None:
        """Give what is changed a new version, all in one step."""
        new = {n: t for n, t in after.items() if n not in self.said or self.now(n) != t}
        if new:
            self.begin(*new)
        for name, thing in new.items():
            self.said.setdefault(name, []).append(thing)

    def outcome(self, note: str, seen: int, state: str, text: str = "") -> str:
        """What an answer about version ``seen`` does: `nothing`, `stored` or `refused`."""
        asked, said = self.asked.get(note), self.said[note]
        corrected = asked is not None and asked.state == "corrected"
        if state == "corrected" and corrected and asked and said[asked.version].text == text:
            return "nothing"
        if asked and asked.version > seen and said[asked.version] != said[seen]:
            return "refused"
        same = self.now(note) == said[seen]
        if state == "corrected":
            return "stored" if same and self.now(note).there else "refused"
        about = self.version(note) if same else seen
        return "nothing" if asked == Asked(state, about) else "stored"

    def answer(self, note: str, seen: int, state: str, text: str = "") -> None:
        """Store an answer whose outcome is `stored`."""
        self.begin(note)
        if state == "corrected":
            self.said[note].append(replace(self.now(note), text=text))
        same = self.now(note) == self.said[note][seen] or state == "corrected"
        self.asked[note] = Asked(state, self.version(note) if same else seen)

    def undo(self) -> None:
        """Take the last step back that is not.

        What became off the record stays so, and a note of which no more was changed gets no new
        version. One that says again what the city saw is again what it was asked about.
        """
        step = next(one for one in reversed(self.steps) if not one.undone)
        step.undone = True
        for name, (before, asked) in step.before.items():
            now = self.now(name)
            thing = before or replace(now, there=False)
            if now.more == OFF:
                thing = replace(thing, more=OFF)
            if thing != now:
                self.said[name].append(thing)
            self.asked.pop(name, None)
            if asked:
                again = self.said[name][asked.version] == thing
                self.asked[name] = replace(asked, version=self.version(name)) if again else asked


VISITS = st.sampled_from(["chiba-1", "chiba-1", "himeji-1"])
PLACES = st.sampled_from(["hiring", "ai-rpa/effect", "other"])
LEVELS = st.sampled_from(["public", "confirm", "confirm", "anonymous", "group", OFF])
# Few as well, so that a text comes back by an edit, too.
BODIES = st.sampled_from(["三課に置いている。", "四課に置いている。"]) | strategies.bodies
STATES = st.sampled_from(["ok", "ok", "corrected", "no-reply"])


class Histories(RuleBasedStateMachine):
    """Notes and marks come, change and go; notes are sent and answered about; steps taken back."""

    fresh: ClassVar[Callable[[], Settings]]
    notes = Bundle("notes")

    def __init__(self) -> None:
        super().__init__()
        self.given = type(self).fresh()
        self.model = Model()
        self.times = 0

    @rule(target=notes, visit=VISITS, body=BODIES, level=LEVELS)
    def add(self, visit: str, body: str, level: str) -> str:
        note = add_note(self.given, visit, body, NoteFields(disclosure=level)).handle
        self.model.notes[note] = visit
        self.model.do({note: Thing(body, level)})
        return note

    @rule(note=notes, body=BODIES, level=LEVELS, reason=st.sampled_from(["", "了解"]))
    def edit(self, note: str, body: str, level: str, reason: str) -> None:
        now = self.model.now(note)
        if not now.there or (now.more == OFF != level and not reason):
            with pytest.raises(Refused):
                edit_note(self.given, note, body, NoteFields(disclosure=level), reason)
            return
        edit_note(self.given, note, body, NoteFields(disclosure=level), reason)
        self.model.do({note: Thing(body, level)})

    @rule(note=notes)
    def delete_or_restore(self, note: str) -> None:
        now = self.model.now(note)
        with pytest.raises(Refused):
            (restore_note if now.there else delete_note)(self.given, note)
        (delete_note if now.there else restore_note)(self.given, note)
        self.model.do({note: replace(now, there=not now.there)})

    @rule(visit=VISITS, places=st.lists(PLACES, min_size=1, max_size=2, unique=True),
          state=strategies.marks_set | st.just("clear"), reason=strategies.storable)  # fmt: skip
    def mark(self, visit: str, places: list[str], state: str, reason: str) -> None:
        names = [f"{visit} {place}" for place in places]
        if state == "clear":
            if not all(map(self.model.is_there, names)):
                with pytest.raises(Refused):
                    set_marks(self.given, visit, places, "clear")
                return
            set_marks(self.given, visit, places, "clear")
            self.model.do({name: replace(self.model.now(name), there=False) for name in names})
            return
        due = "2019-11-01" if state == "to-follow" else ""
        set_marks(self.given, visit, places, state, reason, due)
        self.model.do({name: Thing(reason, state) for name in names})

    @precondition(lambda self: self.model.goes("chiba-1"))
    @rule()
    def send(self) -> None:
        sent = letter(self.given, "chiba-1")
        self.times += 1
        path = self.given.study().folder / f"letter-{self.times}.md"
        send(self.given, sent, path, render(document(sent), "md"))
        handles = [one.note.handle for one in sent.passages]
        assert sorted(handles) == sorted(self.model.goes("chiba-1"))
        self.model.begin(*handles)
        for note in handles:
            self.model.asked[note] = Asked("sent", self.model.version(note))

    @rule(note=notes, state=STATES)
    def answer(self, note: str, state: str) -> None:
        now, seen, visit = self.model.now(note), self.model.seen(note), self.model.notes[note]
        self.times += 1
        text = f"{self.times}課に置いている。" if state == "corrected" else ""
        fits = now.there and (note in self.model.asked or now.more in SENT_LEVELS)
        outcome = self.model.outcome(note, seen, state, text) if fits else "refused"
        if outcome == "refused":
            with pytest.raises(Refused):
                set_confirmations(self.given, visit, [note], state, text)
            return
        set_confirmations(self.given, visit, [note], state, text)
        if outcome == "stored":
            self.model.answer(note, seen, state, text)

    @precondition(lambda self: any(not step.undone for step in self.model.steps))
    @rule()
    def take_back(self) -> None:
        self.model.undo()
        undo(self.given)

    @invariant()
    def what_stands_is_what_the_model_says(self) -> None:
        with reading(self.given.study().database) as connection:
            handles = {visit.id: visit.handle for visit in queries.visits(connection)}
            found = {
                note.handle: (Thing(note.body, note.disclosure, not note.deleted), note.number)
                for note in gate.notes(connection, "all", gate.NotesAsked(deleted=True))
            } | {
                f"{handles[mark.visit_id]} {mark.address}": (
                    Thing(mark.reason, mark.state, not mark.deleted),
                    mark.number,
                )
                for mark in queries.marks(connection, deleted=True)
            }
            steps = [
                change
                for change in queries.changes(connection)
                if not change.command.startswith(BEFORE)
            ]
        assert found == {name: (past[-1], len(past)) for name, past in self.model.said.items()}
        assert [bool(change.undone_by) for change in reversed(steps)] == [
            step.undone for step in self.model.steps
        ]

    @invariant()
    def everybody_sees_what_the_city_agreed_to(self) -> None:
        seen: dict[str, dict[str, Note]] = {}
        with reading(self.given.study().database) as connection:
            for audience in ("all", "public"):
                found = gate.notes(connection, audience, gate.NotesAsked(deleted=True))
                seen[audience] = {note.handle: note for note in found}
        model = self.model
        assert {note: found.confirmed for note, found in seen["all"].items()} == {
            note: model.is_confirmed(note) for note in model.notes
        }
        assert {note for note, found in seen["public"].items() if not found.deleted} == {
            note for note in model.notes if model.is_public(note)
        }

    @invariant()
    def the_list_says_how_each_note_stands(self) -> None:
        for audience, hidden in (("all", ()), ("group", (OFF,))):
            found, _cities, _held = confirmations(self.given, "", audience)
            assert {one.note.handle: one.state for one in found} == {
                note: self.model.state(note, audience)
                for note in self.model.notes
                if self._is_listed(note, audience) and self.model.now(note).more not in hidden
            }

    def _is_listed(self, note: str, audience: str) -> bool:
        now = self.model.now(note)
        return now.there and bool(self.model.known(note, audience) or now.more in SENT_LEVELS)


@pytest.mark.hypothesis
def test_whatever_happens_the_study_is_what_the_model_says(
    fresh_field: Callable[[], Settings], record_property: Callable[[str, object], None]
) -> None:
    Histories.fresh = staticmethod(fresh_field)
    few = examples(40, steps=25)
    run_state_machine_as_test(Histories, settings=few)
    record_property("trials", f"{few.max_examples} histories of a study of up to 25 steps")
