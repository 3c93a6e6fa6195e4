"""`visit add`, `list`, `show`, `edit`, `remove`."""

from collections import Counter
from typing import Annotated

import typer

from fieldvisit.cli.completion import complete_city, complete_guide, complete_visit
from fieldvisit.cli.fixed_values import day, mode, status, time
from fieldvisit.cli.options import Audience, By, Force, Format, Json, Output, app, command
from fieldvisit.cli.session import Wish, session_of
from fieldvisit.language import N_, _

visit_app = app()
APPS = {"visit": visit_app}

VisitName = Annotated[
    str,
    typer.Argument(
        metavar="VISIT",
        help=N_("A visit like chiba-1, or a city with one visit."),
        autocompletion=complete_visit,
    ),
]
Day = Annotated[
    str | None,
    typer.Option("--date", metavar="DATE", help=N_("The day, like 2019-10-21 or R1.10.21.")),
]
Until = Annotated[str | None, typer.Option("--until", metavar="DATE", help=N_("The last day."))]
Time = Annotated[
    str | None, typer.Option("--time", metavar="TIME", help=N_("Like 13:30 or 13:30-15:00."))
]
Place = Annotated[str | None, typer.Option("--place", metavar="TEXT", help=N_("Where."))]
Mode = Annotated[
    str | None,
    typer.Option("--mode", metavar="MODE", help=N_("onsite, online, phone or written.")),
]
Guide = Annotated[
    list[str] | None,
    typer.Option(
        "--guide",
        metavar="GUIDE",
        help=N_("An interview guide. Repeat for several."),
        autocompletion=complete_guide,
    ),
]
StudyGroup = Annotated[
    list[str] | None,
    typer.Option(
        "--study-group", metavar="GROUP", help=N_("Who uses the findings. Repeat for several.")
    ),
]
Interviewer = Annotated[
    list[str] | None,
    typer.Option("--interviewer", metavar="NAME", help=N_("One of us. Repeat for several.")),
]
Respondent = Annotated[
    list[str] | None,
    typer.Option(
        "--respondent",
        metavar="PERSON",
        help=N_("One of them: department/position/name. Repeat for several."),
    ),
]
Contact = Annotated[
    str | None, typer.Option("--contact", metavar="TEXT", help=N_("The liaison of the city."))
]


@command(visit_app, N_("Plan visits; prints their handles, one a line."), "add")
def add(
    ctx: typer.Context,
    cities: Annotated[
        list[str],
        typer.Argument(
            metavar="CITY...",
            help=N_("Code, name, prefecture and name, kana or romaji."),
            autocompletion=complete_city,
        ),
    ],
    date: Day = None,
    until: Until = None,
    time_: Time = None,
    place: Place = None,
    mode_: Mode = None,
    guide: Guide = None,
    study_group: StudyGroup = None,
    interviewer: Interviewer = None,
    respondent: Respondent = None,
    contact: Contact = None,
    by: By = "",
) -> None:
    from fieldvisit.actions.plan_visits import Plan, add_visits

    session = session_of(ctx)
    plan = Plan(
        first_day=day(date),
        last_day=day(until),
        time=time(time_),
        place=place,
        mode=mode(mode_),
        contact=contact,
        guides=tuple(guide or ()),
        study_groups=tuple(study_group or ()),
        interviewers=tuple(interviewer or ()),
        respondents=tuple(respondent or ()),
    )
    for visit in add_visits(session.settings(by), cities, plan):
        session.answer(visit.handle)


@command(visit_app, N_("Change a visit. People given are added to it."), "edit")
def edit(
    ctx: typer.Context,
    visit: VisitName,
    date: Day = None,
    until: Until = None,
    time_: Time = None,
    place: Place = None,
    mode_: Mode = None,
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
    contact: Contact = None,
    guide: Guide = None,
    refresh_guide: Annotated[
        bool,
        typer.Option("--refresh-guide", help=N_("Take the guides as their files stand now.")),
    ] = False,
    study_group: StudyGroup = None,
    interviewer: Interviewer = None,
    respondent: Respondent = None,
    remove_person: Annotated[
        list[str] | None,
        typer.Option("--remove-person", metavar="NAME", help=N_("Somebody who was not there.")),
    ] = None,
    by: By = "",
) -> None:
    from fieldvisit.actions.plan_visits import Plan, edit_visit

    session = session_of(ctx)
    plan = Plan(
        first_day=day(date),
        last_day=day(until),
        time=time(time_),
        place=place,
        mode=mode(mode_),
        status=status(status_),
        sent=day(sent),
        consent=consent,
        contact=contact,
        guides=tuple(guide or ()),
        study_groups=tuple(study_group or ()),
        interviewers=tuple(interviewer or ()),
        respondents=tuple(respondent or ()),
        leaving=tuple(remove_person or ()),
    )
    if plan == Plan() and not refresh_guide:
        ctx.fail(_("Nothing to change was given."))
    changed = edit_visit(session.settings(by), visit, plan, refresh_guide=refresh_guide)
    session.answer(changed.handle)


@command(visit_app, N_("Take a visit without notes out of the study."), "remove")
def remove(ctx: typer.Context, visit: VisitName, by: By = "") -> None:
    from fieldvisit.actions.plan_visits import remove_visit

    session = session_of(ctx)
    gone = remove_visit(session.settings(by), visit)
    session.tell(
        _("{visit} was removed.").format(visit=gone.handle),
        _("Take it back with: fieldvisit undo"),
    )


@command(visit_app, N_("List the visits by date."), "list")
def list_(
    ctx: typer.Context,
    audience: Audience = "",
    format_: Format = "",
    json: Json = False,
    output: Output = None,
    force: Force = False,
) -> None:
    from fieldvisit.actions.show import visits as read_visits
    from fieldvisit.documents.lists import visit_list

    session = session_of(ctx)
    wish = Wish(format_, json, output, force, audience)
    seen_by = session.audience(wish, "work")
    session.deliver(visit_list(*read_visits(session.settings(), seen_by)), wish)


@command(visit_app, N_("Show a visit and how far its questions are."), "show")
def show(
    ctx: typer.Context,
    visit: VisitName,
    audience: Audience = "",
    format_: Format = "",
    json: Json = False,
    output: Output = None,
    force: Force = False,
) -> None:
    from fieldvisit.actions.coverage import visit_and_coverage
    from fieldvisit.documents.status import visit_page

    session = session_of(ctx)
    wish = Wish(format_, json, output, force, audience)
    seen_by = session.audience(wish, "work")
    covered, guides, held_back = visit_and_coverage(session.settings(), visit, seen_by)
    counts = Counter(standing.state for standing in covered.questions)
    session.deliver(visit_page(covered.visit, covered.city, guides, tuple(counts.items())), wish)
    session.tell_held_back(held_back)
