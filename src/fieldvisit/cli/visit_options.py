"""Options that say what is planned of a visit."""

from typing import Annotated

import typer

from fieldvisit.cli.completion import complete_guide, complete_study_group
from fieldvisit.cli.declaring import From
from fieldvisit.cli.fixed_values import day, mode, time
from fieldvisit.language import N_
from fieldvisit.study.fields import VisitFields

Day = Annotated[
    str | None,
    typer.Option("--date", metavar="DATE", help=N_("The day, like 2019-10-21 or R1.10.21.")),
]
Until = Annotated[str | None, typer.Option("--until", metavar="DATE", help=N_("The last day."))]
Time = Annotated[
    str | None, typer.Option("--time", metavar="TIME", help=N_("Like 13:30 or 13:30-15:00."))
]
Place = Annotated[
    str | None, typer.Option("--place", metavar="TEXT", help=N_("Place of the visit."))
]
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
        "--study-group",
        metavar="GROUP",
        help=N_("Who uses the findings. Repeat for several."),
        autocompletion=complete_study_group,
    ),
]
Interviewer = Annotated[
    list[str] | None,
    typer.Option(
        "--interviewer", metavar="NAME", help=N_("Interviewer (our side). Repeat for several.")
    ),
]
Respondent = Annotated[
    list[str] | None,
    typer.Option(
        "--respondent",
        metavar="PERSON",
        help=N_("Respondent (the city's side): department/position/name. Repeat for several."),
    ),
]
Contact = Annotated[
    str | None, typer.Option("--contact", metavar="TEXT", help=N_("The liaison of the city."))
]


def _plan(
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
) -> VisitFields:
    return VisitFields(
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


Planned = Annotated[VisitFields, From(_plan)]
