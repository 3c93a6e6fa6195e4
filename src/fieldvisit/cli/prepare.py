"""`prepare`: the sheets."""

from pathlib import Path
from typing import Annotated

import typer

from fieldvisit.cli.completion import complete_visit
from fieldvisit.cli.declaring import alone, command
from fieldvisit.cli.options import Audience, Force, Format, Here
from fieldvisit.cli.session import Session, Wish, chosen_format
from fieldvisit.documents.formats import FORMATS
from fieldvisit.errors import WrongUsage
from fieldvisit.fieldwork.preparation import Preparation
from fieldvisit.language import N_, _

prepare_app = alone()
APPS = {"prepare": prepare_app}
READERS = ("interviewer", "city")


@command(prepare_app, N_("Print the field sheet, or the question sheet for the city."))
def prepare(
    session: Here,
    visits: Annotated[
        list[str],
        typer.Argument(
            metavar="VISIT...",
            help=N_("Visits like chiba-1, or cities with one visit."),
            autocompletion=complete_visit,
        ),
    ],
    reader: Annotated[
        str, typer.Option("--for", metavar="interviewer|city", help=N_("Who will hold it."))
    ] = "interviewer",
    only_open: Annotated[
        bool, typer.Option("--only-open", help=N_("Only what is still to ask or to follow."))
    ] = False,
    output: Annotated[
        Path | None,
        typer.Option(
            "-o",
            "--output",
            metavar="FILE|DIR",
            show_default=False,
            help=N_("Write into a file, or one file a visit into a folder."),
        ),
    ] = None,
    audience: Audience = "",
    format_: Format = "",
    force: Force = False,
) -> None:
    from fieldvisit.actions.prepare import prepare as read_preparations

    if reader not in READERS:
        raise WrongUsage(
            _("A sheet is for the interviewer or for the city, not for “{reader}”.").format(
                reader=reader
            ),
            _("Allowed: {values}").format(values=", ".join(READERS)),
        )
    wish = Wish(format_, output=output, force=force, audience=audience)
    seen_by = session.audience(wish, "group")
    found, held_back = read_preparations(session.settings(), visits, seen_by)
    _deliver(session, found, reader, wish, only_open=only_open)
    if reader == "interviewer":
        session.tell_held_back(held_back)


def _deliver(
    session: Session,
    found: tuple[Preparation, ...],
    reader: str,
    wish: Wish,
    *,
    only_open: bool,
) -> None:
    if reader == "city":
        from fieldvisit.documents.question_sheet import document
    else:
        from fieldvisit.documents.field_sheet import document
    in_folder = wish.output is not None and (wish.output.is_dir() or len(found) > 1)
    if not in_folder:
        for preparation in found:
            session.deliver(document(preparation, only_open=only_open), wish)
        return
    folder = wish.output or session.start
    folder.mkdir(exist_ok=True)
    name = chosen_format(Wish(wish.format or "md"))
    for preparation in found:
        path = folder / _file_name(preparation, reader, FORMATS[name].endings)
        single = Wish(name, output=path, force=wish.force)
        session.deliver(document(preparation, only_open=only_open), single)


def _file_name(found: Preparation, reader: str, endings: tuple[str, ...]) -> str:
    sheet = "question-sheet" if reader == "city" else "field-sheet"
    return f"{found.visit.handle}-{sheet}{endings[0] if endings else '.md'}"
