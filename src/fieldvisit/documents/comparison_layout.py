"""What the layouts of a comparison have in common: heads, labels, and what stands in a cell."""

from collections.abc import Iterable, Iterator, Sequence
from datetime import date

from msgspec import Struct

from fieldvisit.documents import wordings
from fieldvisit.documents.page import Block, Cell, Heading, Paragraph
from fieldvisit.fieldwork.comparison import (
    MONTHS,
    ComparedCell,
    ComparedCity,
    ComparedTopic,
    Comparison,
)
from fieldvisit.fieldwork.guide import Topic
from fieldvisit.fieldwork.narrowing import EVERYTHING, Narrowing, class_rank
from fieldvisit.fieldwork.note import Contradiction, Note, side_by_side
from fieldvisit.fieldwork.register import Register
from fieldvisit.fieldwork.terms import CLASSES, KINDS
from fieldvisit.language import _, counted, enumerated

ITEMS_UP_TO = 6


class Arrangement(Struct, frozen=True):
    """How a comparison is laid out.

    ``view`` is `topic` or `city`: what the sections are. ``rows`` is `items` (questions down,
    cities across) or `cities`; empty = items up to six cities. ``cells`` is `notes`, `summary` or
    `both`. ``grouped`` puts cities under their classes, ``apart`` is from how many months between
    statements on the page warns. ``narrowing`` is what was asked for, so that the page says it.
    """

    view: str = "topic"
    rows: str = ""
    cells: str = "notes"
    grouped: bool = False
    apart: int = MONTHS
    narrowing: Narrowing = EVERYTHING


class Layout(Struct, frozen=True):
    """A comparison and how it is laid out."""

    found: Comparison
    register: Register
    today: date
    arrangement: Arrangement

    @property
    def items_down(self) -> bool:
        """Tell whether questions go down and cities across."""
        groups = (cities for topic in self.found.topics for _name, cities in self.groups(topic))
        cities = max(map(len, groups), default=0)
        usual = "items" if cities <= ITEMS_UP_TO else "cities"
        return (self.arrangement.rows or usual) == "items"

    @property
    def topics(self) -> Sequence[ComparedTopic]:
        """Return the topics of the page: none where no city says anything."""
        return self.found.topics if self.found.says_something else ()

    @property
    def with_summaries(self) -> bool:
        """Tell whether summaries are shown."""
        return self.arrangement.cells != "notes"

    def groups(self, topic: ComparedTopic) -> Sequence[tuple[str, tuple[ComparedCity, ...]]]:
        """Return the cities under the names of their classes, or all of them under no name."""
        if not self.arrangement.grouped:
            return [("", topic.cities)]
        classes: dict[str | None, list[ComparedCity]] = {}
        for city in topic.cities:
            classes.setdefault(city.class_on_visit(self.today), []).append(city)
        return [
            (CLASSES.word(name) if name else _("class not known"), tuple(classes[name]))
            for name in sorted(classes, key=class_rank)
        ]

    def head(self) -> Iterator[Block]:
        """Yield what stands above the first topic or city."""
        yield Heading(1, _("Comparison of the cities"))
        yield Paragraph(wordings.audience_line(self.found.audience), quiet=True)
        if self.found.anonymised:
            yield Paragraph(
                _("Names were replaced. The number behind a line leads back to its note."),
                quiet=True,
            )
        if shown := self._narrowed():
            yield Paragraph(shown)
        if not self.found.says_something:
            none_fits = self.arrangement.narrowing.hides_notes
            nothing = _("There is nothing to compare yet.")
            yield Paragraph(_("No note fits.") if none_fits else nothing)

    def _narrowed(self) -> str:
        """Return what alone is shown, empty if all is; without names where these are replaced."""
        found, narrowing = self.found, self.arrangement.narrowing
        tags = ["…"] if found.anonymised and narrowing.tags else narrowing.tags
        parts = [
            wordings.labelled(_("study group"), found.study_group) if found.study_group else "",
            "" if found.anonymised else narrowing.prefecture,
            wordings.period(narrowing.since_iso, narrowing.until_iso),
            enumerated(map(KINDS.word, narrowing.kinds)),
            wordings.labelled(_("tag"), enumerated(tags)) if tags else "",
        ]
        told = enumerated(filter(None, parts))
        return wordings.labelled(_("Only"), told) if told else ""

    def class_of(self, found: ComparedCity) -> str:
        """Return the class of a city on its last visit in words, empty if it is not known."""
        return CLASSES.word(found.class_on_visit(self.today) or "")

    def city(self, found: ComparedCity) -> str:
        """Return the name of a city with its class and visits."""
        name = found.city.name + wordings.bracketed(self.class_of(found))
        visits = ", ".join(visit.handle for visit in found.visits)
        return f"{name} {visits}".rstrip()

    def whole(self, city: ComparedCity) -> Cell:
        """Return how a topic as a whole stands for a city, with its summary if it is wanted."""
        state = wordings.state_and_counts(city.state, city.counts)
        summary = city.whole.summary if self.with_summaries else None
        return Cell((state, wordings.summary(summary)) if summary else (state,))

    def content(self, city: ComparedCity, cell: ComparedCell | None) -> str | Cell:
        """Return what stands in a cell of a city."""
        if cell is None:
            return "—"
        texts = tuple(self.texts(city, cell))
        all_shown = not self.arrangement.narrowing.hides_notes
        if cell.standing.state == "answered" and texts and all_shown:
            return Cell(texts)
        return Cell((wordings.state(cell.standing), *texts))

    def texts(self, city: ComparedCity, cell: ComparedCell) -> Iterator[str]:
        """Yield the summary and the notes of a cell of a city, as they are wanted."""
        if self.with_summaries and cell.summary and cell.question:  # else it stands with the whole
            yield wordings.summary(cell.summary)
        if self.arrangement.cells != "summary":
            lines = self.statements(cell)
            yield from (f"• {line}" if len(lines) > 1 else line for line in lines)
        elif cell.notes and not (cell.summary or city.whole.summary):
            yield counted("{n} note, no summary", "{n} notes, no summary", len(cell.notes))

    def statements(self, cell: ComparedCell) -> list[str]:
        """Return the notes of a cell as lines; what contradicts a note stands next to it."""
        notes = side_by_side(cell.notes, self.register.contradictions)
        return [wordings.statement(note) + self.against(note) for note in notes]

    def contradictions(self, topic: ComparedTopic) -> Iterator[tuple[Note, Contradiction]]:
        """Yield each pair of notes once of which at least one stands under the topic."""
        seen: set[frozenset[str]] = set()
        for note in (note for city in topic.cities for cell in city.cells for note in cell.notes):
            for other in self.register.against(note):
                if (pair := frozenset((note.handle, other.handle))) not in seen:
                    seen.add(pair)
                    yield note, other

    def against(self, note: Note) -> str:
        """Return what contradicts a note, by handle; notes of other cities with their city."""
        return "".join(
            f" ⇔ {one.handle}"
            + wordings.bracketed(
                "" if one.city_code == note.city_code else self.register.name(one.city_code)
            )
            for one in self.register.against(note)
        )


def keys(topic: ComparedTopic) -> Iterable[str]:
    """Return the questions (empty = the topic as such) that any city has a cell for."""
    present = {cell.key for city in topic.cities for cell in city.cells}
    order = ("", *(question.key for question in topic.topic.questions))
    return [key for key in order if key in present]


def label(topic: Topic, key: str) -> str:
    """Return the number and the words of a question; of the topic as such for an empty key."""
    question = topic.question(key)
    if question is None:
        return _("on the topic as such")
    number = f"{topic.number}/{question.number} " if question.number else ""
    return f"{number}{question.ask}"
