"""The outline of a memo: its blocks, the signs before them, and what stands under what.

A block is a heading, a paragraph or a point of a list; lines that a PDF cut are joined to one. All
of it only suggests. Where it cannot be told whether a line ends a section, the section goes on.
"""

import re
import unicodedata
from collections import Counter
from collections.abc import Iterable, Iterator

from msgspec import Struct

from fieldvisit.review.pieces import BOLD, HEADING, IGNORED, ITEM, OWN, Piece, Where
from fieldvisit.text import key, width

ASKED, ANSWERED, _MARKED_BOLD = "Q", "A:", "**"  # signs of questions, answers and bold lines
LONGEST_TITLE = 40  # characters; longer lines are sentences

_BLANK = r"[ \t\u3000\u00a0]"
_DIGITS, _KANJI, _KANA = "[0-9０-９]{1,3}", "[一二三四五六七八九十]{1,3}", "[ア-ンｱ-ﾝ]"
_ROMAN, _LETTER = "(?:[\u2160-\u217b]|[ivx]{2,4}|[IVX]{2,4})", "[A-Za-zＡ-Ｚａ-ｚ]"
_FIRM = f"(?:{_DIGITS}|{_KANJI}|{_KANA}|{_ROMAN})"
_COUNTER = f"(?:{_FIRM}|{_LETTER})"
_CIRCLED = "[\u2460-\u249b\u24b6-\u24ff\u2776-\u2793\u3251-\u325f\u32b1-\u32bf]"
_SQUARES, _BULLETS = "■□◆◇▼▽★☆◎▲△▶◼", "・･•●○◯〇◦▪▫‣※"
_OPEN, _CLOSE = r"[(（〔［\[〈<]", r"[)）〕］\]〉>]"
# A number is none if it goes on: `1.5億円`, `(1)と(2)は`, `２、３名`.
_ENDS = "(?![0-9０-９とや及、,~〜～・])"
# Whether the sign is certain enough to be taken off the text.
_SIGNS = tuple((re.compile(pattern + rf"{_BLANK}*(?=\S)"), certain) for pattern, certain in (
    ("#{1,6}(?!#)", True),
    (rf"([{_SQUARES}{_BULLETS}])(?!\1)", True),
    (rf"[-*+–—](?:{_BLANK}+\[[ xX]\])?{_BLANK}", True),
    (rf"第{_BLANK}?{_COUNTER}{_BLANK}?[章節項条編部点]?(?:[.．、:：)）]|{_BLANK})", True),
    (rf"{_OPEN}{_BLANK}?{_FIRM}{_BLANK}?{_CLOSE}{_ENDS}", True),
    (rf"{_OPEN}{_LETTER}{_CLOSE}{_BLANK}", True),
    (rf"{_CIRCLED}{_ENDS}", True),
    (rf"{_DIGITS}(?:[-－‐.．]{_DIGITS})+[.．]?(?:[-－‐]?[(（]{_DIGITS}[)）])?{_BLANK}", False),
    (rf"{_FIRM}[)）.．]{_ENDS}", True),
    (rf"{_LETTER}[)）.．]{_BLANK}", True),
    (rf"{_DIGITS}[、:：]{_ENDS}", True),
    (rf"{_COUNTER}(?:\u3000| {{2}})", True),
    (rf"{_COUNTER}\t", False),  # it may be a cell of a table
    (rf"(?:{_DIGITS}|{_KANA}){_BLANK}(?=[^\x00-\x7f])", False),
))  # fmt: skip
_SORTS = (("[0-9]+", "1"), ("[一二三四五六七八九十]+", "一"), ("[ア-ン]", "ア"),
          ("[IVX]{2,}|[ivx]{2,}", "〓"), ("[A-Z]", "A"), ("[a-z]", "a"))  # fmt: skip
# How official documents nest them.
_NESTED = ("第1", "1", "(1)", "ア", "(ア)", "A", "(A)", "a", "(a)")
_RANKS = {sort: at for at, sort in enumerate(_NESTED, 1)}
_UNFINISHED = re.compile(r"[。．.！!？?、，,；;][」』）)”\"]*$")
QUOTED = re.compile("[>＞]")
BRACKETS = re.compile("【[^【】]*】|[（(][^（）()]*[）)]")

_BLANKS = " \t\r\u3000\u00a0"
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
REMARKS = frozenset(map(key, (
    "所見", "所感", "考察", "感想", "remarks", "observations", "impressions", "my impression",
)))  # fmt: skip


class Sign(Struct, frozen=True):
    """What stands before a line: its sort (empty if nothing does) and the text after it.

    ``sort`` is the shape of the sign, as `(1)` for all numbers in brackets; ``indent`` counts
    half-width columns. ``text`` still has a sign that may be a part of the sentence.
    """

    sort: str
    indent: int
    text: str


class Section(Struct):
    """A line under which others may stand, with what it suggests for them.

    ``kind`` is `heading`, `item` or empty, with its ``level`` from 1, where the file says so.
    ``at`` is its place among the lines; ``drops`` tells that nothing below it is a statement.
    """

    at: int
    title: str
    sort: str = ""
    indent: int = 0
    kind: str = ""
    level: int = 0
    is_title: bool = False
    disclosure: str = ""
    note_kind: str = ""
    speaker: str = ""
    drops: bool = False

    @property
    def is_point(self) -> bool:
        """Tell whether it is a point of a list without a number."""
        return self.kind == ITEM or self.sort in (*_BULLETS, *"-*+–—")

    @property
    def heads(self) -> bool:
        """Tell whether it can be nothing but a heading, if something stands below it."""
        deep = self.is_point or _RANKS.get(self.sort, 0) > _RANKS["(1)"] or self.sort in ("①", "")
        return self.is_title and (self.kind == HEADING or not deep)

    def ends(self, other: "Section") -> bool:
        """Tell whether it certainly ends the section of ``other``."""
        if self.kind and self.kind == other.kind and self.level and other.level:
            return self.level <= other.level
        if self.sort and self.sort == other.sort:
            certain = self.is_title or self.sort != _MARKED_BOLD
            return certain and self.indent <= other.indent
        if self.kind == HEADING and (other.is_point or other.sort == ASKED):
            return True
        own, others = _RANKS.get(self.sort, 0), _RANKS.get(other.sort, 0)
        return 0 < own < others

    def holds(self, *, is_signed: bool) -> bool:
        """Tell whether what it says is meant for text below it, which may have a sign itself."""
        return is_signed or self.is_title or not self.is_point


def read_sign(line: str) -> Sign:
    """Return the sign before a line and the text after it."""
    rest = line.lstrip(" \t\u3000\u00a0")
    indent = sum(2 if blank in "\u3000\t" else 1 for blank in line[: len(line) - len(rest)])
    rest = rest.rstrip()
    for pattern, certain in _SIGNS:
        if found := pattern.match(rest):
            return Sign(_sort(found[0]), indent, rest[found.end() :] if certain else rest)
    return Sign("", indent, rest)


def is_title(text: str) -> bool:
    """Tell whether a text can be a title: short, and no sentence."""
    return 0 < len(text) <= LONGEST_TITLE and not _UNFINISHED.search(text)


def _sort(sign: str) -> str:
    bare = sign.strip(" \t\u3000\u00a0")
    if re.fullmatch(_CIRCLED, bare):
        return "①"
    shape = re.sub("[\u2160-\u217b]", "〓", bare)  # NFKC makes letters of Roman numbers
    shape = "".join(unicodedata.normalize("NFKC", shape).split())
    for pattern, letter in _SORTS:
        shape = re.sub(pattern, letter, shape)
    return shape.rstrip(".、:") or bare


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
        sign = _sign(line.text, is_bold=line.piece.style == BOLD, is_asked=is_asked)
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


def _sign(line: str, *, is_bold: bool, is_asked: bool) -> Sign:
    """Return the sign of a line; `A.` is an answer once a question was seen."""
    typed = line.strip(_BLANKS)
    found = _BOLD.fullmatch(typed)
    if found or is_bold:
        sign = read_sign(found[2] if found else line)
        return Sign(_MARKED_BOLD + sign.sort, sign.indent, sign.text)
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
    headed = block.first.piece.style == HEADING or line.piece.style
    begins = sign.text[0] == "【" or QUOTED.match(sign.text) or _LABELLED.match(sign.text)
    if headed or sign.sort or not line.step or begins or label(sign.text):
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


def _go_on(block: Block, line: Line, how: str) -> None:
    text = line.text.strip(_BLANKS)
    if how == "cut":
        text = f" {text}" if block.text[-1].isascii() and text[0].isascii() else text
        block.is_joined = True
    else:
        text = f"\n{text}"
    block.typed, block.text, block.last = block.typed + text, block.text + text, line
