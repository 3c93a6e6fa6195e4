"""`status`: where the study stands, and what comes next."""

from fieldvisit.actions.coverage import cover_visit
from fieldvisit.actions.drafts import drafts
from fieldvisit.actions.looking import looking, today
from fieldvisit.fieldwork.status import Status
from fieldvisit.settings import Settings


def status(given: Settings, audience: str) -> tuple[Status, int]:
    """Return how the study stands today, and how many notes were held back."""
    with looking(given, audience) as look:
        found = Status(
            look.study,
            tuple(cover_visit(look, visit) for visit in look.taking_place),
            tuple(
                note
                for note in look.notes
                if note.disclosure == "confirm" and note.visit_id and not note.confirmed
            ),
            sum(not note.places for note in look.notes),
            tuple(draft.name for draft in drafts(look.place)),
            today(),
        )
        return found, look.held_back()
