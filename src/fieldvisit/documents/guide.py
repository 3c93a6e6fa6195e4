"""A guide, what differs between two of its files, and what one visit asks of it."""

from collections.abc import Iterator, Sequence

from msgspec.structs import replace

from fieldvisit.documents import shapes, sheets, wordings
from fieldvisit.documents.document import Document
from fieldvisit.documents.lists import ListColumn, listing
from fieldvisit.documents.page import Block, Box, Bullets, Heading, Page, Paragraph
from fieldvisit.fieldwork.coverage import Preparation
from fieldvisit.fieldwork.crosswalk import usual_choice
from fieldvisit.fieldwork.guide import Guide, Question, Topic
from fieldvisit.fieldwork.states import Standing
from fieldvisit.fieldwork.terms import CHOICES, DISCLOSURES, STATES
from fieldvisit.language import _, enumerated


def document(found: Guide) -> Document:
    """Return the whole guide."""
    questions = [(topic, one) for topic in found.topics for one in topic.questions]
    return replace(
        listing("guide", "", questions, _columns(), ("", lambda _one: {})),
        page=lambda: Page(tuple(_blocks(found))),
        shape=lambda: shapes.guide(found),
    )


def _columns() -> tuple[ListColumn[tuple[Topic, Question]], ...]:
    return (
        ("number", _("no."), lambda one: wordings.number(*one)),
        ("address", _("address"), lambda one: f"{one[0].key}/{one[1].key}"),
        ("ask_ja", _("Japanese"), lambda one: one[1].ask.ja),
        ("ask_en", _("English"), lambda one: one[1].ask.en),
        ("gate", _("gate"), lambda one: str(one[1].gate)),
        ("for", _("for"), lambda one: ", ".join(one[1].classes)),
        ("common", _("common"), lambda one: _yes(one[1].common)),
        ("send", _("sent ahead"), lambda one: _yes(one[1].send)),
        ("sensitive", _("sensitive"), lambda one: _yes(one[1].sensitive)),
    )


def _blocks(found: Guide) -> Iterator[Block]:
    version = _("version {version}").format(version=found.version)
    name = wordings.bracketed(enumerated((found.slug, version)))
    yield Heading(1, f"{found.title}{name}")
    if found.source:
        yield Paragraph(str(found.source), quiet=True)
    for topic in found.topics:
        yield Heading(2, f"{topic.number} {topic.title}{wordings.bracketed(topic.key)}")
        for question in topic.questions:
            key = wordings.bracketed(question.key)
            yield Heading(3, f"{topic.number}/{question.number} {question.ask}{key}")
            if line := " · ".join(_properties(question)):
                yield Paragraph(line, quiet=True)
            if question.probes:
                yield Bullets(tuple(str(probe.ask) for probe in question.probes))


def _properties(question: Question) -> Iterator[str]:
    if question.gate:
        yield _("Ask {gate}.").format(gate=question.gate)
    if question.classes:
        yield wordings.classes(question)
    yield from wordings.labels(question)
    if question.disclosure:
        yield DISCLOSURES.word(question.disclosure)


def _yes(value: bool) -> str | None:
    return _("yes") if value else None


def guide_changes(lines: Sequence[str]) -> Document:
    """Return what differs between two guide files; ``lines`` are those of a unified diff."""
    title = Heading(1, _("Changes of the guide"))
    shown = Box(text="\n".join(lines)) if lines else Paragraph(_("Nothing differs."))
    return Document("guide-diff", lambda: Page((title, shown)), None, lambda: {"lines": [*lines]})


def chosen_questions(found: Preparation) -> Document:
    """Return every question of the visit of a guide and whether it is sent, asked or left out."""
    lines = [
        (topic.topic, question, standing)
        for topic in found.coverage.topics
        for question, standing in topic.standings
    ]

    def choice(standing: Standing, question: Question) -> str:
        if standing.address in found.left_out:
            return "skip"
        return usual_choice(question) if standing.in_scope else "out-of-scope"

    def word(value: str) -> str:
        return CHOICES.word(value) if value in CHOICES else STATES.word(value)

    return listing(
        "visit-ask",
        _("Questions: {city} {visit}").format(
            city=found.coverage.city.name, visit=found.visit.handle
        ),
        lines,
        (
            ("number", _("no."), lambda one: wordings.number(one[0], one[1])),
            ("address", _("address"), lambda one: str(one[2].address)),
            ("choice", _("choice"), lambda one: word(choice(one[2], one[1]))),
            ("ask", _("question"), lambda one: sheets.addressed(found, one[1].ask)),
        ),
        (
            "questions",
            lambda one: {
                **shapes.taken(one[2].address, "topic", "question"),
                "choice": choice(one[2], one[1]),
                "ask": shapes.words(one[1].ask),
            },
        ),
        about={"visit": found.visit.handle},
    )
