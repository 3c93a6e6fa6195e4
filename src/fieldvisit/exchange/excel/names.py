"""The elements of an Excel file that mean something to us, by short names.

Excel writes two dialects ("strict" has namespaces of its own); here they are one.
"""

from collections.abc import Mapping

_SHEETS = (
    "http://schemas.openxmlformats.org/spreadsheetml/2006/main",
    "http://purl.oclc.org/ooxml/spreadsheetml/main",
)
_DRAWN = (
    "http://schemas.openxmlformats.org/drawingml/2006/main",
    "http://purl.oclc.org/ooxml/drawingml/main",
)
_PLACED = (
    "http://schemas.openxmlformats.org/drawingml/2006/spreadsheetDrawing",
    "http://purl.oclc.org/ooxml/drawingml/spreadsheetDrawing",
)
_THREADS = "http://schemas.microsoft.com/office/spreadsheetml/2018/threadedcomments"

_OF_SHEETS = (
    "sheet", "workbookPr", "row", "c", "v", "f", "is", "si", "t", "r", "rPr", "rPh", "strike",
    "mergeCell", "numFmts", "numFmt", "fonts", "font", "cellXfs", "cellStyleXfs", "dxfs", "xf",
    "authors", "author", "comment", "text",
)  # fmt: skip

NAMES: Mapping[str, str] = {
    **{f"{space} {name}": name for space in _SHEETS for name in _OF_SHEETS},
    **{f"{space} {name}": f"drawn-{name}" for space in _DRAWN for name in ("p", "t", "br")},
    **{
        f"{space} {name}": f"drawn-{name}"
        for space in _PLACED
        for name in ("row", "twoCellAnchor", "oneCellAnchor", "absoluteAnchor")
    },
    **{f"{_THREADS} {name}": name for name in ("threadedComment", "text")},
}

Attributes = Mapping[str, str]

_ON = ("1", "true")
_A = ord("A") - 1
_LETTERS = 26


def is_on(attributes: Attributes, name: str, *, usual: bool = False) -> bool:
    """Tell whether a switch is on; without a value it is as ``usual``."""
    said = attributes.get(name)
    return usual if said is None else said.casefold() in _ON


def place(reference: str) -> tuple[int, int]:
    """Return row and column of a reference such as `B7`; raises ValueError if it is none."""
    letters = reference.rstrip("0123456789")
    digits = reference[len(letters) :]
    if not (letters.isascii() and letters.isalpha() and digits):
        raise ValueError(reference)
    column = 0
    for letter in letters.upper():
        column = column * _LETTERS + ord(letter) - _A
    return int(digits), column
