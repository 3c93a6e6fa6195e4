"""The field sheet as a table: every question that may be asked, and the notes that are there."""

from collections.abc import Iterator

from msgspec.structs import replace

from fieldvisit.documents import wordings
from fieldvisit.documents.answer_grid import AnswerRow, for_the_interviewer
from fieldvisit.documents.document import Grid
from fieldvisit.documents.sheet_parts import addressed, number
from fieldvisit.fieldwork.coverage import Preparation, TopicCoverage
from fieldvisit.fieldwork.crosswalk import usual_choice
from fieldvisit.fieldwork.guide import Address, Question
from fieldvisit.fieldwork.note import Note
from fieldvisit.fieldwork.states import STILL_TO_ASK, Standing
from fieldvisit.fieldwork.terms import CHOICES, DISCLOSURES, KINDS, MARKS, STATES
from fieldvisit.language import _
from fieldvisit.review.tags import box_tag, note_tag, sheet_tag


def grid(found: Preparation, *, only_open: bool = False) -> Grid:
    """Return the sheet; ``only_open`` leaves the questions still to ask or to follow."""
    title = _("Field sheet: {city}").format(city=found.coverage.city.name)
    about = (
        title,
        wordings.days(found.visit),
        wordings.audience_line(found.audience),
    )
    rows = _rows(found, only_open=only_open)
    tag = sheet_tag(found.visit.id, "interviewer")
    return for_the_interviewer(
        rows, title=title, instructions=tuple(filter(None, about)), sheet=tag
    )


def _rows(found: Preparation, *, only_open: bool) -> Iterator[AnswerRow]:
    for topic in found.coverage.topics:
        own = Address(topic.topic.key)
        whole = AnswerRow("", str(topic.topic.number), str(topic.topic.title), "")
        yield from _noted(found, own, whole)
        if not topic.topic.questions:
            yield replace(whole, tag=box_tag(found.visit.id, own))
        for question, standing in zip(topic.topic.questions, topic.questions, strict=True):
            if standing.in_scope and (not only_open or standing.state in STILL_TO_ASK):
                yield from _question(found, topic, question, standing)
    yield from _unsorted(found)


def _question(
    found: Preparation, topic: TopicCoverage, question: Question, standing: Standing
) -> Iterator[AnswerRow]:
    row = AnswerRow(
        tag=box_tag(found.visit.id, standing.address),
        number=number(topic.topic, question),
        topic=str(topic.topic.title),
        question=addressed(found, question.ask),
    )
    left_out = standing.address in found.left_out
    choice = "skip" if left_out else usual_choice(question)
    state = STATES.word(standing.state) if standing.state in MARKS and not left_out else ""
    yield from _noted(found, standing.address, row)
    yield replace(row, choice=CHOICES.word(choice), state=state)


def _noted(found: Preparation, address: Address, row: AnswerRow) -> Iterator[AnswerRow]:
    for note in found.notes_on(address):
        if note.visit_id == found.visit.id:
            yield _note(found, note, row)


def _note(found: Preparation, note: Note, row: AnswerRow) -> AnswerRow:
    return replace(
        row,
        tag=note_tag(found.visit.id, note.handle, note.revision),
        answer=note.body,
        kind=KINDS.word(note.kind),
        disclosure=DISCLOSURES.word(note.disclosure),
        speaker=str(note.speaker) if note.speaker else "",
    )


def unsorted() -> str:
    """Return what stands instead of a topic beside what is not filed."""
    return _("Unsorted")


def _unsorted(found: Preparation) -> Iterator[AnswerRow]:
    for note in found.unsorted:
        if note.visit_id == found.visit.id:
            yield _note(found, note, AnswerRow("", "", unsorted(), ""))
