"""The comparison city by city: a section for each city, its profile and its topics under it."""

from collections.abc import Iterator

from fieldvisit.documents.comparison.layout import Layout
from fieldvisit.documents.comparison.notices import notices
from fieldvisit.documents.comparison.profile import profile
from fieldvisit.documents.page import Block, Bullets, Cell, Heading, Page, Paragraph, Table
from fieldvisit.fieldwork.comparison import ComparedCity, ComparedTopic
from fieldvisit.language import _

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
