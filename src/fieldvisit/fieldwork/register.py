"""The cities and visits that a list of notes speaks of."""

from collections.abc import Mapping
from dataclasses import dataclass

from fieldvisit.fieldwork.city import City
from fieldvisit.fieldwork.note import Note
from fieldvisit.fieldwork.visit import Visit


@dataclass(frozen=True, slots=True)
class Register:
    """Cities by code and visits by id, as the audience may see them."""

    cities: Mapping[str, City]
    visits: Mapping[str, Visit]

    def city(self, note: Note) -> City:
        """Return the city that the note is about."""
        return self.cities[note.city_code]

    def visit(self, note: Note) -> Visit | None:
        """Return the visit that the note is from, None for a note of the city itself."""
        return self.visits.get(note.visit_id or "")
