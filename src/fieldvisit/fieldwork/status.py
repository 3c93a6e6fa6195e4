"""Where a study stands: its visits, what is to follow, what waits, and the next step."""

from collections.abc import Iterator
from datetime import date

from msgspec import Struct

from fieldvisit.fieldwork.coverage import Owed, VisitCoverage, follow_up
from fieldvisit.fieldwork.note import Note
from fieldvisit.fieldwork.study import Study
from fieldvisit.language import _


class Step(Struct, frozen=True):
    """What to do next in words, and the command that does it, which is the same in any language."""

    words: str
    command: str


class Status(Struct, frozen=True):
    """The study on one day. ``waiting`` are visit notes that a city has to confirm first."""

    study: Study
    visits: tuple[VisitCoverage, ...]
    waiting: tuple[Note, ...]
    unsorted: int
    drafts: tuple[str, ...]
    today: date

    def follow_up(self) -> tuple[Owed, ...]:
        """Return who owes what by when, the longest overdue first."""
        return follow_up(self.visits, self.today)

    def next_step(self) -> Step:
        """Return what brings the study on."""
        return next(self._steps())

    def _steps(self) -> Iterator[Step]:
        if self.drafts:
            yield Step(_("There is unfinished text"), "fieldvisit draft list")
        if not self.visits:
            yield Step(_("Plan the first visit"), "fieldvisit visit add CITY --date DATE")
        today = self.today.isoformat()
        late = {owed.visit.id for owed in self.follow_up() if owed.is_overdue}
        for covered in self.visits:
            visit = covered.visit
            if visit.id in late:
                words = _("Ask {visit} for what is overdue").format(visit=visit.handle)
                yield Step(words, f"fieldvisit coverage --open {visit.handle}")
            if visit.first_day and visit.first_day <= today and _is_bare(covered):
                yield Step(_("Enter what was heard"), f"fieldvisit record {visit.handle}")
        yield from self._preparing()
        yield Step(_("Compare the cities"), "fieldvisit compare")

    def _preparing(self) -> Iterator[Step]:
        today = self.today.isoformat()
        for visit in (covered.visit for covered in self.visits):
            name = visit.handle
            if visit.status != "planned":
                continue
            if visit.first_day and visit.first_day < today:
                words = _("Say that it took place")
                yield Step(words, f"fieldvisit visit edit {name} --status held")
            elif not visit.sent:
                yield Step(_("Print the question sheet"), f"fieldvisit prepare {name} --for city")
            else:
                yield Step(_("Print the field sheet"), f"fieldvisit prepare {name}")


def _is_bare(covered: VisitCoverage) -> bool:
    told = any(q.reason or q.due for q in (*covered.questions, *covered.owed))
    return not covered.counts.answered and not told
