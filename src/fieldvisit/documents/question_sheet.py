"""The question sheet (事前質問票・送付用): what goes to the city ahead of the visit.

Nothing but questions: no notes, states, remarks, probes, and never a sensitive question.
"""

from collections.abc import Iterable, Iterator

from fieldvisit import language
from fieldvisit.documents import wordings
from fieldvisit.documents.document import Document
from fieldvisit.documents.page import Block, Box, Facts, Heading, Page, Paragraph
from fieldvisit.fieldwork.coverage import TopicCoverage
from fieldvisit.fieldwork.guide import Question, Words
from fieldvisit.fieldwork.preparation import Preparation
from fieldvisit.fieldwork.states import STILL_TO_ASK
from fieldvisit.language import _, enumerated


def document(found: Preparation, *, only_open: bool = False) -> Document:
    """Return the sheet; ``only_open`` leaves the questions still to ask or to follow."""
    return Document("question-sheet", lambda: Page(tuple(_blocks(found, only_open=only_open))))


def _blocks(found: Preparation, *, only_open: bool) -> Iterator[Block]:
    yield Heading(1, _("Questions ahead of our visit: {city}").format(city=_city(found)))
    yield Facts.known(_particulars(found))
    yield Paragraph(
        _("We would be grateful for an answer to the following. Only the questions that we send "
          "ahead to {city_you} stand here, so their numbers may have gaps; at the visit we may "
          "take the liberty of asking further ones.")
        .format(city_you=_you(found))
    )  # fmt: skip
    for topic in found.coverage.topics:
        chosen = [
            question
            for question, standing in zip(topic.topic.questions, topic.questions, strict=True)
            if question.send
            and not question.sensitive
            and standing.in_scope
            and (not only_open or standing.state in STILL_TO_ASK)
        ]
        if chosen:
            yield Heading(2, f"{topic.topic.number} {topic.topic.title}")
            for question in chosen:
                yield from _question(found, topic, question)


def _city(found: Preparation) -> str:
    return found.coverage.city.name


def _you(found: Preparation) -> str:
    return found.coverage.city.you_word(found.day, language.current())


def _particulars(found: Preparation) -> Iterable[tuple[str, str]]:
    study, visit = found.study, found.visit
    known = {group.short: group.name for group in found.groups}
    return (
        (_("study"), study.title),
        (_("institute"), study.institute),
        (_("purpose"), study.purpose),
        (_("used by"), enumerated(known.get(s, s) for s in visit.study_groups)),
        (_("date of the visit"), wordings.days(visit)),
        (_("contact"), study.contact),
    )


def _question(found: Preparation, topic: TopicCoverage, question: Question) -> Iterator[Block]:
    text = _addressed(question.written or question.ask, found)
    if question.gate:
        gate = _addressed(question.gate, found)
        text = f"（{gate}）{text}" if language.current() == "ja" else f"({gate}) {text}"
    yield Heading(3, f"{topic.topic.number}/{question.number} {text}")
    yield Box(_("Answer (section that answers:            )"), 4)


def _addressed(words: Words, found: Preparation) -> str:
    return wordings.addressed(words, found.coverage.city, found.day)
