"""What the sheets of a visit hold by themselves, in both languages."""

from collections.abc import Iterator
from dataclasses import replace

from fieldvisit import language
from fieldvisit.documents import field_grid, field_sheet, question_sheet, wordings
from fieldvisit.documents.page_texts import texts_of_grid, texts_of_page
from fieldvisit.fieldwork.guide import Address
from fieldvisit.fieldwork.preparation import Preparation
from fieldvisit.fieldwork.sheets.expected import ExpectedSheet
from fieldvisit.fieldwork.sheets.tags import tags_of
from fieldvisit.fieldwork.terms import AUDIENCES
from fieldvisit.text import key


def expected_sheet(found: Preparation) -> ExpectedSheet:
    """Return what the sheets of the visit hold, for the city and for the interviewer."""
    labels = []
    questions: dict[str, Address] = {}
    ours: set[str] = set()
    for spoken in language.LANGUAGES:
        with language.speaking(spoken):
            for words, address in _questions(found):
                questions.setdefault(key(words), address)
            ours.update(map(key, _texts(found)))
            labels.append(question_sheet.answer_label())
    tags = tags_of(found.visit.id, found.addresses)
    return ExpectedSheet(found.visit.id, tags, questions, frozenset(ours - {""}), tuple(labels))


def _questions(found: Preparation) -> Iterator[tuple[str, Address]]:
    """Yield each question as it may stand on a sheet, with its number and without."""
    for topic in found.coverage.topics:
        for question, standing in zip(topic.topic.questions, topic.questions, strict=True):
            said = wordings.addressed(question.ask, found.coverage.city, found.day)
            number = f"{topic.topic.number}/{question.number}"
            for words in (said, question_sheet.asked(found, question)):
                yield f"{number} {words}", standing.address
                yield words, standing.address


def _texts(found: Preparation) -> Iterator[str]:
    """Yield what we write ourselves, for whichever audience the sheet was printed."""
    for audience in AUDIENCES:
        printed = replace(found, audience=audience)
        for sheet in (question_sheet, field_sheet):
            yield from texts_of_page(sheet.page(printed))
        for grid in (question_sheet.grid(printed), field_grid.grid(printed)):
            yield from texts_of_grid(grid)
