"""`review`: what waits is decided, at the keyboard or by name."""

from collections.abc import Callable
from contextlib import nullcontext
from functools import partial

from msgspec.structs import replace

from fieldvisit.actions.review import Decision
from fieldvisit.cli import completion, options
from fieldvisit.cli.declaring import Noun, argument, command, made_of, option, verb
from fieldvisit.cli.options import ASKED_FOR, BY, ONLY_VISIT
from fieldvisit.cli.session import Session, Wish
from fieldvisit.cli.typed_text import Writing, typed_text
from fieldvisit.errors import Refused
from fieldvisit.fieldwork.disclosure import OFF_RECORD
from fieldvisit.fieldwork.draft import Purpose
from fieldvisit.language import _
from fieldvisit.review.item import STATES
from fieldvisit.storage.ids import new_id

review_app = Noun()

ITEMS = argument("ITEM...", "Items by handle, or by its first 4 or more characters.")


@command(
    review_app,
    "Decide what waits: an item at a time, with one key, each stored at once. With --list they "
    "are listed; take, keep, drop and restore decide them by name.",
)
def review(
    session: Session,
    wish: Wish = ASKED_FOR,
    visit: str = ONLY_VISIT,
    list_: bool = option("--list", "List what waits instead."),
    state: str = option("STATE", "List those waiting, taken, kept or dropped.", STATES),
    by: str = BY,
) -> None:
    from fieldvisit.actions.review import as_suggested, items_seen
    from fieldvisit.documents.items import item_list

    if session.audience(wish, "work") != "all":  # whether or not there are any
        raise Refused(
            _("What waits for a decision is shown to those in charge only."),
            _("In a file or pipe say so: --audience all"),
        )
    found = items_seen(session.settings(by), visit, state or "waiting")
    if list_ or wish.format or wish.json or wish.output:
        session.deliver(item_list([as_suggested(seen) for seen in found]), wish)
    elif not session.on_terminal:
        raise Refused(
            _("Items are decided one after the other on a terminal."),
            _("List them with --list, then decide by name: fieldvisit review take ITEM"),
        )
    elif not found:
        session.tell(_("Nothing waits for a decision."))
    else:
        from fieldvisit.cli.review_walk import review_items

        review_items(session, session.settings(by), [seen.item for seen in found], new_id())


SAID = made_of(
    partial(Decision, "take"),
    disclosure=options.DISCLOSURE,
    kind=options.KIND,
    said_by=options.SAID_BY,
    mark=option("STATE", "Set this state instead of storing a note.", parser=options.mark),
    due=option("DATE", "When the answer is to follow.", parser=options.due),
    reason=option("TEXT", "Reason to edit the words of others."),
)


@verb(
    review_app, "Store items, all or none: as suggested, or as said here. Prints what was stored."
)
def take(
    session: Session,
    items: tuple[str, ...] = ITEMS,
    place: str = option("TOPIC[/QUESTION]", "File them there instead.", completion.address),
    said: Decision = SAID,
    text: str | None = option("TEXT", "These words instead: a text, @FILE, or -."),
    by: str = BY,
) -> None:
    from fieldvisit.actions.review import decide_named, stored_names

    writing = Writing(Purpose("review", " ".join(items), level=OFF_RECORD), closes=False)
    is_typed = text is not None
    with typed_text(session, text, lambda: writing) if is_typed else nullcontext() as typed:
        said = replace(said, text=typed.text if typed else None)
        taken = decide_named(session.settings(by), items, said, place)
    for name in stored_names(session.settings(), taken):
        session.answer(name)


def _deciding(name: str) -> Callable[..., None]:
    """Return what decides items in one way that needs no more words."""

    def decide(session: Session, items: tuple[str, ...] = ITEMS, by: str = BY) -> None:
        from fieldvisit.actions.review import decide_named

        for item in decide_named(session.settings(by), items, Decision(name)):
            told = _("{item}: {state}")
            session.tell(told.format(item=item.handle, state=STATES.word(item.state)))

    return decide


verb(review_app, "Keep what stands instead of what the items say.", "keep")(_deciding("keep"))
verb(review_app, "Store nothing of items: they are no statements.", "drop")(_deciding("drop"))
verb(review_app, "Let items wait again that were dropped or kept as it was.", "restore")(
    _deciding("restore")
)
