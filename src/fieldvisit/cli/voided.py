"""Says so when a change made a city's agreement void."""

from collections.abc import Iterable

from fieldvisit.cli.session import Session
from fieldvisit.language import _


def tell_voided(session: Session, names: Iterable[str]) -> None:
    """Tell of each note, by handle or id, whose last change ended an agreement of the city."""
    from fieldvisit.actions.confirmations import voided_by_last_change

    for note, visit in voided_by_last_change(session.settings(), names):
        session.tell(
            _("The city had confirmed note {handle}; it has to confirm it again.").format(
                handle=note.handle
            ),
            _("Ask for it with: fieldvisit confirm send {visit}").format(visit=visit),
        )
