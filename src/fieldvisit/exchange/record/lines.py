"""The lines of a record sheet in Markdown, each with what it is."""

from collections.abc import Iterator

from msgspec import Struct

from fieldvisit.exchange.unreadable import UnreadableSheet
from fieldvisit.fieldwork.record.sheet import RecordSheet
from fieldvisit.fieldwork.record.signs import (
    COMMENT,
    END,
    GUIDANCE,
    VERSION,
    all_guidance,
    bare,
    people_lines,
    read_first_line,
    read_note_line,
    section_line,
    title_line,
)
from fieldvisit.language import _
from fieldvisit.text import one_newline

PEOPLE = -1


class Line(Struct, frozen=True):
    """A line that matters. ``number`` counts from 1.

    ``sort`` is `blank`, `gap` (a comment of ours), `title`, `heading`, `note`, `end` or `text`;
    ``place`` is the number of a heading's section or PEOPLE, ``handle`` a note's.
    """

    number: int
    raw: str
    sort: str
    place: int = 0
    handle: str = ""


def lines_of(text: str, shown: RecordSheet) -> Iterator[Line]:
    """Yield the lines after the first; raises UnreadableSheet where one cannot be told."""
    lines = enumerate(one_newline(text.removeprefix("\ufeff")).split("\n"), 1)
    _check_first(next(((n, line) for n, line in lines if line.strip()), (0, "")), shown)
    known = _Known(shown)
    for number, raw in lines:
        yield known.told(number, raw)


def _check_first(found: tuple[int, str], shown: RecordSheet) -> None:
    number, line = found
    first = read_first_line(line)
    if first is None:
        raise UnreadableSheet(
            _("The first line of the record sheet is missing."),
            _("The sheet begins with <!-- fieldvisit record … -->; put that line back."),
            number,
        )
    version, visit_id = first
    if visit_id != shown.visit_id:
        raise UnreadableSheet(
            _("Line {line}: this sheet was made for another visit.").format(line=number),
            _("Give it to `record` together with that visit."),
            number,
        )
    if version != VERSION:
        raise UnreadableSheet(
            _("Line {line}: this sheet was made by another version of fieldvisit.").format(
                line=number
            ),
            _("Use that version, or copy your text into a new sheet."),
            number,
        )


class _Known:
    """Our own lines of one sheet, as they were shown."""

    def __init__(self, shown: RecordSheet) -> None:
        self._title = bare(title_line(shown))
        self._guidance = {bare(line) for line in all_guidance(shown)}
        self._headings = {bare(section_line(s)): i for i, s in enumerate(shown.sections)}
        self._headings.update((bare(line), PEOPLE) for line in people_lines())

    def told(self, number: int, raw: str) -> Line:
        line = raw.strip()
        if not line:
            return Line(number, raw, "blank")
        if line.startswith("#"):
            return self._heading(number, raw)
        if not line.startswith(COMMENT):
            return Line(number, raw, "text")
        if bare(line) == bare(END):
            return Line(number, raw, "end")
        if handle := read_note_line(line):
            return Line(number, raw, "note", handle=handle)
        if bare(line) in self._guidance:
            return Line(number, raw, "gap")
        raise _unknown_comment(number, line)

    def _heading(self, number: int, raw: str) -> Line:
        if bare(raw) in self._headings:
            return Line(number, raw, "heading", place=self._headings[bare(raw)])
        if bare(raw) == self._title:
            return Line(number, raw, "title")
        raise unknown_heading(number)


def unknown_heading(number: int) -> UnreadableSheet:
    """Return the refusal of a line that looks like a heading."""
    return UnreadableSheet(
        _("Line {line} begins with # but is no heading of this sheet.").format(line=number),
        _("If it is text, put \\ before it; if it is a heading, put back how it was."),
        number,
    )


def _unknown_comment(number: int, line: str) -> UnreadableSheet:
    if line.startswith(GUIDANCE):
        return UnreadableSheet(
            _("Line {line}: text was written into a comment line of the sheet.").format(
                line=number
            ),
            _("Write it on a line of its own; what stands in comments is not kept."),
            number,
        )
    return UnreadableSheet(
        _("Line {line} begins with <!-- but is no line of this sheet.").format(line=number),
        _("If it is text, put \\ before it."),
        number,
    )
