"""What an edited sheet of a visit would change, set against how its notes stand."""

import re
from collections import Counter
from collections.abc import Iterable, Iterator, Mapping, Sequence

from msgspec import Struct
from msgspec.structs import replace

from fieldvisit.actions.editor_sheets import OpenSheet
from fieldvisit.actions.people import find_participant, participant
from fieldvisit.documents.record_sheet import NOTE, PEOPLE
from fieldvisit.errors import Ambiguous, BadText, NotFound, WrongUsage
from fieldvisit.fieldwork.disclosure import strictest, while_waiting
from fieldvisit.fieldwork.guide import Address
from fieldvisit.fieldwork.note import Note, default_disclosure
from fieldvisit.fieldwork.terms import SIDES, WORDS_OF_OTHERS
from fieldvisit.fieldwork.visit import Participant, Visit, is_named, read_respondent
from fieldvisit.review.item import Arrival, Item, Items
from fieldvisit.review.marks import MarkedText, brackets_in, hints_in, read_marks
from fieldvisit.review.pieces import Piece
from fieldvisit.review.tags import UNSORTED
from fieldvisit.storage import gate
from fieldvisit.study.view import StudyView
from fieldvisit.text import key, settled

_EMPTY_LINE = re.compile(r"\n[^\S\n]*\n\s*")
_NOTHING_BUT_MARKS = re.compile(r"\s*(?:【[^【】]*】\s*)+")
_PERSON = re.compile(r"([^:：/／]*)[:：](.*)")
_LOOKS = frozenset({"struck", "comment"})


class EditedRecord(Struct, frozen=True):
    """What a sheet says otherwise than when it was opened.

    ``removed`` notes were taken out, ``kept`` ones too, but changed meanwhile. ``people`` is the
    whole new list of those present, None if it stays; ``staying`` are those who were taken out and
    said what stands in a note. ``notes`` are the visit's by id.
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


def edited_record(view: StudyView, visit: Visit, opened: OpenSheet) -> EditedRecord:
    """Return what the sheet in the editor would change."""
    shown, file = opened.pieces_shown(), opened.file()
    items = Items(file, visit, Arrival())
    people = _People(view, visit, opened, shown, items)
    boxes = [piece for piece in file.pieces if piece.slot == PEOPLE]
    present = people.read(boxes) if boxes else visit.participants
    here = replace(visit, participants=present)
    reading = _Reading(view, here, opened, shown, file.pieces, items)
    for at, piece in _placed(file.pieces, reading.headings):
        reading.take(piece, at)
    removed, kept = reading.taken_out()
    return EditedRecord(
        visit,
        reading.notes,
        tuple(items.items),
        removed,
        kept,
        reading.unchanged,
        present if present != visit.participants else None,
        tuple(people.staying),
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
    """Goes through a sheet; ``visit`` has those present as the sheet says."""

    def __init__(
        self,
        view: StudyView,
        visit: Visit,
        opened: OpenSheet,
        shown: Sequence[Piece],
        now: Sequence[Piece],
        items: Items,
    ) -> None:
        self._view, self._visit, self._items = view, visit, items
        self._said_of = opened.shown.slots
        asked = gate.NotesAsked(visit_id=visit.id, deleted=True)
        self._notes = {note.handle: note for note in view.some_notes(asked)}
        self.headings = _headings(shown)
        self._shown = {
            piece.slot: (at, piece.text)
            for at, piece in _placed(shown, self.headings)
            if piece.slot.startswith(NOTE)
        }
        self._often = Counter(piece.slot for piece in now)
        self._there = {self.headings.get(p.text, "") for p in now if p.style == "heading"}
        self._met: set[str] = set()
        self.unchanged = 0

    def take(self, piece: Piece, at: str) -> None:
        """Take the next piece, which stands under the heading of the slot ``at``."""
        if piece.slot.startswith(NOTE):
            self._take_note(piece, at)
        elif piece.slot and piece.slot != PEOPLE:
            self._take_new(piece)
        elif piece.look and not piece.slot:
            self._items.leave(piece, piece.look if piece.look in _LOOKS else "no-place")

    def taken_out(self) -> tuple[tuple[Note, ...], tuple[Note, ...]]:
        """Return the notes that were taken out, and those of them that were changed meanwhile.

        Where the heading above is gone too, a sheet was cut off, and nothing was taken out.
        """
        slots = [slot for slot, (home, _text) in self._shown.items() if home in self._there]
        slots = [slot for slot in slots if slot not in self._met]
        standing = [(slot, note) for slot in slots if (note := self._note(slot))]
        standing = sorted((pair for pair in standing if not pair[1].deleted), key=_number)
        return (
            tuple(note for slot, note in standing if self._as_shown(note, slot)),
            tuple(note for slot, note in standing if not self._as_shown(note, slot)),
        )

    @property
    def notes(self) -> Mapping[str, Note]:
        """The notes of the visit by id, deleted ones too."""
        return {note.id: note for note in self._notes.values()}

    def _take_new(self, piece: Piece) -> None:
        parts = [part for part in _EMPTY_LINE.split(piece.text) if part.strip()]
        # A mark that stands alone may speak of all that stands around it.
        loose = any(map(_NOTHING_BUT_MARKS.fullmatch, parts))
        for number, part in enumerate(parts):
            found = read_marks(part)
            if loose and not found.reasons:
                found = replace(found, text=part.strip(), reasons=("mark-inside",))
            self._add_new(replace(piece, text=found.text), found, str(number))

    def _add_new(self, piece: Piece, found: MarkedText, *apart: str) -> None:
        """Add the item of a new text in the slot of its place."""
        kind, usual = found.kind or "statement", self._said_of.get(piece.slot, "")
        level = found.disclosure or default_disclosure(kind, usual)
        reasons = self._reasons(found)
        self._items.add(
            "note", piece, _address(piece.slot), *apart, kind=kind,
            disclosure=while_waiting(level) if reasons else level,
            said_by=found.speaker, reasons=reasons,
        )  # fmt: skip

    def _reasons(self, found: MarkedText, before: str = "") -> tuple[str, ...]:
        """Return why a person must look at a text; what stood in it before is no reason."""
        new = set(hints_in(found.text)) - set(hints_in(before))
        doubts = {
            "hint": bool(new) and not found.disclosure,
            "speaker": bool(found.speaker) and not self._is_here(found.speaker),
        }
        return (*found.reasons, *(reason for reason, holds in doubts.items() if holds))

    def _is_here(self, typed: str) -> bool:
        try:
            find_participant(self._visit, typed)
        except (NotFound, Ambiguous):
            return False
        return True

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
        self._items.add(
            "change", replace(piece, text=text, slot=to), _address(to), target=note.id,
            shown=_revision(piece.slot), kind=kind, disclosure=level, said_by=speaker,
            reasons=(*self._reasons(replace(found, speaker=speaker), before), *reasons),
        )  # fmt: skip

    def _note(self, slot: str) -> Note | None:
        return self._notes.get(slot.removeprefix(NOTE).partition(".")[0])

    def _as_shown(self, note: Note, slot: str) -> bool:
        """Tell whether a note says what was shown, be it again after a change was taken back."""
        shown = gate.note_at(self._view.connection, note.id, _revision(slot))
        return shown is not None and _said(shown) == _said(note)


class _People:
    """Reads those present; ``staying`` were taken out and said what stands in a note."""

    def __init__(
        self,
        view: StudyView,
        visit: Visit,
        opened: OpenSheet,
        shown: Iterable[Piece],
        items: Items,
    ) -> None:
        self._view, self._visit, self._items = view, visit, items
        lines = next(piece.text for piece in shown if piece.slot == PEOPLE).split("\n")
        ids = opened.shown.slots[PEOPLE].split()
        self._shown = dict(zip(lines, ids, strict=False))
        self.staying: list[Participant] = []

    def read(self, boxes: Sequence[Piece]) -> tuple[Participant, ...]:
        """Return those present; a line that is no person waits."""
        lines = [(box, line.strip()) for box in boxes for line in box.text.split("\n")]
        typed = {line for _box, line in lines}
        gone = {person for line, person in self._shown.items() if line not in typed}
        present = list(self._visit.participants)
        for box, line in lines:
            if not line or line in self._shown:
                continue
            try:
                self._enter(present, gone, _person(line))
            except (BadText, WrongUsage):
                self._items.leave(replace(box, text=line, slot=""), "value")
        return tuple(self._left(present, gone))

    def _enter(self, present: list[Participant], gone: set[str], typed: Participant) -> None:
        """Enter a person, in the place of one of that name whose line was rewritten."""
        name = key(typed.name)
        for at, person in enumerate(present):
            if person.person_id in gone and name and key(person.name) == name:
                gone.remove(person.person_id)
                present[at] = replace(typed, person_id=person.person_id)
                return
        taken = {person.person_id for person in present}
        new = participant(
            self._view, self._visit, typed.side, typed.name, typed.department, typed.position,
            taken=taken,
        )  # fmt: skip
        present.append(new)

    def _left(self, present: Iterable[Participant], gone: set[str]) -> Iterator[Participant]:
        asked = gate.NotesAsked(visit_id=self._visit.id)
        notes = self._view.some_notes(asked)
        speakers = {note.speaker.person_id for note in notes if note.speaker}
        for person in present:
            if person.person_id not in gone:
                yield person
            elif person.person_id in speakers:
                self.staying.append(person)
                yield person


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


def _number(pair: tuple[str, Note]) -> int:
    return pair[1].seq


def _address(slot: str) -> Address | None:
    return Address.read(slot) if slot not in ("", UNSORTED) else None


def _revision(slot: str) -> str:
    return slot.partition(".")[2]
