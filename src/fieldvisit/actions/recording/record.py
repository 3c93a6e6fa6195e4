"""`record`: what was heard, entered as one sheet, stored in one change."""

from collections.abc import Generator, Iterator
from contextlib import contextmanager

from msgspec import Struct
from msgspec.structs import replace

from fieldvisit.actions.prepare import preparation
from fieldvisit.documents import wordings
from fieldvisit.documents.record_sheet import with_guidance, write, write_filled
from fieldvisit.errors import Refused
from fieldvisit.exchange.record.sheet import read, rebased
from fieldvisit.fieldwork.coverage import TopicCoverage
from fieldvisit.fieldwork.disclosure import OFF_RECORD, level, may_see, tighter
from fieldvisit.fieldwork.draft import Purpose
from fieldvisit.fieldwork.guide import Address
from fieldvisit.fieldwork.note import Note, default_disclosure
from fieldvisit.fieldwork.preparation import Preparation
from fieldvisit.fieldwork.record.changes import SheetChanges, changes
from fieldvisit.fieldwork.record.sheet import (
    RecordSheet,
    SheetNote,
    SheetSection,
    from_json,
    to_json,
)
from fieldvisit.fieldwork.states import Standing
from fieldvisit.fieldwork.visit import Visit
from fieldvisit.language import _, together
from fieldvisit.settings import Settings
from fieldvisit.storage import gate, ids, queries
from fieldvisit.storage.connection import reading
from fieldvisit.study.disclosure_levels import usual_level
from fieldvisit.study.drafts import Draft, drop, new_draft, offered
from fieldvisit.study.references import find_visit
from fieldvisit.study.view import StudyView, viewing


def record_sheet(view: StudyView, visit: Visit) -> RecordSheet:
    """Return the sheet of a visit with its notes, as the view's audience may see them."""
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
        self._mine = view.some_notes(gate.NotesAsked(visit_id=found.visit.id))
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


class OpenRecord(Struct, frozen=True):
    """A record sheet in a person's hands: its draft, and what was shown on it.

    ``kept`` tells that the draft holds text of an earlier time.
    """

    visit: str
    draft: Draft
    shown: RecordSheet
    kept: bool = False

    @property
    def start(self) -> str:
        """Return the sheet as it was opened."""
        return write(self.shown)


def kept_records(given: Settings, typed: str, audience: str) -> Generator[OpenRecord, None, None]:
    """Yield the records of this visit that were not stored, newest first.

    One that somebody is working on is left alone, and one that shows more than ``audience`` may
    see is not offered.
    """
    with viewing(given, audience) as view:
        visit = find_visit(view, typed)
    for draft in offered(given.study(), _purpose(visit)):
        found = _kept(given, visit.handle, draft)
        if found and tighter(found.shown.audience, audience) == found.shown.audience:
            yield found


def _kept(given: Settings, visit: str, draft: Draft) -> OpenRecord | None:
    """Return the record of a draft; one that is stored already, or was never written in, goes."""
    if draft.purpose.replaces:  # a crash may have left the draft whose text this one holds
        drop(Draft(draft.path.with_name(draft.purpose.replaces), draft.purpose))
    found = OpenRecord(visit, draft, from_json(draft.purpose.shown), kept=True)
    is_stored = draft.is_text() and _is_stored(given, change_of(found))
    if is_stored or draft.was_left_alone(found.start):
        drop(draft)
        return None
    return found


@contextmanager
def open_record(given: Settings, typed: str, audience: str) -> Iterator[OpenRecord]:
    """Write the sheet of a visit as it stands into a new draft, and hold it."""
    with viewing(given, audience) as view:
        visit = find_visit(view, typed)
        shown = replace(record_sheet(view, visit), change=ids.new_id())
    purpose = replace(_purpose(visit), shown=to_json(shown))
    with new_draft(given.study(), purpose, ".md", write(shown).encode()) as draft:
        yield OpenRecord(visit.handle, draft, shown)


def read_record(opened: OpenRecord) -> SheetChanges:
    """Return what the draft adds, changes and takes out; Refused names the line and the draft."""
    try:
        return changes(opened.shown, read(opened.draft.text(), opened.shown))
    except Refused as error:
        error.hint = together(error.hint, kept_in(opened.draft))
        raise


def rebase_record(given: Settings, opened: OpenRecord, audience: str) -> OpenRecord:
    """Carry the draft over to how the notes stand now; what the person typed stays in it."""
    _refuse_what_went_off_the_record(given, opened, audience)
    with viewing(given, audience) as view:
        now = record_sheet(view, find_visit(view, opened.visit))
    now = replace(now, change=opened.shown.change)
    carried = rebased(opened.draft.text(), opened.shown, now)
    # A new draft and not the old one rewritten: the sheet and what was shown stay a pair. It
    # names the one whose text it holds, so that nothing is stored twice.
    purpose = replace(
        opened.draft.purpose, shown=to_json(carried.shown), replaces=opened.draft.name
    )
    data = write_filled(carried).encode()
    with new_draft(given.study(), purpose, ".md", data) as fresh:
        drop(opened.draft)
    return replace(opened, draft=fresh, shown=carried.shown, kept=True)


def _refuse_what_went_off_the_record(given: Settings, opened: OpenRecord, audience: str) -> None:
    """Refuse to carry over the text of a note that went off the record: it would come back open."""
    shown = {note.handle for _place, note in opened.shown.placed_notes()}
    with viewing(given, "all") as view:
        for note in gate.notes(view.connection, "all", gate.NotesAsked(deleted=True)):
            hidden = not may_see(note.disclosure, audience)
            closed = note.deleted and level(note.disclosure) == OFF_RECORD
            if note.handle in shown and (hidden or closed):
                raise Refused(
                    _("Note {handle} went off the record meanwhile.").format(handle=note.handle),
                    kept_in(opened.draft),
                )


def change_of(opened: OpenRecord) -> str:
    """Return the id of the change that stores the draft as it stands: the same text, the same id.

    A crash may leave the draft of a record that is stored; by its id it is known the next time.
    """
    return ids.derived_id(opened.shown.change, opened.draft.text())


def _is_stored(given: Settings, change_id: str) -> bool:
    with reading(given.study().database) as connection:
        return queries.has_change(connection, change_id)


def kept_in(draft: Draft) -> str:
    """Return the sentence that says where text is kept that was not stored."""
    return _("Nothing was stored. Your text is kept in {path}; record offers it again.").format(
        path=draft.path
    )


def _purpose(visit: Visit) -> Purpose:
    return Purpose("record", visit.handle)
