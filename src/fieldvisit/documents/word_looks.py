"""The looks of a Word page: fonts for both scripts, black headings, our own few styles."""

from datetime import datetime
from typing import Any

import docx
from docx.document import Document
from docx.enum.style import WD_STYLE_TYPE
from docx.opc.rel import Relationships
from docx.oxml import OxmlElement
from docx.oxml.ns import qn
from docx.section import Section
from docx.shared import Mm, Pt, RGBColor
from docx.styles.style import ParagraphStyle
from docx.styles.styles import Styles

from fieldvisit.harmless import visible

# One of lxml's, which the library extends by the names of what may stand in it.
Element = Any


def element(kind: str, **attributes: str) -> Element:
    """Return a new element ``w:KIND`` with ``w:`` attributes."""
    made = OxmlElement(f"w:{kind}")
    for key, value in attributes.items():
        made.set(qn(f"w:{key}"), value)
    return made


def inside(proxy: Any) -> Element:  # noqa: ANN401 - whatever of the library has one
    """Return the element under ``proxy``, for what the library cannot say."""
    return proxy._element  # noqa: SLF001 - public for some of its objects only


def removed(parent: Element, *kinds: str) -> None:
    """Take the children ``w:KIND`` out of ``parent``."""
    for kind in kinds:
        for child in parent.findall(qn(f"w:{kind}")):
            parent.remove(child)


def control(tag: str, name: str = "", *, locked: bool = False) -> tuple[Element, Element]:
    """Return a new content control for rich text, and the place in it for its content.

    A locked one cannot be deleted by accident; what stands in it can be changed.
    """
    made, about, content = element("sdt"), element("sdtPr"), element("sdtContent")
    if name:
        about.append(element("alias", val=name))
    about.append(element("tag", val=tag))
    if locked:
        about.append(element("lock", val="sdtLocked"))
    made.extend((about, content))
    return made, content


LATIN = "Calibri"
JAPANESE = "Yu Gothic"
QUIET, LABEL, ANCHOR, ANSWER, TABLE_TEXT, TABLE_HEAD, GAP = (
    f"Sheet {name}" for name in ("Quiet", "Label", "Anchor", "Answer", "Table", "Table Head", "Gap")
)
_GREY = "595959"
_HEADINGS = {1: (16, 0, 8), 2: (13, 14, 4), 3: (11, 10, 2), 4: (10.5, 8, 2)}
# Space after in points, size in points, bold, grey.
_OWN = {
    QUIET: (4, 9.5, False, True),
    LABEL: (0, 9, False, True),
    ANCHOR: (0, 1, False, False),
    ANSWER: (2, 10.5, False, False),
    TABLE_TEXT: (1, 9.5, False, False),
    TABLE_HEAD: (1, 9.5, True, False),
    GAP: (0, 6, False, False),
}
_HEIGHTS = {ANCHOR: 2, GAP: 6}  # points, whatever the font
BORDERED = "Table Grid"
_KEPT_TABLES = ("Normal Table", BORDERED)


def set_styles(document: Document) -> None:
    """Give ``document``, new from the library's template, our styles."""
    _defaults(document.styles.element)
    for style in list(document.styles):
        if style.type == WD_STYLE_TYPE.TABLE and style.name not in _KEPT_TABLES:
            style.delete()
        else:
            _plain(style.element)
    _set_font(document.styles["Normal"], 10.5, bold=False)
    for level, look in _HEADINGS.items():
        _heading(document.styles[f"Heading {level}"], *look)
    for name, own in _OWN.items():
        _own(document.styles, name, *own)
    for name in ("Header", "Footer"):
        _set_font(document.styles[name], 9, bold=False, grey=True)


def _plain(style: Element) -> None:
    """Take the colours and fonts of the template's theme out of a style, and its history."""
    removed(style, "rsid")
    if style.rPr is not None:
        removed(style.rPr, "rFonts", "color")
    if style.pPr is not None:
        removed(style.pPr, "pBdr")


def _defaults(styles: Element) -> None:
    """Set what holds where no style says anything, of lists and pasted text too."""
    run = styles.find(f"{qn('w:docDefaults')}/{qn('w:rPrDefault')}/{qn('w:rPr')}")
    removed(run, "rFonts", "lang")
    run.insert(0, _fonts())
    run.append(element("lang", val="en-US", eastAsia="ja-JP", bidi="ar-SA"))
    paragraph = styles.find(f"{qn('w:docDefaults')}/{qn('w:pPrDefault')}/{qn('w:pPr')}")
    removed(paragraph, "spacing")
    paragraph.append(element("snapToGrid", val="0"))
    paragraph.append(element("spacing", after="80", line="264", lineRule="auto"))


def _fonts() -> Element:
    return element("rFonts", ascii=LATIN, hAnsi=LATIN, eastAsia=JAPANESE, cs=LATIN)


def _set_font(style: ParagraphStyle, size: float, *, bold: bool, grey: bool = False) -> None:
    style.font.size = Pt(size)
    style.font.bold = bold
    style.font.italic = False
    style.font.color.rgb = RGBColor.from_string(_GREY if grey else "000000")
    properties = style.element.get_or_add_rPr()
    removed(properties, "rFonts")
    properties.insert(0, _fonts())


def _heading(style: ParagraphStyle, size: float, before: float, after: float) -> None:
    _set_font(style, size, bold=True)
    spacing = style.paragraph_format
    spacing.space_before, spacing.space_after = Pt(before), Pt(after)
    spacing.keep_with_next = spacing.keep_together = True


def _own(styles: Styles, name: str, after: float, size: float, bold: bool, grey: bool) -> None:
    style: ParagraphStyle = styles.add_style(  # type: ignore[no-untyped-call] # python-docx
        name, WD_STYLE_TYPE.PARAGRAPH
    )
    style.base_style = styles["Normal"]
    _set_font(style, size, bold=bold, grey=grey)
    style.paragraph_format.space_after = Pt(after)
    if name in (TABLE_TEXT, TABLE_HEAD, ANSWER):
        style.paragraph_format.space_before = Pt(1)
    if name in (QUIET, LABEL, ANCHOR, TABLE_HEAD):
        style.paragraph_format.keep_with_next = True
    if name in _HEIGHTS:
        style.paragraph_format.line_spacing = Pt(_HEIGHTS[name])


_MARGIN, _BESIDE = 20, 10  # millimetres: around the text, and from the edge to head and foot
TEXT_WIDTH = 210 - 2 * _MARGIN
# Parts of the library's template that a page has no use for.
_LEFT_OUT = ("thumbnail", "customXml", "stylesWithEffects")
_DAY = datetime(2000, 1, 1)  # noqa: DTZ001 - the format's dates bear no zone
_APP = (
    b'<?xml version="1.0" encoding="UTF-8" standalone="yes"?>\n<Properties xmlns="http://schemas.'
    b'openxmlformats.org/officeDocument/2006/extended-properties"/>'
)


def blank(head: str) -> Document:
    """Return a new python-docx document with ``head`` on top of each page, its number below."""
    document = docx.Document()
    set_styles(document)
    _paper(document.sections[0])
    _leave_out(document.part.rels)
    _leave_out(document.part.package.rels)
    _settings(document.settings.element)
    _nobody(document)
    _head_and_foot(document.sections[0], head)
    return document


def _paper(section: Section) -> None:
    section.page_width, section.page_height = Mm(210), Mm(297)
    section.left_margin = section.right_margin = Mm(_MARGIN)
    section.top_margin = section.bottom_margin = Mm(_MARGIN)
    section.header_distance = section.footer_distance = Mm(_BESIDE)


def _leave_out(links: Relationships) -> None:
    for name, link in list(links.items()):
        if link.reltype.rpartition("/")[2] in _LEFT_OUT:
            del links[name]


def _settings(settings: Element) -> None:
    """Take out the template's history, and have Word treat the file as one of its own today."""
    removed(settings, "rsids", "savePreviewPicture", "proofState")
    for setting in settings.iter(qn("w:compatSetting")):
        if setting.get(qn("w:name")) == "compatibilityMode":
            setting.set(qn("w:val"), "15")


def _nobody(document: Document) -> None:
    core = document.core_properties
    core.author = core.comments = core.last_modified_by = core.title = ""
    core.created = core.modified = _DAY
    for link in document.part.package.rels.values():
        if link.reltype.endswith("/extended-properties"):
            link.target_part._blob = _APP  # noqa: SLF001 - the library has no other way


def _head_and_foot(section: Section, head: str) -> None:
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
