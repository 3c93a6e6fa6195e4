"""`read`: whatever came back in files; what is in no doubt is stored, all else waits."""

from collections import Counter
from collections.abc import Collection, Sequence
from pathlib import Path

from msgspec.structs import replace

from fieldvisit.actions.read_files import ReadFile, Reading
from fieldvisit.actions.review import seen_in, seen_now
from fieldvisit.cli import completion, options
from fieldvisit.cli.declaring import Noun, argument, command, made_of, option
from fieldvisit.cli.options import BY, DRY_RUN, YES, day
from fieldvisit.cli.session import Session, Wish, chosen_format
from fieldvisit.documents.formats import render
from fieldvisit.documents.items import Account, accounts
from fieldvisit.errors import WrongUsage
from fieldvisit.fieldwork.disclosure import strictest
from fieldvisit.fieldwork.terms import DISCLOSURES, MODES
from fieldvisit.language import _
from fieldvisit.review.item import Arrival, Item
from fieldvisit.review.seen import Seen
from fieldvisit.settings import Settings
from fieldvisit.storage.ids import new_id

read_app = Noun()
KINDS_OF_FILES = ("sheet", "memo", "letter", "comparison")


def _arrival(
    visit: str = option(
        "--visit VISIT", "The visit, where the file does not say it.", completion.visit
    ),
    as_: str = option(
        "--as sheet|memo|letter|comparison",
        "What the files are, where they do not say it.",
        KINDS_OF_FILES,
    ),
    mode: str = option(
        "MODE", "How the answers came if later: written, phone, online or onsite.", MODES
    ),
    on: str = option("DATE", "When the answers came.", parser=day),
    answered_by: str = option("WHO", "Who answered for the city."),
    disclosure: str = option(
        "-d --disclosure DISCLOSURE",
        "How open words of a city become with --yes: confirm, or closer.",
        DISCLOSURES,
    ),
) -> Arrival:
    if disclosure and strictest((disclosure, "confirm")) != disclosure:
        raise WrongUsage(
            _("Words of a city become no more open than “to be confirmed” unseen."),
            _("Say -d confirm, anonymous, group or off-record."),
        )
    return Arrival(visit, as_, mode, on, answered_by, disclosure)


@command(
    read_app,
    "Read what came back: sheets, letters, memos. What is in no doubt is stored once it was "
    "seen, or with --yes; all else is decided at once, or waits for: fieldvisit review.",
)
def read(
    session: Session,
    files: tuple[Path, ...] = argument("FILE...", "Whatever came back: .docx .xlsx .csv .md .txt"),
    arrival: Arrival = made_of(_arrival),
    wish: Wish = made_of(Wish, audience=options.AUDIENCE, format=options.FORMAT, json=options.JSON),
    dry_run: bool = DRY_RUN,
    yes: bool = YES,
    by: str = BY,
) -> None:
    from fieldvisit.actions.read_files import read_files

    name = chosen_format(wish)
    if name != "table":
        render(accounts(()), name)  # before anything is stored: is there such an output?
    given = session.settings(by)
    readings = read_files(given, files, arrival)
    shows = session.on_terminal and session.keyboard_audience(wish.audience or "") == "all"
    items = (item for one in readings for item in one.proposed.items if yes)
    taken = {item.id for item in items if _may_be_taken_unseen(item, arrival.disclosure)}
    if dry_run:
        found = [_as_if(one, taken) for one in readings]
    else:
        found = _stored(session, given, readings, arrival, taken, shows=shows and not yes)
    asked = (item for one in found for item in one.items if wish.audience)
    seen = seen_in(given, asked) if session.audience(wish, "work") == "all" else ()
    session.deliver(accounts([_account(one, seen) for one in found]), wish)
    waiting = sum(item.state == "waiting" for one in found for item in one.items)
    if dry_run:
        session.tell(_("Nothing was stored."))
    else:
        session.tell_waiting(waiting)


def _may_be_taken_unseen(item: Item, level: str) -> bool:
    """Tell whether `--yes` takes an item: words of a city only as closed as somebody said."""
    if not item.is_in_words_of_the_city:
        return item.is_plain
    return item.is_plain and bool(level) and strictest((item.disclosure, level)) == item.disclosure


def _as_if(reading: Reading, taken: Collection[str]) -> ReadFile:
    """Return what would become of a file."""
    found = reading.proposed.items
    items = (replace(i, state="taken" if i.id in taken else "waiting") for i in found)
    return ReadFile(reading, (*items, *reading.proposed.waiting))


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
    states = Counter(item.state for item in found.items)
    dropped = [item for item in found.items if item.state == "dropped"]
    return Account(
        found.reading.file.path,
        proposed.kind,
        proposed.visit,
        states["taken"],
        proposed.unchanged + states["kept"],
        states["waiting"],
        (
            *((piece.where, piece.look) for piece in proposed.ignored),
            *((item.where, "dropped") for item in dropped),
        ),
        tuple(one for one in seen if one.item.id in ids),
    )
