"""The parts of an Excel file, element by element: its sheets, texts, styles, and remarks.

They are read here and not by openpyxl. It takes "x005F_" out of what somebody typed, empties the
cells under merged ones, makes an object of every cell in a range (60 bytes cost minutes), and
refuses a workbook for a font or a page setup that it does not know.
"""

import re
from collections.abc import Iterator, Mapping, Sequence
from io import BytesIO
from xml.etree.ElementTree import Element, iterparse

from msgspec import Struct, field

from fieldvisit.exchange.excel.numbers import GENERAL, KNOWN_FORMATS
from fieldvisit.exchange.office import OfficeFile, seen_alone, tags
from fieldvisit.exchange.refusals import HostileFile, TooMuch
from fieldvisit.exchange.tables import ApartCell, Left
from fieldvisit.language import _
from fieldvisit.review.carriers import SHEET_PROPERTY, OwnLines, own_list, unspelled
from fieldvisit.text import one_newline

_MOST_ELEMENTS = 2_000_000  # in one part
_MOST_TOGETHER = 300_000  # in one row, one text, one list of styles: these are kept as a tree
_DEEPEST = 256  # elements inside of each other
_REFERENCE = re.compile("([A-Za-z]{1,3})([0-9]{1,7})")
_LETTERS = 26
_ANCHORS = ("twoCellAnchor", "oneCellAnchor", "absoluteAnchor")
# Beside a thread of comments Excel keeps a copy for old versions, written by such an author.
_COPY = "tc="

Runs = Sequence[tuple[str, bool | None]]
"""A text in runs; each is struck through, not, or (None) as its cell is."""


class Sheet(Struct, frozen=True):
    """A sheet: its name, the part that holds it, whether people see it."""

    name: str
    part: str
    hidden: bool


class CellStyle(Struct, frozen=True):
    """A style: the code of its number format, and whether text in it is struck through."""

    code: str = GENERAL
    struck: bool = False


class Book(Struct, frozen=True):
    """A workbook, what its cells refer to, and how much there may still be of them.

    ``tag`` is that of our sheet, ``own`` are the lines that we wrote.
    """

    sheets: Sequence[Sheet]
    texts: Sequence[Runs] = ()
    styles: Sequence[CellStyle] = ()
    since_1904: bool = False
    tag: str = ""
    own: OwnLines = field(default_factory=lambda: OwnLines(""))
    left: Left = field(default_factory=Left)


def open_book(file: OfficeFile) -> Book:
    """Return the workbook in ``file``; raises HostileFile if it is none, SyntaxError, TooMuch."""
    name = next(iter(file.related("", "officeDocument")), "")
    if not name.endswith(".xml") or (data := file.part(name)) is None:
        raise HostileFile(
            file.name, _("it is no Excel workbook."), _("Open it and save it as .xlsx.")
        )
    said = [*tags(data)]
    if not (sheets := [*_sheets(said, dict(file.links(name, "worksheet")))]):
        raise HostileFile(file.name, _("it has no sheet with cells."))
    added = {
        one.get("name", ""): "".join(one.itertext()).strip()
        for one in _elements_of(file, "", "custom-properties", "property")
    }
    return Book(
        sheets,
        [runs(one) for one in _elements_of(file, name, "sharedStrings", "si")],
        _styles(_elements_of(file, name, "styles", "numFmts", "fonts", "cellXfs")),
        any(tag == "workbookPr" and is_on(more.get("date1904", "0")) for tag, more in said),
        added.get(SHEET_PROPERTY, ""),
        OwnLines(own_list(added)),
    )


def _sheets(
    said: Sequence[tuple[str, Mapping[str, str]]], parts: Mapping[str, str]
) -> Iterator[Sheet]:
    for tag, more in said:
        link = next((value for name, value in more.items() if name.endswith("}id")), "")
        if tag == "sheet" and link in parts:
            hidden = more.get("state", "visible") != "visible"
            yield Sheet(more.get("name", ""), parts[link], hidden)


def _elements_of(file: OfficeFile, part: str, kind: str, *names: str) -> Iterator[Element]:
    """Yield the elements with ``names`` in the first part of ``kind`` that ``part`` names."""
    for name in file.related(part, kind)[:1]:
        yield from elements(file.part(name), *names)


def elements(data: bytes | None, *names: str) -> Iterator[Element]:
    """Yield each element called one of ``names`` with what is in it; namespaces are left out.

    Raises SyntaxError for broken XML, ValueError for depth, TooMuch beyond the limits.
    """
    open_: list[Element] = []
    asked, together, left = 0, 0, _MOST_ELEMENTS  # asked: how many are open in one of ``names``
    found = BytesIO(data or b"<none/>")
    for event, one in iterparse(found, ("start", "end")):  # noqa: S314 - no part has a type
        if event == "start":
            one.tag = one.tag.rpartition("}")[2]
            asked += bool(asked or one.tag in names)
            left, together = left - 1, together + 1 if asked else 0
            open_.append(one)
            if left < 0 or together > _MOST_TOGETHER:
                limit = f"{_MOST_ELEMENTS if left < 0 else _MOST_TOGETHER:,}"
                raise TooMuch(_("it has more than {limit} elements.").format(limit=limit))
            if len(open_) > _DEEPEST:
                raise ValueError("depth")
            continue
        open_.pop()
        if asked == 1:
            yield one
            together = 0
        asked = max(asked - 1, 0)
        if open_ and not asked:
            open_[-1].remove(one)


def runs(element: Element) -> Runs:
    """Return the text in an element; the readings of its signs (furigana) are passed over."""
    return [
        ("".join(text for t in one.iter("t") for text in t.itertext()), _struck(one.find("rPr")))
        for one in element
        if one.tag in ("t", "r")
    ]


def parted(text: Runs, *, struck: bool = False) -> tuple[str, str]:
    """Return what stands and what is struck, in a cell that is ``struck`` as a whole."""
    parts: tuple[list[str], list[str]] = [], []
    for piece, own in text:
        parts[struck if own is None else own].append(piece)
    standing, gone = (one_newline(unspelled("".join(pieces))) if pieces else "" for pieces in parts)
    return standing, gone


def _struck(looks: Element | None) -> bool | None:
    if looks is None:
        return None
    return any(is_on(one.get("val", "1")) for one in looks.iter("strike"))


def is_on(said: str) -> bool:
    """Tell whether a switch of a file is on."""
    return said.casefold() in ("1", "true")


def _styles(lists: Iterator[Element]) -> Sequence[CellStyle]:
    """Return the styles of cells in the order of their numbers."""
    codes, fonts, cells = dict(KNOWN_FORMATS), list[bool](), list[tuple[int, int]]()
    for one in (one for some in lists for one in some):
        if one.tag == "numFmt":
            codes[_number(one, "numFmtId")] = one.get("formatCode", GENERAL)
        elif one.tag == "font":
            fonts.append(bool(_struck(one)))
        elif one.tag == "xf":
            cells.append((_number(one, "numFmtId"), _number(one, "fontId")))
    return [
        CellStyle(codes.get(code, GENERAL), font < len(fonts) and fonts[font])
        for code, font in cells
    ]


def _number(element: Element, name: str) -> int:
    said = element.get(name, "")
    return int(said) if said.isascii() and said.isdigit() else 0


def place(reference: str) -> tuple[int, int]:
    """Return row and column of a reference such as `B7`; raises ValueError if it is none."""
    if not (found := _REFERENCE.fullmatch(reference)):
        raise ValueError(reference)
    column = 0
    for letter in found[1].upper():
        column = column * _LETTERS + ord(letter) - ord("A") + 1
    return int(found[2]), column


def remarks(file: OfficeFile, part: str) -> Iterator[ApartCell]:
    """Yield what is pinned to the sheet in ``part``: comments, boxes with text, pictures, charts.

    The names of the authors of comments are left out. Raises SyntaxError, ValueError, TooMuch.
    """
    threads = 0
    for name in file.related(part, "threadedComment"):
        for one in elements(file.part(name), "threadedComment"):
            threads += 1
            text = one.findtext("text", "").strip()
            yield ApartCell(*place(one.get("ref", "A1")), text, "comment")
    for name in file.related(part, "comments"):
        yield from _comments(file.part(name), with_copies=not threads)
    for name in file.related(part, "drawing"):
        diagrams = dict(file.links(name, "diagramData"))
        for one in elements(file.part(name), *_ANCHORS):
            yield ApartCell(*anchored(one), *_drawn(file, one, diagrams))


def anchored(element: Element) -> tuple[int, int]:
    """Return row and column of the cell on which something is pinned."""
    said = (element.findtext(f".//{name}", "").strip() for name in ("row", "col"))
    row, column = (int(number) + 1 if number.isdecimal() else 1 for number in said)
    return row, column


def _drawn(file: OfficeFile, one: Element, diagrams: Mapping[str, str]) -> tuple[str, str]:
    """Return the words in what is drawn and their look, or a word for what has none."""
    words = "".join(_lines(one))
    for ids in one.iter("relIds"):
        data = diagrams.get(_attribute(ids, "dm"), "")
        words += "".join(text for box in elements(file.part(data), "t") for text in _lines(box))
    if words.strip():
        return words.strip(), "drawn"
    linked = any(_attribute(blip, "link") for blip in one.iter("blip"))
    look = "link" if linked else "picture"
    return seen_alone(look), look


def _attribute(element: Element, name: str) -> str:
    return next((said for key, said in element.items() if key.endswith(f"}}{name}")), "")


def _comments(data: bytes | None, *, with_copies: bool) -> Iterator[ApartCell]:
    authors: list[str] = []
    for one in elements(data, "author", "comment"):
        if one.tag == "author":
            authors.append(one.text or "")
            continue
        number = _number(one, "authorId")
        author = authors[number] if number < len(authors) else ""
        if with_copies or not author.startswith(_COPY):
            standing, struck = parted([run for text in one.iter("text") for run in runs(text)])
            text = standing or struck
            rest = text.removeprefix(author).lstrip(" ") if author else ""
            if rest[:1] in (":", "：") and rest != text:  # Excel writes the name on top
                text = rest[1:]
            yield ApartCell(*place(one.get("ref", "A1")), text.strip(), "comment")


def _lines(box: Element) -> Iterator[str]:
    """Yield the text in a box that is drawn on a sheet."""
    for paragraph in box.iter("p"):
        for one in paragraph.iter():
            if one.tag in ("t", "br"):
                yield "\n" if one.tag == "br" else one.text or ""
        yield "\n"
