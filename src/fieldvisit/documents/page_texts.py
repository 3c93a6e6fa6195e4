"""Every text of a page that we write ourselves, for telling it apart from a person's."""

from collections.abc import Iterable, Iterator

from fieldvisit.documents.page import Block, Box, Bullets, Facts, Heading, Page, Paragraph, Table
from fieldvisit.harmless import one_line, visible


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
            of_rows = (*tags, *[""] * (len(rows) - len(tags)))
            for row, tag in zip(rows, of_rows, strict=True):
                yield from (("\n".join(cell.paragraphs), tag) for cell in row)


def texts_of_page(page: Page) -> Iterator[str]:
    """Yield the texts of a page, whole and line by line, but not what stands in its boxes."""
    yield page.head
    for block in page.blocks:
        for text in _texts(block):
            yield text
            yield from text.splitlines()


def _texts(block: Block) -> Iterator[str]:
    match block:
        case Heading(_level, text):
            yield text
        case Paragraph(text):
            yield text
        case Bullets(items):
            yield from items
        case Facts(items):
            for name, value in items:
                yield from (name, value, f"{name}: {value}", f"{name}：{value}")
        case Table(head, rows):
            yield from head
            yield from (text for row in rows for cell in row for text in cell.paragraphs)
        case Box(label):
            yield label
