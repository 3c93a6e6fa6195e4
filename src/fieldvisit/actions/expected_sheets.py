"""What the sheets of a visit hold by themselves, in both languages."""

from collections import Counter
from collections.abc import Iterable, Iterator
from dataclasses import replace

from fieldvisit import language
from fieldvisit.dates import are_days_in_words
from fieldvisit.documents import field_grid, field_sheet, question_sheet, wordings
from fieldvisit.documents.page import Block, Facts, Heading, Page
from fieldvisit.documents.page_texts import texts_of_grid, texts_of_page
from fieldvisit.fieldwork.guide import Address
from fieldvisit.fieldwork.note import Note
from fieldvisit.fieldwork.preparation import Preparation
from fieldvisit.fieldwork.sheets.expected import ExpectedSheet, OwnTexts
from fieldvisit.fieldwork.sheets.tags import tags_of
from fieldvisit.fieldwork.terms import AUDIENCES, STATES
from fieldvisit.text import key

_TOPIC = 2  # the level of headings of topics and of what stands beside them


def expected_sheet(found: Preparation, past: Iterable[Note] = ()) -> ExpectedSheet:
    """Return what the sheets of the visit hold, for the city and for the interviewer.

    ``past`` are notes as they once were, which older sheets may show.
    """
    gathering, past = _Gathering(found), tuple(past)
    for spoken in language.LANGUAGES:
        with language.speaking(spoken):
            gathering.take(past)
    notes = [note for placed in found.placed.values() for note in placed]
    handles = frozenset(note.handle for note in (*notes, *found.unsorted, *past))
    return gathering.sheet(handles)


class _Gathering:
    """What we write, as keys, language after language."""

    def __init__(self, found: Preparation) -> None:
        self._found = found
        self._questions: dict[str, Address] = {}
        self._sections: dict[str, Address | None] = {}
        self._head: set[str] = set()
        self._below: set[str] = set()
        self._table: set[str] = set()
        self._topics: set[str] = set()
        self._dated: set[str] = set()
        self._states: set[str] = set()
        self._labels: list[str] = []

    def take(self, past: Iterable[Note]) -> None:
        """Take what is written in the language in use."""
        self._labels.append(question_sheet.answer_label())
        for words, address in _questions(self._found):
            self._questions.setdefault(key(words), address)
        for topic in self._found.coverage.topics:
            heading = f"{topic.topic.number} {topic.topic.title}"
            self._sections.setdefault(key(heading), Address(topic.topic.key))
        for page in _heads(self._found):
            self._take_head(page)
        for page in _pages(self._found):
            self._take_below(page)
        self._take_grids()
        self._states.update(key(line) for line in _states())
        self._below.update(key(line) for note in past for line in _shown(self._found, note))

    def _take_head(self, page: Page) -> None:
        self._head.update(map(key, texts_of_page(page)))
        self._dated.update(key(name) for name, value in _facts(page) if are_days_in_words(value))

    def _take_below(self, page: Page) -> None:
        for block in page.blocks:
            if isinstance(block, Heading) and block.level <= _TOPIC:
                self._sections.setdefault(key(block.text), None)
        first = next((at for at, b in enumerate(page.blocks) if _is_topic(b)), len(page.blocks))
        self._below.update(map(key, texts_of_page(Page(page.blocks[first:]))))

    def _take_grids(self) -> None:
        for audience in AUDIENCES:
            printed = replace(self._found, audience=audience)
            for grid in (question_sheet.grid(printed), field_grid.grid(printed)):
                self._table.update(map(key, texts_of_grid(grid)))
        at = [column.key for column in grid.columns].index("topic")
        self._topics.update(key(str(row[at] or "")) for row in grid.rows)
        self._topics.update(key(str(topic.topic.title)) for topic in self._found.coverage.topics)

    def sheet(self, handles: frozenset[str]) -> ExpectedSheet:
        """Return all that was taken."""
        visit_id = self._found.visit.id
        ours = (self._head, self._below, self._table, self._topics)
        return ExpectedSheet(
            visit_id,
            tags_of(visit_id, self._found.addresses),
            self._questions,
            OwnTexts(*(frozenset(keys - {""}) for keys in ours)),
            tuple(self._labels),
            _numbers(self._found),
            self._sections,
            frozenset(self._dated),
            frozenset(self._states),
            handles,
        )


def _questions(found: Preparation) -> Iterator[tuple[str, Address]]:
    """Yield each question as it may stand on a sheet, with its number and without."""
    for topic in found.coverage.topics:
        for question, standing in zip(topic.topic.questions, topic.questions, strict=True):
            said = wordings.addressed(question.ask, found.coverage.city, found.day)
            number = f"{topic.topic.number}/{question.number}"
            for words in (said, question_sheet.asked(found, question)):
                yield f"{number} {words}", standing.address
                yield words, standing.address


def _numbers(found: Preparation) -> dict[str, Address | None]:
    """Return the address behind each number, None where several guides have it."""
    numbered = [
        pair
        for topic in found.coverage.topics
        for pair in (
            (str(topic.topic.number), Address(topic.topic.key)),
            *(
                (f"{topic.topic.number}/{question.number}", standing.address)
                for question, standing in zip(topic.topic.questions, topic.questions, strict=True)
            ),
        )
    ]
    times = Counter(number for number, _address in numbered)
    return {number: address if times[number] == 1 else None for number, address in numbered}


def _heads(found: Preparation) -> Iterator[Page]:
    """Yield the sheets without topics, with every date on them and without any."""
    bare = replace(found, placed={}, unsorted=())
    for first_day in (found.day.isoformat(), found.visit.first_day, ""):
        visit = replace(found.visit, first_day=first_day)
        coverage = replace(found.coverage, visit=visit, topics=())
        dated = replace(bare, coverage=coverage, reply_by=found.day.isoformat())
        for audience in AUDIENCES:
            yield from _pages(replace(dated, audience=audience))


def _pages(found: Preparation) -> tuple[Page, Page]:
    return question_sheet.page(found), field_sheet.page(found)


def _facts(page: Page) -> Iterator[tuple[str, str]]:
    for block in page.blocks:
        if isinstance(block, Facts):
            yield from block.items


def _is_topic(block: Block) -> bool:
    return isinstance(block, Heading) and block.level == _TOPIC


def _states() -> Iterator[str]:
    """Yield the states below a question, as they begin whatever date stands behind them."""
    for value in STATES:
        yield field_sheet.state_line(STATES.word(value))
    yield field_sheet.state_line(wordings.more_to_follow())


def _shown(found: Preparation, note: Note) -> Iterator[str]:
    """Yield the lines in which a sheet shows a note."""
    line = field_sheet.known(note)
    yield from (line, *line.splitlines(), field_sheet.note_box(found, note).label)
