"""Options that say what is known of a note besides its text."""

from typing import Annotated

from fieldvisit.cli.completion import (
    complete_attribution,
    complete_disclosure,
    complete_kind,
    complete_note,
    complete_person,
    complete_study_group,
)
from fieldvisit.cli.declaring import From, argument, option
from fieldvisit.cli.fixed_values import as_of, attribution, disclosure, kind
from fieldvisit.language import N_
from fieldvisit.study.fields import NoteFields

NoteName = Annotated[
    str, argument("NOTE", N_("A note's handle, or its first 4 or more characters."), complete_note)
]
Kind = Annotated[
    str | None,
    option(
        "-k --kind KIND",
        N_("statement, quote, reply, handout, desk, questionnaire or remark."),
        complete_kind,
    ),
]
Disclosure = Annotated[
    str | None,
    option(
        "-d --disclosure DISCLOSURE",
        N_(
            "public, confirm, anonymous, group or off-record. Default: the guide's; a note that is "
            "changed keeps its own."
        ),
        complete_disclosure,
    ),
]
Also = Annotated[
    list[str] | None,
    option("--also TOPIC[/QUESTION]", N_("File it there too. Repeat for several.")),
]
SaidBy = Annotated[
    str | None, option("--said-by NAME", N_("Who of those present said it."), complete_person)
]
AsOf = Annotated[
    str | None, option("--as-of AS-OF", N_("When it held: a day, month, year, 2019年度."))
]
SourceTitle = Annotated[str | None, option("--source-title TEXT", N_("Where it was published."))]
SourceUrl = Annotated[str | None, option("--source-url URL", N_("Its web address."))]
SourceDate = Annotated[str | None, option("--source-date AS-OF", N_("When it was published."))]
OnlyFor = Annotated[
    list[str] | None,
    option(
        "--only-for GROUP",
        N_("Only for this study group. Repeat for several."),
        complete_study_group,
    ),
]
Tag = Annotated[list[str] | None, option("-t --tag TAG", N_("A tag. Repeat for several."))]


MaterialNumber = Annotated[
    int | None,
    option(
        "--material NUMBER",
        N_("The number of the visit's material on which it rests; 0 for none."),
        min=0,
    ),
]
Page = Annotated[str | None, option("--page P", N_("The page there."))]
Attribution = Annotated[
    str | None,
    option(
        "--attribution HOW",
        N_("How far the speaker may be named: city, department, position or name."),
        complete_attribution,
    ),
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
    attribution_: Attribution = None,
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
        attribution=attribution(attribution_),
    )


Given = Annotated[NoteFields, From(_particulars)]
