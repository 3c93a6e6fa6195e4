"""`record`, its last step: everything on the sheet, or nothing."""

from collections.abc import Collection, Sequence

from msgspec.structs import replace

from fieldvisit.actions.people import find_participant, participant
from fieldvisit.actions.write_note import new_handle, refuse_opening
from fieldvisit.errors import Conflict, Refused
from fieldvisit.fieldwork.guide import Address
from fieldvisit.fieldwork.note import Note
from fieldvisit.fieldwork.record.changes import NoteChange, SheetChanges
from fieldvisit.fieldwork.record.sheet import ReadBlock, SheetNote
from fieldvisit.fieldwork.visit import Participant, Visit
from fieldvisit.language import _
from fieldvisit.settings import Settings
from fieldvisit.storage import gate, ids, queries, records
from fieldvisit.storage.connection import Change
from fieldvisit.study.change import changing, keep_guides, trying
from fieldvisit.study.references import find_visit
from fieldvisit.study.view import StudyView
from fieldvisit.text import checked


def store_record(
    given: Settings, visit: str, found: SheetChanges, change_id: str = ""
) -> tuple[Note, ...]:
    """Store what the sheet of a visit says; return the notes added, in the sheet's order.

    ``change_id`` is the id that the change is to have; the sheet of a draft brings one.
    Raises Conflict, and stores nothing, if somebody changed one of the same notes since the
    sheet was opened.
    """
    with changing(given, "record") as (view, change):
        if change_id and queries.has_change(view.connection, change_id):
            raise Refused(_("This sheet is stored already."), _("Nothing was changed."))
        change.enter(change_id)
        return _store(view, change, visit, found)


def try_record(given: Settings, visit: str, found: SheetChanges) -> None:
    """Do what ``store_record`` does, and take all of it back; raises what that would raise."""
    with trying(given, "record") as (view, change):
        _store(view, change, visit, found)


def _store(view: StudyView, change: Change, visit: str, found: SheetChanges) -> tuple[Note, ...]:
    storing = _Storing(view, change, find_visit(view, visit))
    if found.people is not None:
        storing.people(found.people)
    for changed in (*found.changed, *found.moved):
        storing.change(changed)
    for removed in found.removed:
        storing.remove(removed)
    return storing.add(found.added)


class _Storing:
    def __init__(self, view: StudyView, change: Change, visit: Visit) -> None:
        self._look = view
        self._change = change
        self._visit = visit
        mine = view.some_notes(gate.NotesAsked(visit_id=visit.id))
        self._notes = {note.handle: note for note in mine}

    def change(self, made: NoteChange) -> None:
        note = self._as_shown(made.note)
        fresh = replace(
            note,
            body=checked(made.body, _("note")) if made.body != note.body else note.body,
            kind=made.kind,
            disclosure=made.disclosure,
            speaker=self._speaker(made.speaker, made.note.speaker, note.speaker),
            places=_moved(note, made) if made.moved else note.places,
        )
        refuse_opening(note, fresh, "")
        records.save(self._change, fresh)

    def remove(self, shown: SheetNote) -> None:
        records.save(self._change, replace(self._as_shown(shown), deleted=True))

    def add(self, blocks: Sequence[ReadBlock]) -> tuple[Note, ...]:
        """Store the new notes; the visit keeps its guides from the first one on."""
        if blocks:
            self._visit = keep_guides(self._look, self._change, self._visit)
        return tuple(self._add(block) for block in blocks)

    def _speaker(
        self, typed: str, shown: str = "", standing: Participant | None = None
    ) -> Participant | None:
        return standing if typed == shown else find_participant(self._visit, typed)

    def _as_shown(self, shown: SheetNote) -> Note:
        note = self._notes.get(shown.handle)
        if note is None or note.revision != shown.revision:
            raise Conflict(
                _("Note {handle} was changed meanwhile.").format(handle=shown.handle),
                _("Both texts are in the sheet now; open it again and settle it."),
            )
        return note

    def people(self, people: Sequence[Participant]) -> None:
        """Store those present; nobody may go who said what stands in a note."""
        here = {person.person_id for person in people}
        for note in self._notes.values():
            if note.speaker and note.speaker.person_id not in here:
                raise Refused(
                    _("{person} said what stands in note {handle}.").format(
                        person=note.speaker, handle=note.handle
                    ),
                    _("Keep that row of the table, or give the note another speaker first."),
                )
        known: list[Participant] = []
        for row in people:
            taken = here | {person.person_id for person in known}
            known.append(row if row.person_id else self._new_person(row, taken))
        fresh = replace(self._visit, participants=tuple(known))
        self._visit = records.save(self._change, fresh)

    def _new_person(self, row: Participant, taken: Collection[str]) -> Participant:
        return participant(
            self._look,
            self._visit,
            row.side,
            row.name,
            row.department,
            row.position,
            taken=taken,
        )

    def _add(self, block: ReadBlock) -> Note:
        note = Note(
            id=ids.new_id(),
            handle=new_handle(self._look),
            city_code=self._visit.city_code,
            visit_id=self._visit.id,
            kind=block.kind,
            body=checked(block.body, _("note")),
            disclosure=block.disclosure,
            by=self._change.by,
            speaker=self._speaker(block.speaker),
            places=(block.address,) if block.address else (),
        )
        return records.save(self._change, note)


def _moved(note: Note, change: NoteChange) -> tuple[Address, ...]:
    rest = note.places[1:] if change.was_at else note.places
    return tuple(dict.fromkeys([*([change.address] if change.address else []), *rest]))
