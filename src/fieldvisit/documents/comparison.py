"""The comparison as a page, a grid and a shape."""

from collections.abc import Iterable, Iterator, Sequence
from datetime import date
from typing import Any

from fieldvisit.documents import shapes, wordings
from fieldvisit.documents.document import Document
from fieldvisit.documents.grid import Column, Grid, Value
from fieldvisit.documents.page import Block, Cell, Heading, Page, Paragraph, Table
from fieldvisit.fieldwork.comparison import (
    ComparedCell,
    ComparedCity,
    ComparedTopic,
    Comparison,
)
from fieldvisit.fieldwork.register import Register
from fieldvisit.language import _

ITEMS_UP_TO = 6


def document(
    found: Comparison, register: Register, today: date, *, view: str = "topic", rows: str = ""
) -> Document:
    """Return the comparison.

    ``view`` is `topic` or `city`: what the sections are. ``rows`` is `items` (questions down,
    cities across) or `cities`; empty = items up to six cities.
    """
    writer = _Writer(found, register, today, rows)
    return Document(
        "compare",
        writer.by_city if view == "city" else writer.by_topic,
        writer.grid,
        writer.shape,
    )


class _Writer:
    def __init__(self, found: Comparison, register: Register, today: date, rows: str) -> None:
        self.found = found
        self.register = register
        self.today = today
        cities = max((len(topic.cities) for topic in found.topics), default=0)
        self.items_down = (rows or ("items" if cities <= ITEMS_UP_TO else "cities")) == "items"

    def by_topic(self) -> Page:
        blocks: list[Block] = [*self._head()]
        for topic in self._topics():
            blocks += [Heading(2, f"{topic.topic.number} {topic.topic.title}"), self._table(topic)]
        return Page(tuple(blocks))

    def by_city(self) -> Page:
        blocks: list[Block] = [*self._head()]
        columns = [(topic, city) for topic in self._topics() for city in topic.cities]
        for code in dict.fromkeys(city.city.code for _topic, city in columns):
            mine = [(topic, city) for topic, city in columns if city.city.code == code]
            blocks.append(Heading(2, self._city(mine[0][1])))
            for topic, city in mine:
                blocks.append(Heading(3, f"{topic.topic.number} {topic.topic.title}"))
                blocks.append(Paragraph(_standing(city)))
                blocks.append(Table.of([_("question"), _("notes")], list(_down(city))))
        return Page(tuple(blocks))

    def _head(self) -> Iterator[Block]:
        yield Heading(1, _("Comparison of the cities"))
        yield Paragraph(wordings.audience_line(self.found.audience), quiet=True)
        if not self.found.says_something:
            yield Paragraph(_("There is nothing to compare yet."))

    def _topics(self) -> Sequence[ComparedTopic]:
        """Return the topics of the page: none where no city says anything."""
        return self.found.topics if self.found.says_something else ()

    def _table(self, topic: ComparedTopic) -> Table:
        return self._items_down(topic) if self.items_down else self._cities_down(topic)

    def _items_down(self, topic: ComparedTopic) -> Table:
        head = [_("question"), *(self._city(city) for city in topic.cities)]
        rows: list[list[str | Cell]] = [
            [_("as a whole"), *(_standing(city) for city in topic.cities)]
        ]
        for key in _keys(topic):
            cells = [_cell_of(city, key) for city in topic.cities]
            label = next((_label(topic, cell) for cell in cells if cell), "")
            rows.append([label, *(_content(cell) for cell in cells)])
        return Table.of(head, rows)

    def _cities_down(self, topic: ComparedTopic) -> Table:
        head = [_("city"), _("as a whole"), _("notes")]
        rows: list[list[str | Cell]] = []
        for city in topic.cities:
            paragraphs: list[str] = []
            for cell in city.cells:
                texts = _apart([wordings.statement(note) for note in cell.notes])
                paragraphs += [_label(topic, cell), wordings.state(cell.standing), *texts]
            rows.append([self._city(city), _standing(city), Cell(tuple(paragraphs))])
        return Table.of(head, rows)

    def _city(self, found: ComparedCity) -> str:
        days = [visit.day for visit in found.visits if visit.day]
        name = wordings.city(found.city, max(days, default=self.today))
        visits = ", ".join(visit.handle for visit in found.visits)
        return f"{name} {visits}".rstrip()

    def grid(self) -> Grid:
        columns = [(topic, city) for topic in self.found.topics for city in topic.cities]
        if not self.items_down:
            columns.sort(key=lambda column: column[1].city.code)
        rows = [row for topic, city in columns for row in self._grid_rows(topic, city)]
        return Grid(_columns(), tuple(rows))

    def _grid_rows(self, topic: ComparedTopic, city: ComparedCity) -> Iterator[tuple[Value, ...]]:
        for cell in city.cells:
            question = cell.question
            yield (
                topic.topic.key,
                str(topic.topic.title),
                question.key if question else None,
                str(question.ask) if question else None,
                city.city.printed_code or None,
                city.city.name,
                ", ".join(visit.handle for visit in city.visits),
                cell.standing.state,
                wordings.state(cell.standing),
                "\n".join(wordings.statement(note) for note in cell.notes),
                " ".join(note.handle for note in cell.notes),
            )

    def shape(self) -> dict[str, Any]:
        return {
            "audience": self.found.audience,
            "topics": [
                {
                    "topic": topic.topic.key,
                    "title": shapes.words(topic.topic.title),
                    "cities": [self._city_shape(city) for city in topic.cities],
                    "across": None,
                }
                for topic in self.found.topics
            ],
        }

    def _city_shape(self, found: ComparedCity) -> dict[str, Any]:
        return {
            "city": shapes.city_name(found.city),
            "visits": [visit.handle for visit in found.visits],
            "state": found.state,
            "answered": found.counts.answered,
            "asked": found.counts.asked,
            "to_follow": found.counts.to_follow,
            "cells": [
                {
                    "question": cell.question.key if cell.question else None,
                    "state": cell.standing.state,
                    "reason": cell.standing.reason or None,
                    "due": cell.standing.due or None,
                    "notes": [shapes.note(note, self.register) for note in cell.notes],
                    "summary": None,
                }
                for cell in found.cells
            ],
        }


def _columns() -> tuple[Column, ...]:
    return (
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


def _keys(topic: ComparedTopic) -> Iterable[str]:
    """Return the questions (empty = the topic as such) that any city has a cell for."""
    present = {_key(cell) for city in topic.cities for cell in city.cells}
    order = ("", *(question.key for question in topic.topic.questions))
    return [key for key in order if key in present]


def _key(cell: ComparedCell) -> str:
    return cell.question.key if cell.question else ""


def _cell_of(city: ComparedCity, key: str) -> ComparedCell | None:
    return next((cell for cell in city.cells if _key(cell) == key), None)


def _label(topic: ComparedTopic, cell: ComparedCell) -> str:
    if cell.question is None:
        return _("on the topic as such")
    number = f"{topic.topic.number}/{cell.question.number} " if cell.question.number else ""
    return f"{number}{cell.question.ask}"


def _content(cell: ComparedCell | None) -> str | Cell:
    if cell is None:
        return "—"
    texts = tuple(_apart([wordings.statement(note) for note in cell.notes]))
    if cell.standing.state == "answered" and texts:
        return Cell(texts)
    return Cell((wordings.state(cell.standing), *texts))


def _apart(texts: Sequence[str]) -> list[str]:
    """Return several statements of one cell so that the eye can tell them apart."""
    return [f"• {text}" for text in texts] if len(texts) > 1 else list(texts)


def _standing(city: ComparedCity) -> str:
    return wordings.state_and_counts(city.state, city.counts)


def _down(city: ComparedCity) -> Iterator[list[str | Cell]]:
    for cell in city.cells:
        label = str(cell.question.ask) if cell.question else _("on the topic as such")
        yield [label, _content(cell)]
