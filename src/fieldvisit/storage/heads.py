"""From an object to the rows that hold how it stands."""

import json
from collections.abc import Callable, Mapping
from typing import Any

from msgspec import Struct
from sqlmodel import SQLModel

from fieldvisit.fieldwork.city import City
from fieldvisit.fieldwork.city_fact import CityFact
from fieldvisit.fieldwork.confirmation import Confirmation
from fieldvisit.fieldwork.name_alias import NameAlias
from fieldvisit.fieldwork.note import Note, NoteConflict
from fieldvisit.fieldwork.states import Mark
from fieldvisit.fieldwork.study import Study, StudyGroup
from fieldvisit.fieldwork.summary import Summary
from fieldvisit.fieldwork.visit import Material, Visit
from fieldvisit.storage import tables
from fieldvisit.storage.bodies import Kept

Values = dict[str, Any]


class Head(Struct, frozen=True):
    """The row that stands for an object, and the rows that hang from it.

    ``identity`` names the row by columns that are unique together; each of ``parts`` is a table
    and its rows, without the column ``owner`` that points to the head.
    """

    table: type[SQLModel]
    identity: Values
    values: Values
    owner: str = ""
    parts: tuple[tuple[type[SQLModel], tuple[Values, ...]], ...] = ()


def head_of(thing: Kept) -> Head:
    """Return the rows for ``thing``."""
    return _HEADS[type(thing)](thing)


def _study(study: Study) -> Head:
    lists = {
        name: json.dumps(getattr(study, name), ensure_ascii=False)
        for name in ("guides", "study_groups", "interviewers")
    }
    plain = {name: getattr(study, name) for name in ("title", "institute", "purpose", "contact")}
    return Head(tables.StudyRow, {"id": study.id}, plain | lists)


def _study_group(group: StudyGroup) -> Head:
    values = {"name": group.name, "deleted": int(group.deleted)}
    return Head(tables.StudyGroupRow, {"short": group.short}, values)


def _city(city: City) -> Head:
    names = ("prefecture", "prefecture_en", "name", "kana", "romaji", "since", "until")
    values: Values = {name: getattr(city, name) for name in names}
    values |= {"successor_code": city.successor, "deleted": int(city.deleted)}
    attributes = tuple(
        {"name": attribute.name, "since": attribute.since, "until": attribute.until}
        for attribute in city.attributes
    )
    parts = ((tables.CityAttributeRow, attributes),)
    return Head(tables.CityRow, {"code": city.code}, values, "code", parts)


def _visit(visit: Visit) -> Head:
    names = (
        "handle", "city_code", "first_day", "last_day", "time", "place", "mode", "status",
        "sent", "consent", "contact",
    )  # fmt: skip
    values: Values = {name: getattr(visit, name) for name in names}
    values["deleted"] = int(visit.deleted)
    guides = tuple({"slug": guide.slug, "sha256": guide.sha256} for guide in visit.guides)
    groups = tuple({"short": short} for short in visit.study_groups)
    people = tuple(
        {
            "person_id": person.person_id,
            "side": person.side,
            "department": person.department,
            "position": person.position,
        }
        for person in visit.participants
    )
    questions = tuple(
        {
            "topic": chosen.address.topic,
            "question": chosen.address.question or "",
            "choice": chosen.choice,
            "text": chosen.text,
        }
        for chosen in visit.questions
    )
    parts: tuple[tuple[type[SQLModel], tuple[Values, ...]], ...] = (
        (tables.VisitGuideRow, guides),
        (tables.VisitGroupRow, groups),
        (tables.PersonAtVisitRow, people),
        (tables.VisitQuestionRow, questions),
    )
    return Head(tables.VisitRow, {"id": visit.id}, values, "visit_id", parts)


def _note(note: Note) -> Head:
    names = (
        "handle", "city_code", "visit_id", "kind", "body", "disclosure", "by", "as_of", "mode",
        "on_day", "material", "page",
    )  # fmt: skip
    values: Values = {name: getattr(note, name) for name in names}
    values |= {
        "said_by": note.speaker.person_id if note.speaker else None,
        "source_title": note.source.title,
        "source_url": note.source.url,
        "source_date": note.source.date,
        "deleted": int(note.deleted),
        "created_at": note.created_at,
        "updated_at": note.updated_at,
    }
    places = tuple({"topic": place.topic, "question": place.question} for place in note.places)
    parts: tuple[tuple[type[SQLModel], tuple[Values, ...]], ...] = (
        (tables.NotePlaceRow, places),
        (tables.NoteTagRow, tuple({"tag": tag} for tag in note.tags)),
        (tables.NoteGroupRow, tuple({"short": short} for short in note.only_for)),
    )
    return Head(tables.NoteRow, {"id": note.id}, values, "note_id", parts)


def _mark(mark: Mark) -> Head:
    where = {
        "visit_id": mark.visit_id,
        "topic": mark.address.topic,
        "question": mark.address.question or "",
    }
    names = ("state", "reason", "due", "by")
    values: Values = {name: getattr(mark, name) for name in names}
    values["deleted"] = int(mark.deleted)
    return Head(tables.MarkRow, where, values)


def _material(material: Material) -> Head:
    names = (
        "title", "pages", "received_on", "disclosure", "file", "named", "sha256", "by",
    )  # fmt: skip
    values: Values = {name: getattr(material, name) for name in names}
    values["deleted"] = int(material.deleted)
    where = {"visit_id": material.visit_id, "label": material.label}
    return Head(tables.MaterialRow, where, values)


def _plain(table: type[SQLModel], key: str, *names: str) -> Callable[[Any], Head]:
    """Return how an object goes into one row: ``key`` identifies it, ``names`` are its values."""

    def head(thing: Any) -> Head:  # noqa: ANN401 - any kind
        values: Values = {name: getattr(thing, name) for name in names}
        return Head(table, {key: getattr(thing, key)}, values | {"deleted": int(thing.deleted)})

    return head


def _summary(summary: Summary) -> Head:
    names = ("city_code", "body", "disclosure", "by", "created_at", "updated_at")
    values: Values = {name: getattr(summary, name) for name in names}
    values |= {
        "topic": summary.address.topic,
        "question": summary.address.question,
        "deleted": int(summary.deleted),
    }
    seen = tuple(
        {
            "note_id": one.note_id,
            "note_revision": one.revision,
            "disclosure": one.disclosure,
            "rests": int(one.rests),
            "here": int(one.here),
        }
        for one in summary.seen
    )
    parts = ((tables.SummaryNoteRow, seen),)
    return Head(tables.SummaryRow, {"id": summary.id}, values, "summary_id", parts)


_HEADS: Mapping[type[Kept], Callable[[Any], Head]] = {
    Study: _study,
    StudyGroup: _study_group,
    City: _city,
    Visit: _visit,
    Note: _note,
    Mark: _mark,
    Material: _material,
    Summary: _summary,
    CityFact: _plain(
        tables.CityFactRow, "id", "city_code", "key", "value", "as_of", "source", "by"
    ),
    Confirmation: _plain(
        tables.ConfirmationRow, "note_id", "visit_id", "state", "note_revision", "department",
        "sent_on", "due", "answered_on", "who", "comment", "by",
    ),
    NoteConflict: _plain(tables.NoteConflictRow, "id", "first", "second", "why", "by"),
    NameAlias: _plain(tables.NameAliasRow, "id", "kind", "name", "stands_for", "by"),
}  # fmt: skip
