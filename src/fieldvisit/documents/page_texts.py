"""Every text of a page that we write ourselves, for telling it apart from a person's."""

from collections.abc import Iterator

from fieldvisit.documents.page import Block, Box, Bullets, Facts, Heading, Page, Paragraph, Table


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
