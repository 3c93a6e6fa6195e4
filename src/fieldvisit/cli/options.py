"""Options and arguments that several commands share."""

from pathlib import Path
from typing import Annotated

from fieldvisit.cli.completion import (
    complete_address,
    complete_city,
    complete_study_group,
    complete_visit,
)
from fieldvisit.cli.declaring import From, argument, option
from fieldvisit.cli.session import Session, Wish
from fieldvisit.cli.session import session_of as _session_of
from fieldvisit.language import N_

Here = Annotated[Session, From(_session_of)]
By = Annotated[str, option("--by NAME", N_("Author of this entry."))]
Format = Annotated[
    str,
    option(
        "--format FORMAT",
        N_(
            "table, md, csv, json, html, docx or xlsx, where the output has that form. Default: "
            "table on a terminal, md in a pipe."
        ),
    ),
]
Json = Annotated[bool, option("--json", N_("The same as --format json."))]
Output = Annotated[Path | None, option("-o --output FILE", N_("Write into a file."))]
Force = Annotated[bool, option("--force", N_("Overwrite a file that is there already."))]
Audience = Annotated[
    str, option("--audience AUDIENCE", N_("Who will see it: public, group or all."))
]
AllowNames = Annotated[
    bool,
    option(
        "--allow-names",
        N_("The people who are named may be: in an output for the public, or in a letter."),
    ),
]
Yes = Annotated[bool, option("--yes -y", N_("Answer every question with yes."))]
DryRun = Annotated[bool, option("--dry-run", N_("Say what would be stored, and store nothing."))]
Text = Annotated[
    str | None,
    argument("[TEXT]", N_("The text, @FILE, or - for standard input. Default: the editor.")),
]
VisitName = Annotated[
    str, argument("VISIT", N_("A visit like chiba-1, or a city with one visit."), complete_visit)
]
OfVisit = Annotated[str, argument("[VISIT]", N_("Only of this visit."), complete_visit)]
OnlyVisit = Annotated[str, option("--visit VISIT", N_("Only from this visit."), complete_visit)]
OnlyCity = Annotated[str, option("--city CITY", N_("Only of this city."), complete_city)]
OnlyCities = Annotated[
    list[str] | None,
    option("--city CITY", N_("Only this city. Repeat for several."), complete_city),
]
OnlyTopic = Annotated[
    str, option("--topic TOPIC[/QUESTION]", N_("Only under this topic."), complete_address)
]
Limit = Annotated[int, option("N", N_("At most so many; 0 = all."), min=0)]
OfClass = Annotated[str, option("--class CLASS", N_("Of one class."))]
OfPrefecture = Annotated[str, option("--prefecture PREFECTURE", N_("Of one prefecture."))]
ForGroup = Annotated[
    str,
    option("--study-group GROUP", N_("Only what this study group may use."), complete_study_group),
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
    allow_names: AllowNames = False,
) -> Wish:
    return Wish(format_, json, output, force, audience, allow_names)


# How an output is asked for: without notes in it, and with.
Asked = Annotated[Wish, From(_wish)]
AskedFor = Annotated[Wish, From(_seen_wish)]
