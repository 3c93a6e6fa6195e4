"""Every read but the gate's, which are of notes and what rests on them."""

import json
import sqlite3
from collections import defaultdict
from typing import Generic, TypeVar

from msgspec import Struct

from fieldvisit.fieldwork.city import City
from fieldvisit.fieldwork.states import Mark
from fieldvisit.fieldwork.study import LoggedChange, Study
from fieldvisit.review.item import Item
from fieldvisit.storage.kinds import (
    CITY,
    CITY_FACT,
    ITEM,
    MARK,
    NAME_ALIAS,
    STUDY,
    STUDY_GROUP,
    VISIT,
)
from fieldvisit.storage.layout import Kind
from fieldvisit.storage.rows import read

_STANDS = "deleted <= ?"
Thing = TypeVar("Thing")


class _Reader(Struct, Generic[Thing], frozen=True):
    """Reads what stands of a kind, with ``deleted`` all of it; as entered, or as ``order`` says."""

    kind: Kind[Thing]
    order: str = ""

    def __call__(
        self, connection: sqlite3.Connection, *, deleted: bool = False
    ) -> tuple[Thing, ...]:
        return read(connection, self.kind, _STANDS, (int(deleted),), order=self.order)


study_groups = _Reader(STUDY_GROUP)
cities = _Reader(CITY, "code")
visits = _Reader(VISIT, "first_day = '', first_day, time, seq")  # those without a day last
city_facts = _Reader(CITY_FACT)
name_aliases = _Reader(NAME_ALIAS)


def study(connection: sqlite3.Connection) -> Study:
    """Return the study; an empty one before it is first stored."""
    return next(iter(read(connection, STUDY)), Study())


def city(connection: sqlite3.Connection, code: str) -> City | None:
    """Return the city of that code, deleted or not."""
    return next(iter(read(connection, CITY, "code = ?", (code,))), None)


def marks(
    connection: sqlite3.Connection, *, visit_id: str = "", deleted: bool = False
) -> tuple[Mark, ...]:
    """Return the marks, of one visit or of all, in the order of their first entry."""
    if visit_id:
        where, values = f"{_STANDS} AND visit_id = ?", (int(deleted), visit_id)
        return read(connection, MARK, where, values)
    return read(connection, MARK, _STANDS, (int(deleted),))


def output_made(
    connection: sqlite3.Connection, number: int
) -> tuple[list[str], dict[str, tuple[str, str]]]:
    """Return the key of the anonymised output of that number, both empty if there is none.

    The first value are its notes by id, line 1 first; the second says of each label (`A市`) what
    kind of name it stands for, and the id of that name.
    """
    sql = "SELECT lines, names FROM anonymised_output WHERE seq = ?"
    for lines, names in connection.execute(sql, (number,)):
        named = {label: (kind, id_) for label, (kind, id_) in json.loads(names).items()}
        return json.loads(lines), named
    return [], {}


def items(
    connection: sqlite3.Connection,
    *,
    state: str = "",
    beginning: str = "",
    sha256: str = "",
    deleted: bool = False,
) -> tuple[Item, ...]:
    """Return the items in the order of their entry; for `all` alone.

    Only those in a ``state``, whose id begins so, of a file with that SHA-256, if given; with
    ``deleted`` also those whose reading was undone.
    """
    # An id is made of letters and digits, which come before "~".
    asked = {"state = ?": state, "id BETWEEN ? AND ? || '~'": beginning, "sha256 = ?": sha256}
    wanted = {text: value for text, value in asked.items() if value}
    values = [value for text, value in wanted.items() for _mark in range(text.count("?"))]
    return read(connection, ITEM, " AND ".join((_STANDS, *wanted)), (int(deleted), *values))


def people(connection: sqlite3.Connection) -> dict[str, str]:
    """Return the name of every person by id; names may be empty."""
    return dict(connection.execute("SELECT id, name FROM person ORDER BY seq"))


def snapshots(connection: sqlite3.Connection) -> dict[str, str]:
    """Return the guides ever kept or read, as JSON, by SHA-256."""
    return dict(connection.execute("SELECT sha256, json FROM guide_snapshot"))


def guide_file(connection: sqlite3.Connection, sha256: str) -> str:
    """Return the file of a guide that a visit keeps, as it stood."""
    found = connection.execute("SELECT yaml FROM guide_snapshot WHERE sha256 = ?", (sha256,))
    return str(found.fetchone()[0])


def changes(connection: sqlite3.Connection) -> tuple[LoggedChange, ...]:
    """Return all changes, newest first, each with the objects it touched."""
    touched: dict[str, list[str]] = defaultdict(list)
    for change_id, kind, name in connection.execute(
        "SELECT change_id, kind, object FROM revision ORDER BY seq"
    ):
        touched[change_id].append(f"{kind}:{name}")
    rows = connection.execute(
        "SELECT id, at, by, command, undone_by, undoes, sitting FROM change ORDER BY seq DESC"
    )
    return tuple(
        LoggedChange(id_, at, by, command, undone_by, undoes, sitting, tuple(touched[id_]))
        for id_, at, by, command, undone_by, undoes, sitting in rows
    )


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
