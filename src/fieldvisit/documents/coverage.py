"""Coverage (回答状況一覧) as a page, a grid and a shape; and the list of what is still open."""

from collections.abc import Iterable, Iterator, Mapping, Sequence
from typing import TypeVar

from msgspec import Struct

from fieldvisit.documents import shapes, wordings
from fieldvisit.documents.document import Column, Document, Grid, Value
from fieldvisit.documents.page import Block, Heading, Page, Paragraph, Table
from fieldvisit.documents.shapes import Shape, taken
from fieldvisit.documents.wordings import number
from fieldvisit.fieldwork.coverage import (
    AskedBefore,
    Owed,
    VisitCoverage,
)
from fieldvisit.fieldwork.guide import Question, Topic, Words
from fieldvisit.fieldwork.states import STILL_TO_ASK, Standing
from fieldvisit.fieldwork.terms import CONFIRMATIONS, STATUSES
from fieldvisit.language import _, counted, enumerated

P = TypeVar("P", Topic, Question)
Line = tuple[str, Words, Standing]


class _Written(Struct, frozen=True):
    """The coverage of visits; ``only_open`` leaves what is still to ask or to follow.

    The page has questions down and visits across, or what cities owe and one list a visit of
    what is open.
    """

    found: Sequence[VisitCoverage]
    audience: str
    only_open: bool
    owed: Sequence[Owed]

    def lines(self, visit: VisitCoverage) -> Iterator[Line]:
        for topic in visit.topics:
            for standing in topic.owed:
                yield str(topic.topic.number), topic.topic.title, standing
            for question, standing in topic.standings:
                if not self.only_open or standing.state in STILL_TO_ASK:
                    yield number(topic.topic, question), question.ask, standing

    def page(self) -> Page:
        title = _("Still to ask or to follow") if self.only_open else _("Coverage")
        blocks: list[Block] = [Heading(1, title)]
        blocks.append(Paragraph(wordings.audience_line(self.audience), quiet=True))
        if not self.found:
            blocks.append(Paragraph(_("There are no visits yet.")))
        elif self.only_open:
            blocks += owed_blocks(self.owed)
            for visit in self.found:
                blocks += self._open_at(visit)
        else:
            blocks += [visit_table(self.found), self._matrix()]
        return Page(tuple(blocks))

    def _open_at(self, visit: VisitCoverage) -> Iterator[Block]:
        yield Heading(2, f"{visit.city.name} {visit.visit.handle} {wordings.days(visit.visit)}")
        yield Paragraph(wordings.counts(visit.counts))
        rows = [[no, str(words), wordings.state(found)] for no, words, found in self.lines(visit)]
        head = [_("no."), _("question"), _("state")]
        yield Table.of(head, rows) if rows else Paragraph(_("Nothing is open."))

    def _matrix(self) -> Table:
        """Return questions down, visits across, each topic headed by its state and counts."""
        topics = _first(at.topic for visit in self.found for at in visit.topics)
        rows: list[list[str]] = []
        for key, topic in topics.items():
            covered = [visit.topic(key) for visit in self.found]
            states = [
                wordings.state_and_counts(at.state, at.counts) if at else "—" for at in covered
            ]
            rows.append([str(topic.number), f"{topic.title}{wordings.bracketed(key)}", *states])
            for question in _first(q for at in covered if at for q in at.topic.questions).values():
                own = (
                    {q.address.question: q for q in at.questions} if at else {} for at in covered
                )
                found = (known.get(question.key) for known in own)
                cells = [wordings.state(one) if one else "—" for one in found]
                rows.append([number(topic, question), str(question.ask), *cells])
        return Table.of([_("no."), _("question"), *(v.visit.handle for v in self.found)], rows)

    def grid(self) -> Grid:
        columns = {
            "visit": _("visit"),
            "city_code": _("code"),
            "city": _("city"),
            "number": _("no."),
            "address": _("address"),
            "ask": _("question"),
            "state": _("state (fixed value)"),
            "state_words": _("state"),
            "due": _("due"),
        }
        rows = tuple(row for visit in self.found for row in self._rows(visit))
        return Grid(tuple(Column(key, title) for key, title in columns.items()), rows)

    def _rows(self, visit: VisitCoverage) -> Iterator[tuple[Value, ...]]:
        """Yield a row for each line, then for each letter on which the city owes its word."""
        at = (visit.visit.handle, visit.city.printed_code or None, visit.city.name)
        for no, words, found in self.lines(visit):
            asked = (no, str(found.address), str(words))
            yield (*at, *asked, found.state, wordings.state(found), found.due or None)
        for owed in self.owed if self.only_open else ():
            if owed.passages and owed.visit == visit.visit:
                state = ("sent", CONFIRMATIONS.word("sent"), owed.due or None)
                yield (*at, None, None, _owed_words(owed), *state)

    def shape(self) -> Shape:
        return {
            "audience": self.audience,
            "visits": [self._shape(visit) for visit in self.found],
            "follow_up": owed_shape(self.owed),
        }

    def _shape(self, visit: VisitCoverage) -> Shape:
        return {
            "visit": visit.visit.handle,
            "city": shapes.city_name(visit.city),
            "questions": [
                {
                    **taken(found.address, "topic", "question"),
                    **taken(found, "state", "reason", "due"),
                }
                for _number, _words, found in self.lines(visit)
            ],
            **shapes.counts(visit.counts),
        }


def document(
    found: Sequence[VisitCoverage],
    audience: str,
    *,
    only_open: bool = False,
    owed: Sequence[Owed] = (),
) -> Document:
    """Return the coverage of visits, or what is still to ask or to follow; what cities owe."""
    written = _Written(found, audience, only_open, owed)
    return Document("coverage", written.page, written.grid, written.shape)


def _first(found: Iterable[P]) -> dict[str, P]:
    """Return topics or questions by key; of several with one key the first."""
    firsts: dict[str, P] = {}
    for one in found:
        firsts.setdefault(one.key, one)
    return firsts


def visit_table(found: Sequence[VisitCoverage], *, statuses: bool = False) -> Table:
    """Return the visits with their coverage, and perhaps whether they took place."""
    columns = [
        (_("visit"), [one.visit.handle for one in found]),
        (_("city"), [one.city.name for one in found]),
        (_("date"), [wordings.days(one.visit) for one in found]),
        (_("status"), [STATUSES.word(one.visit.status) for one in found]),
        (_("coverage"), [wordings.counts(one.counts) for one in found]),
    ]
    heads, cells = zip(*(columns if statuses else columns[:3] + columns[4:]), strict=True)
    return Table.of(heads, list(zip(*cells, strict=True)))


def owed_blocks(found: Sequence[Owed]) -> Iterator[Block]:
    """Yield the list in its order, nothing if nothing is owed."""
    if not found:
        return
    rows = [
        [_due(owed), f"{owed.city.name} {owed.visit.handle}", _owed_words(owed)] for owed in found
    ]
    yield Heading(2, _("To follow"))
    yield Table.of([_("due"), _("city"), _("what")], rows)


def _owed_words(owed: Owed) -> str:
    """Return in words what is owed: the question, or how many passages."""
    if owed.topic is None:
        return _passages(owed)
    words = owed.question.ask if owed.question else owed.topic.title
    day = owed.visit.day
    said = wordings.addressed(words, owed.city, day) if day else str(words)
    reason = owed.standing.reason if owed.standing else ""
    return f"{number(owed.topic, owed.question)} {said}{wordings.bracketed(reason)}"


def _passages(owed: Owed) -> str:
    text = counted(
        "{n} passage to be confirmed", "{n} passages to be confirmed", len(owed.passages)
    )
    sent = min(one.request.sent_on for one in owed.passages)
    details = [
        owed.passages[0].request.department,
        _("sent {date}").format(date=wordings.day(sent)) if sent else "",
        _("changed since: {n}").format(n=owed.changed) if owed.changed else "",
    ]
    return text + wordings.bracketed(enumerated(detail for detail in details if detail))


def _due(owed: Owed) -> str:
    if not owed.due:
        return _("no date")
    over = counted("OVERDUE by {n} day", "OVERDUE by {n} days", owed.days_over)
    return wordings.day(owed.due) + wordings.bracketed(over if owed.is_overdue else "")


def owed_shape(found: Sequence[Owed]) -> list[Shape]:
    """Return the list for JSON."""
    return [_shape(owed) for owed in found]


def _shape(owed: Owed) -> Shape:
    sent = [one.request.sent_on for one in owed.passages]
    standing = owed.standing
    return {
        "kind": owed.kind,
        "visit": owed.visit.handle,
        "city": shapes.city_name(owed.city),
        **taken(standing and standing.address, "topic", "question"),
        **taken(standing, "reason"),
        "passages": [one.note.handle for one in owed.passages],
        "changed": owed.changed,
        "sent": min(sent, default="") or None,
        "due": owed.due or None,
        "days_overdue": owed.days_over,
    }


def asked_before(one: AskedBefore, groups: Mapping[str, str]) -> str:
    """Return that and where a city was asked; ``groups`` names study groups by short name."""
    before = one.before.visit
    names = enumerated(groups.get(short, short) for short in before.study_groups)
    sentence = (
        _(
            "{city} was asked {asked} of the questions of {visit} already, for another study "
            "group: at {before} ({where}). Answered: {answered}"
        )
        if one.is_for_others
        else _(
            "{city} was asked {asked} of the questions of {visit} already: at {before} ({where}). "
            "Answered: {answered}"
        )
    )
    return sentence.format(
        city=one.before.city.name,
        asked=one.asked,
        visit=one.now.handle,
        before=before.handle,
        where=enumerated(filter(None, (wordings.days(before), names))),
        answered=one.answered,
    )
