"""An Excel file as a whole: its sheets, what their cells refer to, and what it says of itself."""

import posixpath
from collections.abc import Mapping

from msgspec import Struct

from fieldvisit.exchange.excel.cells import Known
from fieldvisit.exchange.excel.names import Attributes, is_on
from fieldvisit.exchange.excel.styles import read_styles
from fieldvisit.exchange.excel.texts import shared_texts, walk
from fieldvisit.exchange.office.file import OfficeFile
from fieldvisit.exchange.office.hostile import HostileFile
from fieldvisit.exchange.office.xml import parse, tags
from fieldvisit.fieldwork.sheets.excel_carriers import SHEET_PROPERTY, own_marks
from fieldvisit.language import _


class Sheet(Struct, frozen=True):
    """A sheet: its name, the part that holds it, whether people see it."""

    name: str
    part: str
    hidden: bool


class Book(Struct, frozen=True):
    """A workbook. ``tag`` is that of our sheet, ``own`` the marks of lines that we wrote."""

    sheets: tuple[Sheet, ...]
    known: Known
    tag: str = ""
    own: frozenset[str] = frozenset()


def open_book(file: OfficeFile) -> Book:
    """Return the workbook in ``file``; raises HostileFile if it is none, or ForbiddenXml."""
    name = next(iter(file.related("", "officeDocument")), "")
    data = file.part(name)
    if not name.endswith(".xml") or data is None:
        raise HostileFile(
            file.name, _("it is no Excel workbook."), _("Open it and save it as .xlsx.")
        )
    sheets, since_1904 = _sheets(data, _targets(file, name))
    if not sheets:
        raise HostileFile(file.name, _("it has no sheet with cells."))
    texts = shared_texts(_first(file, name, "sharedStrings"))
    styles = read_styles(_first(file, name, "styles"))
    said = _properties(_first(file, "", "custom-properties"))
    own = frozenset(mark for pair in said.items() for mark in own_marks(*pair))
    return Book(sheets, Known(texts, styles, since_1904), said.get(SHEET_PROPERTY, ""), own)


def _first(file: OfficeFile, part: str, kind: str) -> bytes | None:
    found = next(iter(file.related(part, kind)), "")
    return file.part(found) if found else None


def _targets(file: OfficeFile, part: str) -> Mapping[str, str]:
    """Return the parts that hold cells by the ids under which the workbook names them."""
    folder, name = posixpath.split(part)
    links = file.part(posixpath.join(folder, "_rels", f"{name}.rels")) or b"<none/>"
    return {
        attributes["Id"]: posixpath.normpath(posixpath.join("/", folder, attributes["Target"]))[1:]
        for tag, attributes in tags(links)
        if tag == "Relationship" and attributes.get("Type", "").endswith("/worksheet")
        and {"Id", "Target"} <= attributes.keys()
    }  # fmt: skip


def _sheets(data: bytes, targets: Mapping[str, str]) -> tuple[tuple[Sheet, ...], bool]:
    found: list[Sheet] = []
    dates: list[bool] = []

    def start(name: str, attributes: Attributes) -> None:
        if name == "workbookPr":
            dates.append(is_on(attributes, "date1904"))
        elif name == "sheet":
            link = next((value for key, value in attributes.items() if key.endswith(" id")), "")
            if link in targets:
                hidden = attributes.get("state", "visible") != "visible"
                found.append(Sheet(attributes.get("name", ""), targets[link], hidden))

    walk(data, start, lambda _name: None, lambda _text: None)
    return tuple(found), any(dates)


def _properties(data: bytes | None) -> Mapping[str, str]:
    """Return the properties that users and programs added, by their names."""
    found: dict[str, str] = {}
    names: list[str] = []

    def start(name: str, attributes: Mapping[str, str]) -> None:
        if name.endswith(" property"):
            names.append(attributes.get("name", ""))
            found[names[-1]] = ""

    def characters(text: str) -> None:
        if names:
            found[names[-1]] += text

    if data is not None:
        parse(data, {"StartElementHandler": start, "CharacterDataHandler": characters})
    return {name: text.strip() for name, text in found.items()}
