"""The page of a comparison: what its layouts have in common, and the two views."""

from collections.abc import Iterable, Iterator, Sequence
from datetime import date

from msgspec import Struct
from msgspec.structs import replace

from fieldvisit.documents import wordings
from fieldvisit.documents.page import Block, Bullets, Cell, Facts, Heading, Page, Paragraph, Table
from fieldvisit.fieldwork.city import in_order, latest
from fieldvisit.fieldwork.comparison import (
    MONTHS,
    ComparedCell,
    ComparedCity,
    ComparedTopic,
    Comparison,
    Dated,
    FarApart,
    OtherWords,
    far_apart,
)
from fieldvisit.fieldwork.guide import Topic
from fieldvisit.fieldwork.narrowing import EVERYTHING, Narrowing, class_rank
from fieldvisit.fieldwork.note import Contradiction, Note, Register, side_by_side
from fieldvisit.fieldwork.terms import CLASSES, FACTS, KINDS
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
            wordings.period(*narrowing.period),
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


def _told(layout: Layout, topic: ComparedTopic) -> tuple[str, ...]:
    """Return the sentences under a topic: time, contradictions, words of other versions."""
    rows = far_apart(topic, layout.arrangement.apart)
    return (
        *(_far_apart(layout, topic, row) for row in rows),
        *(
            wordings.labelled(_("Contradiction"), f"{one.handle} ⇔ {other.handle} {other.why}")
            for one, other in layout.contradictions(topic)
            if other.why
        ),
        *(
            _other_words(topic, one)
            for one in topic.other_words
            if str(one.ask) != str(one.question.ask)
        ),
    )


def _far_apart(layout: Layout, topic: ComparedTopic, row: FarApart) -> str:
    what = counted(
        "More than {n} month apart", "More than {n} months apart", layout.arrangement.apart
    )
    where = wordings.bracketed(label(topic.topic, row.question))
    return wordings.labelled(what + where, f"{_dated(row.oldest)} – {_dated(row.newest)}")


def _dated(found: Dated) -> str:
    when = found.note.as_of or wordings.day(found.note.on_day or found.first.isoformat())
    return f"{found.city.name} {when} [{found.note.handle}]"


def _other_words(topic: ComparedTopic, found: OtherWords) -> str:
    where = wordings.bracketed(label(topic.topic, found.question.key))
    guide = wordings.bracketed(f"{found.guide} {found.version}")
    words = _("“{text}”").format(text=found.ask)
    told = f"{enumerated(found.visits)}{guide} {words}"
    return wordings.labelled(_("Asked in other words") + where, told)


def _profile_table(layout: Layout) -> Iterator[Block]:
    """Yield the latest facts of the cities as a table that lies as the others do."""
    cities = layout.found.cities
    facts = (fact for here in layout.found.facts.values() for fact in here)
    keys = tuple(dict.fromkeys(fact.key for fact in in_order(facts)))
    if not keys or not layout.topics:
        return
    yield Heading(2, _("The cities"))
    columns = [[_fact_cell(layout.found, city, key) for key in keys] for city in cities]
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


def _profile(layout: Layout, city: ComparedCity) -> Facts:
    """Return what heads the section of a city: class, prefecture, facts, visits."""
    facts = layout.found.facts_of(city.city)
    return Facts.known(
        [
            (_("class"), layout.class_of(city)),
            (_("prefecture"), wordings.prefecture(city.city)),
            *((FACTS.word(fact.key), wordings.fact(fact, with_source=True)) for fact in facts),
            *((visit.handle, wordings.days(visit)) for visit in city.visits if visit.handle),
        ]
    )


def _fact_cell(found: Comparison, city: ComparedCity, key: str) -> str:
    fact = latest(found.facts.get(city.city.code, ())).get(key)
    return wordings.fact(fact) if fact else "—"


Columns = dict[str, list[tuple[ComparedTopic, ComparedCity]]]


def by_city(layout: Layout) -> Page:
    """Return a section for each city, under its class if they are grouped."""
    blocks: list[Block] = [*layout.head()]
    columns: Columns = {}
    for topic in layout.topics:
        for city in topic.cities:
            columns.setdefault(city.city.code, []).append((topic, city))
    for name, cities in layout.groups(layout.topics[0]) if layout.topics else ():
        if name:
            blocks.append(Heading(2, name))
        for city in cities:
            level = 3 if name else 2
            blocks += _section(layout, columns[city.city.code], level)
    blocks += _notices(layout)
    return Page(tuple(blocks))


def _section(
    layout: Layout, mine: list[tuple[ComparedTopic, ComparedCity]], level: int
) -> Iterator[Block]:
    yield Heading(level, layout.city(mine[0][1]))
    yield _profile(layout, mine[0][1])
    for topic, city in mine:
        yield Heading(level + 1, f"{topic.topic.number} {topic.topic.title}")
        for text in layout.whole(city).paragraphs:
            yield Paragraph(text)
        yield Table.of([_("question"), _("notes")], list(_down(layout, city)))


def _notices(layout: Layout) -> Iterator[Block]:
    """Yield at the end what concerns more than one city."""
    told = tuple(line for topic in layout.topics for line in _told(layout, topic))
    if told:
        yield Heading(2, _("To be kept in mind when comparing"))
        yield Bullets(told)


def _down(layout: Layout, city: ComparedCity) -> Iterator[list[str | Cell]]:
    for cell in city.cells:
        name = str(cell.question.ask) if cell.question else _("on the topic as such")
        yield [name, layout.content(city, cell)]


def by_topic(layout: Layout) -> Page:
    """Return a section for each topic."""
    blocks: list[Block] = [*layout.head(), *_profile_table(layout)]
    for topic in layout.topics:
        blocks.append(Heading(2, f"{topic.topic.number} {topic.topic.title}"))
        blocks += _tables(layout, topic)
        if told := _told(layout, topic):
            blocks.append(Bullets(told))
        blocks += _across(layout, topic)
    return Page(tuple(blocks))


def _tables(layout: Layout, topic: ComparedTopic) -> Iterator[Block]:
    """Yield one table, or one for each class under its name."""
    for name, cities in layout.groups(topic):
        group = replace(topic, cities=cities)
        if name:
            yield Heading(3, name)
        yield _items_down(layout, group) if layout.items_down else _rows(layout, group)


def _items_down(layout: Layout, topic: ComparedTopic) -> Table:
    head = [_("question"), *(layout.city(city) for city in topic.cities)]
    rows: list[list[str | Cell]] = [
        [_("as a whole"), *(layout.whole(city) for city in topic.cities)]
    ]
    for key in keys(topic):
        found = ({cell.key: cell for cell in city.cells[::-1]}.get(key) for city in topic.cities)
        cells = [layout.content(*pair) for pair in zip(topic.cities, found, strict=True)]
        rows.append([label(topic.topic, key), *cells])
    return Table.of(head, rows)


def _rows(layout: Layout, topic: ComparedTopic) -> Table:
    head = [_("city"), _("as a whole"), _("notes")]
    rows: list[list[str | Cell]] = []
    for city in topic.cities:
        paragraphs: list[str] = []
        for cell in city.cells:
            name = label(topic.topic, cell.key)
            paragraphs += [name, wordings.state(cell.standing), *layout.texts(city, cell)]
        rows.append([layout.city(city), layout.whole(city), Cell(tuple(paragraphs))])
    return Table.of(head, rows)


def _across(layout: Layout, topic: ComparedTopic) -> Iterator[Block]:
    """Yield what is said across the cities, of the topic and then question by question."""
    if not (layout.with_summaries and topic.across):
        return
    yield Heading(3, _("Across the cities"))
    for key, summary in topic.across.items():
        text = wordings.summary(summary)
        yield Paragraph(wordings.labelled(label(topic.topic, key), text) if key else text)
