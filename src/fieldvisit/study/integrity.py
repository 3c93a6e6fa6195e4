"""What must stand in a study at the end of a change that brings something back or takes it away."""

from collections.abc import Iterator

from fieldvisit.errors import StillInUse
from fieldvisit.fieldwork.note import Note
from fieldvisit.fieldwork.terms import FACTS
from fieldvisit.language import _, enumerated
from fieldvisit.study.view import StudyView


def check_integrity(view: StudyView) -> None:
    """Raise StillInUse where something that stands rests on what does not.

    ``view`` is one taken after the change, for `all`.
    """
    if in_the_air := list(dict.fromkeys(_without_support(view))):
        raise StillInUse(
            _("Something else in the study rests on this: {names}").format(
                names=enumerated(in_the_air)
            ),
            _("Take the later changes back first: fieldvisit log. Nothing was changed."),
        )


def _without_support(view: StudyView) -> Iterator[str]:
    """Yield the names of what would be left without its city, visit, group or speaker."""
    groups = {group.short for group in view.groups}
    if not groups.issuperset(view.study.study_groups):
        yield _("study")
    for visit in view.visits:
        if visit.city_code not in view.cities or not groups.issuperset(visit.study_groups):
            yield visit.handle
    for note in view.notes:
        if not groups.issuperset(note.only_for) or not _has_support(view, note):
            yield note.handle
    for mark in view.marks:
        if mark.visit_id not in view.visits_by_id:
            yield str(mark.address)
    yield from _without_city(view)


def _without_city(view: StudyView) -> Iterator[str]:
    for fact in (one for facts in view.facts.values() for one in facts):
        if fact.city_code not in view.cities:
            yield f"{FACTS.word(fact.key)} {fact.as_of}"
    for summary in view.summaries:
        if summary.city_code and summary.city_code not in view.cities:
            yield str(summary.address)


def _has_support(view: StudyView, note: Note) -> bool:
    if note.visit_id is None:
        return note.city_code in view.cities
    visit = view.visits_by_id.get(note.visit_id)
    present = {person.person_id for person in visit.participants} if visit else set()
    speaker_is_there = note.speaker is None or note.speaker.person_id in present
    return visit is not None and note.city_code in view.cities and speaker_is_there
