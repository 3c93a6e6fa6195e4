"""Who may see what: the one rule that every output follows (contract, section 6).

Fails closed: a level that is missing or not known counts as off the record.
"""

from collections.abc import Iterable
from dataclasses import replace

from fieldvisit.fieldwork.mark import CONFIDENTIAL
from fieldvisit.fieldwork.material import Material
from fieldvisit.fieldwork.note import Note
from fieldvisit.fieldwork.terms import AUDIENCES, DISCLOSURES
from fieldvisit.fieldwork.visit import Participant, Visit

OFF_RECORD = "off-record"
_LEVELS = tuple(DISCLOSURES)
# `confirm` waits for the city's confirmation, `anonymous` for an anonymised output.
_SEEN = {
    "public": frozenset({"public"}),
    "group": frozenset({"public", "confirm", "anonymous", "group"}),
    "all": frozenset(_LEVELS),
}


def level(disclosure: str | None) -> str:
    """Return a level that is certain to be known; anything else is off the record."""
    return disclosure if disclosure and disclosure in DISCLOSURES else OFF_RECORD


def may_see(disclosure: str | None, audience: str) -> bool:
    """Tell whether ``audience`` may see something of that level; unknown audiences see nothing."""
    return level(disclosure) in _SEEN.get(audience, frozenset())


def strictest(disclosures: Iterable[str | None]) -> str:
    """Return the most closed of the levels; off the record if there are none."""
    ranks = [_LEVELS.index(level(disclosure)) for disclosure in disclosures]
    return _LEVELS[max(ranks)] if ranks else OFF_RECORD


def tighter(one: str, other: str) -> str:
    """Return the narrower of two audiences."""
    order = tuple(AUDIENCES)
    return order[min(order.index(one), order.index(other))]


def note_for(note: Note, audience: str) -> Note | None:
    """Return the note as ``audience`` may see it, None if not at all.

    The public sees speakers as department and position only (one known by name alone not at
    all), no authors, no tags.
    """
    if not may_see(note.disclosure, audience):
        return None
    note = replace(note, disclosure=level(note.disclosure))
    if audience != "public":
        return note
    speaker = _nameless(note.speaker) if note.speaker and note.speaker.role else None
    return replace(note, by="", tags=(), only_for=(), speaker=speaker)


def material_for(material: Material, audience: str) -> Material | None:
    """Return a material as ``audience`` may see it, None if not at all."""
    if not may_see(material.disclosure, audience):
        return None
    material = replace(material, disclosure=level(material.disclosure))
    return replace(material, by="") if audience == "public" else material


def visit_for(visit: Visit, audience: str, *, keeps_guides: bool = True) -> Visit:
    """Return the visit as ``audience`` may see it: the public gets no personal names.

    Guides that were fixed by nothing that the audience may see (``keeps_guides``) follow their
    files for it: else they would tell that there is something.
    """
    if audience != "all" and not keeps_guides and not visit.sent:
        visit = replace(visit, guides=tuple(replace(used, sha256="") for used in visit.guides))
    if audience != "public":
        return visit
    theirs = tuple(_nameless(p) for p in visit.respondents if p.role)
    return replace(visit, participants=theirs, contact="", consent="")


def state_for(state: str, audience: str) -> str:
    """Return the state as ``audience`` may read it; the public learns no confidential reason.

    An open question is not told apart either: what is hidden may be the reason that it looks open.
    """
    return "not-stated" if audience == "public" and state in CONFIDENTIAL | {"open"} else state


def _nameless(person: Participant) -> Participant:
    return replace(person, person_id="", name="")
