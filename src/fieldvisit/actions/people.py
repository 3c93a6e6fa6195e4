"""The people at a visit: how they are named and known again."""

from collections.abc import Collection

from msgspec.structs import replace

from fieldvisit.errors import Ambiguous, NotFound
from fieldvisit.fieldwork.visit import OURS, Participant, Visit
from fieldvisit.language import _, enumerated
from fieldvisit.storage import ids
from fieldvisit.study.view import StudyView
from fieldvisit.text import key


def find_participant(visit: Visit, typed: str) -> Participant:
    """Return the one person at the visit whom ``typed`` names: by name, post, or both."""
    wanted = key(typed.replace("/", "").replace("／", ""))
    found = [
        person
        for person in visit.participants
        if wanted
        in {
            key(person.name),
            key(person.role),
            key(person.position),
            key(person.department),
            key(str(person)),
        }
        - {""}
    ]
    found = found or [p for p in visit.participants if wanted and wanted in key(p.name)]
    if len(found) == 1:
        return found[0]
    present = enumerated(str(person) for person in visit.participants) or "-"
    raise (Ambiguous if found else NotFound)(
        _("“{typed}” fits several people at {visit}.").format(typed=typed, visit=visit.handle)
        if found
        else _("“{typed}” was not at {visit}.").format(typed=typed, visit=visit.handle),
        _(
            "Present: {people}. Add somebody with: fieldvisit visit edit {visit} "
            "--respondent department/position/name"
        ).format(people=present, visit=visit.handle),
    )


def participant(
    view: StudyView,
    visit: Visit,
    side: str,
    name: str,
    department: str = "",
    position: str = "",
    *,
    taken: Collection[str] = (),
) -> Participant:
    """Return a person at a visit; whoever came before is known again by name or, unnamed, by post.

    Names are compared among our people, and among those of the same city. At one visit, two of
    one name from two departments are two people, and nobody whose id is ``taken`` is meant.
    """
    wanted = Participant("", side, name, department, position)
    here = [person for person in visit.participants if _same_here(person, wanted)]
    elsewhere = [
        person
        for other in view.visits
        for person in other.participants
        if other.id != visit.id and (side == OURS or other.city_code == visit.city_code)
        if _same_elsewhere(person, wanted)
    ]
    present = {person.person_id for person in visit.participants}
    for person in (*here, *(p for p in elsewhere if p.person_id not in present)):
        if person.person_id not in taken:
            return replace(
                wanted,
                person_id=person.person_id,
                department=department or person.department,
                position=position or person.position,
            )
    return replace(wanted, person_id=ids.new_id())


def _same_here(one: Participant, other: Participant) -> bool:
    """Tell whether two entries of one visit mean one person, who may have got another position."""
    if not one.name:
        return _same_elsewhere(one, other)
    departments = {one.department, other.department} - {""}
    return (one.side, one.name) == (other.side, other.name) and len(departments) <= 1


def _same_elsewhere(one: Participant, other: Participant) -> bool:
    same_post = (one.department, one.position) == (other.department, other.position)
    return one.side == other.side and one.name == other.name and bool(one.name or same_post)
