"""How a visit stands: the state of every question, and what the city still owes."""

from collections.abc import Collection, Iterable, Iterator, Mapping
from datetime import date

from msgspec import Struct
from msgspec.structs import replace

from fieldvisit.fieldwork.city import City
from fieldvisit.fieldwork.confirmation import SentPassage
from fieldvisit.fieldwork.crosswalk import Crosswalk
from fieldvisit.fieldwork.disclosure import state_for
from fieldvisit.fieldwork.guide import Address, Guide, Question, Topic
from fieldvisit.fieldwork.note import Note
from fieldvisit.fieldwork.states import (
    Counts,
    Mark,
    Standing,
    kinds_at,
    owed_as_such,
    standing,
    topic_standings,
    topic_state,
)
from fieldvisit.fieldwork.terms import ANSWERING_KINDS
from fieldvisit.fieldwork.visit import Visit
from fieldvisit.language import enumerated


class TopicCoverage(Struct, frozen=True):
    """One topic at a visit: its state, how it stands as such, and its questions."""

    topic: Topic
    state: str
    own: Standing
    questions: tuple[Standing, ...]

    @property
    def owed(self) -> tuple[Standing, ...]:
        """Return the topic's own standing if an answer to it as such is to follow."""
        return owed_as_such(self.own, self.questions)

    @property
    def counts(self) -> Counts:
        """Count the questions of the topic."""
        return Counts.of(self.questions, self.owed)


class VisitCoverage(Struct, frozen=True):
    """All topics of the guides of one visit, under the guides' current addresses.

    ``unconfirmed`` are its passages on which the city was asked for its word.
    """

    visit: Visit
    city: City
    topics: tuple[TopicCoverage, ...]
    unconfirmed: tuple[SentPassage, ...] = ()

    @property
    def questions(self) -> tuple[Standing, ...]:
        """Return how every question stands, in the guides' order."""
        return tuple(standing for topic in self.topics for standing in topic.questions)

    @property
    def owed(self) -> tuple[Standing, ...]:
        """Return the topics to which as such an answer is to follow."""
        return tuple(standing for topic in self.topics for standing in topic.owed)

    @property
    def counts(self) -> Counts:
        """Count the questions of the visit."""
        return Counts.of(self.questions, self.owed)

    def topic(self, key: str) -> TopicCoverage | None:
        """Return the topic with that key, None if the visit's guides have none."""
        return next((topic for topic in self.topics if topic.topic.key == key), None)


class CoverageInputs(Struct, frozen=True):
    """What the coverage of one visit rests on: the visit's and the city's own notes, the marks."""

    visit: Visit
    city: City
    guides: tuple[Guide, ...]
    attributes: frozenset[str]
    notes: tuple[Note, ...]
    marks: tuple[Mark, ...]


def cover(
    inputs: CoverageInputs,
    crosswalk: Crosswalk,
    audience: str,
    topics_asked: Collection[str] | None = None,
) -> VisitCoverage:
    """Return how the visit stands on the topics asked for, as ``audience`` may read it."""
    marks = {crosswalk.now(mark.address): mark for mark in inputs.marks}
    kinds = kinds_at(inputs.notes, crosswalk.now)
    topics = tuple(
        _cover_topic(topic, inputs.attributes, kinds, marks, audience)
        for topic in lined_up(inputs, crosswalk)
        if topics_asked is None or topic.key in topics_asked
    )
    return VisitCoverage(inputs.visit, inputs.city, topics)


def lined_up(inputs: CoverageInputs, crosswalk: Crosswalk) -> Iterable[Topic]:
    """Return the topics of the visit's own guides, under the addresses of today.

    A question that has moved stands under its topic of today. What the visit's guides do not
    have comes last: such a topic, and topics or questions that the visit has answers under.
    """
    of_guides = crosswalk.topics_of(inputs.guides)
    topics = dict(of_guides)
    asked = {key: {one.key: one for one in topic.questions} for key, topic in topics.items()}
    for address in _answered(inputs, crosswalk):
        elsewhere = crosswalk.topic(address.topic)
        here = asked.setdefault(address.topic, {})
        if elsewhere and (answered := elsewhere.question(address.question or "")):
            here.setdefault(answered.key, answered)
    for key in asked:
        if key not in topics and (elsewhere := crosswalk.topic(key)):
            topics[key] = elsewhere
    return [
        topic
        if len(asked[key]) == len(topic.questions) and key in of_guides
        else replace(topic, questions=tuple(asked[key].values()))
        for key, topic in topics.items()
    ]


def _answered(inputs: CoverageInputs, crosswalk: Crosswalk) -> Iterator[Address]:
    """Yield where the visit itself has an answer, under the addresses of today."""
    for note in inputs.notes:
        if note.visit_id == inputs.visit.id and note.kind in ANSWERING_KINDS:
            yield from map(crosswalk.now, note.places)


def _cover_topic(
    topic: Topic,
    attributes: frozenset[str],
    kinds: Mapping[Address, set[str]],
    marks: Mapping[Address, Mark],
    audience: str,
) -> TopicCoverage:
    address = Address(topic.key)
    own = standing(address, kinds.get(address, ()), marks.get(address))
    questions = topic_standings(topic, attributes, kinds, marks)
    state = topic_state(own, questions)
    return TopicCoverage(
        topic,
        state_for(state, audience),
        readable(own, audience),
        tuple(readable(question, audience) for question in questions),
    )


def readable(found: Standing, audience: str) -> Standing:
    """Return a standing as ``audience`` may read it; reasons are not for the public."""
    if audience != "public":
        return found
    return replace(found, state=state_for(found.state, audience), reason="")


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
        for question, owed in _to_follow(topic):
            yield Owed(
                at.visit,
                at.city,
                owed.due,
                _days_over(owed.due, today),
                topic.topic,
                question,
                owed,
            )


def _to_follow(topic: TopicCoverage) -> Iterator[tuple[Question | None, Standing]]:
    yield from ((None, owed) for owed in topic.owed)
    for question, stands in zip(topic.topic.questions, topic.questions, strict=True):
        if stands.state == "to-follow":
            yield question, stands


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
