"""`search`: the notes whose text holds every one of the phrases."""

from collections.abc import Sequence

from fieldvisit.actions.show import register
from fieldvisit.errors import BadText
from fieldvisit.fieldwork.note import Note
from fieldvisit.fieldwork.register import Register
from fieldvisit.language import _
from fieldvisit.settings import Settings
from fieldvisit.storage.search import find_notes, holds
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
        address = find_address(view, topic) if topic else None
        code = find_any_city(view, city).code if city else ""

        def fits(note: Note) -> bool:
            places = map(view.crosswalk.now, note.places)
            return code in ("", note.city_code) and (
                address is None or any(map(address.covers, places))
            )

        found = find_notes(view.connection, audience, words, study_group=study_group)
        hits = [note for note in found if fits(note)]
        held_back = view.held_back(lambda note: holds(note, words) and fits(note))
        return tuple(hits[:limit] if limit else hits), register(view), held_back
