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
        str, argument("MARK", N_("The number behind a line, or what stands for a name: City A."))
    ],
) -> None:
    from fieldvisit.actions.anonymising.trace import trace as trace_back
    from fieldvisit.documents.lists import traced

    found, register = trace_back(session.settings(), mark, session.audience(wish, "work"))
    session.deliver(traced(found, register), wish)


alias_app = Noun()

Name = Annotated[str, argument("NAME", N_("The name as it stands in texts."))]
Kind = Annotated[
    str,
    option(
        "--kind KIND",
        N_("city, person, department, system, vendor; word = no name, to be left as it is."),
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
    from fieldvisit.actions.anonymising.aliases import add_alias

    stored = add_alias(session.settings(by), name, named(kind), stands_for)
    session.tell(_("“{name}” was entered.").format(name=stored.name))


@command(alias_app, N_("List the names entered."), "list")
def list_(session: Here, wish: AskedFor) -> None:
    from fieldvisit.actions.anonymising.anonymise import aliases
    from fieldvisit.documents.lists import alias_list

    found, cities = aliases(session.settings(), session.audience(wish, "work"))
    session.deliver(alias_list(found, cities), wish)


@command(alias_app, N_("Take a name away that was entered."), "remove")
def remove(session: Here, name: Name, kind: Kind = "", by: By = "") -> None:
    from fieldvisit.actions.anonymising.aliases import remove_alias

    gone = remove_alias(session.settings(by), name, named(kind))
    session.tell(_("“{name}” was taken away.").format(name=gone.name))
