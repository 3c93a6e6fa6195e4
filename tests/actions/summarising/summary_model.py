"""What the authors of summaries had before the eyes, told without looking into the program."""

from collections.abc import Iterable, Iterator
from copy import deepcopy

from msgspec import Struct, field

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

    def stored(self) -> "ModelNote":
        """The same with one more revision."""
        self.past.append(self.level)
        return self

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

    def take_back(self, kind: str, key: str, before: ModelNote | ModelSummary | None) -> bool:
        """Bring back what was; False where the program must refuse it."""
        if kind == "note":
            return self._take_back_note(self.notes[key], before)
        return self._take_back_summary(self.summaries[key], before)

    def _take_back_note(self, now: ModelNote, before: object) -> bool:
        if before is None:
            now.deleted = True
            now.stored()
            return True
        assert isinstance(before, ModelNote)
        same = (now.said, now.places, now.deleted) == (before.said, before.places, before.deleted)
        if now.level == OFF != before.level:
            if same:
                return False
        else:
            now.level = before.level
        now.said, now.places, now.deleted = before.said, before.places, before.deleted
        now.stored()
        return True

    def _take_back_summary(self, now: ModelSummary, before: object) -> bool:
        self.clock += 1
        if before is None:
            now.deleted, now.written = True, self.clock
            return True
        assert isinstance(before, ModelSummary)
        opens = now.level == OFF != before.level and not before.deleted
        if opens and (now.body, now.deleted) == (before.body, before.deleted):
            return False
        level = OFF if opens else before.level
        now.body, now.level, now.seen, now.deleted = before.body, level, before.seen, before.deleted
        now.written = self.clock
        return True


def _change(note: ModelNote, seen: Seen) -> str:
    if note.level != seen.level:
        return "level"
    return "changed" if note.said != seen.said else ""
