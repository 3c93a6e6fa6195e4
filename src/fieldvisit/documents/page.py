"""A page: headings, paragraphs, lists, facts, tables and boxes to write in, whatever the format.

Text in blocks is plain text. A format escapes it; nothing in it ever acts as markup.
"""

from collections.abc import Iterable, Iterator, Sequence
from itertools import chain, repeat

from msgspec import Struct

from fieldvisit.harmless import one_line, visible

FRAME_IN_EDITOR = 8  # longer than the fences that people type into a text


class Heading(Struct, frozen=True):
    """A heading of level 1 (the page's title) to 4."""

    level: int
    text: str


class Paragraph(Struct, frozen=True):
    """A paragraph; line breaks in it are kept. ``quiet`` text is shown subdued where possible."""

    text: str
    quiet: bool = False


class Bullets(Struct, frozen=True):
    """A list without order."""

    items: tuple[str, ...]


class Facts(Struct, frozen=True):
    """Names with what they stand for, one under the other."""

    items: tuple[tuple[str, str], ...]

    @classmethod
    def known(cls, items: Iterable[tuple[str, str]]) -> "Facts":
        """Return those of the facts that have a value."""
        return cls(tuple((name, value) for name, value in items if value))


class Table(Struct, frozen=True):
    """A table: one head row, then rows of as many cells each. The first column names the row.

    A cell is the paragraphs that stand in it under each other.
    ``tags`` say, one a row, on the way back what the row is for; ``widths`` of the columns are in
    half-width characters (none = by what stands in them).
    """

    head: tuple[str, ...]
    rows: tuple[tuple[tuple[str, ...], ...], ...]
    tags: tuple[str, ...] = ()
    widths: tuple[int, ...] = ()

    @classmethod
    def of(cls, head: Sequence[str], rows: Sequence[Sequence[str | tuple[str, ...]]]) -> "Table":
        """Return a table of cells, some of them one plain text."""
        cells = (
            ((one,) if one and isinstance(one, str) else tuple(one) for one in row) for row in rows
        )
        return cls(tuple(head), tuple(map(tuple, cells)))


class Box(Struct, frozen=True):
    """A place to write in, about ``lines`` lines high, with a ``label``.

    ``tag`` says on the way back what it is for, ``text`` stands in it already. ``frame`` is how
    many signs its lines above and below have at least, where a file draws them with signs.
    """

    label: str = ""
    lines: int = 4
    tag: str = ""
    text: str = ""
    frame: int = 3


Block = Heading | Paragraph | Bullets | Facts | Table | Box


class Page(Struct, frozen=True):
    """Blocks in their order.

    ``head`` is repeated on top of each printed page, ``sheet`` is the tag of a sheet that is to
    come back (empty for other pages).
    """

    blocks: tuple[Block, ...]
    head: str = ""
    sheet: str = ""


def printed(blocks: Iterable[Block], *, by_line: bool) -> Iterator[tuple[str, str]]:
    """Yield each text as it comes back if nobody touches it, and the tag of its row, if any.

    ``by_line``: a file of plain text, in which every line stands for itself.
    """
    for block in blocks:
        by_itself = by_line and not isinstance(block, Table)
        for text, tag in _printed(block, by_line=by_line):
            for line in visible(text).split("\n") if by_itself else (text,):
                yield line, tag


def _printed(block: Block, *, by_line: bool) -> Iterator[tuple[str, str]]:
    match block:
        case Heading(text=text) | Paragraph(text) | Box(text):
            yield (one_line(text) if isinstance(block, Heading) else text), ""
        case Bullets(items):
            yield from ((item, "") for item in items)
        case Facts(items):
            for fact in items:
                yield from ((text, "") for text in ([": ".join(fact)] if by_line else fact))
        case Table(head, rows, tags):
            yield from ((text, "") for text in head)
            for row, tag in zip(rows, chain(tags, repeat("")), strict=False):
                yield from (("\n".join(cell), tag) for cell in row)
