"""Texts parted over several rows and joined again, and the spelling that Excel takes for signs."""

import re

from hypothesis import given
from hypothesis import strategies as st

from fieldvisit.fieldwork.sheets.excel_carriers import (
    is_own,
    own_marks,
    own_properties,
    spelled,
    unspelled,
)
from fieldvisit.fieldwork.sheets.long_cells import joined, numbered, parts
from fieldvisit.fieldwork.sheets.returned_file import Row, Where

SPELLING = st.text("_x0041FfD8", max_size=30)


def row(at: int, **cells: str) -> Row:
    return Row(Where("x", "row", at), cells)


@given(
    text=st.text("字𠮷_x0041\n　か\u3099\U000e0100👩\u200d", max_size=40),
    times=st.integers(1, 3000),
)
def test_parts_are_the_text_and_no_longer_than_a_cell(text: str, times: int) -> None:
    whole = text * times
    found = parts(whole)
    assert "".join(found) == whole
    assert all(len(spelled(part).encode("utf-16-le")) // 2 <= 32_767 for part in found)
    units = len(spelled(whole).encode("utf-16-le")) // 2
    assert (len(found) == 1) == (units <= 32_767)


def test_a_text_is_parted_where_neither_side_is_harmed() -> None:
    for unit in ("語\u3099", "👩\u200d", "葛\U000e0100", "語 ", "語\n"):
        for part in parts("a" * 31_990 + unit * 5_000 + "終"):
            assert part == part.strip()
            assert part[0] not in "\u3099\u200d\U000e0100"
    assert len(parts(" " * 70_000)) == 3  # there is no good place, and no endless search for one


def test_parts_are_joined_wherever_they_stand() -> None:
    rows = [
        row(2, tag=numbered("A", 2, 3), number="1 (2/3)", answer="い"),
        row(3, tag="B", answer="別"),
        row(4, tag=numbered("A", 3, 3), answer="う"),
        row(5, tag=f" {numbered('A', 1, 3)} ", number="1", answer="あ", kind="発言"),
    ]
    first, second = joined(rows)
    assert first.cells == {"tag": "A", "number": "1", "answer": "あいう", "kind": "発言"}
    assert first.where.number == 5
    assert second.cells == {"tag": "B", "answer": "別"}


def test_a_part_whose_others_are_gone_keeps_its_text() -> None:
    (only,) = joined([row(2, tag=numbered("A", 2, 2), answer="後")])
    assert only.cells == {"tag": "A", "answer": "後"}


def test_a_choice_filled_in_down_the_column_is_said_once() -> None:
    rows = [row(n, tag=numbered("A", n, 2), answer="字", kind="発言") for n in (1, 2)]
    assert joined(rows)[0].cells == {"tag": "A", "answer": "字字", "kind": "発言"}


def test_copies_of_parts_are_texts_of_their_own() -> None:
    rows = [row(n, tag=numbered("A", n, 2), answer=str(n)) for n in (1, 2, 1, 2)]
    assert [one.cells["answer"] for one in joined(rows)] == ["12", "12"]


@given(text=SPELLING)
def test_excel_shows_the_text_that_was_spelled(text: str) -> None:
    """Excel takes the signs off from the left, one after the other."""
    shown = re.sub("_x([0-9A-Fa-f]{4})_", lambda found: chr(int(found[1], 16)), spelled(text))
    assert shown == text
    assert unspelled(spelled(text)) == text


def test_what_no_text_can_hold_stays_spelled() -> None:
    assert unspelled("_x0000__xD83D__x000D_") == "_x0000__xD83D_\r"


@given(
    lines=st.lists(st.text(max_size=9), max_size=40, unique_by=lambda line: "".join(line.split()))
)
def test_our_own_lines_are_known_again_and_others_are_not(lines: list[str]) -> None:
    ours, others = lines[::2], lines[1::2]
    said = list(own_properties(ours))
    assert all(len(value) <= 255 for _name, value in said)
    marks = frozenset(mark for pair in said for mark in own_marks(*pair))
    assert all(is_own(f" {line}", marks) for line in ours)
    assert not any(is_own(line, marks) for line in others)
    assert own_marks("fieldvisit-sheet", "x") == frozenset()
