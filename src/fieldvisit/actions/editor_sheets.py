"""Sheets in an editor's hands (`record`, `summary edit`): opened, kept, what stands in them."""

import hashlib
from collections.abc import Generator, Iterator, Sequence
from contextlib import contextmanager

import msgspec
from msgspec import Struct
from msgspec.structs import replace

from fieldvisit.actions import summaries
from fieldvisit.actions.coverage import preparation
from fieldvisit.actions.read_files import ReadFile, propose, store_reading
from fieldvisit.documents import record_sheet, wordings
from fieldvisit.documents.formats import markdown
from fieldvisit.documents.summaries import SheetCell, page
from fieldvisit.errors import NotFound, Refused
from fieldvisit.exchange.markdown import pieces_of
from fieldvisit.fieldwork.disclosure import tighter
from fieldvisit.fieldwork.draft import Purpose
from fieldvisit.fieldwork.guide import Address, Topic
from fieldvisit.fieldwork.note import Note, default_disclosure
from fieldvisit.fieldwork.summary import ACROSS, Cell, StandingSummary
from fieldvisit.fieldwork.visit import Visit
from fieldvisit.language import _
from fieldvisit.review.item import Arrival
from fieldvisit.review.pieces import Piece, ReturnedFile
from fieldvisit.review.tags import UNSORTED, cell_tag
from fieldvisit.settings import Settings
from fieldvisit.storage import gate
from fieldvisit.study.drafts import Draft, drop, is_stored, new_draft, offered
from fieldvisit.study.references import find_address, find_any_city, find_visit
from fieldvisit.study.view import StudyView, today, viewing


class Shown(Struct, frozen=True):
    """What a sheet showed: its text as it was opened, and for which audience.

    ``slots`` says of the tag of each box what the program needs to know when it comes back.
    """

    audience: str
    start: str
    slots: dict[str, str]


class OpenSheet(Struct, frozen=True):
    """A sheet in a person's hands: its draft, and what was shown."""

    draft: Draft
    shown: Shown

    @property
    def start(self) -> str:
        """The sheet as it was opened."""
        return self.shown.start

    def was_left_alone(self) -> bool:
        """Tell whether nothing was written into it."""
        return self.draft.was_left_alone(self.shown.start)

    def pieces_shown(self) -> tuple[Piece, ...]:
        """Return the pieces of the sheet as it was opened."""
        return self._pieces(self.shown.start)

    def file(self) -> ReturnedFile:
        """Return what stands in it by now; the same text in another sheet is another file.

        Besides the boxes and our own lines it holds whatever else was typed, with the look `aside`:
        lines that stand together are one piece.
        """
        text = self.draft.text()
        digest = hashlib.sha256(f"{self.draft.purpose.change}{text}".encode()).hexdigest()
        return ReturnedFile(str(self.draft.path), digest, "", tuple(self._returned(text)))

    def _returned(self, text: str) -> Iterator[Piece]:
        ours = {piece.text for piece in self.pieces_shown() if not piece.slot}
        typed: list[Piece] = []
        for piece in self._pieces(text):
            if piece.slot in self.shown.slots or (piece.text in ours and not piece.slot):
                yield from _together(typed)
                typed = []
                yield piece
            else:
                typed.append(piece)
        yield from _together(typed)

    def _pieces(self, text: str) -> tuple[Piece, ...]:
        return pieces_of(text, self.draft.name)[1]


def _together(typed: list[Piece]) -> Iterator[Piece]:
    """Yield what was typed outside of the boxes, the lines of a paragraph as one piece."""
    if lines := [piece for piece in typed if piece.text.strip()]:
        text = "\n".join(f"{piece.mark}{piece.text}" for piece in lines)
        look = next((piece.look for piece in lines if piece.look), "aside")
        yield replace(lines[0], text=text, slot="", look=look, style="", mark="")


def kept_sheets(
    given: Settings, purpose: Purpose, audience: str
) -> Generator[OpenSheet, None, None]:
    """Yield the sheets of the same that were not stored, newest first.

    One that somebody is working on is left alone, and one that shows more than ``audience`` may
    see is not offered. One that is stored already, or was never written in, goes.
    """
    for draft in offered(given.study(), purpose):
        found = OpenSheet(draft, _shown(draft))
        stored = draft.is_text() and is_stored(given.study(), draft, draft.text())
        if stored or found.was_left_alone():
            drop(draft)
        elif tighter(found.shown.audience, audience) == found.shown.audience:
            yield found


@contextmanager
def open_sheet(given: Settings, purpose: Purpose, shown: Shown) -> Iterator[OpenSheet]:
    """Write a sheet into a new draft, and hold it."""
    purpose = replace(purpose, shown=msgspec.json.encode(shown).decode())
    with new_draft(given.study(), purpose, ".md", shown.start.encode()) as draft:
        yield OpenSheet(draft, shown)


def _shown(draft: Draft) -> Shown:
    try:
        return msgspec.json.decode(draft.purpose.shown, type=Shown)
    except msgspec.MsgspecError as error:
        raise Refused(
            _("What the draft {path} was made from cannot be read.").format(path=draft.path),
            _("Copy your text out of the draft and begin anew."),
        ) from error


_SEVERAL = 2


def kept_records(given: Settings, typed: str, audience: str) -> Generator[OpenSheet, None, None]:
    """Yield the records of this visit that were not stored, newest first."""
    with viewing(given, audience) as view:
        visit = find_visit(view, typed)
    yield from kept_sheets(given, Purpose("record", visit.handle), audience)


@contextmanager
def open_record(given: Settings, typed: str, audience: str) -> Iterator[OpenSheet]:
    """Write the sheet of a visit as it stands into a new draft, and hold it."""
    with viewing(given, audience) as view:
        visit = find_visit(view, typed)
        shown = _record(view, visit)
    with open_sheet(given, Purpose("record", visit.handle), shown) as opened:
        yield opened


def _record(view: StudyView, visit: Visit) -> Shown:
    """Return the sheet: by the slot of each box its usual level, or the marks of its note."""
    found = preparation(view, visit)
    slots = {UNSORTED: (), **{str(address): (address,) for address in found.addresses}}
    levels = {
        slot: default_disclosure("statement", view.usual_level(places, visit))
        for slot, places in slots.items()
    }
    notes: dict[Address | None, tuple[Note, ...]] = {}
    marks = {}
    for note in view.some_notes(gate.NotesAsked(visit_id=visit.id)):
        place = view.crosswalk.now(note.places[0]) if note.places else None
        place = place if str(place) in levels else None
        notes[place] = (*notes.get(place, ()), note)
        marks[record_sheet.note_slot(note)] = record_sheet.marks_of(note)
    start = markdown.write(record_sheet.page(found, notes, levels))
    people = " ".join(person.person_id for person in visit.participants)
    return Shown(view.audience, start, {record_sheet.PEOPLE: people, **levels, **marks})


def kept_summary_sheets(
    given: Settings, topics: Sequence[str], cities: Sequence[str], audience: str
) -> Generator[OpenSheet, None, None]:
    """Yield the sheets of the same cells that were not stored, newest first."""
    with viewing(given, audience) as view:
        purpose = _for_cells(view, topics, cities)
    yield from kept_sheets(given, purpose, audience)


@contextmanager
def open_summary_sheet(
    given: Settings, topics: Sequence[str], cities: Sequence[str], audience: str
) -> Iterator[OpenSheet]:
    """Write the cells of topics and cities (none = all with notes) into a new draft, held."""
    with viewing(given, audience) as view:
        cells = tuple(_cells(view, topics, cities))
        purpose = _for_cells(view, topics, cities)
    if not cells:
        raise NotFound(
            _("There are no notes there that could be summarised."),
            _("Enter notes first: fieldvisit record VISIT"),
        )
    tags = {one.box: cell_tag(one.cell, one.notes, one.summary) for one in cells}
    shown = Shown(audience, markdown.write(page(audience, cells)), tags)
    with open_sheet(given, purpose, shown) as opened:
        yield opened


def store_summary_sheet(given: Settings, opened: OpenSheet) -> ReadFile:
    """Store what is plain on the sheet, and let the rest wait, in one change."""
    arrival = Arrival(kind="comparison")
    reading = propose(given, summaries_on(opened), arrival)
    return store_reading(given, reading, arrival, command="summary edit")


def summaries_on(opened: OpenSheet) -> ReturnedFile:
    """Return what stands in the boxes, as in rows of a table, and what stands beside them."""
    file, tags = opened.file(), opened.shown.slots
    boxes = (replace(one, slot=tags[one.slot], column="summary") for one in file.pieces if one.slot)
    strays = [one for one in file.pieces if one.look and not one.slot]
    strays = [replace(one, look="") if one.look == "aside" else one for one in strays]
    return replace(file, pieces=(*boxes, *strays))


def _for_cells(view: StudyView, topics: Sequence[str], cities: Sequence[str]) -> Purpose:
    """Return what a sheet belongs to: the topics and cities that were asked for, if any."""
    places = sorted(str(find_address(view, typed)) for typed in topics)
    names = sorted(find_any_city(view, typed).code for typed in cities)
    return Purpose("summary edit", " ".join((*places, *names)))


def _cells(view: StudyView, topics: Sequence[str], cities: Sequence[str]) -> Iterator[SheetCell]:
    named = [find_address(view, typed) for typed in topics]
    codes = [find_any_city(view, typed).code for typed in cities] or sorted(view.cities)
    known, notes = summaries.summaries_by_cell(view), summaries.notes_by_cell(view)
    for topic in summaries.matrix_crosswalk(view).topics:
        for address in _addresses(topic, named, known):
            found = [(code, address) for code in codes if (code, address) in notes]
            across = (ACROSS, address)
            if not cities and (len(found) >= _SEVERAL or across in known):
                found.append(across)
            for cell in found:
                heads = _heads(view, topic, cell)
                yield SheetCell(cell, *heads, notes.get(cell, ()), known.get(cell))


def _addresses(
    topic: Topic, named: Sequence[Address], known: dict[Cell, StandingSummary]
) -> list[Address]:
    """Return the topic, and its questions that were named or have a summary."""
    whole = Address(topic.key)
    summarised = {address for _city, address in known}
    found = [] if named and whole not in named else [whole]
    for question in topic.questions:
        address = Address(topic.key, question.key)
        if address in named or (address in summarised and found):
            found.append(address)
    return found


def _heads(view: StudyView, topic: Topic, cell: Cell) -> tuple[str, str]:
    """Return the heads of a cell: of its topic, and of the city or question."""
    code, address = cell
    name = _("Across the cities")
    if code != ACROSS:
        name = wordings.city(view.cities[code], today())
    if address.question and (question := topic.question(address.question)):
        name = f"{name} {topic.number}/{question.number} {question.ask}"
    return f"{topic.number} {topic.title}", name
