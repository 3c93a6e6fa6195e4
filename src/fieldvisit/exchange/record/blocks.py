"""One note of a record sheet in Markdown: its marks, and its text as it was typed."""

from collections.abc import Sequence

from fieldvisit.exchange.record.lines import Line
from fieldvisit.exchange.unreadable import UnreadableSheet
from fieldvisit.fieldwork.disclosure import OFF_RECORD
from fieldvisit.fieldwork.guide import Address
from fieldvisit.fieldwork.record.marks import (
    Marks,
    almost_off_record,
    begins_with_mark,
    read_marks,
)
from fieldvisit.fieldwork.record.sheet import ReadBlock
from fieldvisit.fieldwork.record.signs import unescaped
from fieldvisit.language import _, enumerated


def read_block(
    address: Address | None, handle: str, lines: Sequence[Line], line: int
) -> ReadBlock | None:
    """Return the note that ``lines`` make, None for a new one that was left empty.

    ``line`` is where it begins. Raises UnreadableSheet where a mark leaves doubt.
    """
    lines = _without_blanks_at_end(lines)
    marks = read_marks("\n".join(found.raw for found in lines))
    _check_one_of_each(marks.kinds, line)
    _check_one_of_each(marks.disclosures, line)
    _check_one_of_each(marks.speakers, line)
    _check_marks_below(marks, lines, line)
    if not handle and not marks.rest:
        if marks.kinds or marks.disclosures or marks.speakers:
            raise _without_text(line)
        return None
    body = "\n".join(unescaped(text) for text in marks.rest.split("\n"))
    kind, level, speaker = (
        next(iter(found), "") for found in (marks.kinds, marks.disclosures, marks.speakers)
    )
    return ReadBlock(address, handle, kind, level, body, line, speaker)


def _check_one_of_each(values: frozenset[str], line: int) -> None:
    if len(values) > 1:
        raise UnreadableSheet(
            _("Line {line} carries marks that exclude each other: {values}.").format(
                line=line, values=enumerated(sorted(values))
            ),
            _("Leave one of them."),
            line,
        )


def _check_marks_below(marks: Marks, lines: Sequence[Line], line: int) -> None:
    """Refuse a mark that would silently become text: it may have meant off the record."""
    closed = OFF_RECORD in marks.disclosures
    if not closed and almost_off_record(marks.rest):
        raise _doubtful(line)
    below = marks.rest.count("\n")
    for found in lines[len(lines) - below :]:
        text = found.raw.lstrip()
        if begins_with_mark(text) or (not closed and almost_off_record(text)):
            raise _doubtful(found.number)


def _without_blanks_at_end(lines: Sequence[Line]) -> Sequence[Line]:
    last = max((i for i, found in enumerate(lines) if found.raw.strip()), default=-1)
    return lines[: last + 1]


def _doubtful(line: int) -> UnreadableSheet:
    return UnreadableSheet(
        _("Line {line} may mean off the record or another mark, but is none.").format(line=line),
        _("Begin a paragraph with 【…】 if it is one, or the line with \\ if all of it is text."),
        line,
    )


def _without_text(line: int) -> UnreadableSheet:
    return UnreadableSheet(
        _("Line {line}: there is no text after the mark.").format(line=line),
        _("Write the text right after the mark, without a blank line between."),
        line,
    )
