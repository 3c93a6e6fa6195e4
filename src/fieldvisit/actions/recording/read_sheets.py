"""`record VISIT FILE…`: sheets that were filled in elsewhere, read back."""

from collections import Counter
from collections.abc import Iterable, Iterator, Sequence
from pathlib import Path

from msgspec import Struct
from msgspec.structs import replace

from fieldvisit import language
from fieldvisit.actions.prepare import preparation
from fieldvisit.dates import are_days_in_words
from fieldvisit.documents import field_grid, field_sheet, follow_up, question_sheet, wordings
from fieldvisit.documents.document import Grid
from fieldvisit.documents.page import Block, Facts, Heading, Page
from fieldvisit.documents.page_texts import texts_of_grid, texts_of_page
from fieldvisit.documents.sheet_parts import addressed
from fieldvisit.errors import Refused
from fieldvisit.exchange.returned_files import Returned, read
from fieldvisit.fieldwork.coverage import TopicCoverage
from fieldvisit.fieldwork.guide import Address, Question
from fieldvisit.fieldwork.note import Note
from fieldvisit.fieldwork.preparation import Preparation
from fieldvisit.fieldwork.sheets.expected import ExpectedSheet, OwnTexts, handles_in
from fieldvisit.fieldwork.sheets.filled import FilledSheet
from fieldvisit.fieldwork.sheets.returned_file import ReturnedPage
from fieldvisit.fieldwork.sheets.returned_page import read_page
from fieldvisit.fieldwork.sheets.returned_table import read_table
from fieldvisit.fieldwork.sheets.tags import CONFIRMATION, read_sheet_tag, tags_of, visit_of
from fieldvisit.fieldwork.terms import AUDIENCES, STATES
from fieldvisit.fieldwork.visit import Visit
from fieldvisit.language import _
from fieldvisit.settings import Settings
from fieldvisit.storage import gate
from fieldvisit.study.references import find_visit
from fieldvisit.study.view import StudyView, viewing
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
        self._sentences: list[tuple[str, str]] = []

    def take(self, past: Iterable[Note]) -> None:
        """Take what is written in the language in use."""
        self._labels.append(question_sheet.answer_label())
        self._sentences += _around_dates()
        for words, address in _questions(self._found):
            self._questions.setdefault(key(words), address)
        for heading, topic in _sections(self._found):
            self._sections.setdefault(key(heading), topic)
        for bare in _without_topics(self._found):
            self._take_head(bare)
        self._below.update(map(key, _below(self._found)))
        self._below.update(key(line) for note in past for line in _shown(self._found, note))
        self._states.update(map(key, _states()))
        self._topics.update(map(key, _topics(self._found)))

    def _take_head(self, bare: Preparation) -> None:
        for page in _pages(bare):
            self._head.update(map(key, texts_of_page(page)))
            self._sections.update((key(text), None) for text in _titles(page))
            self._dated.update(key(n) for n, value in _facts(page) if are_days_in_words(value))
        for grid in _grids(bare):
            self._table.update(map(key, texts_of_grid(grid)))

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
            tuple(self._sentences),
        )


def _asked(found: Preparation) -> Iterator[tuple[TopicCoverage, Question, Address]]:
    """Yield every question of the visit, asked or not."""
    for topic in found.coverage.topics:
        for question, standing in zip(topic.topic.questions, topic.questions, strict=True):
            yield topic, question, standing.address


def _questions(found: Preparation) -> Iterator[tuple[str, Address]]:
    """Yield each question as it may stand on a sheet, with its number and without."""
    for topic, question, address in _asked(found):
        said = addressed(found, question.ask)
        for words in (said, question_sheet.asked(found, question)):
            yield f"{topic.topic.number}/{question.number} {words}", address
            yield words, address


def _numbers(found: Preparation) -> dict[str, Address | None]:
    """Return the address behind each number, None where several guides have it."""
    numbered = [
        *((str(t.topic.number), Address(t.topic.key)) for t in found.coverage.topics),
        *((f"{t.topic.number}/{question.number}", at) for t, question, at in _asked(found)),
    ]
    times = Counter(number for number, _address in numbered)
    return {number: address if times[number] == 1 else None for number, address in numbered}


def _sections(found: Preparation) -> Iterator[tuple[str, Address | None]]:
    """Yield the headings of topics, and those of what stands below them all."""
    for topic in found.coverage.topics:
        yield f"{topic.topic.number} {topic.topic.title}", Address(topic.topic.key)
    yield from ((heading, None) for heading in field_sheet.headings_below())


def _topics(found: Preparation) -> Iterator[str]:
    """Yield what we write into the column of topics."""
    yield from (str(topic.topic.title) for topic in found.coverage.topics)
    yield field_grid.unsorted()


def _without_topics(found: Preparation) -> Iterator[Preparation]:
    """Yield what the head of a sheet rests on, with every date on it and without any."""
    bare = replace(found, placed={}, unsorted=(), reply_by=found.day.isoformat())
    for first_day in (found.day.isoformat(), found.visit.first_day, ""):
        last_day = found.visit.last_day if first_day else ""
        visit = replace(found.visit, first_day=first_day, last_day=last_day)
        coverage = replace(found.coverage, visit=visit, topics=())
        for audience in AUDIENCES:
            yield replace(bare, coverage=coverage, audience=audience)


def _below(found: Preparation) -> Iterator[str]:
    """Yield what may stand below topics and questions, whichever of them were asked."""
    for page in _pages(_all_asked(found)):
        blocks = page.blocks
        first = next((at for at, block in enumerate(blocks) if _is_topic(block)), len(blocks))
        yield from texts_of_page(Page(blocks[first:]))
    yield field_sheet.known_so_far()
    for topic, question, _address in _asked(found):
        yield field_sheet.unasked(topic, question)


def _all_asked(found: Preparation) -> Preparation:
    """Return the same with no question left out: it may have been asked when a sheet went out."""
    topics = tuple(
        replace(topic, questions=tuple(replace(one, in_scope=True) for one in topic.questions))
        for topic in found.coverage.topics
    )
    chosen = tuple(one for one in found.visit.questions if one.choice != "skip")
    visit = replace(found.visit, questions=chosen)
    coverage = replace(found.coverage, visit=visit, topics=topics)
    return replace(found, coverage=coverage, attributes=frozenset())


def _pages(found: Preparation) -> tuple[Page, ...]:
    return question_sheet.page(found), field_sheet.page(found), follow_up.page(found)


def _grids(found: Preparation) -> tuple[Grid, ...]:
    return question_sheet.grid(found), field_grid.grid(found), follow_up.grid(found)


def _around_dates() -> Iterator[tuple[str, str]]:
    """Yield what stands before and behind the date in each sentence that holds one."""
    for sentence in (follow_up.thanks(), follow_up.request()):
        before, _date, after = sentence.partition("{date}")
        yield before, after


def _titles(page: Page) -> Iterator[str]:
    yield from (block.text for block in page.blocks if isinstance(block, Heading))


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
    yield follow_up.promised()


def _shown(found: Preparation, note: Note) -> Iterator[str]:
    """Yield the lines in which a sheet shows a note."""
    line = field_sheet.known(found, note)
    yield from (line, *line.splitlines(), field_sheet.note_box(found, note).label)


class SheetReading(Struct, frozen=True):
    """What the files of one visit hold, file by file."""

    visit: str
    sheets: tuple[FilledSheet, ...]


def read_sheets(given: Settings, typed: str, files: Sequence[Path]) -> SheetReading:
    """Return what stands in ``files``; Refused if one is no sheet, or of another visit."""
    with viewing(given, "all") as view:
        visit = find_visit(view, typed)
        files_read = [_returned(view, visit, path) for path in files]
        past = tuple(_past_notes(view, visit, files_read))
        expected = expected_sheet(preparation(view, visit), past)
        return SheetReading(visit.handle, tuple(_sheet(one, expected) for one in files_read))


def _returned(view: StudyView, visit: Visit, path: Path) -> Returned:
    found = read(path)
    if (tag := read_sheet_tag(found.sheet)) and tag[1] == CONFIRMATION:
        raise Refused(
            _("{path} holds what the city was to confirm.").format(path=path),
            _("Read it with: fieldvisit read {path}").format(path=path),
        )
    _refuse_another_visit(view, visit, found, path)
    return found


def _past_notes(view: StudyView, visit: Visit, files: Sequence[Returned]) -> Iterator[Note]:
    """Yield as they once were the notes whose handles a page names: a sheet may be older."""
    pages = [page for page in files if isinstance(page, ReturnedPage)]
    named = {handle for page in pages for line in page.lines for handle in handles_in(line.text)}
    if named:
        notes = gate.notes(
            view.connection, "all", gate.NotesAsked(city_code=visit.city_code, deleted=True)
        )
        for note in notes:
            if note.handle in named:
                yield from (then for _r, then in gate.revisions(view.connection, "all", note.id))


def _sheet(returned: Returned, expected: ExpectedSheet) -> FilledSheet:
    if isinstance(returned, ReturnedPage):
        return read_page(returned, expected)
    return read_table(returned, expected)


def _refuse_another_visit(view: StudyView, visit: Visit, returned: Returned, path: Path) -> None:
    named = set(_visits_named(returned))
    if not named or visit.id in named:
        return
    other = next((v.handle for v in view.visits if v.id in named), "")
    raise Refused(
        _("{path} was made for another visit.").format(path=path)
        + (f" ({other})" if other else ""),
        _("Give it to `record` together with that visit. Nothing was changed."),
    )


def _visits_named(returned: Returned) -> Iterator[str]:
    """Yield the ids of visits in the tags of the sheet, its boxes or its rows."""
    if tag := read_sheet_tag(returned.sheet):
        yield tag[0]
        return
    if isinstance(returned, ReturnedPage):
        tags = (line.box for line in returned.lines)
    else:
        tags = (row.cells.get("tag", "") for row in returned.rows)
    yield from filter(None, map(visit_of, filter(None, tags)))
