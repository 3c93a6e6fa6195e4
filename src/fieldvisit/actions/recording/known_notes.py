"""What a visit holds already, so that nothing comes in twice and nothing wanted stays out."""

from collections.abc import Sequence

from fieldvisit.fieldwork.note import Note
from fieldvisit.fieldwork.visit import Visit
from fieldvisit.storage import gate, queries
from fieldvisit.study.view import StudyView


def known_notes(view: StudyView, visit: Visit) -> list[Note]:
    """Return the notes of a visit, those too that somebody deleted: they are known.

    Those whose entry was taken back are not: as far as the study goes they never came in.
    """
    notes = gate.notes(view.connection, "all", gate.NotesAsked(visit_id=visit.id, deleted=True))
    taken_back = queries.entries_taken_back(view.connection, "note")
    return [note for note in notes if not (note.deleted and note.id in taken_back)]


def versions(view: StudyView, note: Note) -> Sequence[Note]:
    """Return a note as it stands and as it ever stood."""
    if note.number == 1:
        return (note,)
    past = gate.revisions(view.connection, "all", note.id)
    return (note, *(then for revision, then in past if revision.object == note.id))
