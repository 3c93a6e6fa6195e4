"""Options that narrow a list of notes."""

from typing import Annotated

import typer

from fieldvisit.cli.declaring import From
from fieldvisit.cli.fixed_values import kind
from fieldvisit.cli.note_options import Kind
from fieldvisit.cli.options import ForGroup, OnlyCity, OnlyTopic, OnlyVisit
from fieldvisit.language import N_
from fieldvisit.study.fields import NoteFilter


def _wanted(
    visit: OnlyVisit = "",
    city: OnlyCity = "",
    topic: OnlyTopic = "",
    kind_: Kind = None,
    tag: Annotated[
        str,
        typer.Option(
            "-t", "--tag", metavar="TAG", show_default=False, help=N_("Only with this tag.")
        ),
    ] = "",
    written_by: Annotated[
        str,
        typer.Option(
            "--written-by",
            metavar="NAME",
            show_default=False,
            help=N_("Only notes written by this person."),
        ),
    ] = "",
    unsorted: Annotated[
        bool, typer.Option("--unsorted", help=N_("Only notes without a topic."))
    ] = False,
    study_group: ForGroup = "",
) -> NoteFilter:
    return NoteFilter(visit, city, topic, kind(kind_) or "", tag, written_by, unsorted, study_group)


Narrowed = Annotated[NoteFilter, From(_wanted)]
