"""A colleague's memo as it came: Word, Markdown or plain text, line by line.

What stands in the lines is understood in ``fieldwork.memo.paragraphs``.
"""

from collections.abc import Callable, Iterator, Mapping
from pathlib import Path

from msgspec.structs import replace

from fieldvisit.doors.inputs import bytes_of
from fieldvisit.errors import BadText, Refused
from fieldvisit.fieldwork.memo.signs import styled
from fieldvisit.fieldwork.sheets.returned_file import Line, ReturnedPage, Where
from fieldvisit.language import _
from fieldvisit.text import one_newline

MOST_LINES = 50_000

_COMMENT, _END_OF_COMMENT = "<!--", "-->"
_STRUCK = "~~"


def read(path: Path) -> ReturnedPage:
    """Return the memo's lines in order, empty ones too; headings and points of lists are told.

    Raises Refused for a file of another kind, or one that cannot be opened or decoded.
    """
    reader = _READERS.get(path.suffix.casefold())
    if reader is None:
        raise Refused(
            _("{file} is no memo that can be read.").format(file=path),
            _("A memo is a file of Word (.docx), Markdown (.md) or plain text (.txt)."),
        )
    page = reader(path)
    lines = [part for line in page.lines for part in _line_by_line(line)]
    if len(lines) > MOST_LINES:
        raise _too_long(path.name)
    return replace(page, lines=styled(lines))


def _word(path: Path) -> ReturnedPage:
    from fieldvisit.exchange.word.sheet import read_memo

    return read_memo(path)


def _plain(path: Path) -> ReturnedPage:
    return ReturnedPage(tuple(_lines(path)))


def _markdown(path: Path) -> ReturnedPage:
    return ReturnedPage(tuple(_set_apart(list(_lines(path)))))


_READERS: Mapping[str, Callable[[Path], ReturnedPage]] = {
    ".docx": _word,
    ".md": _markdown,
    ".markdown": _markdown,
    ".txt": _plain,
    ".text": _plain,
}


def _lines(path: Path) -> Iterator[Line]:
    from fieldvisit.exchange.encodings import decoded

    text, _encoding = decoded(bytes_of(path), path.name)
    for number, line in enumerate(one_newline(text.removeprefix("\ufeff")).split("\n"), 1):
        yield Line(line, Where(path.name, "line", number))


def _too_long(file: str) -> BadText:
    return BadText(
        _("{file} is too long for a memo.").format(file=file),
        _("Nothing was stored. Divide it into several files."),
    )


def _line_by_line(line: Line) -> Iterator[Line]:
    """Yield the lines of a paragraph of Word that was broken by hand; all stand in one place."""
    for text in one_newline(line.text).split("\n"):
        yield replace(line, text=text)


def _set_apart(lines: list[Line]) -> Iterator[Line]:
    """Yield the lines of a Markdown file, those in comments and struck ones apart."""
    ends = [at for at, line in enumerate(lines) if line.text.rstrip().endswith(_END_OF_COMMENT)]
    last_end, comment = max(ends, default=-1), False
    for at, line in enumerate(lines):
        comment = comment or (line.text.lstrip().startswith(_COMMENT) and at <= last_end)
        text = line.text.strip()
        if comment:
            yield replace(line, apart="comment")
            comment = not text.endswith(_END_OF_COMMENT)
        elif _is_struck(text):
            yield replace(line, apart="struck")
        else:
            yield line


def _is_struck(text: str) -> bool:
    inside = text.lstrip("-*+・ 　").removeprefix(_STRUCK)
    closed = inside.endswith(_STRUCK) and _STRUCK not in inside.removesuffix(_STRUCK)
    return closed and len(inside) < len(text) and bool(inside.removesuffix(_STRUCK).strip())
