"""What a visit holds already, so that nothing comes in twice and nothing wanted stays out."""

from collections.abc import Sequence

from fieldvisit.actions.looking import Look
from fieldvisit.fieldwork.note import Note
from fieldvisit.fieldwork.visit import Visit
from fieldvisit.storage import gate, queries


def known_notes(look: Look, visit: Visit) -> list[Note]:
    """Return the notes of a visit, those too that somebody deleted: they are known.

    Those whose entry was taken back are not: as far as the study goes they never came in.
    """
    notes = gate.notes(look.connection, "all", visit_id=visit.id, deleted=True)
    taken_back = queries.entries_taken_back(look.connection, "note")
    return [note for note in notes if not (note.deleted and note.id in taken_back)]


def versions(look: Look, note: Note) -> Sequence[Note]:
    """Return a note as it stands and as it ever stood."""
    if note.number == 1:
        return (note,)
    past = gate.revisions(look.connection, "all", note.id)
    return (note, *(then for revision, then in past if revision.object == note.id))
