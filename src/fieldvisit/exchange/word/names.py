"""The elements of a Word file that mean something to us, by short names.

Word writes two dialects ("strict" has namespaces of its own); here they are one.
"""

from collections.abc import Mapping

_WORD = (
    "http://schemas.openxmlformats.org/wordprocessingml/2006/main",
    "http://purl.oclc.org/ooxml/wordprocessingml/main",
)
_MATHS = (
    "http://schemas.openxmlformats.org/officeDocument/2006/math",
    "http://purl.oclc.org/ooxml/officeDocument/math",
)
_DRAWN = (
    "http://schemas.openxmlformats.org/drawingml/2006/main",
    "http://purl.oclc.org/ooxml/drawingml/main",
)
_CHOICE = "http://schemas.openxmlformats.org/markup-compatibility/2006"
_OLD_DRAWN = "urn:schemas-microsoft-com:vml"
_SIGNS = "http://schemas.microsoft.com/office/word/2015/wordml/symex"

_OF_WORD = (
    "body p pPr r rPr t delText tab ptab br cr noBreakHyphen softHyphen sym rt ruby "
    "pStyle rStyle numPr numId outlineLvl strike dstrike vanish txbxContent "
    "del moveFrom tbl tr trPr tc tcPr vMerge cellDel hidden sdt sdtPr sdtContent tag showingPlcHdr "
    "fldChar ffData checkBox checked default ddList listEntry result "
    "bookmarkStart footnoteReference endnoteReference commentReference "
    "comment footnote endnote drawing pict object altChunk "
    "docDefaults rPrDefault style name basedOn "
)

NAMES: Mapping[str, str] = {
    **{f"{space} {name}": name for space in _WORD for name in _OF_WORD.split()},
    **{f"{space} {name}": name for space in _MATHS for name in ("r", "t")},
    **{f"{space} {name}": f"math-{name}" for space in _MATHS for name in ("den", "sup", "sub")},
    **{f"{space} {name}": name for space in _DRAWN for name in ("p", "t")},
    **{f"{space} br": "drawn-br" for space in _DRAWN},
    **{f"{_CHOICE} {name}": name for name in ("AlternateContent", "Choice", "Fallback")},
    **{f"{_OLD_DRAWN} {name}": name for name in ("textpath", "rect")},
    f"{_SIGNS} symEx": "sym",
}

Attributes = Mapping[str, str]


def value(attributes: Attributes, name: str = "val") -> str:
    """Return the attribute ``name`` of whichever dialect, empty if there is none."""
    for key, found in attributes.items():
        if key == name or key.endswith(f" {name}"):
            return found
    return ""


def is_on(attributes: Attributes) -> bool:
    """Tell whether a switch such as ``w:strike`` is on: without a value it is."""
    return value(attributes).casefold() not in ("0", "false", "off")
