"""`visit add`, `list`, `show`, `edit`, `remove`, `ask`."""

from collections import Counter
from typing import Annotated

from msgspec.structs import replace

from fieldvisit.cli.completion import complete_city, complete_guide, complete_study_group
from fieldvisit.cli.declaring import From, Noun, argument, command, option
from fieldvisit.cli.fixed_values import attribution, day, mode, status, time
from fieldvisit.cli.note_options import Attribution
from fieldvisit.cli.options import AskedFor, By, ForGroup, Here, VisitName
from fieldvisit.errors import WrongUsage
from fieldvisit.language import N_, _
from fieldvisit.study.fields import VisitFields


def _plan(
    date: Annotated[str | None, option("DATE", N_("The day, like 2019-10-21 or R1.10.21."))] = None,
    until: Annotated[str | None, option("DATE", N_("The last day."))] = None,
    time_: Annotated[str | None, option("--time TIME", N_("Like 13:30 or 13:30-15:00."))] = None,
    place: Annotated[str | None, option("TEXT", N_("Place of the visit."))] = None,
    mode_: Annotated[
        str | None, option("--mode MODE", N_("onsite, online, phone or written."))
    ] = None,
    guide: Annotated[
        list[str] | None,
        option("GUIDE", N_("An interview guide. Repeat for several."), complete_guide),
    ] = None,
    study_group: Annotated[
        list[str] | None,
        option("GROUP", N_("Who uses the findings. Repeat for several."), complete_study_group),
    ] = None,
    interviewer: Annotated[
        list[str] | None, option("NAME", N_("Interviewer (our side). Repeat for several."))
    ] = None,
    respondent: Annotated[
        list[str] | None,
        option(
            "PERSON",
            N_("Respondent (the city's side): department/position/name. Repeat for several."),
        ),
    ] = None,
    contact: Annotated[str | None, option("TEXT", N_("The liaison of the city."))] = None,
    attribution_: Attribution = None,
) -> VisitFields:
    return VisitFields(
        first_day=day(date),
        last_day=day(until),
        time=time(time_),
        place=place,
        mode=mode(mode_),
        contact=contact,
        attribution=attribution(attribution_),
        guides=tuple(guide or ()),
        study_groups=tuple(study_group or ()),
        interviewers=tuple(interviewer or ()),
        respondents=tuple(respondent or ()),
    )


Planned = Annotated[VisitFields, From(_plan)]
visit_app = Noun()


@command(visit_app, N_("Plan visits; prints their handles, one a line."), "add")
def add(
    session: Here,
    planned: Planned,
    cities: Annotated[
        list[str],
        argument("CITY...", N_("Code, name, prefecture and name, kana or romaji."), complete_city),
    ],
    by: By = "",
) -> None:
    from fieldvisit.actions.plan_visits import add_visits
    from fieldvisit.cli.prepare import tell_asked_before

    added = add_visits(session.settings(by), cities, planned)
    for visit in added:
        session.answer(visit.handle)
    tell_asked_before(session, [visit.handle for visit in added])


@command(visit_app, N_("Change a visit. People given are added to it."), "edit")
def edit(
    session: Here,
    planned: Planned,
    visit: VisitName,
    status_: Annotated[
        str | None, option("--status STATUS", N_("planned, held, postponed or cancelled."))
    ] = None,
    sent: Annotated[str | None, option("DATE", N_("When the questions went to the city."))] = None,
    consent: Annotated[str | None, option("TEXT", N_("What the city agreed to."))] = None,
    refresh_guide: Annotated[
        bool, option("--refresh-guide", N_("Take the guides as their files stand now."))
    ] = False,
    remove_person: Annotated[
        list[str] | None, option("NAME", N_("Somebody who was not there."))
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
    if plan == VisitFields() and not refresh_guide:
        raise WrongUsage(
            _("Nothing to change was given."),
            _("See {command} --help.").format(command="fieldvisit visit edit"),
        )
    session.answer(
        edit_visit(session.settings(by), visit, plan, refresh_guide=refresh_guide).handle
    )


@command(visit_app, N_("Take a visit without notes out of the study."), "remove")
def remove(session: Here, visit: VisitName, by: By = "") -> None:
    from fieldvisit.actions.plan_visits import remove_visit

    gone = remove_visit(session.settings(by), visit)
    session.tell(
        _("{visit} was removed.").format(visit=gone.handle), _("Take it back with: fieldvisit undo")
    )


@command(visit_app, N_("List the visits by date."), "list")
def list_(session: Here, wish: AskedFor, study_group: ForGroup = "") -> None:
    from fieldvisit.actions.show import visits as read_visits
    from fieldvisit.documents.lists import visit_list

    seen_by = session.audience(wish, "work")
    session.deliver(visit_list(*read_visits(session.settings(), seen_by, study_group)), wish)


@command(visit_app, N_("Show a visit and how far its questions are."), "show")
def show(session: Here, wish: AskedFor, visit: VisitName, study_group: ForGroup = "") -> None:
    from fieldvisit.actions.coverage import visit_and_coverage
    from fieldvisit.documents.status import visit_page

    seen_by = session.audience(wish, "work")
    covered, guides, held_back = visit_and_coverage(session.settings(), visit, seen_by, study_group)
    states = tuple(Counter(standing.state for standing in covered.questions).items())
    page = visit_page(covered.visit, covered.city, guides, states, covered.counts)
    session.deliver(page, wish, held_back)


@command(visit_app, N_("Choose questions: sent ahead, asked, left out; or ask one more."), "ask")
def ask(
    session: Here,
    wish: AskedFor,
    visit: VisitName,
    send: Annotated[list[str] | None, option("QUESTION", N_("Send it ahead. Repeatable."))] = None,
    ask_: Annotated[
        list[str] | None, option("--ask QUESTION", N_("Ask it at the visit only. Repeatable."))
    ] = None,
    skip: Annotated[list[str] | None, option("QUESTION", N_("Leave it out. Repeatable."))] = None,
    reset: Annotated[
        list[str] | None, option("QUESTION", N_("As the guide has it. Repeatable."))
    ] = None,
    new: Annotated[
        tuple[str, str],
        option("TOPIC TEXT", N_("A question for this visit only: its topic and its text.")),
    ] = ("", ""),
    by: By = "",
) -> None:
    from fieldvisit.actions.coverage import ask_questions, prepare
    from fieldvisit.documents.guide import chosen_questions

    wanted = (("send", send), ("ask", ask_), ("skip", skip), (None, reset))
    choices = {typed: choice for choice, words in wanted for typed in words or ()}
    if len(choices) != sum(len(words or ()) for _choice, words in wanted):
        raise WrongUsage(_("A question was named twice."), _("Nothing was changed."))
    if not choices and new == ("", ""):
        seen_by = session.audience(wish, "work")
        ((found,), _held_back) = prepare(session.settings(), [visit], seen_by)
        session.deliver(chosen_questions(found), wish)
        return
    _changed, added = ask_questions(session.settings(by), visit, choices, [new] if any(new) else [])
    for address in added:
        session.answer(str(address))
    if choices:
        told = _("The questions were chosen. See them: fieldvisit visit ask {visit}")
        session.tell(told.format(visit=visit))
