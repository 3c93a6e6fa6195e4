"""`city list`, `show`, `add`, `import`, `fact`."""

from pathlib import Path
from typing import Annotated

import typer

from fieldvisit.cli.completion import complete_city
from fieldvisit.cli.declaring import app, command
from fieldvisit.cli.fact_options import TypedFact
from fieldvisit.cli.fixed_values import city_class
from fieldvisit.cli.options import Asked, By, Here, OfClass, OfPrefecture
from fieldvisit.language import N_, counted, together

city_app = app()
APPS = {"city": city_app}


@command(city_app, N_("List the shipped cities and those of the study."), "list")
def list_(
    session: Here,
    wish: Asked,
    class_: OfClass = "",
    prefecture: OfPrefecture = "",
) -> None:
    from fieldvisit.actions.show import cities
    from fieldvisit.documents.lists import city_list
    from fieldvisit.study.view import today

    found = cities(session.settings(), city_class(class_), prefecture)
    session.deliver(city_list(found, today()), wish)


@command(city_app, N_("Show a city with its dated classes and its facts."), "show")
def show(
    session: Here,
    wish: Asked,
    city: Annotated[
        str,
        typer.Argument(
            metavar="CITY",
            help=N_("Code, name, prefecture and name, kana or romaji."),
            autocompletion=complete_city,
        ),
    ],
) -> None:
    from fieldvisit.actions.show import city_and_facts
    from fieldvisit.documents.city_page import city_page
    from fieldvisit.study.view import today

    found, facts = city_and_facts(session.settings(), city)
    session.deliver(city_page(found, today(), facts), wish)


@command(city_app, N_("Add a city that is not in the shipped list."), "add")
def add(
    session: Here,
    name: Annotated[str, typer.Argument(metavar="NAME", help=N_("Its name, like 架空市."))],
    prefecture: Annotated[str, typer.Option(metavar="PREFECTURE", help=N_("Its prefecture."))],
    romaji: Annotated[
        str, typer.Option(metavar="ROMAJI", help=N_("Handles of its visits begin with this."))
    ],
    class_: Annotated[str, typer.Option("--class", metavar="CLASS", help=N_("Its class."))],
    kana: Annotated[
        str, typer.Option(metavar="KANA", show_default=False, help=N_("Its reading."))
    ] = "",
    code: Annotated[
        str,
        typer.Option(
            metavar="CODE",
            show_default=False,
            help=N_("Its code of 6 digits. Without one it gets a code of ours, never printed."),
        ),
    ] = "",
    since: Annotated[
        str, typer.Option(metavar="DATE", show_default=False, help=N_("First day of its class."))
    ] = "",
    by: By = "",
) -> None:
    from fieldvisit.actions.add_city import add_city
    from fieldvisit.fieldwork.city import City, CityAttribute

    attributes = (CityAttribute(city_class(class_), since or None),)
    city = City(code, prefecture, name, kana, romaji, attributes=attributes)
    session.answer(add_city(session.settings(by), city).romaji)


@command(city_app, N_("Add the cities of a CSV file; all of them or none."), "import")
def import_(
    session: Here,
    file: Annotated[
        Path,
        typer.Argument(
            metavar="FILE",
            help=N_("Columns: code, prefecture, name, kana, romaji, class; since if known."),
        ),
    ],
    by: By = "",
) -> None:
    from fieldvisit.actions.add_city import import_cities

    stored, known = import_cities(session.settings(by), file)
    session.tell(
        together(
            counted("{n} city was added.", "{n} cities were added.", stored),
            counted("{n} was known already.", "{n} were known already.", known),
        )
    )


@command(
    city_app,
    N_(
        "Keep a fact of a city with its date and source. Another date is another fact; the same "
        "date again revises it."
    ),
)
def fact(
    session: Here,
    typed: TypedFact,
    remove: Annotated[bool, typer.Option("--remove", help=N_("Take the fact away."))] = False,
    file: Annotated[
        Path | None,
        typer.Option(
            metavar="FILE",
            show_default=False,
            help=N_("A CSV file instead. Columns: city, key, value, as_of, source."),
        ),
    ] = None,
    by: By = "",
) -> None:
    from fieldvisit.cli.facts import enter, enter_file, take_away

    if file is not None:
        enter_file(session, file, typed, by, remove=remove)
    elif remove:
        take_away(session, typed, by)
    else:
        enter(session, typed, by)
