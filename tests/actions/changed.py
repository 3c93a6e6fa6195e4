"""What stands in a study after changes: its notes, its marks, its last change."""

from fieldvisit.actions.show import changes
from fieldvisit.fieldwork.note import Note
from fieldvisit.fieldwork.states import Mark
from fieldvisit.settings import Settings
from fieldvisit.storage import gate, queries
from fieldvisit.storage.connection import reading


def notes(given: Settings) -> dict[str, Note]:
    with reading(given.study().database) as connection:
        return {note.id: note for note in gate.notes(connection, "all")}


def marks(given: Settings) -> tuple[Mark, ...]:
    with reading(given.study().database) as connection:
        return queries.marks(connection)


def last(given: Settings) -> str:
    return changes(given)[0][0].id
