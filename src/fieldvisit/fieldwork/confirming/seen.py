"""Whether a note says what a city saw: the same words again, whatever happened in between."""

from fieldvisit.fieldwork.note import Note


def says_as_seen(note: Note, seen: Note | None) -> bool:
    """Tell whether ``note`` stands as it did when the city saw it: after an undo it does again."""
    return seen is not None and _told(note) == _told(seen)


def _told(note: Note) -> tuple[object, ...]:
    speaker = note.speaker and note.speaker.person_id
    filed = (note.places, note.tags, note.only_for)
    origin = (note.as_of, note.source, note.mode, note.on_day, note.material, note.page)
    return (note.body, note.kind, note.disclosure, speaker, filed, origin, note.deleted)
