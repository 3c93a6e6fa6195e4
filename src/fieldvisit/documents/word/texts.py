"""Paragraphs and frames of tables, put where they belong without looking styles up each time."""

from collections.abc import Sequence
from typing import TYPE_CHECKING, Protocol

from fieldvisit.documents.page import Box
from fieldvisit.documents.word.styles import (
    ANCHOR,
    ANSWER,
    BORDERED,
    LABEL,
    TEXT_WIDTH,
    Element,
    control,
    element,
    inside,
)
from fieldvisit.harmless import one_line, visible
from fieldvisit.review.carriers import box_bookmark

if TYPE_CHECKING:
    from docx.document import Document
    from docx.table import Table, _Cell
    from docx.text.paragraph import Paragraph


class _Container(Protocol):
    def add_paragraph(self) -> "Paragraph": ...


def style_id(name: str) -> str:
    """Return the id under which the library keeps the style ``name``."""
    return name.replace(" ", "")


def add_text(place: _Container, text: str, style: str = "", with_next: bool = False) -> "Paragraph":
    """Add a paragraph with ``text``, in which nothing acts; line breaks and tabs are kept.

    ``with_next``: it does not end a page.
    """
    paragraph = place.add_paragraph()
    _fill(paragraph, text, style)
    if with_next:
        inside(paragraph).get_or_add_pPr().get_or_add_keepNext()
    return paragraph


def put_texts(cell: "_Cell", texts: Sequence[str], style: str) -> None:
    """Put a paragraph for each of ``texts`` into a new, empty cell."""
    first, *others = texts or ("",)
    _fill(cell.paragraphs[0], first, style)
    for text in others:
        add_text(cell, text, style)


def add_frame(document: "Document", rows: int, widths: Sequence[float], style: str = "") -> "Table":
    """Add an empty table with columns of ``widths`` in millimetres."""
    from docx.oxml.table import CT_Tbl
    from docx.shared import Mm
    from docx.table import Table

    made = CT_Tbl.new_tbl(rows, len(widths), Mm(sum(widths)))
    document.element.body.sectPr.addprevious(made)
    made.tblStyle_val = style_id(style) or None
    table = Table(made, document)
    table.autofit = False
    _set_widths(made, [Mm(width) for width in widths])
    return table


def mark_place(paragraph: Element, number: int) -> None:
    """Put the bookmark of the tag ``number`` into a paragraph."""
    paragraph.append(element("bookmarkStart", id=str(number), name=box_bookmark(number)))
    paragraph.append(element("bookmarkEnd", id=str(number)))


def _set_widths(table: Element, widths: Sequence[int]) -> None:
    for column, width in zip(table.tblGrid.gridCol_lst, widths, strict=True):
        column.w = width
    for row in table.tr_lst:
        for cell, width in zip(row.tc_lst, widths, strict=True):
            cell.width = width


def _fill(paragraph: "Paragraph", text: str, style: str) -> None:
    if style:
        inside(paragraph).style = style_id(style)
    if text:
        paragraph.add_run(visible(text))


if TYPE_CHECKING:
    from docx.document import Document
    from docx.table import Table

_LINE = 340  # twentieths of a point: the height of one line of an answer
_LONGEST_NAME = 64


def add_box(document: "Document", box: Box, number: int) -> None:
    """Add the label and the frame; a tagged box also gets the bookmark ``number``.

    Each line of the box's text is a paragraph, so that typing on feels as in any letter. The
    control lies around the whole table: whatever is typed in the frame stands inside of it.
    """
    if box.label:
        add_text(document, box.label, LABEL)
    # An empty paragraph comes first in the control: LibreOffice 7.4 writes the first paragraph
    # of a control several times, and nobody types into this one.
    anchor = add_text(document, "", ANCHOR) if box.tag else None
    table = _frame(document, box)
    if anchor is not None:
        mark_place(inside(anchor), number)
        name = one_line(box.label).strip()[:_LONGEST_NAME]
        made, content = control(visible(box.tag), name, locked=True)
        inside(anchor).addprevious(made)
        content.extend((inside(anchor), inside(table)))


def _frame(document: "Document", box: Box) -> "Table":
    table = add_frame(document, 1, (TEXT_WIDTH,), BORDERED)
    row = table.rows[0]
    properties = inside(row).get_or_add_trPr()
    properties.append(element("cantSplit"))
    height = element("trHeight", val=str(max(1, box.lines) * _LINE), hRule="atLeast")
    properties.append(height)
    put_texts(row.cells[0], visible(box.text).split("\n"), ANSWER)
    return table
