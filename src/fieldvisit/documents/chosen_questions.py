"""What was decided for the questions of a visit, as a list."""

from collections.abc import Iterator

from fieldvisit.documents import sheet_parts
from fieldvisit.documents.document import Document
from fieldvisit.documents.grid import Column
from fieldvisit.documents.lists import listing
from fieldvisit.fieldwork.chosen_questions import usual_choice
from fieldvisit.fieldwork.guide import Question
from fieldvisit.fieldwork.preparation import Preparation
from fieldvisit.fieldwork.states import Standing
from fieldvisit.fieldwork.terms import CHOICES, STATES
from fieldvisit.language import _


def document(found: Preparation) -> Document:
    """Return every question of the visit and whether it is sent, asked or left out."""
    lines = list(_lines(found))
    return listing(
        "visit-ask",
        _("Questions: {city} {visit}").format(
            city=found.coverage.city.name, visit=found.visit.handle
        ),
        (
            Column("number", _("no.")),
            Column("address", _("address")),
            Column("choice", _("choice")),
            Column("ask", _("question")),
        ),
        (
            (
                number,
                str(standing.address),
                _word(choice),
                sheet_parts.addressed(found, question.ask),
            )
            for number, question, standing, choice in lines
        ),
        lambda: {
            "visit": found.visit.handle,
            "questions": [
                {
                    "topic": standing.address.topic,
                    "question": standing.address.question,
                    "choice": choice,
                    "ask": {"ja": question.ask.ja, "en": question.ask.en},
                }
                for _number, question, standing, choice in lines
            ],
        },
    )


def _lines(found: Preparation) -> Iterator[tuple[str, Question, Standing, str]]:
    for topic in found.coverage.topics:
        for question, standing in zip(topic.topic.questions, topic.questions, strict=True):
            number = sheet_parts.number(topic.topic, question)
            yield number, question, standing, _choice(found, question, standing)


def _choice(found: Preparation, question: Question, standing: Standing) -> str:
    if standing.address in found.left_out:
        return "skip"
    return usual_choice(question) if standing.in_scope else "out-of-scope"


def _word(choice: str) -> str:
    return CHOICES.word(choice) if choice in CHOICES else STATES.word(choice)
