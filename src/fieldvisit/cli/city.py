"""`city list`, `show`, `add`, `import`, `fact`."""

from pathlib import Path
from typing import TYPE_CHECKING

from fieldvisit.cli import completion
from fieldvisit.cli.declaring import Noun, argument, option, verb
from fieldvisit.cli.options import ASKED, BY, OF_CLASS, OF_PREFECTURE, as_of
from fieldvisit.cli.session import Session, Wish
from fieldvisit.documents import wordings
from fieldvisit.errors import WrongUsage
from fieldvisit.fieldwork.city import City, CityAttribute, CityFact
from fieldvisit.fieldwork.terms import CLASSES, FACTS
from fieldvisit.language import _, counted, enumerated, together
from fieldvisit.study.view import today

if TYPE_CHECKING:
    from fieldvisit.actions.cities import EnteredFact

city_app = Noun()


@verb(city_app, "List the shipped cities and those of the study.")
def list_(
    session: Session, wish: Wish = ASKED, class_: str = OF_CLASS, prefecture: str = OF_PREFECTURE
) -> None:
    from fieldvisit.actions.show import cities
    from fieldvisit.documents.lists import city_list

    found = cities(session.settings(), class_, prefecture)
    session.deliver(city_list(found, today()), wish)


@verb(city_app, "Show a city with its dated classes and its facts.")
def show(
    session: Session,
    wish: Wish = ASKED,
    city: str = argument(
        "CITY", "Code, name, prefecture and name, kana or romaji.", completion.city
    ),
) -> None:
    from fieldvisit.actions.show import city_and_facts
    from fieldvisit.documents.lists import city_page

    found, facts = city_and_facts(session.settings(), city)
    session.deliver(city_page(found, today(), facts), wish)


@verb(city_app, "Add a city that is not in the shipped list.")
def add(
    session: Session,
    name: str = argument("NAME", "Its name, like 架空市."),
    prefecture: str = option("PREFECTURE", "Its prefecture.", default=...),
    romaji: str = option("ROMAJI", "Handles of its visits begin with this.", default=...),
    class_: str = option("--class CLASS", "Its class.", CLASSES, default=...),
    kana: str = option("KANA", "Its reading."),
    code: str = option(
        "CODE", "Its code of 6 digits. Without one it gets a code of ours, never printed."
    ),
    since: str = option("DATE", "First day of its class."),
    by: str = BY,
) -> None:
    from fieldvisit.actions.cities import add_city

    attributes = (CityAttribute(class_, since or None),)
    city = City(code, prefecture, name, kana, romaji, attributes=attributes)
    session.answer(add_city(session.settings(by), city).romaji)


@verb(city_app, "Add the cities of a CSV file; all of them or none.")
def import_(
    session: Session,
    file: Path = argument(
        "FILE", "Columns: code, prefecture, name, kana, romaji, class; since if known."
    ),
    by: str = BY,
) -> None:
    from fieldvisit.actions.cities import import_cities

    stored, known = import_cities(session.settings(by), file)
    session.tell(
        together(
            counted("{n} city was added.", "{n} cities were added.", stored),
            counted("{n} was known already.", "{n} were known already.", known),
        )
    )


@verb(
    city_app,
    "Keep a fact of a city with its date and source. Another date is another fact; the same "
    "date again revises it.",
)
def fact(
    session: Session,
    remove: bool = option("--remove", "Take the fact away."),
    by: str = BY,
    city: str = argument(
        "CITY", "Code, name, prefecture and name, kana or romaji.", completion.city
    ),
    key: str = argument(
        "KEY",
        "population, households, area, staff, budget …, or a name of your own.",
        completion.fact,
    ),
    value: str = argument("[VALUE]", "The value as published, with its unit.", default=None),
    as_of: str = option("AS-OF", "When it held: a day, month, year, 2019年度.", parser=as_of),
    source: str = option("TEXT", "Where it was published."),
) -> None:
    from fieldvisit.actions.cities import remove_fact, set_fact

    settings = session.settings(by)
    if not remove:
        parts = {_("[VALUE]").strip("[]"): value, "--as-of": as_of, "--source": source}
        _refuse_missing(parts)
        _tell(session, set_fact(settings, city, CityFact("", key, value, as_of, source)))
        return
    if value or source:
        raise WrongUsage(
            _("--remove goes with the city, the key and --as-of alone."),
            _("Leave out value and source, or --remove."),
        )
    gone = remove_fact(settings, city, key, as_of)
    session.tell(
        _("Taken away: {fact}").format(fact=_line(gone, gone.fact)),
        _("Bring it back with: fieldvisit undo"),
    )


def _refuse_missing(given: dict[str, str]) -> None:
    if missing := enumerated(name for name, value in given.items() if not value):
        raise WrongUsage(
            _("Missing: {names}").format(names=missing),
            _("A fact is stored with its date and source: fieldvisit city fact CITY KEY VALUE")
            + " --as-of 2019-10-01 --source TEXT",
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
