"""The comparison topic by topic: questions down and cities across, or a row a city."""

from collections.abc import Iterator

from msgspec.structs import replace

from fieldvisit.documents import wordings
from fieldvisit.documents.comparison.layout import Layout, cell_key, keys, label
from fieldvisit.documents.comparison.notices import notices
from fieldvisit.documents.comparison.profile import profile_table
from fieldvisit.documents.page import Block, Bullets, Cell, Heading, Page, Paragraph, Table
from fieldvisit.fieldwork.comparison import ComparedCell, ComparedCity, ComparedTopic
from fieldvisit.language import _


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
