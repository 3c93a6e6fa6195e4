"""Follow-up (後日回答・追加照会): what cities still owe, an answer or their word on passages."""

from collections.abc import Iterable, Iterator
from datetime import date

from msgspec import Struct

from fieldvisit.fieldwork.city import City
from fieldvisit.fieldwork.coverage import TopicCoverage, VisitCoverage
from fieldvisit.fieldwork.guide import Question, Topic
from fieldvisit.fieldwork.sent_passage import SentPassage
from fieldvisit.fieldwork.states import Standing
from fieldvisit.fieldwork.visit import Visit
from fieldvisit.language import enumerated

ANSWER, CONFIRMATION = "answer", "confirmation"


class Owed(Struct, frozen=True):
    """What one city owes by one day.

    Either an answer, to ``question`` of ``topic`` (None = to the topic as such) as ``standing``
    tells, or its word on ``passages``. ``due`` is an ISO date or empty, ``days_over`` how many
    days it is overdue.
    """

    visit: Visit
    city: City
    due: str
    days_over: int
    topic: Topic | None = None
    question: Question | None = None
    standing: Standing | None = None
    passages: tuple[SentPassage, ...] = ()

    @property
    def kind(self) -> str:
        """Return `answer` or `confirmation`."""
        return CONFIRMATION if self.passages else ANSWER

    @property
    def who(self) -> str:
        """Return whom to ask: the department that has the passages, else the city's contact.

        Without either it is the departments that took part; empty if nobody is known.
        """
        asked = next((one.request.department for one in self.passages), "")
        departments = dict.fromkeys(person.department for person in self.visit.respondents)
        return asked or self.visit.contact or enumerated(filter(None, departments))

    @property
    def is_overdue(self) -> bool:
        """Tell whether it was due before today."""
        return self.days_over > 0

    @property
    def changed(self) -> int:
        """Return how many passages no longer read as they were sent."""
        return sum(one.is_changed for one in self.passages)


def follow_up(visits: Iterable[VisitCoverage], today: date) -> tuple[Owed, ...]:
    """Return what is owed at these visits, the longest overdue first, without a date last."""
    found = [owed for at in visits for owed in (*_answers_owed(at, today), *_words_owed(at, today))]
    return tuple(sorted(found, key=lambda owed: (not owed.due, owed.due)))


def _answers_owed(at: VisitCoverage, today: date) -> Iterator[Owed]:
    for topic in at.topics:
        for question, standing in _to_follow(topic):
            yield Owed(
                at.visit,
                at.city,
                standing.due,
                _days_over(standing.due, today),
                topic.topic,
                question,
                standing,
            )


def _to_follow(topic: TopicCoverage) -> Iterator[tuple[Question | None, Standing]]:
    yield from ((None, standing) for standing in topic.owed)
    for question, standing in zip(topic.topic.questions, topic.questions, strict=True):
        if standing.state == "to-follow":
            yield question, standing


def _words_owed(at: VisitCoverage, today: date) -> Iterator[Owed]:
    """Yield one for each letter: what went to one department with one date."""
    letters: dict[tuple[str, str], list[SentPassage]] = {}
    for passage in at.unconfirmed:
        request = passage.request
        letters.setdefault((request.due, request.department), []).append(passage)
    for (due, _department), passages in letters.items():
        yield Owed(at.visit, at.city, due, _days_over(due, today), passages=tuple(passages))


def _days_over(due: str, today: date) -> int:
    return max((today - date.fromisoformat(due)).days, 0) if due else 0
