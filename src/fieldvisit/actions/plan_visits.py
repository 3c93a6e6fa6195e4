"""`visit add`, `visit edit`, `visit remove`: the occasions."""

from collections.abc import Sequence

from msgspec.structs import asdict, replace

from fieldvisit.errors import StillInUse
from fieldvisit.fieldwork.city import City
from fieldvisit.fieldwork.study import check_groups
from fieldvisit.fieldwork.visit import (
    OURS,
    THEIRS,
    Participant,
    UsedGuide,
    Visit,
    check_days,
    read_respondent,
)
from fieldvisit.language import _, counted, enumerated
from fieldvisit.settings import Settings
from fieldvisit.storage import gate, ids, queries, records
from fieldvisit.storage.connection import Change
from fieldvisit.study.change import adopt_city, changing, with_kept_guides
from fieldvisit.study.fields import VisitFields
from fieldvisit.study.references import find_any_city, find_participant, find_visit, participant
from fieldvisit.study.view import StudyView
from fieldvisit.text import checked, storable


def add_visits(given: Settings, cities: Sequence[str], plan: VisitFields) -> tuple[Visit, ...]:
    """Plan one visit to each city; all of them or none."""
    with changing(given, "visit add") as (view, change):
        found = [find_any_city(view, typed) for typed in cities]
        # A new view for each, so that the people of the first are known again at the second.
        return tuple(_add(view.anew(), change, city, plan) for city in found)


def edit_visit(
    given: Settings, typed: str, plan: VisitFields, *, refresh_guide: bool = False
) -> Visit:
    """Change what is given of a visit; ``refresh_guide`` takes the guides as they stand now."""
    with changing(given, "visit edit") as (view, change):
        visit = find_visit(view, typed)
        changed = _applied(view, visit, plan)
        if visit.keeps_its_guides or changed.sent:
            changed = with_kept_guides(view, change, changed, anew=refresh_guide)
        return visit if changed == visit else records.save(change, changed)


def remove_visit(given: Settings, typed: str) -> Visit:
    """Take a visit out of the study; StillInUse while notes or marks stand on it."""
    with changing(given, "visit remove") as (view, change):
        visit = find_visit(view, typed)
        notes = len(gate.notes(view.connection, "all", gate.NotesAsked(visit_id=visit.id)))
        marks = len(queries.marks(view.connection, visit_id=visit.id))
        if waiting := sum(item.visit_id == visit.id for item in view.items):
            raise StillInUse(
                counted(
                    "{n} item waits for a decision.", "{n} items wait for a decision.", waiting
                ),
                _("Nothing was changed. Decide with: fieldvisit review"),
            )
        if notes or marks:
            raise StillInUse(
                _("{visit} has {notes} notes and {marks} marks.").format(
                    visit=visit.handle, notes=notes, marks=marks
                ),
                _(
                    "Nothing was changed. Delete them first, or say: "
                    "fieldvisit visit edit {visit} --status cancelled"
                ).format(visit=visit.handle),
            )
        return records.save(change, replace(visit, deleted=True))


def _add(view: StudyView, change: Change, city: City, plan: VisitFields) -> Visit:
    adopt_city(view, change, city)
    # Numbers of removed visits are not given again.
    heads = (visit.handle.rpartition("-") for visit in view.every_visit)
    numbers = [int(number) for romaji, _dash, number in heads if romaji == city.romaji]
    blank = Visit(
        id=ids.new_id(),
        handle=f"{city.romaji}-{max(numbers, default=0) + 1}",
        city_code=city.code,
        guides=tuple(UsedGuide(slug) for slug in view.study.guides),
        study_groups=view.study.study_groups,
    )
    visit = _applied(view, blank, plan, usual_interviewers=view.study.interviewers)
    view.guides.of(visit)  # refuses a guide that is missing or does not pass
    if visit.sent:
        visit = with_kept_guides(view, change, visit)
    return records.save(change, visit)


def _applied(
    view: StudyView, visit: Visit, plan: VisitFields, usual_interviewers: Sequence[str] = ()
) -> Visit:
    words = {
        name: storable(value, name)
        for name, value in asdict(plan).items()
        if isinstance(value, str)
    }
    check_groups(view.groups, plan.study_groups)
    changed = replace(visit, **words)
    if plan.guides:
        changed = replace(changed, guides=_guides(view, visit, plan.guides))
    if plan.study_groups:
        changed = replace(changed, study_groups=tuple(dict.fromkeys(plan.study_groups)))
    check_days(changed.first_day, changed.last_day)
    ours = plan.interviewers or (() if visit.interviewers else tuple(usual_interviewers))
    people = _participants(view, visit, ours, plan.respondents, plan.leaving)
    return replace(changed, participants=people)


def _guides(view: StudyView, visit: Visit, slugs: Sequence[str]) -> tuple[UsedGuide, ...]:
    """Return the guides named; those that the visit keeps stay as they are kept."""
    kept = {used.slug: used for used in visit.guides if used.sha256}
    if missing := [slug for slug in kept if slug not in slugs]:
        raise StillInUse(
            _("{visit} keeps the guide {slug}: its questions were sent, or notes came in.").format(
                visit=visit.handle, slug=enumerated(missing)
            ),
            _("Nothing was changed. Name it too: {options}").format(
                options=" ".join(f"--guide {slug}" for slug in dict.fromkeys([*kept, *slugs]))
            ),
        )
    for slug in slugs:
        view.guides.current(slug)
    return tuple(kept.get(slug, UsedGuide(slug)) for slug in dict.fromkeys(slugs))


def _participants(
    view: StudyView,
    visit: Visit,
    ours: Sequence[str],
    theirs: Sequence[str],
    leaving: Sequence[str],
) -> tuple[Participant, ...]:
    """Return both sides with the people named added, or renewed where they are there already."""
    people = {person.person_id: person for person in visit.participants}
    named = [Participant("", OURS, checked(name, _("interviewer")).strip()) for name in ours]
    for department, position, name in map(read_respondent, theirs):
        named.append(Participant("", THEIRS, name, department, position))
    taken: set[str] = set()
    for wanted in dict.fromkeys(named):
        person = participant(view, visit, wanted, taken=taken)
        taken.add(person.person_id)
        people[person.person_id] = person
    for typed in leaving:
        people.pop(_leaving(view, visit, typed).person_id, None)
    return tuple(people.values())


def _leaving(view: StudyView, visit: Visit, typed: str) -> Participant:
    person = find_participant(visit, typed)
    notes = view.some_notes(gate.NotesAsked(visit_id=visit.id))
    said = [n.handle for n in notes if n.speaker and n.speaker.person_id == person.person_id]
    if said:
        raise StillInUse(
            _("{person} said what stands in: {notes}").format(
                person=person, notes=enumerated(said)
            ),
            _("Nothing was changed. Give those notes another speaker first."),
        )
    return person
