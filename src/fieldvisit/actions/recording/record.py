"""`record`: what was heard, entered on one sheet in the editor, stored in one change."""

from collections.abc import Generator, Iterator, Sequence
from contextlib import contextmanager

from msgspec import Struct
from msgspec.structs import replace

from fieldvisit.actions.decide import Decision, settle
from fieldvisit.actions.editor_sheets import OpenSheet, Shown, kept_sheets, open_sheet
from fieldvisit.actions.prepare import preparation
from fieldvisit.actions.recording.edited import EditedRecord, edited_record
from fieldvisit.documents import record_sheet
from fieldvisit.documents.formats import markdown
from fieldvisit.errors import Refused
from fieldvisit.fieldwork.draft import Purpose
from fieldvisit.fieldwork.guide import Address
from fieldvisit.fieldwork.note import Note, default_disclosure
from fieldvisit.fieldwork.visit import Visit
from fieldvisit.language import _
from fieldvisit.review.item import Item
from fieldvisit.review.tags import UNSORTED
from fieldvisit.settings import Settings
from fieldvisit.storage import gate, queries, records
from fieldvisit.storage.connection import Change
from fieldvisit.study.change import changing, trying
from fieldvisit.study.disclosure_levels import usual_level
from fieldvisit.study.references import find_visit
from fieldvisit.study.view import StudyView, viewing


class StoredRecord(Struct, frozen=True):
    """What was stored: the new notes in the sheet's order, the names of others, what waits."""

    added: tuple[Note, ...]
    touched: tuple[str, ...]
    waiting: tuple[Item, ...]


def kept_records(given: Settings, typed: str, audience: str) -> Generator[OpenSheet, None, None]:
    """Yield the records of this visit that were not stored, newest first."""
    with viewing(given, audience) as view:
        visit = find_visit(view, typed)
    yield from kept_sheets(given, _purpose(visit), audience)


@contextmanager
def open_record(given: Settings, typed: str, audience: str) -> Iterator[OpenSheet]:
    """Write the sheet of a visit as it stands into a new draft, and hold it."""
    with viewing(given, audience) as view:
        visit = find_visit(view, typed)
        shown = _shown(view, visit)
    with open_sheet(given, _purpose(visit), shown) as opened:
        yield opened


def _purpose(visit: Visit) -> Purpose:
    return Purpose("record", visit.handle)


def _shown(view: StudyView, visit: Visit) -> Shown:
    """Return the sheet: by the slot of each box its usual level, or the marks of its note."""
    found = preparation(view, visit)
    levels = {
        str(address): default_disclosure("statement", usual_level(view, (address,), visit))
        for address in found.addresses
    }
    levels[UNSORTED] = default_disclosure("statement", usual_level(view, (), visit))
    notes: dict[Address | None, tuple[Note, ...]] = {}
    for note in view.some_notes(gate.NotesAsked(visit_id=visit.id)):
        place = view.crosswalk.now(note.places[0]) if note.places else None
        place = place if str(place) in levels else None
        notes[place] = (*notes.get(place, ()), note)
    every = [note for here in notes.values() for note in here]
    marks = {record_sheet.note_slot(note): record_sheet.marks_of(note) for note in every}
    start = markdown.write(record_sheet.page(found, notes, levels))
    people = " ".join(person.person_id for person in visit.participants)
    return Shown(view.audience, start, {record_sheet.PEOPLE: people, **levels, **marks})


def read_record(given: Settings, opened: OpenSheet) -> EditedRecord:
    """Return what the sheet would change as the study stands; nothing is stored."""
    with viewing(given, "all") as view:
        return edited_record(view, find_visit(view, opened.draft.purpose.target), opened)


def try_record(given: Settings, opened: OpenSheet) -> None:
    """Do what ``store_record`` does, and take all of it back; raises what that would raise."""
    with trying(given, "record") as (view, change):
        _store(view, change, opened)


def store_record(given: Settings, opened: OpenSheet) -> StoredRecord:
    """Store what is plain on the sheet, and let the rest wait, in one change."""
    with changing(given, "record") as (view, change):
        if queries.has_change(view.connection, opened.change_id):
            raise Refused(_("This sheet is stored already."), _("Nothing was changed."))
        change.enter(opened.change_id)
        return _store(view, change, opened)


def _store(view: StudyView, change: Change, opened: OpenSheet) -> StoredRecord:
    found = edited_record(view, find_visit(view, opened.draft.purpose.target), opened)
    if found.people is not None:
        records.save(change, replace(found.visit, participants=found.people))
    items = [_stored(view, change, item) for item in found.items]
    for note in found.removed:
        records.save(change, replace(note, deleted=True))
    after = view.anew()
    stored = [item for item in items if item.state == "taken"]
    return StoredRecord(
        tuple(_notes(after, [one.stored for one in stored if one.type == "note"])),
        tuple(
            [one.stored for one in stored if one.type == "change"] + [n.id for n in found.removed]
        ),
        tuple(item for item in items if item.state == "waiting"),
    )


def _stored(view: StudyView, change: Change, item: Item) -> Item:
    if item.is_plain:
        return settle(view, change, item, Decision("take"))
    return records.save(change, item)


def _notes(view: StudyView, ids: Sequence[str]) -> Iterator[Note]:
    for note_id in ids:
        if note := gate.note(view.connection, "all", note_id):
            yield note
