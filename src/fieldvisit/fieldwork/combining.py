"""Several notes made into one: what it has of each, and what must not be mixed."""

from collections.abc import Sequence

from msgspec.structs import replace

from fieldvisit.errors import Refused
from fieldvisit.fieldwork.disclosure import strictest
from fieldvisit.fieldwork.note import Note
from fieldvisit.fieldwork.terms import ANSWERING_KINDS, KINDS
from fieldvisit.language import _
from fieldvisit.text import settled


def joined(notes: Sequence[Note]) -> str:
    """Return the texts one under the other, equal ones once."""
    different: dict[str, str] = {}
    for note in notes:
        different.setdefault(settled(note.body), note.body)
    return "\n".join(different.values())


def combined(notes: Sequence[Note], text: str) -> Note:
    """Return the first note as it stands once all of them are one, with ``text`` as its text.

    It has every place and tag, the strictest level, the speaker if all agree; of the rest, what
    the first one has. Raises Refused for notes of different occasions, or of kinds that tell
    different things.
    """
    first = notes[0]
    _check_occasion(notes)
    return replace(
        first,
        body=text,
        kind=_kind(notes),
        disclosure=strictest(note.disclosure for note in notes),
        places=tuple(dict.fromkeys(place for note in notes for place in note.places)),
        tags=tuple(dict.fromkeys(tag for note in notes for tag in note.tags)),
        only_for=_only_for(notes),
        speaker=first.speaker if len({_speaker(note) for note in notes}) == 1 else None,
    )


def differ_in_origin(notes: Sequence[Note]) -> bool:
    """Tell whether they differ in as-of, source, material, or in how and when they came."""
    return len({_origin(note) for note in notes}) > 1


def _check_occasion(notes: Sequence[Note]) -> None:
    if len({(note.city_code, note.visit_id) for note in notes}) > 1:
        raise Refused(
            _("These notes are of different cities or visits."),
            _("Nothing was changed. What several cities say in common is a matter for `compare`."),
        )


def _kind(notes: Sequence[Note]) -> str:
    """Return the kind of all, else of the first; words of a quotation are kept by quotes alone."""
    kinds = list(dict.fromkeys(note.kind for note in notes))
    if len(kinds) > 1 and not ANSWERING_KINDS.issuperset(kinds):
        raise Refused(
            _("These notes are of kinds that are kept apart: {kinds}.").format(
                kinds=", ".join(KINDS.word(kind) for kind in kinds)
            ),
            _("Nothing was changed. Change the kind first: fieldvisit note edit NOTE -k KIND"),
        )
    return "statement" if len(kinds) > 1 and kinds[0] == "quote" else kinds[0]


def _only_for(notes: Sequence[Note]) -> tuple[str, ...]:
    """Return the study groups that may use every one of the notes; empty = all of the visit."""
    limits = [note.only_for for note in notes if note.only_for]
    common = tuple(
        short
        for short in (limits[0] if limits else ())
        if all(short in others for others in limits)
    )
    if limits and not common:
        raise Refused(
            _("No study group may use all of these notes."),
            _("Nothing was changed. See them with: fieldvisit note show NOTE"),
        )
    return common


def _speaker(note: Note) -> str:
    return note.speaker.person_id if note.speaker else ""


def _origin(note: Note) -> tuple[object, ...]:
    return (note.as_of, note.source, note.mode, note.on_day, note.material, note.page)
