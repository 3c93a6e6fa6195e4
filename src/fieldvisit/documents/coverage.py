"""Coverage (回答状況一覧) as a page, a grid and a shape; and the list of what is still open."""

from collections.abc import Iterable, Iterator, Sequence
from typing import Any

from fieldvisit.documents import follow_up, wordings
from fieldvisit.documents.document import Document
from fieldvisit.documents.grid import Column, Grid, Value
from fieldvisit.documents.page import Block, Heading, Page, Paragraph, Table
from fieldvisit.fieldwork.coverage import Owed, TopicCoverage, VisitCoverage
from fieldvisit.fieldwork.guide import Question, Topic, Words
from fieldvisit.fieldwork.states import STILL_TO_ASK, Standing
from fieldvisit.fieldwork.terms import CONFIRMATIONS
from fieldvisit.language import _

Line = tuple[str, Words, Standing]


def document(
    found: Sequence[VisitCoverage],
    audience: str,
    *,
    only_open: bool = False,
    only_topics: bool = False,
    owed: Sequence[Owed] = (),
) -> Document:
    """Return the coverage of visits; ``only_open`` leaves what is still to ask or to follow.

    The page has questions down and visits across, or what cities owe and one list a visit of
    what is open. ``only_topics`` leaves out its questions.
    """
    writer = _Writer(found, audience, owed, only_open=only_open, only_topics=only_topics)
    return Document("coverage", writer.page, writer.grid, writer.shape)


class _Writer:
    def __init__(
        self,
        found: Sequence[VisitCoverage],
        audience: str,
        owed: Sequence[Owed],
        *,
        only_open: bool,
        only_topics: bool,
    ) -> None:
        self.owed = owed
        self.only_topics = only_topics
        self.found = found
        self.audience = audience
        self.only_open = only_open

    def lines(self, visit: VisitCoverage) -> Iterator[Line]:
        for topic in visit.topics:
            for standing in topic.owed:
                yield str(topic.topic.number), topic.topic.title, standing
            for question, standing in zip(topic.topic.questions, topic.questions, strict=True):
                if self.only_open and standing.state not in STILL_TO_ASK:
                    continue
                yield f"{topic.topic.number}/{question.number}", question.ask, standing

    def page(self) -> Page:
        title = _("Still to ask or to follow") if self.only_open else _("Coverage")
        blocks: list[Block] = [Heading(1, title)]
        blocks.append(Paragraph(wordings.audience_line(self.audience), quiet=True))
        if not self.found:
            blocks.append(Paragraph(_("There are no visits yet.")))
        elif self.only_open:
            blocks += follow_up.blocks(self.owed)
            for visit in self.found:
                blocks += self._open_at(visit)
        else:
            blocks += [self._visits(), self._matrix()]
        return Page(tuple(blocks))

    def _open_at(self, visit: VisitCoverage) -> Iterator[Block]:
        yield Heading(2, _head(visit))
        yield Paragraph(wordings.counts(visit.counts))
        rows = [
            [number, str(words), wordings.state(standing)]
            for number, words, standing in self.lines(visit)
        ]
        if rows:
            yield Table.of([_("no."), _("question"), _("state")], rows)
        else:
            yield Paragraph(_("Nothing is open."))

    def _visits(self) -> Table:
        rows = [
            [
                visit.visit.handle,
                visit.city.name,
                wordings.days(visit.visit),
                wordings.counts(visit.counts),
            ]
            for visit in self.found
        ]
        return Table.of([_("visit"), _("city"), _("date"), _("coverage")], rows)

    def _matrix(self) -> Table:
        """Return questions down, visits across, each topic headed by its state and counts."""
        head = [_("no."), _("question"), *(visit.visit.handle for visit in self.found)]
        rows: list[list[str]] = []
        for key, topic in _topics(self.found).items():
            covered = [visit.topic(key) for visit in self.found]
            states = [
                wordings.state_and_counts(at.state, at.counts) if at else "—" for at in covered
            ]
            rows.append([str(topic.number), f"{topic.title}{wordings.bracketed(key)}", *states])
            questions = () if self.only_topics else _questions(at.topic for at in covered if at)
            for question in questions:
                cells = [_cell(at, question.key) for at in covered]
                rows.append([f"{topic.number}/{question.number}", str(question.ask), *cells])
        return Table.of(head, rows)

    def grid(self) -> Grid:
        rows: list[tuple[Value, ...]] = []
        for visit in self.found:
            for number, words, standing in self.lines(visit):
                rows.append(
                    (
                        visit.visit.handle,
                        visit.city.printed_code or None,
                        visit.city.name,
                        number,
                        str(standing.address),
                        str(words),
                        standing.state,
                        wordings.state(standing),
                        standing.due or None,
                    )
                )
            rows += self._passages(visit) if self.only_open else ()
        return Grid(_columns(), tuple(rows))

    def _passages(self, visit: VisitCoverage) -> Iterator[tuple[Value, ...]]:
        """Yield a row for each letter on which the city of the visit owes its word."""
        code = visit.city.printed_code or None
        for owed in self.owed:
            if owed.passages and owed.visit == visit.visit:
                at = (visit.visit.handle, code, visit.city.name, None, None)
                state = ("sent", CONFIRMATIONS.word("sent"), owed.due or None)
                yield (*at, follow_up.what(owed), *state)

    def shape(self) -> dict[str, Any]:
        return {
            "audience": self.audience,
            "visits": [self._shape(visit) for visit in self.found],
            "follow_up": follow_up.shape(self.owed),
        }

    def _shape(self, visit: VisitCoverage) -> dict[str, Any]:
        counts = visit.counts
        return {
            "visit": visit.visit.handle,
            "city": {"code": visit.city.printed_code or None, "name": visit.city.name},
            "questions": [
                {
                    "topic": standing.address.topic,
                    "question": standing.address.question,
                    "state": standing.state,
                    "reason": standing.reason or None,
                    "due": standing.due or None,
                }
                for _number, _words, standing in self.lines(visit)
            ],
            "answered": counts.answered,
            "asked": counts.asked,
            "to_follow": counts.to_follow,
            "open": counts.open,
        }


def _head(visit: VisitCoverage) -> str:
    return f"{visit.city.name} {visit.visit.handle} {wordings.days(visit.visit)}"


def _topics(found: Sequence[VisitCoverage]) -> dict[str, Topic]:
    """Return the topics of all visits, those of the first visit first."""
    topics: dict[str, Topic] = {}
    for visit in found:
        for covered in visit.topics:
            topics.setdefault(covered.topic.key, covered.topic)
    return topics


def _questions(topics: Iterable[Topic]) -> Iterable[Question]:
    """Return the questions that any of the visits has under one topic."""
    questions: dict[str, Question] = {}
    for topic in topics:
        for question in topic.questions:
            questions.setdefault(question.key, question)
    return questions.values()


def _cell(covered: TopicCoverage | None, key: str) -> str:
    """Return the state of a question at one visit; a dash where its guides have no such one."""
    questions = covered.questions if covered else ()
    found = next((q for q in questions if q.address.question == key), None)
    return wordings.state(found) if found else "—"


def _columns() -> tuple[Column, ...]:
    return (
        Column("visit", _("visit")),
        Column("city_code", _("code")),
        Column("city", _("city")),
        Column("number", _("no.")),
        Column("address", _("address")),
        Column("ask", _("question")),
        Column("state", _("state (fixed value)")),
        Column("state_words", _("state")),
        Column("due", _("due")),
    )
