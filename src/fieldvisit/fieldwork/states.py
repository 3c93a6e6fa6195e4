"""Why a question has an answer or none at a visit (contract, section 7)."""

from collections.abc import Callable, Iterable, Mapping

from msgspec import Struct

from fieldvisit.fieldwork.guide import Address, Question, Topic
from fieldvisit.fieldwork.note import Note
from fieldvisit.fieldwork.study import Kept
from fieldvisit.fieldwork.terms import ANSWERING_KINDS

# In these states the answer, or its absence, is confidential: the public reads 記載なし.
CONFIDENTIAL = frozenset({"withheld", "declined", "not-asked", "no-answer"})


class Mark(Kept, frozen=True):
    """A mark as it stands; ``due`` is an ISO date or empty. ``deleted`` after `clear`."""

    named_by = ("visit_id", "address")

    visit_id: str
    address: Address
    state: str
    reason: str = ""
    due: str = ""
    by: str = ""


# Where a topic has no answer at all, the first of these that a question has is the topic's.
TOPIC_ORDER = (
    "to-follow",
    "open",
    "no-answer",
    "withheld",
    "declined",
    "not-asked",
    "desk-only",
    "not-applicable",
    "out-of-scope",
)
# What is left to do. The public is not told which questions are open, only that nothing is stated.
STILL_TO_ASK = frozenset({"open", "to-follow", "desk-only", "not-stated"})


class Standing(Struct, frozen=True):
    """How one question (or a topic as such) stands at a visit.

    ``answered`` tells whether an answering note stands on it, also where ``state`` is to-follow.
    ``reason`` and ``due`` come from the mark. ``in_scope`` is the guide's word for this city.
    """

    address: Address
    state: str
    answered: bool = False
    in_scope: bool = True
    reason: str = ""
    due: str = ""


class Counts(Struct, frozen=True):
    """How many questions are answered, of how many asked of this city, to follow, open."""

    answered: int = 0
    asked: int = 0
    to_follow: int = 0
    open: int = 0

    @classmethod
    def of(cls, standings: Iterable[Standing], owed: Iterable[Standing] = ()) -> "Counts":
        """Count the questions; what is out of scope counts only once it was answered.

        ``owed`` are answers to follow to topics as such.
        """
        answered = asked = still_open = 0
        to_follow = len(tuple(owed))
        for standing in standings:
            answered += standing.answered
            asked += standing.in_scope or standing.answered
            to_follow += standing.state == "to-follow"
            still_open += standing.state in {"open", "not-stated"}
        return cls(answered, asked, to_follow, still_open)


def in_scope(question: Question, attributes: frozenset[str]) -> bool:
    """Tell whether the question is meant for a city with these attributes; none known = yes."""
    return not question.classes or not attributes or bool(attributes & set(question.classes))


def standing(
    address: Address,
    kinds: Iterable[str],
    mark: Mark | None,
    *,
    meant: bool = True,
) -> Standing:
    """Return how an address stands with notes of ``kinds`` and a mark; ``meant`` = in scope."""
    kinds = set(kinds)
    answered = bool(kinds & ANSWERING_KINDS)
    if mark and (mark.state == "to-follow" or not answered):
        return Standing(address, mark.state, answered, meant, mark.reason, mark.due)
    if answered:
        state = "answered"
    elif "desk" in kinds:
        state = "desk-only"
    else:
        state = "open" if meant else "out-of-scope"
    return Standing(address, state, answered, meant)


def kinds_at(
    notes: Iterable[Note], now: Callable[[Address], Address] = lambda address: address
) -> dict[Address, set[str]]:
    """Return by address of today the kinds of the notes that stand there; ``now`` renames."""
    kinds: dict[Address, set[str]] = {}
    for note in notes:
        for place in note.places:
            kinds.setdefault(now(place), set()).add(note.kind)
    return kinds


def topic_standings(
    topic: Topic,
    attributes: frozenset[str],
    kinds: Mapping[Address, set[str]],
    marks: Mapping[Address, Mark],
) -> tuple[Standing, ...]:
    """Return how every question of ``topic`` stands at one visit.

    ``kinds`` are those of the visit's and the city's own notes; they and ``marks`` stand under
    the topic's addresses. A mark on the topic covers its questions in scope without notes
    (remarks aside).
    """
    whole = marks.get(Address(topic.key))
    found = []
    for question in topic.questions:
        address = Address(topic.key, question.key)
        here = kinds.get(address, set())
        meant = in_scope(question, attributes)
        covers = whole if meant and not here - {"remark"} else None
        found.append(standing(address, here, marks.get(address) or covers, meant=meant))
    return tuple(found)


def owed_as_such(own: Standing, questions: Iterable[Standing]) -> tuple[Standing, ...]:
    """Return the standing of a topic as such where an answer is to follow that no question shows.

    The mark stands until it is cleared, also when every question has notes by now.
    """
    shown = any(q.state == "to-follow" and q.due == own.due for q in questions)
    return (own,) if own.state == "to-follow" and not shown else ()


def topic_state(own: Standing, questions: Iterable[Standing], *, visited: bool = True) -> str:
    """Return the state of a topic from its ``own`` standing and its questions'.

    The one place that knows it, for coverage, comparison and status. Desk notes on the topic as
    such are its state where no question was, or could be, put: without a visit, or at visits
    whose guides lack the topic.
    """
    questions = tuple(questions)
    if own.answered or any(question.answered for question in questions):
        return "answered"
    states = {question.state for question in questions} or {own.state}
    unasked = {"not-asked", "out-of-scope"} | (set() if visited else {"open"})
    if own.state == "desk-only" and states <= unasked:
        return "desk-only"
    return next(state for state in (*TOPIC_ORDER, *states) if state in states)
