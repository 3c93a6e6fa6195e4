"""The comparison as a grid: a row for each city and question; with summaries it comes back."""

from collections.abc import Iterator

from fieldvisit.documents import wordings
from fieldvisit.documents.comparison.layout import Layout
from fieldvisit.documents.grid import Column, Grid, Value
from fieldvisit.fieldwork.comparison import ComparedCell, ComparedCity, ComparedTopic
from fieldvisit.fieldwork.guide import Address, Question
from fieldvisit.fieldwork.matrix import StandingSummary
from fieldvisit.fieldwork.sheets.cell_tags import cell_tag
from fieldvisit.fieldwork.sheets.columns import MATRIX_COLUMNS
from fieldvisit.fieldwork.summary import ACROSS
from fieldvisit.language import _

Values = tuple[Value, ...]


def grid(layout: Layout) -> Grid:
    """Return the rows topic by topic, or city by city where cities go down.

    With summaries each row carries a tag and its summary, those across the cities at the end of
    their topic.
    """
    columns = [(topic, city) for topic in layout.found.topics for city in topic.cities]
    if not layout.items_down:
        columns.sort(key=lambda column: column[1].city.code)
    rows = [row for topic, city in columns for row in _rows(layout, topic, city)]
    if layout.with_summaries:
        rows += [row for topic in layout.found.topics for row in _across(topic)]
    return Grid(_columns(summaries=layout.with_summaries), tuple(rows))


def _rows(layout: Layout, topic: ComparedTopic, city: ComparedCity) -> Iterator[Values]:
    cells = city.cells
    if layout.with_summaries and city.whole not in cells:
        cells = (city.whole, *cells)
    for cell in cells:
        row = _row(topic, city, cell)
        if not layout.with_summaries:
            yield row
            continue
        here = cell.notes
        if cell.question is None:  # the summary of a topic speaks of its questions too
            here = tuple({n.id: n for c in (cell, *city.cells) for n in c.notes}.values())
        tag = cell_tag(city.city.code, _address(topic, cell.question), here, cell.summary)
        yield (tag, *row, *_summary(cell.summary))


def _row(topic: ComparedTopic, city: ComparedCity, cell: ComparedCell) -> Values:
    return (
        *_place(topic, cell.question),
        city.city.printed_code or None,
        city.city.name,
        ", ".join(visit.handle for visit in city.visits),
        cell.standing.state,
        wordings.state(cell.standing),
        "\n".join(wordings.statement(note) for note in cell.notes),
        " ".join(note.handle for note in cell.notes),
    )


def _across(topic: ComparedTopic) -> Iterator[Values]:
    for question in (None, *topic.topic.questions):
        key = question.key if question else ""
        cells = [cell for city in topic.cities for cell in (city.whole, *city.cells)]
        here = {
            note.id: note
            for cell in cells
            if question is None or cell.question == question
            for note in cell.notes
        }
        summary = topic.across.get(key)
        tag = cell_tag(ACROSS, _address(topic, question), here.values(), summary)
        name = _("across the cities")
        yield (tag, *_place(topic, question), None, name, *[None] * 5, *_summary(summary))


def _place(topic: ComparedTopic, question: Question | None) -> Values:
    return (
        topic.topic.key,
        str(topic.topic.title),
        question.key if question else None,
        str(question.ask) if question else None,
    )


def _summary(found: StandingSummary | None) -> Values:
    if found is None:
        return None, None, None
    handles = " ".join(note.handle for note in found.notes)
    return found.summary.body, wordings.staleness(found) or None, handles


def _address(topic: ComparedTopic, question: Question | None) -> Address:
    return Address(topic.topic.key, question.key if question else None)


def _columns(*, summaries: bool) -> tuple[Column, ...]:
    columns = (
        Column("topic", _("topic")),
        Column("topic_title", _("title of the topic")),
        Column("question", _("key of the question")),
        Column("ask", _("question")),
        Column("city_code", _("code")),
        Column("city", _("city")),
        Column("visits", _("visits")),
        Column("state", _("state (fixed value)")),
        Column("state_words", _("state")),
        Column("notes", _("notes")),
        Column("handles", _("handles")),
    )
    if not summaries:
        return columns
    return (
        Column("tag", MATRIX_COLUMNS.word("tag")),
        *columns,
        Column("summary", MATRIX_COLUMNS.word("summary")),
        Column("stale", _("to be looked at again")),
        Column("summary_handles", _("notes under the summary")),
    )
