"""`record`: what an edited sheet of a visit would change, and its storing in one change."""

import re
from collections import Counter
from collections.abc import Iterable, Iterator, Mapping

from msgspec import Struct
from msgspec.structs import replace

from fieldvisit.actions.editor_sheets import OpenSheet
from fieldvisit.actions.read_files import store_item
from fieldvisit.documents.record_sheet import NOTE, PEOPLE
from fieldvisit.errors import BadText, Refused, WrongUsage
from fieldvisit.fieldwork.disclosure import strictest, while_waiting
from fieldvisit.fieldwork.guide import Address
from fieldvisit.fieldwork.note import Note, default_disclosure
from fieldvisit.fieldwork.terms import SIDES, WORDS_OF_OTHERS
from fieldvisit.fieldwork.visit import Participant, Visit, is_named, read_respondent
from fieldvisit.language import _
from fieldvisit.review.item import Arrival, Item, Items
from fieldvisit.review.marks import MarkedText, brackets_in, hints_in, read_marks
from fieldvisit.review.pieces import Piece
from fieldvisit.review.tags import UNSORTED
from fieldvisit.settings import Settings
from fieldvisit.storage import gate, queries, records
from fieldvisit.study.change import changing, trying
from fieldvisit.study.drafts import change_of
from fieldvisit.study.references import find_visit, participant, present_as
from fieldvisit.study.view import StudyView, viewing
from fieldvisit.text import key, settled

_EMPTY_LINE = re.compile(r"\n[^\S\n]*\n\s*")
_PERSON = re.compile(r"([^:：/／]*)[:：](.*)")
_LOOKS = frozenset({"struck", "comment"})


class EditedRecord(Struct, frozen=True):
    """What a sheet says otherwise than when it was opened.

    ``removed`` notes were taken out, ``kept`` ones too, but changed meanwhile. ``people`` is the
    whole new list of those present, None if it stays; ``staying`` are those who were taken out and
    said what stands in a note. ``notes`` are the visit's by id, deleted ones too.
    """

    visit: Visit
    notes: Mapping[str, Note]
    items: tuple[Item, ...] = ()
    removed: tuple[Note, ...] = ()
    kept: tuple[Note, ...] = ()
    unchanged: int = 0
    people: tuple[Participant, ...] | None = None
    staying: tuple[Participant, ...] = ()

    def __bool__(self) -> bool:
        """Tell whether there is anything to store."""
        return bool(self.items or self.removed or self.people is not None)


class StoredRecord(Struct, frozen=True):
    """What was stored: the new notes in the sheet's order, the names of others, what waits."""

    added: tuple[Note, ...]
    touched: tuple[str, ...]
    waiting: tuple[Item, ...]


def read_record(given: Settings, opened: OpenSheet) -> EditedRecord:
    """Return what the sheet would change as the study stands; nothing is stored."""
    with viewing(given, "all") as view:
        return _edited(view, opened)


def store_record(given: Settings, opened: OpenSheet, *, dry_run: bool = False) -> StoredRecord:
    """Store what is plain on the sheet, and let the rest wait, in one change.

    With ``dry_run`` all of it is taken back at once; what storing would raise is raised.
    """
    opening = trying if dry_run else changing
    with opening(given, "record") as (view, change):
        change_id = change_of(opened.draft, opened.draft.text())
        if queries.has_change(view.connection, change_id):
            raise Refused(_("This sheet is stored already."), _("Nothing was changed."))
        change.enter(change_id)
        found = _edited(view, opened)
        if found.people is not None:
            records.save(change, replace(found.visit, participants=found.people))
        items = [store_item(view, change, item) for item in found.items]
        for note in found.removed:
            records.save(change, replace(note, deleted=True))
        taken = [item for item in items if item.state == "taken"]
        ids = [one.stored for one in taken if one.type == "note"]
        added = (gate.note(view.connection, "all", note_id) for note_id in ids)
        touched = [one.stored for one in taken if one.type == "change"]
        return StoredRecord(
            tuple(filter(None, added)),
            (*touched, *(note.id for note in found.removed)),
            tuple(item for item in items if item.state == "waiting"),
        )


def _edited(view: StudyView, opened: OpenSheet) -> EditedRecord:
    visit = find_visit(view, opened.draft.purpose.target)
    reading = _Reading(view, visit, opened)
    reading.take_all()
    removed, kept = reading.taken_out()
    return EditedRecord(
        visit,
        {note.id: note for note in reading.notes.values()},
        tuple(reading.items.items),
        removed,
        kept,
        reading.unchanged,
        reading.present if reading.present != visit.participants else None,
        reading.staying,
    )


def _headings(shown: Iterable[Piece]) -> Mapping[str, str]:
    """Return the slot of the place that each heading stands for."""
    found, heading = {}, ""
    for piece in shown:
        if piece.style == "heading":
            heading = piece.text
        elif piece.slot and not piece.slot.startswith((NOTE, PEOPLE)):
            found[heading] = piece.slot
    return found


def _placed(pieces: Iterable[Piece], headings: Mapping[str, str]) -> Iterator[tuple[str, Piece]]:
    """Yield each piece with the slot of the heading above it, empty above all of them."""
    at = ""
    for piece in pieces:
        if piece.style == "heading":
            at = headings.get(piece.text, at)
        yield at, piece


class _Reading:
    """Goes through a sheet; ``present`` are those who are there as it says."""

    staying: tuple[Participant, ...] = ()

    def __init__(self, view: StudyView, visit: Visit, opened: OpenSheet) -> None:
        self._view, self._visit, self._said_of = view, visit, opened.shown.slots
        shown, file = opened.pieces_shown(), opened.file()
        self._now, self.items = file.pieces, Items(file, visit, Arrival())
        asked = gate.NotesAsked(visit_id=visit.id, deleted=True)
        self.notes = {note.handle: note for note in view.some_notes(asked)}
        self._headings = _headings(shown)
        self._shown = {piece.slot: (at, piece.text) for at, piece in _placed(shown, self._headings)}
        self._often = Counter(piece.slot for piece in self._now)
        self._there = {self._headings.get(p.text, "") for p in self._now if p.style == "heading"}
        self._met: set[str] = set()
        self.unchanged = 0
        boxes = [piece for piece in self._now if piece.slot == PEOPLE]
        self.present = self._those_present(boxes) if boxes else visit.participants

    def take_all(self) -> None:
        """Take the pieces one by one, each under the heading of the slot ``at``."""
        for at, piece in _placed(self._now, self._headings):
            if piece.slot.startswith(NOTE):
                self._take_note(piece, at)
            elif piece.slot and piece.slot != PEOPLE:
                self._take_new(piece)
            elif piece.look and not piece.slot:
                self.items.leave(piece, piece.look if piece.look in _LOOKS else "no-place")

    def taken_out(self) -> tuple[tuple[Note, ...], tuple[Note, ...]]:
        """Return the notes that were taken out, and those of them that were changed meanwhile.

        Where the heading above is gone too, a sheet was cut off, and nothing was taken out.
        """
        slots = {
            slot: note
            for slot, (home, _text) in self._shown.items()
            if slot.startswith(NOTE) and home in self._there and slot not in self._met
            if (note := self._note(slot)) and not note.deleted
        }
        standing = sorted(slots.items(), key=lambda pair: pair[1].seq)
        return (
            tuple(note for slot, note in standing if self._as_shown(note, slot)),
            tuple(note for slot, note in standing if not self._as_shown(note, slot)),
        )

    def _those_present(self, boxes: Iterable[Piece]) -> tuple[Participant, ...]:
        """Return those present; a line that is no person waits."""
        lines = self._shown[PEOPLE][1].split("\n")
        shown = dict(zip(lines, self._said_of[PEOPLE].split(), strict=False))
        typed = [(box, line.strip()) for box in boxes for line in box.text.split("\n")]
        gone = {shown[line] for line in shown.keys() - {line for _box, line in typed}}
        present = list(self._visit.participants)
        for box, line in typed:
            if not line or line in shown:
                continue
            try:
                self._enter(present, gone, _person(line))
            except (BadText, WrongUsage):
                self.items.leave(replace(box, text=line, slot=""), "value")
        standing = (note for note in self.notes.values() if not (note.deleted or note.replaced_by))
        speakers = {note.speaker.person_id for note in standing if note.speaker}
        self.staying = tuple(one for one in present if one.person_id in gone & speakers)
        return tuple(one for one in present if one.person_id not in gone - speakers)

    def _enter(self, present: list[Participant], gone: set[str], typed: Participant) -> None:
        """Enter a person, in the place of one of that name whose line was rewritten."""
        name = key(typed.name)
        for at, person in enumerate(present):
            if person.person_id in gone and name and key(person.name) == name:
                gone.remove(person.person_id)
                present[at] = replace(typed, person_id=person.person_id)
                return
        taken = {person.person_id for person in present}
        present.append(participant(self._view, self._visit, typed, taken=taken))

    def _take_new(self, piece: Piece) -> None:
        parts = [part for part in _EMPTY_LINE.split(piece.text) if part.strip()]
        marked = list(map(read_marks, parts))
        # A mark or a word that stands alone may speak of all that stands around it.
        around = {
            "mark-inside": any(one.is_bare for one in marked),
            "hint": any(hints_in(one.text) for one in marked if not one.disclosure),
        }
        loose = tuple(why for why, holds in around.items() if holds)
        for number, (part, found) in enumerate(zip(parts, marked, strict=True)):
            held = replace(found, text=part.strip(), reasons=found.reasons or loose)
            said = held if held.reasons else found
            self._add_new(replace(piece, text=said.text), said, str(number))

    def _add_new(self, piece: Piece, found: MarkedText, *apart: str) -> None:
        """Add the item of a new text in the slot of its place."""
        kind, usual = found.kind or "statement", self._said_of.get(piece.slot, "")
        level = found.disclosure or default_disclosure(kind, usual)
        reasons = self._reasons(found)
        self.items.add(
            "note", piece, _address(piece.slot), *apart, kind=kind,
            disclosure=while_waiting(level) if reasons else level,
            said_by=found.speaker, reasons=reasons,
        )  # fmt: skip

    def _reasons(self, found: MarkedText, before: str = "") -> tuple[str, ...]:
        """Return why a person must look at a text; what stood in it before is no reason."""
        new = set(hints_in(found.text)) - set(hints_in(before))
        here = replace(self._visit, participants=self.present)
        doubts = {
            "hint": bool(new) and not found.disclosure,
            "speaker": bool(found.speaker) and present_as(here, found.speaker) is None,
        }
        return (*found.reasons, *(reason for reason, holds in doubts.items() if holds))

    def _take_note(self, piece: Piece, at: str) -> None:
        """Take the box of a note; one that is empty was taken out."""
        home, before = self._shown[piece.slot]
        again = piece.slot in self._met
        if not piece.text.strip():
            return
        self._met.add(piece.slot)
        same = settled(piece.text) == settled(before)
        moved = at != home and home in self._there and self._often[piece.slot] == 1
        if same and not moved:
            self.unchanged += not again
            return
        note, found = self._note(piece.slot), self._said(piece, before)
        if again or note is None or note.deleted:
            if note:
                level = found.disclosure or note.disclosure
                found = replace(found, kind=found.kind or note.kind, disclosure=level)
            reasons = (*found.reasons, "second" if again else "changed")
            fresh = replace(piece, text=found.text, slot=at)
            self._add_new(fresh, replace(found, reasons=reasons), piece.slot)
        else:
            self._add_change(piece, note, found, at if moved else "")

    def _said(self, piece: Piece, before: str) -> MarkedText:
        """Return what the box of a note says; marks that were shown and left say nothing new."""
        marks = self._said_of[piece.slot]
        typed = piece.text.removeprefix(marks)
        found = read_marks(typed)
        if found.reasons and brackets_in(typed) <= brackets_in(before.removeprefix(marks)):
            return MarkedText(typed)
        return found

    def _add_change(self, piece: Piece, note: Note, found: MarkedText, to: str) -> None:
        """Add what is to change of a note, unless it stands so by now; ``to`` = moved there."""
        before = self._shown[piece.slot][1].removeprefix(self._said_of[piece.slot])
        rewritten = settled(found.text) not in {settled(before), settled(note.body)}
        kind = found.kind if found.kind != note.kind else ""
        level = found.disclosure if found.disclosure != note.disclosure else ""
        speaker = "" if is_named(note.speaker, found.speaker) else found.speaker
        if not (rewritten or kind or level or speaker or to):
            return
        doubts = {
            "changed": not self._as_shown(note, piece.slot),
            "opens": bool(level) and strictest((level, note.disclosure)) != level,
            "verbatim": rewritten and note.kind in WORDS_OF_OTHERS,
        }
        reasons = (reason for reason, holds in doubts.items() if holds)
        text = found.text if rewritten else note.body
        self.items.add(
            "change", replace(piece, text=text, slot=to), _address(to), target=note.id,
            shown=_revision(piece.slot), kind=kind, disclosure=level, said_by=speaker,
            reasons=(*self._reasons(replace(found, speaker=speaker), before), *reasons),
        )  # fmt: skip

    def _note(self, slot: str) -> Note | None:
        return self.notes.get(slot.removeprefix(NOTE).partition(".")[0])

    def _as_shown(self, note: Note, slot: str) -> bool:
        """Tell whether a note says what was shown, be it again after a change was taken back."""
        shown = gate.note_at(self._view.connection, note.id, _revision(slot))
        return shown is not None and _said(shown) == _said(note)


def _person(line: str) -> Participant:
    """Return what a line says of a person; WrongUsage or BadText if it does not."""
    found = _PERSON.fullmatch(line)
    side = SIDES.exactly(found[1]) if found else None
    if found is None or side is None:
        raise WrongUsage(line)
    department, position, name = read_respondent(found[2].strip())
    return Participant("", side, name, department, position)


def _said(note: Note) -> tuple[object, ...]:
    speaker = note.speaker and note.speaker.person_id
    return (note.body, note.kind, note.disclosure, speaker, note.places, note.deleted)


def _address(slot: str) -> Address | None:
    return Address.read(slot) if slot not in ("", UNSORTED) else None


def _revision(slot: str) -> str:
    return slot.partition(".")[2]
