"""The disclosure of a note for which none was given."""

from collections.abc import Iterable, Sequence

from msgspec.structs import replace

from fieldvisit.fieldwork.crosswalk import Crosswalk
from fieldvisit.fieldwork.disclosure import strictest
from fieldvisit.fieldwork.guide import Address, Guide
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
    found = [level for place in places if (level := _level_at(guides, view.crosswalk, place))]
    if found:
        return strictest(found)
    return next((guide.disclosure for guide in guides if guide.disclosure), "")


def _level_at(guides: Iterable[Guide], crosswalk: Crosswalk, place: Address) -> str:
    wanted = crosswalk.now(place)
    for guide in guides:
        for topic in guide.topics:
            for question in topic.questions:
                if crosswalk.now(Address(topic.key, question.key)) == wanted:
                    return question.disclosure or topic.disclosure or guide.disclosure
    for guide in guides:
        for topic in guide.topics:
            if crosswalk.now(Address(topic.key)).topic == wanted.topic:
                return topic.disclosure or guide.disclosure
    return ""
