"""What can be wrong with a printed page: a text cut, lost, overlapping or parted from its box."""

import re
from collections.abc import Iterator, Sequence
from pathlib import Path

from msgspec import Struct

from documents import pdf_pages
from fieldvisit.harmless import visible

A4 = {(595, 842), (842, 595)}
MARGIN = 14  # points: what is nearer to the edge, many printers do not print


class Shown(Struct, frozen=True):
    """A file as it was printed, and what it should show."""

    sheets: tuple[pdf_pages.Sheet, ...]
    pdf: Path
    texts: tuple[str, ...]
    head: str
    leading: tuple[str, ...] = ()  # texts that may not be the last of a page


def faults(shown: Shown) -> Iterator[str]:
    """Say what is wrong with a printed sheet."""
    pages = _pages(shown)
    yield from _missing(shown, pages)
    yield from _parted(shown, pages)
    yield from (f"no font has {sign}" for sign in pdf_pages.boxed(folded("".join(shown.texts))))
    yield from foreign(pdf_pages.fonts(shown.pdf))
    if not 1 <= len(shown.sheets) <= 2 + sum(map(len, shown.texts)) // 150:
        yield f"{len(shown.sheets)} pages"
    for number, sheet in enumerate(shown.sheets, start=1):
        for fault in _of_one_page(shown, sheet, number):
            yield f"page {number}: {fault}"
    for number, ink in enumerate(pdf_pages.ink(shown.pdf), start=1):
        if ink is None or min(ink.left, ink.top, ink.right, ink.bottom) < MARGIN:
            yield f"page {number}: empty, or drawn upon up to the edge: {ink}"


def foreign(fonts: Sequence[str]) -> Iterator[str]:
    """Yield the fonts of a page, where it names any, if none of them can write Japanese."""
    japanese = tuple(pdf_pages.japanese_fonts())
    if fonts and not any(font.startswith(japanese) for font in fonts):
        yield f"no Japanese font among {fonts}"


def _of_one_page(shown: Shown, sheet: pdf_pages.Sheet, number: int) -> Iterator[str]:
    if (round(sheet.width), round(sheet.height)) not in A4:
        yield f"not A4: {sheet.width} × {sheet.height}"
    yield from (f"overlap: {pair}" for pair in pdf_pages.overlaps(sheet))
    yield from (f"outside: {word}" for word in pdf_pages.outside(sheet, MARGIN))
    text = pdf_pages.squeezed(sheet.text)
    if f"{number}/{len(shown.sheets)}" not in text:
        yield "without its number"
    if folded(shown.head) not in text:
        yield f"without {shown.head}"
    if "\ufffd" in text:
        yield "with a character that could not be written"


def _missing(shown: Shown, pages: Sequence[str]) -> Iterator[str]:
    """Yield the texts that cannot be read on the pages; a page may end anywhere in them."""
    whole = "".join(pages)
    for text in shown.texts:
        if _running(shown).sub("", folded(text)) not in whole:
            yield f"missing: {text}"


def _parted(shown: Shown, pages: Sequence[str]) -> Iterator[str]:
    """Yield the pages at whose end something waits for the next page."""
    leading = tuple(map(folded, shown.leading))
    for number, page in enumerate(pages, start=1):
        if page.endswith(leading):
            yield f"page {number}: parted from what follows: {page[-20:]}"


def _pages(shown: Shown) -> list[str]:
    """Return the texts of the pages without what is repeated on each."""
    return [_running(shown).sub("", pdf_pages.squeezed(sheet.text)) for sheet in shown.sheets]


def _running(shown: Shown) -> re.Pattern[str]:
    return re.compile(rf"{re.escape(folded(shown.head))}|\d+/{len(shown.sheets)}(?!\d)")


def folded(text: str) -> str:
    return pdf_pages.squeezed(visible(text))
