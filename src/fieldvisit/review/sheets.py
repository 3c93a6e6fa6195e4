"""A filled sheet set against what is stored: what each box and row would change, and what is odd.

Nothing is filed by its position: a text belongs where its box or the words of its question say.
"""

import re
from collections.abc import Callable, Mapping, Sequence
from datetime import date

from msgspec import Struct
from msgspec.structs import replace

from fieldvisit.errors import Refused
from fieldvisit.fieldwork.disclosure import level, strictest
from fieldvisit.fieldwork.guide import Address
from fieldvisit.fieldwork.note import Note, default_disclosure
from fieldvisit.fieldwork.sheets.columns import SHEET_COLUMNS
from fieldvisit.fieldwork.sheets.returned_matrix import comes_back_as
from fieldvisit.fieldwork.sheets.tags import Tag, read_box_tag, visit_of
from fieldvisit.fieldwork.states import Mark
from fieldvisit.fieldwork.terms import DISCLOSURES, KINDS
from fieldvisit.fieldwork.visit import Participant, Visit
from fieldvisit.fieldwork.vocabulary import Vocabulary
from fieldvisit.review.hints import hints_in
from fieldvisit.review.item import Item, item_id
from fieldvisit.review.marks import MarkedText, read_marks
from fieldvisit.review.pieces import IGNORED, OWN, Piece, ReturnedFile
from fieldvisit.review.proposed import Arrival
from fieldvisit.review.question_texts import QuestionTexts
from fieldvisit.review.sheet_boxes import BESIDE, DECIDED, Box, boxes_of
from fieldvisit.review.sheet_choices import is_number, read_choice, read_state
from fieldvisit.review.speakers import nearly
from fieldvisit.review.stored_texts import StoredTexts
from fieldvisit.text import normal

VERBATIM = frozenset({"quote", "reply", "handout", "questionnaire", "desk"})
_EMPTY_LINE = re.compile(r"\n[^\S\n]*\n\s*")
_ERROR = re.compile(r"#(?:ref!|n/a|value!|div/0!|name\?|null!|num!)")
# The whole answer is one of these, which is none; the state that fits, if one does. Closed.
_NON_ANSWERS: Mapping[str, str] = {
    normal(text): state
    for state, texts in {
        "no-answer": ("－", "―", "ー", "-", "未回答", "無回答", "回答なし", "（回答なし）"),
        "not-asked": ("聞けず",),
        "not-applicable": ("N/A",),
        "": ("〃", "同上", "同じ"),
    }.items()
    for text in texts
}


class SheetInputs(Struct, frozen=True):
    """What a sheet is set against.

    ``reader`` is who filled it in, `city` or `interviewer`, empty where nothing says. ``tags``
    are those of boxes, ``notes`` the visit's by handle, deleted ones too; ``texts`` gives our
    questions, ``name`` the number of a place, ``shown`` a note as it stood at a revision,
    ``usual`` the guide's level of a place, ``person`` the one person present whom a text names.
    """

    visit: Visit
    reader: str
    tags: Mapping[str, Address]
    notes: Mapping[str, Note]
    stored: StoredTexts
    texts: Callable[[], QuestionTexts]
    name: Callable[[Address], str]
    shown: Callable[[Note, str], Note | None]
    usual: Callable[[Address | None], str]
    person: Callable[[str], Participant | None]
    marks: Mapping[Address, Mark]
    choices: Mapping[Address, str]
    unsendable: frozenset[Address]
    today: date


class ProposedSheet(Struct, frozen=True):
    """What a sheet would change, how many texts are as they stand, what holds no text."""

    items: tuple[Item, ...]
    unchanged: int
    ignored: tuple[Piece, ...]


def propose(file: ReturnedFile, inputs: SheetInputs, arrival: Arrival) -> ProposedSheet:
    """Return what a sheet would change of its visit."""
    found = _Sheet(file, inputs, arrival)
    for one in boxes_of(file):
        if isinstance(one, Box):
            found.take_box(one)
        else:
            found.take_loose(one)
    return ProposedSheet(tuple(found.items), found.unchanged, tuple(found.ignored))


class _Sheet:
    """Takes boxes, rows and loose texts in their order."""

    def __init__(self, file: ReturnedFile, inputs: SheetInputs, arrival: Arrival) -> None:
        self._file, self._inputs, self._arrival = file, inputs, arrival
        self._replies = inputs.reader == "city" or (not inputs.reader and bool(arrival.mode))
        self._known_slots = {piece.slot for piece in file.pieces}
        self._said: dict[str, Box] = {}  # by slot what stood in its first box
        self._near: Address | None = None
        self._department = ""
        self.items: list[Item] = []
        self.ignored: list[Piece] = []
        self.unchanged = 0
        self._ids: set[str] = set()

    def take_box(self, box: Box) -> None:
        """Take a box of a page, or a row of a table."""
        tag = self._tag(box)
        place = tag.address or self._place_of(box)
        for piece in box.pictures:
            self.ignored.append(self._named(piece, place))
        self._take_strange(box, place)
        if self._is_copy(box):
            return
        said = replace(box, cells={"department": self._department, **box.cells})
        self._department = ""
        note = self._inputs.notes.get(tag.handle) if tag.handle else None
        if note:
            self._take_note(note, tag, said, place)
        else:
            self._take_new(said, place, ("changed",) if tag.handle else ())

    def take_loose(self, piece: Piece) -> None:
        """Take a text that stands in no box."""
        if piece.look in IGNORED:
            self.ignored.append(self._named(piece, self._near))
            return
        if piece.look == OWN or not piece.text.strip():
            if piece.text.strip():
                self._near = self._inputs.texts().place(piece.text)
                self._department = ""
            return
        texts = self._inputs.texts()
        if not piece.look and (question := texts.place(piece.text)):
            self._near = question
        elif not piece.look and (label := texts.label(piece.text)):
            self._department = label[0]
            if label[1]:
                self._leave(replace(piece, text=label[1]), "no-place")
        elif not piece.look and (begun := texts.begun(piece.text)):
            self._near = begun[0]
            self._take_below(replace(piece, text=begun[1]))
        else:
            self._take_below(piece)

    def _take_below(self, piece: Piece) -> None:
        """Take a text outside of all boxes: its question is known if that has lost its box."""
        near = self._near
        boxless = near and not any(
            self._inputs.tags.get(slot) == near for slot in self._known_slots
        )
        if not boxless:
            self._leave(piece, piece.look or "no-place")
            return
        box = Box(piece.where, text=piece.mark + piece.text)
        if piece.look:
            box = Box(piece.where, apart=(piece,))
        self._take_new(box, near, ("no-place",))

    def _tag(self, box: Box) -> Tag:
        """Return what a box is for; nothing if its tag is of another visit, or none."""
        if visit_of(box.slot) == self._inputs.visit.id:
            return read_box_tag(box.slot, self._inputs.tags) or Tag(None)
        return Tag(None)

    def _place_of(self, box: Box) -> Address | None:
        """Return the place of a row by the text of its question."""
        if not box.question or self._is_foreign(box):
            return None
        texts = self._inputs.texts()
        begun = texts.begun(box.question)
        return texts.place(box.question) or (begun[0] if begun else None)

    def _is_foreign(self, box: Box) -> bool:
        return visit_of(box.slot) not in ("", self._inputs.visit.id)

    def _is_copy(self, box: Box) -> bool:
        """Take a second box of one slot; what it says otherwise is a second text for it."""
        first = self._said.setdefault(box.slot, box) if box.slot else box
        if first is box:
            return False
        if (first.text, first.cells, box.apart) != (box.text, box.cells, ()):
            words = " ".join(filter(None, (box.text, *box.cells.values())))
            for piece in (Piece(words, box.where, box.slot), *box.apart):
                if piece.text:
                    self._leave(piece, piece.look or "second", self._tag(box).address)
        return True

    def _take_strange(self, box: Box, place: Address | None) -> None:
        """Take what stands in cells of ours, and in columns that are none of the sheet's."""
        if box.slot and not visit_of(box.slot):
            self._leave(Piece(box.slot, box.where, column="tag"), "own-cell", place)
        for piece in box.strange:
            if piece.column not in SHEET_COLUMNS:
                words = f"{piece.column}: {piece.text.strip()}"
                self._leave(replace(piece, text=words), "other-column", place)
            elif not (text := self._written(piece, place)):
                continue
            else:
                self._leave(replace(piece, text=text), "own-cell", place)

    def _written(self, piece: Piece, place: Address | None) -> str:
        """Return what a person wrote into a cell of ours, empty if it says what is printed."""
        text = piece.text.strip()
        if piece.column == "number":
            return "" if place and is_number(text) else text
        if piece.column != "question":
            return text
        texts = self._inputs.texts()
        if texts.place(text):
            return ""
        begun = texts.begun(text)
        return begun[1] if begun else text

    # -- a new text ---------------------------------------------------------------------------

    def _take_new(self, box: Box, place: Address | None, reasons: tuple[str, ...]) -> None:
        """Take what stands in an empty box, or in a row of a question."""
        if place is None:
            self._take_without_place(box)
            return
        if not self._inputs.reader:
            reasons = (*reasons, "unknown-sheet")
        reasons = (*reasons, *dict.fromkeys(piece.look for piece in box.apart))
        for number, part in enumerate(self._parts(box.text)):
            self._take_text(box, place, part, reasons, number)
        for piece in box.apart:
            self._add(
                "note", replace(piece, slot=box.slot), place,
                kind=self._usual_kind(), disclosure=self._usual_level(self._usual_kind(), place),
                reasons=(piece.look, *(r for r in reasons if r != piece.look)),
            )  # fmt: skip
        if not box.text:
            for column in BESIDE:
                if (word := box.cells.get(column)) and box.is_row:
                    self._leave(_beside(box, column, word), "alone", place)
        self._take_decisions(box, place)

    def _take_without_place(self, box: Box) -> None:
        reason = "unknown-sheet" if self._is_foreign(box) else "no-place"
        words = " ".join(filter(None, (box.question, box.text, *box.cells.values())))
        if box.text or any(box.cells.values()):
            self._leave(Piece(words, box.where, box.slot), reason)
        for piece in box.apart:
            self._leave(piece, piece.look)

    def _parts(self, text: str) -> Sequence[str]:
        whole = self._replies or normal(text.strip()) in _NON_ANSWERS
        parts = (text,) if whole else _EMPTY_LINE.split(text)
        return [part.strip() for part in parts if part.strip()]

    def _take_text(
        self, box: Box, place: Address, text: str, reasons: tuple[str, ...], number: int
    ) -> None:
        """Take one text for a place; one that stands there already changes nothing."""
        marked = read_marks(text)
        kind, doubts = self._word(KINDS, box, "kind", marked.kind)
        kind = kind or self._usual_kind()
        wanted, more = self._word(DISCLOSURES, box, "disclosure", marked.disclosure)
        typed, even_more = self._speaker(box, marked)
        if self._is_stored(box, place, marked, wanted, typed):
            return
        alone = normal(text)
        if alone in _NON_ANSWERS:
            doubts = (*doubts, "non-answer")
        elif _ERROR.fullmatch(alone):
            doubts = (*doubts, "error")
        if not wanted and hints_in(text):
            doubts = (*doubts, "hint")
        if self._inputs.stored.is_second(box.slot, self._file.sha256, also_taken=self._replies):
            doubts = (*doubts, "second")
        reasons = (*reasons, *marked.reasons, *doubts, *more, *even_more)
        piece = Piece(marked.text, box.where, box.slot)
        self._add(
            "note", piece, place, str(number), kind=kind, said_by=typed,
            disclosure=self._capped(wanted or self._usual_level(kind, place)),
            department=box.cells.get("department", "") if self._replies else "",
            mark=_NON_ANSWERS.get(alone, ""), reasons=reasons,
        )  # fmt: skip

    def _is_stored(
        self, box: Box, place: Address, marked: MarkedText, wanted: str, typed: str
    ) -> bool:
        """Tell whether a text stands in its place; one that is to be closed is closed there."""
        stored, who = self._inputs.stored, self._inputs.person(typed) if typed else None
        if stored.take(
            place, marked.text, wanted, lambda note: who is None or note.speaker == who
        ) or stored.was_item(box.slot, place, marked.text, self._file.sha256):
            self.unchanged += 1
            return True
        if wanted and (note := stored.more_open(place, marked.text)):
            piece = Piece(note.body, box.where, box.slot)
            self._add(
                "change", piece, place, note.id, target=note.id, disclosure=wanted,
                shown=note.revision, reasons=marked.reasons,
            )  # fmt: skip
            return True
        return False

    def _word(
        self, vocabulary: Vocabulary, box: Box, column: str, marked: str
    ) -> tuple[str, tuple[str, ...]]:
        """Return the fixed value that marks and column say, and why it is in doubt."""
        word = box.cells.get(column, "")
        if not word:
            return marked, ()
        try:
            value = vocabulary.read(word)
        except Refused:
            self._leave(_beside(box, column, word), "value", self._tag(box).address)
            closed = vocabulary is DISCLOSURES and not marked
            return "off-record" if closed else marked, ("value",)
        at_odds = ("marks-at-odds",) if marked and marked != value else ()
        both = [one for one in (marked, value) if one]
        return strictest(both) if vocabulary is DISCLOSURES else (marked or value), at_odds

    def _speaker(self, box: Box, marked: MarkedText) -> tuple[str, tuple[str, ...]]:
        """Return who is said to have spoken, and why that is in doubt; one nearly named."""
        typed = " ".join((marked.speaker or box.cells.get("speaker", "")).split())
        if not typed or self._inputs.person(typed):
            return typed, ()
        return nearly(self._inputs.visit.participants, typed) or typed, ("speaker",)

    def _usual_kind(self) -> str:
        return "reply" if self._replies else "statement"

    def _usual_level(self, kind: str, place: Address | None) -> str:
        return default_disclosure(kind, self._inputs.usual(place))

    def _capped(self, wanted: str) -> str:
        """Return the level of a text; a city's words taken unseen are never open."""
        given = self._arrival.disclosure
        if self._inputs.reader == "city" and given:
            return strictest((wanted, given, "confirm"))
        return wanted

    def _take_decisions(self, box: Box, place: Address) -> None:
        """Take the state and the choice in the row of a question."""
        inputs, (state, choice) = self._inputs, (box.cells.get(column, "") for column in DECIDED)
        if state:
            found = read_state(state, self._standing(place), inputs.today)
            self._decide("mark", box, place, state, found)
        if choice:
            wanted = read_choice(
                choice,
                self._inputs.choices.get(place),
                sendable=place not in self._inputs.unsendable,
            )
            self._decide("choice", box, place, choice, wanted)

    def _standing(self, place: Address) -> Mark | None:
        """Return the mark that is shown at a place: its own, or that of its topic."""
        marks = self._inputs.marks
        return marks.get(place) or marks.get(Address(place.topic))

    def _decide(
        self, what: str, box: Box, place: Address, word: str, found: Mapping[str, str] | None
    ) -> None:
        if found is None:
            column = "state" if what == "mark" else "choice"
            self._leave(_beside(box, column, word), "value", place)
        elif found:
            lacks = found.get("mark") == "to-follow" and not found["due"]
            reasons = ("date",) if lacks else ()
            piece = Piece(word, box.where, box.slot)
            self._add(what, piece, place, what, reasons=reasons, **found)

    # -- a note that was shown ----------------------------------------------------------------

    def _take_note(self, note: Note, tag: Tag, box: Box, place: Address | None) -> None:
        """Take what a box says of the note that was shown in it; empty changes nothing."""
        shown = self._inputs.shown(note, tag.revision) or note
        looks = tuple(dict.fromkeys(piece.look for piece in box.apart))
        for piece in box.apart:
            self._add(
                "note", replace(piece, slot=box.slot), place or _first(note), kind=note.kind,
                disclosure=note.disclosure, reasons=looks,
            )  # fmt: skip
        for column in DECIDED:
            if word := box.cells.get(column):
                self._leave(_beside(box, column, word), "other-column", place)
        text = box.text.strip()
        same = not text or any(comes_back_as(body, text) for body in (note.body, shown.body))
        marked = MarkedText(note.body) if same else read_marks(text)
        kind, doubts = self._word(KINDS, box, "kind", marked.kind)
        wanted, more = self._word(DISCLOSURES, box, "disclosure", marked.disclosure)
        typed, even_more = self._speaker(box, marked)
        kind = "" if kind == shown.kind else kind
        wanted = "" if level(wanted or shown.disclosure) == level(shown.disclosure) else wanted
        known = " ".join(str(shown.speaker or "").split())
        typed, even_more = ("", ()) if typed == known else (typed, even_more)
        if same and not any((kind, wanted, typed)):
            self.unchanged += 1
            return
        alone = normal(text)
        reasons = {
            "changed": note.deleted or _said(shown) != _said(note),
            "verbatim": not same and note.kind in VERBATIM,
            "opens": bool(wanted) and strictest((wanted, note.disclosure)) != wanted,
            "non-answer": not same and alone in _NON_ANSWERS,
            "error": not same and bool(_ERROR.fullmatch(alone)),
            "hint": not (same or wanted) and bool(set(hints_in(text)) - set(hints_in(note.body))),
            "second": self._inputs.stored.is_second(
                box.slot, self._file.sha256, also_taken=False
            ),
        }  # fmt: skip
        found = tuple(reason for reason, holds in reasons.items() if holds)
        self._add(
            "change", Piece(marked.text, box.where, box.slot), None, target=note.id,
            shown=tag.revision, kind=kind, disclosure=wanted, said_by=typed,
            reasons=(*found, *looks, *marked.reasons, *doubts, *more, *even_more),
        )  # fmt: skip

    # -- items --------------------------------------------------------------------------------

    def _leave(self, piece: Piece, reason: str, place: Address | None = None) -> None:
        """Let a text wait that is no answer by itself, or has no place."""
        if piece.text.strip():
            self._add("remark", piece, place, piece.column, reasons=(reason,))

    def _add(
        self, what: str, piece: Piece, place: Address | None, *apart: str, **fields: object
    ) -> None:
        visit, arrival, file = self._inputs.visit, self._arrival, self._file
        id_ = item_id(file.sha256, piece.where, piece.slot, what, piece.look, piece.column, *apart)
        while id_ in self._ids:
            id_ = item_id(file.sha256, piece.where, piece.slot, id_)
        self._ids.add(id_)
        item = Item(
            id_,
            what,
            file.path,
            file.sha256,
            piece.where,
            piece.text.strip(),
            visit.id,
            visit.city_code,
            piece.slot,
            place=place,
            who=arrival.who,
            on_day=arrival.on_day,
            mode=arrival.mode,
        )
        self.items.append(replace(item, **fields))

    def _named(self, piece: Piece, place: Address | None) -> Piece:
        """Return what holds no text with the question at which it stands."""
        words = (self._inputs.name(place) if place else "", piece.text.strip())
        return replace(piece, text=" ".join(filter(None, words)))


def _beside(box: Box, column: str, word: str) -> Piece:
    return Piece(f"{SHEET_COLUMNS.word(column)}: {word}", box.where, box.slot, column)


def _first(note: Note) -> Address | None:
    return note.places[0] if note.places else None


def _said(note: Note) -> tuple[object, ...]:
    speaker = note.speaker and note.speaker.person_id
    return (note.body, note.kind, note.disclosure, speaker, note.deleted)
