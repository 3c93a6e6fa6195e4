"""`search`: notes by words in their text."""

from typing import Annotated

import typer

from fieldvisit.cli.completion import complete_address, complete_city
from fieldvisit.cli.options import Audience, Force, Format, Json, Output, alone, command
from fieldvisit.cli.session import Wish, session_of
from fieldvisit.language import N_

search_app = alone()
APPS = {"search": search_app}


@command(search_app, N_("Find the notes whose text holds every one of the words, newest first."))
def search(
    ctx: typer.Context,
    words: Annotated[
        list[str],
        typer.Argument(
            metavar="WORDS...", help=N_("Each argument is one phrase; width and case are equal.")
        ),
    ],
    topic: Annotated[
        str,
        typer.Option(
            metavar="TOPIC[/QUESTION]",
            show_default=False,
            help=N_("Only under this topic."),
            autocompletion=complete_address,
        ),
    ] = "",
    city: Annotated[
        str,
        typer.Option(
            metavar="CITY",
            show_default=False,
            help=N_("Only of this city."),
            autocompletion=complete_city,
        ),
    ] = "",
    limit: Annotated[
        int,
        typer.Option(metavar="N", min=0, show_default=False, help=N_("At most so many; 0 = all.")),
    ] = 0,
    audience: Audience = "",
    format_: Format = "",
    json: Json = False,
    output: Output = None,
    force: Force = False,
) -> None:
    from fieldvisit.actions.search import search as find
    from fieldvisit.documents.notes import search_result

    session = session_of(ctx)
    wish = Wish(format_, json, output, force, audience)
    seen_by = session.audience(wish, "work")
    hits, register = find(session.settings(), words, seen_by, topic=topic, city=city, limit=limit)
    session.deliver(search_result(words, hits, register, seen_by), wish)
