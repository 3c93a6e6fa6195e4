"""What the authors of summaries had before the eyes, told without looking into the program."""

from collections.abc import Iterable, Iterator
from copy import deepcopy
from typing import Any, ClassVar

import pytest
from hypothesis import strategies as st
from hypothesis.stateful import RuleBasedStateMachine, initialize, invariant, precondition, rule
from hypothesis.stateful import run_state_machine_as_test as run_machine
from msgspec import Struct, field
from msgspec.structs import replace

from actions.own_guide import FIRST, SECOND, write
from actions.test_undo import last as change_id
from conftest import Fresh, copies
from examples import examples
from fieldvisit.actions.plan_visits import add_visits, edit_visit
from fieldvisit.actions.summaries import delete_summary, set_summary
from fieldvisit.actions.undo import undo
from fieldvisit.actions.write_note import add_note, delete_note, edit_note, restore_note
from fieldvisit.errors import Refused
from fieldvisit.fieldwork.terms import AUDIENCES
from fieldvisit.study.fields import NoteFields, VisitFields
from summarised import compared, listed

OFF = "off-record"
LEVELS = ("public", "confirm", "anonymous", "group", OFF)
ACROSS = "across"
Cell = tuple[str, str]


def strictest(levels: Iterable[str]) -> str:
    return max(levels, key=LEVELS.index)


def sees(audience: str, level: str) -> bool:
    """No city has confirmed anything here, and nothing is anonymised."""
    return {"all": True, "group": level != OFF, "public": level == "public"}[audience]


class ModelNote(Struct):
    """``said`` are kind and text, ``places`` raw; ``past`` the levels of all its revisions."""

    handle: str
    city: str
    visit: str
    said: tuple[str, str]
    level: str
    places: tuple[str, ...]
    deleted: bool = False
    past: list[str] = field(default_factory=list)

    def stored(self) -> None:
        """One more revision."""
        self.past.append(self.level)

    @property
    def last_closed(self) -> int:
        """The number of the last revision that was off the record, 0 if none was."""
        return max((at for at, level in enumerate(self.past, 1) if level == OFF), default=0)


class Seen(Struct):
    """A note as the author of a summary saw it, and whether the summary rests on it."""

    revision: int
    said: tuple[str, str]
    level: str
    rests: bool
    here: bool


class ModelSummary(Struct):
    """A summary; ``written`` counts up with every change of any."""

    city: str
    address: str
    body: str
    level: str
    seen: dict[str, Seen]
    written: int
    deleted: bool = False


class Model:
    """The study as far as summaries go. ``renamed`` leads from old addresses to newer ones."""

    def __init__(self) -> None:
        self.notes: dict[str, ModelNote] = {}
        self.summaries: dict[str, ModelSummary] = {}
        self.cancelled: set[str] = set()
        self.renamed: dict[str, str] = {}
        self.clock = 0

    def now(self, address: str) -> str:
        topic, slash, question = address.partition("/")
        if address in self.renamed:
            return self.now(self.renamed[address])
        if slash and topic in self.renamed:
            return self.now(f"{self.renamed[topic]}/{question}")
        return address

    def stands(self, note: ModelNote) -> bool:
        return not note.deleted and note.visit not in self.cancelled

    def is_in(self, note: ModelNote, cell: Cell) -> bool:
        city, address = cell
        inside = any(
            address in (place, place.partition("/")[0]) for place in map(self.now, note.places)
        )
        return self.stands(note) and city in (ACROSS, note.city) and inside

    def usual(self, note: ModelNote) -> bool:
        return self.stands(note) and note.said[0] != "remark" and note.level != OFF

    def kept(self, cell: Cell) -> str | None:
        """The summary that counts in a cell: one not deleted, and the one written last."""
        here = [key for key, one in self.summaries.items() if self.cell(one) == cell]
        order = {
            key: (not self.summaries[key].deleted, self.summaries[key].written) for key in here
        }
        return max(here, key=order.__getitem__, default=None)

    def cell(self, one: ModelSummary) -> Cell:
        return one.city, self.now(one.address)

    def level(self, one: ModelSummary) -> str:
        """As closed as its notes are by now, or were since its author saw them."""
        under = [(self.notes[h], seen) for h, seen in one.seen.items() if seen.rests]
        closed = any(note.last_closed >= seen.revision for note, seen in under)
        return strictest([one.level, *(note.level for note, _ in under), *[OFF] * closed])

    def write(self, cell: Cell, body: str, named: list[str], asked: str) -> bool:
        """Write a summary; False where the program must refuse it."""
        here = [h for h, note in self.notes.items() if self.is_in(note, cell)]
        key = self.kept(cell)
        before = self.summaries[key] if key else None
        named = named or self.chosen(before)
        seen = {}
        for handle in dict.fromkeys([*here, *named]):
            note = self.notes[handle]
            rests = handle in named if named else self.usual(note)
            if rests or self.usual(note):
                seen[handle] = Seen(len(note.past), note.said, note.level, rests, handle in here)
        resting = [one.level for one in seen.values() if one.rests]
        if not resting or (asked and LEVELS.index(asked) < LEVELS.index(strictest(resting))):
            return False
        level = asked or strictest([*resting, *([self.level(before)] if before else [])])
        self.clock += 1
        where = (before.city, before.address) if before else cell
        key = f"{where[0]}:{where[1]}"
        self.summaries[key] = ModelSummary(*where, body, level, seen, self.clock)
        return True

    def chosen(self, before: ModelSummary | None) -> list[str]:
        """What somebody named for a summary and still stands, nothing if nobody named any."""
        if before is None or before.deleted:
            return []
        named = any(
            not (one.rests and one.here) or one.level == OFF or one.said[0] == "remark"
            for one in before.seen.values()
        )
        under = [handle for handle, one in before.seen.items() if one.rests]
        return [handle for handle in under if named and self.stands(self.notes[handle])]

    def shown(self, audience: str) -> Iterator[tuple[Cell, ModelSummary]]:
        """The summaries that an audience may see; of several in one cell the one written last."""
        found = {
            self.cell(one): one
            for one in sorted(self.summaries.values(), key=lambda one: one.written)
            if not one.deleted and sees(audience, self.level(one))
        }
        yield from found.items()

    def reasons(self, audience: str, cell: Cell, one: ModelSummary) -> set[tuple[str, str]]:
        found = set()
        for handle, note in self.notes.items():
            seen = one.seen.get(handle)
            if sees(audience, note.level) and (why := self._why(note, seen, cell)):
                found.add((why, handle))
        return found

    def _why(self, note: ModelNote, seen: Seen | None, cell: Cell) -> str:
        here = self.is_in(note, cell)
        if not (seen and seen.rests):
            if not (here and self.usual(note)):
                return ""
            return _change(note, seen) if seen else "new"
        if not self.stands(note):
            return "gone"
        if seen.here and not here:
            return "moved"
        return _change(note, seen)

    def told(self, audience: str) -> dict[Cell, tuple[str, str, set[tuple[str, str]]]]:
        return {
            cell: (one.body, self.level(one), self.reasons(audience, cell, one))
            for cell, one in self.shown(audience)
        }

    def copy_of(self, kind: str, key: str) -> ModelNote | ModelSummary | None:
        """How a note or summary stands, to be brought back later."""
        return deepcopy(self.notes.get(key) if kind == "note" else self.summaries.get(key))

    def take_back(self, kind: str, key: str, before: Any) -> None:
        """Bring back what was, None if nothing was; what went off the record stays so."""
        now: Any = (self.notes if kind == "note" else self.summaries)[key]
        held = ("said", "places", "deleted") if kind == "note" else ("body", "seen", "deleted")
        before = before or replace(now, deleted=True)
        stays = now.level == OFF != before.level and (kind == "note" or not before.deleted)
        if stays and all(getattr(now, name) == getattr(before, name) for name in held):
            return  # nothing else was changed
        if not stays:
            now.level = before.level
        for name in held:
            setattr(now, name, getattr(before, name))
        if kind == "note":
            now.stored()
        else:
            self.clock += 1
            now.written = self.clock


def _change(note: ModelNote, seen: Seen) -> str:
    if note.level != seen.level:
        return "level"
    return "changed" if note.said != seen.said else ""


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

    fresh: ClassVar[Fresh]

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
            edit_note(self.study, note.handle, text, NoteFields(kind=kind), "確かめた")
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
        kind, key, before = self.done.pop()
        undo(self.study)
        if kind == "visit":
            self.model.cancelled ^= {key}
        else:
            self.model.take_back(kind, key, before)

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


@pytest.mark.hypothesis
def test_summaries_are_stale_by_what_their_authors_saw(fresh_study: Fresh) -> None:
    own = fresh_study()
    (own.study().guides / "own.yaml").write_text(FIRST, encoding="utf-8")
    # Sent, so that they keep their guides.
    add_visits(own, ["千葉市", "姫路市"], VisitFields(guides=("own",), sent="2019-10-01"))
    template = own.study().folder
    Summaries.fresh = staticmethod(copies(template, template.with_name("of-summaries")))
    run_machine(Summaries, settings=examples(13, steps=20))
