"""`demo`: the sample study, made through the same actions as any other.

It holds published statements of five real cities, and one fictional city. Both are data files of
the program, whose words stand in both languages; they are read in the language in use.
"""

from collections.abc import Mapping
from pathlib import Path
from typing import TypeVar

import msgspec
import yaml
from msgspec import Struct
from msgspec.structs import replace

from fieldvisit import stored
from fieldvisit.actions.cities import add_city
from fieldvisit.actions.make_study import add_study_group, edit_study, make_study
from fieldvisit.actions.plan_visits import add_visits
from fieldvisit.actions.set_marks import put_mark
from fieldvisit.actions.write_note import enter_note
from fieldvisit.doors.inputs import shipped
from fieldvisit.fieldwork.city import City
from fieldvisit.fieldwork.guide import Words
from fieldvisit.fieldwork.states import Mark
from fieldvisit.fieldwork.study import DEMO, StudyGroup
from fieldvisit.settings import Settings
from fieldvisit.storage.connection import Change
from fieldvisit.study.change import adopt_city, changing
from fieldvisit.study.fields import NoteFields, VisitFields
from fieldvisit.study.references import find_address, find_any_city, find_visit
from fieldvisit.study.view import StudyView


class Fact(Struct, frozen=True):
    """A published statement about a real city, where it stands, whether after the survey."""

    id: str
    city: str
    topic: str
    statement: str
    source: NoteFields = NoteFields()
    as_of: str = ""
    later_than_survey: bool = False


class Gap(Struct, frozen=True):
    """What no published statement was found about."""

    city: str
    topic: str
    what: str


class Minutes(Struct, frozen=True):
    """The minutes of a meeting, and statements that come from them."""

    source: NoteFields
    statements: tuple[Fact, ...]


class DemoFacts(Struct, frozen=True):
    """All that the sample holds of real cities; ``words`` are those used on the notes."""

    words: Mapping[str, str]
    facts: tuple[Fact, ...]
    minutes: Minutes
    not_found: tuple[Gap, ...]


class InventedNote(NoteFields, frozen=True, kw_only=True):
    """A note of the fictional visit."""

    text: str


class InventedMark(Struct, frozen=True):
    """A mark of the fictional visit; ``due`` is an ISO date or empty."""

    place: str
    state: str
    reason: str
    due: str = ""


class DemoFiction(Struct, frozen=True):
    """All that is made up; ``planned`` are codes of real cities with a visit on the plan."""

    author: str
    study: Mapping[str, str]
    study_groups: tuple[StudyGroup, ...]
    planned: tuple[str, ...]
    city: City
    visit: VisitFields
    notes: tuple[InventedNote, ...]
    marks: tuple[InventedMark, ...]


_Data = TypeVar("_Data", DemoFacts, DemoFiction)


def demo_data(name: str, form: type[_Data]) -> _Data:
    """Return what a data file of the sample holds, in the language in use."""
    return msgspec.convert(_spoken(yaml.safe_load(shipped(name))), form)


def _spoken(data: object) -> object:
    if isinstance(data, list):
        return list(map(_spoken, data))
    if not isinstance(data, dict):
        return data
    if data.keys() <= {"ja", "en"}:
        return str(Words(**data))
    return {name: _spoken(value) for name, value in data.items()}


def make_demo(given: Settings, folder: Path) -> Settings:
    """Make the sample study, signed by the sample, in ``folder``; return settings that name it."""
    inside = replace(given, study_option=str(folder))
    fiction = demo_data("demo_fiction.yaml", DemoFiction)
    sample = replace(inside, by=fiction.author)
    short = tuple(group.short for group in fiction.study_groups)
    with stored.not_yet():
        make_study(sample, folder)
        for group in fiction.study_groups:
            add_study_group(sample, group.short, group.name)
        edit_study(sample, fiction.study, {"study_groups": short})
        city = add_city(sample, fiction.city)
        add_visits(sample, fiction.planned, VisitFields())
        visit = add_visits(sample, [city.code], fiction.visit)[0]
        _enter(sample, demo_data("demo_facts.yaml", DemoFacts), fiction, visit.handle)
    stored.remember()
    return inside


def _enter(given: Settings, facts: DemoFacts, fiction: DemoFiction, handle: str) -> None:
    """Enter all notes and marks as one change: a change for each would take far longer."""
    with changing(given, DEMO) as (before, change):
        for code in dict.fromkeys(fact.city for fact in facts.facts):
            adopt_city(before, change, find_any_city(before, code))
        view = StudyView(before.place, change.connection, before.audience)
        _enter_facts(view, change, facts)
        visit = find_visit(view, handle)
        for note in fiction.notes:
            enter_note(view, change, visit, note.text, note)
        for mark in fiction.marks:
            at = find_address(view, mark.place, visit)
            put_mark(view, change, Mark(visit.id, at, mark.state, mark.reason, mark.due, change.by))


def _enter_facts(view: StudyView, change: Change, facts: DemoFacts) -> None:
    later, minutes = facts.words["later_tag"], facts.words["minutes_tag"]
    told = [(one, one.source, (later,) if one.later_than_survey else ()) for one in facts.facts]
    told += [(one, facts.minutes.source, (minutes,)) for one in facts.minutes.statements]
    for fact, source, tags in told:
        fields = replace(source, place=fact.topic, kind="desk", as_of=fact.as_of, tags=tags)
        enter_note(view, change, view.cities[fact.city], fact.statement, fields)
    for gap in facts.not_found:
        text = facts.words["not_found"].format(what=gap.what)
        fields = NoteFields(place=gap.topic, kind="remark")
        enter_note(view, change, view.cities[gap.city], text, fields)
