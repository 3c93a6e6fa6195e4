"""Who may see what: the one rule that every output follows (contract, section 6).

Fails closed: a level that is missing or not known counts as off the record.
"""

from collections.abc import Iterable, Mapping

from msgspec.structs import replace

from fieldvisit.fieldwork.confirmation import Confirmation
from fieldvisit.fieldwork.note import Note, NoteConflict
from fieldvisit.fieldwork.states import CONFIDENTIAL
from fieldvisit.fieldwork.summary import Summary
from fieldvisit.fieldwork.terms import AUDIENCES, DISCLOSURES
from fieldvisit.fieldwork.visit import Material, Visit, named_as

OFF_RECORD = "off-record"
_LEVELS = tuple(DISCLOSURES)
# For the public, `confirm` waits for the city's confirmation, `anonymous` for an anonymised output.
_SEEN = {
    "public": frozenset({"public"}),
    "group": frozenset({"public", "confirm", "anonymous", "group"}),
    "all": frozenset(_LEVELS),
}


def level(disclosure: str | None) -> str:
    """Return a level that is certain to be known; anything else is off the record."""
    return disclosure if disclosure and disclosure in DISCLOSURES else OFF_RECORD


def may_see(
    disclosure: str | None, audience: str, *, confirmed: bool = False, anonymised: bool = False
) -> bool:
    """Tell whether ``audience`` may see something of that level; unknown audiences see nothing.

    ``confirmed`` tells that the city agreed to it as it stands, ``anonymised`` that no name will
    stand in the output.
    """
    found = level(disclosure)
    if audience == "public" and ((found, confirmed) == ("confirm", True)):
        return True
    if audience == "public" and ((found, anonymised) == ("anonymous", True)):
        return True
    return found in _SEEN.get(audience, frozenset())


def certain_levels(audience: str) -> frozenset[str]:
    """Return the levels of which an audience sees everything; off the record stands for unknown."""
    return frozenset(known for known in _LEVELS if may_see(known, audience))


def possible_levels(audience: str) -> frozenset[str]:
    """Return the levels of which an audience may see something, whatever else holds."""
    return frozenset(
        known for known in _LEVELS if may_see(known, audience, confirmed=True, anonymised=True)
    )


def strictest(disclosures: Iterable[str | None]) -> str:
    """Return the most closed of the levels; off the record if there are none."""
    ranks = [_LEVELS.index(level(disclosure)) for disclosure in disclosures]
    return _LEVELS[max(ranks)] if ranks else OFF_RECORD


def while_waiting(disclosure: str | None) -> str:
    """Return the level of a note about which something waits for a decision."""
    return strictest((disclosure, "confirm"))


def tighter(one: str, other: str) -> str:
    """Return the narrower of two audiences."""
    order = tuple(AUDIENCES)
    return order[min(order.index(one), order.index(other))]


def note_for(note: Note, audience: str, *, anonymised: bool = False) -> Note | None:
    """Return the note as ``audience`` may see it, None if not at all.

    Speakers are seen as far as they may be named; the public sees no authors, no tags.
    """
    if note.waits and audience != "all":
        note = replace(note, disclosure=while_waiting(note.disclosure), confirmed=False)
    confirmed = note.confirmed
    if not may_see(note.disclosure, audience, confirmed=confirmed, anonymised=anonymised):
        return None
    note = replace(note, disclosure=level(note.disclosure))
    if audience == "all":
        return note
    note = replace(
        note, speaker=note.speaker and named_as(note.speaker, attribution(note, audience))
    )
    return note if audience != "public" else replace(note, by="", tags=(), only_for=())


def attribution(note: Note, audience: str) -> str:
    """Return how far the speaker of a note may be named to an audience (of ATTRIBUTIONS)."""
    return note.attribution or note.attributed or ("city" if audience == "public" else "position")


def material_for(material: Material, audience: str) -> Material | None:
    """Return a material as ``audience`` may see it, None if not at all."""
    if not may_see(material.disclosure, audience):
        return None
    material = replace(material, disclosure=level(material.disclosure))
    return replace(material, by="") if audience == "public" else material


def summary_for(summary: Summary, known: Mapping[str, Note], audience: str) -> Summary | None:
    """Return a summary as ``audience`` may see it, None if not at all.

    ``known`` are the notes that the audience may see, by id. It must see every note on which the
    summary rests; the level is never more open than theirs. One `to be confirmed` waits for the
    city's word on such a note, and is none of the public's where there is none.
    """
    under = [known.get(note_id) for note_id in summary.rests_on]
    levels = [note.disclosure if note else None for note in under]
    closest = strictest([summary.disclosure, *levels])
    agreed = closest == "confirm" and "confirm" in levels and None not in under
    anonymous = closest == "anonymous" and "anonymous" in levels and None not in under
    if audience != "all" and None in under:
        return None
    if not may_see(closest, audience, confirmed=agreed, anonymised=anonymous):
        return None
    seen = tuple(one for one in summary.seen if audience == "all" or one.note_id in known)
    by = "" if audience == "public" else summary.by
    return replace(summary, disclosure=closest, seen=seen, by=by)


def confirmation_for(confirmation: Confirmation, audience: str) -> Confirmation:
    """Return a confirmation of a note that ``audience`` may see, without names for the public."""
    if audience != "public":
        return confirmation
    return replace(confirmation, department="", who="", comment="", by="")


def conflict_for(conflict: NoteConflict, audience: str) -> NoteConflict:
    """Return a conflict of notes that ``audience`` may see; the public learns no reason."""
    return conflict if audience != "public" else replace(conflict, why="", by="")


def visit_for(visit: Visit, audience: str, *, keeps_guides: bool = True) -> Visit:
    """Return the visit as ``audience`` may see it: the public gets no personal names.

    Who was there is told no further than those who spoke may be named.
    Guides that were fixed by nothing that the audience may see (``keeps_guides``) follow their
    files for it: else they would tell that there is something.
    """
    if audience != "all" and not keeps_guides and not visit.sent:
        visit = replace(visit, guides=tuple(replace(used, sha256="") for used in visit.guides))
    if audience != "public":
        return visit
    furthest = "position" if visit.attribution == "name" else visit.attribution or "city"
    theirs = (named_as(person, furthest) for person in visit.respondents)
    return replace(visit, participants=tuple(filter(None, theirs)), contact="", consent="")


def state_for(state: str, audience: str) -> str:
    """Return the state as ``audience`` may read it; the public learns no confidential reason.

    An open question is not told apart either: what is hidden may be the reason that it looks open.
    """
    return "not-stated" if audience == "public" and state in CONFIDENTIAL | {"open"} else state
