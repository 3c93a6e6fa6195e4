"""What a document shows: its page block by block, its table, its shape."""

from collections.abc import Iterable
from typing import Any

from fieldvisit.documents.document import Document, Grid
from fieldvisit.documents.formats import markdown
from fieldvisit.documents.page import Block, Bullets, Facts, Heading, Paragraph, Table


def text_of(document: Document) -> str:
    """The page as Markdown."""
    return markdown.write(document.page())


def grid_of(document: Document) -> Grid:
    assert document.grid
    return document.grid()


def shape_of(document: Document) -> dict[str, Any]:
    assert document.shape
    return document.shape()


def tables(document: Document) -> list[Table]:
    return [block for block in document.page().blocks if isinstance(block, Table)]


def rows(table: Table) -> list[list[str]]:
    """Head and rows of a table; the paragraphs of a cell one a line."""
    return [list(table.head), *(["\n".join(c) for c in row] for row in table.rows)]


def headings(document: Document, level: int = 0) -> list[str]:
    blocks = [block for block in document.page().blocks if isinstance(block, Heading)]
    return [block.text for block in blocks if level in (0, block.level)]


def paragraphs(document: Document) -> list[str]:
    return [block.text for block in document.page().blocks if isinstance(block, Paragraph)]


def facts(document: Document) -> dict[str, str]:
    blocks = (block for block in document.page().blocks if isinstance(block, Facts))
    return {name: value for block in blocks for name, value in block.items}


def under(document: Document, heading: str) -> list[Block]:
    """The blocks below the heading that begins so, up to the next one."""
    blocks = list(document.page().blocks)
    heads = [at for at, block in enumerate(blocks) if isinstance(block, Heading)]
    start = next(at for at in heads if blocks[at].text.startswith(heading))  # type: ignore[union-attr]
    end = next((at for at in heads if at > start), len(blocks))
    return blocks[start + 1 : end]


def bullets(blocks: Iterable[Block]) -> list[str]:
    return [item for block in blocks if isinstance(block, Bullets) for item in block.items]
