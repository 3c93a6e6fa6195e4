"""Word: a page in A4 that can be filled in, sent round and read again.

The same page gives the same bytes. No text of a page acts: there are no links, and no fields but
the numbers of pages.
"""

import io
import zipfile
from collections.abc import Mapping, Sequence
from typing import TYPE_CHECKING
from xml.sax.saxutils import escape, quoteattr

from fieldvisit.documents.page import Block, Box, Bullets, Facts, Heading, Page, Paragraph, Table
from fieldvisit.documents.page_texts import printed
from fieldvisit.documents.word.styles import GAP, QUIET, blank, control, element
from fieldvisit.documents.word.tables import add_facts, add_table
from fieldvisit.documents.word.texts import add_box, add_text
from fieldvisit.harmless import one_line, visible
from fieldvisit.optional import missing_library
from fieldvisit.review.carriers import (
    OWN_VARIABLE,
    SHEET_PROPERTY,
    box_property,
    listed,
    own_properties,
)

if TYPE_CHECKING:
    from docx.document import Document

_FIRST_DAY = (1980, 1, 1, 0, 0, 0)
_FORMAT = "{D5CDD505-2E9C-101B-9397-08002B2CF9AE}"  # the standard's one for properties of users
_OF_OFFICE = "http://schemas.openxmlformats.org/officeDocument/2006"
_ALL = (
    '<?xml version="1.0" encoding="UTF-8" standalone="yes"?>\n'
    f'<Properties xmlns="{_OF_OFFICE}/custom-properties" xmlns:vt="{_OF_OFFICE}/docPropsVTypes">'
    "{}</Properties>"
)
_TYPE = "application/vnd.openxmlformats-officedocument.custom-properties+xml"


def add_properties(document: "Document", values: Mapping[str, str]) -> None:
    """Put ``values`` into the document's properties, where other programs keep them."""
    from docx.opc.packuri import PackURI
    from docx.opc.part import Part

    listed = "".join(
        f'<property fmtid="{_FORMAT}" pid="{number}" name={quoteattr(name)}>'
        f"<vt:lpwstr>{escape(visible(value))}</vt:lpwstr></property>"
        for number, (name, value) in enumerate(values.items(), start=2)
    )
    package = document.part.package
    part = Part(PackURI("/docProps/custom.xml"), _TYPE, _ALL.format(listed).encode(), package)
    package.relate_to(part, f"{_OF_OFFICE}/relationships/custom-properties")


def whole(document: "Document") -> bytes:
    """Return the document as a file that says nothing of when or where it was written."""
    written, made = io.BytesIO(), io.BytesIO()
    document.save(written)
    with zipfile.ZipFile(written) as parts, zipfile.ZipFile(made, "w") as out:
        for name in parts.namelist():
            entry = zipfile.ZipInfo(name, _FIRST_DAY)
            entry.compress_type, entry.create_system = zipfile.ZIP_DEFLATED, 0
            out.writestr(entry, parts.read(name))
    return made.getvalue()


def write(page: Page) -> bytes:
    """Return the page as a .docx file; raises MissingLibrary where python-docx is absent."""
    try:
        document = blank(page.head)
    except ImportError as error:
        raise missing_library("docx") from error
    tags: list[str] = []
    for block, kept in zip(page.blocks, _kept(page.blocks), strict=True):
        _add(document, block, len(tags), kept)
        if isinstance(block, Box | Table):
            tags += block.tags if isinstance(block, Table) else filter(None, [block.tag])
    if page.sheet or tags:
        _carry(document, page, tags)
    return whole(document)


def _kept(blocks: Sequence[Block]) -> list[bool]:
    """Tell which texts lead to a box: they stay on its page, as their heading stays on theirs."""
    kept, box_follows = [], False
    for block in reversed(blocks):
        kept.append(box_follows and isinstance(block, Paragraph | Bullets))
        box_follows = kept[-1] or isinstance(block, Box)
    return kept[::-1]


def _add(document: "Document", block: Block, tags: int, kept: bool) -> None:
    """Add a block; so many tags are in use already."""
    match block:
        case Heading(level, text):
            add_text(document, one_line(text), f"Heading {min(level, 4)}")
        case Paragraph(text, quiet):
            add_text(document, text, QUIET if quiet else "", kept)
        case Bullets(items):
            for item in items:
                add_text(document, item, "List Bullet", kept)
        case Facts(items) if items:
            add_facts(document, block)
        case Table(head) if head:
            add_table(document, block, tags)
        case Box():
            add_box(document, block, tags + 1)
    if isinstance(block, Facts | Table | Box):
        # Two tables without a paragraph between are one for Word.
        add_text(document, "", GAP)


def _carry(document: "Document", page: Page, tags: Sequence[str]) -> None:
    """Let the sheet's tag travel: in the properties, and in a control around the first words.

    Offices take properties out before they send a file; LibreOffice takes tags out of controls.
    """
    from docx.oxml.ns import qn

    boxes = {box_property(number): tag for number, tag in enumerate(tags, start=1)}
    own = listed([(page.head, ""), *printed(page.blocks, by_line=False)])
    add_properties(document, {SHEET_PROPERTY: page.sheet} | dict(own_properties(own)) | boxes)
    variables = element("docVars")
    variables.append(element("docVar", name=OWN_VARIABLE, val=own))
    document.settings.element.find(qn("w:compat")).addnext(variables)
    words = document.element.body[0].find(qn("w:r"))
    if page.sheet and words is not None:
        made, content = control(visible(page.sheet))
        words.addprevious(made)
        content.append(words)
