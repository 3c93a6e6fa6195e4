r"""A letter with passages that came back as Markdown: the rows of its tables, cell by cell.

A line end in a cell is `<br>`, `\` stands before a sign that would act, and what a person struck
out with `~~` is taken out.
"""

import re
from collections.abc import Iterator, Sequence
from pathlib import Path

from fieldvisit.exchange.encodings import text_of
from fieldvisit.exchange.markdown_sheet import outside_of_boxes
from fieldvisit.fieldwork.confirming.returned_letter import (
    ReturnedCell,
    ReturnedLetter,
    ReturnedRow,
)
from fieldvisit.fieldwork.sheets.returned_file import Line, Where
from fieldvisit.fieldwork.sheets.tags import read_passage_tag, read_sheet_tag
from fieldvisit.text import one_newline

_COMMENT, _END_OF_COMMENT = re.compile(r"(?<!\\)<!--"), "-->"
_BETWEEN = re.compile(r"((?:\\.|\\$|[^\\|])*)(?:\||$)")
_SIGN = re.compile(r"\\([!-/:-@\[-`{-~])|<br ?/?>", re.IGNORECASE)
_STRUCK = re.compile(r"(?<!\\)~~(?P<text>(?:\\.|[^\\])+?)~~")
_RULE = re.compile(r"[-:|\s]+")


def read(path: Path) -> ReturnedLetter:
    """Return rows and other lines; raises BadText if they cannot be decoded."""
    texts = one_newline(text_of(path)).removesuffix("\n").split("\n")
    rows: list[ReturnedRow] = []
    lines: list[Line] = []
    for number, text in enumerate(texts, 1):
        where = Where(path.name, "line", number)
        bare = text.strip()
        if not bare.startswith("|"):
            lines += outside_of_boxes(bare, where)
        elif not _RULE.fullmatch(bare):
            rows.append(_row(bare, where))
    return ReturnedLetter(tuple(rows), tuple(lines), _sheet(texts))


def _sheet(texts: Sequence[str]) -> str:
    comments = (comment for text in texts for comment in _without_comments(text)[1])
    return next(filter(read_sheet_tag, comments), "")


def _row(text: str, where: Where) -> ReturnedRow:
    rest, comments = _without_comments(text)
    tag = next(filter(read_passage_tag, comments), "")
    said = [comment for comment in comments if not read_passage_tag(comment)]
    cells = [_cell(cell, where) for cell in _split(rest)]
    cells[-1] = ReturnedCell(
        cells[-1].text,
        (*cells[-1].apart, *(Line(comment, where, apart="comment") for comment in said)),
    )
    return ReturnedRow(where, tuple(cells), tag)


def _without_comments(text: str) -> tuple[str, list[str]]:
    """Return a line without its comments, and what these say; one that has no end is text.

    A pattern would look for the end once more behind each beginning.
    """
    rest, comments, at = [], [], 0
    while (begun := _COMMENT.search(text, at)) and (
        end := text.find(_END_OF_COMMENT, begun.end())
    ) >= 0:
        rest.append(text[at : begun.start()])
        comments.append(text[begun.end() : end].strip())
        at = end + len(_END_OF_COMMENT)
    return "".join((*rest, text[at:])), comments


def _split(text: str) -> Iterator[str]:
    """Yield the cells of a row; a bar at its end begins no further one."""
    parts = [found[1] for found in _BETWEEN.finditer(text)]
    inner = parts[1:]
    while len(inner) > 1 and not inner[-1].strip():
        inner.pop()
    yield from inner


def _cell(text: str, where: Where) -> ReturnedCell:
    struck = (
        Line(_plain(found["text"]), where, apart="struck") for found in _STRUCK.finditer(text)
    )
    return ReturnedCell(_plain(_STRUCK.sub("", text)), tuple(struck))


def _plain(text: str) -> str:
    """Return the words of a piece of a row, without the signs of Markdown."""
    whole = _SIGN.sub(lambda found: found[1] or "\n", text)
    return "\n".join(line.strip() for line in whole.split("\n"))
