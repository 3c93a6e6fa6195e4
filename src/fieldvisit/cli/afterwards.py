"""What follows from a change: agreements of the city that are void, an answer to be withheld."""

from collections.abc import Collection, Iterable

from fieldvisit.cli.session import Session
from fieldvisit.fieldwork.letter import may_go
from fieldvisit.language import _, enumerated


def tell_voided(session: Session, names: Iterable[str], *, restored: bool = False) -> None:
    """Tell of each note, by handle or id, whose last change ended an agreement of the city.

    Of one that was ``restored``, that is the change before.
    """
    from fieldvisit.actions.confirm_letter import voided_by_last_change

    changes = 2 if restored else 1
    for note, visit in voided_by_last_change(session.settings(), names, changes=changes):
        again = _("The city had confirmed note {handle}; it has to confirm it again.")
        to_do = _("Ask for it with: fieldvisit confirm send {visit}")
        if restored:
            to_do = _(
                "Taking back both changes with fieldvisit undo keeps its word; else: fieldvisit "
                "confirm send {visit}"
            )
        elif note.deleted:
            again = _("The city had confirmed note {handle}.")
            to_do = _("Only fieldvisit undo brings its word back, note restore does not.")
        elif not may_go(note):
            again = _("The city had confirmed note {handle}; that does not hold for it any more.")
            to_do = _("As it is now, it does not go to the city.")
        session.tell(again.format(handle=note.handle), to_do.format(visit=visit))


def offer_withheld(session: Session, visit: str, note_ids: Collection[str], by: str) -> None:
    """Offer, on a terminal only, to show that something was answered off the record.

    Where an answer stands that may be quoted, there is nothing to offer.
    """
    from fieldvisit.actions.set_marks import WITHHELD, off_record_only, set_marks

    if session.quiet or not session.on_terminal:
        return
    places = [str(address) for address in off_record_only(session.settings(by), note_ids)]
    question = _(
        "{places}: show the group that there was an answer which may not be quoted (its content "
        "is not shown)?"
    ).format(places=enumerated(places))
    if places and session.agrees(question, yes=False):
        set_marks(session.settings(by), visit, places, WITHHELD)
