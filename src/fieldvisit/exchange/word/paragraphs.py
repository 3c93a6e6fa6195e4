"""The paragraphs of one part of a Word file, with every piece of text that stands in them."""

from msgspec import Struct, field

from fieldvisit.exchange.word.around import NOTHING, Around
from fieldvisit.exchange.word.names import Attributes, value
from fieldvisit.exchange.word.styles import level_of
from fieldvisit.exchange.word.walk import TooMuch, Walk
from fieldvisit.fieldwork.sheets.word_carriers import box_number
from fieldvisit.language import _

MOST_PARAGRAPHS = 100_000
LONGEST = 1_000_000  # characters


class Piece(Struct):
    """A stretch of text of one paragraph: the box it stands in, and why it is set apart.

    ``cut`` tells apart what was taken out in other ways, or stood in another paragraph.
    """

    texts: list[str]
    box: str = ""
    apart: str = ""
    cut: str = ""

    @property
    def text(self) -> str:
        """The text as one."""
        return "".join(self.texts)


class Paragraph(Struct):
    """A paragraph as found, ``number`` counting from 1 in its part.

    ``owner`` is the id of the comment or footnote of which it is a part; ``mentions`` are kind
    and id of those that hang on it. ``box`` is that of an empty one.
    """

    number: int
    owner: str = ""
    box: str = ""
    style: str = ""
    listed: bool | None = None
    level: int | None = None
    pieces: list[Piece] = field(default_factory=list)
    mentions: list[tuple[str, str]] = field(default_factory=list)
    length: int = 0
    depth: int = 0
    is_anchor: bool = False  # the first of one of our boxes, which we left empty
    goes_on: bool = False  # its end was deleted: the next one continues it
    joined: int = 0  # how many others it continues

    def text(self) -> str:
        """Return all that stands in it, set apart or not."""
        return "".join(piece.text for piece in self.pieces)


class Paragraphs:
    """The paragraphs that the walk has found, ``all`` in their order."""

    def __init__(self, walk: Walk, around: Around) -> None:
        self.all: list[Paragraph] = []
        self._walk, self._around = walk, around
        self._open: list[Paragraph] = []  # several inside of text boxes
        self._loose: Paragraph | None = None  # for text that stands in none
        self._broken: Paragraph | None = None  # whose end was deleted
        self._owner = ""
        walk.on("p", self._start, self._end)
        walk.on("tbl", lambda _attributes: self.close())
        walk.on("tc sdt body txbxContent", end=self.close)
        walk.on("comment footnote endnote", self._note, self.close)
        walk.on("pStyle", self._style)
        walk.on("numId", self._number)
        walk.on("outlineLvl", self._level)
        walk.on("tag", self._inner_box)
        walk.on("bookmarkStart", self._bookmark)
        walk.on("del moveFrom", self._end_deleted)
        walk.on("commentReference", self._comment)
        walk.on("footnoteReference", self._footnote)
        walk.on("endnoteReference", self._endnote)

    def add(self, text: str, apart: str | None = None) -> None:
        """Put text where the walk is; ``apart`` is known, or told by what lies around."""
        if not text:
            return
        self._walk.found += len(text)
        paragraph = self._present()
        why = self._around.why_apart(paragraph.style) if apart is None else apart
        if why == NOTHING:
            return
        paragraph.length += len(text)
        if paragraph.length > LONGEST:
            raise TooMuch(_("a paragraph is longer than {limit} characters.").format(
                limit=f"{LONGEST:,}"))  # fmt: skip
        cut = f"{self._around.deletion()} {paragraph.joined}" if why else ""
        piece = Piece([text], self._around.box(), why, cut)
        last = paragraph.pieces[-1] if paragraph.pieces else piece
        if last is not piece and (last.box, last.apart, last.cut) == (piece.box, why, cut):
            last.texts.append(text)
        else:
            paragraph.pieces.append(piece)

    def close(self) -> None:
        """End what has no end of its own: text in no paragraph, a paragraph without an end."""
        self._loose = self._broken = None

    def _present(self) -> Paragraph:
        if self._open:
            return self._open[-1]
        if self._loose is None:
            self._loose = self._new()
        return self._loose

    def _new(self) -> Paragraph:
        if len(self.all) == MOST_PARAGRAPHS:
            raise TooMuch(_("it has more than {limit} paragraphs.").format(
                limit=f"{MOST_PARAGRAPHS:,}"))  # fmt: skip
        made = Paragraph(len(self.all) + 1, self._owner, self._around.box())
        self.all.append(made)
        return made

    def _start(self, _attributes: Attributes) -> None:
        depth, broken = len(self._walk.stack), self._broken
        self.close()
        if broken is not None and broken.depth == depth:
            broken.goes_on, broken.style, broken.listed, broken.level = False, "", None, None
            broken.joined += 1
            self._open.append(broken)
            return
        made = self._new()
        made.depth = depth
        self._open.append(made)

    def _end(self) -> None:
        ended = self._open.pop()
        self._broken = ended if ended.goes_on else None
        self._around.paragraph_ended(has_text=bool(ended.length))

    def _note(self, attributes: Attributes) -> None:
        self.close()
        self._owner = value(attributes, "id")

    def _style(self, attributes: Attributes) -> None:
        if self._open and self._walk.is_under("p", "pPr"):
            self._open[-1].style = value(attributes)

    def _number(self, attributes: Attributes) -> None:
        if self._open and self._walk.is_under("p", "pPr", "numPr"):
            self._open[-1].listed = value(attributes) != "0"

    def _level(self, attributes: Attributes) -> None:
        if self._open and self._walk.is_under("p", "pPr"):
            self._open[-1].level = level_of(attributes)

    def _inner_box(self, _attributes: Attributes) -> None:
        if self._open and not self._open[-1].pieces:
            self._open[-1].box = self._around.box()

    def _bookmark(self, attributes: Attributes) -> None:
        if self._open and box_number(value(attributes, "name")):
            self._open[-1].is_anchor = True

    def _end_deleted(self, _attributes: Attributes) -> None:
        if self._open and self._walk.is_under("p", "pPr", "rPr"):
            self._open[-1].goes_on = True

    def _comment(self, attributes: Attributes) -> None:
        self._present().mentions.append(("comment", value(attributes, "id")))

    def _footnote(self, attributes: Attributes) -> None:
        self._present().mentions.append(("footnote", value(attributes, "id")))

    def _endnote(self, attributes: Attributes) -> None:
        self._present().mentions.append(("endnote", value(attributes, "id")))
