"""`search`: the notes whose text holds every one of the phrases."""

from collections.abc import Sequence

from fieldvisit.actions.show import register
from fieldvisit.errors import BadText
from fieldvisit.fieldwork.note import Note
from fieldvisit.fieldwork.register import Register
from fieldvisit.language import _
from fieldvisit.settings import Settings
from fieldvisit.storage import gate
from fieldvisit.study.references import find_address, find_any_city
from fieldvisit.study.view import viewing


def search(
    given: Settings,
    words: Sequence[str],
    audience: str,
    *,
    topic: str = "",
    city: str = "",
    study_group: str = "",
    limit: int = 0,
) -> tuple[tuple[Note, ...], Register, int]:
    """Return the notes found, newest first, at most ``limit`` (0 = all), and their register.

    The third value is how many more hits were held back from ``audience``.
    """
    if not words or not all(words):
        raise BadText(_("There is nothing to search for."), _("Give at least one character."))
    with viewing(given, audience, study_group) as view:
        asked = gate.NotesAsked(
            city_code=find_any_city(view, city).code if city else None,
            places=view.places_under([find_address(view, topic)]) if topic else None,
            study_group=study_group,
        )
        found = gate.search(view.connection, audience, words, asked, limit=limit)
        return found, register(view), view.held_back(asked, phrases=words)
