"""`summary set`, `edit`, `read`, `list`, `history`, `delete`."""

from pathlib import Path
from typing import Annotated

import typer

from fieldvisit.cli.completion import complete_address, complete_note
from fieldvisit.cli.declaring import app, command
from fieldvisit.cli.fixed_values import disclosure
from fieldvisit.cli.options import (
    AskedFor,
    Audience,
    By,
    DryRun,
    ForGroup,
    Here,
    OnlyCities,
    OnlyCity,
    OnlyTopic,
    Text,
    Yes,
)
from fieldvisit.cli.session import Wish
from fieldvisit.cli.summary_options import Cell, Given, Level, Place
from fieldvisit.language import N_, _, counted

summary_app = app()
APPS = {"summary": summary_app}


@command(summary_app, N_("Write the summary of one cell; what it was stays in its history."), "set")
def set_(
    session: Here,
    which: Cell,
    place: Place,
    text: Text = None,
    notes: Annotated[
        list[str] | None,
        typer.Option(
            "--notes",
            metavar="NOTE",
            help=N_(
                "A note on which it rests. Repeat for several. Default: those named before, else "
                "all in the cell but remarks and off-record ones."
            ),
            autocompletion=complete_note,
        ),
    ] = None,
    disclosure_: Level = None,
    unchanged: Annotated[
        bool,
        typer.Option(
            "--unchanged", help=N_("The text stays: it rests on the notes as they are now.")
        ),
    ] = False,
    by: By = "",
) -> None:
    from fieldvisit.cli.summarising import set_one

    given = Given(text, tuple(notes or ()), disclosure(disclosure_), unchanged)
    set_one(session, which, place, given, by)


@command(summary_app, N_("Write summaries on one sheet in the editor, below the notes."), "edit")
def edit(
    session: Here,
    topics: Annotated[
        list[str] | None,
        typer.Argument(
            metavar="[TOPIC[/QUESTION]]...",
            show_default=False,
            help=N_("The topics to summarise. Default: all."),
            autocompletion=complete_address,
        ),
    ] = None,
    city: OnlyCities = None,
    audience: Audience = "",
    yes: Yes = False,
    by: By = "",
) -> None:
    from fieldvisit.cli.summarising import edit_summaries

    seen_by = session.audience(Wish(audience=audience), "work")
    edit_summaries(session, topics or (), city or (), seen_by, yes=yes, by=by)


@command(summary_app, N_("Read summaries back from compare --cells both -o FILE.csv."), "read")
def read(
    session: Here,
    file: Annotated[Path, typer.Argument(metavar="FILE", help=N_("The comparison as CSV."))],
    dry_run: DryRun = False,
    yes: Yes = False,
    by: By = "",
) -> None:
    from fieldvisit.cli.summarising import read_file

    read_file(session, file, dry_run=dry_run, yes=yes, by=by)


@command(summary_app, N_("List summaries, their notes, and what is to be looked at again."), "list")
def list_(
    session: Here,
    wish: AskedFor,
    topic: OnlyTopic = "",
    city: OnlyCity = "",
    study_group: ForGroup = "",
    across: Annotated[
        bool, typer.Option("--across", help=N_("Only those across the cities."))
    ] = False,
    stale: Annotated[
        bool, typer.Option("--stale", help=N_("Only what is to be looked at again."))
    ] = False,
) -> None:
    from fieldvisit.actions.summarising.summaries import WantedSummaries, summaries
    from fieldvisit.documents.summaries import summary_list

    seen_by = session.audience(wish, "group")
    wanted = WantedSummaries(topic, city, study_group, across, stale)
    found, register, held_back = summaries(session.settings(), wanted, seen_by)
    narrowed = wanted != WantedSummaries()
    session.deliver(summary_list(found, register.cities, seen_by, narrowed=narrowed), wish)
    if held_back:
        session.tell(
            counted(
                "{n} summary is not for this audience and was held back.",
                "{n} summaries are not for this audience and were held back.",
                held_back,
            )
        )


@command(summary_app, N_("Show how a summary came to stand as it does."), "history")
def history(session: Here, wish: AskedFor, which: Cell, place: Place) -> None:
    from fieldvisit.actions.summarising.summaries import summary_history
    from fieldvisit.documents.summaries import summary_history as document

    seen_by = session.audience(wish, "work")
    found, register, handles = summary_history(
        session.settings(), place, seen_by, city=which.city, across=which.across
    )
    session.deliver(document(found, register.cities, handles, seen_by), wish)


@command(summary_app, N_("Take a summary out of every output."), "delete")
def delete(session: Here, which: Cell, place: Place, by: By = "") -> None:
    from fieldvisit.actions.summarising.write_summary import delete_summary

    delete_summary(session.settings(by), place, city=which.city, across=which.across)
    session.tell(_("The summary was deleted."), _("Take it back with: fieldvisit undo"))
