"""A letter of confirmation that came back: what it would change, and what is taken of it."""

from collections.abc import Iterator, Mapping

from msgspec import Struct
from msgspec.structs import replace

from fieldvisit.actions.confirm_answers import Answers, Said, check_day, corrected_by, is_older
from fieldvisit.errors import Conflict, Refused, WrongUsage
from fieldvisit.fieldwork.confirmation import (
    CONFIRMED,
    OBJECTED,
    same_words,
    says_as_seen,
)
from fieldvisit.fieldwork.disclosure import OFF_RECORD, level, strictest
from fieldvisit.fieldwork.letter import LEVELS
from fieldvisit.fieldwork.note import Note
from fieldvisit.fieldwork.study import with_reason
from fieldvisit.fieldwork.terms import VERBATIM
from fieldvisit.fieldwork.visit import Visit
from fieldvisit.language import _
from fieldvisit.review.item import Arrival, Item, Items, Proposed
from fieldvisit.review.letters import Answer, agrees_to_all, outside, read_answer
from fieldvisit.review.marks import read_marks
from fieldvisit.review.pieces import IGNORED, Piece, ReturnedFile
from fieldvisit.review.tags import Tag, read_tag
from fieldvisit.storage import gate, queries
from fieldvisit.storage.connection import Change
from fieldvisit.study.references import find_visit, visits_named
from fieldvisit.study.view import StudyView, today

_OF_A_LETTER = ("letter", "whole", "note")


def propose(view: StudyView, file: ReturnedFile, arrival: Arrival) -> Proposed:
    """Return what a letter says; Refused if it is about no visit of this study, or another one."""
    visit = _visit(view, file, arrival)
    day = arrival.on_day or today().isoformat()
    said = replace(arrival, on_day=day, mode=arrival.mode or "written")
    reading = _Reading(view, file, said, visit)
    check_day(day, reading.known.values())
    reading.take_all()
    ignored = tuple(piece for piece in file.pieces if piece.look in IGNORED)
    return Proposed("letter", visit.handle, tuple(reading.items.items), reading.unchanged, ignored)


class _Row(Struct, frozen=True):
    """A passage of the letter: the note as the city saw it and as it stands, and what was said."""

    slot: str
    seen: Note
    note: Note
    answer: Answer


class _Reading:
    """One file, read against the study; ``known`` is what was said so far, by the note's id."""

    def __init__(self, view: StudyView, file: ReturnedFile, arrival: Arrival, visit: Visit) -> None:
        self._view, self._visit, self._who = view, visit, arrival.who
        self._whole = str(Tag("whole", visit.id, reader="city"))
        self.items, self.unchanged = Items(file, visit, arrival), 0
        self._by_slot: dict[str, list[Piece]] = {}
        for piece in file.pieces:
            self._by_slot.setdefault(piece.slot.strip(), []).append(piece)
        self._rows = [row for slot in self._by_slot if (row := self._row(slot))]
        found = view.confirmations
        self.known = {row.note.id: found[row.note.id] for row in self._rows if row.note.id in found}
        self._objected = {
            one.target
            for one in queries.items(view.connection)
            if one.type == "correction" and one.sha256 != file.sha256
        }

    def _row(self, slot: str) -> _Row | None:
        """Return the passage of this visit that stands in a slot."""
        tag, connection = read_tag(slot), self._view.connection
        note = gate.note(connection, "all", tag.owner) if tag.what == "note" else None
        if note is None or note.visit_id != self._visit.id:
            return None
        seen = gate.note_at(connection, note.id, tag.revision)
        return _Row(slot, seen, note, read_answer(self._by_slot[slot], seen.body)) if seen else None

    def take_all(self) -> None:
        """Take what the file says; what agrees to nothing and says nothing is unchanged."""
        box = self._by_slot.get(self._whole, [])
        remarks = list(outside(self._loose(), box))
        objections = [row for row in self._rows if not (row.answer.is_silent or row.answer.agrees)]
        held, ticked = {"held": bool(remarks)}, agrees_to_all(box)
        for row in self._rows:
            for piece in row.answer.beside:
                self._add(row, "correction", piece, {"words": True, piece.look: True})
            if row in objections:
                self._take_correction(row)
            elif row.answer.agrees:
                self._take_agreement(row, held)
            elif ticked:
                self._take_agreement(row, held | {"choice": bool(objections)})
            else:
                self.unchanged += 1
        for piece in remarks:
            self._take_remark(piece)

    def _loose(self) -> Iterator[Piece]:
        """Yield what stands in no row: it may be about any of the passages."""
        placed = {row.slot for row in self._rows}
        for slot, pieces in self._by_slot.items():
            if slot not in placed and slot != self._whole:
                yield from pieces

    def _take_remark(self, piece: Piece) -> None:
        reasons = ("unknown-sheet" if read_tag(piece.slot).what else "no-place", piece.look)
        whole = replace(piece, slot=str(Tag("letter", self._visit.id, reader="city")))
        self.items.add("remark", whole, None, kind="reply", reasons=filter(None, reasons))

    def _take_correction(self, row: _Row) -> None:
        answer = row.answer
        reasons = {
            **dict.fromkeys(answer.reasons, True),
            **dict.fromkeys(read_marks(answer.text).reasons if answer.text else (), True),
            "verbatim": row.seen.kind in VERBATIM,
            **self._since(row),
        }
        choice = next(iter(answer.choices)) if len(answer.choices) == 1 else ""
        wished = [LEVELS[one] for one in answer.choices if one in LEVELS]
        level = strictest(wished) if wished else ""
        # Who ticked that nothing is to be changed, and wrote something, is asked about both.
        agrees = answer.choices == {"ok"}
        self._add(
            row, "correction", Piece(answer.text, answer.where), reasons, choice=choice,
            disclosure=level, advice="drop" if agrees else "",
        )  # fmt: skip
        if agrees:
            self._take_agreement(row, {"words": True})

    def _take_agreement(self, row: _Row, more: Mapping[str, bool]) -> None:
        known = self.known.get(row.note.id)
        if known and known.state in CONFIRMED and known.note_revision == row.seen.revision:
            self.unchanged += 1
            return
        # The city, or a person, may have said another thing of the passage before.
        second = (known is not None and known.state in OBJECTED) or row.note.id in self._objected
        looks = {piece.look: True for piece in row.answer.beside}
        reasons = {**looks, **more, **self._since(row), "second": second}
        self._add(row, "agreement", Piece("", row.answer.where), reasons, choice="ok")

    def _since(self, row: _Row) -> Mapping[str, bool]:
        """Tell what became of a note since this letter went."""
        known = self.known.get(row.note.id)
        older = known is not None and is_older(self._view, row.note, row.seen, known)
        changed = bool(row.note.replaced_by) or not says_as_seen(row.note, row.seen)
        return {"changed": changed, "older": older}

    def _add(
        self, row: _Row, what: str, piece: Piece, reasons: Mapping[str, bool], **fields: str
    ) -> None:
        """Add an item about a passage."""
        known = self.known.get(row.note.id)
        self.items.add(
            what, replace(piece, slot=row.slot), row.note.places[0] if row.note.places else None,
            target=row.note.id, shown=row.seen.revision,
            who=self._who or (known.department if known else ""),
            reasons=(name for name, holds in reasons.items() if holds), **fields,
        )  # fmt: skip


def _visit(view: StudyView, file: ReturnedFile, arrival: Arrival) -> Visit:
    """Return the visit that the tag of the letter names, or those of its passages."""
    slots = dict.fromkeys(piece.slot for piece in file.pieces)
    named = [tag for slot in (file.sheet, *slots) if (tag := read_tag(slot)).what in _OF_A_LETTER]
    ids = visits_named(view, named)
    found = next((view.visits_by_id[one] for one in ids if one in view.visits_by_id), None)
    if found is None:
        raise Refused(
            _("{path} is about a visit that this study does not have.").format(path=file.path)
            if ids
            else _("{path} bears no sign of a letter that was sent to be confirmed.").format(
                path=file.path
            ),
            _("Enter what it says with: fieldvisit confirm set. Nothing was changed."),
        )
    if arrival.visit and find_visit(view, arrival.visit).id != found.id:
        raise Refused(
            _("{path} is about {visit}.").format(path=file.path, visit=found.handle),
            _("Nothing was changed."),
        )
    return found


def take_agreement(view: StudyView, change: Change, item: Item, text: str) -> str:  # noqa: ARG001 - as all
    """Store that the city agrees to the passage as it saw it."""
    note, seen = _notes(view, item)
    return Answers(view, change).settle(note, seen, "ok", _said(item)).note.id


def take_correction(view: StudyView, change: Change, item: Item, text: str) -> str:
    """Store what was decided about a passage: the city's text, another one, or its level.

    Another text than the city's is not agreed to yet. WrongUsage if there is neither text nor
    level, Conflict if the note says by now what the city did not see.
    """
    note, seen = _notes(view, item)
    answers, said = Answers(view, change), _said(item)
    if item.disclosure in ("public", "confirm"):
        raise WrongUsage(
            _("A passage that a city speaks about is opened by no letter."),
            _("Take its text with --text, or close it: -d anonymous, group or off-record."),
        )
    if not (text.strip() or item.disclosure):
        raise WrongUsage(
            _("Item {name} has neither a text nor a level.").format(name=item.handle),
            _("Give one of them: --text TEXT or -d LEVEL"),
        )
    if text.strip():
        if level(note.disclosure) != OFF_RECORD:
            change.command = with_reason(change.command, corrected_by(said.who))
        if same_words(text, item.text):
            note = answers.corrects(note, seen, text, said).note
        else:
            note = answers.rewords(note, text, said)
    if item.disclosure:
        note = answers.closes(note, item.disclosure, said)
    return note.id


def _said(item: Item) -> Said:
    return Said(item.who, item.on_day, mode=item.mode, item=item.id)


def _notes(view: StudyView, item: Item) -> tuple[Note, Note]:
    """Return the note as it stands and as the city saw it."""
    note = gate.note(view.connection, "all", item.target)
    seen = gate.note_at(view.connection, item.target, item.shown)
    if note is None or seen is None:
        raise Conflict(_("The note was deleted meanwhile."), _("Nothing was changed."))
    return note, seen
