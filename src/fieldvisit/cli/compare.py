"""`compare`: the cities, topic by topic."""

from typing import TYPE_CHECKING, Annotated

import typer

from fieldvisit.actions.compare import Choice
from fieldvisit.cli.completion import complete_address, complete_city
from fieldvisit.cli.declaring import alone, command
from fieldvisit.cli.fixed_values import city_class
from fieldvisit.cli.options import AskedFor, ForGroup, Here, OfClass
from fieldvisit.cli.session import Session, Wish
from fieldvisit.errors import WrongUsage
from fieldvisit.language import N_, _, enumerated

if TYPE_CHECKING:
    from fieldvisit.documents.comparison import Arrangement

compare_app = alone()
APPS = {"compare": compare_app}


@command(compare_app, N_("Compare the cities, topic by topic."))
def compare(
    session: Here,
    wish: AskedFor,
    topics: Annotated[
        list[str] | None,
        typer.Argument(
            metavar="[TOPIC]...",
            show_default=False,
            help=N_("Which topics. Default: all."),
            autocompletion=complete_address,
        ),
    ] = None,
    city: Annotated[
        list[str] | None,
        typer.Option(
            metavar="CITY",
            help=N_("Only this city. Repeat for several."),
            autocompletion=complete_city,
        ),
    ] = None,
    class_: OfClass = "",
    study_group: ForGroup = "",
    view: Annotated[
        str, typer.Option(metavar="topic|city", help=N_("What the sections are."))
    ] = "topic",
    rows: Annotated[
        str,
        typer.Option(
            metavar="items|cities",
            show_default=False,
            help=N_("What goes down. Default: questions, up to 6 cities."),
        ),
    ] = "",
    cells: Annotated[
        str, typer.Option(metavar="notes|summary|both", help=N_("What stands in the cells."))
    ] = "notes",
    anonymise: Annotated[
        bool,
        typer.Option(
            "--anonymise", help=N_("Replace the names of cities, people and departments.")
        ),
    ] = False,
) -> None:
    _one_of("--cells", cells, ("notes", "summary", "both"))
    _one_of("--view", view, ("topic", "city"))
    _one_of("--rows", rows, ("", "items", "cities"))
    if rows and view == "city":
        raise WrongUsage(
            _("--rows says nothing where every section is a city."),
            _("Leave out --rows, or --view city."),
        )
    from fieldvisit.documents.comparison import Arrangement

    choice = Choice(tuple(topics or ()), tuple(city or ()), city_class(class_), study_group)
    if anonymise:
        show_anonymised(session, choice, wish, Arrangement(view, rows, cells))
    else:
        show_comparison(session, choice, wish, Arrangement(view, rows, cells))


def show_comparison(
    session: Session, choice: Choice, wish: Wish, arrangement: "Arrangement | None" = None
) -> None:
    """Print a comparison; also what ends `demo`."""
    from fieldvisit.actions.compare import compare as compare_cities
    from fieldvisit.actions.looking import today
    from fieldvisit.documents.comparison import document

    seen_by = session.audience(wish, "group")
    found, register, held_back = compare_cities(session.settings(), choice, seen_by)
    session.deliver(document(found, register, today(), arrangement), wish)
    session.tell_held_back(held_back)


def show_anonymised(
    session: Session, choice: Choice, wish: Wish, arrangement: "Arrangement"
) -> None:
    """Print a comparison without names."""
    from fieldvisit.actions.anonymise import compare_anonymised
    from fieldvisit.actions.looking import today
    from fieldvisit.documents.comparison import document

    seen_by = session.audience(wish, "group")
    found, register, held_back = compare_anonymised(session.settings(), choice, seen_by)
    session.deliver(document(found, register, today(), arrangement), wish)
    session.tell_held_back(held_back)


def _one_of(option: str, typed: str, allowed: tuple[str, ...]) -> None:
    if typed not in allowed:
        raise WrongUsage(
            _("{option} is none of the allowed values: {typed}").format(option=option, typed=typed),
            _("Allowed: {values}").format(values=enumerated(filter(None, allowed))),
        )
