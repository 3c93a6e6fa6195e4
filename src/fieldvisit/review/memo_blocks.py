"""The lines of a memo put together: one block a heading, a paragraph or a point of a list.

Lines that a PDF cut are joined to one; what the lines are is told by signs and shapes alone.
"""

import re
import unicodedata
from collections import Counter
from collections.abc import Iterable, Iterator

from msgspec import Struct

from fieldvisit.review.outline import ANSWERED, ASKED, BOLD, Section, Sign, is_title, read_sign
from fieldvisit.review.pieces import IGNORED, OWN, Piece, Where
from fieldvisit.text import key, width

QUOTED = re.compile("[>＞]")
BRACKETS = re.compile("【[^【】]*】|[（(][^（）()]*[）)]")

_BLANKS = " \t\r\u3000\u00a0"
_BLANK = r"[ \t\u3000\u00a0]"
_RULE = re.compile(r"\s*(?:([-=_*─━＝＊])(?:\s*\1){2,}|--)\s*")
_BOLD = re.compile(r"(\*\*|__)(?=\S)(.+?)(?<=\S)\1")
_SIGNATURE = "--"
# Lines of a PDF are as long as its page is wide, in half-width columns.
_SHORTEST_CUT, _LONGEST_CUT, _NEARLY = 50, 100, 0.85
_NUMBER = rf"(?:{_BLANK}?[0-9０-９]{{1,3}})?{_BLANK}*"
_AFTER = rf"(?<=[0-9０-９ \t\u3000:：])[.．:：、)）]?{_BLANK}*(?=\S)"
_QUESTION = re.compile(
    rf"[QＱ]{_NUMBER}[.．:：)）\u3000]{_BLANK}*(?=\S)|(?:質問|問){_NUMBER}[:：]?{_AFTER}"
)
_ANSWER = re.compile(
    rf"[AＡ]{_NUMBER}[.．:：)）\u3000]{_BLANK}*(?=\S)|(?:回答|答){_NUMBER}[:：]?{_AFTER}"
)
_LABELLED = re.compile(rf"[^\s：:]{{0,11}}[^\s：:\d]{_BLANK}*[：:](?!//)")
_GAP = re.compile("[：:]|[\t\u3000]+| +|$")
_LONGEST_LABEL = 30  # characters, with the blanks that spread it
# Heads of a memo, as its own parts name themselves. They are suggested to be dropped.
HEADS = frozenset(map(key, (
    "日時", "日付", "期日", "場所", "会場", "相手方", "訪問先", "対応者", "面談者", "出席者",
    "参加者", "用務", "用件", "件名", "作成者", "作成日", "記録者", "報告者", "差出人", "宛先",
    "送信日時", "cc", "date", "time", "place", "venue", "present", "attendees", "participants",
    "author", "from", "to", "subject", "sent",
)))  # fmt: skip
REMARKS = frozenset(map(key, ("所見", "所感", "考察", "感想", "remarks", "observations")))


class Line(Struct):
    """A line of a piece, how many stood in its place before, how far it is from the last line.

    ``step`` is 1 for the line right below, 0 for the first one and after a rule.
    """

    piece: Piece
    text: str
    nth: int
    step: int


class Block(Struct):
    """Lines that belong together; ``text`` is without the ``sign`` of the first.

    ``is_joined`` tells that a PDF had cut them, ``is_signature`` that they stand below `--`.
    """

    first: Line
    last: Line
    sign: Sign
    typed: str
    text: str
    is_joined: bool = False
    is_signature: bool = False


def blocks_of(pieces: Iterable[Piece]) -> list[Block]:
    """Return the blocks of a memo in their order; all that says something stands in one."""
    lines = list(_lines(pieces))
    widths = [width(line.text.strip(_BLANKS)) for line in lines]
    page = max((found for found in widths if found <= _LONGEST_CUT), default=0)
    shortest = max(_SHORTEST_CUT, page * _NEARLY)
    blocks: list[Block] = []
    is_asked = is_signature = False
    for at, line in enumerate(lines):
        if line.text == _SIGNATURE:
            is_signature = True
            continue
        sign = _sign(line.text, is_asked=is_asked)
        is_asked = is_asked or sign.sort == ASKED
        is_full = at > 0 and shortest <= widths[at - 1] <= _LONGEST_CUT
        how = _how_it_goes_on(blocks[-1], line, sign, is_full=is_full) if blocks else ""
        if how:
            _go_on(blocks[-1], line, how)
        else:
            typed = line.text.strip(_BLANKS)
            blocks.append(Block(line, line, sign, typed, sign.text, False, is_signature))
    return blocks


def label(text: str) -> str:
    """Return the key of the label before a text if it is one of HEADS or REMARKS, else nothing."""
    for gap in _GAP.finditer(text, 1, _LONGEST_LABEL):
        if gap.end() == _LONGEST_LABEL < len(text):
            break
        name = key(text[: gap.start()])
        if (name in HEADS or name in REMARKS) and not (gap[0] == " " and name.isascii()):
            return name
    return ""


def bare(text: str) -> str:
    """Return a text without what stands in brackets."""
    return BRACKETS.sub("", text).strip(_BLANKS)


def _lines(pieces: Iterable[Piece]) -> Iterator[Line]:
    """Yield the lines that say something; a rule parts those around it."""
    met: Counter[Where] = Counter()
    last: Piece | None = None
    for piece in pieces:
        if piece.look == OWN or piece.look in IGNORED:
            continue
        for text in piece.text.split("\n"):
            if _RULE.fullmatch(text):
                last = None
                if text.strip() == _SIGNATURE:
                    yield Line(piece, _SIGNATURE, 0, 0)
            elif text.strip():
                yield Line(piece, text, met[piece.where], _step(last, piece))
                met[piece.where] += 1
                last = piece


def _step(last: Piece | None, piece: Piece) -> int:
    """Return how far two pieces are apart; a paragraph ends with itself."""
    if last is None or last.look != piece.look or last.where.part != piece.where.part:
        return 0
    apart = piece.where.at - last.where.at
    return 1 if apart == 0 else apart + (piece.where.unit != "line")


def _sign(line: str, *, is_asked: bool) -> Sign:
    """Return the sign of a line; `A.` is an answer once a question was seen."""
    typed = line.strip(_BLANKS)
    if found := _BOLD.fullmatch(typed):
        sign = read_sign(found[2])
        return Sign(BOLD + sign.sort, sign.indent, sign.text)
    sign = read_sign(line)
    if found := _QUESTION.match(typed):
        return Sign(ASKED, sign.indent, typed[found.end() :])
    if is_asked and (found := _ANSWER.match(typed)):
        return Sign(ANSWERED, sign.indent, typed[found.end() :])
    return sign


def _how_it_goes_on(block: Block, line: Line, sign: Sign, *, is_full: bool) -> str:
    """Return how a line goes on with a block: `cut`, `below` or not at all (empty).

    ``is_full`` tells that the line before is as long as a page is wide.
    """
    headed = block.first.piece.style == "heading" or line.piece.style
    if headed or sign.sort or not line.step or _begins(sign.text):
        return ""
    end = block.last.text.strip(_BLANKS)[-1]
    is_open = unicodedata.category(end)[0] == "L" or end in "、，,・"
    title = _title(block)
    near = line.step <= (2 if line.piece.where.unit == "line" else 3)  # one empty line between
    if is_full and is_open and near and title != "marked":
        return "cut"
    deeper = sign.indent > block.sign.indent
    return "below" if line.step == 1 and not title and (is_open or deeper) else ""


def _title(block: Block) -> str:
    """Return how a block is a heading to which text below cannot belong: `signed` or `marked`."""
    section = Section(0, "", block.sign.sort, is_title=is_title(bare(block.text)))
    if section.is_title and BRACKETS.search(block.text):
        return "marked"
    return "signed" if section.heads else ""


def _begins(text: str) -> bool:
    """Tell whether a line can only be the first of something: a label, a quotation, a mark."""
    return bool(QUOTED.match(text) or text[0] == "【" or _LABELLED.match(text) or label(text))


def _go_on(block: Block, line: Line, how: str) -> None:
    text = line.text.strip(_BLANKS)
    if how == "cut":
        text = f" {text}" if block.text[-1].isascii() and text[0].isascii() else text
        block.is_joined = True
    else:
        text = f"\n{text}"
    block.typed, block.text, block.last = block.typed + text, block.text + text, line
