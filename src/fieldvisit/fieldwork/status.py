"""Where a study stands: its visits, what is to follow, what waits, and the next step."""

from collections.abc import Iterator
from dataclasses import dataclass
from datetime import date

from fieldvisit.fieldwork.coverage import VisitCoverage
from fieldvisit.fieldwork.note import Note
from fieldvisit.fieldwork.states import Standing
from fieldvisit.fieldwork.study import Study
from fieldvisit.fieldwork.visit import Visit
from fieldvisit.language import _


@dataclass(frozen=True, slots=True)
class Status:
    """The study on one day. ``waiting`` are visit notes that a city has to confirm first."""

    study: Study
    visits: tuple[VisitCoverage, ...]
    waiting: tuple[Note, ...]
    unsorted: int
    drafts: tuple[str, ...]
    today: date

    def to_follow(self) -> list[tuple[VisitCoverage, Standing]]:
        """Return what cities still owe, the longest overdue first."""
        found = [
            (visit, standing)
            for visit in self.visits
            for standing in (*visit.questions, *visit.owed)
            if standing.state == "to-follow"
        ]
        return sorted(found, key=lambda pair: pair[1].due)

    def is_overdue(self, standing: Standing) -> bool:
        """Tell whether an answer was due before today."""
        return bool(standing.due) and standing.due < self.today.isoformat()

    def next_step(self) -> str:
        """Return one sentence with the command that brings the study on."""
        return next(self._steps())

    def _steps(self) -> Iterator[str]:
        if self.drafts:
            yield _("There is unfinished text: fieldvisit draft list")
        if not self.visits:
            yield _("Plan the first visit: fieldvisit visit add CITY --date DATE")
        today = self.today.isoformat()
        for covered in self.visits:
            visit = covered.visit
            if any(map(self.is_overdue, (*covered.questions, *covered.owed))):
                yield _(
                    "Ask {visit} for what is overdue: fieldvisit coverage --open {visit}"
                ).format(visit=visit.handle)
            if visit.first_day and visit.first_day <= today and _is_bare(covered):
                yield _("Enter what was heard: fieldvisit record {visit}").format(
                    visit=visit.handle
                )
        yield from self._preparing()
        yield _("Compare the cities: fieldvisit compare")

    def _preparing(self) -> Iterator[str]:
        today = self.today.isoformat()
        for covered in self.visits:
            visit: Visit = covered.visit
            if visit.status == "planned" and visit.first_day and visit.first_day < today:
                yield _(
                    "Say that it took place: fieldvisit visit edit {visit} --status held"
                ).format(visit=visit.handle)
            elif visit.status == "planned" and not visit.sent:
                yield _("Print the question sheet: fieldvisit prepare {visit} --for city").format(
                    visit=visit.handle
                )
            elif visit.status == "planned":
                yield _("Print the field sheet: fieldvisit prepare {visit}").format(
                    visit=visit.handle
                )


def _is_bare(covered: VisitCoverage) -> bool:
    told = any(q.reason or q.due for q in (*covered.questions, *covered.owed))
    return not covered.counts.answered and not told
