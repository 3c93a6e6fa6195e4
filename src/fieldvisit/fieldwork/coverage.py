"""Coverage (回答状況一覧): how every question stands at every visit."""

from collections.abc import Iterable

from msgspec import Struct
from msgspec.structs import replace

from fieldvisit.fieldwork.city import City
from fieldvisit.fieldwork.crosswalk import Crosswalk
from fieldvisit.fieldwork.disclosure import state_for
from fieldvisit.fieldwork.guide import Address, Guide, Question, Topic
from fieldvisit.fieldwork.mark import Mark
from fieldvisit.fieldwork.note import Note
from fieldvisit.fieldwork.sent_passage import SentPassage
from fieldvisit.fieldwork.states import (
    Counts,
    Standing,
    owed_as_such,
    standing,
    topic_standings,
    topic_state,
)
from fieldvisit.fieldwork.visit import Visit


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


def cover(inputs: CoverageInputs, crosswalk: Crosswalk, audience: str) -> VisitCoverage:
    """Return how the visit stands, as ``audience`` may read it."""
    marks = {crosswalk.now(mark.address): mark for mark in inputs.marks}
    topics = tuple(
        _cover_topic(topic, inputs, marks, crosswalk, audience)
        for topic in lined_up(inputs, crosswalk)
    )
    return VisitCoverage(inputs.visit, inputs.city, topics)


def lined_up(inputs: CoverageInputs, crosswalk: Crosswalk) -> Iterable[Topic]:
    """Return the topics of the visit's own guides, under the addresses of today.

    A question that has moved stands under its topic of today; one that the visit's guides do
    not have comes last.
    """
    topics: dict[str, Topic] = {}
    asked: dict[str, dict[str, Question]] = {}
    for topic in Crosswalk(inputs.guides).topics:
        key = crosswalk.now(Address(topic.key)).topic
        topics.setdefault(key, replace(topic, key=key))
        for question in topic.questions:
            now = crosswalk.now(Address(topic.key, question.key))
            renamed = question.named(now.question or question.key)
            asked.setdefault(now.topic, {}).setdefault(renamed.key, renamed)
    for key in asked:
        if key not in topics and (elsewhere := crosswalk.topic(key)):
            topics[key] = elsewhere
    return [
        replace(topic, questions=tuple(asked.get(key, {}).values()))
        for key, topic in topics.items()
    ]


def _cover_topic(
    topic: Topic,
    inputs: CoverageInputs,
    marks: dict[Address, Mark],
    crosswalk: Crosswalk,
    audience: str,
) -> TopicCoverage:
    address = Address(topic.key)
    kinds = [
        note.kind
        for note in inputs.notes
        if any(crosswalk.now(place) == address for place in note.places)
    ]
    own = standing(address, kinds, marks.get(address))
    questions = topic_standings(topic, inputs.attributes, inputs.notes, marks, crosswalk.now)
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
