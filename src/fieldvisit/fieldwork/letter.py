"""The letter that asks a city to confirm what was recorded, and how each note stands with it."""

from collections import Counter
from collections.abc import Collection, Iterable, Mapping
from datetime import date
from operator import itemgetter

from msgspec import Struct

from fieldvisit.fieldwork.city import City
from fieldvisit.fieldwork.confirmation import CONFIRMED, Confirmation
from fieldvisit.fieldwork.disclosure import OFF_RECORD, level
from fieldvisit.fieldwork.note import OWN_TO_THE_CITY, Note
from fieldvisit.fieldwork.study import Study
from fieldvisit.fieldwork.terms import CONFIRMATIONS
from fieldvisit.fieldwork.visit import Visit
from fieldvisit.fieldwork.vocabulary import Term, Vocabulary
from fieldvisit.language import N_
from fieldvisit.text import key

# How open a note may be after a choice that needs no words, by the state of its confirmation.
LEVELS = {"withheld": OFF_RECORD, "anonymous": "anonymous"}
SENT_LEVELS = frozenset({"public", "confirm", "anonymous"})
# Why a note does not go, in the order in which it is asked.
WHY_OFF_RECORD, WHY_OWN_WORDS, WHY_GROUP = "off-record", "own-words", "group"
WHY_DEPARTMENT, WHY_PERSON, WHY_AGREED = "department", "person", "agreed"


class Passage(Struct, frozen=True):
    """One note in the letter, under its number; ``topic`` is what it is about, in words."""

    number: int
    topic: str
    note: Note


class Letter(Struct, frozen=True):
    """The passages of one visit for its city, or one department of it; ``day`` is today.

    ``due`` is an ISO date or empty. ``left_out`` counts the notes that do not go, by reason;
    ``agreed`` are the ids of those that the city agreed to already, and that go all the same.
    """

    study: Study
    visit: Visit
    city: City
    day: date
    department: str
    due: str
    passages: tuple[Passage, ...]
    left_out: Mapping[str, int]
    agreed: frozenset[str] = frozenset()


def may_go(note: Note) -> bool:
    """Tell whether a city may be asked about a note at all."""
    return (
        not note.at_desk
        and note.kind not in OWN_TO_THE_CITY
        and level(note.disclosure) in SENT_LEVELS
    )


def is_unnamed(note: Note) -> bool:
    """Tell whether a person said a note who is not to be known as its speaker."""
    hidden = note.disclosure == "anonymous" or (note.attribution or note.attributed) == "city"
    return hidden and note.speaker is not None and bool(note.speaker.name)


def waits_for_word(note: Note) -> bool:
    """Tell whether a note is open to the public as soon as its city has agreed to it."""
    return may_go(note) and note.disclosure == "confirm" and not note.confirmed


def sorted_out(
    notes: Iterable[Note],
    confirmations: Mapping[str, Confirmation],
    department: str,
    *,
    chosen: Collection[str] = (),
    everything: bool,
) -> tuple[tuple[Note, ...], Mapping[str, int]]:
    """Return the notes that go, and how many do not, by reason.

    ``department`` (empty = all) is that of the speakers, ``chosen`` are the ids of notes whose
    person is not to be named and that go all the same; with ``everything`` those go too that the
    city agreed to as they stand.
    """
    going: list[Note] = []
    left_out: Counter[str] = Counter()
    for note in notes:
        found = None if everything else confirmations.get(note.id)
        if reason := _why_not(note, found, department, chosen):
            left_out[reason] += 1
        else:
            going.append(note)
    return tuple(going), left_out


def _why_not(
    note: Note, found: Confirmation | None, department: str, chosen: Collection[str]
) -> str:
    spoke = key(note.speaker.department) if note.speaker else ""
    reasons = {
        WHY_OFF_RECORD: level(note.disclosure) == OFF_RECORD,
        WHY_OWN_WORDS: note.kind in OWN_TO_THE_CITY,
        WHY_GROUP: not may_go(note),
        WHY_DEPARTMENT: bool(department) and spoke != key(department),
        WHY_PERSON: is_unnamed(note) and note.id not in chosen,
        WHY_AGREED: found is not None and found.is_agreed(note),
    }
    return next((reason for reason, holds in reasons.items() if holds), "")


NOT_SENT, CHANGED, OUTDATED = "not-sent", "changed", "changed-since-sent"
STANDINGS = Vocabulary(
    N_("state of a confirmation"),
    {
        NOT_SENT: Term("未依頼", "not sent"),
        **CONFIRMATIONS,
        CHANGED: Term("確認後に変更", "changed after it was confirmed"),
        OUTDATED: Term("依頼後に変更", "changed after it was sent"),
    },
)


class ConfirmationStanding(Struct, frozen=True):
    """A note and what its city was asked and said; ``state`` is one of STANDINGS."""

    note: Note
    visit: Visit
    state: str
    confirmation: Confirmation | None

    @property
    def due(self) -> str:
        """Return by when the city is to answer, as long as it has not."""
        found = self.confirmation
        return found.due if found and found.state == "sent" else ""

    def is_overdue(self, today: str) -> bool:
        """Tell whether the answer was due before ``today`` (ISO date)."""
        return bool(self.due) and self.due < today


def standings(
    visits: Iterable[Visit],
    notes: Iterable[Note],
    confirmations: Mapping[str, Confirmation],
    today: str,
) -> tuple[ConfirmationStanding, ...]:
    """Return the notes that a city may be asked about or was, by visit; overdue ones first."""
    known = {visit.id: (number, visit) for number, visit in enumerate(visits)}
    found = []
    for note in notes:
        asked = confirmations.get(note.id)
        if note.visit_id in known and (may_go(note) or asked):
            number, visit = known[note.visit_id]
            one = ConfirmationStanding(note, visit, state(note, asked), asked)
            overdue = one.is_overdue(today)
            found.append(((not overdue, one.due if overdue else "", number), one))
    return tuple(one for _order, one in sorted(found, key=itemgetter(0)))


def state(note: Note, asked: Confirmation | None) -> str:
    """Return how a note stands with what its city was asked."""
    if asked is None:
        return NOT_SENT
    if asked.holds_for(note):
        return asked.state
    return CHANGED if asked.state in CONFIRMED else OUTDATED
