"""From the row of a note, as the gate selects it, to the note."""

from typing import Any

from fieldvisit.fieldwork.confirmation import CONFIRMED
from fieldvisit.fieldwork.note import Note, Source
from fieldvisit.fieldwork.visit import Participant

_FIRST = ("id", "handle", "city_code", "visit_id", "kind", "body", "disclosure", "by", "as_of")
_LAST = ("mode", "on_day", "material", "page", "deleted", "created_at", "updated_at", "seq",
         "revision", "number")  # fmt: skip


def note_of(row: tuple[Any, ...]) -> Note:
    """Return the note of a row whose columns stand in the order of the gate's select."""
    (person_id, name, side, department, position) = row[22:27]
    agreed = row[27] in CONFIRMED
    speaker = (
        Participant(person_id, side or "", name or "", department or "", position or "")
        if person_id
        else None
    )
    found = dict(zip(_FIRST, row[:9], strict=True)) | dict(zip(_LAST, row[12:22], strict=True))
    found["deleted"] = bool(found["deleted"])
    return Note(**found, source=Source(*row[9:12]), speaker=speaker, confirmed=agreed)
