r"""Markdown and plain text that came back: a sheet, a letter, a memo.

What stands in a box is taken as it is. Outside of boxes the signs of Markdown are taken off: `\`
before a sign or at the end of a line. `#` of a heading and `-` of a list stand beside the text:
before a person's words they are a part of them. Of a row of a table every cell is a text, a line
end in it is `<br>`, and what was struck out with `~~` is told apart.
"""

import re
from collections.abc import Iterator, Sequence

from msgspec.structs import replace

from fieldvisit.errors import BadText
from fieldvisit.exchange.encodings import decoded
from fieldvisit.language import _
from fieldvisit.review.carriers import OWN_LINES, OwnLines
from fieldvisit.review.columns import FILLED_IN, PASSAGE_COLUMNS
from fieldvisit.review.pieces import OWN, Piece, Where, bare
from fieldvisit.review.tags import is_of_a_letter_row, is_of_a_sheet, read_tag
from fieldvisit.text import one_newline

MOST_LINES = 100_000

_FENCE = re.compile(r"\s*(?P<fence>`{3,})(?:[ \t]*\{(?P<tag>[^{}`]*)\})?\s*")
_NEXT_QUESTION = re.compile(r" {0,3}#{2,3}\s")
_HEADING = re.compile(r"(?P<mark>#{1,6}(?:[ \t]+|$))(?P<text>.*)")
_ITEM = re.compile(r"(?P<mark>[-+*](?:[ \t]+|$))(?P<text>.*)")
_OUR_COMMENT = re.compile(rf"<!-- ({OWN_LINES}[A-Za-z0-9_.]*|fv1[sSlL][0-9a-f]{{32}}:) -->")
_COMMENT, _END_OF_COMMENT = re.compile(r"(?<!\\)<!--"), "-->"
_BETWEEN = re.compile(r"((?:\\.|\\$|[^\\|])*)(?:\||$)")
_STRUCK = re.compile(r"(?<!\\)~~(?P<text>(?:\\.|~(?!~)|[^\\~])+)~~")
_RULE = re.compile(r"\|[-:|\s]*-[-:|\s]*")
_SIGN = re.compile(r"\\([!-/:-@\[-`{-~])|<br ?/?>|\\$", re.IGNORECASE)
_TAGGED = "<!-- fv1"
_PLAIN = (".txt", ".text")
_INDENT = 2  # blanks a level of a list
_LONGEST_COMMENT = 200  # lines


def read(name: str, data: bytes) -> tuple[str, tuple[Piece, ...]]:
    """Return the tag of the sheet and every text; raises BadText if it cannot be decoded.

    In plain text no sign is taken off, unless it is a file of ours.
    """
    text = decoded(data, name)
    if not name.casefold().endswith(_PLAIN) or _OUR_COMMENT.search(text):
        return pieces_of(text, name)
    lines = enumerate(_split_lines(text, name), start=1)
    return "", tuple(Piece(line, Where(name, "line", number)) for number, line in lines)


def pieces_of(text: str, name: str) -> tuple[str, tuple[Piece, ...]]:
    """Return the tag and the texts of Markdown; ``name`` is what they are said to stand in."""
    lines = _split_lines(text, name)
    ours = [*_our_comments(lines)]
    own = next((one for one in ours if one.startswith(OWN_LINES)), "")
    reading = _Reading(name, OwnLines(own.removeprefix(OWN_LINES)))
    sheet = next(filter(is_of_a_sheet, ours), "")
    return sheet, tuple(reading.pieces(lines))


def _split_lines(text: str, name: str) -> Sequence[str]:
    lines = one_newline(text.removeprefix("\ufeff")).removesuffix("\n").split("\n")
    if len(lines) > MOST_LINES:
        raise BadText(
            _("{file} has more than {limit} lines.").format(file=name, limit=f"{MOST_LINES:,}"),
            _("Nothing was stored. Divide it into several files."),
        )
    return lines


class _Reading:
    """Goes through the lines of a file."""

    def __init__(self, name: str, own: OwnLines) -> None:
        self._name, self._own = name, own

    def pieces(self, texts: Sequence[str]) -> Iterator[Piece]:
        at = 0
        while at < len(texts):
            line, after = _OUR_COMMENT.sub("", texts[at]), at + 1
            text = line.strip()
            if fence := _FENCE.fullmatch(texts[at]):
                end, after = _end_of_box(texts, at, fence)
                if tag := (fence["tag"] or "").strip():
                    box = Piece(bare("\n".join(texts[at + 1 : end])), self._where(at), tag)
                    # Behind a note printed lines may follow, and become a part of it.
                    is_lost = after == end and read_tag(tag).what == "note"
                    yield replace(box, look="unclosed" if is_lost else "")
                else:
                    inner = range(at + 1, end)
                    yield from (Piece(texts[one], self._where(one)) for one in inner)
            elif text.startswith("|"):
                others = (n for n in range(at, len(texts)) if texts[n].strip()[:1] != "|")
                after = next(others, len(texts))
                yield from self._table(texts, at, after)
            elif text.startswith("<!--") and (end := _end_of_comment(texts, at)) >= at:
                after = end + 1
                said = "\n".join(texts[at:after]).strip().removeprefix("<!--")
                text = bare(said.removesuffix(_END_OF_COMMENT))
                yield Piece(text, self._where(at), look="comment")
            else:
                yield self._line(line, at)
            at = after

    def _where(self, at: int) -> Where:
        return Where(self._name, "line", at + 1)

    def _line(self, line: str, at: int) -> Piece:
        text, where = line.strip(" \t"), self._where(at)
        indent = len(line) - len(line.lstrip(" \t"))
        if (struck := _STRUCK.fullmatch(text)) and struck["text"]:
            return Piece(_plain(struck["text"]), where, look="struck")
        if found := _HEADING.fullmatch(text):
            bare_heading = (words := found["text"]).rstrip("#")
            if bare_heading.rstrip(" \t") != bare_heading != words:  # signs that close it
                words = bare_heading.rstrip(" \t")
            level = found["mark"].count("#")
            piece = Piece(_plain(words), where, style="heading", level=level, mark=found["mark"])
        elif found := _ITEM.fullmatch(text):
            words, level = found["text"], indent // _INDENT + 1
            piece = Piece(_plain(words), where, style="item", level=level, mark=found["mark"])
        else:
            piece = Piece(_plain(text), where)
        return replace(piece, look=OWN) if self._own.take(piece.text) else piece

    def _table(self, texts: Sequence[str], start: int, end: int) -> Iterator[Piece]:
        """Yield the cells of a table of ours; the rows of another one as texts with tabs."""
        has_head = start + 1 < end and bool(_RULE.fullmatch(texts[start + 1].strip()))
        if not has_head and not any(_TAGGED in text for text in texts[start:end]):
            yield from (self._line(texts[at], at) for at in range(start, end))
            return
        for at in range(start, end):
            if not (has_head and at == start + 1):
                yield from self._row(texts[at].strip(), self._where(at))

    def _row(self, text: str, where: Where) -> Iterator[Piece]:
        """Yield the cells of a row; the columns of ours are known if none is new and none lacks."""
        rest, comments = _without_comments(text)
        tag = next(filter(is_of_a_letter_row, comments), "")
        cells = [*_cells(rest)]
        is_ours = bool(tag) and len(cells) == len(PASSAGE_COLUMNS)
        columns = tuple(PASSAGE_COLUMNS) if is_ours else ("",) * len(cells)
        found = [self._cell(cell, where, tag, of) for cell, of in zip(cells, columns, strict=True)]
        if tag or any(piece.look == OWN for pieces in found for piece in pieces):
            yield from (piece for pieces in found for piece in pieces)
        else:
            yield Piece("\t".join(map(_plain, cells)).rstrip("\t"), where)
        for comment in comments:
            if comment != tag:
                yield Piece(comment, where, tag, look="comment")

    def _cell(self, cell: str, where: Where, tag: str, column: str) -> list[Piece]:
        """Return the text of a cell, ours or a person's, then what is struck out in it."""
        text = bare(_plain(_STRUCK.sub("", cell)))
        own = column not in FILLED_IN and self._own.take(text, tag)
        struck = (bare(_plain(found["text"])) for found in _STRUCK.finditer(cell))
        return [
            *([Piece(text, where, tag, column, OWN if own else "")] if text or tag else ()),
            *(Piece(one, where, tag, column, "struck") for one in struck),
        ]


def _end_of_box(texts: Sequence[str], start: int, fence: re.Match[str]) -> tuple[int, int]:
    """Return where the text of a box ends and where to go on; it may have lost its end."""
    for at in range(start + 1, len(texts)):
        found = _FENCE.fullmatch(texts[at])
        if found and len(found["fence"]) >= len(fence["fence"]):
            if found["tag"] is None:
                return at, at + 1
            break
    for at in range(start + 1, len(texts)):
        found = _FENCE.fullmatch(texts[at])
        if (found and found["tag"]) or _NEXT_QUESTION.match(texts[at]):
            return at, at
    return len(texts), len(texts)


def _our_comments(texts: Sequence[str]) -> Iterator[str]:
    """Yield what our comments say; in a box everything is a person's."""
    at = 0
    while at < len(texts):
        if fence := _FENCE.fullmatch(texts[at]):
            at = _end_of_box(texts, at, fence)[1]
        else:
            yield from (found[1] for found in _OUR_COMMENT.finditer(texts[at]))
            at += 1


def _end_of_comment(texts: Sequence[str], start: int) -> int:
    """Return the line that ends a comment and holds nothing behind it, -1 if there is none."""
    for at in range(start, min(len(texts), start + _LONGEST_COMMENT)):
        if _END_OF_COMMENT in texts[at]:
            return at if texts[at].rstrip().endswith(_END_OF_COMMENT) else -1
    return -1


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


def _cells(row: str) -> Iterator[str]:
    """Yield the cells of a row; a bar at its end begins no further one."""
    yield from [found[1] for found in _BETWEEN.finditer(row)][1:-1]


def _plain(text: str) -> str:
    """Return words without the signs of Markdown."""
    whole = _SIGN.sub(lambda found: found[1] or ("\n" if found[0][0] == "<" else ""), text)
    return "\n".join(line.strip() for line in whole.split("\n"))
