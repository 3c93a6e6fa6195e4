"""What a reader of a comparison has to keep in mind, topic by topic."""

from collections.abc import Iterable, Iterator, Sequence

from msgspec.structs import replace

from fieldvisit.documents import shapes, wordings
from fieldvisit.documents.comparison.layout import Layout, cell_key, keys, label
from fieldvisit.documents.page import Block, Bullets, Cell, Facts, Heading, Page, Paragraph, Table
from fieldvisit.documents.shapes import Shape
from fieldvisit.fieldwork.city import CityFact, in_order, latest
from fieldvisit.fieldwork.comparison import (
    ComparedCell,
    ComparedCity,
    ComparedTopic,
    Comparison,
    Dated,
    FarApart,
    OtherWords,
    far_apart,
)
from fieldvisit.fieldwork.note import Contradiction
from fieldvisit.fieldwork.terms import CLASSES, FACTS
from fieldvisit.language import _, counted, enumerated

Pair = tuple[str, Contradiction]


def notices(layout: Layout, topic: ComparedTopic) -> tuple[str, ...]:
    """Return the sentences under a topic: time, contradictions, words of other versions."""
    rows = far_apart(topic, layout.arrangement.apart)
    return (
        *(_far_apart(layout, topic, row) for row in rows),
        *(_contradiction(one, other) for one, other in _pairs(layout, topic) if other.why),
        *(_other_words(topic, one) for one in topic.other_words if _read_otherwise(one)),
    )


def notice_shapes(layout: Layout, topic: ComparedTopic) -> Shape:
    """Return the same as a shape."""
    return {
        "apart": [
            {
                "question": row.question or None,
                "months": layout.arrangement.apart,
                "oldest": _dated_shape(row.oldest),
                "newest": _dated_shape(row.newest),
            }
            for row in far_apart(topic, layout.arrangement.apart)
        ],
        "conflicts": [
            {"notes": [one, other.handle], "why": other.why or None}
            for one, other in _pairs(layout, topic)
        ],
        "other_words": [
            {
                "question": one.question.key,
                "guide": one.guide,
                "version": one.version,
                "ask": shapes.words(one.ask),
                "visits": list(one.visits),
            }
            for one in topic.other_words
        ],
    }


def _far_apart(layout: Layout, topic: ComparedTopic, row: FarApart) -> str:
    what = counted(
        "More than {n} month apart", "More than {n} months apart", layout.arrangement.apart
    )
    where = wordings.bracketed(label(topic.topic, row.question))
    return wordings.labelled(what + where, f"{_dated(row.oldest)} – {_dated(row.newest)}")


def _dated(found: Dated) -> str:
    when = found.note.as_of or wordings.day(found.note.on_day or found.first.isoformat())
    return f"{found.city.name} {when} [{found.note.handle}]"


def _dated_shape(found: Dated) -> Shape:
    return {
        "city": shapes.city_name(found.city),
        "note": found.note.handle,
        "first": found.first.isoformat(),
        "last": found.last.isoformat(),
    }


def _pairs(layout: Layout, topic: ComparedTopic) -> Iterator[Pair]:
    """Yield each pair of notes once of which at least one stands under the topic."""
    seen: set[frozenset[str]] = set()
    for city in topic.cities:
        for cell in city.cells:
            for note in cell.notes:
                for other in layout.register.against(note):
                    pair = frozenset((note.handle, other.handle))
                    if pair not in seen:
                        seen.add(pair)
                        yield note.handle, other


def _contradiction(one: str, other: Contradiction) -> str:
    return wordings.labelled(_("Contradiction"), f"{one} ⇔ {other.handle} {other.why}")


def _read_otherwise(found: OtherWords) -> bool:
    return str(found.ask) != str(found.question.ask)


def _other_words(topic: ComparedTopic, found: OtherWords) -> str:
    where = wordings.bracketed(label(topic.topic, found.question.key))
    guide = wordings.bracketed(f"{found.guide} {found.version}")
    words = _("“{text}”").format(text=found.ask)
    told = f"{enumerated(found.visits)}{guide} {words}"
    return wordings.labelled(_("Asked in other words") + where, told)


def profile_table(layout: Layout) -> Iterator[Block]:
    """Yield the latest facts of the cities as a table that lies as the others do."""
    keys = _fact_keys(layout.found)
    cities = cities_of(layout.found)
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


def profile(layout: Layout, city: ComparedCity) -> Facts:
    """Return what heads the section of a city: class, prefecture, facts, visits."""
    kind = city.class_on_visit(layout.today)
    facts = facts_of(layout.found, city)
    return Facts.known(
        [
            (_("class"), CLASSES.word(kind) if kind else ""),
            (_("prefecture"), wordings.prefecture(city.city)),
            *((FACTS.word(fact.key), wordings.fact(fact, with_source=True)) for fact in facts),
            *((visit.handle, wordings.days(visit)) for visit in city.visits if visit.handle),
        ]
    )


def profile_shapes(layout: Layout) -> list[Shape]:
    """Return the cities with class, prefecture, visits, and facts with date and source."""
    return [
        {
            "city": shapes.city_name(city.city),
            "class": city.class_on_visit(layout.today),
            "prefecture": city.city.prefecture or None,
            "visits": [
                {"visit": visit.handle, "date": visit.first_day or None}
                for visit in city.visits
                if visit.handle
            ],
            "facts": [shapes.fact(fact) for fact in facts_of(layout.found, city)],
        }
        for city in cities_of(layout.found)
    ]


def cities_of(found: Comparison) -> Sequence[ComparedCity]:
    """Return the cities compared, each once, in their order."""
    return found.topics[0].cities if found.topics else ()


def facts_of(found: Comparison, city: ComparedCity) -> Sequence[CityFact]:
    """Return the facts of a city, by key and the latest first."""
    return in_order(found.facts.get(city.city.code, ()))


def _fact_keys(found: Comparison) -> Sequence[str]:
    """Return the keys of the facts of the cities compared, the common ones first."""
    facts: Iterable[CityFact] = (fact for here in found.facts.values() for fact in here)
    return tuple(dict.fromkeys(fact.key for fact in in_order(facts)))


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
    yield profile(layout, mine[0][1])
    for topic, city in mine:
        yield Heading(level + 1, f"{topic.topic.number} {topic.topic.title}")
        for text in layout.whole(city).paragraphs:
            yield Paragraph(text)
        yield Table.of([_("question"), _("notes")], list(_down(layout, city)))


def _notices(layout: Layout) -> Iterator[Block]:
    """Yield at the end what concerns more than one city."""
    told = tuple(line for topic in layout.topics for line in notices(layout, topic))
    if told:
        yield Heading(2, _("To be kept in mind when comparing"))
        yield Bullets(told)


def _down(layout: Layout, city: ComparedCity) -> Iterator[list[str | Cell]]:
    for cell in city.cells:
        name = str(cell.question.ask) if cell.question else _("on the topic as such")
        yield [name, layout.content(city, cell)]


def by_topic(layout: Layout) -> Page:
    """Return a section for each topic."""
    blocks: list[Block] = [*layout.head(), *profile_table(layout)]
    for topic in layout.topics:
        blocks.append(Heading(2, f"{topic.topic.number} {topic.topic.title}"))
        blocks += _tables(layout, topic)
        if told := notices(layout, topic):
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
        cells = [layout.content(city, _cell_of(city, key)) for city in topic.cities]
        rows.append([label(topic.topic, key), *cells])
    return Table.of(head, rows)


def _rows(layout: Layout, topic: ComparedTopic) -> Table:
    head = [_("city"), _("as a whole"), _("notes")]
    rows: list[list[str | Cell]] = []
    for city in topic.cities:
        paragraphs: list[str] = []
        for cell in city.cells:
            name = label(topic.topic, cell_key(cell))
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


def _cell_of(city: ComparedCity, key: str) -> ComparedCell | None:
    return next((cell for cell in city.cells if cell_key(cell) == key), None)
