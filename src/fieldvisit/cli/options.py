"""Options that several commands share, and how an app of commands is made."""

from collections.abc import Callable
from pathlib import Path
from typing import Annotated, Any, TypeVar

import typer

from fieldvisit.cli.help import Command, Group
from fieldvisit.language import N_

Declared = TypeVar("Declared", bound=Callable[..., Any])
HELP_NAMES = {"help_option_names": ["-h", "--help"]}

By = Annotated[
    str, typer.Option("--by", metavar="NAME", show_default=False, help=N_("Who writes."))
]
Format = Annotated[
    str,
    typer.Option(
        "--format",
        metavar="FORMAT",
        show_default=False,
        help=N_("table, md, csv or json. Default: table on a terminal, md in a pipe."),
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
Visit = Annotated[
    str,
    typer.Argument(
        metavar="VISIT",
        show_default=False,
        help=N_("A visit like chiba-1, or a city with one visit."),
    ),
]


def app() -> typer.Typer:
    """Return an app to declare commands on, in our help's hands."""
    return typer.Typer(
        cls=Group,
        rich_markup_mode=None,
        add_completion=False,
        no_args_is_help=True,
        context_settings=HELP_NAMES,
    )


def alone() -> typer.Typer:
    """Return an app for a command that has no commands under it."""
    return typer.Typer(rich_markup_mode=None, add_completion=False, context_settings=HELP_NAMES)


def command(
    parent: typer.Typer, help_: str, name: str | None = None
) -> Callable[[Declared], Declared]:
    """Declare a command on ``parent``; ``help_`` is an English msgid marked with N_."""
    return parent.command(name, cls=Command, context_settings=HELP_NAMES, help=help_)
