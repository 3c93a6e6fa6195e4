"""Every SELECT but the gate's, which are on notes and what rests on them: rows into values."""

import json
import sqlite3
from collections import defaultdict
from collections.abc import Iterator
from typing import Any

from fieldvisit.fieldwork.city import City, CityAttribute
from fieldvisit.fieldwork.city_fact import CityFact
from fieldvisit.fieldwork.guide import Address
from fieldvisit.fieldwork.name_alias import NameAlias
from fieldvisit.fieldwork.states import Mark
from fieldvisit.fieldwork.study import Change, Study, StudyGroup
from fieldvisit.fieldwork.visit import ChosenQuestion, Participant, UsedGuide, Visit


def study(connection: sqlite3.Connection) -> Study:
    """Return the study; an empty one before it is first stored."""
    for row in _named(
        connection.execute(
            "SELECT title, institute, purpose, contact, guides, study_groups, interviewers,"
            " revision, number FROM study"
        )
    ):
        for name in ("guides", "study_groups", "interviewers"):
            row[name] = tuple(json.loads(row[name]))
        return Study(**row)
    return Study()


def study_groups(
    connection: sqlite3.Connection, *, deleted: bool = False
) -> tuple[StudyGroup, ...]:
    """Return the study groups in the order of their entry."""
    rows = connection.execute(
        "SELECT short, name, deleted, revision, number FROM study_group"
        " WHERE deleted <= ? ORDER BY seq",
        (int(deleted),),
    )
    return tuple(StudyGroup(**row) for row in _named(rows))


def cities(connection: sqlite3.Connection, *, deleted: bool = False) -> tuple[City, ...]:
    """Return the study's cities by code, with their classes and attributes."""
    attributes: dict[str, list[CityAttribute]] = defaultdict(list)
    for code, name, since, until in connection.execute(
        "SELECT code, name, since, until FROM city_attribute ORDER BY seq"
    ):
        attributes[code].append(CityAttribute(name, since, until))
    rows = connection.execute(
        "SELECT code, prefecture, name, kana, romaji, prefecture_en, since, until,"
        " successor_code AS successor, deleted, revision, number"
        " FROM city WHERE deleted <= ? ORDER BY code",
        (int(deleted),),
    )
    return tuple(City(**row, attributes=tuple(attributes[row["code"]])) for row in _named(rows))


def visits(connection: sqlite3.Connection, *, deleted: bool = False) -> tuple[Visit, ...]:
    """Return the visits by date (those without one last), then as entered."""
    guides = _by_visit(connection, "SELECT visit_id, slug, sha256 FROM visit_guide ORDER BY seq")
    groups = _by_visit(connection, "SELECT visit_id, short FROM visit_group ORDER BY seq")
    people = _by_visit(
        connection,
        "SELECT a.visit_id, a.person_id, a.side, p.name, a.department, a.position"
        " FROM person_at_visit a JOIN person p ON p.id = a.person_id ORDER BY a.seq",
    )
    questions = _by_visit(
        connection,
        "SELECT visit_id, topic, question, choice, text FROM visit_question ORDER BY seq",
    )
    rows = connection.execute(
        "SELECT id, handle, city_code, first_day, last_day, time, place, mode, status, sent,"
        " consent, contact, deleted, seq, revision, number FROM visit WHERE deleted <= ?"
        " ORDER BY first_day = '', first_day, time, seq",
        (int(deleted),),
    )
    return tuple(
        Visit(
            **row,
            guides=tuple(UsedGuide(*guide) for guide in guides[row["id"]]),
            study_groups=tuple(short for (short,) in groups[row["id"]]),
            participants=tuple(Participant(*person) for person in people[row["id"]]),
            questions=tuple(
                ChosenQuestion(Address(topic, question or None), choice, text)
                for topic, question, choice, text in questions[row["id"]]
            ),
        )
        for row in _named(rows)
    )


def marks(connection: sqlite3.Connection, *, deleted: bool = False) -> tuple[Mark, ...]:
    """Return the marks in the order of their first entry."""
    rows = connection.execute(
        "SELECT visit_id, topic, question, state, reason, due, by, deleted, seq, revision, number"
        " FROM mark WHERE deleted <= ? ORDER BY seq",
        (int(deleted),),
    )
    return tuple(
        Mark(address=Address(row.pop("topic"), row.pop("question") or None), **row)
        for row in _named(rows)
    )


def city_facts(connection: sqlite3.Connection, *, deleted: bool = False) -> tuple[CityFact, ...]:
    """Return the facts of all cities in the order of their first entry."""
    rows = connection.execute(
        "SELECT city_code, key, value, as_of, source, by, deleted, seq, revision, number"
        " FROM city_fact WHERE deleted <= ? ORDER BY seq",
        (int(deleted),),
    )
    return tuple(CityFact(**row) for row in _named(rows))


def name_aliases(connection: sqlite3.Connection, *, deleted: bool = False) -> tuple[NameAlias, ...]:
    """Return the names entered for anonymised outputs, in the order of their first entry."""
    rows = connection.execute(
        "SELECT kind, name, stands_for, by, deleted, seq, revision, number"
        " FROM name_alias WHERE deleted <= ? ORDER BY seq",
        (int(deleted),),
    )
    return tuple(NameAlias(**row) for row in _named(rows))


def pseudonyms(connection: sqlite3.Connection) -> dict[tuple[str, str], str]:
    """Return what stands for each kind and subject in anonymised outputs."""
    rows = connection.execute("SELECT kind, subject, label FROM pseudonym")
    return {(kind, subject): label for kind, subject, label in rows}


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
    return tuple(Change(**row, objects=tuple(touched[row["id"]])) for row in _named(rows))


def entries_taken_back(connection: sqlite3.Connection, kind: str) -> frozenset[str]:
    """Return the ids of the objects of that kind whose first entry was undone."""
    rows = connection.execute(
        "SELECT r.object FROM revision r JOIN change c ON c.id = r.change_id"
        " WHERE r.kind = ? AND r.parents = '[]' AND c.undone_by <> ''",
        (kind,),
    )
    return frozenset(name for (name,) in rows)


def has_change(connection: sqlite3.Connection, change_id: str) -> bool:
    """Tell whether a change is stored."""
    rows = connection.execute("SELECT 1 FROM change WHERE id = ?", (change_id,))
    return rows.fetchone() is not None


def _named(rows: sqlite3.Cursor) -> Iterator[dict[str, Any]]:
    """Yield rows by the names of their columns; `deleted` as a truth value."""
    names = [column[0] for column in rows.description]
    for row in rows:
        values = dict(zip(names, row, strict=True))
        if "deleted" in values:
            values["deleted"] = bool(values["deleted"])
        yield values


def _by_visit(connection: sqlite3.Connection, sql: str) -> dict[str, list[Any]]:
    found: dict[str, list[Any]] = defaultdict(list)
    for visit_id, *rest in connection.execute(sql):
        found[visit_id].append(rest)
    return found
