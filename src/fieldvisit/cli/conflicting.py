"""`note conflicts`: what was typed, and what is said once it is stored."""

from fieldvisit.actions.note_conflicts import clear_conflict, set_conflict
from fieldvisit.cli.session import Session
from fieldvisit.errors import WrongUsage
from fieldvisit.language import _


def say_it(session: Session, one: str, other: str, why: str, by: str) -> None:
    """Store that two notes contradict each other."""
    if not why:
        raise WrongUsage(
            _("Missing: {names}").format(names="--why"),
            _("Say why both cannot be right: --why TEXT. --clear takes it back."),
        )
    first, second = set_conflict(session.settings(by), one, other, why)
    session.tell(
        _("{one} ⇔ {other} stand as contradicting each other.").format(
            one=first.handle, other=second.handle
        ),
        _("Take it back with: fieldvisit note conflicts {one} {other} --clear").format(
            one=first.handle, other=second.handle
        ),
    )


def clear_it(session: Session, one: str, other: str, why: str, by: str) -> None:
    """Take it back."""
    if why:
        raise WrongUsage(
            _("--clear and --why are at odds."),
            _("Give one of them."),
        )
    first, second = clear_conflict(session.settings(by), one, other)
    session.tell(
        _("{one} and {other} no longer stand as contradicting each other.").format(
            one=first.handle, other=second.handle
        ),
        _("Bring it back with: fieldvisit undo"),
    )
