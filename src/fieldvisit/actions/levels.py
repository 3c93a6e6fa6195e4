"""The disclosure of a note for which none was given."""

from collections.abc import Iterable, Sequence

from msgspec.structs import replace

from fieldvisit.actions.looking import Look
from fieldvisit.fieldwork.disclosure import strictest
from fieldvisit.fieldwork.guide import Address, Guide
from fieldvisit.fieldwork.lineup import Lineup
from fieldvisit.fieldwork.note import Note, default_disclosure
from fieldvisit.fieldwork.visit import Visit


def levelled(look: Look, note: Note, visit: Visit | None) -> Note:
    """Return the note with a disclosure: its own, else the kind's, else the guide's."""
    if note.disclosure:
        return note
    usual = usual_level(look, note.places, visit)
    return replace(note, disclosure=default_disclosure(note.kind, usual))


def usual_level(look: Look, places: Sequence[Address], visit: Visit | None) -> str:
    """Return the strictest level that the guides say for the places, empty if none says one.

    Renamed topics and questions are known by their names of today.
    """
    own = look.shelf.of(visit) if visit else ()
    guides = (*own, *look.shelf.in_use(look.study, look.visits))
    found = [level for place in places if (level := _level_at(guides, look.lineup, place))]
    if found:
        return strictest(found)
    return next((guide.disclosure for guide in guides if guide.disclosure), "")


def _level_at(guides: Iterable[Guide], lineup: Lineup, place: Address) -> str:
    wanted = lineup.now(place)
    for guide in guides:
        for topic in guide.topics:
            for question in topic.questions:
                if lineup.now(Address(topic.key, question.key)) == wanted:
                    return question.disclosure or topic.disclosure or guide.disclosure
    for guide in guides:
        for topic in guide.topics:
            if lineup.now(Address(topic.key)).topic == wanted.topic:
                return topic.disclosure or guide.disclosure
    return ""
