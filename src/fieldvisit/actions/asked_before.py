"""What cities were asked before at other visits, before they are asked the same again."""

from collections.abc import Mapping, Sequence

from fieldvisit.actions.coverage import cover_visit
from fieldvisit.fieldwork.asked_before import AskedBefore, asked_before
from fieldvisit.fieldwork.visit import Visit
from fieldvisit.settings import Settings
from fieldvisit.study.references import find_visit
from fieldvisit.study.view import StudyView, viewing


def visits_asked_before(
    given: Settings, visits: Sequence[str], audience: str, study_group: str = ""
) -> tuple[tuple[AskedBefore, ...], Mapping[str, str]]:
    """Return what was asked before of what these visits ask, as ``audience`` may see it.

    The second value names the study groups by their short names.
    """
    with viewing(given, audience, study_group) as view:
        found = dict.fromkeys(find_visit(view, typed) for typed in visits)
        names = {group.short: group.name for group in view.groups}
        return tuple(one for visit in found for one in _asked_before(view, visit)), names


def _asked_before(view: StudyView, visit: Visit) -> tuple[AskedBefore, ...]:
    others = [other for other in view.taking_place if other.city_code == visit.city_code]
    if not any(other.id != visit.id for other in others):
        return ()
    usable = view.notes_for(visit)
    return asked_before(
        cover_visit(view, visit),
        [cover_visit(view, other, usable) for other in others],
        usable,
        view.crosswalk,
    )
