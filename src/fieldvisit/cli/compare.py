"""`compare`: the cities, topic by topic."""

from typing import Annotated

import typer
from msgspec.structs import replace

from fieldvisit.actions.compare import Choice
from fieldvisit.cli.compare_options import Arranged, Chosen, Narrowed
from fieldvisit.cli.completion import complete_address
from fieldvisit.cli.declaring import alone, command
from fieldvisit.cli.options import AskedFor, Here
from fieldvisit.cli.session import Session, Wish
from fieldvisit.documents.comparison import Arrangement, document
from fieldvisit.language import N_, _

compare_app = alone()
APPS = {"compare": compare_app}


@command(compare_app, N_("Compare the cities, topic by topic."))
def compare(
    session: Here,
    wish: AskedFor,
    choice: Chosen,
    narrowing: Narrowed,
    arrangement: Arranged,
    topics: Annotated[
        list[str] | None,
        typer.Argument(
            metavar="[TOPIC]...",
            show_default=False,
            help=N_("Which topics. Default: all."),
            autocompletion=complete_address,
        ),
    ] = None,
    anonymise: Annotated[
        bool,
        typer.Option(
            "--anonymise", help=N_("Replace the names of cities, people and departments.")
        ),
    ] = False,
) -> None:
    choice = replace(
        choice,
        topics=tuple(topics or ()),
        narrowing=narrowing,
        grouped=arrangement.grouped,
    )
    show = _show_anonymised if anonymise else show_comparison
    show(session, choice, wish, replace(arrangement, narrowing=narrowing))


def show_comparison(
    session: Session, choice: Choice, wish: Wish, arrangement: Arrangement | None = None
) -> None:
    """Print a comparison; also what ends `demo`."""
    from fieldvisit.actions.compare import compare as compare_cities
    from fieldvisit.study.view import today

    seen_by = session.audience(wish, "group")
    found, register, held_back = compare_cities(session.settings(), choice, seen_by)
    session.deliver(document(found, register, today(), arrangement), wish)
    session.tell_held_back(held_back)


def _show_anonymised(
    session: Session, choice: Choice, wish: Wish, arrangement: Arrangement
) -> None:
    """Print a comparison without names."""
    from fieldvisit.actions.anonymising.anonymise import compare_anonymised
    from fieldvisit.study.view import today

    seen_by = session.audience(wish, "group")
    found = compare_anonymised(session.settings(), choice, seen_by)
    session.deliver(document(found.comparison, found.register, today(), arrangement), wish)
    session.tell_held_back(found.held_back)
    if found.facts_left_out:
        session.tell(_("Facts of the cities are left out: they would tell which city it is."))
