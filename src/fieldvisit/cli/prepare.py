"""`prepare`: the sheets."""

from collections.abc import Sequence
from contextlib import suppress
from pathlib import Path
from typing import Annotated

from msgspec.structs import replace

from fieldvisit import stored
from fieldvisit.cli.completion import complete_visit
from fieldvisit.cli.declaring import Noun, argument, command, option
from fieldvisit.cli.fixed_values import due, one_of
from fieldvisit.cli.options import AllowNames, Audience, Force, ForGroup, Format, Here
from fieldvisit.cli.session import Session, Wish, chosen_format
from fieldvisit.documents.document import Document
from fieldvisit.documents.formats import FORMATS, render
from fieldvisit.doors.outputs import is_standard_output, save_all
from fieldvisit.errors import Refused, WrongUsage
from fieldvisit.fieldwork.coverage import Preparation
from fieldvisit.fieldwork.disclosure import tighter
from fieldvisit.language import N_, _

prepare_app = Noun()
READERS = ("interviewer", "city")


@command(prepare_app)
def prepare(
    session: Here,
    visits: Annotated[
        list[str],
        argument("VISIT...", N_("Visits like chiba-1, or cities with one visit."), complete_visit),
    ],
    reader: Annotated[
        str, option("--for interviewer|city", N_("Who will hold it."), shows_default=True)
    ] = "interviewer",
    only_open: Annotated[
        bool, option("--only-open", N_("Only what is still to ask or to follow."))
    ] = False,
    output: Annotated[
        Path | None,
        option("-o --output FILE|DIR", N_("Write into a file, or one file a visit into a folder.")),
    ] = None,
    reply_by: Annotated[
        str, option("DATE", N_("By when the city is asked to answer; 10/31 is the next one."))
    ] = "",
    study_group: ForGroup = "",
    audience: Audience = "",
    format_: Format = "",
    force: Force = False,
    allow_names: AllowNames = False,
) -> None:
    from fieldvisit.actions.coverage import prepare as read_preparations

    one_of("--for", reader, READERS)
    wish = Wish(format_, False, output, force, audience, allow_names)
    seen_by = session.audience(wish, "group")
    if reader == "city":  # what is off the record must not decide what the city is asked
        seen_by = tighter(seen_by, "group")
    found, held_back = read_preparations(
        session.settings(), visits, seen_by, due(reply_by), study_group
    )
    _deliver(session, found, reader, wish, only_open=only_open)
    if reader == "interviewer":
        session.tell_held_back(held_back)
    tell_asked_before(session, [one.visit.handle for one in found], audience, study_group)


def tell_asked_before(
    session: Session, visits: Sequence[str], asked: str = "", study_group: str = ""
) -> None:
    """Say on stderr where the cities of these visits were asked the same, and what they said.

    ``asked`` is the audience that was named, if any: no more than it may see is told. What
    cannot be read is not told; the command that ends with this has done its work.
    """
    if session.quiet:
        return
    from fieldvisit.actions.coverage import visits_asked_before
    from fieldvisit.documents.coverage import told_asked_before

    with suppress(Refused):
        seen_by = session.keyboard_audience(asked)
        found, groups = visits_asked_before(session.settings(), visits, seen_by, study_group)
        for one in found:
            for line in told_asked_before(one, groups):
                session.tell(line)


def _deliver(
    session: Session, found: tuple[Preparation, ...], reader: str, wish: Wish, *, only_open: bool
) -> None:
    sheets = [(one, _sheet(one, reader, only_open=only_open)) for one in found]
    into = None if is_standard_output(wish.output) else wish.output
    if into is None or _is_one_file(into, len(found)):
        _refuse_a_row_of_files(sheets, wish)
        _refuse_names(session, sheets, reader, wish)
        for _preparation, sheet in sheets:
            session.deliver(sheet, wish)
        return
    if into.suffix and not into.is_dir():
        raise WrongUsage(
            _("Several sheets do not go into one file, {path}.").format(path=into),
            _("Name a folder with -o."),
        )
    wish = replace(wish, format=wish.format or "md")
    _refuse_names(session, sheets, reader, wish)
    name = chosen_format(wish)
    written = [(one, sheet, render(sheet, name)) for one, sheet in sheets]
    files = {_file_name(one, sheet, name): data for one, sheet, data in written}
    saved = save_all(into, files, force=wish.force, study=session.study_folder())
    stored.remember()
    for path in saved:
        session.tell(_("Written: {path}").format(path=path))


def _refuse_names(
    session: Session, sheets: Sequence[tuple[Preparation, Document]], reader: str, wish: Wish
) -> None:
    for found, sheet in sheets:
        city = found.visit.city_code if reader == "city" else ""
        session.refuse_names(sheet, wish, city)


def _sheet(found: Preparation, reader: str, *, only_open: bool) -> Document:
    """Return the sheet; what is left to ask after the visit is asked with thanks."""
    from fieldvisit.documents import city_sheet, field_sheet
    from fieldvisit.study.view import today

    if reader == "interviewer":
        return field_sheet.document(found, only_open=only_open)
    if only_open and found.visit.took_place(today()):
        return city_sheet.follow_up(found)
    return city_sheet.questions(found, only_open=only_open)


def _refuse_a_row_of_files(sheets: Sequence[object], wish: Wish) -> None:
    """Refuse several files one after the other, where only a page goes on and on."""
    name = chosen_format(wish)
    if len(sheets) > 1 and name not in ("table", "md"):
        raise WrongUsage(
            _("Several sheets do not go into one {format}.").format(format=name),
            _("Name a folder with -o."),
        )


def _is_one_file(output: Path, sheets: int) -> bool:
    """Tell whether the name is a file's: a folder need not exist, but has no ending."""
    return sheets == 1 and bool(output.suffix) and not output.is_dir()


def _file_name(found: Preparation, sheet: Document, format_: str) -> str:
    return f"{found.visit.handle}-{sheet.name}{FORMATS[format_].endings[0]}"
