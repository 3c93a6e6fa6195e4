"""What a city was asked before at another visit, and what it said there."""

from collections.abc import Iterable, Iterator

from msgspec import Struct

from fieldvisit.fieldwork.coverage import VisitCoverage
from fieldvisit.fieldwork.crosswalk import Crosswalk
from fieldvisit.fieldwork.guide import Address, Question, Topic
from fieldvisit.fieldwork.note import Note
from fieldvisit.fieldwork.terms import ANSWERING_KINDS
from fieldvisit.fieldwork.visit import Visit

_NOT_PUT = frozenset({"not-asked", "out-of-scope"})
_REPLIES = frozenset({"to-follow", "no-answer", "declined", "withheld", "not-applicable"})


class EarlierStatement(Struct, frozen=True):
    """A statement of the city, and the question that it answers (None = the topic as such)."""

    topic: Topic
    question: Question | None
    note: Note


class AskedBefore(Struct, frozen=True):
    """Another visit at which ``asked`` of the questions of ``now`` were put already.

    ``answered`` of them have an answer that the audience may see; ``said`` are the statements, in
    the order of the questions.
    """

    now: Visit
    before: VisitCoverage
    asked: int
    answered: int
    said: tuple[EarlierStatement, ...]

    @property
    def is_for_others(self) -> bool:
        """Tell whether that visit serves a study group that the new one does not."""
        return bool(set(self.before.visit.study_groups) - set(self.now.study_groups))


def asked_before(
    now: VisitCoverage,
    others: Iterable[VisitCoverage],
    notes: Iterable[Note],
    crosswalk: Crosswalk,
) -> tuple[AskedBefore, ...]:
    """Return the other visits at which the city was asked the same, other groups' first.

    ``others`` are the visits to the same city, ``notes`` its notes.
    """
    wanted = {s.address for s in now.questions if s.state not in _NOT_PUT and s.in_scope}
    placed: dict[tuple[str, Address], list[Note]] = {}
    for note in notes:
        for address in dict.fromkeys(map(crosswalk.now, note.places)):
            if note.kind in ANSWERING_KINDS:
                placed.setdefault((note.visit_id or "", address), []).append(note)
    found = []
    for before in others:
        same = [s for s in before.questions if s.address in wanted and s.state not in _NOT_PUT]
        if before.visit.id != now.visit.id and same and _was_put(before):
            said = tuple(_said(before, wanted, placed))
            answered = sum(s.answered for s in same)
            found.append(AskedBefore(now.visit, before, len(same), answered, said))
    return tuple(sorted(found, key=lambda one: not one.is_for_others))


def _was_put(before: VisitCoverage) -> bool:
    """Tell whether the questions of a visit are known to have reached the city."""
    told = any(s.answered or s.state in _REPLIES for s in (*before.questions, *before.owed))
    return bool(before.visit.sent or before.visit.status == "held" or told)


def _said(
    before: VisitCoverage,
    wanted: set[Address],
    placed: dict[tuple[str, Address], list[Note]],
) -> Iterator[EarlierStatement]:
    """Yield each statement once, under the first of its questions."""
    seen: set[str] = set()
    for topic in before.topics:
        own = Address(topic.topic.key)
        places = [
            (question, Address(own.topic, question.key)) for question in topic.topic.questions
        ]
        touched = any(address in wanted for _question, address in places)
        for question, address in [(None, own), *places]:
            if not touched or (question and address not in wanted):
                continue
            for note in placed.get((before.visit.id, address), ()):
                if note.id not in seen:
                    seen.add(note.id)
                    yield EarlierStatement(topic.topic, question, note)
