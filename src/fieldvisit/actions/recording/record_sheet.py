"""The record sheet of a visit as it stands: made from the study, kept beside its draft."""

from collections.abc import Iterator

from fieldvisit.actions.prepare import preparation
from fieldvisit.documents import wordings
from fieldvisit.documents.record_sheet import with_guidance
from fieldvisit.fieldwork.coverage import TopicCoverage
from fieldvisit.fieldwork.guide import Address
from fieldvisit.fieldwork.note import Note, default_disclosure
from fieldvisit.fieldwork.preparation import Preparation
from fieldvisit.fieldwork.record.sheet import RecordSheet, SheetNote, SheetSection
from fieldvisit.fieldwork.states import Standing
from fieldvisit.fieldwork.visit import Visit
from fieldvisit.language import _
from fieldvisit.study.disclosure_levels import usual_level
from fieldvisit.study.view import StudyView


def record_sheet(view: StudyView, visit: Visit) -> RecordSheet:
    """Return the sheet of a visit with its notes, as the look's audience may see them."""
    found = preparation(view, visit)
    city = wordings.city(found.coverage.city, found.day)
    title = _("Record: {city} {visit} {date}").format(
        city=city, visit=visit.handle, date=wordings.days(visit)
    )
    sections = _Sections(view, found)
    return with_guidance(
        RecordSheet(
            visit.id,
            title,
            people=visit.participants,
            sections=tuple(sections.all()),
            audience=view.audience,
        )
    )


class _Sections:
    """Makes the sections in the guide's order; a note stands in the section of its first place."""

    def __init__(self, view: StudyView, found: Preparation) -> None:
        self._look = view
        self._found = found
        self._mine = [note for note in view.notes if note.visit_id == found.visit.id]
        self._shown: set[str] = set()

    def all(self) -> Iterator[SheetSection]:
        for topic in self._found.coverage.topics:
            address = Address(topic.topic.key)
            heading = f"{topic.topic.number} {topic.topic.title}"
            yield self._section(address, heading, self._known(address))
            yield from self._questions(topic)
        rest = [note for note in self._mine if note.id not in self._shown]
        yield SheetSection(None, _("Unsorted"), notes=tuple(map(_shown, rest)))

    def _questions(self, topic: TopicCoverage) -> Iterator[SheetSection]:
        for question, standing in zip(topic.topic.questions, topic.questions, strict=True):
            heading = f"{topic.topic.number}/{question.number} {question.ask}"
            lines = [
                _("Orally only: agree on disclosure first.") if question.sensitive else "",
                _("Ask {gate}.").format(gate=question.gate) if question.gate else "",
                *(f"→ {p.ask}" for p in question.probes if self._found.is_for_this_city(p)),
                _state(standing),
                *self._known(standing.address),
            ]
            address = Address(topic.topic.key, question.key)
            yield self._section(address, heading, [line for line in lines if line])

    def _known(self, address: Address) -> list[str]:
        """Return what is known from elsewhere: desk notes, earlier visits."""
        return [
            wordings.statement(note)
            for note in self._found.notes_on(address)
            if note.visit_id != self._found.visit.id
        ]

    def _section(self, address: Address, heading: str, guidance: list[str]) -> SheetSection:
        here = [n for n in self._mine if n.places and self._now(n.places[0]) == address]
        self._shown |= {note.id for note in here}
        level = default_disclosure("statement", usual_level(self._look, (address,), self._visit))
        return SheetSection(address, heading, tuple(guidance), tuple(map(_shown, here)), level)

    def _now(self, address: Address) -> Address:
        return self._look.crosswalk.now(address)

    @property
    def _visit(self) -> Visit:
        return self._found.visit


def _state(standing: Standing) -> str:
    if standing.state in ("open", "answered"):
        return ""
    return _("State: {state}").format(state=wordings.state(standing))


def _shown(note: Note) -> SheetNote:
    also = ", ".join(str(place) for place in note.places[1:])
    remarks = [
        _("filed under {place} too").format(place=also) if also else "",
        wordings.published(note).strip(),
    ]
    return SheetNote(
        note.handle,
        note.revision,
        note.body,
        note.kind,
        note.disclosure,
        " ".join(remark for remark in remarks if remark),
        str(note.speaker) if note.speaker else "",
    )
