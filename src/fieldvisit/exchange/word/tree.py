"""One part of a Word file as a tree of lxml: its elements by short names, and what reads as text.

python-docx is no help here: it opens no file in Word's strict dialect and none with a link to a
missing part, sees into no content control, and holds all parts as trees before one can count.
"""

from collections.abc import Callable, Mapping
from functools import partial
from typing import Any

from msgspec import Struct, field

from fieldvisit.errors import missing_library
from fieldvisit.exchange.refusals import TooMuch
from fieldvisit.language import _

MOST_PIECES = 1_500_000  # elements and attributes, which the tree holds at once

_LIMIT = 114  # XML_ERR_RESOURCE_LIMIT of libxml2: depth, or the length of one text
_DIGITS = 10

Element = Any  # lxml says nothing of its types

# Word writes two dialects ("strict" has namespaces of its own); here they are one.
_BOTH = "http://schemas.openxmlformats.org/{}/2006/{}", "http://purl.oclc.org/ooxml/{}/{}"
_WORD = [space.format("wordprocessingml", "main") for space in _BOTH]
_MATHS = [space.format("officeDocument", "math") for space in _BOTH]
_DRAWN = [space.format("drawingml", "main") for space in _BOTH]
_CHOICE = "http://schemas.openxmlformats.org/markup-compatibility/2006"
_OLD_DRAWN = "urn:schemas-microsoft-com:vml"
_SIGNS = "http://schemas.microsoft.com/office/word/2015/wordml/symex"
_OF_WORD = (
    "body p pPr r rPr t delText tab ptab br cr noBreakHyphen softHyphen sym rt ruby "
    "pStyle rStyle numPr numId ilvl outlineLvl strike dstrike vanish txbxContent "
    "del moveFrom tbl tr trPr tc tcPr vMerge cellDel hidden sdt sdtPr sdtContent tag showingPlcHdr "
    "fldChar checkBox checked default ddList listEntry result "
    "bookmarkStart footnoteReference endnoteReference commentReference "
    "commentRangeStart commentRangeEnd "
    "drawing pict object altChunk "
    "docDefaults rPrDefault style name basedOn b "
    "abstractNum num abstractNumId lvl lvlText lvlOverride numFmt start startOverride "
)

NAMES: Mapping[str, str] = {
    **{f"{{{space}}}{name}": name for space in _WORD for name in _OF_WORD.split()},
    **{f"{{{space}}}{name}": name for space in _MATHS for name in ("r", "t")},
    **{f"{{{space}}}{name}": f"math-{name}" for space in _MATHS for name in ("den", "sup", "sub")},
    **{f"{{{space}}}{name}": name for space in _DRAWN for name in ("p", "t")},
    **{f"{{{space}}}br": "drawn-br" for space in _DRAWN},
    **{f"{{{_CHOICE}}}{name}": name for name in ("AlternateContent", "Choice", "Fallback")},
    **{f"{{{_OLD_DRAWN}}}{name}": name for name in ("textpath", "rect")},
    f"{{{_SIGNS}}}symEx": "sym",
}


class Row(Struct, eq=False):
    """A row of a table below ``above``, its first one being ``head``; ``cell`` counts from 1.

    ``merged`` are cells that go on from the row above, ``tag`` is that of a bookmark in it.
    """

    above: "Row | None" = None
    head: "Row | None" = None
    cell: int = 0
    merged: set[int] = field(default_factory=set)
    tag: str = ""


Place = tuple[tuple[Row, int], ...]  # the rows and cells around a text, the outermost first


def parse(data: bytes) -> Element:
    """Return the root of a part that passed ``office_parts``; nothing outside is looked up.

    Raises SyntaxError for broken XML, TooMuch beyond limits (more than 256 elements inside of
    each other are one), MissingLibrary where lxml is absent.
    """
    try:
        from lxml import etree
    except ImportError as error:
        raise missing_library("docx") from error
    if data.count(b"<") - data.count(b"</") + data.count(b"=") > MOST_PIECES:
        raise TooMuch(_("it is made of too many pieces."))
    parser = etree.XMLParser(
        resolve_entities=False, no_network=True, huge_tree=False, collect_ids=False,
        remove_comments=True, remove_pis=True,
    )  # fmt: skip
    try:
        return etree.fromstring(data, parser)
    except etree.XMLSyntaxError as error:
        if error.code == _LIMIT:
            raise TooMuch(
                _("tables or frames lie too deep inside each other, or a text in it is endless.")
            ) from error
        raise


def name_of(element: Element) -> str:
    """Return the short name of an element, empty if it means nothing to us."""
    return NAMES.get(element.tag, "")


def child(element: Element, name: str) -> Element:
    """Return the first child of that name, None if there is none."""
    for inner in element:
        if NAMES.get(inner.tag) == name:
            return inner
    return None


def within(element: Element) -> Mapping[str, Element]:
    """Return the children of an element (or None) by their short names, the last of each."""
    return {} if element is None else {NAMES.get(inner.tag, ""): inner for inner in element}


def value(element: Element, name: str = "val") -> str:
    """Return the attribute ``name`` of whichever dialect, empty if there is none."""
    if element is not None:
        for key, found in element.items():
            if key == name or key.endswith(f"}}{name}"):
                return str(found)
    return ""


def is_on(element: Element) -> bool:
    """Tell whether a switch such as ``w:strike`` is there and on: without a value it is."""
    return element is not None and value(element).casefold() not in ("0", "false", "off")


def number(text: str) -> int | None:
    """Return the number that an attribute says, None if it is none."""
    return int(text) if len(text) < _DIGITS and text.isascii() and text.isdigit() else None


# Signs, breaks, the answers of form fields: they read as text and are none.
_SINGLE = {
    "tab": "\t", "ptab": "\t", "br": "\n", "cr": "\n",
    "noBreakHyphen": "\u2011", "softHyphen": "\u00ad",
}  # fmt: skip
# Fractions and powers lose their layout here, not their meaning.
_LAYOUT = {"math-den": "/", "math-sup": "^", "math-sub": "_", "drawn-br": "\n"}
# Signs of Wingdings that stand for ticks; Word writes them by their place in the font.
_TICKS = {0xF0FE: "☑", 0xF0FD: "☒", 0xF0A8: "☐", 0xF06F: "□", 0xF0FC: "✓", 0xF0FB: "✗"}


def _single(element: Element) -> str:
    # In the description of a paragraph the same names stand for stops and the like.
    name = name_of(element)
    return _LAYOUT.get(name) or (_SINGLE[name] if name_of(element.getparent()) == "r" else "")


def _symbol(element: Element) -> str:
    try:
        code = int(value(element, "char"), 16)
        return _TICKS.get(code) or chr(code)
    except (ValueError, OverflowError):
        return "\ufffd"


def _check_box(element: Element) -> str:
    said = within(element)
    return "☑" if is_on(said.get("checked", said.get("default"))) else "☐"


def _choice(element: Element) -> str:
    said = within(element)
    chosen = number(value(said.get("result", said.get("default")))) or 0
    choices = [value(inner) for inner in element if name_of(inner) == "listEntry"]
    return "".join(choices[chosen : chosen + 1])


ANSWERS: Mapping[str, Callable[[Element], str]] = {"checkBox": _check_box, "ddList": _choice}
SIGNS: Mapping[str, Callable[[Element], str]] = {
    **dict.fromkeys(_SINGLE | _LAYOUT, _single),
    "sym": _symbol, "textpath": partial(value, name="string"), **ANSWERS,
}  # fmt: skip
