"""The letter by which a city is asked to confirm what was recorded at a visit."""

from collections import Counter
from collections.abc import Callable, Collection, Iterable, Mapping
from datetime import date

from msgspec import Struct

from fieldvisit.fieldwork.city import City
from fieldvisit.fieldwork.confirmation import Confirmation
from fieldvisit.fieldwork.disclosure import OFF_RECORD, level
from fieldvisit.fieldwork.note import OWN_TO_THE_CITY, Note
from fieldvisit.fieldwork.study import Study
from fieldvisit.fieldwork.visit import Visit
from fieldvisit.text import key

# How open a note may be after a choice that needs no words, by the state of its confirmation.
LEVELS = {"withheld": OFF_RECORD, "anonymous": "anonymous"}
SENT_LEVELS = frozenset({"public", "confirm", "anonymous"})
# Why a note does not go, in the order in which it is asked.
WHY_OFF_RECORD, WHY_OWN_WORDS, WHY_GROUP, WHY_DEPARTMENT, WHY_PERSON, WHY_AGREED = (
    "off-record",
    "own-words",
    "group",
    "department",
    "person",
    "agreed",
)


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
    hidden = note.disclosure == "anonymous" or note.attribution == "city"
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
    why = _sieve(confirmations, department, chosen, everything=everything)
    for note in notes:
        if reason := why(note):
            left_out[reason] += 1
        else:
            going.append(note)
    return tuple(going), left_out


def _sieve(
    confirmations: Mapping[str, Confirmation],
    department: str,
    chosen: Collection[str],
    *,
    everything: bool,
) -> Callable[[Note], str]:
    def why(note: Note) -> str:
        found = confirmations.get(note.id)
        spoke = key(note.speaker.department) if note.speaker else ""
        reasons = {
            WHY_OFF_RECORD: level(note.disclosure) == OFF_RECORD,
            WHY_OWN_WORDS: note.kind in OWN_TO_THE_CITY,
            WHY_GROUP: not may_go(note),
            WHY_DEPARTMENT: bool(department) and spoke != key(department),
            WHY_PERSON: is_unnamed(note) and note.id not in chosen,
            WHY_AGREED: not everything and found is not None and found.is_agreed(note),
        }
        return next((reason for reason, holds in reasons.items() if holds), "")

    return why
