"""A filled sheet set against what is stored: what each box and row would change, and what is odd.

Nothing is filed by its position: a text belongs where its box or the words of its question say.
"""

from collections import Counter
from collections.abc import Callable, Iterable, Mapping
from datetime import date

from msgspec import Struct
from msgspec.structs import replace

from fieldvisit.fieldwork.disclosure import strictest
from fieldvisit.fieldwork.guide import Address
from fieldvisit.fieldwork.note import Note, default_disclosure
from fieldvisit.fieldwork.states import Mark
from fieldvisit.fieldwork.visit import Participant, Visit, is_named
from fieldvisit.review.carriers import is_number
from fieldvisit.review.columns import SHEET_COLUMNS
from fieldvisit.review.item import Arrival, Item, Items, Proposed, held
from fieldvisit.review.marks import MarkedText, doubts_about, fitting_state, hints_in, read_marks
from fieldvisit.review.pieces import IGNORED, OWN, TAKEN_OUT, Piece, ReturnedFile
from fieldvisit.review.sheet_rows import (
    BESIDE,
    DECIDED,
    Box,
    QuestionTexts,
    boxes_of,
    odd_words,
    read_choice,
    read_state,
    read_words,
    with_marks,
)
from fieldvisit.review.stored_texts import (
    EMPTY_LINE,
    StoredTexts,
    correction,
    is_of_another,
    without_marks,
)
from fieldvisit.review.tags import Tag, read_tag


class SheetInputs(Struct, frozen=True):
    """What a sheet is set against.

    ``reader`` is who filled it in, `city` or `interviewer`, empty where nothing says. ``tags``
    are those of boxes, ``notes`` the visit's by id, deleted ones too; ``texts`` gives our
    questions, ``name`` the number of a place, ``shown`` a note as it stood at a revision,
    ``usual`` the guide's level of a place, ``person`` the one person present whom a text names.
    """

    visit: Visit
    reader: str
    tags: Mapping[str, Address | None]
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


def propose(file: ReturnedFile, inputs: SheetInputs, arrival: Arrival) -> Proposed:
    """Return what a sheet would change of its visit."""
    found = _Sheet(file, inputs, arrival)
    for one in found.boxes:
        if isinstance(one, Box):
            found.take_box(one)
        else:
            found.take_loose(one)
    items = map(_as_typed, found.items.items) if file.shown else found.items.items
    visit, ignored = inputs.visit.handle, tuple(found.ignored)
    return Proposed("sheet", visit, held(tuple(items)), found.unchanged, ignored)


def _as_typed(item: Item) -> Item:
    """Return what a person typed here, who means whatever stands there as the answer."""
    reasons = tuple(why for why in item.reasons if why not in ("non-answer", "error"))
    return replace(item, reasons=reasons, mark="" if item.type == "note" else item.mark)


class _Sheet:
    """Takes boxes, rows and loose texts in their order."""

    def __init__(self, file: ReturnedFile, inputs: SheetInputs, arrival: Arrival) -> None:
        self._inputs, self._sha256, self._level = inputs, file.sha256, arrival.disclosure
        self._shown = file.shown
        self._replies = inputs.reader == "city" or (not inputs.reader and bool(arrival.mode))
        self.boxes = tuple(boxes_of(file))
        self._copies = Counter(one.slot for one in self.boxes)
        self._boxed = {inputs.tags.get(piece.slot) for piece in file.pieces}
        self._first: dict[str, Box] = {}  # by slot
        self._near: Address | None = None
        self._department = ""
        self._sections = {person.department for person in inputs.visit.respondents}
        self.items = Items(file, inputs.visit, arrival, "reply" if self._replies else "")
        self.ignored: list[Piece] = []
        self.unchanged = 0

    def take_box(self, box: Box) -> None:
        """Take a box of a page, or a row of a table."""
        tag = read_tag(box.slot)
        place = self._inputs.tags.get(box.slot) or self._place_of(box)
        self.ignored += [self._named(piece, place) for piece in box.pictures]
        self._take_strange(box, place)
        note = self._inputs.notes.get(tag.owner)
        if note is None and self._take_copy(box, place):
            return
        box = replace(box, cells={"department": self._department, **box.cells})
        self._department = ""
        if note:
            self._take_note(note, tag, box, place)
        elif place or box.slot in self._inputs.tags:
            self._take_new(box, place, ())
        else:
            self._take_unknown(box)

    def take_loose(self, piece: Piece) -> None:
        """Take a text that stands in no box."""
        if piece.look in IGNORED:
            self.ignored.append(self._named(piece, self._near))
        elif not piece.text.strip():
            pass
        elif piece.look == OWN:
            if piece.where.unit != "row":  # a row says itself to which question it belongs
                self._near, self._department = self._inputs.texts().place(piece.text), ""
        elif piece.look:
            self._take_below(piece)
        else:
            self._take_line(piece)

    def _take_line(self, piece: Piece) -> None:
        texts = self._inputs.texts()
        if question := texts.place(piece.text):
            self._near = question
        elif texts.is_topic(piece.text):
            self._near = None
        elif label := texts.label(piece.text):
            self._department = label[0]
            self.items.leave(replace(piece, text=label[1]), "no-place")
        else:
            self._take_below(replace(piece, text=piece.mark + piece.text))

    def _take_below(self, piece: Piece) -> None:
        """Take a text outside of all boxes: its question is known if that has lost its box."""
        if self._near is None or self._near in self._boxed:
            self.items.leave(piece, piece.look or "no-place")
        else:
            text, apart = ("", (piece,)) if piece.look else (piece.text, ())
            self._take_new(Box(piece.where, text=text, apart=apart), self._near, ("no-place",))

    def _place_of(self, box: Box) -> Address | None:
        """Return the place of a row by the text of its question."""
        if not box.question or self._is_foreign(box):
            return None
        return self._inputs.texts().place(box.question)

    def _is_foreign(self, box: Box) -> bool:
        """Tell whether a box is of another visit, or of a note that the visit does not have."""
        tag, inputs = read_tag(box.slot), self._inputs
        return bool(tag.what) and tag.owner != inputs.visit.id and tag.owner not in inputs.notes

    def _take_copy(self, box: Box, place: Address | None) -> bool:
        """Take a second box of one slot; what it says otherwise is a second text for it."""
        first = self._first.setdefault(box.slot, box) if box.slot else box
        if first is box:
            return False
        if (first.text, first.cells) != (box.text, box.cells):
            self.items.leave(Piece(box.words, box.where, box.slot), "second", place)
        for piece in box.apart:
            self.items.leave(piece, piece.look, place)
        return True

    def _take_strange(self, box: Box, place: Address | None) -> None:
        """Take what stands in cells of ours, and in columns that are none of the sheet's."""
        if box.slot and not read_tag(box.slot).what:
            self.items.leave(Piece(box.slot, box.where, column="tag"), "own-cell", place)
        for piece in box.strange:
            if piece.column in SHEET_COLUMNS:
                words, why = self._written(piece, place), "own-cell"
            else:
                words, why = f"{piece.column}: {piece.text.strip()}", "other-column"
            self.items.leave(replace(piece, text=words), why, place)

    def _written(self, piece: Piece, place: Address | None) -> str:
        """Return what a person wrote into a cell of ours, empty if it says what is printed."""
        text = piece.text.strip()
        if piece.column == "number" and place and is_number(text):
            return ""
        texts = self._inputs.texts()
        if piece.column == "topic":
            return "" if texts.is_topic(text) else text
        if piece.column != "question":
            return text
        return "" if texts.place(text) else text

    def _take_new(self, box: Box, place: Address | None, reasons: tuple[str, ...]) -> None:
        """Take what stands in an empty box, or in the row of a question."""
        unknown = () if self._inputs.reader else ("unknown-sheet",)
        reasons = (*reasons, *unknown)
        beside_it = ("apart",) if box.apart else ()
        beside = self._beside(box, place)
        texts = (box.text,) if self._replies else EMPTY_LINE.split(box.text)
        parts = [(part.strip(), read_marks(part)) for part in texts if part.strip()]
        closing = [marked.disclosure for _part, marked in parts if marked.is_bare]
        unsaid = (marked.text for _part, marked in parts if not marked.disclosure)
        # It may be about the paragraphs below.
        hinted = not beside.disclosure and any(map(hints_in, unsaid))
        inside = ("mark-inside",) * bool(closing) + ("hint",) * hinted
        for number, (part, marked) in enumerate(parts):
            said = self._said(beside, marked)
            levels = [level for level in (said.disclosure, *closing) if level]
            said = replace(
                said,
                disclosure=strictest(levels) if levels else "",
                reasons=(*reasons, *beside_it, *said.reasons, *inside),
            )
            self._take_text(box, place, part, said, number)
        kind = self._usual_kind
        self._take_apart(box, place, kind, self._usual_level(kind, place), reasons)
        if place:
            self._take_decisions(box, place)

    def _take_apart(
        self, box: Box, place: Address | None, kind: str, level_: str, reasons: Iterable[str]
    ) -> None:
        """Take the texts with a look: of the answer each may be one, beside it it is a word."""
        for piece in box.apart:
            if piece.column in (*BESIDE, *DECIDED):
                self._leave_word(box, piece.column, piece.text, piece.look, place)
            else:
                marked = read_marks(piece.text).disclosure or level_
                self.items.add(
                    "note", replace(piece, slot=box.slot), place, kind=kind,
                    disclosure=strictest((marked, level_, "confirm")),
                    reasons=(piece.look, *reasons),
                    advice="drop" if piece.look in TAKEN_OUT else "",
                )  # fmt: skip

    def _beside(self, box: Box, place: Address | None) -> MarkedText:
        """Return what the cells of a row say; a word that says nothing there is left."""
        odd = odd_words(box.cells)
        for column in BESIDE if box.where.unit == "row" else ():
            alone = not box.text and not box.apart
            if (word := box.cells.get(column)) and (alone or column in odd):
                self._leave_word(box, column, word, "alone" if alone else "value", place)
        return read_words(box.cells)

    def _said(self, beside: MarkedText, marked: MarkedText) -> MarkedText:
        inputs = self._inputs
        return with_marks(beside, marked, inputs.person, inputs.visit.participants)

    def _take_unknown(self, box: Box) -> None:
        """Take a row that nothing ties to a question."""
        reason = "unknown-sheet" if self._is_foreign(box) else "no-place"
        if box.words:
            words = f"{box.question} {box.words}".strip()
            self.items.leave(Piece(words, box.where, box.slot), reason)
        for piece in box.apart:
            self.items.leave(piece, piece.look)

    def _take_text(
        self, box: Box, place: Address | None, typed: str, said: MarkedText, number: int
    ) -> None:
        """Take one text for a place; one that stands there already changes nothing."""
        if not self._shown and self._is_stored(box, place, said):
            return
        kind = said.kind or self._usual_kind
        level = said.disclosure or self._usual_level(kind, place)
        by_city = self._inputs.reader == "city"
        if by_city and self._level:  # words that nobody sees are never open
            level = strictest((level, self._level, "confirm"))
        second = not self._shown and self._inputs.stored.is_second(
            box.slot, self._sha256, also_taken=self._replies
        )
        section = " ".join(box.cells.get("department", "").split()) if self._replies else ""
        doubts = {
            **doubts_about(typed),
            "hint": not said.disclosure and hints_in(said.text),
            "second": second,
            "known": bool(self._shown) and self._stands_there(box, place, said),
            # It would not count as words of the city, which nobody takes unseen.
            "value": by_city and kind != "reply",
            "opens": by_city and level == said.disclosure == "public",
            "speaker": bool(section) and section not in self._sections,
        }
        self.items.add(
            "note", Piece(said.text, box.where, box.slot), place, str(number), kind=kind,
            disclosure=level, said_by=said.speaker, department=section, mark=fitting_state(typed),
            reasons=(*said.reasons, *(why for why, holds in doubts.items() if holds)),
        )  # fmt: skip
        stands = self._inputs.marks.get(place) if place else None
        if kind == "reply" and stands and stands.state == "to-follow" and not number:
            piece = Piece(said.text, box.where, box.slot)
            self.items.add("mark", piece, place, reasons=("expected",), mark="clear")

    def _is_stored(self, box: Box, place: Address | None, said: MarkedText) -> bool:
        """Tell whether a text stands in its place; one that is to be closed is closed there."""
        if self._stands_there(box, place, said):
            self.unchanged += 1
            return True
        who = self._inputs.person(said.speaker)
        note = self._inputs.stored.more_open(place, said.text, said.disclosure, who)
        if note:
            self.items.add(
                "change", Piece(note.body, box.where, box.slot), None, target=note.id,
                shown=note.revision, disclosure=said.disclosure, reasons=said.reasons,
            )  # fmt: skip
        return note is not None

    def _stands_there(self, box: Box, place: Address | None, said: MarkedText) -> bool:
        stored, who = self._inputs.stored, self._inputs.person(said.speaker)
        was_item = stored.was_item(box.slot, place, said.text, said.disclosure, self._sha256)
        return stored.take(place, said.text, said.disclosure, who) or was_item

    @property
    def _usual_kind(self) -> str:
        return "reply" if self._replies else "statement"

    def _usual_level(self, kind: str, place: Address | None) -> str:
        return default_disclosure(kind, self._inputs.usual(place))

    def _take_decisions(self, box: Box, place: Address) -> None:
        """Take the state and the choice in the row of a question."""
        inputs, (state, choice) = self._inputs, (box.cells.get(column, "") for column in DECIDED)
        if state:
            shown = inputs.marks.get(place) or inputs.marks.get(Address(place.topic))
            self._decide("mark", box, place, read_state(state, shown, inputs.today))
        if choice:
            stands, sendable = inputs.choices.get(place), place not in inputs.unsendable
            self._decide("choice", box, place, read_choice(choice, stands, sendable=sendable))

    def _decide(self, what: str, box: Box, place: Address, found: Mapping[str, str] | None) -> None:
        column = "state" if what == "mark" else "choice"
        word = box.cells[column]
        if found is None:
            self._leave_word(box, column, word, "value", place)
        elif found:
            lacks = found.get("mark") == "to-follow" and not found["due"]
            piece, reasons = Piece(word, box.where, box.slot), ("date",) if lacks else ()
            self.items.add(what, piece, place, reasons=reasons, **found)

    def _leave_word(
        self, box: Box, column: str, word: str, why: str, place: Address | None
    ) -> None:
        words = f"{SHEET_COLUMNS.word(column)}: {word}"
        self.items.leave(Piece(words, box.where, box.slot, column), why, place)

    def _take_note(self, note: Note, tag: Tag, box: Box, place: Address | None) -> None:
        """Take what a box says of the note that was shown in it; empty changes nothing."""
        seen = self._inputs.shown(note, tag.revision)
        shown, looks = seen or note, tuple(piece.look for piece in box.apart)
        text, level_, why = without_marks(box.text, self._shown.get(box.slot, ""), note)
        here = place or next(iter(note.places), None)
        self._take_apart(box, here, note.kind, note.disclosure, looks)
        for column in DECIDED:
            if word := box.cells.get(column):
                self._leave_word(box, column, word, "other-column", place)
        typed = box.cells.get("speaker", "")
        cells = {**box.cells, "speaker": "" if is_named(shown.speaker, typed) else typed}
        beside = self._beside(replace(box, text=note.body, cells=cells), place)
        beside = replace(beside, disclosure=beside.disclosure or level_)
        found = correction(note, shown, text, beside, self._said, self._inputs.person)
        if found is None:
            self.unchanged += 1
            return
        places = len({*shown.places} & {*self._inputs.tags.values()})
        first = self._first.setdefault(box.slot, box)
        if first is box or (first.text, first.cells) != (box.text, box.cells):
            second = self._inputs.stored.is_second(box.slot, self._sha256, also_taken=False)
            doubts = {
                # A note has a box in each of its places; one more is a copy.
                "second": second or first is not box or self._copies[box.slot] > max(1, places),
                "changed": seen is None,
                "known": is_of_another(note, found.text, self._inputs.notes.values()),
            }
            odd = (*looks, *why, *(why for why, holds in doubts.items() if holds))
            self._add_change(note, tag, box, replace(found, reasons=(*found.reasons, *odd)))

    def _add_change(self, note: Note, tag: Tag, box: Box, said: MarkedText) -> None:
        self.items.add(
            "change", Piece(said.text, box.where, box.slot), None, target=note.id,
            shown=tag.revision, reasons=said.reasons, kind=said.kind, disclosure=said.disclosure,
            said_by=said.speaker,
        )  # fmt: skip

    def _named(self, piece: Piece, place: Address | None) -> Piece:
        """Return what holds no text with the question at which it stands."""
        words = (self._inputs.name(place) if place else "", piece.text.strip())
        return replace(piece, text=" ".join(filter(None, words)))
