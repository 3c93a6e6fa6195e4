"""Summaries: the list, and the history of one."""

from collections.abc import Iterator, Mapping, Sequence

from fieldvisit.documents import shapes, wordings
from fieldvisit.documents.document import Document
from fieldvisit.documents.grid import Column, Value
from fieldvisit.documents.lists import listing
from fieldvisit.documents.page import Block, Box, Bullets, Heading, Page, Paragraph
from fieldvisit.documents.shapes import Shape
from fieldvisit.fieldwork.city import City
from fieldvisit.fieldwork.matrix import StandingSummary
from fieldvisit.fieldwork.sheets.summary_sheet import SheetCell, SummarySheet
from fieldvisit.fieldwork.study import Revision
from fieldvisit.fieldwork.summary import Summary
from fieldvisit.fieldwork.terms import DISCLOSURES
from fieldvisit.language import _

Cities = Mapping[str, City]


def summary_list(
    found: Sequence[StandingSummary], cities: Cities, audience: str, *, narrowed: bool = False
) -> Document:
    """Return summaries in the order given, each with its notes and why it is stale."""
    none_yet = _("There are no summaries yet. Write them with: fieldvisit summary edit")
    return listing(
        "summaries",
        _("Summaries"),
        (
            Column("place", _("topic")),
            Column("city", _("city")),
            Column("body", _("summary")),
            Column("stale", _("to be looked at again")),
            Column("disclosure", _("disclosure")),
            Column("notes", _("notes under the summary")),
            Column("by", _("written by")),
            Column("updated_at", _("last change")),
        ),
        (_row(one, cities) for one in found),
        lambda: {
            "audience": audience,
            "summaries": [shapes.summary(one, _city(one.summary, cities)) for one in found],
        },
        head=[wordings.audience_line(audience)],
        empty=_("No summary fits.") if narrowed else none_yet,
    )


def _row(one: StandingSummary, cities: Cities) -> tuple[Value, ...]:
    return (
        str(one.address),
        _city_name(one.summary, cities),
        one.summary.body,
        wordings.staleness(one) or None,
        wordings.summary_level(one),
        " ".join(note.handle for note in one.notes) or None,
        one.summary.by or None,
        wordings.moment(one.summary.updated_at),
    )


def summary_history(
    revisions: Sequence[tuple[Revision, Summary]],
    cities: Cities,
    handles: Mapping[str, str],
    audience: str,
) -> Document:
    """Return how a summary came to stand as it does, oldest first; ``handles`` are by note."""
    return listing(
        "summary-history",
        _("History of the summary"),
        _history_columns(),
        (
            (*_history_row(revision, then, cities), " ".join(_under(then, handles)) or None)
            for revision, then in revisions
        ),
        lambda: {
            "audience": audience,
            "revisions": [
                {**_revision_shape(revision, then, cities), "notes": _under(then, handles)}
                for revision, then in revisions
            ],
        },
        head=[wordings.audience_line(audience)],
        empty=_("Nothing of its history is for this audience."),
    )


def _history_columns() -> tuple[Column, ...]:
    return (
        Column("place", _("topic")),
        Column("city", _("city")),
        Column("number", _("no.")),
        Column("at", _("time")),
        Column("by", _("by")),
        Column("disclosure", _("disclosure")),
        Column("body", _("text")),
        Column("notes", _("notes under the summary")),
    )


def _history_row(revision: Revision, then: Summary, cities: Cities) -> tuple[Value, ...]:
    return (
        str(then.address),
        _city_name(then, cities),
        revision.number,
        wordings.moment(revision.at),
        revision.by or None,
        DISCLOSURES.word(then.disclosure),
        wordings.text_of(then),
    )


def _revision_shape(revision: Revision, then: Summary, cities: Cities) -> Shape:
    of = _city(then, cities)
    return {
        **shapes.revision(revision),
        "city": shapes.city_name(of) if of else None,
        "topic": then.address.topic,
        "question": then.address.question,
        "body": then.body,
        "disclosure": then.disclosure,
        "deleted": then.deleted,
    }


def _under(summary: Summary, handles: Mapping[str, str]) -> list[str]:
    return [handles[one.note_id] for one in summary.seen if one.rests and one.note_id in handles]


def _city(summary: Summary, cities: Cities) -> City | None:
    return cities[summary.city_code] if summary.city_code else None


def _city_name(summary: Summary, cities: Cities) -> str:
    city = _city(summary, cities)
    return city.name if city else _("across the cities")


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
