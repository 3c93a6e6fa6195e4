"""An empty Word document: A4, our styles, and nothing that says who wrote it or when."""

from datetime import datetime
from typing import TYPE_CHECKING

from fieldvisit.documents.word.styles import set_styles
from fieldvisit.documents.word.xml import Element, element, inside, removed
from fieldvisit.harmless import visible

if TYPE_CHECKING:
    from docx.document import Document
    from docx.opc.rel import Relationships
    from docx.section import Section

_MARGIN, _BESIDE = 20, 10  # millimetres: around the text, and from the edge to head and foot
TEXT_WIDTH = 210 - 2 * _MARGIN
# Parts of the library's template that a page has no use for.
_LEFT_OUT = ("thumbnail", "customXml", "stylesWithEffects")
_DAY = datetime(2000, 1, 1)  # noqa: DTZ001 - the format's dates bear no zone
_APP = (
    b'<?xml version="1.0" encoding="UTF-8" standalone="yes"?>\n<Properties xmlns="http://schemas.'
    b'openxmlformats.org/officeDocument/2006/extended-properties"/>'
)


def blank(head: str) -> "Document":
    """Return a new python-docx document with ``head`` on top of each page, its number below."""
    import docx

    document = docx.Document()
    set_styles(document)
    _paper(document.sections[0])
    _leave_out(document.part.rels)
    _leave_out(document.part.package.rels)
    _settings(document.settings.element)
    _nobody(document)
    _head_and_foot(document.sections[0], head)
    return document


def _paper(section: "Section") -> None:
    from docx.shared import Mm

    section.page_width, section.page_height = Mm(210), Mm(297)
    section.left_margin = section.right_margin = Mm(_MARGIN)
    section.top_margin = section.bottom_margin = Mm(_MARGIN)
    section.header_distance = section.footer_distance = Mm(_BESIDE)


def _leave_out(links: "Relationships") -> None:
    for name, link in list(links.items()):
        if link.reltype.rpartition("/")[2] in _LEFT_OUT:
            del links[name]


def _settings(settings: Element) -> None:
    """Take out the template's history, and have Word treat the file as one of its own today."""
    from docx.oxml.ns import qn

    removed(settings, "rsids", "savePreviewPicture", "proofState")
    for setting in settings.iter(qn("w:compatSetting")):
        if setting.get(qn("w:name")) == "compatibilityMode":
            setting.set(qn("w:val"), "15")


def _nobody(document: "Document") -> None:
    core = document.core_properties
    core.author = core.comments = core.last_modified_by = core.title = ""
    core.created = core.modified = _DAY
    for link in document.part.package.rels.values():
        if link.reltype.endswith("/extended-properties"):
            link.target_part._blob = _APP  # noqa: SLF001 - the library has no other way


def _head_and_foot(section: "Section", head: str) -> None:
    section.header.paragraphs[0].add_run(visible(head))
    foot = section.footer.paragraphs[0]
    foot.alignment = 1
    for instruction, behind in (("PAGE", " / "), ("NUMPAGES", "")):
        field = element("fldSimple", instr=instruction)
        inside(foot).append(field)
        run = foot.add_run("1")
        field.append(inside(run))
        if behind:
            foot.add_run(behind)
