"""`city list`, `show`, `add`, `import`, `fact`."""

from pathlib import Path
from typing import TYPE_CHECKING, Annotated

from fieldvisit.cli.completion import complete_city, complete_fact
from fieldvisit.cli.declaring import Noun, argument, command, option
from fieldvisit.cli.fixed_values import as_of, city_class
from fieldvisit.cli.options import Asked, By, Here, OfClass, OfPrefecture
from fieldvisit.cli.session import Session
from fieldvisit.documents import wordings
from fieldvisit.errors import WrongUsage
from fieldvisit.fieldwork.city import CityFact
from fieldvisit.fieldwork.terms import FACTS
from fieldvisit.language import N_, _, counted, enumerated, together

if TYPE_CHECKING:
    from fieldvisit.actions.cities import EnteredFact

city_app = Noun()


@command(city_app, N_("List the shipped cities and those of the study."), "list")
def list_(session: Here, wish: Asked, class_: OfClass = "", prefecture: OfPrefecture = "") -> None:
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
        str, argument("CITY", N_("Code, name, prefecture and name, kana or romaji."), complete_city)
    ],
) -> None:
    from fieldvisit.actions.show import city_and_facts
    from fieldvisit.documents.lists import city_page
    from fieldvisit.study.view import today

    found, facts = city_and_facts(session.settings(), city)
    session.deliver(city_page(found, today(), facts), wish)


@command(city_app, N_("Add a city that is not in the shipped list."), "add")
def add(
    session: Here,
    name: Annotated[str, argument("NAME", N_("Its name, like 架空市."))],
    prefecture: Annotated[str, option("PREFECTURE", N_("Its prefecture."))],
    romaji: Annotated[str, option("ROMAJI", N_("Handles of its visits begin with this."))],
    class_: Annotated[str, option("--class CLASS", N_("Its class."))],
    kana: Annotated[str, option("KANA", N_("Its reading."))] = "",
    code: Annotated[
        str,
        option(
            "CODE", N_("Its code of 6 digits. Without one it gets a code of ours, never printed.")
        ),
    ] = "",
    since: Annotated[str, option("DATE", N_("First day of its class."))] = "",
    by: By = "",
) -> None:
    from fieldvisit.actions.cities import add_city
    from fieldvisit.fieldwork.city import City, CityAttribute

    attributes = (CityAttribute(city_class(class_), since or None),)
    city = City(code, prefecture, name, kana, romaji, attributes=attributes)
    session.answer(add_city(session.settings(by), city).romaji)


@command(city_app, N_("Add the cities of a CSV file; all of them or none."), "import")
def import_(
    session: Here,
    file: Annotated[
        Path,
        argument(
            "FILE", N_("Columns: code, prefecture, name, kana, romaji, class; since if known.")
        ),
    ],
    by: By = "",
) -> None:
    from fieldvisit.actions.cities import import_cities

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
    "fact",
)
def fact(
    session: Here,
    remove: Annotated[bool, option("--remove", N_("Take the fact away."))] = False,
    file: Annotated[
        Path | None,
        option("FILE", N_("A CSV file instead. Columns: city, key, value, as_of, source.")),
    ] = None,
    by: By = "",
    city: Annotated[
        str,
        argument("[CITY]", N_("Code, name, prefecture and name, kana or romaji."), complete_city),
    ] = "",
    key: Annotated[
        str,
        argument(
            "[KEY]",
            N_("population, households, area, staff, budget …, or a name of your own."),
            complete_fact,
        ),
    ] = "",
    value: Annotated[str, argument("[VALUE]", N_("The value as published, with its unit."))] = "",
    as_of_: Annotated[
        str, option("--as-of AS-OF", N_("When it held: a day, month, year, 2019年度."))
    ] = "",
    source: Annotated[str, option("TEXT", N_("Where it was published."))] = "",
) -> None:
    from fieldvisit.actions.cities import set_fact

    if file is not None:
        if remove or city or key or value or as_of_ or source:
            raise WrongUsage(
                _("--file brings everything that is said of the facts."),
                _("Leave out the other words, or --file."),
            )
        _enter_file(session, file, by)
    elif not remove:
        _need(CITY=city, KEY=key, VALUE=value, as_of=as_of_, source=source)
        entered = CityFact("", key, value, as_of(as_of_) or "", source)
        _tell(session, set_fact(session.settings(by), city, entered))
    else:
        _need(CITY=city, KEY=key)
        if value or source:
            raise WrongUsage(
                _("--remove goes with the city, the key and --as-of alone."),
                _("Leave out value and source, or --remove."),
            )
        _take_away(session, city, key, as_of_, by)


_CALLED = {"CITY": N_("CITY"), "KEY": N_("KEY"), "VALUE": N_("VALUE")}


def _need(**given: str) -> None:
    """Refuse what was not given; options go by their parameters."""
    missing = [
        _(_CALLED[name]) if name in _CALLED else f"--{name.replace('_', '-')}"
        for name, typed in given.items()
        if not typed
    ]
    if missing:
        raise WrongUsage(
            _("Missing: {names}").format(names=enumerated(missing)),
            _("A fact is stored with its date and source: fieldvisit city fact CITY KEY VALUE")
            + " --as-of 2019-10-01 --source TEXT",
        )


def _enter_file(session: Session, file: Path, by: str) -> None:
    from fieldvisit.actions.cities import import_facts

    entered = import_facts(session.settings(by), file)
    known = sum(one.is_known for one in entered)
    session.tell(
        together(
            counted("{n} fact was stored.", "{n} facts were stored.", len(entered) - known),
            counted("{n} fact was known already.", "{n} facts were known already.", known),
        )
    )
    for one in entered:
        if one.before and not one.is_known:
            _tell(session, one)


def _take_away(session: Session, city: str, key: str, day: str, by: str) -> None:
    from fieldvisit.actions.cities import remove_fact

    gone = remove_fact(session.settings(by), city, key, as_of(day) or "")
    session.tell(
        _("Taken away: {fact}").format(fact=_line(gone, gone.fact)),
        _("Bring it back with: fieldvisit undo"),
    )


def _tell(session: Session, entered: "EnteredFact") -> None:
    line, before = _line(entered, entered.fact), entered.before
    if entered.is_known:
        session.tell(_("Known already: {fact}").format(fact=line))
    else:
        was = _("Before, it was: {fact}").format(fact=_line(entered, before)) if before else ""
        session.tell(line, was)


def _line(entered: "EnteredFact", fact: CityFact) -> str:
    what = f"{entered.city.name} {FACTS.word(fact.key)}"
    return wordings.labelled(what, wordings.fact(fact, with_source=True))
