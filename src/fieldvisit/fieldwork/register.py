"""The cities and visits that a list of notes speaks of, and which notes contradict each other."""

from collections.abc import Mapping

from msgspec import Struct, field

from fieldvisit.fieldwork.city import City
from fieldvisit.fieldwork.note import Contradiction, Note
from fieldvisit.fieldwork.visit import Visit


class Register(Struct, frozen=True):
    """Cities by code and visits by id, as the audience may see them.

    ``contradictions`` tells by the handle of a note what contradicts it.
    """

    cities: Mapping[str, City]
    visits: Mapping[str, Visit]
    contradictions: Mapping[str, tuple[Contradiction, ...]] = field(default_factory=dict)

    def city(self, note: Note) -> City:
        """Return the city that the note is about."""
        return self.cities[note.city_code]

    def name(self, city_code: str) -> str:
        """Return the name of a city by its code."""
        return self.cities[city_code].name

    def visit(self, note: Note) -> Visit | None:
        """Return the visit that the note is from, None for a note of the city itself."""
        return self.visits.get(note.visit_id or "")

    def against(self, note: Note) -> tuple[Contradiction, ...]:
        """Return what contradicts the note, in the order in which it was said."""
        return self.contradictions.get(note.handle, ())
