"""Says so when a change made a city's agreement void."""

from collections.abc import Iterable

from fieldvisit.cli.session import Session
from fieldvisit.fieldwork.letter import may_go
from fieldvisit.language import _


def tell_voided(session: Session, names: Iterable[str]) -> None:
    """Tell of each note, by handle or id, whose last change ended an agreement of the city."""
    from fieldvisit.actions.confirm_letter import voided_by_last_change

    for note, visit in voided_by_last_change(session.settings(), names):
        again = _("The city had confirmed note {handle}; it has to confirm it again.")
        to_do = _("Ask for it with: fieldvisit confirm send {visit}").format(visit=visit)
        if note.deleted:
            again = _("The city had confirmed note {handle}.")
            to_do = _("Only fieldvisit undo brings its word back, note restore does not.")
        elif not may_go(note):
            again = _("The city had confirmed note {handle}; that does not hold for it any more.")
            to_do = _("As it is now, it does not go to the city.")
        session.tell(again.format(handle=note.handle), to_do)


def tell_still_void(session: Session, handle: str) -> None:
    """Tell of a note that was deleted and brought back that the city's word for it is void."""
    from fieldvisit.actions.confirm_letter import voided_by_last_change

    for note, visit in voided_by_last_change(session.settings(), [handle], changes=2):
        session.tell(
            _("The city had confirmed note {handle}; it has to confirm it again.").format(
                handle=note.handle
            ),
            _(
                "Taking back both changes with fieldvisit undo keeps its word; else: fieldvisit "
                "confirm send {visit}"
            ).format(visit=visit),
        )
