"""A Word file as lines, for those who do not take pieces yet."""

from collections.abc import Callable, Iterator
from itertools import groupby
from pathlib import Path

from fieldvisit.doors.inputs import bytes_of
from fieldvisit.exchange.office.zip import LARGEST
from fieldvisit.exchange.word.document import WordFile, read_document
from fieldvisit.exchange.word.paragraphs import Paragraph
from fieldvisit.exchange.word.styles import Look
from fieldvisit.fieldwork.sheets.returned_file import Line, ReturnedPage, Where
from fieldvisit.review.pieces import IGNORED

# What its writer took out: a paragraph of nothing else leaves no empty line behind.
_TAKEN_OUT = {"struck", "hidden"}


def read(path: Path) -> ReturnedPage:
    """Return the lines of the .docx file at ``path``; raises what ``read_document`` raises."""
    file = read_file(path)
    return page(file, file.styles.kind)


def read_file(path: Path) -> WordFile:
    """Return what stands in the .docx file at ``path``."""
    return read_document(path.name, bytes_of(path, LARGEST))


def page(file: WordFile, kind: Callable[[Look], str]) -> ReturnedPage:
    """Return the lines of a file; ``kind`` tells the style of a paragraph."""
    lines = [line for paragraph in file.body.all for line in _lines(file, paragraph, kind)]
    mentioned = {mention for paragraph in file.body.all for mention in paragraph.mentions}
    loose = [(text, "comment") for key, text in file.notes.items() if key not in mentioned]
    theirs = (text for text in file.margins if not file.own.take(text))
    end = Where(file.name, "paragraph", max(1, len(file.body.all)))
    for text, apart in (*loose, *((text, "margin") for text in theirs)):
        lines.append(Line(text, end, apart=apart))
    return ReturnedPage(tuple(lines), file.sheet)


def _lines(file: WordFile, paragraph: Paragraph, kind: Callable[[Look], str]) -> Iterator[Line]:
    """Yield the lines of a paragraph, then those of the notes that hang on it."""
    if paragraph.is_anchor and not (paragraph.pieces or paragraph.mentions):
        return
    where, style = Where(file.name, "paragraph", paragraph.number), kind(paragraph.look)
    boxes = [(box, list(own)) for box, own in groupby(paragraph.pieces, lambda p: p.box)]
    reasons = {piece.apart for piece in paragraph.pieces}
    is_empty_line = not boxes[1:] and (not reasons or bool(reasons - _TAKEN_OUT))
    for box, pieces in boxes or [(paragraph.box, [])]:
        text = "".join(piece.text for piece in pieces if not piece.apart)
        if text or is_empty_line:
            yield Line(text, where, box, style=style)
        for piece in pieces:
            if piece.apart:
                apart = "comment" if piece.apart in IGNORED else piece.apart
                yield Line(piece.text, where, box, apart, style)
    last = paragraph.pieces[-1].box if paragraph.pieces else paragraph.box
    for mention in dict.fromkeys(paragraph.mentions):
        if note := file.notes.get(mention):
            yield Line(note, where, last, "comment")
