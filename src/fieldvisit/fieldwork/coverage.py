"""How a visit stands: every question, what the city owes or was asked before, and its sheets."""

from collections.abc import Collection, Iterable, Iterator, Mapping
from datetime import date

from msgspec import Struct, field
from msgspec.structs import replace

from fieldvisit.fieldwork import states
from fieldvisit.fieldwork.city import City
from fieldvisit.fieldwork.confirmation import SentPassage
from fieldvisit.fieldwork.crosswalk import Crosswalk
from fieldvisit.fieldwork.disclosure import state_for
from fieldvisit.fieldwork.guide import Address, Guide, Probe, Question, Topic
from fieldvisit.fieldwork.note import Note
from fieldvisit.fieldwork.states import Counts, Mark, Standing
from fieldvisit.fieldwork.study import Study, StudyGroup
from fieldvisit.fieldwork.terms import ANSWERING_KINDS
from fieldvisit.fieldwork.visit import Visit


class TopicCoverage(Struct, frozen=True):
    """One topic at a visit: its state, how it stands as such, and its questions."""

    topic: Topic
    state: str
    own: Standing
    questions: tuple[Standing, ...]

    @property
    def standings(self) -> tuple[tuple[Question, Standing], ...]:
        """Return its questions, each with how it stands."""
        return tuple(zip(self.topic.questions, self.questions, strict=True))

    @property
    def owed(self) -> tuple[Standing, ...]:
        """Return the topic's own standing if an answer to it as such is to follow."""
        return states.owed_as_such(self.own, self.questions)

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
    kinds = states.kinds_at(inputs.notes, crosswalk.now)
    topics = tuple(
        _cover_topic(topic, inputs.attributes, kinds, marks, audience)
        for topic in lined_up(inputs, crosswalk)
        if topics_asked is None or topic.key in topics_asked
    )
    return VisitCoverage(inputs.visit, inputs.city, topics)


def lined_up(inputs: CoverageInputs, crosswalk: Crosswalk) -> Iterable[Topic]:
    """Return the topics of the visit's own guides, and what else it has answers under, as today."""
    answered = (
        crosswalk.now(place)
        for note in inputs.notes
        if note.visit_id == inputs.visit.id and note.kind in ANSWERING_KINDS
        for place in note.places
    )
    return crosswalk.topics_of(inputs.guides, answered).values()


def _cover_topic(
    topic: Topic,
    attributes: frozenset[str],
    kinds: Mapping[Address, set[str]],
    marks: Mapping[Address, Mark],
    audience: str,
) -> TopicCoverage:
    address = Address(topic.key)
    own = states.standing(address, kinds.get(address, ()), marks.get(address))
    questions = states.topic_standings(topic, attributes, kinds, marks)
    state = states.topic_state(own, questions)
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
    def is_overdue(self) -> bool:
        """Tell whether it was due before today."""
        return self.days_over > 0

    @property
    def changed(self) -> int:
        """Return how many passages no longer read as they were sent."""
        return sum(not one.request.holds_for(one.note) for one in self.passages)


def follow_up(visits: Iterable[VisitCoverage], today: date) -> tuple[Owed, ...]:
    """Return what is owed at these visits, the longest overdue first, without a date last."""
    found = [owed for at in visits for owed in (*_answers_owed(at, today), *_words_owed(at, today))]
    return tuple(sorted(found, key=lambda owed: (not owed.due, owed.due)))


def _answers_owed(at: VisitCoverage, today: date) -> Iterator[Owed]:
    for topic in at.topics:
        as_such = [(None, owed) for owed in topic.owed]
        for question, owed in (*as_such, *topic.standings):
            if owed.state == "to-follow":
                over = _days_over(owed.due, today)
                yield Owed(at.visit, at.city, owed.due, over, topic.topic, question, owed)


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


_NOT_PUT = frozenset({"not-asked", "out-of-scope"})
_REPLIES = frozenset({"to-follow", "no-answer", "declined", "withheld", "not-applicable"})


class AskedBefore(Struct, frozen=True):
    """Another visit at which ``asked`` of the questions of ``now`` were put already.

    ``answered`` of them have an answer that the audience may see.
    """

    now: Visit
    before: VisitCoverage
    asked: int
    answered: int

    @property
    def is_for_others(self) -> bool:
        """Tell whether that visit serves a study group that the new one does not."""
        return bool(set(self.before.visit.study_groups) - set(self.now.study_groups))


def asked_before(now: VisitCoverage, others: Iterable[VisitCoverage]) -> tuple[AskedBefore, ...]:
    """Return those of the ``others``, visits to the same city, at which it was asked the same.

    What was asked for other study groups comes first.
    """
    wanted = {s.address for s in now.questions if s.state not in _NOT_PUT and s.in_scope}
    found = []
    for before in others:
        same = [s for s in before.questions if s.address in wanted and s.state not in _NOT_PUT]
        if before.visit.id != now.visit.id and same and _was_put(before):
            answered = sum(s.answered for s in same)
            found.append(AskedBefore(now.visit, before, len(same), answered))
    return tuple(sorted(found, key=lambda one: not one.is_for_others))


def _was_put(before: VisitCoverage) -> bool:
    """Tell whether the questions of a visit are known to have reached the city."""
    told = any(s.answered or s.state in _REPLIES for s in (*before.questions, *before.owed))
    return bool(before.visit.sent or before.visit.status == "held" or told)


class Preparation(Struct, frozen=True):
    """One visit as its sheets need it: how it stands, and the city's notes so far by place.

    ``attributes`` are the city's on ``day`` (empty = not known), ``unsorted`` the notes without
    a place. ``reply_by`` is an ISO date or empty, ``elsewhere`` the other visits by id,
    ``left_out`` the questions that were left out beforehand.
    """

    study: Study
    groups: tuple[StudyGroup, ...]
    coverage: VisitCoverage
    day: date
    attributes: frozenset[str]
    placed: Mapping[Address, tuple[Note, ...]]
    unsorted: tuple[Note, ...]
    audience: str
    reply_by: str = ""
    elsewhere: Mapping[str, Visit] = field(default_factory=dict)
    left_out: frozenset[Address] = frozenset()

    @property
    def visit(self) -> Visit:
        """Return the visit."""
        return self.coverage.visit

    @property
    def addresses(self) -> tuple[Address, ...]:
        """Return every place where a sheet of this visit may file something."""
        return tuple(
            address
            for topic in self.coverage.topics
            for address in (Address(topic.topic.key), *(s.address for s in topic.questions))
        )

    def notes_on(self, address: Address) -> tuple[Note, ...]:
        """Return the city's notes on exactly that place."""
        return self.placed.get(address, ())

    def is_for_this_city(self, probe: Probe) -> bool:
        """Tell whether a probe is meant for this city."""
        return not probe.classes or not self.attributes or bool(self.attributes & {*probe.classes})
