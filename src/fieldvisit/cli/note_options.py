"""Options that say what is known of a note besides its text."""

from typing import Annotated

import typer

from fieldvisit.cli.completion import (
    complete_disclosure,
    complete_kind,
    complete_note,
    complete_person,
    complete_study_group,
)
from fieldvisit.cli.declaring import From
from fieldvisit.cli.fixed_values import as_of, disclosure, kind
from fieldvisit.language import N_
from fieldvisit.study.fields import NoteFields

NoteName = Annotated[
    str,
    typer.Argument(
        metavar="NOTE",
        help=N_("A note's handle, or its first 4 or more characters."),
        autocompletion=complete_note,
    ),
]
Kind = Annotated[
    str | None,
    typer.Option(
        "-k",
        "--kind",
        metavar="KIND",
        show_default=False,
        help=N_("statement, quote, reply, handout, desk, questionnaire or remark."),
        autocompletion=complete_kind,
    ),
]
Disclosure = Annotated[
    str | None,
    typer.Option(
        "-d",
        "--disclosure",
        metavar="DISCLOSURE",
        show_default=False,
        help=N_(
            "public, confirm, anonymous, group or off-record. Default: the guide's; a note that is "
            "changed keeps its own."
        ),
        autocompletion=complete_disclosure,
    ),
]
Also = Annotated[
    list[str] | None,
    typer.Option(
        "--also", metavar="TOPIC[/QUESTION]", help=N_("File it there too. Repeat for several.")
    ),
]
SaidBy = Annotated[
    str | None,
    typer.Option(
        "--said-by",
        metavar="NAME",
        help=N_("Who of those present said it."),
        autocompletion=complete_person,
    ),
]
AsOf = Annotated[
    str | None,
    typer.Option(
        "--as-of", metavar="AS-OF", help=N_("When it held: a day, month, year, 2019年度.")
    ),
]
SourceTitle = Annotated[
    str | None, typer.Option("--source-title", metavar="TEXT", help=N_("Where it was published."))
]
SourceUrl = Annotated[
    str | None, typer.Option("--source-url", metavar="URL", help=N_("Its web address."))
]
SourceDate = Annotated[
    str | None, typer.Option("--source-date", metavar="AS-OF", help=N_("When it was published."))
]
OnlyFor = Annotated[
    list[str] | None,
    typer.Option(
        "--only-for",
        metavar="GROUP",
        help=N_("Only for this study group. Repeat for several."),
        autocompletion=complete_study_group,
    ),
]
Tag = Annotated[
    list[str] | None,
    typer.Option("-t", "--tag", metavar="TAG", help=N_("A tag. Repeat for several.")),
]


MaterialNumber = Annotated[
    int | None,
    typer.Option(
        "--material",
        metavar="N",
        min=0,
        show_default=False,
        help=N_("The number of the visit's material on which it rests; 0 for none."),
    ),
]
Page = Annotated[
    str | None,
    typer.Option("--page", metavar="P", show_default=False, help=N_("The page there.")),
]


def _particulars(
    kind_: Kind = None,
    disclosure_: Disclosure = None,
    also: Also = None,
    said_by: SaidBy = None,
    as_of_: AsOf = None,
    source_title: SourceTitle = None,
    source_url: SourceUrl = None,
    source_date: SourceDate = None,
    only_for: OnlyFor = None,
    tag: Tag = None,
    material: MaterialNumber = None,
    page: Page = None,
) -> NoteFields:
    return NoteFields(
        kind=kind(kind_),
        disclosure=disclosure(disclosure_),
        also=tuple(also or ()),
        said_by=said_by,
        as_of=as_of(as_of_),
        source_title=source_title,
        source_url=source_url,
        source_date=as_of(source_date),
        only_for=tuple(only_for or ()),
        tags=tuple(tag or ()),
        material=material,
        page=page,
    )


Given = Annotated[NoteFields, From(_particulars)]
