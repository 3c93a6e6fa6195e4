"""What is typed of a fact of a city: the words and options of `city fact`."""

from typing import Annotated

import typer
from msgspec import Struct

from fieldvisit.cli.completion import complete_city, complete_fact
from fieldvisit.cli.declaring import From
from fieldvisit.language import N_


class Typed(Struct, frozen=True):
    """The words of the command line that speak of one fact; empty = not given."""

    city: str
    key: str
    value: str
    as_of: str
    source: str


def _typed(
    city: Annotated[
        str,
        typer.Argument(
            metavar="[CITY]",
            show_default=False,
            help=N_("Code, name, prefecture and name, kana or romaji."),
            autocompletion=complete_city,
        ),
    ] = "",
    key: Annotated[
        str,
        typer.Argument(
            metavar="[KEY]",
            show_default=False,
            help=N_("population, households, area, staff, budget …, or a name of your own."),
            autocompletion=complete_fact,
        ),
    ] = "",
    value: Annotated[
        str,
        typer.Argument(
            metavar="[VALUE]", show_default=False, help=N_("The value as published, with its unit.")
        ),
    ] = "",
    as_of_: Annotated[
        str,
        typer.Option(
            "--as-of",
            metavar="AS-OF",
            show_default=False,
            help=N_("When it held: a day, month, year, 2019年度."),
        ),
    ] = "",
    source: Annotated[
        str, typer.Option(metavar="TEXT", show_default=False, help=N_("Where it was published."))
    ] = "",
) -> Typed:
    return Typed(city, key, value, as_of_, source)


TypedFact = Annotated[Typed, From(_typed)]
