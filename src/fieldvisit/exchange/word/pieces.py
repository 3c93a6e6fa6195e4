"""The pieces of a Word file: boxes as one text each, rows cell by cell, everything else in order.

A table typed into a box, or one without our heads, keeps its rows: a tab parts their cells.
"""

import re
from collections.abc import Iterator, Mapping, Sequence
from itertools import groupby
from operator import itemgetter

from msgspec import Struct
from msgspec.structs import replace

from fieldvisit.exchange.office import OfficeFile, office_parts, refusing
from fieldvisit.exchange.refusals import HostileFile
from fieldvisit.exchange.word.paragraphs import Paragraph, Paragraphs
from fieldvisit.exchange.word.styles import Numbering, Styles, read_numbering, read_styles
from fieldvisit.exchange.word.tree import Element, Row, parse, value
from fieldvisit.language import _
from fieldvisit.review.carriers import OWN_VARIABLE, SHEET_PROPERTY, OwnLines, own_list
from fieldvisit.review.columns import FILLED_IN, PASSAGE_COLUMNS
from fieldvisit.review.pieces import BOLD, IGNORED, OWN, Piece, Where, bare
from fieldvisit.review.tags import is_of_a_letter_row

_NOTES = ("comment", "footnote", "endnote")
_MARGINS = ("header", "footer")
_PAGE_NUMBER = re.compile(r"[\s\d/／\-–－]*")
# A cell of more paragraphs holds a memo of its own, in a frame or a form.
_MOST_PARAGRAPHS = 6
_LONGEST_LABEL = 200  # characters that are repeated of a cell that goes on below
_TAKEN_OUT = {"struck", "hidden"}  # by whoever wrote it: it leaves no empty line behind


def read(name: str, data: bytes) -> tuple[str, tuple[Piece, ...]]:
    """Return the tag of the sheet and every text.

    Raises HostileFile, MissingLibrary where lxml is absent.
    """
    file = office_parts(name, data)
    with refusing(name):
        found = _Pieces(file)
        return found.sheet, tuple(found.all())


class _Part(Struct, frozen=True):
    """A piece of one paragraph, the paragraph, and the number that Word writes before it."""

    piece: Piece
    paragraph: Paragraph
    number: str = ""

    @property
    def seen(self) -> str:
        """The text as a person sees it."""
        return f"{self.number}\u3000{self.piece.text}" if self.number else self.piece.text

    @property
    def inner(self) -> tuple[Row | None, int]:
        """The innermost row of several cells around it, and the cell."""
        places = reversed(self.paragraph.place)
        return next(((row, cell) for row, cell in places if row.cell > 1), (None, 0))

    def cell_of(self, row: Row) -> int:
        return next(max(1, cell) for one, cell in self.paragraph.place if one is row)


Cells = Mapping[int, Sequence[_Part]]


class _Pieces:
    """Goes through a file from its beginning to its end; each of its parts is read once."""

    def __init__(self, file: OfficeFile) -> None:
        self._file, self._main = file, next(iter(file.related("", "officeDocument")), "")
        data = file.part(self._main)
        root = None if data is None else parse(data)
        if root is None or root.tag.rpartition("}")[2] != "document":
            raise HostileFile(file.name, _("it is no Word file."), _("Save it in Word as .docx."))
        self._styles = next(map(read_styles, self._roots(self._main, "styles")), Styles())
        lists = map(read_numbering, self._roots(self._main, "numbering"))
        self._numbering = next(lists, Numbering())
        # What a user, or our own writer, gave the file.
        said = (said for part in self._roots("", "custom-properties") for said in part)
        self._properties = {value(one, "name"): "".join(one.itertext()).strip() for one in said}
        self._body = Paragraphs(root, self._styles, self._properties, self._diagram)
        self.sheet = self._properties.get(SHEET_PROPERTY, "") or self._body.sheet
        self._own = OwnLines(own_list(self._properties) or self._variable())
        self._notes = {key: text for key, text in self._read_notes() if text}
        self._seen: dict[tuple[Row, int], str] = {}  # what is seen in a cell, which may go on below
        rows = self._body.rows
        self._merged = {(one, at) for row in rows for at in row.merged for one in (row, row.above)}
        self._tags = dict(_tags(self._body))
        self._told: set[tuple[str, Row | None, tuple[str, str]]] = set()

    def _roots(self, part: str, kind: str) -> Iterator[Element]:
        """Yield the trees of the parts that ``part`` names as its ``kind``."""
        for name in dict.fromkeys(self._file.related(part, kind)):
            if (data := self._file.part(name)) is not None:
                yield parse(data)

    def _found(self, element: Element) -> list[Paragraph]:
        return Paragraphs(element, self._styles, self._properties).all

    def _diagram(self, diagram: str) -> str:
        """Return the words of a diagram (SmartArt) by its id."""
        name = dict(self._file.links(self._main, "diagramData")).get(diagram, "")
        data = self._file.part(name) if name else None
        return "" if data is None else _words(self._found(parse(data))).strip("\n")

    def _variable(self) -> str:
        """Return the list of our own lines in the variables of the document."""
        known = (
            one for part in self._roots(self._main, "settings") for one in part.iter("{*}docVar")
        )
        return next((value(one) for one in known if value(one, "name") == OWN_VARIABLE), "")

    def _read_notes(self) -> Iterator[tuple[tuple[str, str], str]]:
        """Yield the texts of comments, footnotes and endnotes by kind and id."""
        notes: dict[tuple[str, str], list[str]] = {}
        for kind in _NOTES:
            for note in (note for part in self._roots(self._main, f"{kind}s") for note in part):
                text = _words(self._found(note))
                notes.setdefault((kind, value(note, "id")), []).append(text)
        yield from ((key, "\n".join(texts).strip("\n")) for key, texts in notes.items())

    def all(self) -> Iterator[Piece]:
        margins = [self._found(part) for kind in _MARGINS for part in self._roots(self._main, kind)]
        top = Where(self._file.name, "paragraph", 1)
        yield from self._file.ignored(top)
        for stretch in (one for part in margins for paragraph in part for one in paragraph.pieces):
            if stretch.apart in IGNORED:
                yield Piece(stretch.text, top, look=stretch.apart)
        parts = [part for paragraph in self._body.all for part in self._parts(paragraph)]
        for (slot, row), group in groupby(parts, key=self._belongs):
            run = list(group)
            if slot:
                yield from _box(run)
            elif row:
                yield from self._row(row, run)
            else:
                for part in run:
                    own = not part.piece.look and self._own.take(part.piece.text)
                    yield replace(part.piece, **({"look": OWN} if own else {"text": part.seen}))
        yield from self._around(map(_words, margins))

    def _belongs(self, part: _Part) -> tuple[str, Row | None]:
        """Return the box in which a part stands, else the outermost row around it."""
        slot = "" if is_of_a_letter_row(part.piece.slot) else part.piece.slot
        rows = (row for row, _cell in part.paragraph.place if row.cell > 1 or row in self._tags)
        return slot, None if slot else next(rows, None)

    def _around(self, margins: Iterator[str]) -> Iterator[Piece]:
        """Yield what hangs on no paragraph, and what stands above and below the pages."""
        body = self._body.all
        mentioned = {mention for paragraph in body for mention in paragraph.mentions}
        end = Where(self._file.name, "paragraph", max(1, len(body)))
        for key, text in self._notes.items():
            if key not in mentioned:
                yield Piece(bare(text), end, look="comment")
        for text in margins:
            if not _PAGE_NUMBER.fullmatch(text):
                yield Piece(bare(text), end, look=OWN if self._own.take(text) else "margin")

    def _parts(self, paragraph: Paragraph) -> Iterator[_Part]:
        """Yield what stands in a paragraph, then the notes that hang on it."""
        if paragraph.is_anchor and not (paragraph.pieces or paragraph.mentions):
            return
        style, level = self._styles.outline(paragraph.look)
        style = style or (BOLD if paragraph.weights == {True} else "")
        number = self._numbering.next(*self._styles.list_of(paragraph.look))
        where = Where(self._file.name, "paragraph", paragraph.number)
        boxes = [(box, list(own)) for box, own in groupby(paragraph.pieces, lambda one: one.box)]
        reasons = {stretch.apart for stretch in paragraph.pieces}
        is_empty_line = not boxes[1:] and (not reasons or bool(reasons - _TAKEN_OUT))
        for box, stretches in boxes or [(paragraph.box, [])]:
            text = "".join(one.text for one in stretches if not one.apart)
            plain = "drawn" if paragraph.is_drawn else ""
            if text or is_empty_line:
                piece = Piece(text, where, box, "", plain, style, level)
                yield _Part(piece, paragraph, number)
                number = ""
            for one in stretches:
                if one.apart:
                    look = "aside" if one.apart == "instruction" else one.apart
                    yield _Part(Piece(one.text, where, box, "", look, style, level), paragraph)
        last = paragraph.pieces[-1].box if paragraph.pieces else paragraph.box
        row = paragraph.place[0][0] if paragraph.place else None
        for mention in dict.fromkeys(paragraph.mentions):
            told = last, row, mention  # once of each box and row that it is about
            if (note := self._notes.get(mention)) and told not in self._told:
                self._told.add(told)
                yield _Part(Piece(bare(note), where, last, look="comment"), paragraph)

    def _row(self, row: Row, parts: Sequence[_Part]) -> Iterator[Piece]:
        cells: dict[int, list[_Part]] = {}
        for part in parts:
            cells.setdefault(part.cell_of(row), []).append(part)
        texts = {at: _text(cells.get(at, ()), row) for at in range(1, row.cell + 1)}
        tag = self._tags.get(row, "")
        if tag:
            yield from self._of_table(row, cells, tag)
        elif any(own := [self._own.take(text) for text in texts.values()]):
            for (at, text), is_own in zip(texts.items(), own, strict=True):
                yield from _cell(cells.get(at, ()), Piece(text, parts[0].piece.where), own=is_own)
        else:
            yield from self._other_row(row, cells, parts)

    def _of_table(self, row: Row, cells: Cells, tag: str) -> Iterator[Piece]:
        """Yield the cells of a row of ours; its columns are known if none is new and none lacks."""
        where = _where(cells, tag)
        columns = tuple(PASSAGE_COLUMNS) if row.cell == len(PASSAGE_COLUMNS) else ()
        for at in range(1, row.cell + 1):
            text = self._text(row, at, cells)
            column = columns[at - 1] if columns else ""
            own = column not in FILLED_IN and self._own.take(text, tag)
            look = "merged" if (row, at) in self._merged else ""
            piece = Piece(bare(text), where, tag, column, look)
            yield from _cell(cells.get(at, ()), piece, own=own)

    def _other_row(self, row: Row, cells: Cells, parts: Sequence[_Part]) -> Iterator[Piece]:
        """Yield a row of somebody's own table as one text: a value alone says nothing."""
        shown = [self._text(row, at, cells) for at in range(1, row.cell + 1)]
        most = max(sum(not part.piece.look for part in cell) for cell in cells.values())
        is_filled = any(_text(cell, row) for cell in cells.values())
        if is_filled and sum(map(bool, shown)) > 1 and most <= _MOST_PARAGRAPHS:
            text = "\t".join(" ".join(cell.split("\n")) for cell in shown)
            yield Piece(bare(text), parts[0].piece.where)
            parts = [part for part in parts if part.piece.look]
        yield from (part.piece for part in parts)

    def _text(self, row: Row, at: int, cells: Cells) -> str:
        """Return what is seen in a cell: that of the cell above, if it goes on below."""
        text = _text(cells.get(at, ()), row)
        if not text and at in row.merged and row.above:
            above = self._seen.get((row.above, at), "")
            text = above if len(above) <= _LONGEST_LABEL or row.tag else ""
        self._seen[row, at] = text
        return text


def _words(paragraphs: Sequence[Paragraph]) -> str:
    """Return the text of a note or a margin, without what holds none."""
    return "\n".join(
        "".join(stretch.text for stretch in paragraph.pieces if stretch.apart not in IGNORED)
        for paragraph in paragraphs
    )


def _tags(body: Paragraphs) -> Iterator[tuple[Row, str]]:
    """Yield the rows of letters with their tags, by their bookmarks and by controls in them."""
    yield from ((row, row.tag) for row in body.rows if is_of_a_letter_row(row.tag))
    for paragraph in body.all:
        for box in (stretch.box for stretch in paragraph.pieces):
            if paragraph.place and is_of_a_letter_row(box):
                yield paragraph.place[0][0], box


def _box(parts: Sequence[_Part]) -> Iterator[Piece]:
    """Yield what stands in a box as one text, then what is no plain text in it."""
    plain = [part for part in parts if not part.piece.look]
    if plain:
        first = next((part for part in plain if part.piece.text.strip()), plain[0])
        yield replace(first.piece, text=bare(_text(plain)))
    yield from (part.piece for part in parts if part.piece.look)


def _cell(parts: Sequence[_Part], piece: Piece, *, own: bool) -> Iterator[Piece]:
    """Yield the text of a cell, then what is no plain text in it."""
    yield replace(piece, look=OWN) if own else piece
    for part in parts:
        if part.piece.look:
            yield replace(part.piece, where=piece.where, slot=piece.slot, column=piece.column)


def _text(parts: Sequence[_Part], around: Row | None = None) -> str:
    """Return plain text paragraph by paragraph, that of a table in it row by row.

    ``around`` is a row in one cell of which all of it stands.
    """
    plain = [part for part in parts if not part.piece.look]
    cells = {part.inner for part in plain}
    [around, _at] = cells.pop() if len(cells) == 1 else (around, 0)
    lines = []
    for row, group in groupby(plain, key=lambda part: part.inner[0]):
        run = [(part.inner[1], part.seen) for part in group]
        if row is None or row is around:
            lines += [text for _cell, text in run]
        else:
            texts = {at: " ".join(t for _at, t in own) for at, own in groupby(run, itemgetter(0))}
            lines.append("\t".join(texts.get(at, "") for at in range(1, row.cell + 1)))
    return "\n".join(lines)


def _where(cells: Cells, tag: str) -> Where:
    """Return where a row stands: by its number, if it is one of ours."""
    where = next(part.piece.where for cell in cells.values() for part in cell)
    number = _text(cells.get(1, ())).strip()
    if tag and number.isascii() and number.isdecimal():
        return Where(where.file, "row", int(number))
    return where
