"""Options and arguments that several commands share."""

from pathlib import Path
from typing import Annotated

import typer

from fieldvisit.cli.completion import (
    complete_address,
    complete_city,
    complete_study_group,
    complete_visit,
)
from fieldvisit.cli.declaring import From
from fieldvisit.cli.session import Session, Wish
from fieldvisit.cli.session import session_of as _session_of
from fieldvisit.language import N_

Here = Annotated[Session, From(_session_of)]
By = Annotated[
    str, typer.Option("--by", metavar="NAME", show_default=False, help=N_("Author of this entry."))
]
Format = Annotated[
    str,
    typer.Option(
        "--format",
        metavar="FORMAT",
        show_default=False,
        help=N_(
            "table, md, csv, json, html, docx or xlsx, where the output has that form. Default: "
            "table on a terminal, md in a pipe."
        ),
    ),
]
Json = Annotated[bool, typer.Option("--json", help=N_("The same as --format json."))]
Output = Annotated[
    Path | None,
    typer.Option(
        "-o", "--output", metavar="FILE", show_default=False, help=N_("Write into a file.")
    ),
]
Force = Annotated[bool, typer.Option("--force", help=N_("Overwrite a file that is there already."))]
Audience = Annotated[
    str,
    typer.Option(
        "--audience",
        metavar="AUDIENCE",
        show_default=False,
        help=N_("Who will see it: public, group or all."),
    ),
]
Yes = Annotated[bool, typer.Option("--yes", "-y", help=N_("Answer every question with yes."))]
DryRun = Annotated[
    bool, typer.Option("--dry-run", help=N_("Say what would be stored, and store nothing."))
]
Text = Annotated[
    str | None,
    typer.Argument(
        metavar="[TEXT]",
        show_default=False,
        help=N_("The text, @FILE, or - for standard input. Default: the editor."),
    ),
]
VisitName = Annotated[
    str,
    typer.Argument(
        metavar="VISIT",
        help=N_("A visit like chiba-1, or a city with one visit."),
        autocompletion=complete_visit,
    ),
]
OfVisit = Annotated[
    str,
    typer.Argument(
        metavar="[VISIT]",
        show_default=False,
        help=N_("Only of this visit."),
        autocompletion=complete_visit,
    ),
]
OnlyVisit = Annotated[
    str,
    typer.Option(
        "--visit",
        metavar="VISIT",
        show_default=False,
        help=N_("Only from this visit."),
        autocompletion=complete_visit,
    ),
]
OnlyCity = Annotated[
    str,
    typer.Option(
        "--city",
        metavar="CITY",
        show_default=False,
        help=N_("Only of this city."),
        autocompletion=complete_city,
    ),
]
OnlyCities = Annotated[
    list[str] | None,
    typer.Option(
        "--city",
        metavar="CITY",
        help=N_("Only this city. Repeat for several."),
        autocompletion=complete_city,
    ),
]
OnlyTopic = Annotated[
    str,
    typer.Option(
        "--topic",
        metavar="TOPIC[/QUESTION]",
        show_default=False,
        help=N_("Only under this topic."),
        autocompletion=complete_address,
    ),
]
OfClass = Annotated[
    str, typer.Option("--class", metavar="CLASS", show_default=False, help=N_("Of one class."))
]
OfPrefecture = Annotated[
    str,
    typer.Option(
        "--prefecture", metavar="PREFECTURE", show_default=False, help=N_("Of one prefecture.")
    ),
]
ForGroup = Annotated[
    str,
    typer.Option(
        "--study-group",
        metavar="GROUP",
        show_default=False,
        help=N_("Only what this study group may use."),
        autocompletion=complete_study_group,
    ),
]


def _wish(
    format_: Format = "", json: Json = False, output: Output = None, force: Force = False
) -> Wish:
    return Wish(format_, json, output, force)


def _seen_wish(
    audience: Audience = "",
    format_: Format = "",
    json: Json = False,
    output: Output = None,
    force: Force = False,
) -> Wish:
    return Wish(format_, json, output, force, audience)


# How an output is asked for: without notes in it, and with.
Asked = Annotated[Wish, From(_wish)]
AskedFor = Annotated[Wish, From(_seen_wish)]
