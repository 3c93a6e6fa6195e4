"""The comparison as a grid, a row for each city and question, and as a shape."""

from collections.abc import Iterable, Iterator
from datetime import date

from fieldvisit.documents import shapes, wordings
from fieldvisit.documents.comparison_page import Arrangement, Layout, by_city, by_topic
from fieldvisit.documents.document import Column, Document, Grid, Value
from fieldvisit.documents.shapes import Shape
from fieldvisit.fieldwork.comparison import ComparedCell, ComparedCity, ComparedTopic, Comparison
from fieldvisit.fieldwork.guide import Address, Question
from fieldvisit.fieldwork.note import Note, Register
from fieldvisit.fieldwork.summary import ACROSS, Cell, StandingSummary
from fieldvisit.language import _
from fieldvisit.review.columns import MATRIX_COLUMNS
from fieldvisit.review.tags import cell_tag

Row = dict[str, Value]
"""What stands in the columns of a row, by their keys; nothing in those that are left out."""
_USES = {"tag": "tag", "summary": "entry"}
_OF_SUMMARIES = ("tag", "summary", "stale", "summary_handles")


def document(
    found: Comparison, register: Register, today: date, arrangement: Arrangement | None = None
) -> Document:
    """Return the comparison."""
    layout = Layout(found, register, today, arrangement or Arrangement())
    page = by_city if layout.arrangement.view == "city" else by_topic
    return Document("compare", lambda: page(layout), lambda: _grid(layout), lambda: _shape(layout))


def _grid(layout: Layout) -> Grid:
    """Return the rows topic by topic, or city by city where cities go down.

    With summaries each row carries a tag and its summary, and what is across the cities comes
    last.
    """
    columns = [
        (topic, city)
        for topic in layout.found.topics
        for _name, cities in layout.groups(topic)
        for city in cities
    ]
    if not layout.items_down:
        order = {city.city.code: rank for rank, city in enumerate(layout.cities)}
        columns.sort(key=lambda column: order[column[1].city.code])
    rows = [row for column in columns for row in _rows(layout, *column)]
    if layout.with_summaries:
        rows += [row for topic in layout.found.topics for row in _across(topic)]
    without = () if layout.with_summaries else _OF_SUMMARIES
    tag = ("tag",) if layout.found.anonymised else ()  # a tag is for whoever has the study
    keys = [key for key in MATRIX_COLUMNS if key not in (*without, *tag)]
    return Grid(
        tuple(Column(key, MATRIX_COLUMNS.word(key), use=_USES.get(key, "")) for key in keys),
        tuple(tuple(row.get(key) for key in keys) for row in rows),
    )


def _rows(layout: Layout, topic: ComparedTopic, city: ComparedCity) -> Iterator[Row]:
    cells = city.cells
    if layout.with_summaries and city.whole not in cells:
        cells = (city.whole, *cells)
    for cell in cells:
        row: Row = {
            **_place(topic, cell.question),
            "city_code": city.city.printed_code or None,
            "city": city.city.name,
            "class": layout.class_of(city) or None,
            "visits": ", ".join(visit.handle for visit in city.visits),
            "state": cell.standing.state,
            "state_words": wordings.state(cell.standing),
            "notes": "\n".join(layout.statements(cell)),
            "handles": wordings.handles(cell.notes),
        }
        if layout.with_summaries:
            # The summary of a topic speaks of its questions too.
            under = (cell, *city.cells) if cell.question is None else (cell,)
            here = {note.id: note for one in under for note in one.notes}.values()
            place = (city.city.code, Address(topic.topic.key, cell.key or None))
            row = _with_summary(place, row, here, cell.summary)
        yield row


def _across(topic: ComparedTopic) -> Iterator[Row]:
    for question in (None, *topic.topic.questions):
        key = question.key if question else ""
        here = {
            note.id: note
            for city in topic.cities
            for cell in (city.whole, *city.cells)
            if question is None or cell.question == question
            for note in cell.notes
        }
        row: Row = {**_place(topic, question), "city": _("across the cities")}
        place = (ACROSS, Address(topic.topic.key, key or None))
        yield _with_summary(place, row, here.values(), topic.across.get(key))


def _with_summary(
    cell: Cell, row: Row, notes: Iterable[Note], summary: StandingSummary | None
) -> Row:
    """Return a row with its tag and its summary."""
    if summary:
        row["stale"] = wordings.staleness(summary) or None
        row["summary_handles"] = wordings.handles(summary.notes)
    tag = cell_tag(cell, notes, summary)
    return {**row, "tag": tag, "summary": summary.summary.body if summary else None}


def _place(topic: ComparedTopic, question: Question | None) -> Row:
    return {
        "topic": topic.topic.key,
        "topic_title": str(topic.topic.title),
        "question": question.key if question else None,
        "ask": str(question.ask) if question else None,
    }


def _shape(layout: Layout) -> Shape:
    """Return the comparison with all its notes and summaries."""
    return {
        **shapes.taken(layout.found, "audience", "anonymised"),
        "topics": [_topic(topic, layout) for topic in layout.found.topics],
    }


def _topic(topic: ComparedTopic, layout: Layout) -> Shape:
    across = {key: shapes.summary(one, None) for key, one in topic.across.items()}
    return {
        "topic": topic.topic.key,
        "title": shapes.words(topic.topic.title),
        "cities": [_city_shape(city, layout) for city in topic.cities],
        "across": across.pop("", None),
        "across_questions": list(across.values()),
    }


def _city_shape(found: ComparedCity, layout: Layout) -> Shape:
    cells = found.cells
    if found.whole.summary and found.whole not in cells:
        cells = (found.whole, *cells)
    return {
        "city": shapes.city_name(found.city),
        "class": found.class_on_visit(layout.today),
        "visits": [visit.handle for visit in found.visits if visit.handle],
        "state": found.state,
        **{key: n for key, n in shapes.counts(found.counts).items() if key != "open"},
        "cells": [_cell(cell, found, layout.register) for cell in cells],
    }


def _cell(cell: ComparedCell, city: ComparedCity, register: Register) -> Shape:
    return {
        "question": cell.question.key if cell.question else None,
        **shapes.taken(cell.standing, "state", "reason", "due"),
        "notes": [shapes.note(note, register) for note in cell.notes],
        "summary": shapes.summary(cell.summary, city.city) if cell.summary else None,
    }
