"""Coverage (回答状況一覧) as a page, a grid and a shape; and the list of what is still open."""

from collections.abc import Iterator, Sequence
from typing import Any

from fieldvisit.documents import wordings
from fieldvisit.documents.document import Document
from fieldvisit.documents.grid import Column, Grid, Value
from fieldvisit.documents.page import Block, Heading, Page, Paragraph, Table
from fieldvisit.fieldwork.coverage import VisitCoverage
from fieldvisit.fieldwork.guide import Question
from fieldvisit.fieldwork.states import STILL_TO_ASK, Standing
from fieldvisit.language import _

Line = tuple[VisitCoverage, str, Question, Standing]


def document(found: Sequence[VisitCoverage], audience: str, *, only_open: bool = False) -> Document:
    """Return the coverage of visits; ``only_open`` leaves what is still to ask or to follow."""
    writer = _Writer(found, audience, only_open=only_open)
    return Document("coverage", writer.page, writer.grid, writer.shape)


class _Writer:
    def __init__(self, found: Sequence[VisitCoverage], audience: str, *, only_open: bool) -> None:
        self.found = found
        self.audience = audience
        self.only_open = only_open

    def lines(self, visit: VisitCoverage) -> Iterator[Line]:
        for topic in visit.topics:
            for question, standing in zip(topic.topic.questions, topic.questions, strict=True):
                if self.only_open and standing.state not in STILL_TO_ASK | {"not-stated"}:
                    continue
                number = f"{topic.topic.number}/{question.number}"
                yield visit, number, question, standing

    def page(self) -> Page:
        title = _("Still to ask or to follow") if self.only_open else _("Coverage")
        blocks: list[Block] = [Heading(1, title)]
        if line := wordings.audience_line(self.audience):
            blocks.append(Paragraph(line, quiet=True))
        if not self.found:
            blocks.append(Paragraph(_("There are no visits yet.")))
        for visit in self.found:
            blocks += self._visit(visit)
        return Page(tuple(blocks))

    def _visit(self, visit: VisitCoverage) -> Iterator[Block]:
        yield Heading(2, f"{visit.city.name} {visit.visit.handle} {wordings.days(visit.visit)}")
        yield Paragraph(wordings.counts(visit.counts))
        rows = [
            [number, str(question.ask), wordings.state(standing)]
            for _visit, number, question, standing in self.lines(visit)
        ]
        if rows:
            yield Table.of([_("no."), _("question"), _("state")], rows)
        else:
            yield Paragraph(_("Nothing is open."))

    def grid(self) -> Grid:
        rows: list[tuple[Value, ...]] = []
        for visit in self.found:
            for _visit, number, question, standing in self.lines(visit):
                rows.append(
                    (
                        visit.visit.handle,
                        visit.city.printed_code or None,
                        visit.city.name,
                        number,
                        str(standing.address),
                        str(question.ask),
                        standing.state,
                        wordings.state(standing),
                        standing.due or None,
                    )
                )
        return Grid(_columns(), tuple(rows))

    def shape(self) -> dict[str, Any]:
        return {"audience": self.audience, "visits": [self._shape(visit) for visit in self.found]}

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
                for _visit, _number, _question, standing in self.lines(visit)
            ],
            "answered": counts.answered,
            "asked": counts.asked,
            "to_follow": counts.to_follow,
            "open": counts.open,
        }


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
