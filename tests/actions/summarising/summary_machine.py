"""What may be done to notes and summaries: to a study, and to the model of it alike."""

from collections.abc import Callable
from typing import Any

import pytest
from hypothesis import strategies as st
from hypothesis.stateful import RuleBasedStateMachine, initialize, invariant, precondition, rule

from actions.changed import last as change_id
from actions.own_guide import SECOND, write
from actions.summarising.summary_model import ACROSS, OFF, Cell, Model, ModelNote, sees
from fieldvisit.actions.plan_visits import edit_visit
from fieldvisit.actions.summarising.write_summary import delete_summary, set_summary
from fieldvisit.actions.undo import undo
from fieldvisit.actions.write_note import add_note, delete_note, edit_note, restore_note
from fieldvisit.errors import Refused
from fieldvisit.fieldwork.terms import AUDIENCES
from fieldvisit.settings import Settings
from fieldvisit.study.fields import NoteFields, VisitFields
from summarised import compared, listed

PAY = """\
      - question: pay
        ask: {ja: 給与は。, en: What pay?}
"""
MERGED = SECOND.replace(PAY, "").replace("[staff/number]", "[staff/number, staff/pay, people/pay]")
MOVED = SECOND.replace(PAY, "") + "    questions:\n" + PAY.replace(": pay", ": money").replace(
    "pay?}", "pay?}\n        was: [staff/pay, people/pay]"
)  # fmt: skip
OLD = {"staff": "people", "staff/number": "people/headcount"}
PAY_BECOMES = {"staff/pay": "people/headcount", "people/pay": "people/headcount"}
PAY_MOVES = {"staff/pay": "rest/money", "people/pay": "rest/money"}
VISITS = {"chiba-1": "121002", "himeji-1": "282014"}
CITIES = {"121002": "千葉市", "282014": "姫路市"}
PLACES = ("staff", "staff/number", "staff/pay", "rest")
places = st.sampled_from(PLACES)
some_places = st.lists(places, min_size=1, max_size=2, unique=True)
kinds = st.sampled_from(["statement", "quote", "desk", "remark"])
levels = st.sampled_from(["public", "group", "group", "confirm", "anonymous", OFF])
cells = st.tuples(st.sampled_from([*CITIES, "121002", ACROSS]), places)
anything = st.integers(0, 1000)


def told(reasons: list[dict[str, str]]) -> set[tuple[str, str]]:
    return {(one["why"], one["note"]) for one in reasons}


class Summaries(RuleBasedStateMachine):
    """Rules do the same to the study and to the model; what both say of it must agree."""

    fresh: Callable[[], Settings]

    def __init__(self) -> None:
        super().__init__()
        self.model = Model()
        self.done: list[tuple[str, str, Any]] = []
        self.words = 0
        self.version = 1

    @initialize()
    def begin(self) -> None:
        self.study = type(self).fresh()

    def word(self) -> str:
        self.words += 1
        return f"話{self.words}"

    def kept(self, note: ModelNote, place: str) -> str:
        """A place as it is typed and kept: a visit has its own guide, a city today's."""
        return place if note.visit else self.model.now(place)

    def pick(self, at: int, *, deleted: bool = False) -> ModelNote | None:
        found = [note for note in self.model.notes.values() if note.deleted == deleted]
        return found[at % len(found)] if found else None

    def changed(self, note: ModelNote, before: Any) -> None:
        note.stored()
        self.done.append(("note", note.handle, before))

    @rule(visit=st.sampled_from(["", "", *VISITS]), city=st.sampled_from(list(CITIES)),
          kind=kinds, level=levels, at=some_places)  # fmt: skip
    def add(self, visit: str, city: str, kind: str, level: str, at: list[str]) -> None:
        if not visit:
            kind = kind if kind in ("desk", "remark") else "desk"
        city = VISITS.get(visit, city)
        made = ModelNote("", city, visit, (kind, self.word()), level, ())
        kept = tuple(dict.fromkeys(self.kept(made, place) for place in at))
        given = NoteFields(place=kept[0], kind=kind, disclosure=level, also=kept[1:])
        stored = add_note(self.study, visit or CITIES[city], made.said[1], given)
        made.handle, made.places = stored.handle, kept
        self.model.notes[stored.handle] = made
        self.changed(made, None)

    @rule(at=anything, kind=st.none() | kinds)
    def reword(self, at: int, kind: str | None) -> None:
        if note := self.pick(at):
            if not note.visit:
                kind = None
            before, text = self.model.copy_of("note", note.handle), self.word()
            edit_note(self.study, note.handle, text, NoteFields(kind=kind))
            note.said = (kind or note.said[0], text)
            self.changed(note, before)

    @rule(at=anything, level=levels, tag=st.booleans())
    def relevel(self, at: int, level: str, tag: bool) -> None:
        note = self.pick(at)
        if note and note.level != level:
            before = self.model.copy_of("note", note.handle)
            tags = (self.word(),) if tag else ()
            given = NoteFields(disclosure=level, tags=tags)
            edit_note(self.study, note.handle, None, given, "許可を得た")
            note.level = level
            self.changed(note, before)

    @rule(at=anything)
    def tag(self, at: int) -> None:
        if note := self.pick(at):
            before = self.model.copy_of("note", note.handle)
            edit_note(self.study, note.handle, None, NoteFields(tags=(self.word(),)))
            self.changed(note, before)

    @rule(at=anything, place=places)
    def move(self, at: int, place: str) -> None:
        if note := self.pick(at):
            kept = self.kept(note, place)
            if kept != note.places[0]:
                before = self.model.copy_of("note", note.handle)
                edit_note(self.study, note.handle, None, NoteFields(place=kept))
                note.places = tuple(dict.fromkeys((kept, *note.places[1:])))
                self.changed(note, before)

    @rule(at=anything, back=st.booleans())
    def delete_or_restore(self, at: int, back: bool) -> None:
        if note := self.pick(at, deleted=back):
            before = self.model.copy_of("note", note.handle)
            (restore_note if back else delete_note)(self.study, note.handle)
            note.deleted = not back
            self.changed(note, before)

    @rule(visit=st.sampled_from(list(VISITS)))
    def cancel_or_hold(self, visit: str) -> None:
        cancels = visit not in self.model.cancelled
        edit_visit(self.study, visit, VisitFields(status="cancelled" if cancels else "held"))
        self.model.cancelled ^= {visit}
        self.done.append(("visit", visit, None))

    @rule(cell=cells, named=st.lists(anything, max_size=2), asked=st.just("") | levels)
    def summarise(self, cell: Cell, named: list[int], asked: str) -> None:
        self.write((cell[0], self.model.now(cell[1])), self.word(), named, asked)

    @rule(at=anything)
    def say_it_again(self, at: int) -> None:
        """The same text, to say that it still holds."""
        found = list(self.model.shown("all"))
        if found:
            cell, one = found[at % len(found)]
            self.write(cell, one.body, [], "")

    def write(self, cell: Cell, body: str, named: list[int], asked: str) -> None:
        chosen = [n for n in self.model.notes.values() if not n.deleted]
        chosen = [n for n in chosen if cell[0] in (ACROSS, n.city)]
        handles = [chosen[at % len(chosen)].handle for at in named] if chosen else []
        key = self.model.kept(cell) or f"{cell[0]}:{cell[1]}"
        before = self.model.copy_of("summary", key)
        city, last = "" if cell[0] == ACROSS else CITIES[cell[0]], change_id(self.study)
        try:
            set_summary(self.study, cell[1], body, city=city, across=not city, notes=handles,
                        level=asked)  # fmt: skip
        except Refused:
            assert not self.model.write(cell, body, handles, asked)
            return
        if change_id(self.study) == last:  # it says so already
            return
        assert self.model.write(cell, body, handles, asked)
        self.done.append(("summary", key, before))

    @rule(at=anything)
    def drop(self, at: int) -> None:
        found = list(self.model.shown("all"))
        if not found:
            return
        cell, one = found[at % len(found)]
        before = self.model.copy_of("summary", f"{one.city}:{one.address}")
        city = "" if cell[0] == ACROSS else CITIES[cell[0]]
        delete_summary(self.study, cell[1], city=city, across=not city)
        self.model.clock += 1
        one.deleted, one.written = True, self.model.clock
        self.done.append(("summary", f"{one.city}:{one.address}", before))

    @precondition(lambda self: self.done)
    @rule()
    def take_back(self) -> None:
        kind, key, before = self.done[-1]
        if kind == "visit":
            undo(self.study)
            self.model.cancelled ^= {key}
        elif self.model.take_back(kind, key, before):
            undo(self.study)
        else:
            with pytest.raises(Refused):
                undo(self.study)
            return
        self.done.pop()

    @precondition(lambda self: self.version < 3)
    @rule(merges=st.booleans())
    def rename(self, merges: bool) -> None:
        self.version += 1
        if self.version == 2:
            write(self.study, SECOND)
            self.model.renamed |= OLD
        else:
            write(self.study, MERGED if merges else MOVED)
            self.model.renamed |= PAY_BECOMES if merges else PAY_MOVES

    @invariant()
    def the_list_says_what_the_authors_saw(self) -> None:
        for audience in AUDIENCES:
            found = {
                (one.summary.city_code or ACROSS, str(one.address)): (
                    one.summary.body,
                    one.summary.disclosure,
                    {(stale.why, stale.note.handle) for stale in one.stale},
                )
                for one in listed(self.study, audience)
            }
            assert found == self.model.told(audience)

    @invariant()
    def the_comparison_says_the_same(self) -> None:
        for audience in AUDIENCES:
            wanted = {
                f"{city}:{address}": (body, level, reasons)
                for (city, address), (body, level, reasons) in self.model.told(audience).items()
                if city == ACROSS or self.is_compared(city, audience)
            }
            found = compared(self.study, audience)
            assert {
                cell: (one["body"], one["disclosure"], told(one["stale_because"]))
                for cell, one in found.items()
            } == wanted

    def is_compared(self, city: str, audience: str) -> bool:
        held = any(VISITS[visit] == city for visit in VISITS.keys() - self.model.cancelled)
        return held or any(
            note.city == city and self.model.stands(note) and sees(audience, note.level)
            for note in self.model.notes.values()
        )
