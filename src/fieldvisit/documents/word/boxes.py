"""Boxes of a Word page: a frame to write in, inside a content control that carries the tag."""

from typing import TYPE_CHECKING

from fieldvisit.documents.page import Box
from fieldvisit.documents.word.blank import TEXT_WIDTH
from fieldvisit.documents.word.styles import ANCHOR, ANSWER, BORDERED, LABEL
from fieldvisit.documents.word.texts import add_frame, add_text, mark_place, put_texts
from fieldvisit.documents.word.xml import control, element, inside
from fieldvisit.harmless import one_line, visible

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
