"""`summary edit`: the sheet of cells in an editor's hands."""

import hashlib
from collections.abc import Generator, Iterator, Sequence
from contextlib import contextmanager

from msgspec import Struct
from msgspec.structs import replace

from fieldvisit.actions.summarising.summaries import (
    matrix_crosswalk,
    notes_by_cell,
    summaries_by_cell,
)
from fieldvisit.documents import wordings
from fieldvisit.documents.formats import markdown
from fieldvisit.documents.summaries import page
from fieldvisit.errors import NotFound
from fieldvisit.exchange.markdown_sheet import page_of
from fieldvisit.fieldwork.disclosure import tighter
from fieldvisit.fieldwork.draft import Purpose
from fieldvisit.fieldwork.guide import Address, Topic
from fieldvisit.fieldwork.summary import ACROSS, Cell, StandingSummary
from fieldvisit.language import _
from fieldvisit.review.pieces import ReturnedFile
from fieldvisit.review.summary_sheet import (
    SheetCell,
    SummarySheet,
    audience_of,
    pieces_of,
)
from fieldvisit.settings import Settings
from fieldvisit.study.drafts import Draft, drop, new_draft, offered
from fieldvisit.study.references import find_address, find_any_city
from fieldvisit.study.view import StudyView, today, viewing

_SEVERAL = 2


class OpenSheet(Struct, frozen=True):
    """A sheet in a person's hands: its draft; ``kept`` is what was shown in its boxes."""

    draft: Draft
    kept: str
    start: str

    def was_left_alone(self) -> bool:
        """Tell whether nothing was written into it."""
        return self.draft.was_left_alone(self.start)


def kept_sheets(
    given: Settings, topics: Sequence[str], cities: Sequence[str], audience: str
) -> Generator[OpenSheet, None, None]:
    """Yield the sheets of the same cells that were not stored, newest first.

    None that shows more than is allowed; one that was never written in goes.
    """
    with viewing(given, audience) as view:
        purpose = _purpose(view, topics, cities)
    for draft in offered(given.study(), purpose):
        kept, _line_end, start = draft.purpose.shown.partition("\n")
        found = OpenSheet(draft, kept, start)
        if found.was_left_alone():
            drop(draft)
        elif tighter(audience_of(kept), audience) == audience_of(kept):
            yield found


def _purpose(view: StudyView, topics: Sequence[str], cities: Sequence[str]) -> Purpose:
    """Return what a sheet belongs to: the topics and cities that were asked for, if any."""
    places = sorted(str(find_address(view, typed)) for typed in topics)
    names = sorted(find_any_city(view, typed).code for typed in cities)
    return Purpose("summary edit", " ".join((*places, *names)))


@contextmanager
def open_sheet(
    given: Settings, topics: Sequence[str], cities: Sequence[str], audience: str
) -> Iterator[OpenSheet]:
    """Write the cells of topics and cities (none = all with notes) into a new draft, held."""
    with viewing(given, audience) as view:
        sheet = SummarySheet(audience, tuple(_cells(view, topics, cities)))
        purpose = _purpose(view, topics, cities)
    if not sheet.cells:
        raise NotFound(
            _("There are no notes there that could be summarised."),
            _("Enter notes first: fieldvisit record VISIT"),
        )
    start, kept = markdown.write(page(sheet)), sheet.kept()
    purpose = replace(purpose, shown=f"{kept}\n{start}")
    with new_draft(given.study(), purpose, ".md", start.encode()) as draft:
        yield OpenSheet(draft, kept, start)


def read_sheet(opened: OpenSheet) -> ReturnedFile:
    """Return what the draft holds by now."""
    name, text = opened.draft.name, opened.draft.text()
    ours = {line.text for line in page_of(opened.start, name).lines if not line.box}
    pieces = tuple(pieces_of(page_of(text, name), opened.kept, ours))
    digest = hashlib.sha256(text.encode()).hexdigest()
    return ReturnedFile(str(opened.draft.path), digest, "", pieces)


def _cells(view: StudyView, topics: Sequence[str], cities: Sequence[str]) -> Iterator[SheetCell]:
    named = [find_address(view, typed) for typed in topics]
    codes = [find_any_city(view, typed).code for typed in cities] or sorted(view.cities)
    known, notes = summaries_by_cell(view), notes_by_cell(view)
    for topic in matrix_crosswalk(view).topics:
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
