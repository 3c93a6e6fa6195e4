"""Sheets in an editor's hands (`record`, `summary edit`): opened, kept, what stands in them."""

import hashlib
from collections import Counter
from collections.abc import Generator, Iterator, Sequence
from contextlib import contextmanager
from itertools import chain

import msgspec
from msgspec import Struct
from msgspec.structs import replace

from fieldvisit.actions import summaries
from fieldvisit.actions.coverage import preparation
from fieldvisit.actions.read_files import ReadFile, propose, store_reading
from fieldvisit.documents import field_sheet, wordings
from fieldvisit.documents.formats import markdown
from fieldvisit.documents.summaries import SheetCell, page
from fieldvisit.errors import NotFound, Refused
from fieldvisit.exchange.markdown import pieces_of
from fieldvisit.fieldwork.disclosure import tighter
from fieldvisit.fieldwork.draft import Purpose
from fieldvisit.fieldwork.guide import Address, Topic
from fieldvisit.fieldwork.note import default_disclosure
from fieldvisit.fieldwork.summary import ACROSS, Cell, StandingSummary
from fieldvisit.fieldwork.visit import Visit
from fieldvisit.language import _
from fieldvisit.review.item import Arrival
from fieldvisit.review.pieces import OWN, Piece, ReturnedFile
from fieldvisit.review.tags import Tag, box_tag, cell_tag, note_tag
from fieldvisit.settings import Settings
from fieldvisit.storage import queries
from fieldvisit.study.drafts import Draft, drop, new_draft, offered
from fieldvisit.study.references import find_address, find_any_city, find_visit
from fieldvisit.study.view import StudyView, today, viewing


class Shown(Struct, frozen=True):
    """What a sheet showed: its text as it was opened, and for which audience.

    ``slots`` says of the slot of each box what the program needs to know when it comes back;
    ``prefix`` is the beginning of those of places, which does not stand in the sheet.
    """

    audience: str
    start: str
    slots: dict[str, str]
    prefix: str = ""


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

    def file(self) -> ReturnedFile:
        """Return what stands in it by now; the same text in another sheet is another file."""
        loose = (piece for piece in self._pieces(self.start) if not piece.slot)
        printed = Counter((piece.text, piece.look) for piece in loose)
        pieces = []
        for piece in self._pieces(self.draft.text()):
            said = piece.text, piece.look
            is_ours = not piece.slot and (printed[said] > 0 or not piece.text.strip())
            printed[said] -= is_ours
            pieces.append(replace(piece, look=OWN) if is_ours else piece)
        path, shown = str(self.draft.path), self.shown.slots
        return ReturnedFile(path, self.sha256(), "", tuple(pieces), shown)

    def sha256(self) -> str:
        """Return what tells what stands in it from any other file."""
        said = f"{self.draft.purpose.change}{self.draft.text()}"
        return hashlib.sha256(said.encode()).hexdigest()

    def _pieces(self, text: str) -> Iterator[Piece]:
        for piece in pieces_of(text, self.draft.name)[1]:
            named = f"{self.shown.prefix}{piece.slot}"
            yield replace(piece, slot=named) if named in self.shown.slots else piece


def kept_sheets(
    given: Settings, purpose: Purpose, audience: str
) -> Generator[OpenSheet, None, None]:
    """Yield the sheets of the same that were not stored, newest first.

    One that somebody is working on is left alone, and one that shows more than ``audience`` may
    see is not offered. One that is stored already, or was never written in, goes.
    """
    for draft in offered(given.study(), purpose):
        found = OpenSheet(draft, _shown(draft))
        if found.was_left_alone() or _is_stored(given, found):
            drop(draft)
        elif tighter(found.shown.audience, audience) == found.shown.audience:
            yield found


def _is_stored(given: Settings, sheet: OpenSheet) -> bool:
    """Tell whether what stands in a sheet became items, though a crash may have left its draft."""
    if not sheet.draft.is_text():
        return False
    with viewing(given, "all") as view:
        return bool(queries.items(view.connection, sha256=sheet.sha256()))


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
    levels = {
        place: default_disclosure("statement", view.usual_level((place,) if place else (), visit))
        for place in (None, *found.addresses)
    }
    slots = {box_tag(visit.id, place): level for place, level in levels.items()}
    for note in chain(found.unsorted, *found.placed.values()):
        slots[note_tag(note)] = field_sheet.note_marks(note)
    start = markdown.write(field_sheet.in_editor(found, levels))
    return Shown(view.audience, start, slots, str(Tag("box", visit.id)))


def store_record(given: Settings, opened: OpenSheet) -> ReadFile:
    """Store what is plain on the sheet, and let the rest wait, in one change."""
    arrival = Arrival(visit=opened.draft.purpose.target, kind="sheet")
    return store_reading(given, propose(given, opened.file(), arrival), arrival, command="record")


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
    boxes = (
        replace(one, slot=tags[one.slot], column="summary")
        for one in file.pieces
        if one.slot in tags
    )
    strays = (
        replace(one, slot="", text=one.mark + one.text)
        for one in file.pieces
        if one.slot not in tags and one.look != OWN
    )
    return replace(file, pieces=(*boxes, *strays), shown={})


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
