"""Visits and what is said of each: `visit …`, `material …`, `mark`."""

from collections import Counter
from pathlib import Path

from msgspec.structs import replace

from fieldvisit.cli import completion, options
from fieldvisit.cli.declaring import Noun, argument, command, made_of, option, verb
from fieldvisit.cli.options import ASKED_FOR, BY, FOR_GROUP, OF_VISIT, VISIT, day
from fieldvisit.cli.session import Session, Wish
from fieldvisit.documents import wordings
from fieldvisit.errors import WrongUsage
from fieldvisit.fieldwork import terms
from fieldvisit.fieldwork.visit import Material
from fieldvisit.language import _
from fieldvisit.study.fields import VisitFields

visit_app, material_app, mark_app = Noun(), Noun(), Noun()

PLANNED = made_of(
    VisitFields,
    first_day=option("--date DATE", "The day, like 2019-10-21 or R1.10.21.", parser=day),
    last_day=option("--until DATE", "The last day.", parser=day),
    time=option("--time TIME", "Like 13:30 or 13:30-15:00.", parser=options.time),
    place=option("--place TEXT", "Place of the visit."),
    mode=option("--mode MODE", "onsite, online, phone or written.", terms.MODES),
    guides=option("--guide GUIDE", "An interview guide. Repeat for several.", completion.guide),
    study_groups=option(
        "--study-group GROUP", "Who uses the findings. Repeat for several.", completion.study_group
    ),
    interviewers=option("--interviewer NAME", "Interviewer (our side). Repeat for several."),
    respondents=option(
        "--respondent PERSON",
        "Respondent (the city's side): department/position/name. Repeat for several.",
    ),
    contact=option("--contact TEXT", "The liaison of the city."),
    attribution=options.ATTRIBUTION,
)


@verb(visit_app, "Plan visits; prints their handles, one a line.")
def add(
    session: Session,
    planned: VisitFields = PLANNED,
    cities: tuple[str, ...] = argument(
        "CITY...", "Code, name, prefecture and name, kana or romaji.", completion.city
    ),
    by: str = BY,
) -> None:
    from fieldvisit.actions.plan_visits import add_visits
    from fieldvisit.cli.prepare import tell_asked_before

    added = add_visits(session.settings(by), cities, planned)
    for visit in added:
        session.answer(visit.handle)
    tell_asked_before(session, [visit.handle for visit in added])


@verb(visit_app, "Change a visit. People given are added to it.")
def edit(
    session: Session,
    planned: VisitFields = PLANNED,
    visit: str = VISIT,
    status: str | None = option("STATUS", "planned, held, postponed or cancelled.", terms.STATUSES),
    sent: str | None = option("DATE", "When the questions went to the city.", parser=day),
    consent: str | None = option("TEXT", "What the city agreed to."),
    refresh_guide: bool = option("--refresh-guide", "Take the guides as their files stand now."),
    remove_person: tuple[str, ...] = option("NAME", "Somebody who was not there."),
    by: str = BY,
) -> None:
    from fieldvisit.actions.plan_visits import edit_visit

    plan = replace(planned, status=status, sent=sent, consent=consent, leaving=remove_person)
    if plan == VisitFields() and not refresh_guide:
        raise WrongUsage(
            _("Nothing to change was given."),
            _("See {command} --help.").format(command="fieldvisit visit edit"),
        )
    settings = session.settings(by)
    session.answer(edit_visit(settings, visit, plan, refresh_guide=refresh_guide).handle)


@verb(visit_app, "Take a visit without notes out of the study.")
def remove(session: Session, visit: str = VISIT, by: str = BY) -> None:
    from fieldvisit.actions.plan_visits import remove_visit

    gone = remove_visit(session.settings(by), visit)
    session.tell(
        _("{visit} was removed.").format(visit=gone.handle), _("Take it back with: fieldvisit undo")
    )


@verb(visit_app, "List the visits by date.")
def list_(session: Session, wish: Wish = ASKED_FOR, study_group: str = FOR_GROUP) -> None:
    from fieldvisit.actions.show import visits as read_visits
    from fieldvisit.documents.lists import visit_list

    seen_by = session.audience(wish, "work")
    session.deliver(visit_list(*read_visits(session.settings(), seen_by, study_group)), wish)


@verb(visit_app, "Show a visit and how far its questions are.")
def show(
    session: Session, wish: Wish = ASKED_FOR, visit: str = VISIT, study_group: str = FOR_GROUP
) -> None:
    from fieldvisit.actions.coverage import visit_and_coverage
    from fieldvisit.documents.status import visit_page

    seen_by = session.audience(wish, "work")
    covered, guides, held_back = visit_and_coverage(session.settings(), visit, seen_by, study_group)
    states = tuple(Counter(standing.state for standing in covered.questions).items())
    page = visit_page(covered.visit, covered.city, guides, states, covered.counts)
    session.deliver(page, wish, held_back)


@verb(visit_app, "Choose questions: sent ahead, asked, left out; or ask one more.")
def ask(
    session: Session,
    wish: Wish = ASKED_FOR,
    visit: str = VISIT,
    send: tuple[str, ...] = option("QUESTION", "Send it ahead. Repeatable."),
    ask: tuple[str, ...] = option("QUESTION", "Ask it at the visit only. Repeatable."),
    skip: tuple[str, ...] = option("QUESTION", "Leave it out. Repeatable."),
    reset: tuple[str, ...] = option("QUESTION", "As the guide has it. Repeatable."),
    new: tuple[str, str] | None = option(
        "TOPIC TEXT", "A question for this visit only: its topic and its text."
    ),
    by: str = BY,
) -> None:
    from fieldvisit.actions.coverage import ask_questions, prepare
    from fieldvisit.documents.guide import chosen_questions

    wanted = (("send", send), ("ask", ask), ("skip", skip), (None, reset))
    choices = {typed: choice for choice, words in wanted for typed in words}
    if len(choices) != sum(len(words) for _choice, words in wanted):
        raise WrongUsage(_("A question was named twice."), _("Nothing was changed."))
    if not choices and not new:
        seen_by = session.audience(wish, "work")
        ((found,), _held_back) = prepare(session.settings(), [visit], seen_by)
        session.deliver(chosen_questions(found), wish)
        return
    _changed, added = ask_questions(session.settings(by), visit, choices, [new] if new else [])
    for address in added:
        session.answer(str(address))
    if choices:
        told = _("The questions were chosen. See them: fieldvisit visit ask {visit}")
        session.tell(told.format(visit=visit))


@verb(material_app, "Enter a material of a visit; prints its number alone.", "add")
def add_material(
    session: Session,
    visit: str = VISIT,
    title: str = argument("TITLE", "Its title."),
    file: Path | None = option("FILE", "Copy this file into the study."),
    named: str = option("TEXT", "Where it is kept, if it is not copied."),
    pages: str = option("TEXT", "Its pages."),
    received_on: str = option("DATE", "When it was received.", parser=day),
    disclosure: str = options.DISCLOSURE,
    by: str = BY,
) -> None:
    from fieldvisit.actions import materials

    material = Material("", 0, title, pages, received_on, disclosure, named=named)
    stored = materials.add_material(session.settings(by), visit, material, file)
    session.answer(str(stored.label))
    if stored.file:
        session.tell(_("Copied to {path}.").format(path=stored.file))


@verb(material_app, "List the materials of a visit, or of all.", "list")
def list_materials(
    session: Session, wish: Wish = ASKED_FOR, visit: str = OF_VISIT, study_group: str = FOR_GROUP
) -> None:
    from fieldvisit.actions.materials import materials
    from fieldvisit.documents.lists import material_list

    seen_by = session.audience(wish, "work")
    found, visits = materials(session.settings(), visit, seen_by, study_group)
    session.deliver(material_list(found, {v.id: v for v in visits}), wish)


@command(
    mark_app,
    "Say why a question has no (whole) answer. STATE is to-follow, no-answer, not-asked, "
    "declined, not-applicable, withheld, or clear to take a mark away.",
)
def mark(
    session: Session,
    visit: str = VISIT,
    words: tuple[str, ...] = argument(
        "TOPIC[/QUESTION]... STATE",
        "Topics or questions by key or number, then the state.",
        completion.address_or_state,
    ),
    reason: str = option("TEXT", "Reason for the mark."),
    due: str = option(
        "DATE", "When the answer is to follow; 10/31 is the next one.", parser=options.due
    ),
    by: str = BY,
) -> None:
    from fieldvisit.actions.set_marks import set_marks

    *addresses, typed = words
    if not addresses:
        raise WrongUsage(_("Give at least one topic or question, then the state."))
    state = options.mark(typed)
    for one in set_marks(session.settings(by), visit, addresses, state, reason, due):
        session.tell(
            _("{address}: {state}").format(address=one.address, state=terms.MARKS.word(state))
            + wordings.bracketed(wordings.day(one.due) if state != "clear" else "")
        )
