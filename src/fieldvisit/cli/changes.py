"""`undo`, `log`."""

from typing import Annotated

from fieldvisit.cli.agreements import tell_voided
from fieldvisit.cli.declaring import Noun, argument, command, option
from fieldvisit.cli.options import Asked, By, Here
from fieldvisit.documents import wordings
from fieldvisit.language import N_, _

undo_app, log_app = Noun(), Noun()
APPS = {"undo": undo_app, "log": log_app}


@command(undo_app, N_("Take back the last change, or the one named."))
def undo(
    session: Here,
    change: Annotated[str | None, argument("[CHANGE]", N_("A change as the log names it."))] = None,
    by: By = "",
) -> None:
    from fieldvisit.actions.show import handles
    from fieldvisit.actions.undo import undo as take_back
    from fieldvisit.documents.lists import objects_of, told_closed_summaries, told_still_closed

    taken_back = take_back(session.settings(by), change)
    undone = taken_back.change
    session.tell(
        _("Taken back: {command} of {time} ({objects}).").format(
            command=undone.command,
            time=wordings.moment(undone.at),
            objects=objects_of(undone, handles(session.settings())),
        )
    )
    closed = (
        *told_still_closed(taken_back.still_closed),
        *told_closed_summaries(taken_back.closed_summaries),
    )
    for line in closed:
        session.tell(line)
    tell_voided(session, (name.partition(":")[2] for name in undone.objects))


@command(log_app, N_("List the changes made, newest first."))
def log(
    session: Here,
    wish: Asked,
    limit: Annotated[int, option("N", N_("At most so many; 0 = all."), min=0)] = 0,
) -> None:
    from fieldvisit.actions.show import changes
    from fieldvisit.documents.lists import change_log

    found, handles = changes(session.settings())
    session.deliver(change_log(found[: limit or None], handles), wish)
