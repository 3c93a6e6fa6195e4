"""How each note stands with its city: not asked yet, asked, answered, or changed since."""

from collections.abc import Iterable, Mapping

from msgspec import Struct

from fieldvisit.fieldwork.confirmation import CONFIRMED, Confirmation
from fieldvisit.fieldwork.confirming.letter import may_go
from fieldvisit.fieldwork.note import Note
from fieldvisit.fieldwork.terms import CONFIRMATIONS
from fieldvisit.fieldwork.visit import Visit
from fieldvisit.fieldwork.vocabulary import Term, Vocabulary
from fieldvisit.language import N_

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
            found.append((number, ConfirmationStanding(note, visit, state(note, asked), asked)))

    def order(pair: tuple[int, ConfirmationStanding]) -> tuple[bool, str, int]:
        overdue = pair[1].is_overdue(today)
        return not overdue, pair[1].due if overdue else "", pair[0]

    return tuple(standing for _number, standing in sorted(found, key=order))


def state(note: Note, asked: Confirmation | None) -> str:
    """Return how a note stands with what its city was asked."""
    if asked is None:
        return NOT_SENT
    if asked.holds_for(note):
        return asked.state
    return CHANGED if asked.state in CONFIRMED else OUTDATED
