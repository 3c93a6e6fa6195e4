"""`status`: where the study stands, and what comes next."""

from fieldvisit.actions.coverage import cover_whole
from fieldvisit.fieldwork.confirming.letter import waits_for_word
from fieldvisit.fieldwork.status import Status
from fieldvisit.settings import Settings
from fieldvisit.study.drafts import drafts
from fieldvisit.study.view import today, viewing


def status(given: Settings, audience: str, study_group: str = "") -> tuple[Status, int]:
    """Return how the study stands today, and how many notes were held back.

    With ``study_group`` as far as this group may use it; drafts are of no group.
    """
    with viewing(given, audience, study_group) as view:
        found = Status(
            view.study,
            tuple(cover_whole(view, visit) for visit in view.taking_place),
            tuple(filter(waits_for_word, view.notes)),
            sum(not note.places for note in view.notes),
            () if study_group else tuple(draft.name for draft in drafts(view.place)),
            today(),
        )
        return found, view.held_back()
