"""What is said of one summary on the command line: its cell, and what it is to say."""

from typing import Annotated

import typer
from msgspec import Struct

from fieldvisit.cli.completion import complete_address, complete_city, complete_disclosure
from fieldvisit.cli.declaring import From
from fieldvisit.language import N_


class Which(Struct, frozen=True):
    """Whose cell: of one city, or across the cities."""

    city: str
    across: bool


class Given(Struct, frozen=True):
    """What it is to say: TEXT as typed, ``notes`` as typed, ``level`` a fixed value or nothing."""

    text: str | None
    notes: tuple[str, ...]
    level: str | None
    unchanged: bool


Place = Annotated[
    str,
    typer.Argument(
        metavar="TOPIC[/QUESTION]",
        help=N_("The topic or question, by key or number."),
        autocompletion=complete_address,
    ),
]


Level = Annotated[
    str | None,
    typer.Option(
        "-d",
        "--disclosure",
        metavar="DISCLOSURE",
        show_default=False,
        help=N_(
            "public, confirm, anonymous, group or off-record. Default: that of the most closed "
            "note under it; a summary that is written again stays at least as closed as it was."
        ),
        autocompletion=complete_disclosure,
    ),
]


def _which(
    city: Annotated[
        str,
        typer.Option(
            "--city",
            metavar="CITY",
            show_default=False,
            help=N_("Of this city."),
            autocompletion=complete_city,
        ),
    ] = "",
    across: Annotated[bool, typer.Option("--across", help=N_("Across the cities."))] = False,
) -> Which:
    return Which(city, across)


Cell = Annotated[Which, From(_which)]
