"""The sheet on which summaries are written: per cell its notes, and a box below."""

from collections.abc import Iterator

from fieldvisit.documents import wordings
from fieldvisit.documents.page import Block, Box, Bullets, Heading, Page, Paragraph
from fieldvisit.fieldwork.sheets.summary_sheet import SheetCell, SummarySheet
from fieldvisit.language import _

_LINES = 3
_FRAME = 8  # longer than the fences that people type into a text


def page(sheet: SummarySheet) -> Page:
    """Return the sheet."""
    return Page(tuple(_blocks(sheet)))


def _blocks(sheet: SummarySheet) -> Iterator[Block]:
    yield Heading(1, _("Summaries"))
    yield Paragraph(wordings.audience_line(sheet.audience), quiet=True)
    yield Paragraph(
        _("Write each summary into its box, between the two lines that frame it. A box left empty "
          "stores and deletes nothing. A summary rests on the notes above it, but for remarks and "
          "what is off the record; one for which notes were chosen rests on these.")
    )  # fmt: skip
    topic = ""
    for one in sheet.cells:
        if one.topic != topic:
            yield Heading(2, one.topic)
            topic = one.topic
        yield from _cell(one)


def _cell(one: SheetCell) -> Iterator[Block]:
    yield Heading(3, one.name)
    yield Bullets(tuple(wordings.statement(note) for note in one.notes))
    stale = wordings.staleness(one.summary) if one.summary else ""
    if stale:
        yield Paragraph(wordings.labelled(_("to be looked at again"), stale))
    body = one.summary.summary.body if one.summary else ""
    yield Box(_("Summary"), _LINES, one.box, body, _FRAME)
