"""Every SELECT but those on notes: plain SQL, rows straight into the subject's dataclasses."""

import json
import sqlite3
from collections import defaultdict
from typing import Any

from fieldvisit.fieldwork.city import City, CityAttribute
from fieldvisit.fieldwork.guide import Address
from fieldvisit.fieldwork.mark import Mark
from fieldvisit.fieldwork.study import Change, Study, StudyGroup
from fieldvisit.fieldwork.visit import Participant, UsedGuide, Visit


def study(connection: sqlite3.Connection) -> Study:
    """Return the study; an empty one before it is first stored."""
    row = connection.execute(
        "SELECT title, institute, purpose, contact, guides, study_groups, interviewers,"
        " revision, number FROM study"
    ).fetchone()
    if row is None:
        return Study()
    lists = (tuple(json.loads(text)) for text in row[4:7])
    return Study(*row[:4], *lists, revision=row[7], number=row[8])


def study_groups(
    connection: sqlite3.Connection, *, deleted: bool = False
) -> tuple[StudyGroup, ...]:
    """Return the study groups in the order of their entry."""
    rows = connection.execute(
        "SELECT short, name, deleted, revision, number FROM study_group"
        " WHERE deleted <= ? ORDER BY seq",
        (int(deleted),),
    )
    return tuple(
        StudyGroup(short, name, bool(gone), revision, number)
        for short, name, gone, revision, number in rows
    )


def cities(connection: sqlite3.Connection, *, deleted: bool = False) -> tuple[City, ...]:
    """Return the study's cities by code, with their classes and attributes."""
    attributes: dict[str, list[CityAttribute]] = defaultdict(list)
    for code, name, since, until in connection.execute(
        "SELECT code, name, since, until FROM city_attribute ORDER BY seq"
    ):
        attributes[code].append(CityAttribute(name, since, until))
    rows = connection.execute(
        "SELECT code, prefecture, name, kana, romaji, prefecture_en, since, until,"
        " successor_code, deleted, revision, number FROM city WHERE deleted <= ? ORDER BY code",
        (int(deleted),),
    )
    return tuple(
        City(
            code=row[0],
            prefecture=row[1],
            name=row[2],
            kana=row[3],
            romaji=row[4],
            prefecture_en=row[5],
            attributes=tuple(attributes[row[0]]),
            since=row[6],
            until=row[7],
            successor=row[8],
            deleted=bool(row[9]),
            revision=row[10],
            number=row[11],
        )
        for row in rows
    )


def visits(connection: sqlite3.Connection, *, deleted: bool = False) -> tuple[Visit, ...]:
    """Return the visits by date (those without one last), then as entered."""
    guides = _by_visit(connection, "SELECT visit_id, slug, sha256 FROM visit_guide ORDER BY seq")
    groups = _by_visit(connection, "SELECT visit_id, short FROM visit_group ORDER BY seq")
    people = _by_visit(
        connection,
        "SELECT a.visit_id, a.person_id, a.side, p.name, a.department, a.position"
        " FROM person_at_visit a JOIN person p ON p.id = a.person_id ORDER BY a.seq",
    )
    rows = connection.execute(
        "SELECT id, handle, city_code, first_day, last_day, time, place, mode, status, sent,"
        " consent, contact, deleted, seq, revision, number FROM visit WHERE deleted <= ?"
        " ORDER BY first_day = '', first_day, time, seq",
        (int(deleted),),
    )
    return tuple(
        Visit(
            *row[:12],
            guides=tuple(UsedGuide(*guide) for guide in guides[row[0]]),
            study_groups=tuple(short for (short,) in groups[row[0]]),
            participants=tuple(Participant(*person) for person in people[row[0]]),
            deleted=bool(row[12]),
            seq=row[13],
            revision=row[14],
            number=row[15],
        )
        for row in rows
    )


def marks(connection: sqlite3.Connection, *, deleted: bool = False) -> tuple[Mark, ...]:
    """Return the marks in the order of their first entry."""
    rows = connection.execute(
        "SELECT visit_id, topic, question, state, reason, due, by, deleted, seq, revision, number"
        " FROM mark WHERE deleted <= ? ORDER BY seq",
        (int(deleted),),
    )
    return tuple(
        Mark(row[0], Address(row[1], row[2] or None), *row[3:7], bool(row[7]), *row[8:])
        for row in rows
    )


def people(connection: sqlite3.Connection) -> dict[str, str]:
    """Return the name of every person by id; names may be empty."""
    return dict(connection.execute("SELECT id, name FROM person ORDER BY seq"))


def snapshots(connection: sqlite3.Connection) -> dict[str, str]:
    """Return the guides ever kept or read, as JSON, by SHA-256."""
    return dict(connection.execute("SELECT sha256, json FROM guide_snapshot"))


def changes(connection: sqlite3.Connection) -> tuple[Change, ...]:
    """Return all changes, newest first, each with the objects it touched."""
    touched: dict[str, list[str]] = defaultdict(list)
    for change_id, kind, name in connection.execute(
        "SELECT change_id, kind, object FROM revision ORDER BY seq"
    ):
        touched[change_id].append(f"{kind}:{name}")
    rows = connection.execute(
        "SELECT id, at, by, command, undone_by, undoes FROM change ORDER BY seq DESC"
    )
    return tuple(Change(*row, objects=tuple(touched[row[0]])) for row in rows)


def _by_visit(connection: sqlite3.Connection, sql: str) -> dict[str, list[Any]]:
    found: dict[str, list[Any]] = defaultdict(list)
    for visit_id, *rest in connection.execute(sql):
        found[visit_id].append(rest)
    return found
