"""What `visit add` and `prepare` say to the person where a city was asked the same before."""

from collections.abc import Sequence
from contextlib import suppress

from fieldvisit.cli.session import Session
from fieldvisit.errors import Refused


def tell_asked_before(
    session: Session, visits: Sequence[str], asked: str = "", study_group: str = ""
) -> None:
    """Say on stderr where the cities of these visits were asked the same, and what they said.

    ``asked`` is the audience that was named, if any: no more than it may see is told. What
    cannot be read is not told; the command that ends with this has done its work.
    """
    if session.quiet:
        return
    from fieldvisit.actions.prepare import visits_asked_before
    from fieldvisit.documents.coverage import told_asked_before

    with suppress(Refused):
        seen_by = session.keyboard_audience(asked)
        found, groups = visits_asked_before(session.settings(), visits, seen_by, study_group)
        for one in found:
            for line in told_asked_before(one, groups):
                session.tell(line)
