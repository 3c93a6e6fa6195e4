"""What must stand in a study at the end of a change that brings something back or takes it away."""

from collections.abc import Iterator

from fieldvisit.actions.looking import Look
from fieldvisit.errors import StillInUse
from fieldvisit.fieldwork.note import Note
from fieldvisit.fieldwork.terms import FACTS
from fieldvisit.language import _, enumerated


def check_ground(look: Look) -> None:
    """Raise StillInUse where something that stands rests on what does not.

    ``look`` is one taken after the change, for `all`.
    """
    if in_the_air := list(dict.fromkeys(_without_ground(look))):
        raise StillInUse(
            _("Something else in the study rests on this: {names}").format(
                names=enumerated(in_the_air)
            ),
            _("Take the later changes back first: fieldvisit log. Nothing was changed."),
        )


def _without_ground(look: Look) -> Iterator[str]:
    """Yield the names of what would be left without its city, visit, group or speaker."""
    groups = {group.short for group in look.groups}
    if not groups.issuperset(look.study.study_groups):
        yield _("study")
    for visit in look.visits:
        if visit.city_code not in look.cities or not groups.issuperset(visit.study_groups):
            yield visit.handle
    for note in look.notes:
        if not groups.issuperset(note.only_for) or not _has_ground(look, note):
            yield note.handle
    for mark in look.marks:
        if mark.visit_id not in look.visits_by_id:
            yield str(mark.address)
    yield from _without_city(look)


def _without_city(look: Look) -> Iterator[str]:
    for fact in (one for facts in look.facts.values() for one in facts):
        if fact.city_code not in look.cities:
            yield f"{FACTS.word(fact.key)} {fact.as_of}"
    for summary in look.summaries:
        if summary.city_code and summary.city_code not in look.cities:
            yield str(summary.address)


def _has_ground(look: Look, note: Note) -> bool:
    if note.visit_id is None:
        return note.city_code in look.cities
    visit = look.visits_by_id.get(note.visit_id)
    present = {person.person_id for person in visit.participants} if visit else set()
    speaker_is_there = note.speaker is None or note.speaker.person_id in present
    return visit is not None and note.city_code in look.cities and speaker_is_there
