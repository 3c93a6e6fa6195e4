"""Word: a page in A4 that can be filled in, sent round and read again.

The same page gives the same bytes. No text of a page acts: there are no links, and no fields but
the numbers of pages.
"""

import io
from collections.abc import Iterable, Iterator, Mapping, Sequence
from xml.sax.saxutils import escape, quoteattr

import docx.table
from docx.document import Document
from docx.opc.packuri import PackURI
from docx.opc.part import Part
from docx.oxml.ns import qn
from docx.oxml.table import CT_Tbl
from docx.shared import Mm
from docx.text.paragraph import Paragraph as DocxParagraph

from fieldvisit.documents import page as pages
from fieldvisit.documents import word_looks as looks
from fieldvisit.documents.packed import undated
from fieldvisit.documents.page import Block, Box, Bullets, Facts, Heading, Page, Paragraph, Table
from fieldvisit.documents.word_looks import TEXT_WIDTH, Element, control, element, inside
from fieldvisit.harmless import one_line, visible
from fieldvisit.review import carriers
from fieldvisit.review.carriers import listed
from fieldvisit.text import width

_FORMAT = "{D5CDD505-2E9C-101B-9397-08002B2CF9AE}"  # the standard's one for properties of users
_OF_OFFICE = "http://schemas.openxmlformats.org/officeDocument/2006"
_ALL = (
    '<?xml version="1.0" encoding="UTF-8" standalone="yes"?>\n'
    f'<Properties xmlns="{_OF_OFFICE}/custom-properties" xmlns:vt="{_OF_OFFICE}/docPropsVTypes">'
    "{}</Properties>"
)
_TYPE = "application/vnd.openxmlformats-officedocument.custom-properties+xml"

_NAMES = 35  # millimetres for the names of facts
_NARROWEST, _WIDEST = 6, 60  # half-width characters that a column counts for
_LINE = 340  # twentieths of a point: the height of one line of an answer
_LONGEST_NAME = 64


def _add_properties(document: Document, values: Mapping[str, str]) -> None:
    """Put ``values`` into the document's properties, where other programs keep them."""
    listed = "".join(
        f'<property fmtid="{_FORMAT}" pid="{number}" name={quoteattr(name)}>'
        f"<vt:lpwstr>{escape(visible(value))}</vt:lpwstr></property>"
        for number, (name, value) in enumerate(values.items(), start=2)
    )
    package = document.part.package
    part = Part(PackURI("/docProps/custom.xml"), _TYPE, _ALL.format(listed).encode(), package)
    package.relate_to(part, f"{_OF_OFFICE}/relationships/custom-properties")


def write(page: Page) -> bytes:
    """Return the page as a .docx file."""
    document = looks.blank(page.head)
    tags: list[str] = []
    for block, kept in zip(page.blocks, _kept(page.blocks), strict=True):
        _add(document, block, len(tags), kept)
        if isinstance(block, Box | Table):
            tags += block.tags if isinstance(block, Table) else filter(None, [block.tag])
    if page.sheet or tags:
        _carry(document, page, tags)
    written = io.BytesIO()
    document.save(written)
    return undated(written.getvalue(), lambda _name, data: data)


def _kept(blocks: Sequence[Block]) -> list[bool]:
    """Tell which texts lead to a box: they stay on its page, as their heading stays on theirs."""
    kept, box_follows = [], False
    for block in reversed(blocks):
        kept.append(box_follows and isinstance(block, Paragraph | Bullets))
        box_follows = kept[-1] or isinstance(block, Box)
    return kept[::-1]


def _add(document: Document, block: Block, tags: int, kept: bool) -> None:
    """Add a block; so many tags are in use already."""
    match block:
        case Heading(level, text):
            _add_text(document, one_line(text), f"Heading {min(level, 4)}")
        case Paragraph(text, quiet):
            _add_text(document, text, looks.QUIET if quiet else "", kept)
        case Bullets(items):
            for item in items:
                _add_text(document, item, "List Bullet", kept)
        case Facts(items) if items:
            _add_facts(document, block)
        case Table(head) if head:
            _add_table(document, block, tags)
        case Box():
            _add_box(document, block, tags + 1)
    if isinstance(block, Facts | Table | Box):
        # Two tables without a paragraph between are one for Word.
        _add_text(document, "", looks.GAP)


def _carry(document: Document, page: Page, tags: Sequence[str]) -> None:
    """Let the sheet's tag travel: in the properties, and in a control around the first words.

    Offices take properties out before they send a file; LibreOffice takes tags out of controls.
    """
    boxes = {carriers.box_property(number): tag for number, tag in enumerate(tags, start=1)}
    own = listed([(page.head, ""), *pages.printed(page.blocks, by_line=False)])
    _add_properties(
        document, {carriers.SHEET_PROPERTY: page.sheet} | dict(carriers.own_properties(own)) | boxes
    )
    variables = element("docVars")
    variables.append(element("docVar", name=carriers.OWN_VARIABLE, val=own))
    document.settings.element.find(qn("w:compat")).addnext(variables)
    words = document.element.body[0].find(qn("w:r"))
    if page.sheet and words is not None:
        made, content = control(visible(page.sheet))
        words.addprevious(made)
        content.append(words)


def _add_facts(document: Document, facts: Facts) -> None:
    """Add names in bold beside what they stand for."""
    table = _add_frame(document, len(facts.items), (_NAMES, TEXT_WIDTH - _NAMES))
    for row, (name, value) in zip(table.rows, facts.items, strict=True):
        _keep_whole(row)
        left, right = row.cells
        _put_texts(left, (name,), looks.TABLE_HEAD)
        _put_texts(right, (value,), looks.TABLE_TEXT)


def _add_table(document: Document, table: Table, number: int = 0) -> None:
    """Add a table with borders; its head comes again on each page.

    The rows of one with tags get bookmarks, those after ``number``.
    """
    made = _add_frame(document, 1 + len(table.rows), tuple(_widths(table)), looks.BORDERED)
    head, *rows = made.rows
    _head(head, table.head)
    for row, cells in zip(rows, table.rows, strict=True):
        _keep_whole(row)
        for place, cell in zip(row.cells, cells, strict=True):
            _put_texts(place, cell, looks.TABLE_TEXT)
    for at, (row, tag) in enumerate(zip(rows, table.tags, strict=False), start=number + 1):
        _tag(row, tag, at)


def _tag(row: docx.table._Row, tag: str, number: int) -> None:
    """Let the tag of a row travel: in a control around its first words, and by a bookmark."""
    paragraph = inside(row.cells[0].paragraphs[0])
    made, content = control(visible(tag))
    words = paragraph.r_lst
    _mark_place(paragraph, number)
    if words:
        words[0].addprevious(made)
        content.extend(words)


def _head(row: docx.table._Row, head: Iterable[str]) -> None:
    _keep_whole(row)
    inside(row).trPr.append(element("tblHeader"))
    for place, text in zip(row.cells, head, strict=True):
        _put_texts(place, (text,), looks.TABLE_HEAD)
        shade = element("shd", val="clear", color="auto", fill="EDEDED")
        inside(place).get_or_add_tcPr().append(shade)


def _keep_whole(row: docx.table._Row) -> None:
    inside(row).get_or_add_trPr().append(element("cantSplit"))


def _widths(table: Table) -> Iterator[float]:
    """Yield millimetres for each column: as said, else by the longest line within bounds."""
    columns = zip(((text,) for text in table.head), *table.rows, strict=True)
    counts = table.widths or [min(_WIDEST, max(_NARROWEST, *map(_longest, c))) for c in columns]
    for count in counts:
        yield TEXT_WIDTH * count / sum(counts)


def _longest(cell: Sequence[str]) -> int:
    # Beyond the widest column nothing changes: long notes are not counted to their end.
    return max((width(line[:_WIDEST]) for t in cell for line in t.split("\n")), default=0)


def _add_text(
    place: Document | docx.table._Cell, text: str, style: str = "", with_next: bool = False
) -> DocxParagraph:
    """Add a paragraph with ``text``, in which nothing acts; line breaks and tabs are kept.

    ``with_next``: it does not end a page.
    """
    paragraph = _filled(place.add_paragraph(), text, style)
    if with_next:
        inside(paragraph).get_or_add_pPr().get_or_add_keepNext()
    return paragraph


def _put_texts(cell: docx.table._Cell, texts: Sequence[str], style: str) -> None:
    """Put a paragraph for each of ``texts`` into a new, empty cell."""
    first, *others = texts or ("",)
    _filled(cell.paragraphs[0], first, style)
    for text in others:
        _add_text(cell, text, style)


def _add_frame(
    document: Document, rows: int, widths: Sequence[float], style: str = ""
) -> docx.table.Table:
    """Add an empty table with columns of ``widths`` in millimetres."""
    made = CT_Tbl.new_tbl(rows, len(widths), Mm(sum(widths)))
    document.element.body.sectPr.addprevious(made)
    made.tblStyle_val = style.replace(" ", "") or None  # the id under which the library keeps it
    table = docx.table.Table(made, document)
    table.autofit = False
    for column, wide in zip(made.tblGrid.gridCol_lst, map(Mm, widths), strict=True):
        column.w = wide
    for row in made.tr_lst:
        for cell, wide in zip(row.tc_lst, map(Mm, widths), strict=True):
            cell.width = wide
    return table


def _mark_place(paragraph: Element, number: int) -> None:
    """Put the bookmark of the tag ``number`` into a paragraph."""
    paragraph.append(element("bookmarkStart", id=str(number), name=carriers.box_bookmark(number)))
    paragraph.append(element("bookmarkEnd", id=str(number)))


def _filled(paragraph: DocxParagraph, text: str, style: str) -> DocxParagraph:
    if style:
        inside(paragraph).style = style.replace(" ", "")
    if text:
        paragraph.add_run(visible(text))
    return paragraph


def _add_box(document: Document, box: Box, number: int) -> None:
    """Add the label and the frame; a tagged box also gets the bookmark ``number``.

    Each line of the box's text is a paragraph, so that typing on feels as in any letter. The
    control lies around the whole table: whatever is typed in the frame stands inside of it.
    """
    if box.label:
        _add_text(document, box.label, looks.LABEL)
    # An empty paragraph comes first in the control: LibreOffice 7.4 writes the first paragraph
    # of a control several times, and nobody types into this one.
    anchor = _add_text(document, "", looks.ANCHOR) if box.tag else None
    table = _add_frame(document, 1, (TEXT_WIDTH,), looks.BORDERED)
    row = table.rows[0]
    _keep_whole(row)
    height = element("trHeight", val=str(max(1, box.lines) * _LINE), hRule="atLeast")
    inside(row).trPr.append(height)
    _put_texts(row.cells[0], visible(box.text).split("\n"), looks.ANSWER)
    if anchor is not None:
        _mark_place(inside(anchor), number)
        name = one_line(box.label).strip()[:_LONGEST_NAME]
        made, content = control(visible(box.tag), name, locked=True)
        inside(anchor).addprevious(made)
        content.extend((inside(anchor), inside(table)))
