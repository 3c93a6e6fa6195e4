"""Random histories of one study against a model that knows no SQL."""

from collections.abc import Callable
from typing import ClassVar

import pytest
from hypothesis import strategies as st
from hypothesis.stateful import (
    Bundle,
    RuleBasedStateMachine,
    invariant,
    rule,
    run_state_machine_as_test,
)
from msgspec import Struct, field
from msgspec.structs import replace

import strategies
from examples import examples
from fieldvisit.actions.set_marks import set_marks
from fieldvisit.actions.undo import undo
from fieldvisit.actions.write_note import add_note, delete_note, edit_note, restore_note
from fieldvisit.errors import Refused
from fieldvisit.settings import Settings
from fieldvisit.storage import gate, queries
from fieldvisit.storage.connection import reading
from fieldvisit.study.fields import NoteFields

VISITS = st.sampled_from(["chiba-1", "himeji-1"])
PLACES = st.sampled_from(["hiring", "ai-rpa/effect", "other"])
LEVELS = st.sampled_from(["public", "group", "off-record"])


class Thing(Struct, frozen=True):
    """A note (``text`` its body, ``more`` its level) or a mark (its state and reason)."""

    text: str
    more: str
    there: bool = True


class Step(Struct):
    """What a command did: of each object touched, how it stood before and after."""

    before: dict[str, Thing]
    after: dict[str, Thing]
    undone: bool = False


class Model(Struct):
    """How things stand, and by which steps they came to stand so."""

    things: dict[str, Thing] = field(default_factory=dict)
    revisions: dict[str, int] = field(default_factory=dict)
    steps: list[Step] = field(default_factory=list)

    def do(self, after: dict[str, Thing]) -> None:
        before = {name: self.things.get(name, replace(t, there=False)) for name, t in after.items()}
        self.steps.append(Step(before, after))
        self._set(after)

    def undo(self) -> bool:
        """Take the last step back that is not; tell whether that may be.

        What became off the record stays so, and a step that did no more than that stands.
        """
        step = next(s for s in reversed(self.steps) if not s.undone)
        before = dict(step.before)
        for name, thing in step.before.items():
            now = self.things[name]
            if now.more == "off-record" != thing.more:
                before[name] = replace(thing, more="off-record")
                if before[name] == now:
                    return False
        step.undone = True
        self._set(before)
        return True

    def _set(self, things: dict[str, Thing]) -> None:
        self.things |= things
        for name in things:
            self.revisions[name] = self.revisions.get(name, 0) + 1


class Histories(RuleBasedStateMachine):
    """Notes are added, edited, deleted, restored; marks set and cleared; steps taken back."""

    fresh: ClassVar[Callable[[], Settings]]
    notes = Bundle("notes")

    def __init__(self) -> None:
        super().__init__()
        self.given = type(self).fresh()
        self.model = Model()

    @rule(target=notes, visit=VISITS, text=strategies.bodies, level=LEVELS)
    def add(self, visit: str, text: str, level: str) -> str:
        note = add_note(self.given, visit, text, NoteFields(disclosure=level))
        self.model.do({note.handle: Thing(text, level)})
        return note.handle

    @rule(note=notes, text=strategies.bodies, level=LEVELS, reason=st.sampled_from(["", "了解"]))
    def edit(self, note: str, text: str, level: str, reason: str) -> None:
        known = self.model.things[note]
        allowed = known.there and not (known.more == "off-record" != level and not reason)
        particulars = NoteFields(disclosure=level)
        if not allowed:
            with pytest.raises(Refused):
                edit_note(self.given, note, text, particulars, reason)
            return
        edit_note(self.given, note, text, particulars, reason)
        if known != Thing(text, level):
            self.model.do({note: Thing(text, level)})

    @rule(note=notes)
    def delete_or_restore(self, note: str) -> None:
        known = self.model.things[note]
        with pytest.raises(Refused):
            (restore_note if known.there else delete_note)(self.given, note)
        (delete_note if known.there else restore_note)(self.given, note)
        self.model.do({note: replace(known, there=not known.there)})

    @rule(
        visit=VISITS,
        places=st.lists(PLACES, min_size=1, max_size=2, unique=True),
        state=strategies.marks_set,
        reason=strategies.storable,
    )
    def mark(self, visit: str, places: list[str], state: str, reason: str) -> None:
        due = "2019-11-01" if state == "to-follow" else ""
        set_marks(self.given, visit, places, state, reason, due)
        after = {f"{visit} {place}": Thing(reason, state) for place in places}
        changed = {n: t for n, t in after.items() if self.model.things.get(n) != t}
        if changed:
            self.model.do(changed)

    @rule(visit=VISITS, place=PLACES)
    def clear(self, visit: str, place: str) -> None:
        known = self.model.things.get(f"{visit} {place}")
        if known is None or not known.there:
            with pytest.raises(Refused):
                set_marks(self.given, visit, [place], "clear")
            return
        set_marks(self.given, visit, [place], "clear")
        self.model.do({f"{visit} {place}": replace(known, there=False)})

    @rule()
    def take_back(self) -> None:
        if all(step.undone for step in self.model.steps):
            return
        if self.model.undo():
            undo(self.given)
        else:
            with pytest.raises(Refused, match="off the record"):
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
                if change.command in ("note add", "note delete", "note restore", "mark")
                or change.command.startswith("note edit")
            ]
        assert found == {
            name: (thing, self.model.revisions[name]) for name, thing in self.model.things.items()
        }
        assert [bool(change.undone_by) for change in reversed(steps)] == [
            step.undone for step in self.model.steps
        ]


@pytest.mark.hypothesis
def test_whatever_happens_the_study_is_what_the_model_says(
    fresh_field: Callable[[], Settings],
) -> None:
    Histories.fresh = staticmethod(fresh_field)
    run_state_machine_as_test(
        Histories,
        settings=examples(25, steps=25),
    )
