"""`status`: where the study stands, and what comes next."""

from fieldvisit.actions.coverage import cover_whole
from fieldvisit.actions.drafts import drafts
from fieldvisit.actions.looking import looking, today
from fieldvisit.fieldwork.confirming.letter import waits_for_word
from fieldvisit.fieldwork.status import Status
from fieldvisit.settings import Settings


def status(given: Settings, audience: str, study_group: str = "") -> tuple[Status, int]:
    """Return how the study stands today, and how many notes were held back.

    With ``study_group`` as far as this group may use it; drafts are of no group.
    """
    with looking(given, audience, study_group) as look:
        found = Status(
            look.study,
            tuple(cover_whole(look, visit) for visit in look.taking_place),
            tuple(filter(waits_for_word, look.notes)),
            sum(not note.places for note in look.notes),
            () if study_group else tuple(draft.name for draft in drafts(look.place)),
            today(),
        )
        return found, look.held_back()
