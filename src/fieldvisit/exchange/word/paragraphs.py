"""The paragraphs of one part of a Word file, with every piece of text that stands in them.

Nothing is passed over because it is unknown, or because it stands where no text may.
"""

import sys
from collections.abc import Callable, Mapping
from typing import ClassVar

from msgspec import Struct, field
from msgspec.structs import replace

from fieldvisit.exchange.office import seen_alone
from fieldvisit.exchange.refusals import TooMuch
from fieldvisit.exchange.word.styles import Look, Styles, look_of, switches_of
from fieldvisit.exchange.word.tree import (
    ANSWERS,
    NAMES,
    SIGNS,
    Element,
    Place,
    Row,
    child,
    is_on,
    name_of,
    value,
    within,
)
from fieldvisit.language import _
from fieldvisit.review.carriers import box_number, box_property
from fieldvisit.review.tags import is_of_a_sheet

MOST_PARAGRAPHS = 100_000
LONGEST = 1_000_000  # characters

_NOTHING = "nothing"  # instead of a reason: no text of anybody's
_MOST_ROWS = 5  # of tables within tables
_MOST_RANGES = 100  # of comments about the same words
_GONE = frozenset({"del", "moveFrom"})
# Where Word allows no bare text, but a careless program may have put it.
_HOLDERS = ("r", "p", "tc", "body", "sdtContent")


class Stretch(Struct):
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

    ``mentions`` are kind and id of comments and footnotes that hang on it, ``box`` is that of an
    empty one.
    """

    number: int
    box: str = ""
    place: Place = ()
    look: Look = Look()
    pieces: list[Stretch] = field(default_factory=list)
    mentions: list[tuple[str, str]] = field(default_factory=list)
    length: int = 0
    is_anchor: bool = False  # the first of one of our boxes, which we left empty
    joined: int = 0  # how many others it continues, whose ends were deleted
    is_drawn: bool = False  # in a text box or a drawing
    weights: set[bool] = field(default_factory=set)  # whether its words are bold


class _Around(Struct, frozen=True):
    """What holds for the text inside of an element.

    ``control`` is the tag of the innermost control that has one, ``frame`` that of the table.
    ``readings`` collects what stands above a word, ``ruby`` those of the word around. A form of
    what was there ``already`` when so many characters had been found is not read again.
    """

    paragraph: Paragraph | None = None
    control: str = ""
    frame: str = ""
    is_controlled: bool = False
    is_placeholder: bool = False
    deletion: str = ""  # `del` or `moveFrom`
    is_deleted: bool = False  # as a row or a cell
    is_hidden: bool = False
    is_drawn: bool = False
    run_style: str = ""
    switches: Mapping[str, bool] = {}
    ruby: list[str] | None = None
    readings: list[str] | None = None
    already: int = sys.maxsize
    table: list[Row] | None = None  # its rows so far
    rows: tuple[Row, ...] = ()

    @property
    def box(self) -> str:
        return self.control or self.frame


class Paragraphs:
    """The paragraphs within an element, ``all`` in their order, and the ``rows`` of its tables.

    ``diagram`` returns the words of one by its id. ``sheet`` is the tag of a whole sheet that a
    control carried. Raises TooMuch beyond limits.
    """

    def __init__(
        self,
        root: Element,
        styles: Styles,
        properties: Mapping[str, str],
        diagram: Callable[[str], str] = lambda _id: "",
    ) -> None:
        self.all: list[Paragraph] = []
        self.rows: list[Row] = []
        self.sheet = ""
        self._styles, self._properties, self._diagram = styles, properties, diagram
        self._found = 0  # characters so far, and what counts like them
        self._loose: Paragraph | None = None  # for text that stands in none
        self._broken: tuple[Paragraph, int] | None = None  # whose end was deleted, and its depth
        self._anchor = ""  # the tag of the box whose frame comes next
        self._is_anchor = False  # the present paragraph has that bookmark
        self._fields: list[str] = []
        self._ranges: dict[tuple[str, str], None] = {}  # comments about what comes now
        self._inside(root, _Around())

    def _inside(self, element: Element, around: _Around) -> None:
        # At most two calls for each of the 256 levels that the parser lets through.
        if element.text:
            self._bare(element, element.text, around)
        for inner in element:
            if read := self._READERS.get(NAMES.get(inner.tag, "")):
                read(self, inner, around)
            elif len(inner) or inner.text:
                self._inside(inner, around)
            if inner.tail:
                self._bare(element, inner.tail, around)

    def _bare(self, element: Element, text: str, around: _Around) -> None:
        name = name_of(element)
        if name == "t" or (name in _HOLDERS and text.strip()):
            self._put(text, around)
        elif name == "delText":
            self._put(text, around, "deleted")

    def _put(self, text: str, around: _Around, apart: str | None = None) -> None:
        """Put text where it stands; ``apart`` is known, or told by what lies around."""
        if around.readings is not None:
            around.readings.append(text)
            return
        if not text:
            return
        self._found += len(text)
        paragraph = self._present(around)
        why = self._why_apart(paragraph, around, text) if apart is None else apart
        if why == _NOTHING:
            return
        paragraph.length += len(text)
        if paragraph.length > LONGEST:
            raise TooMuch(_("a paragraph is longer than {limit} characters.").format(
                limit=f"{LONGEST:,}"))  # fmt: skip
        cut = f"{around.deletion} {paragraph.joined}" if why else ""
        last = paragraph.pieces[-1] if paragraph.pieces else None
        if last and (last.box, last.apart, last.cut) == (around.box, why, cut):
            last.texts.append(text)
        else:
            paragraph.pieces.append(Stretch([text], around.box, why, cut))

    def _why_apart(self, paragraph: Paragraph, around: _Around, text: str) -> str:
        """Return why text here is set apart (one of APART, or _NOTHING), empty if it is text."""
        if around.deletion or around.is_deleted:
            return "deleted"
        on = self._styles.switched_on(paragraph.look.style, around.run_style)
        if around.switches:
            own = around.switches
            on = on.union(own).difference(switch for switch in own if not own[switch])
        if "code" in self._fields or around.is_hidden or "vanish" in on:
            return "hidden"
        if text.strip():
            paragraph.weights.add("b" in on)
        return "struck" if on - {"b"} else self._placeholder(around)

    def _placeholder(self, around: _Around) -> str:
        styled = around.is_controlled and self._styles.is_placeholder(around.run_style)
        # A program may fill a control and leave it marked as empty: that text is kept.
        if styled and around.is_placeholder:
            return _NOTHING
        return "instruction" if styled or around.is_placeholder else ""

    def _present(self, around: _Around) -> Paragraph:
        if around.paragraph is not None:
            return around.paragraph
        if self._loose is None:
            self._loose = self._new(around)
        return self._loose

    def _new(self, around: _Around) -> Paragraph:
        if len(self.all) == MOST_PARAGRAPHS:
            raise TooMuch(_("it has more than {limit} paragraphs.").format(
                limit=f"{MOST_PARAGRAPHS:,}"))  # fmt: skip
        place = tuple((row, row.cell) for row in around.rows[:_MOST_ROWS])
        made = Paragraph(len(self.all) + 1, around.box, place, is_drawn=around.is_drawn)
        made.mentions.extend(self._ranges)
        self.all.append(made)
        return made

    def _close(self) -> None:
        """End what has no end of its own: text in no paragraph, a paragraph without an end."""
        self._loose = self._broken = None

    def _block(self, element: Element, around: _Around) -> None:
        is_drawn = around.is_drawn or name_of(element) == "txbxContent"
        self._inside(element, replace(around, is_drawn=is_drawn))
        self._close()

    def _paragraph(self, element: Element, around: _Around) -> None:
        broken = self._broken
        self._close()
        if broken and broken[1] == _depth(element):
            made = broken[0]
            made.joined += 1
        else:
            made = self._new(around)
        said = within(child(element, "pPr"))
        made.look = look_of(said)
        self._inside(element, replace(around, paragraph=made))
        is_gone = not _GONE.isdisjoint(within(said.get("rPr")))
        self._broken = (made, _depth(element)) if is_gone else None
        if made.length and not self._is_anchor:
            self._anchor = ""  # text between parts a frame from its bookmark
        self._is_anchor = False

    def _run(self, element: Element, around: _Around) -> None:
        said = within(child(element, "rPr"))
        style, switches = value(said.get("rStyle")), switches_of(said)
        if (style, switches) != (around.run_style, around.switches):
            around = replace(around, run_style=style, switches=switches)
        self._inside(element, around)

    def _control(self, element: Element, around: _Around) -> None:
        said = within(child(element, "sdtPr"))
        tag, shown = value(said.get("tag")), is_on(said.get("showingPlcHdr"))
        if is_of_a_sheet(tag):
            self.sheet, tag = tag, ""
        inside = replace(
            around, control=tag or around.control, is_controlled=True,
            is_placeholder=around.is_placeholder or shown,
        )  # fmt: skip
        if "tag" in said and around.paragraph and not around.paragraph.pieces:
            around.paragraph.box = inside.box
        self._inside(element, inside)
        self._close()

    def _bookmark(self, element: Element, around: _Around) -> None:
        if at := box_number(value(element, "name")):
            self._anchor = self._properties.get(box_property(at), "")
            self._is_anchor = True
            if around.paragraph:
                around.paragraph.is_anchor = True
            if around.rows:
                around.rows[0].tag = around.rows[0].tag or self._anchor
        self._inside(element, around)

    def _table(self, element: Element, around: _Around) -> None:
        self._close()
        frame, self._anchor = self._anchor or around.frame, ""
        self._inside(element, replace(around, frame=frame, table=[]))

    def _row(self, element: Element, around: _Around) -> None:
        above = around.table[-1] if around.table else None
        row = Row(above, around.table[0] if around.table else None)
        self.rows.append(row)
        if around.table is not None:
            around.table.append(row)
        said = within(child(element, "trPr"))
        inside = replace(
            around, rows=(*around.rows, row),
            is_hidden=around.is_hidden or is_on(said.get("hidden")),
            is_deleted=around.is_deleted or not _GONE.isdisjoint(said),
        )  # fmt: skip
        self._inside(element, inside)

    def _cell(self, element: Element, around: _Around) -> None:
        said = within(child(element, "tcPr"))
        if around.rows:
            row = around.rows[-1]
            row.cell += 1
            if "vMerge" in said and value(said["vMerge"]) != "restart":
                row.merged.add(row.cell)
        is_deleted = around.is_deleted or "cellDel" in said
        self._inside(element, replace(around, is_deleted=is_deleted))
        self._close()

    def _deletion(self, element: Element, around: _Around) -> None:
        if name_of(element.getparent()) not in ("trPr", "rPr"):
            around = replace(around, deletion=name_of(element))
        self._inside(element, around)

    def _field(self, element: Element, around: _Around) -> None:
        kind = value(element, "fldCharType")
        if kind == "begin":
            self._fields.append("code")
        elif self._fields and kind == "separate":
            self._fields[-1] = "result"
        elif self._fields and kind == "end":
            self._fields.pop()
        self._inside(element, around)

    def _mention(self, element: Element, around: _Around) -> None:
        kind = name_of(element).removesuffix("Reference")
        self._present(around).mentions.append((kind, value(element, "id")))
        self._inside(element, around)

    def _range(self, element: Element, around: _Around) -> None:
        """Begin or end what a comment is about: it may be more than one box or row."""
        mention = "comment", value(element, "id")
        if name_of(element) == "commentRangeEnd":
            self._ranges.pop(mention, None)
        else:
            self._ranges[mention] = None
            if len(self._ranges) > _MOST_RANGES:
                raise TooMuch(_("it is made of too many pieces."))
            if around.paragraph:
                around.paragraph.mentions.append(mention)
        self._inside(element, around)

    def _forms(self, element: Element, around: _Around) -> None:
        self._inside(element, replace(around, already=self._found))

    def _form(self, element: Element, around: _Around) -> None:
        """Read one of several forms of the same thing: text boxes come twice."""
        if self._found <= around.already:
            self._inside(element, around)

    def _sign(self, element: Element, around: _Around) -> None:
        name = name_of(element)
        self._put(SIGNS[name](element), around, "" if name in ANSWERS else None)
        self._inside(element, around)

    def _word_with_reading(self, element: Element, around: _Around) -> None:
        ruby: list[str] = []
        self._inside(element, replace(around, ruby=ruby))
        if reading := "".join(ruby):
            self._put(f"（{reading}）", around)

    def _reading(self, element: Element, around: _Around) -> None:
        self._inside(element, replace(around, readings=around.ruby))

    def _drawing(self, element: Element, around: _Around) -> None:
        before = self._found
        self._inside(element, replace(around, is_drawn=True))
        for ids in element.iter("{*}relIds"):
            self._put(self._diagram(value(ids, "dm")), around, "drawn")
        if self._found == before:
            look = "embedded" if name_of(element) == "object" else "picture"
            linked = any(value(blip, "link") for blip in element.iter("{*}blip"))
            look = "link" if linked else look
            self._put(seen_alone(look), around, look)

    def _rectangle(self, element: Element, around: _Around) -> None:
        if value(element, "hr"):
            self._found += 1  # a line across the page is no picture
        self._inside(element, around)

    def _inserted(self, element: Element, around: _Around) -> None:
        self._put(seen_alone("embedded"), around, "embedded")
        self._inside(element, around)

    _READERS: ClassVar[Mapping[str, Callable[["Paragraphs", Element, _Around], None]]] = {
        "p": _paragraph, "r": _run, "sdt": _control, "bookmarkStart": _bookmark,
        "tbl": _table, "tr": _row, "tc": _cell, "body": _block, "txbxContent": _block,
        "del": _deletion, "moveFrom": _deletion, "fldChar": _field,
        "commentRangeStart": _range, "commentRangeEnd": _range,
        "commentReference": _mention, "footnoteReference": _mention, "endnoteReference": _mention,
        "AlternateContent": _forms, "Choice": _form, "Fallback": _form,
        "ruby": _word_with_reading, "rt": _reading,
        "drawing": _drawing, "pict": _drawing, "object": _drawing,
        "rect": _rectangle, "altChunk": _inserted,
        **dict.fromkeys(SIGNS, _sign),
    }  # fmt: skip


def _depth(element: Element) -> int:
    return sum(1 for _above in element.iterancestors())
