"""`summary list`, `summary history`: summaries as an audience may see them."""

from collections.abc import Mapping

from msgspec import Struct

from fieldvisit.actions.show import register
from fieldvisit.actions.summarising.cells import find_cell, kept_summaries, summaries_by_cell
from fieldvisit.errors import NotFound
from fieldvisit.fieldwork.guide import Address
from fieldvisit.fieldwork.matrix import StandingSummary
from fieldvisit.fieldwork.register import Register
from fieldvisit.fieldwork.study import Revision
from fieldvisit.fieldwork.summary import ACROSS, Summary
from fieldvisit.language import _
from fieldvisit.settings import Settings
from fieldvisit.storage import gate
from fieldvisit.study.references import find_address, find_any_city
from fieldvisit.study.view import StudyView, viewing


class WantedSummaries(Struct, frozen=True):
    """Which summaries: empty = all. Topics and cities as typed."""

    topic: str = ""
    city: str = ""
    study_group: str = ""
    across: bool = False
    stale: bool = False


def summaries(
    given: Settings, wanted: WantedSummaries, audience: str
) -> tuple[tuple[StandingSummary, ...], Register, int]:
    """Return summaries in the order of the matrix, a register, and how many are held back."""
    with viewing(given, audience, wanted.study_group) as view:
        found = _fitting(view, wanted)
        hidden = 0
        if audience != "all":
            whole = StudyView(view.place, view.connection, "all", wanted.study_group)
            hidden = len(_fitting(whole, wanted)) - len(found)
        return found, register(view), hidden


def summary_to_write(
    given: Settings, place: str, audience: str, *, city: str = "", across: bool = False
) -> tuple[str, Summary | None]:
    """Return the name of a cell, and its summary if there is one that the audience may see."""
    with viewing(given, audience) as view:
        cell = find_cell(view, place, city, across=across)
        found = summaries_by_cell(view).get(cell)
        whose = ACROSS if cell[0] == ACROSS else find_any_city(view, cell[0]).romaji
        return f"{whose}-{cell[1]}", found.summary if found else None


def _fitting(view: StudyView, wanted: WantedSummaries) -> tuple[StandingSummary, ...]:
    address = find_address(view, wanted.topic) if wanted.topic else None
    city = find_any_city(view, wanted.city).code if wanted.city else ""
    order = view.crosswalk.order

    def fits(one: StandingSummary) -> bool:
        return (
            (address is None or address.covers(one.address))
            and city in ("", one.summary.city_code)
            and not (wanted.across and one.summary.city_code)
            and not (wanted.stale and not one.stale)
        )

    found = filter(fits, summaries_by_cell(view).values())
    return tuple(sorted(found, key=lambda one: _rank(one, order)))


def _rank(one: StandingSummary, order: dict[Address, int]) -> tuple[int, str, str]:
    """Order by topic and question, cities by code, what is across them last."""
    at = order.get(one.address, len(order))
    return at, str(one.address), one.summary.city_code or "~"


def summary_history(
    given: Settings, place: str, audience: str, *, city: str = "", across: bool = False
) -> tuple[tuple[tuple[Revision, Summary], ...], Register, Mapping[str, str]]:
    """Return the revisions of a summary that the audience may see, oldest first.

    Where renamed questions brought several together, those of all. With them come a register and
    the handles of notes by id.
    """
    with viewing(given, audience) as view:
        cell = find_cell(view, place, city, across=across)
        found = kept_summaries(view).get(cell)
        if not found:
            raise NotFound(
                _("There is no summary there."), _("See them with: fieldvisit summary list")
            )
        past = [
            one
            for kept in found
            for one in gate.summary_revisions(view.connection, audience, kept.id)
        ]
        handles = {note.id: note.handle for note in view.every_note.values()}
        return tuple(sorted(past, key=lambda one: one[0].at)), register(view), handles
