"""`record`: the whole sheet of a visit in the editor, or sheets and memos that came back."""

from pathlib import Path
from typing import Annotated

import typer
from msgspec import Struct

from fieldvisit.actions.recording.arrival import AT_THE_VISIT, Arrival
from fieldvisit.cli.declaring import From, alone, command
from fieldvisit.cli.fixed_values import day, mode, one_of
from fieldvisit.cli.options import Audience, By, DryRun, Here, VisitName, Yes
from fieldvisit.cli.session import Wish
from fieldvisit.errors import WrongUsage
from fieldvisit.language import N_, _

record_app = alone()
APPS = {"record": record_app}
KINDS_OF_FILES = ("sheet", "memo")

Files = Annotated[
    list[Path] | None,
    typer.Argument(
        metavar="[FILE]...",
        show_default=False,
        help=N_("Filled sheets (.md .docx .xlsx .csv), or memos. Default: the editor."),
    ),
]
As = Annotated[
    str,
    typer.Option(
        "--as",
        metavar="sheet|memo",
        help=N_("What the files are: our sheets, or memos of a colleague."),
    ),
]
Mode = Annotated[
    str | None,
    typer.Option(
        "--mode",
        metavar="MODE",
        show_default=False,
        help=N_("How the answers came if later: written, phone, online or onsite."),
    ),
]
On = Annotated[
    str | None,
    typer.Option("--on", metavar="DATE", show_default=False, help=N_("When the answers came.")),
]


class Returned(Struct, frozen=True):
    """Files that came back: what they are, how and when the answers came."""

    files: tuple[Path, ...]
    kind: str
    arrival: Arrival


def _returned(
    files: Files = None, as_: As = "sheet", mode_: Mode = None, on: On = None
) -> Returned:
    one_of("--as", as_, KINDS_OF_FILES)
    arrival = Arrival(mode(mode_) or "", day(on) or "")
    if arrival != AT_THE_VISIT and not files:
        raise WrongUsage(_("--mode and --on belong to files that came back."), _("Name the files."))
    return Returned(tuple(files or ()), as_, arrival)


@command(record_app, N_("Enter what was heard: in the editor, or from sheets and memos."))
def record(
    session: Here,
    visit: VisitName,
    returned: Annotated[Returned, From(_returned)],
    dry_run: DryRun = False,
    audience: Audience = "",
    yes: Yes = False,
    by: By = "",
) -> None:
    if not returned.files:
        from fieldvisit.cli.recording import record_in_editor

        seen_by = session.audience(Wish(audience=audience), "work")
        record_in_editor(session, visit, seen_by, dry_run=dry_run, yes=yes, by=by)
        return
    from fieldvisit.cli.returned import memos, record_files, sheets

    reader = memos if returned.kind == "memo" else sheets
    store = reader(session.settings(by), visit, returned.files, returned.arrival)
    record_files(session, visit, store, dry_run=dry_run, yes=yes, by=by)
