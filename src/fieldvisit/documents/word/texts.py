"""Paragraphs and frames of tables, put where they belong without looking styles up each time."""

from collections.abc import Sequence
from typing import TYPE_CHECKING, Protocol

from fieldvisit.documents.word.xml import Element, element, inside
from fieldvisit.fieldwork.sheets.word_carriers import box_bookmark
from fieldvisit.harmless import visible

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
