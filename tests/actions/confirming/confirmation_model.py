"""What a city had seen and said, kept without any SQL: the model of the stateful test."""

from collections.abc import Iterable

from msgspec import Struct, field
from msgspec.structs import replace

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

    def state(self, note: str) -> str:
        stands = self.notes[note]
        if stands.asked is None:
            return "not-sent"
        if stands.asked.version == stands.version:
            return stands.asked.state
        return "changed" if stands.asked.state in AGREED else "changed-since-sent"

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
