"""`visit add`, `list`, `show`, `edit`, `remove`."""

from collections import Counter
from dataclasses import replace
from typing import Annotated

import typer

from fieldvisit.actions.particulars import Plan
from fieldvisit.cli.completion import complete_city
from fieldvisit.cli.declaring import app, command
from fieldvisit.cli.fixed_values import day, status
from fieldvisit.cli.options import AskedFor, By, Here, VisitName
from fieldvisit.cli.visit_options import Planned
from fieldvisit.errors import WrongUsage
from fieldvisit.language import N_, _

visit_app = app()
APPS = {"visit": visit_app}


@command(visit_app, N_("Plan visits; prints their handles, one a line."), "add")
def add(
    session: Here,
    planned: Planned,
    cities: Annotated[
        list[str],
        typer.Argument(
            metavar="CITY...",
            help=N_("Code, name, prefecture and name, kana or romaji."),
            autocompletion=complete_city,
        ),
    ],
    by: By = "",
) -> None:
    from fieldvisit.actions.plan_visits import add_visits

    for visit in add_visits(session.settings(by), cities, planned):
        session.answer(visit.handle)


@command(visit_app, N_("Change a visit. People given are added to it."), "edit")
def edit(
    session: Here,
    planned: Planned,
    visit: VisitName,
    status_: Annotated[
        str | None,
        typer.Option(
            "--status", metavar="STATUS", help=N_("planned, held, postponed or cancelled.")
        ),
    ] = None,
    sent: Annotated[
        str | None,
        typer.Option("--sent", metavar="DATE", help=N_("When the questions went to the city.")),
    ] = None,
    consent: Annotated[
        str | None,
        typer.Option("--consent", metavar="TEXT", help=N_("What the city agreed to.")),
    ] = None,
    refresh_guide: Annotated[
        bool,
        typer.Option("--refresh-guide", help=N_("Take the guides as their files stand now.")),
    ] = False,
    remove_person: Annotated[
        list[str] | None,
        typer.Option("--remove-person", metavar="NAME", help=N_("Somebody who was not there.")),
    ] = None,
    by: By = "",
) -> None:
    from fieldvisit.actions.plan_visits import edit_visit

    plan = replace(
        planned,
        status=status(status_),
        sent=day(sent),
        consent=consent,
        leaving=tuple(remove_person or ()),
    )
    if plan == Plan() and not refresh_guide:
        raise WrongUsage(_("Nothing to change was given."))
    changed = edit_visit(session.settings(by), visit, plan, refresh_guide=refresh_guide)
    session.answer(changed.handle)


@command(visit_app, N_("Take a visit without notes out of the study."), "remove")
def remove(session: Here, visit: VisitName, by: By = "") -> None:
    from fieldvisit.actions.plan_visits import remove_visit

    gone = remove_visit(session.settings(by), visit)
    session.tell(
        _("{visit} was removed.").format(visit=gone.handle),
        _("Take it back with: fieldvisit undo"),
    )


@command(visit_app, N_("List the visits by date."), "list")
def list_(
    session: Here,
    wish: AskedFor,
) -> None:
    from fieldvisit.actions.show import visits as read_visits
    from fieldvisit.documents.lists import visit_list

    seen_by = session.audience(wish, "work")
    session.deliver(visit_list(*read_visits(session.settings(), seen_by)), wish)


@command(visit_app, N_("Show a visit and how far its questions are."), "show")
def show(
    session: Here,
    wish: AskedFor,
    visit: VisitName,
) -> None:
    from fieldvisit.actions.coverage import visit_and_coverage
    from fieldvisit.documents.status import visit_page

    seen_by = session.audience(wish, "work")
    covered, guides, held_back = visit_and_coverage(session.settings(), visit, seen_by)
    counts = Counter(standing.state for standing in covered.questions)
    session.deliver(
        visit_page(covered.visit, covered.city, guides, tuple(counts.items()), covered.counts), wish
    )
    session.tell_held_back(held_back)
