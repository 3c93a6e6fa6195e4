"""What the sheets of one visit rest on."""

from collections.abc import Mapping
from datetime import date

from msgspec import Struct, field

from fieldvisit.fieldwork.coverage import VisitCoverage
from fieldvisit.fieldwork.guide import Address, Probe
from fieldvisit.fieldwork.note import Note
from fieldvisit.fieldwork.study import Study, StudyGroup
from fieldvisit.fieldwork.visit import Visit


class Preparation(Struct, frozen=True):
    """One visit as its sheets need it: how it stands, and the city's notes so far by place.

    ``attributes`` are the city's on ``day`` (empty = not known), ``unsorted`` the notes without
    a place. ``reply_by`` is an ISO date or empty, ``elsewhere`` the other visits by id.
    """

    study: Study
    groups: tuple[StudyGroup, ...]
    coverage: VisitCoverage
    day: date
    attributes: frozenset[str]
    placed: Mapping[Address, tuple[Note, ...]]
    unsorted: tuple[Note, ...]
    audience: str
    reply_by: str = ""
    elsewhere: Mapping[str, Visit] = field(default_factory=dict)

    @property
    def visit(self) -> Visit:
        """Return the visit."""
        return self.coverage.visit

    @property
    def left_out(self) -> frozenset[Address]:
        """Return the questions that were left out beforehand."""
        return frozenset(one.address for one in self.visit.questions if one.choice == "skip")

    @property
    def addresses(self) -> tuple[Address, ...]:
        """Return every place where a sheet of this visit may file something."""
        return tuple(
            address
            for topic in self.coverage.topics
            for address in (Address(topic.topic.key), *(s.address for s in topic.questions))
        )

    def notes_on(self, address: Address) -> tuple[Note, ...]:
        """Return the city's notes on exactly that place."""
        return self.placed.get(address, ())

    def is_for_this_city(self, probe: Probe) -> bool:
        """Tell whether a probe is meant for this city."""
        return not probe.classes or not self.attributes or bool(self.attributes & {*probe.classes})
