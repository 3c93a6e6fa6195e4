"""The comparison: as a page, and what a reader has to keep in mind, topic by topic."""

from collections.abc import Iterator
from datetime import date

from msgspec.structs import replace

from fieldvisit.documents import wordings
from fieldvisit.documents.comparison_grid import grid, shape
from fieldvisit.documents.comparison_layout import Arrangement, Layout, keys, label
from fieldvisit.documents.document import Document
from fieldvisit.documents.page import Block, Bullets, Cell, Facts, Heading, Page, Paragraph, Table
from fieldvisit.fieldwork.city import in_order, latest
from fieldvisit.fieldwork.comparison import (
    ComparedCity,
    ComparedTopic,
    Comparison,
    Dated,
    FarApart,
    OtherWords,
    far_apart,
)
from fieldvisit.fieldwork.register import Register
from fieldvisit.fieldwork.terms import FACTS
from fieldvisit.language import _, counted, enumerated


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


def _by_city(layout: Layout) -> Page:
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


def _by_topic(layout: Layout) -> Page:
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


def document(
    found: Comparison, register: Register, today: date, arrangement: Arrangement | None = None
) -> Document:
    """Return the comparison."""
    layout = Layout(found, register, today, arrangement or Arrangement())
    page = _by_city if layout.arrangement.view == "city" else _by_topic
    return Document("compare", lambda: page(layout), lambda: grid(layout), lambda: shape(layout))
