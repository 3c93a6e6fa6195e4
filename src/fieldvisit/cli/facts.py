"""`city fact`: what was typed of a fact, and what is said once it is stored."""

from pathlib import Path

from msgspec.structs import astuple

from fieldvisit.actions.city_facts import EnteredFact, import_facts, remove_fact, set_fact
from fieldvisit.cli.fact_options import Typed
from fieldvisit.cli.fixed_values import as_of
from fieldvisit.cli.session import Session
from fieldvisit.documents import wordings
from fieldvisit.errors import WrongUsage
from fieldvisit.fieldwork.city_fact import CityFact
from fieldvisit.fieldwork.terms import FACTS
from fieldvisit.language import _, counted, enumerated, together


def enter(session: Session, typed: Typed, by: str) -> None:
    """Store one fact, which needs all of its parts."""
    _need(typed, "city", "key", "value", "as_of", "source")
    day = as_of(typed.as_of) or ""
    fact = CityFact("", typed.key, typed.value, day, typed.source)
    _tell(session, set_fact(session.settings(by), typed.city, fact))


def take_away(session: Session, typed: Typed, by: str) -> None:
    """Take one fact away."""
    _need(typed, "city", "key")
    if typed.value or typed.source:
        raise WrongUsage(
            _("--remove goes with the city, the key and --as-of alone."),
            _("Leave out value and source, or --remove."),
        )
    day = as_of(typed.as_of) or ""
    gone = remove_fact(session.settings(by), typed.city, typed.key, day)
    session.tell(
        _("Taken away: {fact}").format(fact=_line(gone, gone.fact)),
        _("Bring it back with: fieldvisit undo"),
    )


def enter_file(session: Session, file: Path, typed: Typed, by: str, *, remove: bool) -> None:
    """Store the facts of a file; words for a single fact beside it are at odds with it."""
    if remove or any(astuple(typed)):
        raise WrongUsage(
            _("--file brings everything that is said of the facts."),
            _("Leave out the other words, or --file."),
        )
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


def _need(typed: Typed, *names: str) -> None:
    called = {
        "city": _("CITY"),
        "key": _("KEY"),
        "value": _("VALUE"),
        "as_of": "--as-of",
        "source": "--source",
    }
    missing = [called[name] for name in names if not getattr(typed, name)]
    if missing:
        raise WrongUsage(
            _("Missing: {names}").format(names=enumerated(missing)),
            _("A fact is stored with its date and source: fieldvisit city fact CITY KEY VALUE")
            + " --as-of 2019-10-01 --source TEXT",
        )


def _tell(session: Session, entered: EnteredFact) -> None:
    line = _line(entered, entered.fact)
    if entered.is_known:
        session.tell(_("Known already: {fact}").format(fact=line))
    elif entered.before:
        before = _line(entered, entered.before)
        session.tell(line, _("Before, it was: {fact}").format(fact=before))
    else:
        session.tell(line)


def _line(entered: EnteredFact, fact: CityFact) -> str:
    what = f"{entered.city.name} {FACTS.word(fact.key)}"
    return wordings.labelled(what, wordings.fact(fact, with_source=True))
