"""`review`: what waits is decided, at the keyboard or by name."""

from typing import Annotated

from msgspec.structs import replace

from fieldvisit.actions.review import Decision
from fieldvisit.cli.completion import complete_address
from fieldvisit.cli.declaring import From, Noun, argument, command, option
from fieldvisit.cli.fixed_values import disclosure, due, kind, mark
from fieldvisit.cli.note_options import Disclosure, Kind, SaidBy
from fieldvisit.cli.options import AskedFor, By, Here, OnlyVisit
from fieldvisit.cli.session import Session, Wish
from fieldvisit.cli.typed_text import given_text
from fieldvisit.errors import Refused
from fieldvisit.language import N_, _
from fieldvisit.review.item import STATES
from fieldvisit.storage.ids import new_id

review_app = Noun()

Items = Annotated[
    list[str],
    argument("ITEM...", N_("Items by handle, or by its first 4 or more characters.")),
]


def for_those_in_charge(session: Session, wish: Wish) -> None:
    """Refuse to show items to anybody else, whether or not there are any."""
    if session.audience(wish, "work") != "all":
        raise Refused(
            _("What waits for a decision is shown to those in charge only."),
            _("In a file or pipe say so: --audience all"),
        )


@command(
    review_app,
    N_(
        "Decide what waits: an item at a time, with one key, each stored at once. With --list they "
        "are listed; take, keep, drop and restore decide them by name."
    ),
)
def review(
    session: Here,
    wish: AskedFor,
    visit: OnlyVisit = "",
    list_: Annotated[bool, option("--list", N_("List what waits instead."))] = False,
    state: Annotated[
        str, option("--state STATE", N_("List those waiting, taken, kept or dropped."))
    ] = "waiting",
    by: By = "",
) -> None:
    from fieldvisit.actions.review import items_seen
    from fieldvisit.documents.items import item_list

    for_those_in_charge(session, wish)
    found = items_seen(session.settings(by), visit, STATES.read(state))
    if list_ or wish.format or wish.json or wish.output:
        session.deliver(item_list(found), wish)
    elif not session.on_terminal:
        raise Refused(
            _("Items are decided one after the other on a terminal."),
            _("List them with --list, then decide by name: fieldvisit review take ITEM"),
        )
    elif not found:
        session.tell(_("Nothing waits for a decision."))
    else:
        from fieldvisit.cli.review_screen import take_plain
        from fieldvisit.cli.review_walk import review_items

        given, sitting = session.settings(by), new_id()
        rest = take_plain(session, given, [seen.item for seen in found], sitting)
        if rest:
            review_items(session, given, rest, sitting)


def _fields(
    place: Annotated[
        str | None,
        option("--place TOPIC[/QUESTION]", N_("File them there instead."), complete_address),
    ] = None,
    disclosure_: Disclosure = None,
    kind_: Kind = None,
    said_by: SaidBy = None,
    mark_: Annotated[
        str | None, option("--mark STATE", N_("Set this state instead of storing a note."))
    ] = None,
    due_: Annotated[str | None, option("--due DATE", N_("When the answer is to follow."))] = None,
) -> tuple[str | None, Decision]:
    return place, Decision(
        "take",
        disclosure=disclosure(disclosure_),
        kind=kind(kind_),
        said_by=said_by,
        mark=mark(mark_) if mark_ else None,
        due=due(due_) if due_ else None,
    )


@command(
    review_app,
    N_("Store items, all or none: as suggested, or as said here. Prints what was stored."),
    "take",
)
def take(
    session: Here,
    items: Items,
    fields: Annotated[tuple[str | None, Decision], From(_fields)],
    text: Annotated[
        str | None, option("--text TEXT", N_("These words instead: a text, @FILE, or -."))
    ] = None,
    reason: Annotated[str, option("--reason TEXT", N_("Reason to edit the words of others."))] = "",
    by: By = "",
) -> None:
    from fieldvisit.actions.review import decide_named, stored_names

    place, said = fields
    words = given_text(text) if text is not None else None
    said = replace(said, text=words, reason=reason)
    taken = decide_named(session.settings(by), items, said, place or "")
    for name in stored_names(session.settings(), taken):
        session.answer(name)


@command(review_app, N_("Keep what stands instead of what the items say."), "keep")
def keep(session: Here, items: Items, by: By = "") -> None:
    _decide(session, "keep", items, by)


@command(review_app, N_("Store nothing of items: they are no statements."), "drop")
def drop(session: Here, items: Items, by: By = "") -> None:
    _decide(session, "drop", items, by)


@command(review_app, N_("Let items wait again that were dropped or kept as it was."), "restore")
def restore(session: Here, items: Items, by: By = "") -> None:
    _decide(session, "restore", items, by)


def _decide(session: Session, verb: str, items: list[str], by: str) -> None:
    from fieldvisit.actions.review import decide_named

    for item in decide_named(session.settings(by), items, Decision(verb)):
        told = _("{item}: {state}")
        session.tell(told.format(item=item.handle, state=STATES.word(item.state)))
