"""What a letter of confirmation that came back would change: agreements, corrections, remarks."""

from collections.abc import Iterator, Mapping, Sequence
from functools import cached_property

from msgspec import Struct

from fieldvisit.actions.confirming.answers import check_day, is_older
from fieldvisit.errors import Refused
from fieldvisit.fieldwork.confirmation import CONFIRMED, OBJECTED, Confirmation, says_as_seen
from fieldvisit.fieldwork.confirming.letter import LEVELS
from fieldvisit.fieldwork.disclosure import strictest
from fieldvisit.fieldwork.note import Note
from fieldvisit.fieldwork.terms import VERBATIM
from fieldvisit.fieldwork.visit import Visit
from fieldvisit.language import _
from fieldvisit.review.item import Arrival, Item, Proposed, item_id
from fieldvisit.review.letters import Answer, agrees_to_all, outside, read_answer
from fieldvisit.review.marks import read_marks
from fieldvisit.review.pieces import IGNORED, Piece, ReturnedFile, Where
from fieldvisit.review.tags import (
    CONFIRMATION,
    is_whole_tag,
    read_passage_tag,
    read_sheet_tag,
    sheet_tag,
)
from fieldvisit.storage import gate, queries
from fieldvisit.study.references import find_visit
from fieldvisit.study.view import StudyView, today


def propose(view: StudyView, file: ReturnedFile, arrival: Arrival) -> Proposed:
    """Return what a letter says; Refused if it is about no visit of this study, or another one."""
    visit = _visit(view, file, arrival)
    reading = _Reading(view, file, arrival, visit)
    check_day(reading.day, reading.known.values())
    items = tuple(reading.items())
    ignored = tuple(piece for piece in file.pieces if piece.look in IGNORED)
    return Proposed("letter", visit.handle, items, reading.unchanged, ignored)


class _Row(Struct, frozen=True):
    """A passage of the letter: the note as the city saw it and as it stands, and what was said."""

    slot: str
    seen: Note
    note: Note
    answer: Answer


class _Reading(Struct, dict=True):
    """One file, read against the study as it stands."""

    view: StudyView
    file: ReturnedFile
    arrival: Arrival
    visit: Visit
    unchanged: int = 0

    @property
    def day(self) -> str:
        """The day of the answer (ISO date), today if it is not said."""
        return self.arrival.on_day or today().isoformat()

    @cached_property
    def known(self) -> Mapping[str, Confirmation]:
        """What the city was asked and said so far about the passages, by the note's id."""
        found = self.view.confirmations
        return {row.note.id: found[row.note.id] for row in self.rows if row.note.id in found}

    @cached_property
    def by_slot(self) -> Mapping[str, Sequence[Piece]]:
        """The pieces of the file by the slot in which they stand, in order."""
        found: dict[str, list[Piece]] = {}
        for piece in self.file.pieces:
            found.setdefault(piece.slot.strip(), []).append(piece)
        return found

    @cached_property
    def rows(self) -> Sequence[_Row]:
        """The passages of this study that stand in the file."""
        return [row for slot in self.by_slot if (row := self._row(slot))]

    def _row(self, slot: str) -> _Row | None:
        tag = read_passage_tag(slot)
        note = gate.note(self.view.connection, "all", tag[0]) if tag else None
        if tag is None or note is None or note.visit_id != self.visit.id:
            return None
        seen = gate.note_at(self.view.connection, *tag)
        if seen is None:
            return None
        return _Row(slot, seen, note, read_answer(self.by_slot[slot], seen.body))

    def items(self) -> Iterator[Item]:
        """Yield what the file says; what agrees to nothing and says nothing is unchanged."""
        remarks = list(self._remarks())
        objections = [row for row in self.rows if not (row.answer.is_silent or row.answer.agrees)]
        ticked = agrees_to_all(self._box)
        for row in self.rows:
            held = {"held": bool(remarks)}
            yield from self._beside(row)
            if row in objections:
                yield self._correction(row)
            elif row.answer.agrees:
                yield from self._agreement(row, held)
            elif ticked:
                yield from self._agreement(row, held | {"choice": bool(objections)})
            else:
                self.unchanged += 1
        yield from remarks

    @property
    def _box(self) -> Sequence[Piece]:
        return [p for slot, pieces in self.by_slot.items() if is_whole_tag(slot) for p in pieces]

    def _remarks(self) -> Iterator[Item]:
        """Yield what stands in no row: it may be about any of the passages."""
        placed = {row.slot for row in self.rows}
        loose = [
            piece
            for slot, pieces in self.by_slot.items()
            if slot not in placed and not is_whole_tag(slot)
            for piece in pieces
        ]
        for number, piece in enumerate(outside(loose, self._box)):
            reasons = ("unknown-sheet" if read_passage_tag(piece.slot) else "no-place", piece.look)
            yield Item(
                id=item_id(self.file.sha256, piece.where, piece.slot, str(number)),
                type="remark",
                path=self.file.path,
                sha256=self.file.sha256,
                where=piece.where,
                text=piece.text,
                visit_id=self.visit.id,
                city_code=self.visit.city_code,
                slot=sheet_tag(self.visit.id, CONFIRMATION),
                kind="reply",
                who=self.arrival.who,
                on_day=self.day,
                mode=self.arrival.mode or "written",
                reasons=tuple(filter(None, reasons)),
            )

    def _beside(self, row: _Row) -> Iterator[Item]:
        """Yield comments and the like at a row, each by itself."""
        for number, piece in enumerate(row.answer.beside):
            reasons = {"words": True, piece.look: True}
            yield self._item(row, "correction", piece.where, piece.text, str(number), reasons)

    def _correction(self, row: _Row) -> Item:
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
        return self._item(row, "correction", answer.where, answer.text, "", reasons, choice, level)

    def _agreement(self, row: _Row, more: Mapping[str, bool]) -> Iterator[Item]:
        known = self.known.get(row.note.id)
        if known and known.state in CONFIRMED and known.note_revision == row.seen.revision:
            self.unchanged += 1
            return
        looks = {piece.look: True for piece in row.answer.beside}
        reasons = {**looks, **more, **self._since(row), "second": self._was_answered(row)}
        yield self._item(row, "agreement", row.answer.where, "", "", reasons, "ok")

    def _since(self, row: _Row) -> Mapping[str, bool]:
        """Tell what became of a note since this letter went."""
        known = self.known.get(row.note.id)
        older = known is not None and is_older(self.view, row.note, row.seen, known)
        changed = bool(row.note.replaced_by) or not says_as_seen(row.note, row.seen)
        return {"changed": changed, "older": older}

    def _was_answered(self, row: _Row) -> bool:
        """Tell whether the city, or a person, had said another thing of the passage before."""
        known = self.known.get(row.note.id)
        return (known is not None and known.state in OBJECTED) or row.note.id in self._objected

    @cached_property
    def _objected(self) -> frozenset[str]:
        others = queries.items(self.view.connection)
        return frozenset(
            one.target
            for one in others
            if one.type == "correction" and one.sha256 != self.file.sha256
        )

    def _item(
        self,
        row: _Row,
        type_: str,
        where: Where,
        text: str,
        what: str,
        reasons: Mapping[str, bool],
        choice: str = "",
        level: str = "",
    ) -> Item:
        known = self.known.get(row.note.id)
        return Item(
            id=item_id(self.file.sha256, where, row.slot, type_, what),
            type=type_,
            path=self.file.path,
            sha256=self.file.sha256,
            where=where,
            text=text,
            visit_id=self.visit.id,
            city_code=self.visit.city_code,
            slot=row.slot,
            target=row.note.id,
            shown=row.seen.revision,
            place=row.note.places[0] if row.note.places else None,
            disclosure=level,
            choice=choice,
            who=self.arrival.who or (known.department if known else ""),
            on_day=self.day,
            mode=self.arrival.mode or "written",
            reasons=tuple(name for name, holds in reasons.items() if holds),
        )


def _visit(view: StudyView, file: ReturnedFile, arrival: Arrival) -> Visit:
    """Return the visit that the tag of the letter names, or those of its passages."""
    ids = _visits_named(view, file)
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


def _visits_named(view: StudyView, file: ReturnedFile) -> Sequence[str]:
    whole = read_sheet_tag(file.sheet)
    ids = [whole[0]] if whole and whole[1] == CONFIRMATION else []
    for slot in dict.fromkeys(piece.slot for piece in file.pieces):
        tag = read_passage_tag(slot)
        note = gate.note(view.connection, "all", tag[0]) if tag else None
        if tag and is_whole_tag(slot):
            ids.append(tag[0])
        elif note:
            ids.append(note.visit_id or "")
    return ids
