"""What of a memo is not stored: kept as it was typed, and no more open than it was meant."""

import pytest

from fieldvisit.fieldwork.memo.kept import bears_off_record, kept
from fieldvisit.fieldwork.memo.paragraphs import Memo, read_memo
from fieldvisit.fieldwork.memo.signs import styled
from fieldvisit.fieldwork.sheets.returned_file import Line, Where


def memo(*texts: str, apart: str = "", unit: str = "line") -> Memo:
    """The last of the texts stands apart if ``apart`` says so."""
    lines = [Line(text, Where("memo.md", unit, n)) for n, text in enumerate(texts, 1)]
    if apart:
        lines.append(Line(lines.pop().text, Where("memo.md", unit, len(texts)), apart=apart))
    return read_memo(styled(lines))


@pytest.mark.parametrize(
    "typed",
    [
        "【オフレコ】市長は反対している。",
        "効果は300時間。（資料1 p.7）",
        "足りない。【発言】【所見】",
    ],
)
def test_a_paragraph_knows_how_it_was_typed(typed: str) -> None:
    [found] = memo(typed).paragraphs
    assert found.typed == typed


@pytest.mark.parametrize(
    ("lines", "expected"),
    [
        (["【オフレコ】市長は反対。"], "【off the record】市長は反対。"),
        (["市長は反対。【オフレコ】"], "【off the record】市長は反対。【オフレコ】"),
        (["# 人事（オフレコ）", "市長は反対。"], "【off the record】市長は反対。"),
        (["ここだけの話、市長は反対。"], "【off the record】ここだけの話、市長は反対。"),
        (["【発言】市長は賛成。"], "【発言】市長は賛成。"),
    ],
)
def test_what_is_off_the_record_is_kept_with_that_mark_in_front(
    lines: list[str], expected: str
) -> None:
    [found] = memo(*lines).paragraphs
    closed = found.disclosure == "off-record"
    text = kept(found.typed, closed=closed)
    assert text.replace("【オフレコ】市", "【off the record】市", 1) == expected
    assert bears_off_record(text) == closed


@pytest.mark.parametrize("unit", ["line", "paragraph"])
@pytest.mark.parametrize(
    ("lines", "closed"),
    [
        (["前。", "【オフレコ】消した話。"], True),
        (["前。", "オフレコだが、消した話。"], True),
        (["# 人事【オフレコ】", "前。", "消した話。"], True),
        (["# 人事【オフレコ】", "消した話。"], True),
        (["前。", "ここからオフレコ", "消した話。"], True),
        (["前。", "消した話。"], False),
        (["# 人事【オフレコ】", "前。", "# 次", "消した話。"], False),
    ],
)
def test_what_stands_apart_is_closed_with_what_is_around_it(
    lines: list[str], closed: bool, unit: str
) -> None:
    found = memo(*lines, apart="struck", unit=unit)
    assert found.closed == (frozenset(found.strays) if closed else frozenset())


def test_what_was_struck_out_of_a_paragraph_is_closed_with_it() -> None:
    where = Where("memo.docx", "paragraph", 1)
    struck = Line("反対。", where, apart="struck")
    assert read_memo([Line("賛成。【オフレコ】", where), struck]).closed == {struck}
    assert read_memo([Line("賛成。", where), struck]).closed == frozenset()
