"""`coverage`: which questions are answered where."""

from typing import Annotated

from fieldvisit.cli.completion import complete_visit
from fieldvisit.cli.declaring import Noun, argument, command, option
from fieldvisit.cli.options import AskedFor, ForGroup, Here
from fieldvisit.language import N_

coverage_app = Noun()


@command(coverage_app, N_("Show which questions are answered, and what is still open."))
def coverage(
    session: Here,
    wish: AskedFor,
    visits: Annotated[
        list[str] | None,
        argument(
            "[VISIT]...", N_("Which visits. Default: all but cancelled ones."), complete_visit
        ),
    ] = None,
    open_: Annotated[bool, option("--open", N_("Only what is still to ask or to follow."))] = False,
    study_group: ForGroup = "",
) -> None:
    from fieldvisit.actions.coverage import coverage as read_coverage
    from fieldvisit.documents.coverage import document
    from fieldvisit.fieldwork.coverage import follow_up
    from fieldvisit.study.view import today

    seen_by = session.audience(wish, "work")
    found, held_back = read_coverage(session.settings(), visits or (), seen_by, study_group)
    owed = follow_up(found, today())
    session.deliver(document(found, seen_by, only_open=open_, owed=owed), wish)
    session.tell_held_back(held_back)
