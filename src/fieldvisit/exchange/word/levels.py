"""How high a heading of a Word file stands, how deep a point of a list; rows of tables."""

import re
from collections.abc import Mapping
from pathlib import Path

from msgspec.structs import replace

from fieldvisit.exchange.office.file import office_parts
from fieldvisit.exchange.word.around import Around
from fieldvisit.exchange.word.names import Attributes, value
from fieldvisit.exchange.word.paragraphs import Paragraph, Paragraphs
from fieldvisit.exchange.word.rows import Rows, row_by_row
from fieldvisit.exchange.word.signs import Signs
from fieldvisit.exchange.word.styles import Style, Styles, read_styles
from fieldvisit.exchange.word.walk import Walk
from fieldvisit.fieldwork.memo.signs import HEADING, ITEM
from fieldvisit.fieldwork.sheets.returned_file import ReturnedPage

_NAMED = re.compile(r"heading ([1-9])")
_LISTED = re.compile(r"list.* ([2-9])")
_TITLES = {"title": 1, "subtitle": 2}  # they stand above all headings
_TEXT = 9  # the outline level of what is no heading


def with_levels(page: ReturnedPage, path: Path) -> ReturnedPage:
    """Return what ``word.sheet.read`` made of the file, with `heading3` or `item1` as styles.

    Headings count from 1, titles above them; points of a list from 0. What is not known is left
    out. A row of a table is one line.
    """
    file = office_parts(path)
    main = next(iter(file.related("", "officeDocument")), "")
    styles = read_styles(file.part(next(iter(file.related(main, "styles")), "")))
    walk = _Walk()
    walk.paragraphs = Paragraphs(walk, Around(walk, styles, {}))
    Signs(walk, walk.paragraphs)  # text outside of paragraphs counts as one
    rows = Rows(walk, walk.paragraphs)
    walk.read(file.part(main) or b"")
    found = {p.number: _levels(styles, p, walk.depths) for p in walk.paragraphs.all}
    lines = [
        replace(line, style=f"{line.style}{found.get(line.where.number, {}).get(line.style, '')}")
        for line in page.lines
    ]
    return replace(page, lines=tuple(row_by_row(lines, rows)))


class _Walk(Walk):
    """The same walk, which also takes note of how deep each point of a list is."""

    def __init__(self) -> None:
        super().__init__()
        self.paragraphs: Paragraphs | None = None
        self.depths: dict[int, str] = {}

    def _start(self, name: str, attributes: Attributes) -> None:
        if name.endswith(" ilvl") and self.paragraphs:
            self.depths[len(self.paragraphs.all)] = value(attributes)
        super()._start(name, attributes)


def _levels(styles: Styles, paragraph: Paragraph, depths: Mapping[int, str]) -> dict[str, int]:
    style = styles.whole(paragraph.style or styles.usual)
    depth = depths.get(paragraph.number, "")
    listed = _LISTED.fullmatch(style.name)
    found = {ITEM: int(listed[1]) - 1} if listed else {}
    if depth.isascii() and depth.isdecimal():
        found[ITEM] = min(int(depth), 99)
    if level := _heading_level(style, paragraph.level):
        found[HEADING] = level
    return found


def _heading_level(style: Style, outline: int | None) -> int:
    """Return the level that the paragraph says, else that of its style, 0 if it is no heading."""
    outline = style.level if outline is None else outline
    if style.name in _TITLES:
        return _TITLES[style.name]
    if outline is not None:
        return outline + 1 + len(_TITLES) if outline < _TEXT else 0
    named = _NAMED.fullmatch(style.name)
    return int(named[1]) + len(_TITLES) if named else 0
