"""The lines of a memo put together: one block a heading, a paragraph or a point of a list."""

from collections.abc import Iterable
from functools import cached_property

from msgspec import Struct, field

from fieldvisit.fieldwork.memo.marks import MemoMarks, take_marks
from fieldvisit.fieldwork.memo.signs import (
    CLOSED_ROW,
    HEADING,
    ITEM,
    ROW,
    Sign,
    cells_of,
    is_rule,
    read_sign,
    without_borders,
)
from fieldvisit.fieldwork.off_record_words import mentions_off_record, says_no_more
from fieldvisit.fieldwork.sheets.returned_file import Line


class Block(Struct, dict=True):
    """Lines that belong together, under the sign of the first; ``lines`` are as they stood."""

    sign: Sign
    style: str
    lines: list[Line]
    texts: list[str] = field(default_factory=list)

    @cached_property
    def text(self) -> str:
        """The text without the sign and without the blanks around each line."""
        return "\n".join(self.texts).strip()

    @property
    def is_row(self) -> bool:
        """Tell whether it is a row of a table."""
        return self.style.startswith(ROW)

    @property
    def is_closed(self) -> bool:
        """Tell whether it says off the record: by its words, a cell or the head of its table."""
        if mentions_off_record(self.text) or self.style == CLOSED_ROW:
            return True
        return self.is_row and any(map(says_no_more, cells_of(self.text)))

    def take_marks(self) -> tuple[MemoMarks, str]:
        """Return its marks, and its text without them."""
        marks, text = take_marks(self.text)
        return marks, without_borders(text) if self.is_row else text


def blocks_of(lines: Iterable[Line]) -> tuple[list[Block], list[tuple[int, Line]]]:
    """Return the blocks, and what stands apart with the number of blocks that were begun before.

    Lines of a text file go on until an empty one; a paragraph of Word ends with itself.
    """
    blocks: list[Block] = []
    strays: list[tuple[int, Line]] = []
    last: Block | None = None
    for line in lines:
        if line.apart:
            if line.text.strip():
                strays.append((len(blocks), line))
        elif not line.text.strip() or (not line.style and is_rule(line.text)):
            last = None
        elif last and _goes_on(last, line):
            last.lines.append(line)
            last.texts.append(line.text.strip())
        else:
            last = _begun(line)
            blocks.append(last)
    return blocks, strays


def _begun(line: Line) -> Block:
    sign = read_sign(line.text, line.style)
    plain = not line.style or line.style.startswith(ROW)
    return Block(sign, line.style, [line], [line.text.strip() if plain else sign.text])


def _goes_on(block: Block, line: Line) -> bool:
    heads = block.style.startswith(HEADING) or line.style.startswith((HEADING, ITEM))
    return not heads and (line.where.unit == "line" or line.where == block.lines[-1].where)
