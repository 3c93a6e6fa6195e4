"""A page drawn in lines of plain text, lined up by terminal cells; nothing is ever cut."""

import re
from collections.abc import Callable, Iterator, Sequence
from itertools import zip_longest

from msgspec import Struct

from fieldvisit.cli.wrapping import cells, wrap
from fieldvisit.documents.page import Block, Box, Bullets, Facts, Heading, Page, Paragraph, Table

_TEXT_COLUMN = 16
_FACT_COLUMN = 18
_GAP = 2
_WORD_COLUMN = 12
_RULED_LEVELS = 2
_WORD = r"[!-~]+"

BOLD, DIM, UNDERLINED = "1", "2", "1;4"
Row = Sequence[Sequence[str]]


class Pen(Struct, frozen=True):
    """How to draw: the width in cells, a cleaner for every text, styles, and lines or ASCII."""

    width: int
    clean: Callable[[str], str]
    colour: bool = False
    ascii_only: bool = False

    def styled(self, text: str, style: str) -> str:
        """Return ``text`` in an SGR style, untouched without colour."""
        return f"\x1b[{style}m{text}\x1b[0m" if self.colour and text.strip() else text

    def wrapped(self, text: str, indent: int = 0) -> list[str]:
        """Return the lines of ``text``, cleaned, in the width less ``indent``."""
        return wrap(self.clean(text), self.width - indent)

    @property
    def bar(self) -> str:
        """Return the upright line of tables and boxes."""
        return "|" if self.ascii_only else "│"

    def rule(self, widths: Sequence[int], place: int) -> str:
        """Return the line above (0), between (1) or below (2) rows of columns so wide."""
        left, middle, right = "+++" if self.ascii_only else ("┌┬┐", "├┼┤", "└┴┘")[place]
        dash = "-" if self.ascii_only else "─"
        return left + middle.join(dash * (width + 2) for width in widths) + right


def drawn(page: Page, pen: Pen) -> Iterator[str]:
    """Yield the lines of the page, an empty one between blocks but none under a heading."""
    before: Block | None = None
    for block in page.blocks:
        if before is not None and not isinstance(before, Heading):
            yield ""
        yield from _block(block, pen)
        before = block


def _block(block: Block, pen: Pen) -> Iterator[str]:
    match block:
        case Heading(level, text):
            yield from _heading(level, text, pen)
        case Paragraph(text, quiet):
            for line in pen.wrapped(text):
                yield pen.styled(line, DIM) if quiet else line
        case Bullets(items):
            for item in items:
                yield from _hanging("- ", pen.wrapped(item, 2))
        case Facts(items):
            yield from _facts(items, pen)
        case Table():
            yield from _table(block, pen) if block.head else ()
        case Box():
            yield from pen.wrapped(block.label) if block.label else ()
            yield from _frame(block, pen)


def _heading(level: int, text: str, pen: Pen) -> Iterator[str]:
    lines = pen.wrapped(text)
    for line in lines:
        yield pen.styled(line, UNDERLINED if level == 1 else BOLD)
    if not pen.colour and level <= _RULED_LEVELS:
        thin = "-" if pen.ascii_only else "─"
        yield ("=" if level == 1 else thin) * max(map(cells, lines))


def _hanging(marker: str, lines: Sequence[str]) -> Iterator[str]:
    """Yield lines behind a marker, those after the first below each other."""
    for number, line in enumerate(lines):
        yield f"{' ' * cells(marker) if number else marker}{line}".rstrip()


def _facts(items: Sequence[tuple[str, str]], pen: Pen) -> Iterator[str]:
    """Yield names and values beside each other, or values below the names where room is short."""
    names = [pen.clean(name) for name, _value in items]
    margin = max((cells(name) for name in names), default=0) + _GAP
    beside = pen.width - margin >= _FACT_COLUMN
    for name, (_name, value) in zip(names, items, strict=True):
        if beside:
            yield from _hanging(_padded(name, margin), pen.wrapped(value, margin))
        else:
            yield from pen.wrapped(name)
            yield from _hanging(" " * _GAP, pen.wrapped(value, _GAP))


def _frame(box: Box, pen: Pen) -> Iterator[str]:
    inner = pen.width - 4
    written = wrap(pen.clean(box.text), inner) if box.text else []
    yield pen.rule([inner], 0)
    yield from _row([[*written, *[""] * (box.lines - len(written))]], [inner], pen)
    yield pen.rule([inner], 2)


def _table(table: Table, pen: Pen) -> Iterator[str]:
    head = [pen.clean(text) for text in table.head]
    rows = [[pen.clean("\n".join(cell)) for cell in row] for row in table.rows]
    columns = list(zip(head, *rows, strict=True))
    widths = _shared([_natural(c) for c in columns], [_least(c) for c in columns], pen.width)
    if widths is None:
        yield from _stacked(head, rows, pen)
        return
    wrapped = [_folded(row, widths) for row in rows]
    tall = any(len(cell) > 1 for row in wrapped for cell in row)
    yield pen.rule(widths, 0)
    yield from _row(_folded(head, widths), widths, pen, BOLD)
    for number, row in enumerate(wrapped):
        if tall or number == 0:
            yield pen.rule(widths, 1)
        yield from _row(row, widths, pen)
    yield pen.rule(widths, 2)


def _folded(row: Sequence[str], widths: Sequence[int]) -> list[list[str]]:
    return [wrap(text, width) for text, width in zip(row, widths, strict=True)]


def _row(row: Row, widths: Sequence[int], pen: Pen, style: str = "") -> Iterator[str]:
    for parts in zip_longest(*row, fillvalue=""):
        padded = [_padded(text, width) for text, width in zip(parts, widths, strict=True)]
        if style:
            padded = [pen.styled(text, style) for text in padded]
        yield f"{pen.bar} {f' {pen.bar} '.join(padded)} {pen.bar}"


def _padded(text: str, width: int) -> str:
    return text + " " * (width - cells(text))


def _natural(column: Sequence[str]) -> int:
    return max(1, *(cells(line) for text in column for line in text.split("\n")))


def _least(column: Sequence[str]) -> int:
    """Return the width a column must have: room for a phrase, and for a date or a handle."""
    longest = max((len(word) for text in column for word in re.findall(_WORD, text)), default=0)
    return min(_natural(column), max(_TEXT_COLUMN, min(longest, _WORD_COLUMN)))


def _shared(natural: Sequence[int], least: Sequence[int], width: int) -> list[int] | None:
    """Return column widths that fit a line, None if the least widths do not.

    What is left over goes to the narrowest columns first, so that short ones stay whole and
    long ones share the rest alike.
    """
    spare = width - (3 * len(least) + 1) - sum(least)
    if spare < 0:
        return None
    widths = list(least)
    while spare and (growing := [i for i, most in enumerate(natural) if widths[i] < most]):
        widths[min(growing, key=lambda i: widths[i])] += 1
        spare -= 1
    return widths


def _stacked(head: Sequence[str], rows: Sequence[Sequence[str]], pen: Pen) -> Iterator[str]:
    """Yield each row as a block of `head: value` lines, the first of which names the row."""
    for number, row in enumerate(rows):
        if number:
            yield ""
        for column, (title, text) in enumerate(zip(head, row, strict=True)):
            if column and not text:
                continue
            words = f"{title}: {text}".rstrip() if title else text
            indent = _GAP if column else 0
            first, *more = wrap(words, pen.width - indent - _GAP)
            yield " " * indent + (first if column else pen.styled(first, BOLD))
            for line in more:
                yield " " * (indent + _GAP) + (line if column else pen.styled(line, BOLD))
