"""`alias` and `trace`: names that anonymised outputs replace, and what their marks stand for."""

from typing import Annotated

from fieldvisit.cli.declaring import Noun, argument, command, option
from fieldvisit.cli.fixed_values import named
from fieldvisit.cli.options import AskedFor, By, Here
from fieldvisit.language import N_, _

trace_app = Noun()


@command(trace_app, N_("Say what stands behind a mark of an anonymised output."))
def trace(
    session: Here,
    wish: AskedFor,
    mark: Annotated[
        str,
        argument("MARK", N_("The mark behind a line (7-12), or the number and a label: 7-City A.")),
    ],
) -> None:
    from fieldvisit.actions.anonymise import trace as trace_back
    from fieldvisit.documents.lists import traced

    found, register = trace_back(session.settings(), mark, session.audience(wish, "work"))
    session.deliver(traced(found, register), wish)


alias_app = Noun()

Name = Annotated[str, argument("NAME", N_("The name as it stands in texts."))]
Kind = Annotated[
    str,
    option(
        "--kind KIND",
        N_("city, person, department, system or vendor."),
    ),
]


@command(alias_app, N_("Enter a name that anonymised outputs are to replace."), "add")
def add(
    session: Here,
    name: Name,
    kind: Kind = "",
    stands_for: Annotated[
        str,
        option(
            "--for CITY|NAME",
            N_("The city or prefecture, or the longer name, for which it stands."),
        ),
    ] = "",
    by: By = "",
) -> None:
    from fieldvisit.actions.aliases import add_alias

    stored = add_alias(session.settings(by), name, named(kind), stands_for)
    session.tell(_("“{name}” was entered.").format(name=stored.name))


@command(alias_app, N_("Tick off what is no name and may stand in anonymised outputs."), "ignore")
def ignore(
    session: Here,
    texts: Annotated[list[str], argument("TEXT...", N_("The text as it was listed."))],
    by: By = "",
) -> None:
    from fieldvisit.actions.aliases import ignore_texts

    for stored in ignore_texts(session.settings(by), texts):
        session.tell(_("“{name}” was ticked off: it may stand.").format(name=stored.name))


@command(alias_app, N_("List the names entered, and what was ticked off."), "list")
def list_(session: Here, wish: AskedFor) -> None:
    from fieldvisit.actions.aliases import aliases
    from fieldvisit.documents.lists import alias_list

    found, cities = aliases(session.settings(), session.audience(wish, "work"))
    session.deliver(alias_list(found, cities), wish)


@command(alias_app, N_("Take a name away that was entered, or what was ticked off."), "remove")
def remove(session: Here, name: Name, kind: Kind = "", by: By = "") -> None:
    from fieldvisit.actions.aliases import remove_alias

    gone = remove_alias(session.settings(by), name, named(kind))
    session.tell(_("“{name}” was taken away.").format(name=gone.name))
