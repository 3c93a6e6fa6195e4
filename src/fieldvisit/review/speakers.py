"""Who of those present a name may mean that fits nobody exactly: 千葉課長, for 千葉太郎（課長）."""

from collections.abc import Iterable

from fieldvisit.fieldwork.visit import Participant
from fieldvisit.text import key

_SHORTEST = 2  # characters of a family name that tell people apart


def nearly(people: Iterable[Participant], typed: str) -> str:
    """Return the one person nearly named, empty if there is none or more than one."""
    wanted = key(typed)
    found = [person for person in people if _may_be(person, wanted)]
    return str(found[0]) if len(found) == 1 else ""


def _may_be(person: Participant, wanted: str) -> bool:
    """Tell whether a name begins as the person's does, or says the post and no other name."""
    name, posts = key(person.name), [key(person.position), key(person.department)]
    if name and name[:_SHORTEST] == wanted[:_SHORTEST]:
        return True
    return not name and any(post and post in wanted for post in posts)
