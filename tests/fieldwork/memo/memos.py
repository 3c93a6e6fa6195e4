"""Memos as lines, and the paragraphs that they become."""

from hypothesis import strategies as st

from fieldvisit.fieldwork.memo.paragraphs import Memo, read_memo
from fieldvisit.fieldwork.memo.signs import styled
from fieldvisit.fieldwork.sheets.returned_file import Line, Where

OFF = "off-record"


def lines_of(text: str) -> tuple[Line, ...]:
    numbered = enumerate(text.split("\n"), 1)
    return styled([Line(line, Where("memo.txt", "line", n)) for n, line in numbered])


def memo(text: str) -> Memo:
    return read_memo(lines_of(text))


def levels(text: str) -> list[tuple[str, str]]:
    return [(paragraph.text, paragraph.disclosure) for paragraph in memo(text).paragraphs]


def headings(text: str) -> list[str]:
    return [line.text for line in memo(text).headings]


def word(*paragraphs: str | tuple[str, str]) -> Memo:
    """A memo of Word: each paragraph a line of its own, some with a style."""
    pairs = [(p, "") if isinstance(p, str) else p for p in paragraphs]
    lines = [
        Line(text, Where("memo.docx", "paragraph", n), style=style)
        for n, (text, style) in enumerate(pairs, 1)
    ]
    return read_memo(styled(lines))


SIGNS = st.sampled_from([
    "# ", "## ", "###", "■", "▼", "・", "- ", "* ", "1. ", "１．", "(1)", "（2）", "1)", "①",
    "【採用】", "【オフレコ】", "【発言・匿名】", "【発言者：課長】", "【資料1 p.7】", "（資料2）",
    "【", "】", "(material 1 p.7)", "オフレコ", "ここまでオフレコ", "以下オフレコ", "（オフレコ）",
    "----", "===", "\n", "\n", "\n\n", "　", " ", "\t", "\r", "\x0c", "\u2028", "職員は12名。",
    "AI", "。", "𠮷", "か\u3099", "\ufeff", "\u200b", "課", "x" * 45,
])  # fmt: skip
WILD = st.lists(SIGNS | st.text(max_size=3), max_size=25).map("".join)
