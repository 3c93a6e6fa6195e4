"""How an object of any kind stands now, deleted or not. For `undo`, which may touch them all."""

import sqlite3
from collections.abc import Callable, Iterable
from typing import Any

from fieldvisit.storage import gate, queries
from fieldvisit.storage.bodies import Kept, name_of


def stands(connection: sqlite3.Connection, kind: str, name: str) -> Kept:
    """Return the object of that kind and name as it stands; KeyError if there is none."""
    if kind == "note":
        found = gate.note(connection, "all", name)
        if found is None:
            raise KeyError(name)
        return found
    things: Iterable[Kept] = _ALL[kind](connection)
    return {name_of(thing): thing for thing in things}[name]


_ALL: dict[str, Callable[[sqlite3.Connection], Iterable[Any]]] = {
    "study": lambda connection: (queries.study(connection),),
    "study-group": lambda connection: queries.study_groups(connection, deleted=True),
    "city": lambda connection: queries.cities(connection, deleted=True),
    "visit": lambda connection: queries.visits(connection, deleted=True),
    "material": lambda connection: gate.materials(connection, "all", deleted=True),
    "city-fact": lambda connection: queries.city_facts(connection, deleted=True),
    "summary": lambda connection: gate.summaries(connection, "all", deleted=True),
    "confirmation": lambda connection: gate.confirmations(connection, "all", deleted=True),
    "note-conflict": lambda connection: gate.conflicts(connection, "all", deleted=True),
    "name-alias": lambda connection: queries.name_aliases(connection, deleted=True),
    "mark": lambda connection: queries.marks(connection, deleted=True),
}
