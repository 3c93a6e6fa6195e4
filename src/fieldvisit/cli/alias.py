"""`alias` and `trace`: names that anonymised outputs replace, and what their marks stand for."""

from fieldvisit.cli.declaring import Noun, argument, command, option, verb
from fieldvisit.cli.options import ASKED_FOR, BY
from fieldvisit.cli.session import Session, Wish
from fieldvisit.fieldwork.terms import NAMED
from fieldvisit.language import _

alias_app, trace_app = Noun(), Noun()

MARK = argument("MARK", "The mark behind a line (7-12), or the number and a label: 7-City A.")
NAME = argument("NAME", "The name as it stands in texts.")
KIND = option("--kind KIND", "city, person, department, system or vendor.", NAMED)


@command(trace_app, "Say what stands behind a mark of an anonymised output.")
def trace(session: Session, wish: Wish = ASKED_FOR, mark: str = MARK) -> None:
    from fieldvisit.actions.anonymise import trace as trace_back
    from fieldvisit.documents.lists import traced

    found, register = trace_back(session.settings(), mark, session.audience(wish, "work"))
    session.deliver(traced(found, register), wish)


@verb(alias_app, "Enter a name that anonymised outputs are to replace.")
def add(
    session: Session,
    name: str = NAME,
    kind: str = KIND,
    stands_for: str = option(
        "--for CITY|NAME", "The city or prefecture, or the longer name, for which it stands."
    ),
    by: str = BY,
) -> None:
    from fieldvisit.actions.aliases import add_alias

    stored = add_alias(session.settings(by), name, kind, stands_for)
    session.tell(_("“{name}” was entered.").format(name=stored.name))


@verb(alias_app, "Tick off what is no name and may stand in anonymised outputs.")
def ignore(
    session: Session,
    texts: tuple[str, ...] = argument("TEXT...", "The text as it was listed."),
    by: str = BY,
) -> None:
    from fieldvisit.actions.aliases import ignore_texts

    for stored in ignore_texts(session.settings(by), texts):
        session.tell(_("“{name}” was ticked off: it may stand.").format(name=stored.name))


@verb(alias_app, "List the names entered, and what was ticked off.")
def list_(session: Session, wish: Wish = ASKED_FOR) -> None:
    from fieldvisit.actions.aliases import aliases
    from fieldvisit.documents.lists import alias_list

    found, cities = aliases(session.settings(), session.audience(wish, "work"))
    session.deliver(alias_list(found, cities), wish)


@verb(alias_app, "Take a name away that was entered, or what was ticked off.")
def remove(session: Session, name: str = NAME, kind: str = KIND, by: str = BY) -> None:
    from fieldvisit.actions.aliases import remove_alias

    gone = remove_alias(session.settings(by), name, kind)
    session.tell(_("“{name}” was taken away.").format(name=gone.name))
