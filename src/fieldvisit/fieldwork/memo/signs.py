"""The signs before the lines of a memo: headings, numbers, points of a list, and their order."""

import re
from collections.abc import Sequence

from msgspec import Struct
from msgspec.structs import replace

from fieldvisit.fieldwork.memo.marks import take_marks
from fieldvisit.fieldwork.sheets.returned_file import Line

HEADING, ITEM = "heading", "item"
ROW, CLOSED_ROW = "row", "row-closed"  # of a table; the latter if its first row closes it
LONGEST_TITLE = 40  # characters; longer lines are sentences

_SQUARES, _BULLETS = "■□◆◇▼▽★☆◎▲△▶", "・･•●○◦▪▫‣"
_WIDTH = {"\t": 4, "\u3000": 2}
_BLANKS = r"[ \t\u3000\u00a0]"
_NUMBER = r"[0-9０-９]{1,2}"
# A number is none if it goes on: `1.5億円`, `(1)と(2)は`.
_ENDS = r"(?![0-9０-９]|[とや及、,~〜～・])"
_SIGNS = (
    ("#", re.compile(rf"(#{{1,6}}){_BLANKS}+(?=\S)|(#{{2,6}})(?=[^\s#])")),
    ("", re.compile(rf"([{_SQUARES}])(?!\1){_BLANKS}*(?=\S)")),
    ("[]", re.compile(rf"()[-*+]{_BLANKS}+\[[ xX]\]{_BLANKS}+(?=\S)")),
    ("", re.compile(rf"([-*+–—]){_BLANKS}+(?=\S)")),
    ("", re.compile(rf"([{_BULLETS}])(?!\1){_BLANKS}*(?=\S)")),
    ("1.", re.compile(rf"({_NUMBER})[.．]{_ENDS}{_BLANKS}*(?=\S)")),
    ("1)", re.compile(rf"({_NUMBER})[)）]{_ENDS}{_BLANKS}*(?=\S)")),
    ("(1)", re.compile(rf"[(（]({_NUMBER})[)）]{_ENDS}{_BLANKS}*(?=\S)")),
    ("①", re.compile(rf"([①-⑳]){_ENDS}{_BLANKS}*(?=\S)")),
    ("【】", re.compile(r"()(?=(?:【[^【】]+】|[〈＜][^〈〉＜＞]+[〉＞]|《[^《》]+》)\s*$)")),
)  # fmt: skip
_NUMBERS = ("1.", "1)", "(1)", "①")  # as official documents nest them
_POINTS = frozenset({*"-*+–—", *_BULLETS, "[]"})
_BESIDE = " ／ "
_RULE = re.compile(r"\s*([-=_*─━＝＊])(?:\s*\1){2,}\s*")
_SENTENCE = re.compile(r"[。．.！!？?、，,；;][」』）)”\"]*$")
_CLOSING = re.compile(rf"(?<!{_BLANKS}){_BLANKS}++#++$")
_LEVEL, _DEPTH = re.compile(r"heading([0-9]{1,2})?"), re.compile(r"item([0-9]{1,2})?")


class Sign(Struct, frozen=True):
    """What stands before the text of a line.

    ``sort`` is empty for plain text, `#` for a heading as the file marks it, else the sign, or
    one like it for numbers. ``level`` is that of such a heading (0 = not known), ``indent``
    counts columns.
    """

    sort: str
    level: int
    indent: int
    text: str

    @property
    def is_title(self) -> bool:
        """Tell whether the text can be a title: short, and no sentence."""
        return 0 < len(self.text) <= LONGEST_TITLE and not _SENTENCE.search(self.text)


def read_sign(text: str, style: str = "") -> Sign:
    """Return the sign of a line and the text after it."""
    rest = text.lstrip()
    indent = sum(_WIDTH.get(blank, 1) for blank in text[: len(text) - len(rest)])
    rest = rest.rstrip()
    declared, listed = _LEVEL.fullmatch(style), _DEPTH.fullmatch(style)
    indent += 2 * int(listed[1] or 0) if listed else 0
    for sort, pattern in _SIGNS:
        if found := pattern.match(rest):
            hashes = len(found[1] or found[2] or "") if sort == "#" else 0
            after = rest[found.end() :]
            if hashes:
                return Sign("#", hashes, indent, _CLOSING.sub("", after))
            if declared and declared[1]:
                return Sign("#", int(declared[1]), indent, after)
            return Sign(sort or found[1], 0, indent, after)
    if declared:
        return Sign("#", int(declared[1] or 0), indent, rest)
    return Sign("・" if listed else "", 0, indent, rest)


def joined(cells: Sequence[str]) -> str:
    """Return the cells of a row as one text: `職員数：12名`, or `職員数 ／ 12名 ／ 2019年`."""
    label, *values = filled = [cell for cell in cells if cell]
    if len(values) != 1 or len(cells) != len(filled):
        return _BESIDE.join(filled)
    [value] = values
    if label.endswith((":", "：")):
        return f"{label}{value}"
    return f"{label}: {value}" if label.isascii() else f"{label}：{value}"


def cells_of(row: str) -> list[str]:
    """Return the pieces of a row that ``joined`` put together, and no fewer."""
    return re.split(rf"{_BESIDE}|[:：\n]", row)


def without_borders(row: str) -> str:
    """Return the text of a row without what parted it from cells of nothing but marks."""
    return row.strip(f"{_BESIDE}:：")


def is_rule(text: str) -> bool:
    """Tell whether a line is nothing but a rule, as `----` or `━━━━`."""
    return bool(_RULE.fullmatch(text))


def outranks(one: Sign, other: Sign) -> bool | None:
    """Tell whether what stands under ``one`` may hold ``other``; None if it cannot be told."""
    if one.sort == "#":
        if other.sort == "#":
            return one.level < other.level if one.level and other.level else None
        return True
    if other.sort == "#":
        return None
    if one.sort == other.sort or {one.sort, other.sort} <= set(_NUMBERS):
        deeper = other.indent > one.indent
        return deeper or (one.sort != other.sort and _NUMBERS.index(one.sort) < _rank(other))
    if one.sort in _POINTS or other.sort in _POINTS:
        return _beside_a_bullet(one, other)
    return None


def _rank(sign: Sign) -> int:
    return _NUMBERS.index(sign.sort)


def _beside_a_bullet(one: Sign, other: Sign) -> bool | None:
    if {one.sort, other.sort} & {*_SQUARES, "【】"}:
        return one.sort not in _POINTS
    if one.indent != other.indent:
        return one.indent < other.indent
    return None


def styled(lines: Sequence[Line]) -> tuple[Line, ...]:
    """Return the lines with the style that their signs give them, where the file gave none."""
    return _Styling(lines).styled()


class _Styling:
    """Tells headings and points of lists among lines by what stands around them."""

    def __init__(self, lines: Sequence[Line]) -> None:
        self._lines = list(lines)
        self._signs = [None if line.apart else read_sign(line.text, line.style) for line in lines]
        self._first: dict[str, int] = {}
        for at, sign in enumerate(self._signs):
            if sign:
                self._first.setdefault(sign.sort, at)

    def styled(self) -> tuple[Line, ...]:
        for at, line in enumerate(self._lines):
            sign = self._signs[at]
            if sign and sign.text and not line.style and not is_rule(line.text):
                self._lines[at] = replace(line, style=self._style(at, sign))
        return tuple(self._lines)

    def _style(self, at: int, sign: Sign) -> str:
        if sign.sort == "#":
            return HEADING
        if not sign.sort:
            return self._underlined(at) if sign.is_title else ""
        titled = sign.sort in {*_SQUARES, "【】", *_NUMBERS} and sign.is_title
        if titled and not self._ends_a_paragraph(at) and self._heads(at, sign):
            return HEADING
        return "" if sign.sort == "【】" else ITEM

    def _underlined(self, at: int) -> str:
        """Return the style of a title that stands alone above a rule, as === or ---."""
        before = self._lines[at - 1] if at else None
        alone = not before or not before.text.strip() or before.style.startswith(HEADING)
        under = self._lines[at + 1].text if at + 1 < len(self._lines) else ""
        if not alone or not is_rule(under) or self._lines[at].where.unit != "line":
            return ""
        return f"{HEADING}{1 if under.strip()[0] in '=＝' else 2}"

    def _heads(self, at: int, sign: Sign) -> bool:
        """Tell whether a numbered or marked line is a heading rather than a point of a list."""
        below = next((i for i in range(at + 1, len(self._lines)) if self._has_text(i)), None)
        after = self._signs[below] if below is not None else None
        if below is None or after is None or after.sort in {sign.sort, "#"}:
            return False
        before = self._signs[at - 1] if at else None
        if before and before.text and before.sort == sign.sort:
            return False
        if after.sort:
            return self._is_outer(sign, after, before)
        apart = any(not self._lines[i].text.strip() for i in range(at + 1, below))
        is_text = not after.is_title and after.indent <= sign.indent
        return apart or is_text or sign.sort not in _NUMBERS

    def _has_text(self, at: int) -> bool:
        sign = self._signs[at]
        return bool(sign and sign.text and not is_rule(self._lines[at].text))

    def _ends_a_paragraph(self, at: int) -> bool:
        """Tell whether marks on a line of their own stand right below the text of a paragraph."""
        line, before = self._lines[at], self._lines[at - 1] if at else None
        if before is None or before.apart or before.style.startswith(HEADING):
            return False
        below_text = bool(before.text.strip()) and not is_rule(before.text)
        return below_text and line.where.unit == "line" and not take_marks(line.text)[1]

    def _is_outer(self, one: Sign, other: Sign, before: Sign | None) -> bool:
        """Tell whether ``one`` holds ``other``.

        A number holds points unless it stands right below one; else the first seen does.
        """
        certain = outranks(one, other)
        if certain is None and one.sort in _NUMBERS and other.sort in _POINTS:
            return before is None or before.sort != other.sort
        return self._first[one.sort] < self._first[other.sort] if certain is None else certain
