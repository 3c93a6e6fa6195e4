"""The comparison as the JSON of the contract."""

from fieldvisit.documents import shapes
from fieldvisit.documents.comparison.layout import Layout
from fieldvisit.documents.comparison.notices import notice_shapes
from fieldvisit.documents.comparison.profile import profile_shapes
from fieldvisit.documents.shapes import Shape
from fieldvisit.fieldwork.comparison import ComparedCell, ComparedCity, ComparedTopic
from fieldvisit.fieldwork.register import Register


def shape(layout: Layout) -> Shape:
    """Return the comparison with all its notes and summaries."""
    return {
        "audience": layout.found.audience,
        "anonymised": layout.found.anonymised,
        "only": _only(layout),
        "profiles": profile_shapes(layout),
        "topics": [_topic(topic, layout) for topic in layout.found.topics],
    }


def _only(layout: Layout) -> Shape:
    narrowing = layout.arrangement.narrowing
    return {
        "study_group": layout.found.study_group or None,
        "since": narrowing.since.isoformat() if narrowing.since else None,
        "until": narrowing.until.isoformat() if narrowing.until else None,
        "kinds": list(narrowing.kinds),
        "tags": [] if layout.found.anonymised else list(narrowing.tags),
    }


def _topic(topic: ComparedTopic, layout: Layout) -> Shape:
    across = {key: shapes.summary(one, None) for key, one in topic.across.items()}
    return {
        "topic": topic.topic.key,
        "title": shapes.words(topic.topic.title),
        "cities": [_city(city, layout) for city in topic.cities],
        "across": across.pop("", None),
        "across_questions": list(across.values()),
        **notice_shapes(layout, topic),
    }


def _city(found: ComparedCity, layout: Layout) -> Shape:
    cells = found.cells
    if found.whole.summary and found.whole not in cells:
        cells = (found.whole, *cells)
    return {
        "city": shapes.city_name(found.city),
        "class": found.class_on_visit(layout.today),
        "visits": [visit.handle for visit in found.visits if visit.handle],
        "state": found.state,
        "answered": found.counts.answered,
        "asked": found.counts.asked,
        "to_follow": found.counts.to_follow,
        "cells": [_cell(cell, found, layout.register) for cell in cells],
    }


def _cell(cell: ComparedCell, city: ComparedCity, register: Register) -> Shape:
    return {
        "question": cell.question.key if cell.question else None,
        "state": cell.standing.state,
        "reason": cell.standing.reason or None,
        "due": cell.standing.due or None,
        "notes": [shapes.note(note, register) for note in cell.notes],
        "summary": shapes.summary(cell.summary, city.city) if cell.summary else None,
    }
