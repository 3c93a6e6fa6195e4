"""`demo`: the sample study, made through the same actions as any other."""

from collections.abc import Sequence
from pathlib import Path

from msgspec.structs import replace

from fieldvisit import stored
from fieldvisit.actions.cities import add_city
from fieldvisit.actions.edit_study import add_study_group, edit_study
from fieldvisit.actions.make_study import make_study
from fieldvisit.actions.plan_visits import add_visits
from fieldvisit.actions.set_marks import put_mark
from fieldvisit.actions.write_note import enter_note
from fieldvisit.demo_study import (
    DemoFacts,
    DemoFiction,
    Fact,
    InventedNote,
    InventedPerson,
    InventedVisit,
    demo_facts,
    demo_fiction,
)
from fieldvisit.fieldwork.guide import Words
from fieldvisit.fieldwork.states import Mark
from fieldvisit.fieldwork.study import DEMO
from fieldvisit.fieldwork.visit import Visit
from fieldvisit.settings import Settings
from fieldvisit.storage.connection import Change
from fieldvisit.study.change import adopt_city, changing
from fieldvisit.study.fields import NoteFields, VisitFields
from fieldvisit.study.references import find_address, find_any_city, find_visit
from fieldvisit.study.view import StudyView


def make_demo(given: Settings, folder: Path) -> Settings:
    """Make the sample study in ``folder``, in the language in use; return settings that name it.

    What it holds is signed by the sample, not by whoever runs it. Raises Refused if there is a
    study already.
    """
    inside = replace(given, study_option=str(folder))
    sample = replace(inside, by=str(demo_fiction().author))
    with stored.not_yet():
        _make(sample, folder)
    stored.remember()
    return inside


def _make(sample: Settings, folder: Path) -> None:
    facts, fiction = demo_facts(), demo_fiction()
    make_study(sample, folder)
    for short, name in fiction.groups.items():
        add_study_group(sample, short, str(name))
    words = {name: str(text) for name, text in fiction.words.items()}
    edit_study(sample, words, {"study_groups": tuple(fiction.groups)})
    city = add_city(sample, fiction.city)
    add_visits(sample, fiction.planned, VisitFields())
    visit = add_visits(sample, [city.code], _plan(fiction.visit))[0]
    _enter(sample, facts, fiction, visit.handle)


def _plan(visit: InventedVisit) -> VisitFields:
    return VisitFields(
        first_day=visit.day,
        time=visit.time,
        place=str(visit.place),
        status="held",
        sent=visit.sent,
        consent=str(visit.consent),
        contact=str(visit.contact),
        guides=visit.guides,
        interviewers=tuple(str(name) for name in visit.interviewers),
        respondents=tuple(_typed(person) for person in visit.respondents.values()),
    )


def _typed(person: InventedPerson) -> str:
    return f"{person.department}/{person.position}/{person.name}"


def _enter(given: Settings, facts: DemoFacts, fiction: DemoFiction, handle: str) -> None:
    """Enter all notes and marks as one change: a change for each would take far longer."""
    with changing(given, DEMO) as (before, change):
        for code in dict.fromkeys(fact.city_code for fact in facts.facts):
            adopt_city(before, change, find_any_city(before, code))
        view = StudyView(before.place, change.connection, before.audience)
        _enter_facts(view, change, facts)
        visit = find_visit(view, handle)
        for note in fiction.visit.notes:
            enter_note(view, change, visit, str(note.text), _of_note(note, fiction.visit))
        _put_marks(view, change, fiction.visit, visit)


def _enter_facts(view: StudyView, change: Change, facts: DemoFacts) -> None:
    tagged = [(fact, (facts.later_tag,) if fact.later else ()) for fact in facts.facts]
    tagged += [(fact, (facts.minutes_tag,)) for fact in facts.minutes]
    for fact, tags in tagged:
        city = view.cities[fact.city_code]
        enter_note(view, change, city, str(fact.statement), _of_fact(fact, tags))
    for gap in facts.gaps:
        fields = NoteFields(place=gap.topic, kind="remark")
        enter_note(view, change, view.cities[gap.city_code], str(gap.text), fields)


def _of_fact(fact: Fact, tags: Sequence[Words]) -> NoteFields:
    return NoteFields(
        place=fact.topic,
        kind="desk",
        as_of=fact.as_of,
        source_title=str(fact.source.publisher),
        source_url=fact.source.url,
        source_date=fact.source.date,
        tags=tuple(str(tag) for tag in tags),
    )


def _of_note(note: InventedNote, visit: InventedVisit) -> NoteFields:
    return NoteFields(
        place=note.place,
        kind=note.kind,
        disclosure=note.disclosure,
        also=note.also,
        said_by=str(visit.respondents[note.said_by].name) if note.said_by else None,
        as_of=note.as_of,
        source_title=str(note.source.publisher),
        source_date=note.source.date,
        only_for=note.only_for,
        tags=tuple(str(tag) for tag in note.tags),
    )


def _put_marks(view: StudyView, change: Change, invented: InventedVisit, visit: Visit) -> None:
    for mark in invented.marks:
        address = find_address(view, mark.place, visit)
        reason = str(mark.reason)
        put_mark(view, change, Mark(visit.id, address, mark.state, reason, mark.due, by=change.by))
