"""The people at a visit: how they are named and known again."""

from fieldvisit.actions.looking import Look
from fieldvisit.errors import Ambiguous, NotFound
from fieldvisit.fieldwork.visit import OURS, Participant, Visit
from fieldvisit.language import _
from fieldvisit.storage import ids
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
    present = ", ".join(str(person) for person in visit.participants) or "-"
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
    look: Look, visit: Visit, side: str, name: str, department: str = "", position: str = ""
) -> Participant:
    """Return a person at a visit; whoever came before is known again by name or, unnamed, by post.

    Names are compared among our people, and among those of the same city.
    """
    here = [(visit, person) for person in visit.participants]
    before = [(other, person) for other in look.visits for person in other.participants]
    for other, person in here + before:
        same_post = (person.department, person.position) == (department, position)
        close = side == OURS or other.city_code == visit.city_code
        if person.side == side and close and person.name == name and (name or same_post):
            return Participant(
                person.person_id,
                side,
                name,
                department or person.department,
                position or person.position,
            )
    return Participant(ids.new_id(), side, name, department, position)
