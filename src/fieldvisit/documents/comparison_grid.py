"""The comparison as a grid: a row for each city and question; with summaries it comes back."""

from collections.abc import Iterable, Iterator, Mapping

from fieldvisit.documents import shapes, wordings
from fieldvisit.documents.comparison_layout import Layout
from fieldvisit.documents.document import Column, Grid, Value
from fieldvisit.documents.shapes import Shape
from fieldvisit.fieldwork.comparison import (
    ComparedCell,
    ComparedCity,
    ComparedTopic,
    Dated,
    FarApart,
    far_apart,
)
from fieldvisit.fieldwork.guide import Address, Question
from fieldvisit.fieldwork.note import Note
from fieldvisit.fieldwork.register import Register
from fieldvisit.fieldwork.sheets.cell_tags import cell_tag
from fieldvisit.fieldwork.sheets.columns import MATRIX_COLUMNS
from fieldvisit.fieldwork.summary import ACROSS, Cell, StandingSummary
from fieldvisit.fieldwork.terms import FACTS
from fieldvisit.language import _

Values = tuple[Value, ...]
_OF_SUMMARIES = frozenset({"tag", "summary", "stale", "summary_handles"})
_OF_NOTES = tuple(key for key in MATRIX_COLUMNS if key not in _OF_SUMMARIES)


def grid(layout: Layout) -> Grid:
    """Return the rows topic by topic, or city by city where cities go down.

    With summaries each row carries a tag and its summary, and what is across the cities comes
    last; without, the facts of the cities come first.
    """
    columns = [(topic, city) for topic in layout.found.topics for city in topic.cities]
    if not layout.items_down:
        order = {city.city.code: rank for rank, city in enumerate(layout.found.cities)}
        columns.sort(key=lambda column: order[column[1].city.code])
    apart = {
        topic.topic.key: {row.question: row for row in far_apart(topic, layout.arrangement.apart)}
        for topic in layout.found.topics
    }
    rows = [
        row for topic, city in columns for row in _rows(layout, topic, city, apart[topic.topic.key])
    ]
    if layout.with_summaries:
        rows += [row for topic in layout.found.topics for row in _across(topic)]
    else:
        rows = [*_facts(layout), *rows]
    columns_ = _columns(summaries=layout.with_summaries)
    if layout.with_summaries and layout.found.anonymised:  # a tag is for whoever has the study
        return Grid(columns_[1:], tuple(row[1:] for row in rows))
    return Grid(columns_, tuple(rows))


def _rows(
    layout: Layout, topic: ComparedTopic, city: ComparedCity, apart: Mapping[str, FarApart]
) -> Iterator[Values]:
    cells = city.cells
    if layout.with_summaries and city.whole not in cells:
        cells = (city.whole, *cells)
    for cell in cells:
        marks = _marks(layout, topic, city, cell, apart.get(cell.key))
        row = (*_row(layout, topic, city, cell), *marks)
        if not layout.with_summaries:
            yield row
            continue
        here = cell.notes
        if cell.question is None:  # the summary of a topic speaks of its questions too
            here = tuple({n.id: n for c in (cell, *city.cells) for n in c.notes}.values())
        place = (city.city.code, _address(topic, cell.question))
        yield _with_summary(place, row, here, cell.summary)


def _row(layout: Layout, topic: ComparedTopic, city: ComparedCity, cell: ComparedCell) -> Values:
    return (
        *_place(topic, cell.question),
        *_city(layout, city),
        cell.standing.state,
        wordings.state(cell.standing),
        "\n".join(layout.statements(cell)),
        wordings.handles(cell.notes),
    )


def _city(layout: Layout, city: ComparedCity) -> Values:
    return (
        city.city.printed_code or None,
        city.city.name,
        layout.class_of(city) or None,
        ", ".join(visit.handle for visit in city.visits),
    )


def _marks(
    layout: Layout,
    topic: ComparedTopic,
    city: ComparedCity,
    cell: ComparedCell,
    apart: FarApart | None,
) -> Values:
    """Return what has to be kept in mind of a cell: contradictions, time, words of its visits."""
    against = [
        f"{note.handle} ⇔ {one.handle} {one.why}".rstrip()
        for note in cell.notes
        for one in layout.register.against(note)
    ]
    mine = {visit.handle for visit in city.visits}
    asked = [
        str(one.ask)
        for one in topic.other_words
        if one.question == cell.question and not mine.isdisjoint(one.visits)
    ]
    return (
        "\n".join(against) or None,
        f"{apart.oldest.last} – {apart.newest.first}" if apart else None,
        "\n".join(asked) or None,
    )


def _facts(layout: Layout) -> Iterator[Values]:
    for city in layout.found.cities:
        for fact in layout.found.facts_of(city.city):
            place = (None, _("The cities"), fact.key, FACTS.word(fact.key))
            told = wordings.fact(fact, with_source=True)
            yield _filled((*place, *_city(layout, city), None, None, told))


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
        row = _filled((*_place(topic, question), None, _("across the cities")))
        place = (ACROSS, _address(topic, question))
        yield _with_summary(place, row, here.values(), topic.across.get(key))


def _filled(row: Values) -> Values:
    """Return the row with nothing in the columns that are left."""
    return (*row, *[None] * (len(_OF_NOTES) - len(row)))


def _with_summary(
    cell: Cell, row: Values, notes: Iterable[Note], summary: StandingSummary | None
) -> Values:
    """Return a row with its tag in front and its summary behind."""
    body, stale, handles = _summary(summary)
    printed = dict(zip(_OF_NOTES, row, strict=True)) | {"stale": stale, "summary_handles": handles}
    return (cell_tag(cell, notes, summary, printed), *row, body, stale, handles)


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
    return found.summary.body, wordings.staleness(found) or None, wordings.handles(found.notes)


def _address(topic: ComparedTopic, question: Question | None) -> Address:
    return Address(topic.topic.key, question.key if question else None)


def _columns(*, summaries: bool) -> tuple[Column, ...]:
    keys = MATRIX_COLUMNS if summaries else _OF_NOTES
    return tuple(Column(key, MATRIX_COLUMNS.word(key)) for key in keys)


def shape(layout: Layout) -> Shape:
    """Return the comparison with all its notes and summaries."""
    return {
        "audience": layout.found.audience,
        "anonymised": layout.found.anonymised,
        "only": _only(layout),
        "profiles": _profile_shapes(layout),
        "topics": [_topic(topic, layout) for topic in layout.found.topics],
    }


def _only(layout: Layout) -> Shape:
    narrowing = layout.arrangement.narrowing
    return {
        "study_group": layout.found.study_group or None,
        "since": narrowing.since_iso or None,
        "until": narrowing.until_iso or None,
        "kinds": list(narrowing.kinds),
        "tags": [] if layout.found.anonymised else list(narrowing.tags),
    }


def _topic(topic: ComparedTopic, layout: Layout) -> Shape:
    across = {key: shapes.summary(one, None) for key, one in topic.across.items()}
    return {
        "topic": topic.topic.key,
        "title": shapes.words(topic.topic.title),
        "cities": [_city_shape(city, layout) for city in topic.cities],
        "across": across.pop("", None),
        "across_questions": list(across.values()),
        **_notice_shapes(layout, topic),
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


def _profile_shapes(layout: Layout) -> list[Shape]:
    """Return the cities with class, prefecture, visits, and facts with date and source."""
    return [
        {
            "city": shapes.city_name(city.city),
            "class": city.class_on_visit(layout.today),
            "prefecture": city.city.prefecture or None,
            "visits": [
                shapes.taken(visit, visit="handle", date="first_day")
                for visit in city.visits
                if visit.handle
            ],
            "facts": [shapes.fact(fact) for fact in layout.found.facts_of(city.city)],
        }
        for city in layout.found.cities
    ]


def _notice_shapes(layout: Layout, topic: ComparedTopic) -> Shape:
    """Return what has to be kept in mind of a topic."""
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
            {"notes": [one.handle, other.handle], "why": other.why or None}
            for one, other in layout.contradictions(topic)
        ],
        "other_words": [
            {
                "question": one.question.key,
                **shapes.taken(one, "guide", "version"),
                "ask": shapes.words(one.ask),
                "visits": list(one.visits),
            }
            for one in topic.other_words
        ],
    }


def _dated_shape(found: Dated) -> Shape:
    return {
        "city": shapes.city_name(found.city),
        "note": found.note.handle,
        "first": found.first.isoformat(),
        "last": found.last.isoformat(),
    }
