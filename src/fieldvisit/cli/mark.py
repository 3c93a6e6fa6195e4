"""`mark`: why a question has no (whole) answer."""

from collections.abc import Sequence
from typing import Annotated

import typer

from fieldvisit.cli.completion import complete_address
from fieldvisit.cli.declaring import alone, command
from fieldvisit.cli.fixed_values import due, mark
from fieldvisit.cli.options import By, Here, VisitName
from fieldvisit.cli.session import Session
from fieldvisit.documents import wordings
from fieldvisit.errors import WrongUsage
from fieldvisit.fieldwork.disclosure import OFF_RECORD
from fieldvisit.fieldwork.note import Note
from fieldvisit.fieldwork.terms import MARKS
from fieldvisit.language import N_, _

mark_app = alone()
APPS = {"mark": mark_app}


@command(
    mark_app,
    N_(
        "Say why a question has no (whole) answer. STATE is to-follow, no-answer, not-asked, "
        "declined, not-applicable, withheld, or clear to take a mark away."
    ),
)
def mark_(
    session: Here,
    visit: VisitName,
    words: Annotated[
        list[str],
        typer.Argument(
            metavar="TOPIC[/QUESTION]... STATE",
            help=N_("Topics or questions by key or number, then the state."),
            autocompletion=complete_address,
        ),
    ],
    reason: Annotated[
        str, typer.Option("--reason", metavar="TEXT", show_default=False, help=N_("Why."))
    ] = "",
    due_: Annotated[
        str,
        typer.Option(
            "--due",
            metavar="DATE",
            show_default=False,
            help=N_("When the answer is to follow; 10/31 is the next one."),
        ),
    ] = "",
    by: By = "",
) -> None:
    from fieldvisit.actions.set_marks import set_marks

    *addresses, typed_state = words
    if not addresses:
        raise WrongUsage(_("Give at least one topic or question, then the state."))
    state = mark(typed_state)
    stored = set_marks(session.settings(by), visit, addresses, state, reason, due(due_))
    for one in stored:
        session.tell(
            _("{address}: {state}").format(address=one.address, state=MARKS.word(state))
            + wordings.bracketed(wordings.day(one.due) if state != "clear" else "")
        )


def offer_withheld(session: Session, visit: str, notes: Sequence[Note], by: str) -> None:
    """Offer, on a terminal only, to mark what was answered off the record as withheld."""
    places = [str(n.places[0]) for n in notes if n.disclosure == OFF_RECORD and n.places]
    if not places or session.quiet or notes[0].visit_id is None:
        return
    question = _("Mark {places} as answered but withheld?").format(places=", ".join(places))
    if session.agrees(question, yes=False):
        from fieldvisit.actions.set_marks import set_marks

        set_marks(session.settings(by), visit, places, "withheld")
