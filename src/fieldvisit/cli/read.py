"""`read`: whatever came back in files; what is in no doubt is stored, all else waits."""

from collections.abc import Collection, Sequence
from pathlib import Path
from typing import Annotated

from msgspec.structs import replace

from fieldvisit.actions.read_files import ReadFile, Reading
from fieldvisit.actions.review import seen_in, seen_now
from fieldvisit.cli.completion import complete_visit
from fieldvisit.cli.declaring import From, Noun, argument, command, option
from fieldvisit.cli.fixed_values import day, disclosure, mode, one_of
from fieldvisit.cli.options import Audience, By, DryRun, Format, Here, Json, Yes
from fieldvisit.cli.session import Session, Wish, chosen_format
from fieldvisit.documents.formats import render
from fieldvisit.documents.items import Account, accounts
from fieldvisit.errors import WrongUsage
from fieldvisit.fieldwork.disclosure import strictest
from fieldvisit.language import N_, _, counted
from fieldvisit.review.item import Arrival, Item
from fieldvisit.review.seen import Seen
from fieldvisit.settings import Settings
from fieldvisit.storage.ids import new_id

read_app = Noun()
KINDS_OF_FILES = ("sheet", "memo", "letter", "comparison")

Files = Annotated[
    list[Path], argument("FILE...", N_("Whatever came back: .docx .xlsx .csv .md .txt"))
]


def _arrival(
    visit: Annotated[
        str,
        option("--visit VISIT", N_("The visit, where the file does not say it."), complete_visit),
    ] = "",
    as_: Annotated[
        str,
        option(
            "--as sheet|memo|letter|comparison",
            N_("What the files are, where they do not say it."),
        ),
    ] = "",
    mode_: Annotated[
        str | None,
        option(
            "--mode MODE", N_("How the answers came if later: written, phone, online or onsite.")
        ),
    ] = None,
    on: Annotated[str | None, option("--on DATE", N_("When the answers came."))] = None,
    answered_by: Annotated[str, option("--answered-by WHO", N_("Who answered for the city."))] = "",
    level: Annotated[
        str | None,
        option(
            "-d --disclosure DISCLOSURE",
            N_("How open words of a city become with --yes: confirm, or closer."),
        ),
    ] = None,
) -> Arrival:
    closed = disclosure(level) or ""
    if closed and strictest((closed, "confirm")) != closed:
        raise WrongUsage(
            _("Words of a city become no more open than “to be confirmed” unseen."),
            _("Say -d confirm, anonymous, group or off-record."),
        )
    kind = one_of("--as", as_, ("", *KINDS_OF_FILES))
    return Arrival(visit, kind, mode(mode_) or "", day(on) or "", answered_by, closed)


def _wish(audience: Audience = "", format_: Format = "", json: Json = False) -> Wish:
    return Wish(format_, json, audience=audience)


@command(
    read_app,
    N_(
        "Read what came back: sheets, letters, memos. What is in no doubt is stored once it was "
        "seen, or with --yes; all else is decided at once, or waits for: fieldvisit review."
    ),
)
def read(
    session: Here,
    files: Files,
    arrival: Annotated[Arrival, From(_arrival)],
    wish: Annotated[Wish, From(_wish)],
    dry_run: DryRun = False,
    yes: Yes = False,
    by: By = "",
) -> None:
    from fieldvisit.actions.read_files import read_files

    name = chosen_format(wish)
    if name != "table":
        render(accounts(()), name)  # before anything is stored: is there such an output?
    given = session.settings(by)
    readings = read_files(given, files, arrival)
    shows = session.on_terminal and session.keyboard_audience(wish.audience or "") == "all"
    taken = _agreed(session, given, readings, arrival, shows=shows, yes=yes)
    if dry_run:
        found = [ReadFile(one, _as_if(one, taken)) for one in readings]
        session.tell(_("Nothing was stored."))
    else:
        found = _stored(session, given, readings, arrival, taken, shows=shows and not yes)
    asked = (item for one in found for item in one.items if wish.audience)
    seen = seen_in(given, asked) if session.audience(wish, "work") == "all" else ()
    session.deliver(accounts([_account(one, seen) for one in found]), wish)
    _tell(session, found)


def _agreed(
    session: Session,
    given: Settings,
    readings: Sequence[Reading],
    arrival: Arrival,
    *,
    shows: bool,
    yes: bool,
) -> Collection[str]:
    """Return the ids of the plain items that are to be stored, once they were seen if possible."""
    plain = [item for one in readings for item in one.proposed.items if item.is_plain]
    if yes:
        plain = [item for item in plain if _may_be_taken_unseen(item, arrival.disclosure)]
    if shows and plain:
        from fieldvisit.cli.review_screen import agrees_to_plain

        if not agrees_to_plain(session, seen_in(given, plain), yes=yes):
            return ()
    return {item.id for item in plain} if shows or yes else ()


def _may_be_taken_unseen(item: Item, level: str) -> bool:
    """Tell whether `--yes` takes an item: words of a city only as closed as somebody said."""
    if not item.is_in_words_of_the_city:
        return True
    return bool(level) and strictest((item.disclosure, level)) == item.disclosure


def _as_if(reading: Reading, taken: Collection[str]) -> tuple[Item, ...]:
    return tuple(
        replace(item, state="taken" if item.id in taken else "waiting")
        for item in reading.proposed.items
    )


def _stored(
    session: Session,
    given: Settings,
    readings: Sequence[Reading],
    arrival: Arrival,
    taken: Collection[str],
    *,
    shows: bool,
) -> list[ReadFile]:
    """Store each file in one change, and let the person decide at once what waits of them."""
    from fieldvisit.actions.read_files import store_reading

    sitting = new_id()
    found = [store_reading(given, one, arrival, taken, sitting) for one in readings]
    waiting = [item for one in found for item in one.items if item.state == "waiting"]
    if not (shows and waiting):
        return found
    from fieldvisit.cli.review_walk import review_items

    review_items(session, given, waiting, sitting)
    return [
        replace(one, items=tuple(seen.item for seen in seen_now(given, [i.id for i in one.items])))
        for one in found
    ]


def _account(found: ReadFile, seen: Sequence[Seen]) -> Account:
    """Return what became of a file: what was kept counts as unchanged, dropped as ignored."""
    ids = {item.id for item in found.items}
    proposed = found.reading.proposed
    by_state = {
        state: [item for item in found.items if item.state == state]
        for state in ("taken", "kept", "dropped", "waiting")
    }
    return Account(
        found.reading.file.path,
        proposed.kind,
        proposed.visit,
        len(by_state["taken"]),
        proposed.unchanged + len(by_state["kept"]),
        len(by_state["waiting"]),
        (
            *((piece.where, piece.look) for piece in proposed.ignored),
            *((item.where, "dropped") for item in by_state["dropped"]),
        ),
        tuple(one for one in seen if one.item.id in ids),
    )


def _tell(session: Session, found: Sequence[ReadFile]) -> None:
    waiting = sum(item.state == "waiting" for one in found for item in one.items)
    if waiting:
        session.tell(
            counted("{n} item waits for a decision.", "{n} items wait for a decision.", waiting),
            _("Decide with: fieldvisit review"),
        )
