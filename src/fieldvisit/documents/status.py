"""Where a study stands and what is next, as a page and a shape; the study itself, a visit."""

from collections.abc import Iterator, Sequence
from datetime import date

from msgspec import Struct

from fieldvisit.documents import shapes, wordings
from fieldvisit.documents.coverage import owed_blocks, owed_shape, visit_table
from fieldvisit.documents.document import Document
from fieldvisit.documents.lists import facts_of
from fieldvisit.documents.page import Block, Bullets, Heading, Page, Paragraph
from fieldvisit.documents.shapes import Shape
from fieldvisit.fieldwork import coverage
from fieldvisit.fieldwork.city import City
from fieldvisit.fieldwork.coverage import Owed, VisitCoverage
from fieldvisit.fieldwork.guide import Guide
from fieldvisit.fieldwork.note import Note
from fieldvisit.fieldwork.states import Counts
from fieldvisit.fieldwork.study import Study, StudyGroup
from fieldvisit.fieldwork.terms import ATTRIBUTIONS, MODES, STATES, STATUSES
from fieldvisit.fieldwork.visit import Visit
from fieldvisit.language import _, enumerated


class Step(Struct, frozen=True):
    """What to do next in words, and the command that does it, which is the same in any language."""

    words: str
    command: str


class Status(Struct, frozen=True):
    """The study on one day. ``waiting`` are visit notes that a city has to confirm first.

    ``items`` is how many pieces of what came back wait for a decision.
    """

    study: Study
    visits: tuple[VisitCoverage, ...]
    waiting: tuple[Note, ...]
    unsorted: int
    items: int
    drafts: tuple[str, ...]
    today: date

    def follow_up(self) -> tuple[Owed, ...]:
        """Return who owes what by when, the longest overdue first."""
        return coverage.follow_up(self.visits, self.today)

    def next_step(self) -> Step:
        """Return what brings the study on."""
        return next(self._steps())

    def _steps(self) -> Iterator[Step]:
        if self.drafts:
            yield Step(_("There is unfinished text"), "fieldvisit draft list")
        if self.items:
            yield Step(_("Decide what came back"), "fieldvisit review")
        if not self.visits:
            yield Step(_("Plan the first visit"), "fieldvisit visit add CITY --date DATE")
        today = self.today.isoformat()
        late = {owed.visit.id for owed in self.follow_up() if owed.is_overdue}
        for covered in self.visits:
            visit = covered.visit
            if visit.id in late:
                words = _("Ask {visit} for what is overdue").format(visit=visit.handle)
                yield Step(words, f"fieldvisit coverage --open {visit.handle}")
            told = any(q.reason or q.due for q in (*covered.questions, *covered.owed))
            is_bare = not covered.counts.answered and not told
            if visit.first_day and visit.first_day <= today and is_bare:
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


def status_page(found: Status, audience: str) -> Document:
    """Return where the study stands."""
    return Document(
        "status",
        lambda: Page(tuple(_status_blocks(found, audience))),
        None,
        lambda: _status_shape(found, audience),
    )


def _status_blocks(found: Status, audience: str) -> Iterator[Block]:
    yield Heading(1, found.study.title or _("Study without a title"))
    yield Paragraph(wordings.audience_line(audience), quiet=True)
    yield Heading(2, _("Visits"))
    if found.visits:
        yield visit_table(found.visits, statuses=True)
    else:
        yield Paragraph(_("There are no visits yet."))
    yield from owed_blocks(found.follow_up())
    waits = (
        (_("Notes to be confirmed by the city: {n}"), len(found.waiting)),
        (_("Notes not filed under a topic: {n}"), found.unsorted),
        (_("Items to be decided: {n}"), found.items),
    )
    lines = [words.format(n=n) for words, n in waits if n]
    if found.drafts:
        lines.append(_("Drafts not stored: {names}").format(names=enumerated(found.drafts)))
    if lines:
        yield Heading(2, _("Waiting"))
        yield Bullets(tuple(lines))
    yield Heading(2, _("Next"))
    step = found.next_step()
    yield Paragraph(wordings.labelled(step.words, step.command))


def _status_shape(found: Status, audience: str) -> Shape:
    return {
        "audience": audience,
        "title": found.study.title,
        "visits": [
            {
                "visit": covered.visit.handle,
                "city": shapes.city_name(covered.city),
                "date": covered.visit.first_day or None,
                "status": covered.visit.status,
                **shapes.counts(covered.counts),
            }
            for covered in found.visits
        ],
        "follow_up": owed_shape(found.follow_up()),
        "to_confirm": len(found.waiting),
        "unsorted": found.unsorted,
        "to_decide": found.items,
        "drafts": list(found.drafts),
        "next": found.next_step().command,
    }


def study_page(found: Study, groups: Sequence[StudyGroup]) -> Document:
    """Return what is said of the study as a whole."""
    lines = [
        (_("title"), found.title),
        (_("institute"), found.institute),
        (_("purpose"), found.purpose),
        (_("contact"), found.contact),
        (_("guides"), enumerated(found.guides)),
        (_("study groups"), enumerated(found.study_groups)),
        (_("interviewers"), enumerated(found.interviewers)),
    ]
    shown = ((name, text or wordings.bracketed(_("not set")).strip()) for name, text in lines)
    shape = {
        **shapes.taken(found, "title", "institute", "purpose", "contact"),
        **shapes.taken(found, "guides", "study_groups", "interviewers"),
        "known_groups": [shapes.taken(group, "short", "name") for group in groups],
    }
    return facts_of("study", _("Study"), shown, shape)


def visit_page(
    found: Visit,
    city: City,
    guides: Sequence[Guide],
    states: Sequence[tuple[str, int]],
    total: Counts,
) -> Document:
    """Return one visit; ``states`` tell how many of its questions have each, ``total`` in all."""
    order = tuple(STATES)
    states = sorted(states, key=lambda pair: order.index(pair[0]))
    kept = {used.slug for used in found.guides if used.sha256}
    how = {True: _("kept as it stood"), False: _("follows its file")}
    lines = [
        (_("city"), city.name),
        (_("date"), wordings.days(found)),
        (_("place"), found.place),
        (_("mode"), MODES.word(found.mode)),
        (_("status"), STATUSES.word(found.status)),
        (_("questions sent on"), wordings.day(found.sent)),
        (_("consent"), found.consent),
        (_("attribution"), ATTRIBUTIONS.word(found.attribution)),
        (_("contact"), found.contact),
        (_("interviewers"), enumerated(map(str, found.interviewers))),
        (_("respondents"), enumerated(map(str, found.respondents))),
        (_("study groups"), enumerated(found.study_groups)),
        *(
            (_("guide"), f"{one.slug} {one.version}{wordings.bracketed(how[one.slug in kept])}")
            for one in guides
        ),
        (_("coverage"), wordings.counts(total)),
        *((STATES.word(state), str(number)) for state, number in states),
    ]
    shape = {**shapes.visit(found, city, guides), "states": dict(states)}
    return facts_of("visit", f"{city.name} {found.handle}", lines, {"visit": shape})
