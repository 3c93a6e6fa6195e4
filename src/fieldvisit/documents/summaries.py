"""Summaries: the list, and the history of one."""

from collections.abc import Iterable, Iterator, Mapping, Sequence

from msgspec import Struct

from fieldvisit.documents import shapes, wordings
from fieldvisit.documents.document import Document
from fieldvisit.documents.lists import listing
from fieldvisit.documents.page import (
    FRAME_IN_EDITOR,
    Block,
    Box,
    Bullets,
    Heading,
    Page,
    Paragraph,
)
from fieldvisit.documents.shapes import Shape
from fieldvisit.fieldwork.city import City
from fieldvisit.fieldwork.note import Note
from fieldvisit.fieldwork.study import Revision
from fieldvisit.fieldwork.summary import Cell, StandingSummary, Summary
from fieldvisit.fieldwork.terms import DISCLOSURES
from fieldvisit.language import _
from fieldvisit.review.tags import cell_id

Cities = Mapping[str, City]


def summary_list(
    found: Sequence[StandingSummary], cities: Cities, audience: str, *, narrowed: bool = False
) -> Document:
    """Return summaries in the order given, each with its notes and why it is stale."""
    none_yet = _("There are no summaries yet. Write them with: fieldvisit summary edit")
    return listing(
        "summaries",
        _("Summaries"),
        found,
        (
            ("place", _("topic"), lambda one: str(one.address)),
            ("city", _("city"), lambda one: _city_name(one.summary, cities)),
            ("body", _("summary"), lambda one: one.summary.body),
            ("stale", _("to be looked at again"), wordings.staleness),
            ("disclosure", _("disclosure"), wordings.summary_level),
            ("notes", _("notes under the summary"), lambda one: wordings.handles(one.notes)),
            ("by", _("written by"), lambda one: one.summary.by),
            ("updated_at", _("last change"), lambda one: wordings.moment(one.summary.updated_at)),
        ),
        ("summaries", lambda one: shapes.summary(one, _city(one.summary, cities))),
        about={"audience": audience},
        empty=_("No summary fits.") if narrowed else none_yet,
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
        revisions,
        (
            ("place", _("topic"), lambda one: str(one[1].address)),
            ("city", _("city"), lambda one: _city_name(one[1], cities)),
            ("number", _("no."), lambda one: one[0].number),
            ("at", _("time"), lambda one: wordings.moment(one[0].at)),
            ("by", _("by"), lambda one: one[0].by),
            ("disclosure", _("disclosure"), lambda one: DISCLOSURES.word(one[1].disclosure)),
            ("body", _("text"), lambda one: wordings.text_of(one[1])),
            ("notes", _("notes under the summary"), lambda one: " ".join(_under(one[1], handles))),
        ),
        ("revisions", lambda one: _revision_shape(*one, cities, handles)),
        about={"audience": audience},
        empty=_("Nothing of its history is for this audience."),
    )


def _revision_shape(
    revision: Revision, then: Summary, cities: Cities, handles: Mapping[str, str]
) -> Shape:
    of = _city(then, cities)
    return {
        **shapes.revision(revision),
        "city": shapes.city_name(of) if of else None,
        **shapes.taken(then.address, "topic", "question"),
        **{name: getattr(then, name) for name in ("body", "disclosure", "deleted")},
        "notes": _under(then, handles),
    }


def _under(summary: Summary, handles: Mapping[str, str]) -> list[str]:
    return [handles[one.note_id] for one in summary.seen if one.rests and one.note_id in handles]


def _city(summary: Summary, cities: Cities) -> City | None:
    return cities[summary.city_code] if summary.city_code else None


def _city_name(summary: Summary, cities: Cities) -> str:
    city = _city(summary, cities)
    return city.name if city else _("across the cities")


_LINES = 3


class SheetCell(Struct, frozen=True):
    """A cell of the sheet: its heads, the notes in it, and the summary that is there."""

    cell: Cell
    topic: str
    name: str
    notes: tuple[Note, ...]
    summary: StandingSummary | None

    @property
    def box(self) -> str:
        """Return the tag of its box."""
        return f"cell-{cell_id(self.cell)[-12:]}"


def page(audience: str, cells: Iterable[SheetCell]) -> Page:
    """Return the sheet of cells in their order, as ``audience`` may see them."""
    return Page(tuple(_blocks(audience, cells)))


def _blocks(audience: str, cells: Iterable[SheetCell]) -> Iterator[Block]:
    yield Heading(1, _("Summaries"))
    yield Paragraph(wordings.audience_line(audience), quiet=True)
    yield Paragraph(
        _("Write each summary into its box, between the two lines that frame it. A box left empty "
          "stores and deletes nothing. A summary rests on the notes above it, but for remarks and "
          "what is off the record; one for which notes were chosen rests on these.")
    )  # fmt: skip
    topic = ""
    for one in cells:
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
    yield Box(_("Summary"), _LINES, one.box, body, FRAME_IN_EDITOR)
