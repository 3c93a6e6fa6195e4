"""The looks of a Word page: fonts for both scripts, black headings, our own few styles."""

from typing import TYPE_CHECKING

from fieldvisit.documents.word.xml import Element, element, removed

if TYPE_CHECKING:
    from docx.document import Document
    from docx.styles.style import ParagraphStyle
    from docx.styles.styles import Styles

LATIN = "Calibri"
JAPANESE = "Yu Gothic"
QUIET, LABEL, ANCHOR, ANSWER, TABLE_TEXT, TABLE_HEAD, GAP = (
    "Sheet Quiet",
    "Sheet Label",
    "Sheet Anchor",
    "Sheet Answer",
    "Sheet Table",
    "Sheet Table Head",
    "Sheet Gap",
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


def set_styles(document: "Document") -> None:
    """Give ``document``, new from the library's template, our styles."""
    _defaults(document.styles.element)
    for style in list(document.styles):
        if style.type == _table_type() and style.name not in _KEPT_TABLES:
            style.delete()
            continue
        _plain(style.element)
    _body(document.styles["Normal"])
    for level, look in _HEADINGS.items():
        _heading(document.styles[f"Heading {level}"], *look)
    for name, own in _OWN.items():
        _own(document.styles, name, *own)
    for name in ("Header", "Footer"):
        _margin(document.styles[name])


def _plain(style: Element) -> None:
    """Take the colours and fonts of the template's theme out of a style, and its history."""
    removed(style, "rsid")
    if style.rPr is not None:
        removed(style.rPr, "rFonts", "color")
    if style.pPr is not None:
        removed(style.pPr, "pBdr")


def _table_type() -> object:
    from docx.enum.style import WD_STYLE_TYPE

    return WD_STYLE_TYPE.TABLE


def _defaults(styles: Element) -> None:
    """Set what holds where no style says anything, of lists and pasted text too."""
    from docx.oxml.ns import qn

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


def _set_font(style: "ParagraphStyle", size: float, *, bold: bool, grey: bool = False) -> None:
    from docx.shared import Pt, RGBColor

    style.font.size = Pt(size)
    style.font.bold = bold
    style.font.italic = False
    style.font.color.rgb = RGBColor.from_string(_GREY if grey else "000000")
    properties = style.element.get_or_add_rPr()
    removed(properties, "rFonts")
    properties.insert(0, _fonts())


def _body(style: "ParagraphStyle") -> None:
    _set_font(style, 10.5, bold=False)


def _heading(style: "ParagraphStyle", size: float, before: float, after: float) -> None:
    from docx.shared import Pt

    _set_font(style, size, bold=True)
    spacing = style.paragraph_format
    spacing.space_before, spacing.space_after = Pt(before), Pt(after)
    spacing.keep_with_next = spacing.keep_together = True


def _own(styles: "Styles", name: str, after: float, size: float, bold: bool, grey: bool) -> None:
    from docx.enum.style import WD_STYLE_TYPE
    from docx.shared import Pt

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


def _margin(style: "ParagraphStyle") -> None:
    _set_font(style, 9, bold=False, grey=True)
