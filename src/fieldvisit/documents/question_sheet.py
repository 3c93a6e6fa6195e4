"""The question sheet (事前質問票・送付用): what goes to the city ahead of the visit.

Nothing but questions: no notes, states, remarks, probes, and never a sensitive question.
"""

from collections.abc import Iterable, Iterator

from fieldvisit import language
from fieldvisit.documents import answer_grid, wordings
from fieldvisit.documents.document import Document, Grid
from fieldvisit.documents.page import Block, Box, Facts, Heading, Page, Paragraph
from fieldvisit.documents.sheet_parts import addressed, number, running_head, study_groups
from fieldvisit.fieldwork.coverage import Preparation, TopicCoverage
from fieldvisit.fieldwork.guide import Question
from fieldvisit.fieldwork.states import STILL_TO_ASK, Standing
from fieldvisit.language import _
from fieldvisit.review.tags import box_tag, sheet_tag

Chosen = tuple[TopicCoverage, list[tuple[Question, Standing]]]


def document(found: Preparation, *, only_open: bool = False) -> Document:
    """Return the sheet; ``only_open`` leaves the questions still to ask or to follow."""
    return Document(
        "question-sheet",
        lambda: page(found, only_open=only_open),
        lambda: grid(found, only_open=only_open),
        sheet=True,
    )


def page(found: Preparation, *, only_open: bool = False) -> Page:
    """Return the sheet as a page with a box after each question."""
    blocks = tuple(_blocks(found, only_open=only_open))
    return Page(blocks, running_head(found), sheet_tag(found.visit.id, "city"))


def grid(found: Preparation, *, only_open: bool = False) -> Grid:
    """Return the sheet as a table with a row for each question."""
    rows = [
        answer_grid.AnswerRow(
            tag=box_tag(found.visit.id, standing.address, "city"),
            number=number(topic.topic, question),
            topic=str(topic.topic.title),
            question=asked(found, question),
        )
        for topic, questions in _chosen(found, only_open=only_open)
        for question, standing in questions
    ]
    return answer_grid.for_the_city(
        rows,
        title=_("Questions ahead of our visit"),
        instructions=(*(f"{n}: {v}" for n, v in particulars(found) if v), *_how_to_answer(found)),
        sheet=sheet_tag(found.visit.id, "city"),
    )


def _blocks(found: Preparation, *, only_open: bool) -> Iterator[Block]:
    yield Heading(1, _("Questions ahead of our visit: {city}").format(city=_city(found)))
    yield Facts.known(particulars(found))
    for line in _how_to_answer(found):
        yield Paragraph(line)
    for topic, questions in _chosen(found, only_open=only_open):
        yield Heading(2, f"{topic.topic.number} {topic.topic.title}")
        for question, standing in questions:
            yield Heading(3, f"{number(topic.topic, question)} {asked(found, question)}")
            yield Box(answer_label(), 4, box_tag(found.visit.id, standing.address, "city"))


def _chosen(found: Preparation, *, only_open: bool) -> Iterator[Chosen]:
    """Yield each topic with its questions that go ahead."""
    for topic in found.coverage.topics:
        chosen = [
            (question, standing)
            for question, standing in zip(topic.topic.questions, topic.questions, strict=True)
            if question.send
            and not question.sensitive
            and standing.in_scope
            and standing.address not in found.left_out
            and (not only_open or standing.state in STILL_TO_ASK)
        ]
        if chosen:
            yield topic, chosen


def answer_label() -> str:
    """Return what stands above each box, with blanks for the section that answers."""
    return _("Answer (section that answers:            )")


def _how_to_answer(found: Preparation) -> tuple[str, ...]:
    return (
        _("We would be grateful for an answer to the following. Only the questions that we send "
          "ahead to {city_you} stand here, so their numbers may have gaps; at the visit we may "
          "take the liberty of asking further ones.")
        .format(city_you=found.coverage.city.you_word(found.day, language.current())),
    )  # fmt: skip


def _city(found: Preparation) -> str:
    return found.coverage.city.name


def particulars(found: Preparation) -> Iterable[tuple[str, str]]:
    """Return who asks, what for, and by when."""
    study, visit = found.study, found.visit
    return (
        (_("study"), study.title),
        (_("institute"), study.institute),
        (_("purpose"), study.purpose),
        (_("used by"), study_groups(found)),
        (_("date of the visit"), wordings.days(visit)),
        (_("reply by"), wordings.day(found.reply_by)),
        (_("contact"), study.contact),
    )


def asked(found: Preparation, question: Question) -> str:
    """Return a question as the city reads it, its gate in brackets before it."""
    text = addressed(found, question.written or question.ask)
    if question.gate:
        gate = addressed(found, question.gate)
        text = f"（{gate}）{text}" if language.current() == "ja" else f"({gate}) {text}"
    return text
