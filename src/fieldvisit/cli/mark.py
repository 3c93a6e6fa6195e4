"""`mark`: why a question has no (whole) answer."""

from collections.abc import Sequence
from typing import Annotated

from fieldvisit.cli.completion import complete_address_or_state
from fieldvisit.cli.declaring import Noun, argument, command, option
from fieldvisit.cli.fixed_values import due, mark
from fieldvisit.cli.options import By, Here, VisitName
from fieldvisit.cli.session import Session
from fieldvisit.documents import wordings
from fieldvisit.errors import WrongUsage
from fieldvisit.fieldwork.note import Note
from fieldvisit.fieldwork.terms import MARKS
from fieldvisit.language import N_, _, counted, enumerated

mark_app = Noun()


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
        argument(
            "TOPIC[/QUESTION]... STATE",
            N_("Topics or questions by key or number, then the state."),
            complete_address_or_state,
        ),
    ],
    reason: Annotated[str, option("TEXT", N_("Reason for the mark."))] = "",
    due_: Annotated[
        str, option("--due DATE", N_("When the answer is to follow; 10/31 is the next one."))
    ] = "",
    by: By = "",
) -> None:
    from fieldvisit.actions.set_marks import answered_all_the_same, set_marks

    *addresses, typed_state = words
    if not addresses:
        raise WrongUsage(_("Give at least one topic or question, then the state."))
    state = mark(typed_state)
    stored = set_marks(session.settings(by), visit, addresses, state, reason, due(due_))
    answers = answered_all_the_same(session.settings(by), stored)
    for one, number in zip(stored, answers, strict=True):
        session.tell(
            _("{address}: {state}").format(address=one.address, state=MARKS.word(state))
            + wordings.bracketed(wordings.day(one.due) if state != "clear" else ""),
            counted(
                "It stays “answered” because of {n} note.",
                "It stays “answered” because of {n} notes.",
                number,
            )
            if number
            else "",
        )


def offer_withheld(session: Session, visit: str, notes: Sequence[Note], by: str) -> None:
    """Offer, on a terminal only, to show that something was answered off the record.

    Where an answer stands that may be quoted, there is nothing to offer.
    """
    from fieldvisit.actions.set_marks import WITHHELD, off_record_only, set_marks

    if session.quiet or not session.on_terminal:
        return
    places = [str(address) for address in off_record_only(session.settings(by), notes)]
    question = _(
        "{places}: show the group that there was an answer which may not be quoted (its content "
        "is not shown)?"
    ).format(places=enumerated(places))
    if places and session.agrees(question, yes=False):
        set_marks(session.settings(by), visit, places, WITHHELD)
