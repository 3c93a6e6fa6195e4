"""The page of a comparison: what its layouts have in common, and the two views."""

from collections.abc import Iterator, Sequence
from datetime import date

from msgspec import Struct
from msgspec.structs import replace

from fieldvisit.documents import wordings
from fieldvisit.documents.document import Document
from fieldvisit.documents.page import Block, Bullets, Facts, Heading, Page, Paragraph, Table
from fieldvisit.fieldwork.city import in_order, latest
from fieldvisit.fieldwork.comparison import (
    ComparedCell,
    ComparedCity,
    ComparedTopic,
    Comparison,
    Dated,
    far_apart,
)
from fieldvisit.fieldwork.guide import Topic
from fieldvisit.fieldwork.note import Note, Register
from fieldvisit.fieldwork.terms import CLASSES, FACTS
from fieldvisit.language import _, counted

ITEMS_UP_TO = 6


class Arrangement(Struct, frozen=True):
    """How a comparison is laid out.

    ``view`` is `topic` or `city`: what the sections are. ``rows`` is `items` (questions down,
    cities across) or `cities`; empty = items up to six cities. ``cells`` is `notes`, `summary` or
    `both`. ``grouped`` puts cities under their classes.
    """

    view: str = "topic"
    rows: str = ""
    cells: str = "notes"
    grouped: bool = False


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
            for name in (*CLASSES, None)
            if name in classes
        ]

    @property
    def cities(self) -> Sequence[ComparedCity]:
        """Return the cities compared, each once, in their order."""
        groups = self.groups(self.found.topics[0]) if self.found.topics else ()
        return [city for _name, cities in groups for city in cities]

    def head(self) -> Iterator[Block]:
        """Yield what stands above the first topic or city."""
        yield Heading(1, _("Comparison of the cities"))
        yield Paragraph(wordings.audience_line(self.found.audience), quiet=True)
        if self.found.anonymised:
            told = _("Names were replaced. The number behind a line leads back to its note.")
            yield Paragraph(told, quiet=True)
        if group := self.found.study_group:
            yield Paragraph(wordings.labelled(_("study group"), group))
        if not self.found.says_something:
            yield Paragraph(_("There is nothing to compare yet."))

    def class_of(self, found: ComparedCity) -> str:
        """Return the class of a city on its last visit in words, empty if it is not known."""
        return CLASSES.word(found.class_on_visit(self.today) or "")

    def city(self, found: ComparedCity) -> str:
        """Return the name of a city with its class and visits."""
        name = found.city.name + wordings.bracketed(self.class_of(found))
        visits = ", ".join(visit.handle for visit in found.visits)
        return f"{name} {visits}".rstrip()

    def whole(self, city: ComparedCity) -> tuple[str, ...]:
        """Return how a topic as a whole stands for a city, with its summary if it is wanted."""
        state = wordings.state_and_counts(city.state, city.counts)
        summary = city.whole.summary if self.with_summaries else None
        return (state, wordings.summary(summary)) if summary else (state,)

    def content(self, city: ComparedCity, cell: ComparedCell | None) -> str | tuple[str, ...]:
        """Return what stands in a cell of a city."""
        if cell is None:
            return "—"
        texts = tuple(self.texts(city, cell))
        if cell.standing.state == "answered" and texts:
            return texts
        return (wordings.state(cell.standing), *texts)

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
        order = {note.handle: at for at, note in enumerate(cell.notes)}

        def rank(note: Note) -> int:
            both = (note.handle, *(one.handle for one in self.register.against(note)))
            return min(order[handle] for handle in both if handle in order)

        return [
            wordings.statement(note) + self.against(note) for note in sorted(cell.notes, key=rank)
        ]

    def against(self, note: Note) -> str:
        """Return what contradicts a note, by handle; notes of other cities with their city."""
        told = ""
        for one in self.register.against(note):
            elsewhere = one.city_code != note.city_code
            city = self.register.name(one.city_code) if elsewhere else ""
            told += f" ⇔ {one.handle}{wordings.bracketed(city)}"
        return told


def label(topic: Topic, key: str) -> str:
    """Return the number and the words of a question; of the topic as such for an empty key."""
    question = topic.question(key)
    if question is None:
        return _("on the topic as such")
    number = f"{topic.number}/{question.number} " if question.number else ""
    return f"{number}{question.ask}"


def _apart(topic: ComparedTopic) -> Iterator[str]:
    """Yield the sentences under a topic: which cells lie far apart in time."""
    for key, oldest, newest in far_apart(topic):
        apart = _("More than 12 months apart") + wordings.bracketed(label(topic.topic, key))
        yield wordings.labelled(apart, f"{_dated(oldest)} – {_dated(newest)}")


def _dated(found: Dated) -> str:
    when = found.note.as_of or wordings.day(found.day.isoformat())
    return f"{found.city.name} {when} [{found.note.handle}]"


def _profile_table(layout: Layout) -> Iterator[Block]:
    """Yield the latest facts of the cities as a table that lies as the others do."""
    cities = layout.cities
    facts = (fact for here in layout.found.facts.values() for fact in here)
    keys = tuple(dict.fromkeys(fact.key for fact in in_order(facts)))
    if not keys or not layout.topics:
        return
    yield Heading(2, _("The cities"))
    known = [latest(layout.found.facts.get(city.city.code, ())) for city in cities]
    columns = [[wordings.fact(own[k]) if k in own else "—" for k in keys] for own in known]
    words = [FACTS.word(key) for key in keys]
    if layout.items_down:
        head = [_("fact"), *(layout.city(city) for city in cities)]
        across = zip(*columns, strict=True)
        rows = [[word, *values] for word, values in zip(words, across, strict=True)]
    else:
        head = [_("city"), *words]
        pairs = zip(cities, columns, strict=True)
        rows = [[layout.city(city), *values] for city, values in pairs]
    yield Table.of(head, rows)


def by_city(layout: Layout) -> Page:
    """Return a section for each city, under its class if they are grouped."""
    blocks: list[Block] = [*layout.head()]
    columns: dict[str, list[tuple[ComparedTopic, ComparedCity]]] = {}
    for topic in layout.topics:
        for city in topic.cities:
            columns.setdefault(city.city.code, []).append((topic, city))
    for name, cities in layout.groups(layout.topics[0]) if layout.topics else ():
        if name:
            blocks.append(Heading(2, name))
        for city in cities:
            blocks += _section(layout, columns[city.city.code], 3 if name else 2)
    # At the end what concerns more than one city.
    if told := tuple(line for topic in layout.topics for line in _apart(topic)):
        blocks += [Heading(2, _("To be kept in mind when comparing")), Bullets(told)]
    return Page(tuple(blocks))


def _section(
    layout: Layout, mine: list[tuple[ComparedTopic, ComparedCity]], level: int
) -> Iterator[Block]:
    _topic, first = mine[0]
    facts = in_order(layout.found.facts.get(first.city.code, ()))
    yield Heading(level, layout.city(first))
    yield Facts.known(
        [
            (_("class"), layout.class_of(first)),
            (_("prefecture"), wordings.prefecture(first.city)),
            *((FACTS.word(fact.key), wordings.fact(fact, with_source=True)) for fact in facts),
            *((visit.handle, wordings.days(visit)) for visit in first.visits if visit.handle),
        ]
    )
    for topic, city in mine:
        yield Heading(level + 1, f"{topic.topic.number} {topic.topic.title}")
        yield from map(Paragraph, layout.whole(city))
        such = _("on the topic as such")
        names = [str(cell.question.ask) if cell.question else such for cell in city.cells]
        cells = [layout.content(city, cell) for cell in city.cells]
        yield Table.of([_("question"), _("notes")], list(zip(names, cells, strict=True)))


def by_topic(layout: Layout) -> Page:
    """Return a section for each topic."""
    blocks: list[Block] = [*layout.head(), *_profile_table(layout)]
    for topic in layout.topics:
        blocks.append(Heading(2, f"{topic.topic.number} {topic.topic.title}"))
        for name, cities in layout.groups(topic):
            group = replace(topic, cities=cities)
            blocks += [Heading(3, name)] if name else []
            blocks.append(_items_down(layout, group) if layout.items_down else _rows(layout, group))
        if told := tuple(_apart(topic)):
            blocks.append(Bullets(told))
        blocks += _across(layout, topic)
    return Page(tuple(blocks))


def _items_down(layout: Layout, topic: ComparedTopic) -> Table:
    head = [_("question"), *(layout.city(city) for city in topic.cities)]
    rows: list[list[str | tuple[str, ...]]] = [
        [_("as a whole"), *(layout.whole(city) for city in topic.cities)]
    ]
    found = [(city, {cell.key: cell for cell in city.cells[::-1]}) for city in topic.cities]
    for key in ("", *(question.key for question in topic.topic.questions)):
        if any(key in own for _city, own in found):
            cells = [layout.content(city, own.get(key)) for city, own in found]
            rows.append([label(topic.topic, key), *cells])
    return Table.of(head, rows)


def _rows(layout: Layout, topic: ComparedTopic) -> Table:
    head = [_("city"), _("as a whole"), _("notes")]
    rows: list[list[str | tuple[str, ...]]] = []
    for city in topic.cities:
        paragraphs: list[str] = []
        for cell in city.cells:
            name = label(topic.topic, cell.key)
            paragraphs += [name, wordings.state(cell.standing), *layout.texts(city, cell)]
        rows.append([layout.city(city), layout.whole(city), tuple(paragraphs)])
    return Table.of(head, rows)


def _across(layout: Layout, topic: ComparedTopic) -> Iterator[Block]:
    """Yield what is said across the cities, of the topic and then question by question."""
    if not (layout.with_summaries and topic.across):
        return
    yield Heading(3, _("Across the cities"))
    for key, summary in topic.across.items():
        text = wordings.summary(summary)
        yield Paragraph(wordings.labelled(label(topic.topic, key), text) if key else text)


def first_look(found: Comparison) -> Document:
    """Return a page of the comparison of one topic in the sample study, a row a city."""
    (compared,) = found.topics
    rows = [
        (
            (one.city.name, wordings.state_and_counts(one.state, one.counts)),
            tuple(wordings.statement(note) for cell in one.cells for note in cell.notes),
        )
        for one in compared.cities
    ]
    blocks = (
        Heading(1, _("Sample study")),
        Paragraph(_("What five cities published, and a visit to a city that is made up (架空市).")),
        Paragraph(wordings.audience_line(found.audience), quiet=True),
        Heading(2, f"{compared.topic.number} {compared.topic.title}"),
        Table.of((_("city"), _("what is known")), rows),
    )
    return Document("demo", lambda: Page(blocks))
