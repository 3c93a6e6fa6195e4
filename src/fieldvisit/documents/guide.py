"""A guide, what differs between two of its states, and what one visit asks of it."""

from collections.abc import Callable, Iterator, Sequence

from fieldvisit.documents import shapes, sheet_parts, wordings
from fieldvisit.documents.document import Column, Document, Grid, Value
from fieldvisit.documents.lists import listing
from fieldvisit.documents.page import Block, Bullets, Heading, Page, Paragraph
from fieldvisit.fieldwork.coverage import Preparation
from fieldvisit.fieldwork.crosswalk import Change, usual_choice
from fieldvisit.fieldwork.guide import Address, Guide, Question, Topic
from fieldvisit.fieldwork.states import Standing
from fieldvisit.fieldwork.terms import ATTRIBUTES, CHOICES, DISCLOSURES, STATES
from fieldvisit.language import _, enumerated


def document(found: Guide) -> Document:
    """Return the whole guide."""
    return Document(
        "guide",
        lambda: Page(tuple(_blocks(found))),
        lambda: _grid(found),
        lambda: shapes.guide(found),
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
        names = enumerated(map(ATTRIBUTES.word, question.classes))
        yield _("for: {classes}").format(classes=names)
    if question.common:
        yield _("[common question]")
    if question.send:
        yield _("[sent ahead]")
    if question.sensitive:
        yield _("[orally only: agree on disclosure first]")
    if question.disclosure:
        yield DISCLOSURES.word(question.disclosure)


def _grid(found: Guide) -> Grid:
    columns: dict[str, tuple[str, Callable[[Topic, Question], Value]]] = {
        "number": (_("no."), sheet_parts.number),
        "address": (_("address"), lambda topic, one: f"{topic.key}/{one.key}"),
        "ask_ja": (_("Japanese"), lambda _topic, one: one.ask.ja or None),
        "ask_en": (_("English"), lambda _topic, one: one.ask.en or None),
        "gate": (_("gate"), lambda _topic, one: str(one.gate) or None),
        "for": (_("for"), lambda _topic, one: ", ".join(one.classes) or None),
        "common": (_("common"), lambda _topic, one: _yes(one.common)),
        "send": (_("sent ahead"), lambda _topic, one: _yes(one.send)),
        "sensitive": (_("sensitive"), lambda _topic, one: _yes(one.sensitive)),
    }
    return Grid(
        tuple(Column(key, title) for key, (title, _of) in columns.items()),
        tuple(
            tuple(of(topic, question) for _title, of in columns.values())
            for topic in found.topics
            for question in topic.questions
        ),
    )


def _yes(value: bool) -> str | None:
    return _("yes") if value else None


_VALUE = ("field", "old", "new")


def guide_changes(changes: Sequence[Change]) -> Document:
    """Return what differs between two states of a guide."""
    words = {
        "added": _("added"),
        "dropped": _("dropped"),
        "renamed": _("renamed"),
        "changed": _("changed"),
    }
    return listing(
        "guide-diff",
        _("Changes of the guide"),
        changes,
        (
            ("what", _("change"), lambda one: words[one.what]),
            ("address", _("address"), lambda one: _named(one.address)),
            ("was", _("was"), lambda one: _named(one.was)),
            ("fields", _("fields"), lambda one: enumerated(_fields(one))),
        ),
        (
            "changes",
            lambda one: {
                "what": one.what,
                "address": _named(one.address),
                "was": _named(one.was),
                "fields": list(one.fields),
                "values": [dict(zip(_VALUE, found, strict=True)) for found in one.values],
            },
        ),
        empty=_("Nothing differs."),
    )


def _fields(change: Change) -> Iterator[str]:
    """Yield the fields that differ, those of one value with what it was and is."""
    values = {name: f"{name}: {old or '-'} → {new or '-'}" for name, old, new in change.values}
    return (values.get(name, name) for name in change.fields)


def _named(address: Address | None) -> str | None:
    return str(address) if address else None


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
            ("number", _("no."), lambda one: sheet_parts.number(one[0], one[1])),
            ("address", _("address"), lambda one: str(one[2].address)),
            ("choice", _("choice"), lambda one: word(choice(one[2], one[1]))),
            ("ask", _("question"), lambda one: sheet_parts.addressed(found, one[1].ask)),
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
