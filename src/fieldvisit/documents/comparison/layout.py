"""What the layouts of a comparison have in common: heads, labels, and what stands in a cell."""

from collections.abc import Iterable, Iterator, Sequence
from dataclasses import dataclass
from datetime import date

from fieldvisit.documents import wordings
from fieldvisit.documents.page import Block, Cell, Heading, Paragraph
from fieldvisit.fieldwork.comparison import ComparedCell, ComparedCity, ComparedTopic, Comparison
from fieldvisit.fieldwork.guide import Topic
from fieldvisit.language import _, counted

ITEMS_UP_TO = 6


@dataclass(frozen=True, slots=True)
class Layout:
    """A comparison and how it is laid out; ``cells`` is `notes`, `summary` or `both`."""

    found: Comparison
    today: date
    rows: str
    cells: str

    @property
    def items_down(self) -> bool:
        """Tell whether questions go down and cities across."""
        cities = max((len(topic.cities) for topic in self.found.topics), default=0)
        return (self.rows or ("items" if cities <= ITEMS_UP_TO else "cities")) == "items"

    @property
    def topics(self) -> Sequence[ComparedTopic]:
        """Return the topics of the page: none where no city says anything."""
        return self.found.topics if self.found.says_something else ()

    @property
    def with_summaries(self) -> bool:
        """Tell whether summaries are shown."""
        return self.cells != "notes"

    def head(self) -> Iterator[Block]:
        """Yield what stands above the first topic or city."""
        yield Heading(1, _("Comparison of the cities"))
        yield Paragraph(wordings.audience_line(self.found.audience), quiet=True)
        if self.found.anonymised:
            yield Paragraph(
                _("Names were replaced. The number behind a line leads back to its note."),
                quiet=True,
            )
        if not self.found.says_something:
            yield Paragraph(_("There is nothing to compare yet."))

    def city(self, found: ComparedCity) -> str:
        """Return the name of a city with its class and visits."""
        days = [visit.day for visit in found.visits if visit.day]
        name = wordings.city(found.city, max(days, default=self.today))
        visits = ", ".join(visit.handle for visit in found.visits)
        return f"{name} {visits}".rstrip()

    def whole(self, city: ComparedCity) -> Cell:
        """Return how a topic as a whole stands for a city, with its summary if it is wanted."""
        state = wordings.state_and_counts(city.state, city.counts)
        summary = city.whole.summary if self.with_summaries else None
        return Cell((state, wordings.summary(summary)) if summary else (state,))

    def content(self, cell: ComparedCell | None) -> str | Cell:
        """Return what stands in a cell."""
        if cell is None:
            return "—"
        texts = tuple(self.texts(cell))
        if cell.standing.state == "answered" and texts:
            return Cell(texts)
        return Cell((wordings.state(cell.standing), *texts))

    def texts(self, cell: ComparedCell) -> Iterator[str]:
        """Yield the summary and the notes of a cell, as they are wanted."""
        if self.with_summaries and cell.summary and cell.question:  # else it stands with the whole
            yield wordings.summary(cell.summary)
        if self.cells != "summary":
            yield from apart([wordings.statement(note) for note in cell.notes])
        elif cell.notes and not cell.summary:
            yield counted("{n} note, no summary", "{n} notes, no summary", len(cell.notes))


def keys(topic: ComparedTopic) -> Iterable[str]:
    """Return the questions (empty = the topic as such) that any city has a cell for."""
    present = {cell_key(cell) for city in topic.cities for cell in city.cells}
    order = ("", *(question.key for question in topic.topic.questions))
    return [key for key in order if key in present]


def cell_key(cell: ComparedCell) -> str:
    """Return the key of a cell's question, empty for the topic as such."""
    return cell.question.key if cell.question else ""


def label(topic: Topic, key: str) -> str:
    """Return the number and the words of a question; of the topic as such for an empty key."""
    question = topic.question(key)
    if question is None:
        return _("on the topic as such")
    number = f"{topic.number}/{question.number} " if question.number else ""
    return f"{number}{question.ask}"


def apart(texts: Sequence[str]) -> list[str]:
    """Return several statements of one cell so that the eye can tell them apart."""
    return [f"• {text}" for text in texts] if len(texts) > 1 else list(texts)
