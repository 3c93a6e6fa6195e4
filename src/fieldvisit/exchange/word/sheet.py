"""A Word file that came back: every paragraph of it in order, with the box it stands in."""

import re
from collections.abc import Callable, Iterator, Mapping
from itertools import groupby
from pathlib import Path

from msgspec import Struct
from msgspec.structs import replace

from fieldvisit.exchange.office.file import OfficeFile, office_parts
from fieldvisit.exchange.office.hostile import HostileFile, damaged
from fieldvisit.exchange.office.xml import ForbiddenXml
from fieldvisit.exchange.word.paragraphs import Paragraph, Paragraphs
from fieldvisit.exchange.word.rows import row_by_row
from fieldvisit.exchange.word.styles import Look, Styles, read_styles
from fieldvisit.exchange.word.tree import Element, TooMuch, parse, value
from fieldvisit.fieldwork.sheets.returned_file import Line, ReturnedPage, Where
from fieldvisit.fieldwork.sheets.word_carriers import HEAD_PROPERTY, SHEET_PROPERTY, head_mark
from fieldvisit.language import _

_NOTES = ("comment", "footnote", "endnote")
_MARGINS = ("header", "footer")
_PAGE_NUMBER = re.compile(r"[\s\d/／\-–－]*")
# What its writer took out: a paragraph of nothing else leaves no empty line behind.
_TAKEN_OUT = {"struck", "hidden"}


class WordFile(Struct, frozen=True):
    """A Word file, each part read once.

    ``notes`` are the texts of comments, footnotes and endnotes by kind and id, ``margins`` those
    above and below the pages that are not ours.
    """

    name: str
    body: Paragraphs
    styles: Styles
    sheet: str
    notes: Mapping[tuple[str, str], str]
    margins: tuple[str, ...]

    def page(self, kind: Callable[[Look], str]) -> ReturnedPage:
        """Return its lines; ``kind`` tells the style of a paragraph."""
        lines = [line for paragraph in self.body.all for line in self._lines(paragraph, kind)]
        mentioned = {mention for paragraph in self.body.all for mention in paragraph.mentions}
        loose = [(text, "comment") for key, text in self.notes.items() if key not in mentioned]
        end = Where(self.name, "paragraph", max(1, len(self.body.all)))
        for text, apart in (*loose, *((text, "margin") for text in self.margins)):
            lines.append(Line(text, end, apart=apart))
        return ReturnedPage(tuple(lines), self.sheet)

    def _lines(self, paragraph: Paragraph, kind: Callable[[Look], str]) -> Iterator[Line]:
        """Yield the lines of a paragraph, then those of the notes that hang on it."""
        if paragraph.is_anchor and not (paragraph.pieces or paragraph.mentions):
            return
        where, style = Where(self.name, "paragraph", paragraph.number), kind(paragraph.look)
        boxes = [(box, list(own)) for box, own in groupby(paragraph.pieces, lambda p: p.box)]
        reasons = {piece.apart for piece in paragraph.pieces}
        is_empty_line = not boxes[1:] and (not reasons or bool(reasons - _TAKEN_OUT))
        for box, pieces in boxes or [(paragraph.box, [])]:
            text = "".join(piece.text for piece in pieces if not piece.apart)
            if text or is_empty_line:
                yield Line(text, where, box, style=style)
            for piece in pieces:
                if piece.apart:
                    yield Line(piece.text, where, box, piece.apart, style)
        last = paragraph.pieces[-1].box if paragraph.pieces else paragraph.box
        for mention in dict.fromkeys(paragraph.mentions):
            if note := self.notes.get(mention):
                yield Line(note, where, last, "comment")


def read(path: Path) -> ReturnedPage:
    """Return the lines of the .docx file at ``path``, and the tag of its sheet.

    Raises HostileFile, Refused where it cannot be opened, MissingLibrary where lxml is absent.
    """
    file = read_file(path)
    return file.page(file.styles.kind)


def read_memo(path: Path) -> ReturnedPage:
    """Return the same with the levels of headings and points, and a row of a table as one line."""
    file = read_file(path)
    page = file.page(file.styles.kind_and_level)
    places = {paragraph.number: paragraph.place for paragraph in file.body.all}
    return replace(page, lines=tuple(row_by_row(page.lines, file.body.rows, places)))


def read_file(path: Path) -> WordFile:
    """Return what stands in the .docx file at ``path``; raises what ``read`` raises."""
    file = office_parts(path)
    try:
        return _read(file)
    except TooMuch as much:
        raise HostileFile(file.name, str(much), _("Divide it into several files.")) from much
    except ForbiddenXml as error:
        raise damaged(file.name) from error


def _read(file: OfficeFile) -> WordFile:
    main = next(iter(file.related("", "officeDocument")), "")
    data = file.part(main)
    root = None if data is None else parse(data)
    if root is None or root.tag.rpartition("}")[2] != "document":
        raise HostileFile(file.name, _("it is no Word file."), _("Save it in Word as .docx."))
    styles = next(map(read_styles, _roots(file, main, "styles")), Styles())
    properties = next(map(_properties, _roots(file, "", "custom-properties")), {})
    body = Paragraphs(root, styles, properties)

    def text(element: Element) -> str:
        return "\n".join(found.text for found in Paragraphs(element, styles, properties).all)

    notes: dict[tuple[str, str], str] = {}
    for kind in _NOTES:
        for note in (note for part in _roots(file, main, f"{kind}s") for note in part):
            key = (kind, value(note, "id"))
            notes[key] = f"{notes[key]}\n{text(note)}" if key in notes else text(note)
    margins = [text(part) for kind in _MARGINS for part in _roots(file, main, kind)]
    ours = properties.get(HEAD_PROPERTY)
    return WordFile(
        file.name, body, styles, properties.get(SHEET_PROPERTY, "") or body.sheet,
        {key: note for key, note in notes.items() if note.strip()},
        tuple(m for m in margins if not _PAGE_NUMBER.fullmatch(m) and head_mark(m) != ours),
    )  # fmt: skip


def _roots(file: OfficeFile, part: str, kind: str) -> Iterator[Element]:
    """Yield the trees of the parts that ``part`` names as its ``kind``."""
    for name in dict.fromkeys(file.related(part, kind)):
        if (data := file.part(name)) is not None:
            yield parse(data)


def _properties(root: Element) -> Mapping[str, str]:
    """Return the properties that a user, or our own writer, gave the file."""
    named = ((value(said, "name"), said) for said in root)
    return {name: "".join(said.itertext()).strip() for name, said in named if name}
