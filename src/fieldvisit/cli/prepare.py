"""`prepare`: the sheets."""

from collections.abc import Sequence
from contextlib import suppress
from pathlib import Path

from msgspec.structs import replace

from fieldvisit import stored
from fieldvisit.cli import completion, options
from fieldvisit.cli.declaring import Noun, argument, command, made_of, option
from fieldvisit.cli.options import FOR_GROUP, due
from fieldvisit.cli.session import Session, Wish, chosen_format
from fieldvisit.documents.document import Document
from fieldvisit.documents.formats import FORMATS, render
from fieldvisit.doors.outputs import save_all
from fieldvisit.errors import Refused, WrongUsage
from fieldvisit.fieldwork.coverage import Preparation
from fieldvisit.fieldwork.disclosure import tighter
from fieldvisit.language import _
from fieldvisit.study.view import today

prepare_app = Noun()

WISH = made_of(
    Wish,
    output=option("-o --output FILE|DIR", "Write into a file, or one file a visit into a folder."),
    audience=options.AUDIENCE,
    format=options.FORMAT,
    force=options.FORCE,
    allow_names=options.ALLOW_NAMES,
)


@command(prepare_app)
def prepare(
    session: Session,
    visits: tuple[str, ...] = argument(
        "VISIT...", "Visits like chiba-1, or cities with one visit.", completion.visit
    ),
    reader: str = option(
        "--for interviewer|city",
        "Who will hold it.",
        ("interviewer", "city"),
        default="interviewer",
    ),
    only_open: bool = option("--only-open", "Only what is still to ask or to follow."),
    reply_by: str = option(
        "DATE", "By when the city is asked to answer; 10/31 is the next one.", parser=due
    ),
    study_group: str = FOR_GROUP,
    wish: Wish = WISH,
) -> None:
    from fieldvisit.actions.coverage import prepare as read_preparations

    seen_by = session.audience(wish, "group")
    if reader == "city":  # what is off the record must not decide what the city is asked
        seen_by = tighter(seen_by, "group")
    found, held_back = read_preparations(session.settings(), visits, seen_by, reply_by, study_group)
    _deliver(session, found, reader, wish, only_open=only_open)
    if reader == "interviewer":
        session.tell_held_back(held_back)
    tell_asked_before(
        session, [one.visit.handle for one in found], wish.audience or "", study_group
    )


def tell_asked_before(
    session: Session, visits: Sequence[str], asked: str = "", study_group: str = ""
) -> None:
    """Say on stderr where the cities of these visits were asked the same.

    ``asked`` is the audience that was named, if any: no more than it may see is told. What
    cannot be read is not told; the command that ends with this has done its work.
    """
    if session.quiet:
        return
    from fieldvisit.actions.coverage import visits_asked_before
    from fieldvisit.documents.coverage import asked_before

    with suppress(Refused):
        seen_by = session.keyboard_audience(asked)
        found, groups = visits_asked_before(session.settings(), visits, seen_by, study_group)
        for one in found:
            session.tell(asked_before(one, groups))


def _deliver(
    session: Session, found: Sequence[Preparation], reader: str, wish: Wish, *, only_open: bool
) -> None:
    """Write sheets one behind the other, or each into a file of its own in a folder."""
    into, several = wish.file, len(found) > 1
    if into and (several or not into.suffix or into.is_dir()):
        if into.suffix and not into.is_dir():
            raise WrongUsage(
                _("Several sheets do not go into one file, {path}.").format(path=into),
                _("Name a folder with -o."),
            )
        wish, several = replace(wish, format=wish.format or "md"), False
    else:
        into = None
    name = chosen_format(wish)
    if several and name not in {"table", "md"}:  # only a page goes on and on
        raise WrongUsage(
            _("Several sheets do not go into one {format}.").format(format=name),
            _("Name a folder with -o."),
        )
    sheets = [(one, _sheet(one, reader, only_open=only_open)) for one in found]
    for one, sheet in sheets:
        session.refuse_names(sheet, wish, one.visit.city_code if reader == "city" else "")
    if into:
        _save(session, into, sheets, wish)
        return
    for _one, sheet in sheets:
        session.deliver(sheet, wish)


def _save(
    session: Session, into: Path, sheets: Sequence[tuple[Preparation, Document]], wish: Wish
) -> None:
    """Write each sheet into a file of the folder, all or none."""
    name = chosen_format(wish)
    written = [render(sheet, name) for _one, sheet in sheets]
    ending = FORMATS[name].endings[0]
    names = (f"{one.visit.handle}-{sheet.name}{ending}" for one, sheet in sheets)
    files = dict(zip(names, written, strict=True))
    saved = save_all(into, files, force=wish.force, study=session.study_folder())
    stored.remember()
    for path in saved:
        session.tell(_("Written: {path}").format(path=path))


def _sheet(found: Preparation, reader: str, *, only_open: bool) -> Document:
    """Return the sheet; what is left to ask after the visit is asked with thanks."""
    from fieldvisit.documents import city_sheet, field_sheet

    if reader == "interviewer":
        return field_sheet.document(found, only_open=only_open)
    if only_open and found.visit.took_place(today()):
        return city_sheet.follow_up(found)
    return city_sheet.questions(found, only_open=only_open)
