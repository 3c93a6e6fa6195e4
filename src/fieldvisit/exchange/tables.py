"""A table that came back: how much it may hold, what its rows are."""

from bisect import bisect_left, bisect_right
from collections.abc import Callable, Iterator, Mapping

from msgspec import Struct, field

from fieldvisit.exchange.heads import column_key, column_letters, find_heads, is_name
from fieldvisit.exchange.refusals import TooMuch
from fieldvisit.language import _
from fieldvisit.review.carriers import CheckedTag
from fieldvisit.review.pieces import OWN, Piece, Where, bare
from fieldvisit.review.tags import read_tag

# What we print in the rows of a sheet, and nobody is to fill in.
PRINTED = frozenset({"tag", "number", "topic", "question"})


Range = tuple[int, int, int, int]
"""Of cells: top, left, bottom, right."""


class ApartCell(Struct, frozen=True):
    """A text that is not that of its cell, and why: one of LOOKS or IGNORED."""

    row: int
    column: int
    text: str
    look: str


class Cells(Struct):
    """What stands in a table: texts by row and column, both counted from 1, never empty ones.

    ``looks`` are those of texts in their places, ``merged`` the ranges of which a text at the top
    left is seen, ``hidden`` the ranges that nobody sees.
    """

    rows: dict[int, dict[int, str]] = field(default_factory=dict)
    apart: list[ApartCell] = field(default_factory=list)
    looks: dict[tuple[int, int], str] = field(default_factory=dict)
    merged: list[Range] = field(default_factory=list)
    hidden: list[Range] = field(default_factory=list)

    def put(self, at: tuple[int, int], text: str) -> None:
        """Put a text in its place; raises ValueError where one stands already."""
        row = self.rows.setdefault(at[0], {})
        if at[1] in row:
            raise ValueError("two cells in one place")
        row[at[1]] = text

    def texts(self) -> Iterator[tuple[int, str]]:
        """Yield every text that is more than blanks with its row."""
        for row, cells in self.rows.items():
            yield from ((row, text) for text in cells.values() if text.strip())


class Table(Struct, frozen=True):
    """The pieces of a table row by row, and what else stands above, beside and over it."""

    rows: tuple[tuple[Piece, ...], ...]
    others: tuple[Piece, ...]


class _Row(Struct):
    """A row: texts by the key of their column, and the looks of some."""

    number: int
    cells: dict[str, str]
    looks: dict[str, str] = {}


def read_table(cells: Cells, where: Callable[[int], Where]) -> Table | None:
    """Return what stands in a table, None if no row has our heads.

    Rows without any text are left out.
    """
    found = find_heads(cells.rows)
    if found is None:
        return None
    head, heads = found
    _keep_struck_tags(cells, heads)
    shown = ((at, look) for at, look in cells.looks.items() if heads.get(at[1]) not in PRINTED)
    looks = dict(_hidden(cells, heads)) | dict(shown)
    looks |= _spread(cells, head, heads)
    rows = [
        _Row(
            number,
            {column_key(heads, at): text for at, text in sorted(row.items())},
            {column_key(heads, at): looks[number, at] for at in row if (number, at) in looks},
        )
        for number, row in sorted(cells.rows.items())
        if number > head and any(text.strip() for text in row.values())
    ]
    slots = {row.number: _tag(row.cells)[0] for row in rows}
    apart = (
        Piece(
            bare(cell.text), where(cell.row), slots.get(cell.row, ""),
            heads.get(cell.column, "") if cell.row > head else "", cell.look,
        )
        for cell in cells.apart
    )  # fmt: skip
    pieces = (tuple(_pieces(row, where(row.number))) for row in rows)
    others = _above(cells, head, heads)
    aside = (Piece(bare(text), where(number), look="aside") for number, text in others)
    return Table(tuple(pieces), (*aside, *apart))


def _above(cells: Cells, head: int, heads: Mapping[int, str]) -> Iterator[tuple[int, str]]:
    """Yield what stands above the heads, and what is more than the name of a column in theirs."""
    used = {at for number, row in cells.rows.items() if number > head for at in row}
    yield from ((number, text) for number, text in cells.texts() if number < head)
    for at, text in cells.rows[head].items():
        # One of somebody's own is told with each text below it.
        is_told = is_name(text) or (at in used and heads.get(at) == text.strip())
        if text.strip() and not is_told:
            yield head, text


def _keep_struck_tags(cells: Cells, heads: Mapping[int, str]) -> None:
    """A row that was struck as a whole is still the row of its question."""
    apart, cells.apart = cells.apart, []
    for cell in apart:
        if cell.look == "struck" and heads.get(cell.column) == "tag":
            cells.rows.setdefault(cell.row, {})[cell.column] = cell.text
        else:
            cells.apart.append(cell)


def _hidden(cells: Cells, heads: Mapping[int, str]) -> Iterator[tuple[tuple[int, int], str]]:
    """Yield what stands in rows and columns that nobody sees, but for the column of our tags."""
    for top, left, bottom, right in cells.hidden:
        for number in cells.rows.keys() & range(top, bottom + 1):
            for at in cells.rows[number].keys() & range(left, right + 1):
                if heads.get(at) not in PRINTED:
                    yield (number, at), "hidden"


def _spread(cells: Cells, head: int, heads: Mapping[int, str]) -> dict[tuple[int, int], str]:
    """Give a text in merged cells to each row that they cover; return the looks of these."""
    looks: dict[tuple[int, int], str] = {}
    known = sorted(cells.rows)
    for top, left, bottom, _right in cells.merged:
        text = cells.rows.get(top, {}).get(left, "")
        if top <= head or not text.strip() or heads.get(left) in PRINTED:
            continue
        for row in known[bisect_left(known, top) : bisect_right(known, bottom)]:
            cells.rows[row][left] = text
            looks[row, left] = "merged"
    return looks


def _tag(cells: Mapping[str, str]) -> tuple[str, str]:
    """Return the tag of a row if it is one of ours, and what else stands in its cell."""
    text = cells.get("tag", "").strip()
    read = CheckedTag(text)
    tag, *rest = read.tag.split(maxsplit=1)[:2] or [""]
    if read_tag(tag).what in ("box", "note", "cell"):
        return tag, bare("".join((*rest, read.rest)))
    return "", text


def _pieces(row: _Row, where: Where) -> Iterator[Piece]:
    slot, rest = _tag(row.cells)
    tag = CheckedTag(row.cells["tag"] if slot else "")
    for column, text in {**row.cells, "tag": rest}.items():
        if text.strip():
            own = column != "tag" and tag.is_own(column, text)
            look = OWN if own else row.looks.get(column, "")
            yield Piece(bare(text), where, slot, column, look)


MOST_ROWS = 100_000
MOST_COLUMNS = 500
MOST_CHARACTERS = 1_000_000  # in a cell
MOST_CELLS = 500_000  # in all sheets, empty ones too
MOST_TEXT = 50_000_000  # characters in all sheets


class Left(Struct):
    """What a file may still hold."""

    cells: int = field(default_factory=lambda: MOST_CELLS)
    characters: int = field(default_factory=lambda: MOST_TEXT)
    rows: set[int] = field(default_factory=set)  # that hold text

    def take(self, row: int, column: int, characters: int) -> None:
        """Count one cell; raises TooMuch if it, or all together, are too much."""
        self.cells -= 1
        self.characters -= characters
        if characters:
            self.rows.add(row)
        reason, limit, way = "", 0, ""
        if self.cells < 0:
            reason, limit = _("it has more than {limit} cells."), MOST_CELLS
        elif characters > MOST_CHARACTERS:
            reason, limit = (
                _("a cell ({cell}) holds more than {limit} characters."),
                MOST_CHARACTERS,
            )
        elif self.characters < 0:
            reason, limit = _("it holds more than {limit} characters."), MOST_TEXT
        elif len(self.rows) > MOST_ROWS:
            reason, limit = _("it has more than {limit} rows."), MOST_ROWS
        elif characters and column > MOST_COLUMNS:  # mostly a dot that somebody typed by mistake
            reason = _("a cell ({cell}) stands further to the right than {limit} columns.")
            limit, way = MOST_COLUMNS, _("Delete what stands in that cell, or move it to the left.")
        if reason:
            cell = f"{column_letters(column)}{row}"
            raise TooMuch(reason.format(cell=cell, limit=f"{limit:,}"), way)
