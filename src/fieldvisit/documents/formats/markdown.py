r"""GitHub-flavoured Markdown in which no text of a page can act.

Only what would act is escaped, so that Japanese stays readable in the source. Line breaks become
hard breaks (`\` at the end of a line), in tables `<br>`. Blanks at the ends of lines are dropped.
A box is a fenced block: a frame in the source and on the page, and what is written into it stays
as written. Behind its opening fence stands the tag of the box, in a comment on the first line
that of the sheet, in one on the last the list of our own lines; that of a row in a comment behind
the text of its first cell.
"""

import re
from collections.abc import Iterator
from itertools import pairwise

from fieldvisit.documents import page as pages
from fieldvisit.documents.page import Block, Box, Bullets, Facts, Heading, Page, Paragraph, Table
from fieldvisit.harmless import one_line, visible
from fieldvisit.review.carriers import OWN_LINES, listed
from fieldvisit.text import width

_ALIGNED_UP_TO = 100

_ACTS_ANYWHERE = re.compile(
    r"""[`*\[]
    | \\(?=[!-/:-@\[-`{-~]|$)                    # an escape, or a hard break
    | (?<![^\W_])_ | _(?![^\W_])                 # emphasis, unless inside a word
    | <(?=[^\s])                                 # a tag, a link
    | &(?=(?:\#[0-9]+|\#[xX][0-9a-fA-F]+|[A-Za-z][A-Za-z0-9]*);)""",
    re.MULTILINE | re.VERBOSE,
)
_ACTS_AT_LINE_START = re.compile(
    r"""[0-9]{1,9}(?=[.)](?:\s|$))                # a numbered list
    | (?=>)                                      # a quotation
    | (?=[-+](?:\s|$))                           # a list
    | (?=\#{1,6}(?:\s|$))                        # a heading
    | (?==+\s*$)                                 # the rule under a heading
    | (?=[-:|][-:|\s]*$)                         # the rule under a heading or a table's head""",
    re.VERBOSE,
)

_CLOSES_HEADING = re.compile(r"(?:^|(?<= ))(?=#+$)")
_BACKTICKS = re.compile("`+")
_EMPTY_LINE = re.compile(r"(?<!\n)\n\n")


def write(page: Page) -> str:
    """Return the page as Markdown; a parser of it gives back the text of the blocks."""
    parts: list[str] = []
    marker = "-"
    for before, block in pairwise((None, *page.blocks)):
        # A list right behind another is one list for Markdown unless its marker differs.
        marker = "+" if isinstance(before, Bullets | Facts) and marker == "-" else "-"
        if block is not None:
            parts.append("\n".join(_lines(block, marker)))
    if page.sheet:
        own = listed(pages.printed(page.blocks, by_line=True))
        parts = [_comment(page.sheet), *parts, _comment(f"{OWN_LINES}{own}")]
    return "\n\n".join(filter(None, parts)) + "\n"


def _comment(text: str) -> str:
    return f"<!-- {one_line(text)} -->"


def _lines(block: Block, marker: str) -> Iterator[str]:
    match block:
        case Heading(level, text):
            yield _heading(level, text)
        case Paragraph(text):
            yield from _paragraph(text)
        case Bullets(items):
            for item in items:
                yield from _item(item, marker)
        case Facts(items):
            for name, value in items:
                yield from _item(f"{name}: {value}", marker)
        case Table():
            yield from _table(block) if block.head else ()
        case Box(label):
            yield from (*_paragraph(label), "") if label else ()
            yield from _box(block)


def _box(box: Box) -> Iterator[str]:
    text = visible(box.text)
    longest = max(map(len, _BACKTICKS.findall(text)), default=0)
    fence = "`" * max(box.frame, longest + 1)
    yield f"{fence} {{{one_line(box.tag)}}}" if box.tag else fence
    yield from text.split("\n") if text else [""] * box.lines
    yield fence


def _heading(level: int, text: str) -> str:
    inline = _CLOSES_HEADING.sub(r"\\", _inline(one_line(text).strip()))
    return f"{'#' * level} {inline}".rstrip()


def _paragraph(text: str) -> list[str]:
    """Return the source lines of ``text``; an empty line in it parts two paragraphs."""
    lines: list[str] = []
    for paragraph in _EMPTY_LINE.split(_inline(_trimmed(text))):
        starts = [_at_line_start(line) for line in paragraph.split("\n")]
        lines += ["", *(f"{line}\\" for line in starts[:-1]), starts[-1]]
    return lines[1:]


def _item(text: str, marker: str) -> Iterator[str]:
    first, *rest = _paragraph(text)
    yield f"{marker} {first}".rstrip()
    for line in rest:
        yield f"  {line}" if line else ""


def _table(table: Table) -> Iterator[str]:
    head = [_cell((text,)) for text in table.head]
    rows = [[_cell(cell) for cell in row] for row in table.rows]
    for row, tag in zip(rows, table.tags, strict=False):
        row[0] = f"{row[0]} <!-- {one_line(tag)} -->"
    widths = [max(3, *map(width, column)) for column in zip(head, *rows, strict=True)]
    if sum(widths) + 3 * len(widths) + 1 > _ALIGNED_UP_TO:
        widths = [3] * len(widths)
    for row in (head, ["-" * wide for wide in widths], *rows):
        padded = [text + " " * (wide - width(text)) for text, wide in zip(row, widths, strict=True)]
        yield f"| {' | '.join(padded)} |"


def _cell(cell: tuple[str, ...]) -> str:
    text = _inline(_trimmed("\n".join(cell)))
    return text.replace("|", r"\|").replace("\n", "<br>")


def _trimmed(text: str) -> str:
    lines = [line.lstrip(" \t").rstrip() for line in visible(text).split("\n")]
    return "\n".join(lines).strip("\n")


def _inline(text: str) -> str:
    escaped = _ACTS_ANYWHERE.sub(r"\\\g<0>", text)
    # One tilde strikes nothing out; two or more may.
    return escaped.replace("~", r"\~") if text.count("~") > 1 else escaped


def _at_line_start(line: str) -> str:
    found = _ACTS_AT_LINE_START.match(line)
    return f"{line[: found.end()]}\\{line[found.end() :]}" if found else line
