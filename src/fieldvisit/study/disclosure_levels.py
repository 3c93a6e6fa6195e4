"""The disclosure of a note for which none was given."""

from collections.abc import Sequence

from msgspec.structs import replace

from fieldvisit.fieldwork.disclosure import strictest
from fieldvisit.fieldwork.guide import Address
from fieldvisit.fieldwork.note import Note, default_disclosure
from fieldvisit.fieldwork.visit import Visit
from fieldvisit.study.view import StudyView


def levelled(view: StudyView, note: Note, visit: Visit | None) -> Note:
    """Return the note with a disclosure: its own, else the kind's, else the guide's."""
    if note.disclosure:
        return note
    usual = usual_level(view, note.places, visit)
    return replace(note, disclosure=default_disclosure(note.kind, usual))


def usual_level(view: StudyView, places: Sequence[Address], visit: Visit | None) -> str:
    """Return the strictest level that the guides say for the places, empty if none says one.

    Renamed topics and questions are known by their names of today.
    """
    own = view.guides.of(visit) if visit else ()
    guides = (*own, *view.guides.in_use(view.study, view.visits))
    found = [level for place in places if (level := view.crosswalk.level_at(guides, place))]
    if found:
        return strictest(found)
    return next((guide.disclosure for guide in guides if guide.disclosure), "")
