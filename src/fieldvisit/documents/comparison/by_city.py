"""The comparison city by city: a section for each city, its topics under it."""

from collections.abc import Iterator

from fieldvisit.documents.comparison.layout import Layout
from fieldvisit.documents.page import Block, Cell, Heading, Page, Paragraph, Table
from fieldvisit.fieldwork.comparison import ComparedCity, ComparedTopic
from fieldvisit.language import _

Columns = dict[str, list[tuple[ComparedTopic, ComparedCity]]]


def by_city(layout: Layout) -> Page:
    """Return a section for each city."""
    blocks: list[Block] = [*layout.head()]
    columns: Columns = {}
    for topic in layout.topics:
        for city in topic.cities:
            columns.setdefault(city.city.code, []).append((topic, city))
    for mine in columns.values():
        blocks.append(Heading(2, layout.city(mine[0][1])))
        for topic, city in mine:
            blocks.append(Heading(3, f"{topic.topic.number} {topic.topic.title}"))
            blocks += [Paragraph(text) for text in layout.whole(city).paragraphs]
            blocks.append(Table.of([_("question"), _("notes")], list(_down(layout, city))))
    return Page(tuple(blocks))


def _down(layout: Layout, city: ComparedCity) -> Iterator[list[str | Cell]]:
    for cell in city.cells:
        name = str(cell.question.ask) if cell.question else _("on the topic as such")
        yield [name, layout.content(cell)]
