"""The comparison as the JSON of the contract."""

from fieldvisit.documents import shapes
from fieldvisit.documents.shapes import Shape
from fieldvisit.fieldwork.comparison import ComparedCell, ComparedCity, ComparedTopic, Comparison
from fieldvisit.fieldwork.register import Register


def shape(found: Comparison, register: Register) -> Shape:
    """Return the comparison with all its notes and summaries."""
    return {
        "audience": found.audience,
        "anonymised": found.anonymised,
        "topics": [_topic(topic, register) for topic in found.topics],
    }


def _topic(topic: ComparedTopic, register: Register) -> Shape:
    across = {key: shapes.summary(one, None) for key, one in topic.across.items()}
    return {
        "topic": topic.topic.key,
        "title": shapes.words(topic.topic.title),
        "cities": [_city(city, register) for city in topic.cities],
        "across": across.pop("", None),
        "across_questions": list(across.values()),
    }


def _city(found: ComparedCity, register: Register) -> Shape:
    cells = found.cells
    if found.whole.summary and found.whole not in cells:
        cells = (found.whole, *cells)
    return {
        "city": shapes.city_name(found.city),
        "visits": [visit.handle for visit in found.visits if visit.handle],
        "state": found.state,
        "answered": found.counts.answered,
        "asked": found.counts.asked,
        "to_follow": found.counts.to_follow,
        "cells": [_cell(cell, found, register) for cell in cells],
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
