"""The disclosure of a note for which none was given."""

from collections.abc import Sequence
from dataclasses import replace

from fieldvisit.actions.looking import Look
from fieldvisit.fieldwork.guide import Address
from fieldvisit.fieldwork.note import Note, default_disclosure
from fieldvisit.fieldwork.visit import Visit


def levelled(look: Look, note: Note, visit: Visit | None) -> Note:
    """Return the note with a disclosure: its own, else the kind's, else the guide's."""
    if note.disclosure:
        return note
    usual = usual_level(look, note.places, visit)
    return replace(note, disclosure=default_disclosure(note.kind, usual))


def usual_level(look: Look, places: Sequence[Address], visit: Visit | None) -> str:
    """Return the guide's level for the first of the places, empty if no guide says one."""
    guides = look.shelf.of(visit) if visit else look.shelf.in_use(look.study, look.visits)
    for place in places[:1]:
        for guide in guides:
            topic = guide.topic(place.topic)
            question = topic and topic.question(place.question or "")
            if topic:
                return (question and question.disclosure) or topic.disclosure or guide.disclosure
    return next((guide.disclosure for guide in guides if guide.disclosure), "")
