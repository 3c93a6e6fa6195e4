"""A Word file that came back: every paragraph of it in order, with the box it stands in.

Read from the XML of a checked copy, since no library sees into content controls, changes and
text boxes. Works without any optional library.
"""

import re
from collections.abc import Iterator, Mapping, Sequence
from pathlib import Path

from msgspec import Struct

from fieldvisit.exchange.office.file import OfficeFile, office_parts
from fieldvisit.exchange.office.hostile import HostileFile, damaged
from fieldvisit.exchange.office.xml import ForbiddenXml
from fieldvisit.exchange.word.around import Around
from fieldvisit.exchange.word.lines import Notes, lines_of
from fieldvisit.exchange.word.paragraphs import Paragraph, Paragraphs
from fieldvisit.exchange.word.properties import read_properties
from fieldvisit.exchange.word.signs import Signs
from fieldvisit.exchange.word.styles import Styles, read_styles
from fieldvisit.exchange.word.walk import TooMuch, Walk
from fieldvisit.fieldwork.sheets.returned_file import Line, ReturnedPage, Where
from fieldvisit.fieldwork.sheets.word_carriers import (
    HEAD_PROPERTY,
    SHEET_PROPERTY,
    box_property,
    head_mark,
)
from fieldvisit.language import _

_NOTES = ("comment", "footnote", "endnote")
_PAGE_NUMBER = re.compile(r"[\s\d/／\-–－]*")


class _Part(Struct, frozen=True):
    """What one part holds; ``sheet`` is the tag of a sheet if a control carries one."""

    root: str
    paragraphs: Sequence[Paragraph]
    sheet: str

    def text(self) -> str:
        return "\n".join(paragraph.text() for paragraph in self.paragraphs)


class _Opened(Struct, frozen=True):
    """A Word file with what is needed to read any part of it."""

    file: OfficeFile
    main: str
    styles: Styles
    properties: Mapping[str, str]

    def walk(self, data: bytes) -> _Part:
        """Return what a part holds; raises ForbiddenXml or TooMuch."""
        walk = Walk()
        around = Around(walk, self.styles, self._boxes())
        paragraphs = Paragraphs(walk, around)
        Signs(walk, paragraphs)
        walk.read(data)
        return _Part(walk.root, paragraphs.all, around.sheet)

    def parts(self, kind: str) -> Iterator[bytes]:
        """Yield the parts of a kind that hang on the main one."""
        for name in dict.fromkeys(self.file.related(self.main, kind)):
            if (data := self.file.part(name)) is not None:
                yield data

    def _boxes(self) -> Mapping[int, str]:
        return {
            number: tag
            for number in range(1, 1 + len(self.properties))
            if (tag := self.properties.get(box_property(number)))
        }


def read(path: Path) -> ReturnedPage:
    """Return the lines of the .docx file at ``path``, and the tag of its sheet.

    Raises HostileFile, or Refused where it cannot be opened.
    """
    file = office_parts(path)
    main = next(iter(file.related("", "officeDocument")), "")
    data = file.part(main)
    if data is None:
        raise _no_word_file(file.name)
    try:
        return _page(_opened(file, main), data)
    except TooMuch as much:
        raise HostileFile(file.name, str(much), _("Divide it into several files.")) from much
    except ForbiddenXml as error:
        raise damaged(file.name) from error


def _opened(file: OfficeFile, main: str) -> _Opened:
    styles, properties = (
        file.part(next(iter(file.related(part, kind)), ""))
        for part, kind in ((main, "styles"), ("", "custom-properties"))
    )
    return _Opened(file, main, read_styles(styles), read_properties(properties))


def _page(opened: _Opened, data: bytes) -> ReturnedPage:
    body = opened.walk(data)
    if body.root != "document":
        raise _no_word_file(opened.file.name)
    notes = _notes(opened)
    lines = [
        line
        for paragraph in body.paragraphs
        for line in lines_of(paragraph, opened.styles, notes, opened.file.name)
    ]
    mentioned = {mention for paragraph in body.paragraphs for mention in paragraph.mentions}
    loose = [(text, "comment") for mention, text in notes.items() if mention not in mentioned]
    for text, apart in (*loose, *((text, "margin") for text in _margins(opened))):
        end = Where(opened.file.name, "paragraph", max(1, len(body.paragraphs)))
        lines.append(Line(text, end, apart=apart))
    return ReturnedPage(tuple(lines), opened.properties.get(SHEET_PROPERTY, "") or body.sheet)


def _notes(opened: _Opened) -> Notes:
    """Return the texts of comments, footnotes and endnotes, without who wrote them."""
    found: dict[tuple[str, str], str] = {}
    for kind in _NOTES:
        for data in opened.parts(f"{kind}s"):
            for paragraph in opened.walk(data).paragraphs:
                key = (kind, paragraph.owner)
                found[key] = (
                    f"{found[key]}\n{paragraph.text()}" if key in found else paragraph.text()
                )
    return {key: text for key, text in found.items() if text.strip()}


def _margins(opened: _Opened) -> Iterator[str]:
    """Yield what stands above and below the pages, but for our own head and numbers of pages."""
    ours = opened.properties.get(HEAD_PROPERTY)
    for kind in ("header", "footer"):
        for data in opened.parts(kind):
            text = opened.walk(data).text()
            if not _PAGE_NUMBER.fullmatch(text) and head_mark(text) != ours:
                yield text


def _no_word_file(file: str) -> HostileFile:
    return HostileFile(file, _("it is no Word file."), _("Save it in Word as .docx."))
